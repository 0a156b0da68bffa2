"""What is planned, expected or scheduled in some days, nearest first, and who says so.

One event is one line, however many reports tell it. What has no day at all is no entry
of an agenda.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dateline.events.event_summaries import list_events
from dateline.export.columns import (
    EVENT,
    PARTIES,
    Column,
    Line,
    draw_row,
    join_cells,
    pick_columns,
    when_column,
    where_column,
)
from dateline.export.events import name_voices
from dateline.store import listings
from dateline.store.sql import SqlStore

Record = dict[str, Any]
AHEAD = ("planned", "expected")
AT_ONCE = 200
MOST = timedelta(days=31)  # of an entry that fills its days
STAMP = datetime(1970, 1, 1, tzinfo=UTC)  # a file tells nothing of when it was made
SIDES = {column.name: column for column in PARTIES}
COLUMNS = (
    Column("event", "text", "id of the event"),
    when_column("day_from", "from", "day", "first day on which it may come"),
    when_column("day_to", "to", "day", "last day; empty: open"),
    when_column("precision", "precision", "text", "day, week, month, season, year or range"),
    Column("status", "text", "planned or expected"),
    Column(
        "type", "text", "event type as the ontology files it: a planned meeting is an agreement"
    ),
    Column("deed", "text", "the act itself, as a meeting"),
    Column("mode", "text", "modes", lambda line: join_cells(line["lead"]["mode"])),
    replace(SIDES["actor_names"], words="who is to act"),
    SIDES["actor_countries"],
    replace(SIDES["recipient_names"], words="whom it is to be done to, or who hosts"),
    SIDES["recipient_countries"],
    where_column("where_name", "name", "text", "place"),
    where_column("where_country", "country", "text", "its state"),
    Column(
        "said_by",
        "text",
        "who says so; empty: the reports themselves",
        lambda line: name_voices(line.told),
    ),
    Column("origins", "int", "how many independent origins"),
    *pick_columns(EVENT, "outlets confidence"),
    Column("told", "text", "clause of the surest claim", lambda line: line["lead"]["evidence"]),
)


def list_agenda(
    store: SqlStore, since: str = "", until: str = "", where: Mapping[str, str] | None = None
) -> list[Record]:
    """Return the planned and expected events of some days, the nearest first.

    Without `since` they are of the last day of publication and after it. `where` are
    more filters, as of lists of events. Raises StoreError for a wrong one.
    """
    since = since or listings.newest_day(store)
    days = {"since": since, "until": until}
    asked = {**(where or {}), **{name: day for name, day in days.items() if day}}
    asked["status"] = " ".join(AHEAD)
    found = [event for event in events_passing(store, asked) if comes(event, since, until)]
    told = listings.tellings_of_events(store, [event["event"] for event in found])
    lines = (Line(event, told=told.get(event["event"], [])) for event in found)
    rows = [draw_row(COLUMNS, line) for line in lines]
    return sorted(rows, key=lambda row: (listing_day(row), row["event"]))


def events_passing(store: SqlStore, where: Mapping[str, str]) -> Iterator[Record]:
    """Yield all events that pass filters."""
    after = None
    while True:
        found, after = list_events(store, where, after, AT_ONCE)
        yield from found
        if after is None:
            return


def comes(event: Record, since: str, until: str) -> bool:
    """Whether an event, by all that is told of it, is still to come in some days."""
    when = event["when"]
    if event["status"] not in AHEAD or not when:
        return False
    first, last = when["from"] or when["to"], when["to"]
    return (last is None or last >= since) and (not until or first <= until)


def listing_day(row: Record) -> str:
    """Return the day by which an entry stands in its list."""
    return str(row["day_from"] or row["day_to"])


def calendar(rows: list[Record]) -> bytes:
    """Return entries as an iCalendar file (RFC 5545), a day or days each.

    The same entries give the same bytes; what may come on many days begins on the first
    of them and says so.
    """
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//Dateline//agenda//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Dateline: agenda")
    for row in rows:
        first = date.fromisoformat(row["day_from"] or row["day_to"])
        last = date.fromisoformat(row["day_to"] or row["day_from"])
        one = Event()
        one.add("uid", f"{row['event']}@dateline")
        one.add("dtstamp", STAMP)
        one.add("dtstart", first)
        whole = row["precision"] in ("day", "range") and last - first < MOST
        one.add("dtend", (last if whole else first) + timedelta(days=1))
        one.add("summary", entry_title(row))
        one.add("status", "TENTATIVE")
        one.add("transp", "TRANSPARENT")
        if row["where_name"]:
            one.add("location", row["where_name"])
        one.add("description", entry_basis(row))
        made.add_component(one)
    return bytes(made.to_ical())


def entry_title(row: Record) -> str:
    """Return an entry in a line.

    >>> entry_title({"deed": "MEET", "mode": "visit", "actor_names": "Kenya",
    ...        "recipient_names": "Uganda", "status": "planned"})
    'MEET visit: Kenya, Uganda (planned)'
    """
    parties = filter(None, (row["actor_names"], row["recipient_names"]))
    what = f"{row['deed']} {row['mode']}".strip()
    return f"{what}: {', '.join(parties) or 'not told by whom'} ({row['status']})"


def entry_basis(row: Record) -> str:
    """Return what an entry rests on."""
    days = f"{row['day_from'] or '…'} to {row['day_to'] or '…'} ({row['precision']})"
    says = row["said_by"] or "the reports themselves"
    sure = f"{row['origins']} independent origins; sure {row['confidence']:.2f}"
    return f"{row['told']}\n{days}\nsays: {says}\n{sure}\nevent {row['event']}"
