"""What became of events in a run of merging: told again, joined, split, bounded."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Outcome:
    """What a run of merging did."""

    reports: int = 0
    copies: int = 0
    versions: int = 0
    parts: int = 0
    events: int = 0
    split: int = 0
    touched: set[str] = field(default_factory=set)


GUARDED = (
    "told too often to weigh every pair: the nearest by content were compared,"
    " then the most typical of each group"
)


def tell_bounded(side: Any, crowded: set[str]) -> list[tuple[str, str, str]]:
    """Return that events were told too often to weigh whole, once for each of them."""
    before = {r["event"] for r in side.history(crowded) if r["what"] == "bounded"}
    return [(event, "bounded", GUARDED) for event in sorted(crowded - before)]


def history(
    before: Mapping[int, set[str]],
    names: Mapping[int, tuple[str, str]],
    done: Outcome,
) -> Iterator[tuple[str, str, str]]:
    """Yield what became of events: told again, joined, split.

    `before` is the event in which each unit stood, `names` its name and its event now.
    """
    old: dict[str, set[str]] = defaultdict(set)
    now: dict[str, set[str]] = defaultdict(set)
    for n, events in before.items():
        for event in events:
            old[event].add(names[n][1])
            now[names[n][1]].add(event)
    for n, events in sorted(before.items(), key=lambda item: names[item[0]]):
        if not events and now.get(names[n][1]):
            yield names[n][1], "told again", f"claims of {names[n][0]} joined"
    for event, some in sorted(now.items()):
        gone = (name for name in sorted(some - {event}) if old[name] == {event})
        yield from (
            (event, "joined", f"event {name} is one with this") for name in gone
        )
    for name, events in sorted(old.items()):
        if len(events) > 1:
            done.split += 1
            yield from divided(name, events)


def divided(name: str, events: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield that an event was split, for each of the events it became."""
    for event in sorted(events):
        others = ", ".join(sorted(events - {event}))
        yield event, "split", f"event {name} is now {event} and {others}"
