"""The places of a report that tell a country: names, adjectives, people, towns."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from dateline.extract.actors.lexicon import Word, drop_possessive, fold, longest, trait
from dateline.extract.actors.mention_cues import given
from dateline.extract.actors.nationalities import (
    BIG,
    CLEAR,
    Nation,
    city,
    countries_of_place,
    find_nations,
)
from dateline.extract.actors.resolution import find_known, setting_days
from dateline.model import Lexicon, Parsed, Setting, Span, Token
from dateline.resources.knowledge_base import Base, Name
from dateline.resources.reference.countries import filed_under

CLIMB = frozenset("compound adjective noun-modifier owner number".split())
ROLES = {
    "subject": 1,
    "passive-subject": 2,
    "object": 3,
    "oblique": 4,
    "agent": 5,
    "owner": 6,
    "apposition": 7,
    "conjunct": 8,
    "dative": 9,
    "predicate": 10,
}
KINDS = ("name", "adjective", "people", "capital", "person", "body", "place", "outlet")
SORTS = {"person": "person", "media": "outlet", "company": "outlet"}
START = attrgetter("start")
STATE = frozenset(("MIL", "COP", "GOV"))
TOWN = 5_000  # people: what the tagger calls a place may be as small as this


@dataclass(frozen=True, slots=True)
class Cue:
    """One place in a report that tells a country.

    `kind` is one of KINDS; `role` that of the noun phrase it stands in (see ROLES) and
    `verb` the token above that phrase, -1 where the sentence was not parsed.
    """

    code: str
    kind: str
    plain: bool
    start: int
    end: int
    sentence: int
    role: int
    verb: int
    firm: bool
    site: bool


def cues_of(
    parsed: Parsed, found: list[Word], n: int, base: Base, setting: Setting
) -> Iterator[Cue]:
    """Yield what tells a country in one sentence, in text order by kind."""
    taken: set[int] = set()
    guests, lexicon = parsed.words("actors.guest"), parsed.lexicon
    for nation in find_nations(found, lexicon):
        taken.update(range(nation.first, nation.last))
        plain = nation.use in ("plain", "based", "led")
        after = found[nation.last].key if nation.last < len(found) else ""
        # A state is named firmly, or somebody who speaks for it: soldiers, policemen.
        firm = plain and after not in guests
        if firm and nation.sense.kind not in ("name", "capital"):
            agent = longest(found, nation.last, lexicon)
            firm = agent is not None and (
                agent[0].kind in ("office", "body", "carrier")
                or (agent[0].kind != "arms" and not STATE.isdisjoint(agent[0].sectors))
            )
        site = plain and is_site(found, nation, lexicon)
        first, last = found[nation.first].start, found[nation.last - 1].end
        yield cue_at(
            parsed, (nation.code, nation.sense.kind), (first, last), n, (plain, firm, site)
        )
    for first, last, code, kind in names_of(found, base, setting, lexicon):
        if not taken & set(range(first, last)):
            taken.update(range(first, last))
            spot = (found[first].start, found[last - 1].end)
            firm = kind == "person"
            yield cue_at(parsed, (code, kind), spot, n, (True, firm, False))
    yield from cities_of(parsed, found, n, taken)


def cities_of(parsed: Parsed, found: list[Word], n: int, taken: set[int]) -> Iterator[Cue]:
    """Yield the large cities that stand after a word of place, or in two words."""
    the, nearby = parsed.words("actors.the"), parsed.words("actors.near")
    within = parsed.words("actors.within")
    for at, word in enumerate(found):
        inside = at > 0 and found[at - 1].capital
        if at in taken or not word.capital or inside or word.key in the:
            continue
        near = at > 0 and found[at - 1].key in nearby
        for run in (found[at : at + 2], found[at : at + 1]):
            name = " ".join(w.text for w in run)
            least = TOWN if near and found[at - 1].key in within else BIG
            if (near or len(run) > 1) and (land := city(name, parsed.lexicon, least)):
                spot = (word.start, run[-1].end)
                yield cue_at(parsed, (land, "place"), spot, n, (True, False, near))
                break


def entities_labelled(parsed: Parsed, *labels: str) -> list[Span]:
    """Return the spans that the tagger names so."""
    return [e.span for e in parsed.entities if e.label in labels]


def of_person(cue: Cue, people: Sequence[Span], bearers: Sequence[Span]) -> bool:
    """Whether a country or town is somebody's name: "Victoria Gray", "Mr. Jordan"."""
    if cue.kind not in ("name", "capital", "place"):
        return False
    if span_holds(bearers, cue.start):
        return True
    one = span_before(people, cue.start)
    if one is None:
        return False
    return cue.end < one.end or one.start < cue.start < one.end


def span_before(spans: Sequence[Span], at: int) -> Span | None:
    """Return the last of spans in text order that starts at a character or before."""
    n = bisect_right(spans, at, key=START)
    return spans[n - 1] if n else None


def span_holds(spans: Sequence[Span], at: int) -> bool:
    """Whether one of spans in text order, none within another, holds a character."""
    one = span_before(spans, at)
    return one is not None and at < one.end


def as_town(cue: Cue, text: str, abroad: Mapping[str, str]) -> Cue:
    """Return a land or capital as the town that the report says it is."""
    if cue.kind not in ("name", "capital"):
        return cue
    code = abroad.get(fold(text[cue.start : cue.end]))
    return replace(cue, code=code, kind="place", firm=False) if code else cue


