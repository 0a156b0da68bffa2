"""Releases: a record frozen with its settings, checksums, data sheet and citation.

The same store gives the same bytes on any machine: rows are in order, no clock is read,
no path is written. Words of reports stay out unless asked for, private names always do.
"""

import csv
import io
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from dateline import __version__
from dateline.model import Event
from dateline.opinion.kept import list_answers, place_answers
from dateline.ports import ReadStore
from dateline.record.dossiers import event_lines
from dateline.research.describe import (
    CLAIM,
    EVENT,
    REPORT,
    TABLES,
    About,
    citation,
    croissant,
    data_package,
    data_sheet,
)
from dateline.research.people import mask_claim
from dateline.research.share import bare_letters, strip_words
from dateline.review.copy import reviewed_copy
from dateline.store import extract
from dateline.store.errors import StoreError
from dateline.store.present import require_report
from dateline.store.sql import SqlStore
from dateline.write.columns import Column, Line, draw_row

Record = dict[str, Any]
NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
WEIGHTS = (".onnx", ".npz", ".gz", ".bin")


def cut_release(
    store: SqlStore, about: About, folder: Path, after: Path | None = None
) -> dict[str, int]:
    """Write a release into a new folder; return how many rows each table has.

    Where people have decided, the record is as they left it. `after` is the release
    before: ids that it knew point on, or are told why not. Raises StoreError for a name
    that is none, a folder that is not empty, and an empty store.
    """
    if not NAME.fullmatch(about.name):
        told = f"no name for a release: {about.name!r}"
        raise StoreError(f"{told}: small letters, digits, dots and dashes, like 2025.1")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder} is there already: a release is never overwritten")
    decisions = store.review.decisions()
    with reviewed_copy(store) if decisions else nullcontext(store) as kept:
        reports = [draw_row(REPORT, report) for report in kept.reports()]
        claims = list(released_claims(kept, about))
        events = sorted(event_lines(kept), key=lambda event: event["event"])
    if not reports:
        raise StoreError(f"{store.where} holds no report: code some first")
    before = read_release(after) if after else None
    fates = list(fates_of(before, claims, events, reports, store))
    first = {claim["event"]: claim for claim in reversed(claims)}
    rows: dict[str, list[Record]] = {
        "events": [
            draw_row(EVENT, Line(event, head=first.get(event["event"], {})))
            for event in events
        ],
        "claims": [draw_row(CLAIM, Line(claim)) for claim in claims],
        "reports": reports,
        "ids": fates,
    }
    made = {f"{n}.csv": rows_as_csv(TABLES[n], found) for n, found in rows.items()}
    made["claims.jsonl"] = as_lines(claims)
    made["decisions.jsonl"] = as_lines(map(decision_line, decisions))
    if store.file and (answered := list(answers_beside(store.file, about))):
        made["answers.jsonl"] = as_lines(answered)
    made["settings.json"] = as_json(settings_of(store))
    date = about.date or last_day(reports)
    counts = {name: len(found) for name, found in rows.items()}
    made["README.md"] = data_sheet(about, date, rows, claims, settings_of(store))
    made["CITATION.cff"] = citation(about, date)
    made["datapackage.json"] = as_json(data_package(about, date, made))
    made["croissant.json"] = as_json(croissant(about, date, made))
    card: Record = {"name": about.name, "date": date, "counts": counts}
    card["after"] = before.name if before else ""
    made["release.json"] = as_json(card)
    sums = (f"{sha256(made[n].encode()).hexdigest()}  {n}\n" for n in sorted(made))
    made["SHA256SUMS"] = "".join(sums)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return counts


def answers_beside(store: Path, about: About) -> Iterator[Record]:
    """Yield the answers of language models that are kept beside a store.

    By digests; in their own words, so that others can replay them, where a release has
    the words of reports and the names of people too.
    """
    return list_answers(place_answers(str(store)), about.words and about.names)


def released_claims(store: ReadStore, about: About) -> Iterator[Record]:
    """Yield the claims as they are released, in order of reports and of their text."""
    letters, last = bare_letters(""), None
    for claim in store.claims({}):
        told = claim if about.names else mask_claim(claim)
        if not about.words:
            if claim["report"] != last:
                last = claim["report"]
                letters = bare_letters(require_report(store, last)["text"])
            told = strip_words(told, letters)
        yield told


def decision_line(row: Record) -> Record:
    """Return what was decided; who decided and when stay in the store."""
    names = ("kind", "report", "claim", "other", "question", "answer", "reason")
    return {name: row[name] for name in names}


def settings_of(store: SqlStore) -> Record:
    """Return what made the record: runs, this program, its weights and codebooks."""
    runs = extract.list_makers(store)
    home = files("dateline")
    weights, books = sha256(), sha256()
    root = Path(str(home))
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.suffix in WEIGHTS and path.is_file():
            weights.update(name.encode() + sha256(path.read_bytes()).digest())
        elif name.startswith("codebook/") and path.suffix == ".tsv":
            books.update(name.encode() + sha256(path.read_bytes()).digest())
    return {
        "program": {
            "name": "dateline",
            "version": __version__,
            "weights": weights.hexdigest(),
            "codebooks": books.hexdigest(),
        },
        "runs": [
            {name: run[name] for name in ("version", "codebook", "settings")}
            for run in runs
        ],
    }


