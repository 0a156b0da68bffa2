"""Who may be meant by the acts of a report: its parties, each with all its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dateline.model import Action, Actor, Cast, Span
from dateline.model.decisions import Own, Party

ANSWERS = ("resolved", "guess", "unknown")


@dataclass(slots=True)
class Gathered:
    """What is known of one party while the report's words are gone through."""

    told: list[Actor] = field(default_factory=list)
    mentions: set[Span] = field(default_factory=set)

    def best(self) -> Actor:
        """Return the party as its surest, earliest words tell it."""
        return min(self.told, key=rank_actor)


def rank_actor(who: Actor) -> tuple[int, bool, float, Span]:
    """Return how little an actor tells of itself: the least is told best."""
    at = who.span or Span(0, 0)
    return ANSWERS.index(who.answer), who.entity is None, -who.sure, at


def gather_parties(
    people: Mapping[Span, Sequence[Actor]], cast: Cast
) -> tuple[tuple[Party, ...], dict[Span, tuple[int, ...]]]:
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
    parties = tuple(Party(p.best(), tuple(sorted(p.mentions))) for p in rows)
    numbers = {s: tuple(dict.fromkeys(at[k] for k in ks)) for s, ks in named.items()}
    return parties, numbers


def name_own(
    acts: Sequence[Action], named: Mapping[Span, Sequence[int]]
) -> tuple[Own, ...]:
    """Return for each act whom its own words name, by the numbers of the parties."""

    def numbers(spans: Sequence[Span]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(n for s in spans for n in named.get(s, ())))

    return tuple(Own(numbers(a.actors), numbers(a.recipients)) for a in acts)
