"""Releases: a record frozen with its settings, checksums, data sheet and citation.

The same store gives the same bytes on any machine: rows are in order, no clock is read,
no path is written. Words of reports stay out unless asked for, private names always do.
Between two releases every change has its cause.
"""

import csv
import io
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from dateline import __version__
from dateline.analysis.describe import (
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
from dateline.analysis.people import mask_claim
from dateline.analysis.review.decisions import reviewed_copy
from dateline.analysis.review.reviewed import pins_by_decision
from dateline.analysis.share import bare_letters, strip_words
from dateline.events.event_detail import event_lines
from dateline.export.columns import Line, draw_row
from dateline.llm.cache import list_answers, place_answers
from dateline.model.protocols import ReadStore
from dateline.store import bulk_queries
from dateline.store.errors import StoreError
from dateline.store.sql import SqlStore, require_report

Record = dict[str, Any]
NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
WEIGHTS = (".onnx", ".npz", ".gz", ".bin")
CAUSES = (
    "new report",
    "correction",
    "withdrawn report",
    "review",
    "new codebook",
    "new models",
    "merging",
)
HEAD = ("outlet", "url", "language", "published")


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
    current = [event["event"] for event in events]
    texts = {row["report"]: row["sha256"] for row in reports}
    fates: list[Record] = []  # ids never die
    if before:
        fates += old_fates(before, frozenset(current), claims, texts, store)
    fates += [fate_row(event, "current", (), "") for event in current]
    first = {claim["event"]: claim for claim in reversed(claims)}
    rows: dict[str, list[Record]] = {
        "events": [
            draw_row(EVENT, Line(event, head=first.get(event["event"], {}))) for event in events
        ],
        "claims": [draw_row(CLAIM, Line(claim)) for claim in claims],
        "reports": reports,
        "ids": fates,
    }
    named = before.name if before else ""
    made = make_release_files(store, about, rows, claims, decisions, named)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return {name: len(found) for name, found in rows.items()}


def make_release_files(
    store: SqlStore,
    about: About,
    rows: Mapping[str, Sequence[Record]],
    claims: Sequence[Record],
    decisions: Sequence[Record],
    before: str,
) -> dict[str, str]:
    """Return the files of a release by their names, with the sums of them all.

    `rows` are those of its tables, `before` is the name of the release before.
    """
    made = {f"{n}.csv": rows_as_csv(n, found) for n, found in rows.items()}
    made["claims.jsonl"] = as_lines(claims)
    # who decided and when stay in the store
    names = ("kind", "report", "claim", "other", "question", "answer", "reason")
    made["decisions.jsonl"] = as_lines({n: row[n] for n in names} for row in decisions)
    if store.file:
        # Answers of language models go by digests; in their own words, so that others
        # can replay them, where a release has the words of reports and all names too.
        kept_beside = place_answers(str(store.file))
        if answered := list(list_answers(kept_beside, about.words and about.names)):
            made["answers.jsonl"] = as_lines(answered)
    settings = settings_of(store)
    made["settings.json"] = as_json(settings)
    date = about.date or last_day(rows["reports"])
    made["README.md"] = data_sheet(about, date, rows, claims, settings)
    made["CITATION.cff"] = citation(about, date)
    made["datapackage.json"] = as_json(data_package(about, date, made))
    made["croissant.json"] = as_json(croissant(about, date, made))
    counts = {name: len(found) for name, found in rows.items()}
    card: Record = {"name": about.name, "date": date, "counts": counts}
    card["after"] = before
    made["release.json"] = as_json(card)
    sums = (f"{sha256(made[n].encode()).hexdigest()}  {n}\n" for n in sorted(made))
    made["SHA256SUMS"] = "".join(sums)
    return made


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


def settings_of(store: SqlStore) -> Record:
    """Return what made the record: runs, this program, its weights and codebooks."""
    runs = bulk_queries.list_makers(store)
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
        "runs": [{name: run[name] for name in ("version", "codebook", "settings")} for run in runs],
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
        tables = {n: read_table(folder / f"{n}.csv") for n in ("events", "reports", "ids")}
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
            old = before.ids[event]
            lost = [end for end in old["now"].split() if end not in current]
            why = old["why"] + (f"; then {' '.join(lost)} moved on" if lost else "")
            yield {**old, "why": why}
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


def why_gone(told: set[str], texts: Mapping[str, str], before: Release, gone: Any) -> str:
    """Return why an event is no longer told."""
    left = sorted(told - texts.keys())
    if left:
        return f"its report left the store: {' '.join(left)}"
    old = before.reports
    if any(old[r]["sha256"] != texts[r] for r in told if r in old):
        forgotten = "; a person was forgotten" if gone else ""
        return f"its report was corrected, and tells it no longer{forgotten}"
    return "no claim of it stands: read anew, or rejected in review"


def rows_as_csv(name: str, rows: Iterable[Record]) -> str:
    """Return the rows of a table as CSV."""
    out = io.StringIO()
    columns = [column.name for column in TABLES[name]]
    to = csv.DictWriter(out, columns, lineterminator="\n")
    to.writeheader()
    to.writerows(rows)
    return out.getvalue()


def as_lines(rows: Iterable[Record]) -> str:
    """Return rows as JSON lines, their fields in order."""
    return "".join(json.dumps(row, ensure_ascii=True, sort_keys=True) + "\n" for row in rows)


def as_json(told: Any) -> str:
    """Return a value as JSON, its fields as they come."""
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


@dataclass(slots=True)
class Change:
    """One cause: of what report or decision, and the claims and events it changed."""

    cause: str
    what: str
    detail: str = ""
    claims: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)


