"""Two outlets side by side on one event: who tells what, who first, by whose word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dateline.model.record import instant, list_speakers
from dateline.review.forms import QUESTIONS, write_answer

Record = dict[str, Any]
Told = tuple[Record, Record]
OWN = "its own voice"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one outlet answers: since when, in which claims, by whose word."""

    words: str
    since: str
    day: str
    claims: tuple[Record, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One question with the answers of both; `first` is 0 or 1, None for neither."""

    question: str
    answers: tuple[tuple[Answer, ...], tuple[Answer, ...]]
    first: int | None

    @property
    def alike(self) -> bool:
        """Whether both outlets give the same answers."""
        one, other = ({a.words for a in some} for some in self.answers)
        return one == other

    def only(self, side: int, words: str) -> bool:
        """Whether no telling of the other outlet gives this answer."""
        return words not in {a.words for a in self.answers[1 - side]}


def outlet_of(head: Record, report: str) -> str:
    """Return who ran a report, the report itself where that is not told."""
    return str(head["outlet"] or f"report {report}")


def outlets_in_time(told: Sequence[Told]) -> list[str]:
    """Return the outlets that tell an event, who told it first coming first."""
    found: dict[str, str] = {}
    for claim, head in told:
        name, at = outlet_of(head, claim["report"]), instant(head["published"]) or "~"
        found[name] = min(at, found.get(name, at))
    return sorted(found, key=lambda name: (found[name], name))


def lay_beside(told: Sequence[Told], pair: tuple[str, str]) -> list[Row]:
    """Return question by question what two outlets tell of an event.

    `told` are the event's claims with the heads of their reports.
    """
    sides = [
        [(c, h) for c, h in told if outlet_of(h, c["report"]) == name] for name in pair
    ]
    return [compare_answers(question, sides) for question in QUESTIONS]


def compare_answers(question: str, sides: Sequence[Sequence[Told]]) -> Row:
    """Return one question with the answers of both."""
    one, other = (answers_to(question, side) for side in sides)
    since = [min((a.since for a in some), default="") for some in (one, other)]
    first = None
    if all(since) and since[0] != since[1]:
        first = since.index(min(since))
    elif bool(one) != bool(other):
        first = 0 if one else 1
    return Row(question, (one, other), first)


def answers_to(question: str, told: Sequence[Told]) -> tuple[Answer, ...]:
    """Return what the tellings of one outlet answer, each answer once, in time."""
    groups: dict[str, list[Told]] = {}
    for claim, head in told:
        if words := write_answer(question, claim):
            groups.setdefault(words, []).append((claim, head))
    found = [
        Answer(
            words,
            min(
                (instant(h["published"]) for _, h in some if h["published"]), default=""
            ),
            min((h["published"][:10] for _, h in some if h["published"]), default=""),
            tuple(claim for claim, _ in some),
            tuple(dict.fromkeys(voice_of(claim) for claim, _ in some)),
        )
        for words, some in groups.items()
    ]
    return tuple(sorted(found, key=lambda a: (a.since or "~", a.words)))


def voice_of(claim: Record) -> str:
    """Return by whose word a claim is told, the innermost speaker last."""
    return " › ".join(list_speakers(claim)) or OWN


def shared_between(whole: Record, told: Sequence[Told], pair: tuple[str, str]) -> float:
    """Return how much of its words one outlet's report shares with the other's."""
    ran = {c["report"]: outlet_of(h, c["report"]) for c, h in told}
    both = {pair, pair[::-1]}
    shares = (
        row["shared"]
        for row in whole["copies"]
        if (ran.get(row["a"], ""), ran.get(row["b"], "")) in both
    )
    return max(shares, default=0.0)


def origins_behind(whole: Record, told: Sequence[Told], outlet: str) -> list[Record]:
    """Return the origins that an outlet's tellings of an event go back to."""
    mine = {c["report"] for c, h in told if outlet_of(h, c["report"]) == outlet}
    return [o for o in whole["origin_list"] if mine & set(o["reports"])]


def compare_outlets(
    whole: Record, told: Sequence[Told], asked: tuple[str, str]
) -> Record:
    """Return two outlets laid beside each other on an event, for a page.

    `asked` are their names; where one is "", or tells nothing of it, the first others
    that told the event take its place. `pair` is empty where there are no two.
    """
    outlets = outlets_in_time(told)
    found: Record = {"outlets": outlets, "told": told, "pair": ()}
    if len(outlets) < 2:
        return found
    one = asked[0] if asked[0] in outlets else ""
    other = asked[1] if asked[1] in outlets and asked[1] != one else ""
    one = one or next(name for name in outlets if name != other)
    other = other or next(name for name in outlets if name != one)
    pair = one, other
    behind = [origins_behind(whole, told, name) for name in pair]
    rows = lay_beside(told, pair)
    named = [{o["name"] for o in some} for some in behind]
    found |= {"pair": pair, "rows": rows, "behind": behind, "first": rows[0].first}
    found["same_origin"] = named[0] == named[1]
    found["ran"] = {c["report"]: outlet_of(h, c["report"]) for c, h in told}
    return {**found, "shared": shared_between(whole, told, pair)}
