"""Save every output of the program over fixed inputs, and compare a later run with it.

usage: golden.py save FOLDER [--small] [--data DATA]
       golden.py check FOLDER [--small] [--data DATA] [--mapping FILE]

A refactoring must leave every output as it was: claims, skipped spans and problems of
300 articles, events and links of 45 stories, every export, the OpenAPI file, the text
of each page. `check` prints each output that differs, with its first differing line,
and exits with 1. `--small` takes 40 articles and 8 stories.

FILE is JSON: `{"old key": "new", "values": {"old": "new"}, "text": {"old": "new"}}`.
Keys are renamed in JSON objects and table headers of the saved run, values where a
whole value is equal, and text anywhere in the text of pages.
"""

import argparse
import csv
import hashlib
import io
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COMMAND = Path(sys.executable).with_name("dateline")
FULL = {"all": 300, "undated": 40, "long": 40, "quiet": 20, "stories": 45}
SMALL = {"all": 40, "undated": 6, "long": 5, "quiet": 4, "stories": 8}
QUIET = re.compile(
    r"\b(scored|goals?|match|innings|championship|tournament|season|coach|album|film"
    r"|species|galaxy|telescope|degrees|rainfall|snow|storm|hurricane)\b",
    re.IGNORECASE,
)
SPACE = re.compile(r"\s*\n\s*")
STAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?")


# --- What is called of the program: adapt these when names change. -------------------

FORMATS = "jsonl csv parquet geojson polecat plover gdelt ucdp acled eventreport ftm".split()
UNITS = ("claims", "events", "reports")
OF_UNITS = ("jsonl", "csv", "parquet", "geojson")  # the formats with `--of`
TABLES = {
    "claims": "SELECT record FROM claim_records ORDER BY number",
    "skipped": "SELECT id, left_out FROM reports ORDER BY id",
    "problems": "SELECT * FROM problems ORDER BY report, stage, code, message",
    "events": "SELECT record FROM summaries ORDER BY event",
    "links": "SELECT a.name AS a, b.name AS b, score, links.blocks AS blocks FROM links"
    " JOIN units AS a ON a.place = links.a JOIN units AS b ON b.place = links.b"
    " ORDER BY a.name, b.name",
    "copies": "SELECT a, b, shared FROM copies ORDER BY a, b",
}
IDS = {
    "/event/": "SELECT event FROM summaries ORDER BY event",
    "/report/": "SELECT id FROM reports ORDER BY id",
    "/claim/": "SELECT id FROM claim_rows ORDER BY id",
    "/actor/": "SELECT DISTINCT country FROM claim_parties"
    " WHERE country IS NOT NULL ORDER BY country",
}
PAGES = (
    "/ /events /events?status=all /events?told_by=2 /dyad /dyad?a=USA&b=SYR /map"
    " /timeline /speakers /problems /reports /search /search?q=president /panel"
    " /panel.csv /without /without.csv /promises /promises.csv /releases /searches"
    " /api /agenda.ics /events.atom /timeline.csv /map.csv /dyad.csv?a=USA&b=SYR"
    " /api/v1/events /api/v1/claims /api/v1/reports /api/v1/actors"
).split()


def code(reports: Path, store: Path) -> None:
    """Code a file of reports into a store."""
    run("code", str(reports), "--store", str(store), "--quiet")


def export(store: Path, kind: str, unit: str, out: Path) -> None:
    """Write one export of a store."""
    unit_option = ("--of", unit) if unit else ()
    run(*("export", "--format", kind, *unit_option), *("--store", str(store), "--out", str(out)))


def visit(store: Path, use: Callable[[Any], None]) -> None:
    """Call `use` with a test client of the server over a store."""
    from fastapi.testclient import TestClient

    from dateline.server import reviewed_view
    from dateline.server.app import Parts, application
    from dateline.server.middleware import Guard
    from dateline.store import cache
    from dateline.store.sql import SqlStore

    cache.QUICK, reviewed_view.PATIENCE = 1000.0, 600.0  # exact, however slow
    with SqlStore(str(store), write=False) as opened:
        server = application(opened, Parts(Guard(hosts=frozenset(("testserver",)))))
        with TestClient(server) as client:
            use(client)


# --------------------------------------------------------------------------------------


def run(*words: str) -> None:
    done = subprocess.run([str(COMMAND), *words], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"dateline {' '.join(words)}: {done.returncode}: {done.stderr[-500:]}")


def rank(name: str) -> str:
    """Return a name's place in an order that is the same everywhere."""
    return hashlib.sha1(name.encode()).hexdigest()


