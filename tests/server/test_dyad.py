"""Two parties by their names, on the page of dyads."""

from fastapi.testclient import TestClient

from dateline.store import party_queries
from dateline.store.sql import SqlStore


def test_names_lead_to_the_same_page_as_codes(client: TestClient, store: SqlStore) -> None:
    assert party_queries.named_party(store, "Kenya") == "KEN"
    assert party_queries.named_party(store, "uga") == "UGA"
    assert party_queries.named_party(store, "two Ugandan pilots") == "UGA"
    assert party_queries.named_party(store, "the army") == "KEN"
    assert party_queries.named_party(store, "nobody at all") == "nobody at all"
    assert party_queries.named_party(store, "x/../<b>") == "x/../<b>"
    by_name = client.get("/dyad", params={"a": "Kenya", "b": "Uganda"}).text
    assert "between them, of every status" in by_name
    codes = client.get("/dyad", params={"a": "KEN", "b": "UGA"}).text
    assert by_name.count('class="event"') == codes.count('class="event"') > 0


def test_plans_are_a_calendar(client: TestClient) -> None:
    answer = client.get("/agenda.ics", params={"since": "2025-01-01"})
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.text.count("BEGIN:VEVENT") == 1
    assert client.get("/agenda.ics").text.count("BEGIN:VEVENT") == 0  # all past
