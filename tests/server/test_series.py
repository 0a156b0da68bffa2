"""Axes that leave nothing out without a word."""

from fastapi.testclient import TestClient

from dateline.server.series import bin_days, month_name, slider
from dateline.store import listings as pages
from dateline.store.sql import SqlStore

QUAD = "verbal conflict"


def test_years_without_an_event_have_their_room() -> None:
    shown = bin_days([("1990-05-01", QUAD, 3), ("2001-01-01", QUAD, 4)])
    names = [b.name for b in shown.bins]
    assert (shown.kind, names[0], names[-1], len(names)) == ("year", "1990", "2001", 12)
    assert shown.outside == 0


def test_one_day_of_another_age_does_not_flatten_the_others() -> None:
    month = [(f"2024-03-{n:02}", QUAD, 5) for n in range(1, 29)]
    shown = bin_days([("1805-10-21", QUAD, 1), *month, ("2099-01-01", QUAD, 1)])
    assert (shown.kind, len(shown.bins)) == ("day", 28)
    assert (shown.events, shown.outside) == (140, 2)
    assert shown.most == 5


def test_the_slider_is_not_stretched_by_one_month() -> None:
    counts = [("1805-10-21", QUAD, 1), ("2024-03-01", QUAD, 9), ("2024-05-01", QUAD, 9)]
    found = slider(counts, None, "month")
    assert found is not None
    assert (month_name(found.first), month_name(found.last)) == ("2024-03", "2024-05")


def test_what_is_not_drawn_is_told(client: TestClient, store: SqlStore) -> None:
    undrawn = pages.undrawn(store, {})
    drawn = sum(many for _, _, many in pages.events_by_day(store, {}))
    assert drawn + sum(undrawn.values()) == pages.count_events(store, {})
    page = client.get("/timeline").text
    assert ("Not drawn" in page) == bool(sum(undrawn.values()))