def read_lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def quietness(row: dict[str, Any]) -> float:
    return len(QUIET.findall(row["text"])) / (len(row["text"]) + 500)


def choose_articles(path: Path, sizes: dict[str, int]) -> list[dict[str, Any]]:
    """Return articles of the pool: long ones, quiet ones, others, some undated."""
    rows = sorted(read_lines(path), key=lambda row: rank(row["id"]))
    by_length = sorted(rows, key=lambda row: len(row["text"]))
    long = by_length[len(rows) * 9 // 10 : len(rows) * 99 // 100]
    groups = [
        sorted(long, key=lambda row: rank(row["id"]))[: sizes["long"]],
        sorted(rows, key=quietness, reverse=True)[: sizes["quiet"]],
        rows,
    ]
    chosen: dict[str, dict[str, Any]] = {}
    for row in (row for group in groups for row in group):
        if len(chosen) < sizes["all"]:
            chosen.setdefault(row["id"], dict(row))
    found = list(chosen.values())
    for row in found[-sizes["undated"] :]:
        row.pop("published", None)
    return found


def choose_stories(folder: Path, most: int) -> list[dict[str, Any]]:
    """Return the reports of the first stories."""
    stories = [row for name in ("us", "world") for row in read_lines(folder / f"{name}.jsonl")]
    stories.sort(key=lambda story: rank(story["story"]))
    return [report for story in stories[:most] for report in story["reports"]]


def select(store: Path, query: str) -> Iterator[dict[str, Any]]:
    with sqlite3.connect(store) as base:
        base.row_factory = sqlite3.Row
        for row in base.execute(query):
            values = dict(row)
            record = values.pop("record", None)
            yield {**json.loads(record), **values} if record else values


def page_text(answer: Any) -> str:
    """Return an answer of the server as text, that of a page without its tags."""
    kind = answer.headers.get("content-type", "")
    body = str(answer.text)
    if "html" in kind:
        from lxml import html

        tree = html.fromstring(body)
        for hidden in tree.xpath("//script | //style"):
            hidden.drop_tree()
        links = [str(at) for at in tree.xpath("//a/@href | //form/@action")]
        body = "\n".join([tree.text_content(), *links])
    return f"{answer.status_code} {kind}\n" + SPACE.sub("\n", body).strip() + "\n"


class Golden:
    """The outputs of one run, as text, below a folder."""

    def __init__(self, folder: Path, work: Path) -> None:
        self.folder, self.work = folder, work
        today = datetime.now(UTC).date()
        self.days = {str(today - timedelta(days=n)) for n in (-1, 0, 1)}

    def put(self, name: str, text: str) -> None:
        """Write one output without paths and times of this run."""
        text = text.replace(str(self.work), "WORK")
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(STAMP.sub(self.stamp, text), encoding="utf-8", newline="")

    def stamp(self, hit: re.Match[str]) -> str:
        return "TIME" if hit.group(1) in self.days else hit.group()

    def put_rows(self, name: str, rows: Iterable[Any]) -> None:
        self.put(name, "".join(json.dumps(r, default=str) + "\n" for r in rows))

    def make(self, data: Path, sizes: dict[str, int]) -> None:
        """Code articles and stories, and write every output."""
        inputs = {
            "articles": choose_articles(data / "pool" / "articles.jsonl", sizes),
            "stories": choose_stories(data / "stories", sizes["stories"]),
        }
        for name, rows in inputs.items():
            source = self.work / f"{name}.jsonl"
            source.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
            store = self.work / f"{name}.db"
            code(source, store)
            for table, query in TABLES.items():
                self.put_rows(f"{name}/{table}.jsonl", select(store, query))
            print(f"{name}: {len(rows)} reports coded", file=sys.stderr, flush=True)
        self.make_exports(store)
        visit(store, lambda client: self.make_pages(client, store))

    def make_exports(self, store: Path) -> None:
        for kind in FORMATS:
            for unit in UNITS if kind in OF_UNITS else ("",):
                out = self.work / f"export-{unit}.{kind}"
                export(store, kind, unit, out)
                self.put_export(f"exports/{kind}{unit and '-'}{unit}", kind, out)

    def put_export(self, name: str, kind: str, out: Path) -> None:
        if kind == "parquet":
            from pyarrow import parquet

            self.put_rows(f"{name}.jsonl", parquet.read_table(out).to_pylist())
            return
        head = out.read_bytes()[:1]
        text = out.read_bytes().decode("utf-8-sig")
        suffix = "jsonl" if head == b"{" else "csv"
        self.put(f"{name}.{suffix}", text)

    def make_pages(self, client: Any, store: Path) -> None:
        self.put("openapi.json", json.dumps(client.get("/openapi.json").json()))
        paths = list(PAGES)
        for path, query in IDS.items():
            rows = [next(iter(row.values())) for row in select(store, query)]
            paths += [path + str(name) for name in rows[:: len(rows) // 5 or 1][:5]]
        for path in paths:
            answer = client.get(path)
            plain = re.sub(r"\W+", "-", path).strip("-") or "index"
            if "json" in answer.headers.get("content-type", ""):
                self.put(f"pages/{plain}.json", answer.text)
            else:
                self.put(f"pages/{plain}.txt", page_text(answer))


def renamed(value: Any, keys: dict[str, str], values: dict[str, str]) -> Any:
    """Return a value of JSON with keys and whole values renamed."""
    if isinstance(value, dict):
        return {keys.get(k, k): renamed(v, keys, values) for k, v in value.items()}
    if isinstance(value, list):
        return [renamed(each, keys, values) for each in value]
    return values.get(value, value) if isinstance(value, str) else value


def canonical(path: Path, mapping: dict[str, Any]) -> list[str]:
    """Return the lines of an output in a form that the order of keys doesn't change."""
    keys = {k: v for k, v in mapping.items() if isinstance(v, str)}
    values = mapping.get("values", {})
    text = path.read_bytes().decode("utf-8")
    if path.suffix == ".txt":
        for old, new in mapping.get("text", {}).items():
            text = text.replace(old, new)
        return text.splitlines()
    if path.suffix == ".csv":
        tabs = "\t" in text.partition("\n")[0]
        table = list(csv.reader(io.StringIO(text), delimiter="\t" if tabs else ","))
        head = [[keys.get(cell, cell) for cell in row] for row in table[:1]]
        return [json.dumps(row) for row in head + renamed(table[1:], {}, values)]
    try:
        found = [json.loads(text)]  # one object
    except ValueError:
        found = [json.loads(line) for line in text.splitlines() if line.strip()]
    made = [renamed(each, keys, values) for each in found]
    indent = 1 if len(made) == 1 else None
    dumps = (json.dumps(each, sort_keys=True, indent=indent) for each in made)
    return [line for each in dumps for line in each.splitlines()]


def digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def compare(saved: Path, made: Path, mapping: dict[str, Any]) -> int:
    """Print which outputs differ; return how many."""
    names = sorted(
        {
            path.relative_to(folder).as_posix()
            for folder in (saved, made)
            for path in folder.rglob("*")
            if path.is_file()
        }
    )
    differ = 0
    for name in names:
        pair = saved / name, made / name
        if missing := [path for path in pair if not path.exists()]:
            differ += 1
            print(f"{name}: only in one run, not in {missing[0].parent}")
            continue
        old, new = canonical(pair[0], mapping), canonical(pair[1], {})
        if digest(old) == digest(new):
            continue
        differ += 1
        at = next((i for i, (a, b) in enumerate(zip(old, new)) if a != b), None)  # noqa: B905
        at = min(len(old), len(new)) if at is None else at
        print(f"{name}: {len(old)} and {len(new)} lines, first difference {at + 1}:")
        print(*shown(old[at : at + 1], new[at : at + 1]), sep="\n")
    print(f"{len(names)} outputs, {differ} differ")
    return differ


def shown(old: list[str], new: list[str]) -> tuple[str, str]:
    """Return two lines cut to where they differ."""
    one, two = "".join(old), "".join(new)
    same = (i for i, (a, b) in enumerate(zip(one, two)) if a != b)  # noqa: B905
    start = max(0, next(same, min(len(one), len(two))) - 80)
    return f"  - {one[start : start + 240]}", f"  + {two[start : start + 240]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("what", choices=("save", "check"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--mapping", type=Path)
    given = parser.parse_args()
    mapping = json.loads(given.mapping.read_text("utf-8")) if given.mapping else {}
    if given.what == "save" and given.folder.exists() and any(given.folder.iterdir()):
        sys.exit(f"{given.folder} is not empty")
    with TemporaryDirectory(prefix="golden-") as work:
        inside = Path(work) / "made"
        made = given.folder if given.what == "save" else inside
        Golden(made, Path(work)).make(given.data, SMALL if given.small else FULL)
        if given.what == "check":
            sys.exit(1 if compare(given.folder, made, mapping) else 0)


if __name__ == "__main__":
    main()