def last_day(reports: Sequence[Record]) -> str:
    """Return the day of the last report, so that a release needs no clock."""
    return max((r["published"][:10] for r in reports if r["published"]), default="")


@dataclass(frozen=True, slots=True)
class Release:
    """A release read back: its tables as rows of words, its claims whole."""

    name: str
    events: dict[str, Record]
    claims: dict[tuple[str, str], Record]
    reports: dict[str, Record]
    ids: dict[str, Record]
    decisions: list[Record]
    settings: Record


def read_release(folder: Path) -> Release:
    """Return a release, its checksums proven.

    Raises StoreError for a folder that is none, and for a file that was altered.
    """
    try:
        sums = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
        for line in sums:
            told, name = line.split("  ", 1)
            if sha256((folder / name).read_bytes()).hexdigest() != told:
                raise StoreError(f"{folder / name} is not as it was released")
        tables = {
            n: read_table(folder / f"{n}.csv") for n in ("events", "reports", "ids")
        }
        claims = read_lines(folder / "claims.jsonl")
        return Release(
            json.loads((folder / "release.json").read_text("utf-8"))["name"],
            {row["event"]: row for row in tables["events"]},
            {(c["report"], c["id"]): c for c in claims},
            {row["report"]: row for row in tables["reports"]},
            {row["event"]: row for row in tables["ids"]},
            read_lines(folder / "decisions.jsonl"),
            json.loads((folder / "settings.json").read_text("utf-8")),
        )
    except (OSError, ValueError, KeyError) as error:
        raise StoreError(f"{folder} is no release of Dateline: {error}") from error


def read_table(path: Path) -> list[Record]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_lines(path: Path) -> list[Record]:
    """Return the records of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def fates_of(
    before: Release | None,
    claims: Sequence[Record],
    events: Sequence[Event],
    reports: Sequence[Record],
    store: SqlStore,
) -> Iterator[Record]:
    """Yield every id that was ever released with what became of it: ids never die."""
    current = sorted(event["event"] for event in events)
    if before:
        texts = {row["report"]: row["sha256"] for row in reports}
        yield from old_fates(before, frozenset(current), claims, texts, store)
    yield from (fate_row(event, "current", (), "") for event in current)


def old_fates(
    before: Release,
    current: Collection[str],
    claims: Sequence[Record],
    texts: Mapping[str, str],
    store: SqlStore,
) -> Iterator[Record]:
    """Yield the ids of the release before that are current no more, in order."""
    homes = {(c["report"], c["id"]): c["event"] for c in claims}
    alike: dict[tuple[str, str], set[str]] = {}
    for claim in claims:
        alike.setdefault((claim["report"], claim["deed"]), set()).add(claim["event"])
    tellings: dict[str, list[Record]] = {}
    for claim in before.claims.values():
        tellings.setdefault(claim["event"], []).append(claim)
    gone = [row for row in store.review.audited() if row["what"].startswith("forget")]
    for event in sorted(before.ids.keys() - current):
        mine = tellings.get(event)
        if not mine:  # it was gone before: what it points to may have moved on
            yield follow_on(before.ids[event], current)
            continue
        keys = [(c["report"], c["id"]) for c in mine]
        now = {homes[key] for key in keys if key in homes}
        if now:
            fate = "merged" if len(now) == 1 else "split"
            why = f"its claims are now in {len(now)} events"
            yield fate_row(event, fate, now, why)
            continue
        anew = {e for c in mine for e in alike.get((c["report"], c["deed"]), ())}
        if len(anew) == 1:
            yield fate_row(event, "corrected", anew, "its report was coded anew")
        else:
            told = {c["report"] for c in mine}
            yield fate_row(event, "gone", (), why_gone(told, texts, before, gone))


def fate_row(event: str, fate: str, now: Iterable[str], why: str) -> Record:
    """Return a row of the table of ids."""
    return {"event": event, "fate": fate, "now": " ".join(sorted(now)), "why": why}


def follow_on(old: Record, current: Collection[str]) -> Record:
    """Return an old id as it was; where what it points to is gone, that is told."""
    lost = [end for end in old["now"].split() if end not in current]
    why = old["why"] + (f"; then {' '.join(lost)} moved on" if lost else "")
    return {**old, "why": why}


def why_gone(
    told: set[str], texts: Mapping[str, str], before: Release, gone: Any
) -> str:
    """Return why an event is no longer told."""
    left = sorted(told - texts.keys())
    if left:
        return f"its report left the store: {' '.join(left)}"
    old = before.reports
    if any(old[r]["sha256"] != texts[r] for r in told if r in old):
        forgotten = "; a person was forgotten" if gone else ""
        return f"its report was corrected, and tells it no longer{forgotten}"
    return "no claim of it stands: read anew, or rejected in review"


def rows_as_csv(columns: Iterable[Column], rows: Iterable[Record]) -> str:
    """Return rows as CSV."""
    out = io.StringIO()
    to = csv.DictWriter(out, [c.name for c in columns], lineterminator="\n")
    to.writeheader()
    to.writerows(rows)
    return out.getvalue()


def as_lines(rows: Iterable[Record]) -> str:
    """Return rows as JSON lines, their fields in order."""
    return "".join(
        json.dumps(row, ensure_ascii=True, sort_keys=True) + "\n" for row in rows
    )


def as_json(told: Any) -> str:
    """Return a value as JSON, its fields as they come."""
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
