"""Who may be meant by the acts of a report: its parties, each with all its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dateline.model import Action, Actor, Cast, Rival, Span, Weighed, Why
from dateline.model import decisions as kinds
from dateline.model.decisions import Own, Party, Question, Side

ANSWERS = ("resolved", "guess", "unknown")
RULES = {
    "decide.sentence.v1": (
        "The decision over the whole report takes these words of the act's sentence for"
        " the party, though the reader did not."
    ),
    "decide.elsewhere.v1": (
        "No words of the act's sentence name the party: the decision over the whole"
        " report takes it from these words elsewhere."
    ),
    "decide.unlisted.v1": (
        "Somebody is meant whom the report names nowhere: only the words are told."
    ),
}
SENTENCE, ELSEWHERE, UNLISTED = RULES
Words = Mapping[Span, tuple[tuple[int, Actor], ...]]
"""Who words are: numbers of parties, each with the party as these words tell it."""


@dataclass(slots=True)
class Gathered:
    """What is known of one party while the report's words are gone through."""

    told: list[Actor] = field(default_factory=list)
    mentions: set[Span] = field(default_factory=set)


def rank_actor(who: Actor) -> tuple[int, bool, float, Span]:
    """Return how little an actor tells of itself: the least is told best."""
    at = who.span or Span(0, 0)
    return ANSWERS.index(who.answer), who.entity is None, -who.sure, at


def gather_parties(
    people: Mapping[Span, Sequence[Actor]], cast: Cast
) -> tuple[tuple[Party, ...], Words]:
    """Return the parties that words of a report name, and whom each words name.

    The first mentioned party comes first; words have the numbers of their parties.

    `people` tells who words are. Words are of one party where they are of one entity,
    of one name and code, or of one member of the cast and one code; the party has all
    mentions of its members of the cast, pronouns included.
    """
    found: dict[object, Gathered] = {}
    same: dict[object, object] = {}
    named: dict[Span, list[object]] = {}
    for span in sorted(people):
        member = cast.member(span)
        for who in people[span]:
            code = who.country, who.sectors[:1]
            alone = member is not None and len(people[span]) == 1
            keys: list[object] = [who.entity or (who.name.casefold(), *code)]
            keys += [(member.name, *code)] if member and alone else []
            key = next((same[k] for k in keys if k in same), keys[0])
            same.update({k: key for k in keys if k not in same})
            party = found.setdefault(key, Gathered())
            party.told.append(who)
            party.mentions.add(span)
            named.setdefault(span, []).append(key)
            if member and alone:
                party.mentions.update(member.mentions)
    order = sorted(found, key=lambda key: min(found[key].mentions))
    at = {key: n for n, key in enumerate(order)}
    rows = (found[key] for key in order)
    parties = tuple(Party(min(p.told, key=rank_actor), tuple(sorted(p.mentions))) for p in rows)
    words = {
        span: tuple(zip((at[k] for k in keys), people[span], strict=True))
        for span, keys in named.items()
    }
    return parties, words


def name_own(acts: Sequence[Action], words: Words) -> tuple[Own, ...]:
    """Return for each act whom its own words name, by the numbers of the parties."""

    def numbers(spans: Sequence[Span]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(n for s in spans for n, _ in words.get(s, ())))

    return tuple(Own(numbers(a.actors), numbers(a.recipients)) for a in acts)


def settle_actors(
    question: Question, action: Action, side: Side, spans: Sequence[Span]
) -> tuple[Actor, ...]:
    """Return the parties of a side as a claim tells them; `spans` are its own words.

    Who is meant without own words has the nearest words of the act's sentence; else
    the answer is taken from elsewhere in the report, which it says. Where somebody is
    meant whom nobody knows, the words are told as those of an unknown party.
    """
    told = [(n, who) for span in spans for n, who in question.words.get(span, ())]
    if not side.chosen:
        unknown = side.shares.get(kinds.UNLISTED, 0) > side.shares.get(kinds.NOBODY, 1)
        if not (unknown and told):
            return ()
        who = told[0][1]
        why = Why(UNLISTED, who.span)
        bare = replace(who, country=None, entity=None, answer="unknown", why=why)
        return (bare,)
    at = action.trigger.start
    sentence = question.parsed.sentence_at(at)
    found: list[Actor] = []
    for n in side.chosen:
        own = next((who for number, who in told if number == n), None)
        if own is not None:
            found.append(own)
            continue
        party = question.parties[n]
        near = min(party.mentions, key=lambda span: abs(span.start - at))
        if sentence is not None and sentence.span.covers(near):
            why = Why(side.rule or SENTENCE, near)
            found.append(replace(party.who, span=near, why=why))
        else:
            why = Why(side.rule or ELSEWHERE, near)
            far = replace(party.who, span=None, answer="told_elsewhere", why=why)
            found.append(far)
    return tuple(found)


def weigh_side(question: Question, side: Side) -> Weighed:
    """Return how a side was decided, as a claim tells it."""
    if side.rival is None or side.rival == kinds.UNLISTED:
        return Weighed(side.sure, side.spoke)
    who = question.parties[side.rival].who if side.rival >= 0 else None
    rival = Rival(who, side.shares.get(side.rival, 0.0), side.rival_spoke)
    return Weighed(side.sure, side.spoke, rival)
