"""What a writer is given, whatever the store: claims, events, reports, as records.

A row is filed under a day, which is told, inferred, or that of publication.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, Protocol

from dateline.model import Event
from dateline.model.record import who_is

Record = dict[str, Any]
PUBLISHED, UNKNOWN = "published", "unknown"
FLAGS = ("day_or_published", "day_is")


def file_under(when: Record | None, published: str | None) -> Record:
    """Return the day of a row and what it is: told, told_elsewhere, inferred.

    What has no day of its own is filed under its day of publication, and says so.

    >>> file_under(None, "2025-03-05T08:00")
    {'day_or_published': '2025-03-05', 'day_is': 'published'}
    """
    if when:
        day, kind = when["from"] or when["to"], when.get("answer", "told")
    else:
        day = (published or "")[:10] or None
        kind = PUBLISHED if day else UNKNOWN
    return {"day_or_published": day, "day_is": kind}


def give_day(
    found: Mapping[str, Any], published: str | None, by_publication: bool = False
) -> Record | None:
    """Return a claim or event with its day and what that is, None where it has none.

    With `by_publication` the day of publication stands in for the day, marked so.
    """
    flags = file_under(found["when"], published)
    if found["when"]:
        return {**found, **flags}
    if not by_publication or flags["day_is"] == UNKNOWN:
        return None
    day = flags["day_or_published"]
    when = {"from": day, "to": day, "precision": "day", "answer": PUBLISHED}
    return {**found, **flags, "when": when}


Told = tuple[Record, Record]
"""A claim, and the head of its report: outlet, title, url, published, language."""
Of = Literal["claims", "events", "reports"]
SPAN = "what low best high bound scope unit".split()
RULES = {
    "write.told-elsewhere.v1": "Other claims of the event tell it: filters leave them."
}
ELSEWHERE: Record = {"text": None, "start": None, "end": None}
ELSEWHERE |= {"why": {"rule": "write.told-elsewhere.v1", "start": None, "end": None}}
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
    With `by_publication` what has no day is dated by its report, marked so, where a
    table must have days; what is left out of one is told to `undated`, by its id.
    """

    store: Readable
    where: Mapping[str, str]
    of: Of = "claims"
    raw: bool = False
    known: Mapping[str, Event] | None = None
    by_publication: bool = False
    undated: Callable[[str], None] = lambda _: None

    def claims(self) -> Iterable[Told]:
        """Yield the claims that pass the filters, in order of reports."""
        return self.store.claims_and_heads(self.where)

    def events(self) -> Iterator[tuple[Event, list[Told]]]:
        """Yield each event with all the claims that tell it, in order of its id.

        An event passes where one of its claims passes every filter; how sure it must be
        is asked of the event itself.
        """
        from dateline.write.events import event_record

        where = {name: value for name, value in self.where.items() if name != "sure"}
        sure = float(self.where.get("sure", 0))
        told = self.store.claims_and_heads(where, by_event=True)
        for name, group in groupby(told, key=lambda pair: pair[0]["event"]):
            made = self.known.get(name) if self.known else None
            claims = [
                (claim_with_own_counts(claim, made), head) for claim, head in group
            ]
            found = event_record(claims)
            if made:
                found = merged_answers(found, made, claims)
            if found["confidence"] >= sure:
                yield found, claims

    def dated_claims(self) -> Iterator[Told]:
        """Yield the claims that have a day, with what that day is."""
        for claim, head in self.claims():
            found = give_day(claim, head["published"], self.by_publication)
            if found:
                yield found, head
            else:
                self.undated(claim["id"])

    def dated_events(self) -> Iterator[tuple[Record, list[Told]]]:
        """Yield the events that have a day, with what that day is, and their claims."""
        for event, told in self.events():
            found = give_day(event, event["first_told"], self.by_publication)
            if found:
                yield found, told
            else:
                self.undated(event["event"])

    def reports(self) -> Iterable[Record]:
        """Yield the current reports."""
        return self.store.reports()


def merged_answers(found: Event, made: Event, told: list[Told]) -> Event:
    """Return an event, read from some of its claims, as merging knows it.

    Its parties, time and place come in the form of a claim's answers.
    """
    usual: Record = {"bound": "exact", "scope": "this act"}
    return {
        **found,
        "type": made["type"],
        "deed": made["deed"],
        "status": made["status"],
        "confidence": made["confidence"],
        "background": made["background"],
        "actors": [merged_party(who, "actors", told) for who in made["actors"]],
        "recipients": [
            merged_party(who, "recipients", told) for who in made["recipients"]
        ],
        "when": agreed("when", told, made["when"]),
        "no_day": made["no_day"],
        "where": agreed("where", told, made["where"]),
        "quantities": [
            # Without its tellings.
            {name: many.get(name, usual.get(name)) for name in SPAN}
            for many in made["quantities"]
        ],
        "outlets": made["outlets"],
        "origins": made["origins"],
        "first_told": made["first_told"],
        "last_told": made["last_told"],
    }


def claim_with_own_counts(claim: Record, made: Event | None) -> Record:
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
    """Return the answer of an event by merging, with the words of a claim that has it.

    Where only claims have it that a filter leaves out, it has no words.
    """
    if not made:
        return None
    found = (claim[name] for claim, _ in told if claim[name])
    more = {} if name == "when" else {"admin2": None, "feature_code": None}
    bare = {**more, **made, **ELSEWHERE}
    return next((a for a in found if made.items() <= a.items()), bare)


def merged_party(who: Record, side: str, told: list[Told]) -> Record:
    """Return a party of an event by merging, with the words of the surest claim."""
    ranked = sorted(told, key=lambda t: -t[0]["confidence"])
    sides = sorted(("actors", "recipients"), key=lambda s: s != side)
    every = (p for s in sides for claim, _ in ranked for p in claim[s])
    found = (p for p in every if who_is(p) == who_is(who))
    words: Record = next(found, {**ELSEWHERE, "implied": True, "answer": "unknown"})
    names = ("name", "country", "sector", "entity", "answer")
    return {**words, **{name: who[name] for name in names if name in who}}
