"""What a writer is given, whatever the store: claims, events, reports, as records."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, Protocol

Record = dict[str, Any]
Told = tuple[Record, Record]
"""A claim, and the head of its report: outlet, title, url, published, language."""
Of = Literal["claims", "events", "reports"]
MERGED = "type deed status outlets origins first_told last_told".split()
"""What merging, which sees all the claims of an event, knows better than a filter."""
KINDS: tuple[Of, ...] = ("claims", "events", "reports")


class Readable(Protocol):
    """A store, as far as writers need one."""

    def claims_and_heads(
        self, where: Mapping[str, str], by_event: bool = False
    ) -> Iterable[Told]:
        """Yield claims with the heads of their reports."""
        ...

    def reports(self) -> Iterable[Record]:
        """Yield the current reports."""
        ...


@dataclass(frozen=True, slots=True)
class Given:
    """What is to be written: a store through filters, and one of its kinds of row.

    `raw` leaves cells alone that a spreadsheet would run as formulas. `known` are
    events by their ids, where merging has made them; others are made of their claims.
    """

    store: Readable
    where: Mapping[str, str]
    of: Of = "claims"
    raw: bool = False
    known: Mapping[str, Record] | None = None

    def claims(self) -> Iterable[Told]:
        """Yield the claims that pass the filters, in order of reports."""
        return self.store.claims_and_heads(self.where)

    def events(self) -> Iterator[tuple[Record, list[Told]]]:
        """Yield each event with the claims that tell it, in order of its id."""
        from dateline.write.events import event

        told = self.store.claims_and_heads(self.where, by_event=True)
        for name, group in groupby(told, key=lambda pair: pair[0]["event"]):
            made = self.known.get(name, {}) if self.known else {}
            claims = [(own(claim, made), head) for claim, head in group]
            merged = {name: made[name] for name in MERGED if name in made}
            told_so = {n: agreed(n, claims, made.get(n)) for n in ("when", "where")}
            merged |= {name: found for name, found in told_so.items() if found}
            yield {**event(claims), **merged}, claims

    def reports(self) -> Iterable[Record]:
        """Yield the current reports."""
        return self.store.reports()


def own(claim: Record, made: Record) -> Record:
    """Return a claim with those numbers alone that merging counts to its event.

    A number that two events of a report share is of the nearer one.
    """
    if not made:
        return claim
    mine = {
        (number["report"], number["claim"], many["what"])
        for many in made["quantities"]
        for number in many["series"]
    }
    at = claim["report"], claim["id"]
    kept = [many for many in claim["quantities"] if (*at, many["what"]) in mine]
    return {**claim, "quantities": kept}


def agreed(name: str, told: list[Told], made: Record | None) -> Record | None:
    """Return the answer of a claim that is the one its event has by merging."""
    found = (claim[name] for claim, _ in told if made and claim[name])
    return next((a for a in found if made and made.items() <= a.items()), None)


Writer = Callable[[Given, Path], None]
