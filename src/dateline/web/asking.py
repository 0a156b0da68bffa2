"""What a page or a call may ask for: filters, cursors, and the events they give."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from dateline.store import pages
from dateline.store.errors import StoreError
from dateline.store.pages import Key, Told
from dateline.store.sql import SqlStore
from dateline.web.words import days
from dateline.write.events import event

Record = dict[str, Any]
LONGEST = 200  # characters of a filter
MOST_EXPORTED = 20_000  # events in one file
LOOKS = 20  # batches looked through for a filter that the store cannot answer


class Filters(BaseModel):
    """Filters over events and claims; empty ones do not filter."""

    model_config = ConfigDict(extra="forbid", str_max_length=LONGEST)

    actor: str = Field("", description="A code (KEN, KEN COP) or words of a name.")
    recipient: str = Field("", description="A code or words of a name.")
    said_by: str = Field("", description="A speaker's code or words of a name.")
    own_voice: str = Field("", description="Any word: told by the report itself.")
    type: str = Field("", description="Event types: CONSULT,AGREE.")
    deed: str = Field("", description="The act itself: CONSULT.")
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

    def where(self) -> dict[str, str]:
        """Return the filters that are set."""
        told = {name: str(getattr(self, name)).strip() for name in Filters.model_fields}
        return {name: value for name, value in told.items() if value}


class Listed(Filters):
    """Filters, and which part of the list is wanted."""

    cursor: str = Field("", description="`next` of the answer before this one.")
    limit: int = Field(50, ge=1, le=500, description="Rows in one answer.")


class Shown(Listed):
    """What the page of events shows: filters, and origins, which are counted late."""

    origins: str = Field("", description="At least so many independent origins.")

    def least(self) -> int:
        """Return how many origins an event must have."""
        if self.origins.strip() and not self.origins.strip().isdecimal():
            raise StoreError(f"origins {self.origins!r} is no number")
        return int(self.origins.strip() or 0)


def write_cursor(key: tuple[str, ...] | None) -> str | None:
    """Return a place in a list as a word for an address.

    >>> read_cursor(write_cursor(("2025-03-07", "e1")), 2)
    ('2025-03-07', 'e1')
    """
    if key is None:
        return None
    return urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def read_cursor(told: str | None, parts: int) -> Any:
    """Return the place that a cursor names, None where there is none.

    Raises StoreError for one that we did not write.
    """
    if not told:
        return None
    try:
        key = json.loads(urlsafe_b64decode(told + "=" * (-len(told) % 4)))
        if len(key) != parts or not all(isinstance(part, str) for part in key):
            raise ValueError(told)
    except (ValueError, TypeError) as error:
        raise StoreError("this cursor is none of ours: begin again without") from error
    return tuple(key)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as pages show it: its record, its tellings, its class and score."""

    record: Record
    told: list[Told]

    @property
    def surest(self) -> Record:
        """The claim that its type rests on."""
        same = [c for c, _ in self.told if c["type"] == self.record["type"]]
        best: Record = max(same, key=lambda claim: claim["confidence"])
        return best

    @property
    def when(self) -> str:
        """When it happened as precisely as that is known, else when it was told."""
        when = self.record["when"]
        told = self.record["first_told"]
        return days(when) if when or not told else f"told {told[:10]}"

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


def happenings(store: SqlStore, ids: Iterable[str]) -> list[Happening]:
    """Return events by their ids, in the order given; those that are gone are not."""
    wanted = list(ids)
    told = pages.tellings(store, wanted)
    return [Happening(event(told[each]), told[each]) for each in wanted if each in told]


def listed(
    store: SqlStore, where: Mapping[str, str], after: Key | None, limit: int, least: int
) -> tuple[list[Happening], Key | None]:
    """Return events that pass filters, and where the list goes on, None at its end."""
    found: list[Happening] = []
    for _ in range(LOOKS):
        keys = pages.event_ids(store, where, after, limit + 1)
        kept = keys[:limit]
        for key, each in zip(
            kept, happenings(store, [k[1] for k in kept]), strict=True
        ):
            after = key
            if each.record["origins"] >= least:
                found.append(each)
            if len(found) == limit:
                more = len(keys) > limit or key != kept[-1]
                return found, after if more else None
        if len(keys) <= limit:
            return found, None
    return found, after


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an export is given: the very events that a page shows, in its order."""

    store: SqlStore
    where: Mapping[str, str]
    least: int

    def claims_and_heads(
        self, _where: Mapping[str, str], by_event: bool = False
    ) -> Iterator[Told]:
        """Yield the claims of these events, with the heads of their reports."""
        after, left = None, MOST_EXPORTED
        while left > 0:
            found, after = listed(self.store, self.where, after, 200, self.least)
            for each in found[:left]:
                yield from each.told
            left -= len(found)
            if after is None:
                return

    def reports(self) -> Iterable[Record]:
        """Yield no reports: events are exported here."""
        return ()
