"""What a page or a call may ask for: filters, cursors, and the events they give."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from pydantic import BaseModel, ConfigDict, Field

from dateline.analysis.people import Sheltered, mask_words
from dateline.events.event_summaries import list_events, summed_events
from dateline.model import Event
from dateline.resources.codebook import A_DEED, TYPES
from dateline.server.formatting import display_interval
from dateline.store import listings
from dateline.store.cache import remembered
from dateline.store.errors import StoreError
from dateline.store.listings import Key, Told
from dateline.store.sql import SqlStore

Record = dict[str, Any]
LONGEST = 200  # characters of a filter
MOST_EXPORTED = 20_000  # events in one file


class Filters(BaseModel):
    """Filters over events and claims; empty ones do not filter."""

    model_config = ConfigDict(extra="forbid", str_max_length=LONGEST)

    actor: str = Field("", description="A code (KEN, KEN COP) or words of a name.")
    recipient: str = Field("", description="A code or words of a name.")
    between: str = Field("", description="Two parties, whoever acts: KEN,UGA.")
    said_by: str = Field("", description="A speaker's code or words of a name.")
    own_voice: str = Field("", description="Any word: told by the report itself.")
    type: str = Field("", description=f"Event types: {TYPES}.")
    deed: str = Field("", description=f"The act itself: {A_DEED}.")
    mode: str = Field("", description="A mode: visit.")
    status: str = Field("", description="happened, planned, denied …")
    country: str = Field("", description="Where it happened: SYR,IRQ.")
    place: str = Field("", description="Words of the name of the place.")
    outlet: str = Field("", description="The outlet that published it.")
    since: str = Field("", description="On or after this day: 2019-01-08.")
    until: str = Field("", description="On or before it.")
    text: str = Field("", description="Words in the clause that tells it.")
    search: str = Field("", description='Words in the report: peace "cease fire" -x.')
    report: str = Field("", description="A report's id.")
    event: str = Field("", description="An event's id.")
    told_by: str = Field("", description="At least so many reports tell it.")
    sure: str = Field("", description="At least so sure, 0 to 1: 0.7.")
    origins: str = Field("", description="At least so many independent origins.")

    def where(self) -> dict[str, str]:
        """Return the filters that are set."""
        told = {name: str(getattr(self, name)).strip() for name in Filters.model_fields}
        return {name: value for name, value in told.items() if value}


class Listed(Filters):
    """Filters, and which part of the list is wanted."""

    cursor: str = Field("", description="`next` of the answer before this one.")
    limit: int = Field(50, ge=1, le=500, description="Rows in one answer.")
    sort: str = Field("day", description="Of events: day (latest first) or sure.")


def faults_in(store: SqlStore, where: Mapping[str, str]) -> dict[str, str]:
    """Return which filters have a value that they cannot have, each with why."""
    found: dict[str, str] = {}
    with listings.read_in_time(store) as to:
        for name, value in where.items():
            try:
                listings.claims_query(to, {name: value})
                if name in listings.OF_EVENTS:
                    listings.filter_number(where, name)
            except StoreError as error:
                found[name] = str(error).removeprefix("--")
        if not found:
            try:
                listings.claims_query(to, dict(where))
            except StoreError as error:
                found["until"] = str(error).removeprefix("--")
    return found


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as lists of them show it: its record, as it was summed up."""

    record: Record

    @property
    def lead(self) -> Record:
        """What the claim that its type rests on tells."""
        found: Record = self.record["lead"]
        return found

    @property
    def when(self) -> str:
        """When it happened as precisely as that is known, else when it was told."""
        when = self.record["when"]
        told = self.record["first_told"]
        return display_interval(when) if when or not told else f"told {told[:10]}"

    @property
    def month(self) -> str:
        """The month in which it happened, "" where it may have been another."""
        when = self.record["when"] or {}
        first, last = when.get("from"), when.get("to")
        return str(first[:7]) if first and last and first[:7] == last[:7] else ""

    @property
    def day(self) -> str:
        """The day it is filed under: when it happened, else when it was told."""
        when = self.record["when"] or {}
        found = when.get("from") or when.get("to") or self.record["first_told"] or ""
        return str(found)[:10]


@remembered
def sheltered_people(store: SqlStore) -> Sheltered:
    """Return whom exports of a store mask: private people, victims and minors."""
    return Sheltered(store)


def happenings_by_id(store: SqlStore, ids: Iterable[str]) -> list[Happening]:
    """Return events by their ids, in the order given; those that are gone are not."""
    return [Happening(record) for record in summed_events(store, list(ids))]


def list_happenings(
    store: SqlStore, where: Mapping[str, str], after: Key | None, limit: int, sort: str = "day"
) -> tuple[list[Happening], Key | None]:
    """Return events that pass filters, and where the list goes on, None at its end."""
    found, then = list_events(store, where, after, limit, sort=sort)
    return [Happening(record) for record in found], then


class Exported(Listed):
    """Filters, and whether names of private people are written."""

    names: str = Field("", description="Any word: private people are not masked.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an export is given: the very events that a page shows, in its order.

    `masked` tells whom to mask, None where all names are written.
    """

    store: SqlStore
    where: Mapping[str, str]
    masked: Sheltered | None = None
    known: dict[str, Event] = field(default_factory=dict)

    def claims_and_heads(self, _where: Mapping[str, str], by_event: bool = False) -> Iterator[Told]:
        """Yield the claims of these events, with the heads of their reports."""
        after = None
        while True:
            found, after = list_events(self.store, self.where, after, 200)
            self.known.update({e["event"]: self.sheltered(cast(Event, e)) for e in found})
            told = listings.tellings_of_events(self.store, [record["event"] for record in found])
            for record in found:
                for claim, head in told.get(record["event"], ()):
                    hidden = self.hidden(claim["report"])
                    yield mask_words(claim, hidden), mask_words(head, hidden)
            if after is None:
                return

    def hidden(self, report: str) -> dict[str, str]:
        """Return which words of a report are masked, and by what."""
        return self.masked.forms.get(report, {}) if self.masked else {}

    def sheltered(self, event: Event) -> Event:
        """Return an event as it is exported."""
        return self.masked.event(event) if self.masked else event

    def reports(self) -> Iterable[Record]:
        """Yield no reports: events are exported here."""
        return ()