def compare_releases(old: Release, new: Release) -> list[Change]:
    """Return why a later release differs, each cause with what it changed.

    A report that came, went or was corrected is a cause, so is a decision of people,
    other weights, another codebook. An event is changed by the causes of its claims;
    what no cause of its own claims explains, merging with others does.
    """
    found: dict[tuple[str, str], Change] = {}

    def cause(name: str, what: str, detail: str = "") -> Change:
        return found.setdefault((name, what), Change(name, what, detail))

    by_report = report_causes(old, new)
    for report, (name, told) in by_report.items():
        cause(name, report, told)
    fresh = new_decisions(old, new)
    for row in fresh:
        words = f"{row['kind']} {row['question']}".strip()
        cause("review", row["claim"] or row["report"], words)
    remade = made_anew(old, new)
    if remade:
        cause(*remade)
    decided = {d[side] for d in fresh for side in ("claim", "other")}
    decided |= {claim for d in fresh for pin in pins_by_decision(d) for claim in (pin.a, pin.b)}
    changed: set[str] = set()
    for key in sorted(old.claims.keys() | new.claims.keys()):
        before, after = old.claims.get(key), new.claims.get(key)
        # to which event a claim belongs is merging's matter
        if before and after and {**before, "event": ""} == {**after, "event": ""}:
            continue
        report, claim = key
        if report in by_report:
            mine = cause(by_report[report][0], report)
        elif claim in decided:
            mine = cause("review", claim)
        else:
            rest = "merging", report, "read otherwise by the same settings"
            mine = cause(*(remade or rest))
        mine.claims.add(claim)
        events = {c["event"] for c in (before, after) if c}
        mine.events |= events
        changed |= events
    for event in moved_events(old, new, changed):
        cause("merging", "claims in other events", "").events.add(event)
    order = {name: n for n, name in enumerate(CAUSES)}
    return sorted(found.values(), key=lambda c: (order[c.cause], c.what))


def report_causes(old: Release, new: Release) -> dict[str, tuple[str, str]]:
    """Return the reports that came, went or were changed, each with how."""
    found = {}
    for report in sorted(old.reports.keys() | new.reports.keys()):
        before, after = old.reports.get(report), new.reports.get(report)
        if before is None:
            found[report] = "new report", (after or {}).get("outlet", "")
        elif after is None:
            found[report] = "withdrawn report", before["outlet"]
        elif before["sha256"] != after["sha256"]:
            found[report] = "correction", "its text"
        else:
            heads = [name for name in HEAD if before[name] != after[name]]
            if heads:
                found[report] = "correction", ", ".join(heads)
    return found


def new_decisions(old: Release, new: Release) -> list[Record]:
    """Return what people have decided since; the same may be decided again."""
    known, fresh = list(old.decisions), []
    for row in new.decisions:
        if row in known:
            known.remove(row)
        else:
            fresh.append(row)
    return fresh


def made_anew(old: Release, new: Release) -> tuple[str, str, str] | None:
    """Return which settings differ and what made the newer record, None of the same."""
    ends = [r.settings["program"] for r in (old, new)]
    runs = [[run["codebook"] for run in r.settings["runs"]] for r in (old, new)]
    if ends[0]["codebooks"] != ends[1]["codebooks"] or runs[0] != runs[1]:
        remade, name = "new codebook", "codebooks"
    elif old.settings != new.settings:
        remade, name = "new models", "weights"
    else:
        return None
    versions = " → ".join(dict.fromkeys(end["version"] for end in ends))
    one, other = (end[name][:8] for end in ends)
    same = f"the same {name}: other settings, or another version"
    why = same if one == other else f"{name} {one} → {other}"
    return remade, f"dateline {versions}", why


def moved_events(old: Release, new: Release, explained: Iterable[str]) -> set[str]:
    """Return the events whose claims changed place without a change of their own.

    An event that shares a claim with one that is explained is explained by it.
    """
    known = set(explained)
    moved: list[set[str]] = []
    for key in old.claims.keys() & new.claims.keys():
        pair = {old.claims[key]["event"], new.claims[key]["event"]}
        if len(pair) > 1:
            moved.append(pair)
    while near := [pair for pair in moved if pair & known and not pair <= known]:
        known.update(*near)
    return {event for pair in moved for event in pair} - known


def sum_causes(changes: Iterable[Change]) -> list[Record]:
    """Return how much each cause changed, the causes in order."""
    rows: dict[str, Record] = {}
    for change in changes:
        row = rows.setdefault(
            change.cause, {"cause": change.cause, "many": 0, "claims": 0, "events": 0}
        )
        row["many"] += 1
        row["claims"] += len(change.claims)
        row["events"] += len(change.events)
    return list(rows.values())
