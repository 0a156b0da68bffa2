"""Reports kept many at a time are kept as one by one."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from dateline.model import Problem
from dateline.model.record import claim_record
from dateline.store.database.tables import claims, metadata, modes, parties, records
from dateline.store.records import Kept
from dateline.store.sql import SqlStore
from dateline.testing import MADE, REPORT, TEXT, sample

PLAIN = claim_record(sample(), TEXT)


def coding(number: int, *claims: str) -> Kept:
    """The coding of a report, with claims of these ids."""
    report = replace(REPORT, id=f"r{number}", text=f"{TEXT} {number}")
    told = [{**PLAIN, "id": name, "event": f"e{name}"} for name in claims]
    senses = {name: b"s" for name in claims[:1]}
    return Kept(report, told, [], None, 1, [{"at": number}], senses)


def contents(store: SqlStore) -> dict[str, list[str]]:
    """All that a store's tables hold, whatever came first and whatever its number."""
    found = {}
    with store.reading() as to:
        c = claims.c
        told = to.execute(select(c.number, c.report, c.id))
        called = {number: (report, name) for number, report, name in told}
        for table in metadata.sorted_tables:
            rows = [dict(row) for row in to.execute(select(table)).mappings()]
            for row in rows:
                if table in (records, parties, modes):
                    row["of"] = called[row.pop(table.columns.keys()[0])]
                row.pop("number", None)
            found[table.name] = sorted(repr(row) for row in rows)
    return found


def test_many_kept_at_once_are_as_kept_one_by_one(where: str, tmp_path: Path) -> None:
    met = Problem("r1", "read", "odd", "was odd before")
    one, two, three = coding(0, "a", "b"), coding(1), coding(2, "c")
    later = replace(three, report=replace(three.report, text=f"{TEXT} anew"))
    told = replace(one, problems=[replace(met, report_id="r0", code="new")])
    odd = replace(coding(3, "d"), problems=[replace(met, report_id="r3")] * 2)
    goes = [[two, coding(4, "e", "f")], [one, two, three, odd, later, told], [two, odd]]
    found: list[Any] = []
    with SqlStore(where) as first, SqlStore(str(tmp_path / "other.db")) as other:
        for store, cut in ((first, goes), (other, [[k] for go in goes for k in go])):
            store.note(met)
            answers = [n for go in cut for n in store.save_all(go, MADE)]
            found.append((answers, contents(store)))
    assert found[0] == found[1]
    assert found[0][0] == [0, 2, 2, None, 1, 1, 1, None, None, None]
    assert len(found[0][1]["problems"]) == 2
