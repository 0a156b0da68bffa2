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
    EVENT,
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
        reports = list(report_rows(kept))
        claims = list(released_claims(kept, about))
        events = sorted(event_lines(kept), key=lambda event: event["event"])
    if not reports:
        raise StoreError(f"{store.where} holds no report: code some first")
    before = read_release(after) if after else None
    fates = list(fates_of(before, claims, events, reports, store))
    first = {claim["event"]: claim for claim in reversed(claims)}
    rows: dict[str, list[Record]] = {
        "events": [event_cells(e, first.get(e["event"], {})) for e in events],
        "claims": [claim_cells(claim) for claim in claims],
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


def report_rows(store: ReadStore) -> Iterator[Record]:
    """Yield the reports of a release: no word of them, but what knows them again."""
    for report in store.reports():
        text = report["text"]
        yield {
            "report": report["id"],
            **{name: report[name] for name in ("outlet", "url", "language")},
            "published": report["published"] or "",
            "sentences": report["sentences"],
            "letters": len(bare_letters(text).bare),
            "sha256": sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        }


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


def claim_cells(claim: Record) -> Record:
    """Return the flat row of a claim."""
    when, where = claim["when"] or {}, claim["where"] or {}
    same = ("event", "report", "type", "deed", "status", "quad", "score", "confidence")
    return {
        "claim": claim["id"],
        **{name: claim[name] for name in same},
        "when_from": when.get("from"),
        "when_to": when.get("to"),
        "where_country": where.get("country"),
        "where_admin1": where.get("admin1"),
        "lat": where.get("lat"),
        "lon": where.get("lon"),
        "where_precision": where.get("precision"),
        **side_cells(claim),
        **toll_cells(claim["quantities"]),
    }


def side_cells(told: Record) -> Record:
    """Return the states and sectors of both sides."""
    found = {}
    for side, column in (("actors", "actor"), ("recipients", "recipient")):
        countries = [who["country"] for who in told[side] if who["country"]]
        sectors = [sector for who in told[side] for sector in who["sector"]]
        found[f"{column}_countries"] = " ".join(dict.fromkeys(countries))
        found[f"{column}_sectors"] = " ".join(dict.fromkeys(sectors))
    return found


def toll_cells(quantities: Sequence[Record]) -> Record:
    """Return the killed of a claim or an event."""
    mine = [q for q in quantities if q["what"] == "killed"]
    ends = ("low", "best", "high")
    return {f"killed_{end}": mine[0][end] if mine else None for end in ends}


def event_cells(event: Event, first: Record) -> Record:
    """Return the flat row of an event; `first` is its first claim."""
    flat = claim_cells(
        {**event, "id": "", "report": "", "quad": "", "score": None, "confidence": None}
    )
    cells = {name: value for name, value in flat.items() if name in EVENT}
    cells |= {name: first.get(name) for name in ("quad", "score")}
    cells |= {n: event[n] for n in ("outlets", "origins", "first_told", "last_told")}
    return {**cells, "reports": len(event["reports"]), "claims": len(event["claims"])}


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
    gone = tombstones(store)
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


def tombstones(store: SqlStore) -> list[Record]:
    """Return what a store's own log says was taken out of it."""
    return [row for row in store.review.audited() if row["what"].startswith("forget")]


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


def rows_as_csv(columns: Iterable[str], rows: Iterable[Record]) -> str:
    """Return rows as CSV."""
    out = io.StringIO()
    to = csv.DictWriter(out, list(columns), lineterminator="\n", extrasaction="ignore")
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
