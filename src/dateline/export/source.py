"""What a writer is given, whatever the store: claims, events, reports, as records.

A row is filed under a day, which is told, inferred, or that of publication.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
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
OF_EVENT = (
    *"type deed status confidence background actors recipients when where".split(),
    *("quantities", *FLAGS),
)
SPAN = "what low best high bound scope unit".split()
RULES = {"write.told-elsewhere.v1": "Other claims of the event tell it: filters leave them."}
ELSEWHERE: Record = {"text": None, "start": None, "end": None}
ELSEWHERE |= {"why": {"rule": "write.told-elsewhere.v1", "start": None, "end": None}}
KINDS: tuple[Of, ...] = ("claims", "events", "reports")
Merged = Callable[[Sequence[str]], Mapping[str, Event]]
"""Returns events as merging has made them, by their ids."""
BATCH = 200  # events that are looked up together
NO_DAY = "without a known day"


class Readable(Protocol):
    """A store, as far as writers need one."""

    def claims_and_heads(self, where: Mapping[str, str], by_event: bool = False) -> Iterable[Told]:
        """Yield claims with the heads of their reports."""
        ...

    def reports(self) -> Iterable[Record]:
        """Yield the current reports."""
        ...


@dataclass(frozen=True, slots=True)
class Given:
    """What is to be written: a store through filters, and one of its kinds of row.

    `raw` leaves cells alone that a spreadsheet would run as formulas. `known` looks up
    events as merging has made them; others are made of their claims.
    With `by_publication` what has no day is dated by its report, marked so, where a
    table must have days. `left_out` is called with the id of each event or claim that
    the format cannot hold, and the reason.
    """

    store: Readable
    where: Mapping[str, str]
    of: Of = "events"
    raw: bool = False
    known: Merged = lambda _: {}
    by_publication: bool = False
    left_out: Callable[[str, str], None] = lambda _id, _reason: None

    def claims(self) -> Iterable[Told]:
        """Yield the claims that pass the filters, in order of reports."""
        return self.store.claims_and_heads(self.where)

    def events(self) -> Iterator[tuple[Event, list[Told]]]:
        """Yield each event with all the claims that tell it, in order of its id.

        An event passes where one of its claims passes every filter; how sure it must be
        is asked of the event itself.
        """
        from dateline.export.events import event_record

        where = {name: value for name, value in self.where.items() if name != "sure"}
        sure = float(self.where.get("sure", 0))
        told = self.store.claims_and_heads(where, by_event=True)
        by_event = groupby(told, key=lambda pair: pair[0]["event"])
        groups = ((name, list(group)) for name, group in by_event)
        while some := dict(islice(groups, BATCH)):
            merged = self.known([*some])
            for name, group in some.items():
                made = merged.get(name)
                claims = [(claim_with_own_counts(claim, made), head) for claim, head in group]
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
                self.left_out(claim["id"], NO_DAY)

    def dated_events(self) -> Iterator[tuple[Record, list[Told]]]:
        """Yield the events that have a day, with what that day is, and their claims."""
        for event, told in self.events():
            found = give_day(event, event["first_told"], self.by_publication)
            if found:
                yield found, told
            else:
                self.left_out(event["event"], NO_DAY)

    def dated_rows(self) -> Iterator[Told]:
        """Yield what has a day, where rows are claims: each event, or each claim.

        An event comes as its surest claim with the answers and the id of the event.
        """
        if self.of == "claims":
            yield from self.dated_claims()
            return
        for event, told in self.dated_events():
            claim, head = surest_telling(event, told)
            answers = {name: event[name] for name in OF_EVENT}
            yield {**claim, **answers, "id": event["event"]}, head

    def reports(self) -> Iterable[Record]:
        """Yield the current reports."""
        return self.store.reports()


def surest_telling(event: Record, told: list[Told]) -> Told:
    """Return the telling that has the event's own type, and is surest of it."""
    return max(told, key=lambda t: (t[0]["type"] == event["type"], t[0]["confidence"]))


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
        "recipients": [merged_party(who, "recipients", told) for who in made["recipients"]],
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
