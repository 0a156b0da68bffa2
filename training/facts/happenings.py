"""What happened when: days of birth, and summits, wars and treaties."""

from collections.abc import Iterator

from tables import HERE, slug, table
from terms import day


def read_births() -> Iterator[list[str]]:
    for path in sorted((HERE / "people").glob("*.csv")):
        for cells, _ in table(path):
            if len(cells["born"]) == 10:
                died = cells.get("died", "")
                yield ["person:" + slug(cells["name"]), cells["born"], died]


def read_dated() -> Iterator[list[str]]:
    rows = []
    for cells, source in table(HERE / "dated.csv"):
        first, fine = day(cells["first"], "start")
        open_end = cells["last"] == "open"
        end = "" if open_end else cells["last"] or cells["first"]
        last, crude = day(end, "end")
        precision = min(fine, crude, key=["year", "month", "day"].index)
        names = cells["names"] or cells["what"]
        told = [cells["what"], cells["kind"], first, "" if open_end else last, precision]
        rows.append([*told, names, cells["place"], cells["countries"], source])
    yield from sorted(rows, key=lambda row: row[2])
