"""Reports in shards, each named by what is in it: the same reports, the same shard.

A shard is one Parquet file with the codings of some reports, loss-free.
"""

import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from dateline.model import Problem, Report, record
from dateline.model.atomic_write import write_aside
from dateline.model.coding import Coding
from dateline.model.record import Record, claim_record, iso_day_or_none, left_out_record, why_record
from dateline.store.errors import StoreDamaged, StoreError

SIZE = 64  # reports in a shard, on average
MANIFEST = "manifest.jsonl"
OPENING = '{"shard": "'  # what a line begins with
NAMED = re.compile(r'"shard": "([^"]*)"')
WORD = re.compile(r"[\w-]+")
Line = dict[str, Any]
JSONS = ("report", "dating", "claims", "problems", "left_out")
COLUMNS = (*JSONS, "sentences", "skipped")
Item = tuple[Report, Coding | Problem] | Problem
"""A report with what became of it, or what never became a report."""


def packed(items: Sequence[Item]) -> bytes:
    """Return a Parquet file: a row an item, values as JSON in columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [pack_item(item) for item in items]
    lists = {name: [found[name] for found in rows] for name in COLUMNS}
    kinds = {"sentences": pa.int64(), "skipped": pa.int64()}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    out = io.BytesIO()
    pq.write_table(pa.table(lists, schema=schema), out, compression="zstd")
    return out.getvalue()


def pack_item(item: Item) -> dict[str, Any]:
    """Return the row of one item."""
    found: dict[str, Any] = dict.fromkeys(COLUMNS)
    if isinstance(item, Problem):
        return found | {"problems": json_text([problem_record(item)])}
    report, coding = item
    found["report"] = json_text(report_record(report))
    if isinstance(coding, Problem):
        return found | {"problems": json_text([problem_record(coding)])}
    dating = coding.dating
    claims = [
        {**claim_record(claim, report.text), "sense": claim.sense.hex()} for claim in coding.claims
    ]
    found |= {
        "dating": json_text(
            {
                "earliest": iso_day_or_none(dating.earliest),
                "latest": iso_day_or_none(dating.latest),
                "told": dating.told,
                "why": [why_record(reason) for reason in dating.why],
            }
        ),
        "claims": json_text(claims),
    }
    found["problems"] = json_text([problem_record(p) for p in coding.problems])
    found["left_out"] = json_text([left_out_record(each) for each in coding.left_out])
    return found | {"sentences": coding.sentences, "skipped": coding.skipped}


def json_text(value: Any) -> str:
    """Return a value as JSON."""
    return json.dumps(value, ensure_ascii=False)


def report_record(report: Report) -> Record:
    """Return a report as a record."""
    marks = [[m.kind, m.span.start, m.span.end] for m in report.marks]
    published = report.published.isoformat() if report.published else None
    capture = asdict(report.capture) if report.capture else None
    told = {**asdict(report), "marks": marks, "published": published}
    return {**told, "capture": capture}


def problem_record(found: Problem) -> Record:
    """Return a problem as a record, without raw bytes."""
    capture = asdict(found.capture) if found.capture else None
    names = ("report_id", "stage", "code", "message")
    return {**{n: getattr(found, n) for n in names}, "capture": capture}


def unpack_shard(raw: bytes) -> Iterator[Item]:
    """Yield what a shard holds, as it was."""
    import pyarrow.parquet as pq

    for found in pq.read_table(io.BytesIO(raw)).to_pylist():
        problems = [record.revive_problem(p) for p in json.loads(found["problems"])]
        if found["report"] is None:
            yield problems[0]
            continue
        report = record.revive_report(json.loads(found["report"]))
        if found["claims"] is None:
            yield report, problems[0]
            continue
        claims = tuple(map(record.revive_claim, json.loads(found["claims"])))
        of = record.revive_dating(json.loads(found["dating"]))
        # A shard of an older version has no such column.
        rest = tuple(map(record.revive_left_out, json.loads(found.get("left_out") or "[]")))
        counted = (found["sentences"], found["skipped"])
        yield report, Coding(report, of, claims, tuple(problems), *counted, rest)


@dataclass(frozen=True, slots=True)
class Shard:
    """Some reports in a row, with what could not be read among them."""

    name: str
    items: tuple[Report | Problem, ...]

    @property
    def reports(self) -> list[Report]:
        """The reports among the items."""
        return [item for item in self.items if isinstance(item, Report)]


def shards(
    items: Iterable[Report | Problem], made_by: Mapping[str, Any], size: int = SIZE
) -> Iterator[Shard]:
    """Yield items in shards; where one ends is told by the reports themselves.

    So a file more, at whatever place in a folder, changes the shard around it alone.
    """
    held: list[Report | Problem] = []
    salt = json_text(sorted(made_by.items()))
    for item in items:
        held.append(item)
        ends = int.from_bytes(shard_digest(item_in_words(item))[:4], "big") % size == 0
        if ends or len(held) >= 2 * size:
            yield shard(held, salt)
            held = []
    if held:
        yield shard(held, salt)


def shard(items: list[Report | Problem], salt: str) -> Shard:
    """Return a shard, named by its contents and by what codes it."""
    whole = "\0".join([salt, *map(item_in_words, items)])
    return Shard(shard_digest(whole).hex(), tuple(items))


def item_in_words(item: Report | Problem) -> str:
    """Return all of an item, in words."""
    return json_text(problem_record(item) if isinstance(item, Problem) else report_record(item))


def shard_digest(words: str) -> bytes:
    """Return a short stable hash."""
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=12).digest()


@dataclass(frozen=True, slots=True)
class Folder:
    """Where shards are kept: one file each, and a line in the manifest when whole."""

    path: Path

    def open(self) -> dict[str, Line]:
        """Make the folder where it is not there; return the lines of whole shards."""
        self.path.mkdir(parents=True, exist_ok=True)
        return {line["shard"]: line for line in self.lines()}

    def lines(self) -> Iterator[Line]:
        """Yield the manifest's lines whose files are there; a cut last line is none.

        Raises StoreError where no line of it is one of a manifest.
        """
        told = list(self.manifest_lines())
        alien = [at for at, words, line in told if not (line or words[:1] == "{")]
        if alien and len(alien) == len(told):
            raise StoreError(f"{self.path / MANIFEST}:{alien[0]} is no manifest's line")
        for _, _, line in told:
            if line and self.file(line["shard"]).exists():
                yield line

    def manifest_lines(self) -> Iterator[tuple[int, str, Line | None]]:
        """Yield each line of the manifest: its number, its words, what they say."""
        manifest = self.path / MANIFEST
        if not manifest.exists():
            return
        with manifest.open(encoding="utf-8", errors="replace") as file:
            for number, words in enumerate(file, 1):
                if words.strip():
                    yield number, words.strip(), parse_manifest_line(words)

    def lost(self) -> Iterator[tuple[str, str]]:
        """Yield where and why reports that were coded are not to be had any more.

        A line that a crash cut off is no loss where the shard was coded again; nor is
        a file of which no line tells, where it is named by its contents.
        """
        again = ": run `dateline scale` again with the same paths and --out, then load"
        whole = {line["shard"]: line for _, _, line in self.manifest_lines() if line}
        for name, line in whole.items():
            if not self.file(name).exists():
                count = line.get("reports", "some")
                yield (f"{self.path}!{name}.parquet", f"gone, with {count} reports{again}")
        for number, words, found in self.manifest_lines():
            named = NAMED.search(words)
            cut = named is None and OPENING.startswith(words[: len(OPENING)])
            if found is None and not cut and not (named and named[1] in whole):
                what = "this line of the manifest is damaged, its shard not loaded"
                yield f"{self.path}!{MANIFEST}:{number}", what + again
        for path in sorted(self.path.glob("*.parquet")):
            if path.stem not in whole:
                yield (
                    f"{self.path}!{path.name}",
                    "a shard of which the manifest does not tell" + again,
                )

    def file(self, name: str) -> Path:
        """Return the file of a shard."""
        return self.path / f"{name}.parquet"

    def keep(self, name: str, raw: bytes, line: Line) -> None:
        """Keep a shard: first its file, then, when that is safe, its line."""
        with write_aside(self.file(name)) as path:
            path.write_bytes(raw)
        whole = {"shard": name, "sha256": sha256(raw).hexdigest(), **line}
        with (self.path / MANIFEST).open("ab") as file:
            mend = b"\n" if self.is_cut() else b""
            file.write(mend + json.dumps(whole).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def is_cut(self) -> bool:
        """Whether the manifest ends in the middle of a line."""
        manifest = self.path / MANIFEST
        if not manifest.exists() or not manifest.stat().st_size:
            return False
        with manifest.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read() != b"\n"

    def read_shard(self, line: Line) -> bytes:
        """Return the bytes of a shard.

        Raises StoreDamaged where they are not those that were written.
        """
        raw = self.file(line["shard"]).read_bytes()
        if sha256(raw).hexdigest() != line["sha256"]:
            told = f"{self.file(line['shard'])} is damaged: remove it and scale again"
            raise StoreDamaged(told)
        return raw


def parse_manifest_line(words: str) -> Line | None:
    """Return a line of the manifest; None for one that is damaged or cut off.

    A shard lies beside its manifest: a name that leads elsewhere is none.
    """
    try:
        found: Line = json.loads(words)
        name = found["shard"]
        whole = isinstance(found["sha256"], str) and isinstance(found["made_by"], dict)
        beside = isinstance(name, str) and WORD.fullmatch(name)
        return found if whole and beside else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
