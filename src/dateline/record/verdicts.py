"""Why two claims of a store are one event or two."""

from typing import Any

from dateline.merge.across import join_tellings
from dateline.merge.reasons import Verdict, explain_pair
from dateline.merge.stories import story
from dateline.merge.tellings import Telling
from dateline.record.merging import stored_telling
from dateline.store.present import require_report
from dateline.store.sql import SqlStore

Row = dict[str, Any]
Record = dict[str, Any]


def told_with(store: SqlStore, claim: Record, item: Row) -> Telling:
    """Return all that a report tells of a claim's happening, as merging weighs it."""
    rows = store.merging.claims_of_reports([item["key"]])
    part = next((row["part"] for row in rows if row["id"] == claim["id"]), None)
    if part is None:
        return stored_telling({"record": claim}, item)
    mine = [stored_telling(row, item) for row in rows if row["part"] == part]
    return join_tellings(mine, part)


def verdict(store: SqlStore, one: Record, two: Record) -> tuple[Verdict, str]:
    """Return why two claims are or are not one event, and what a person decided."""
    items = {c["report"]: require_report(store, c["report"]) for c in (one, two)}
    if one["report"] == two["report"]:
        units = [stored_telling({"record": c}, items[c["report"]]) for c in (one, two)]
    else:
        units = [told_with(store, c, items[c["report"]]) for c in (one, two)]
    stories = {
        name: story(item["text"], item["title"] or "") for name, item in items.items()
    }
    pair = {one["id"], two["id"]}
    kinds = (p["kind"] for p in store.merging.pinned() if {p["a"], p["b"]} == pair)
    told = {"must": "they are one", "never": "they are two"}
    return explain_pair(units[0], units[1], stories), told.get(next(kinds, ""), "")
