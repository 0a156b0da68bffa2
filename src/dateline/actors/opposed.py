"""A country that a report tells only as whom somebody acts on is not his own."""

from collections.abc import Iterator, Sequence

from dateline.actors.country_evidence import AT, Told
from dateline.actors.cues import ROLES, phrase_role
from dateline.actors.evidence import Mention
from dateline.actors.related import Kin
from dateline.actors.survey import Survey
from dateline.model import Span

FIRM = ("nations", "base_kind", "outlet", "generic")  # of the words: no mere town
SUBJECTS = (ROLES["subject"], ROLES["apposition"])
OBJECTS = (ROLES["object"], ROLES["oblique"])


def is_only_acted_upon(
    mention: Mention, kin: Kin, code: str, told: Sequence[Told]
) -> bool:
    """Whether a report filed elsewhere tells a country only as whom a party acts on.

    "SANA — Hamid Saleh demanded that France leave" makes him no Frenchman.
    """
    seen, filed = mention.case.seen, mention.case.seen.setting.filed
    here = filed == code if filed else at_home(mention, code)
    if here or any(tells_country(t.get(code)) for t in told[:3]):
        return False
    if faces(mention, code) or (filed and undergoes(mention, code)):
        return True
    if any(tells_country(t.get(code)) for t in told[3:]):
        return False
    links = kin.link.antecedents if kin.link else ()
    places = (mention.span, *kin.places, *links)
    sides = [side for span in places for side in cue_sides(span, code, seen)]
    return bool(sides) and all(sides)


def faces(mention: Mention, code: str) -> bool:
    """Whether somebody does something to a state itself: "the army invaded Foo"."""
    role, verb = mention.placed
    cues = mention.case.seen.by_code.get(code, ())
    return role in SUBJECTS and any(
        c.verb == verb and c.kind == "name" and c.role in OBJECTS and not c.site
        for c in cues
    )


def undergoes(mention: Mention, code: str) -> bool:
    """Whether a report tells of a country only as whom others act on or speak to.

    Who is acted on in the same sentence may be of it: "the killing of men in Foo".
    """
    seen, (role, _) = mention.case.seen, mention.placed
    every, n = seen.by_code.get(code, ()), seen.sentence(mention.span.start)
    here = any(cue.sentence == n for cue in every)
    apart = bool(every) and (role in SUBJECTS or not here)
    return apart and all(c.role in OBJECTS and not c.site for c in every)


def at_home(mention: Mention, code: str) -> bool:
    """Whether a report of no place may be of that country, for all but its people.

    A person is a stranger where nothing happens there and the outlet is of elsewhere.
    """
    seen, span = mention.case.seen, mention.span
    here = (m.sort for m in seen.parsed.mentions_over(span))
    sited = any(c.site for c in seen.by_code.get(code, ()))
    return sited or seen.setting.home == code or "person" not in here


def tells_country(row: Sequence[float] | None) -> bool:
    """Whether words tell a country by more than the name of a town."""
    return row is not None and any(row[AT[name]] for name in FIRM)


def cue_sides(span: Span, code: str, seen: Survey) -> Iterator[bool]:
    """Yield of each cue to a country whether it follows what a subject does."""
    role, verb = phrase_role(seen.parsed, span)
    n = seen.sentence(span.start)
    does = seen.parsed.tokens[verb].start if verb >= 0 else 0
    for cue in seen.cues[n] if n < len(seen.cues) else ():
        after = span.end <= does < cue.start
        if cue.code == code and not (after and cue.site):
            yield after and role in SUBJECTS