def towns_of(
    parsed: Parsed, within: Span, n: int, towns: list[Span], told: list[Cue]
) -> Iterator[Cue]:
    """Yield the towns that the tagger names, as of their largest namesake."""
    first, last = (bisect_left(towns, Span(at, 0)) for at in (within.start, within.end))
    for span in towns[first:last]:
        name = span.of(parsed.text)
        if any(c.start < span.end and span.start < c.end for c in told):
            continue
        for the in parsed.words("actors.the"):
            name = name.removeprefix(f"{the} ")
        found = countries_of_place(drop_possessive(name, parsed.lexicon), parsed.lexicon)
        if found and found[0][1] >= TOWN:
            spot = (span.start, span.end)
            yield cue_at(parsed, (found[0][0], "place"), spot, n, (True, False, True))


def settle(cues: list[tuple[Cue, ...]], parsed: Parsed) -> list[tuple[Cue, ...]]:
    """Return the cues with towns of a common name moved to a country told otherwise."""
    sure = Counter(c.code for row in cues for c in row if c.plain and not doubtful(c, parsed))
    found: list[tuple[Cue, ...]] = []
    for row in cues:
        settled: list[Cue] = []
        for cue in row:
            best = cue.code
            if not sure[cue.code] and doubtful(cue, parsed):
                name = parsed.text[cue.start : cue.end]
                places = countries_of_place(name, parsed.lexicon)
                every = [code for code, _ in places if sure[code]]
                best = max(every, key=sure.__getitem__, default=best)
            settled.append(cue if best == cue.code else replace(cue, code=best))
        found.append(tuple(settled))
    return found


def doubtful(cue: Cue, parsed: Parsed) -> bool:
    """Whether a place's name is also that of a place in another country."""
    found = countries_of_place(parsed.text[cue.start : cue.end], parsed.lexicon)
    rival = found[1][1] if len(found) > 1 else 0
    if cue.kind == "name":
        return bool(found) and found[0][0] != cue.code
    return cue.kind == "place" and CLEAR * rival > found[0][1] if found else False


def cue_at(
    parsed: Parsed,
    told: tuple[str, str],
    spot: tuple[int, int],
    n: int,
    marks: tuple[bool, bool, bool],
) -> Cue:
    """Return a cue with the role of the noun phrase it stands in."""
    role, verb = phrase_role(parsed, Span(*spot))
    plain, firm, site = marks
    return Cue(*told, plain, *spot, n, role, verb, firm, site)


def phrase_role(parsed: Parsed, span: Span) -> tuple[int, int]:
    """Return the role of the noun phrase around a span, and what governs it."""
    return role_of_head(parsed, parsed.head_of(span))


def role_of_head(parsed: Parsed, head: Token | None) -> tuple[int, int]:
    """Return the role of the noun phrase of a head, and what governs it."""
    if head is None:
        return 0, -1
    steps = 0
    while head.relation in CLIMB and head.head != head.i and steps < 6:
        head = parsed.tokens[head.head]  # "forces" for "Turkish"
        steps += 1
    above = parsed.tokens[head.head]
    role = ROLES.get(head.relation, 0)
    steps = 0
    while above.pos not in ("VERB", "AUX") and above.head != above.i and steps < 6:
        above = parsed.tokens[above.head]
        steps += 1
    return role, above.i


def names_of(
    found: list[Word], base: Base, setting: Setting, lexicon: Lexicon
) -> Iterator[tuple[int, int, str, str]]:
    """Yield the known names of a sentence that tell a country by themselves."""
    texts = [word.text for word in found]
    at = 0
    while at < len(found):
        name = base.longest_at(texts, at) if found[at].capital else None
        if name is None:
            at += 1
            continue
        strict = [n for n in name.names if not n.loose]
        if name.words == 1 and is_inside_namesake(found, at, strict, lexicon):
            strict = []
        who = find_known(base, strict, setting_days(setting), None) if strict else None
        if who is not None and who.country:
            kind = SORTS.get(who.entity.kind, "body")
            yield at, at + name.words, filed_under(who.country), kind
        at += name.words


def is_inside_namesake(found: list[Word], at: int, names: list[Name], lexicon: Lexicon) -> bool:
    """Whether a known surname stands in another's longer name: "Mary Kuleba"."""
    if not any(name.kind == "surname" for name in names):
        return False
    before = found[at - 1] if at else None
    after = found[at + 1] if at + 1 < len(found) else None
    told = before is None or before.key in lexicon.words["actors.address"]
    if before and before.capital and not (told or trait(before.key, lexicon)):
        return not any(given(before.key, name) for name in names)
    if found[at].owns or after is None or not after.capital:
        return False
    return not (after.text.isupper() or longest(found, at + 1, lexicon))


def is_site(found: list[Word], nation: Nation, lexicon: Lexicon) -> bool:
    """Whether a country is named as the place: "in Egypt", "in northern Iraq"."""
    named = nation.sense.kind in ("name", "capital")
    after = found[nation.last].key if nation.last < len(found) else ""
    if not named and after not in lexicon.words["actors.seat"]:
        return False  # "in the Kenyan capital" is a place, "in Kenyan hands" is none
    before = [word.key for word in found[max(0, nation.first - 4) : nation.first]]
    told = lexicon.words
    placing, other = told["actors.placing"], told["actors.not-placing"]
    while before and before[-1] not in placing:
        if before[-1] in other:
            return False
        before.pop()
    return bool(before)
