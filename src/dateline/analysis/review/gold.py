"""Reviewed reports as gold files, for scores and training, and as Label Studio's tasks.

Of tasks: what the program said comes as predictions, what people left of it as an
annotation. Offsets are in code points, with the words of each span beside them.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.analysis.review.decisions import book_of
from dateline.analysis.review.reviewed import (
    added_claims,
    by_claim,
    latest_decisions,
    reviewed_claim,
    standing_decisions,
)
from dateline.model.atomic_write import write_aside
from dateline.model.event import told_days

if TYPE_CHECKING:
    from dateline.store.sql import SqlStore

Record = dict[str, Any]
Sentences = Callable[[Record], Sequence[tuple[int, int]]]
SIDES = {"actors": "actor", "recipients": "recipient", "said_by": "speaker"}
COLOURS = {"act": "#d9534f", "actor": "#5cb85c", "recipient": "#5bc0de"}
COLOURS |= {"speaker": "#9b7fd1", "when": "#e6b800", "where": "#5b8def"}
OFFSETS = ("start", "end", "text")
DAYS = ("from", "to", "text", "start", "end")
PLACE = ("name", "country", "text", "start", "end")
COUNT = ("what", "low", "best", "high", "bound", "text", "start", "end")
DATED = ("when", "where")


def reviewed_reports(store: "SqlStore", whole: bool = False) -> Iterator[Record]:
    """Yield the reports about which something was decided, with reviewed claims.

    Claims are in order of the text. Each tells in `judged` whether somebody looked at
    it. With `whole` only those reports of which somebody has said that they read all of
    it.
    """
    for name in store.review.judged_reports():
        report = store.report(name)
        if report is None:
            continue
        decided = store.review.decisions(report=name)
        complete = any(row["kind"] == "whole" for row in standing_decisions(decided))
        if complete or not whole:
            about, book, claims = by_claim(decided), book_of(store), []
            every = [*store.claims({"report": name}), *added_claims(decided)]
            for claim in sorted(every, key=lambda c: (c["trigger"]["start"], c["id"])):
                rows = about.get(claim["id"], [])
                if made := reviewed_claim(claim, rows, book):
                    kinds = {row["kind"] for row in rows}
                    judged = not kinds.isdisjoint(("confirm", "correct", "add"))
                    claims.append({**made, "judged": judged})
            people = sorted({row["reviewer"] for row in decided})
            told = {"reviewers": people, "complete": complete}
            yield {**report, **told, "claims": claims, "decisions": decided}


def make_gold_report(report: Record, sentences: Sequence[tuple[int, int]]) -> Record:
    """Return one report's gold file.

    A claim at which nobody looked is `arguable`: neither rewarded nor punished.
    """
    tellings = [gold_telling(claim, sentences) for claim in report["claims"]]
    events = dict.fromkeys(claim["event"] for claim in report["claims"])
    letters = {name: f"e{i}" for i, name in enumerate(events, 1)}
    for claim, told in zip(report["claims"], tellings, strict=True):
        told["event"] = letters[claim["event"]]
    return {
        "report": report["id"],
        "origin": "review",
        "outlet": report["outlet"],
        "published": (report["published"] or "")[:10] or None,
        "reviewers": report["reviewers"],
        "complete": report["complete"],
        "sentences": [list(span) for span in sentences],
        "traps": [],
        "tellings": tellings,
        "events": [
            gold_event(letter, [t for t in tellings if t["event"] == letter])
            for letter in letters.values()
        ],
    }


def gold_telling(claim: Record, sentences: Sequence[tuple[int, int]]) -> Record:
    """Return one claim as a telling."""
    start = claim["trigger"]["start"]
    span = next(([a, b] for a, b in sentences if a <= start < b), None)
    deed = [claim["deed"]] if claim["deed"] != claim["type"] else []
    when, where = told_days(claim), claim["where"]
    mutual = len(claim["actors"]) > 1 and not claim["recipients"]
    return {
        "sentence": span,
        "trigger": claim["trigger"],
        "evidence": claim["evidence"],
        "type": claim["type"],
        "accept_types": deed,
        "mode": claim["mode"],
        "accept_modes": [],
        "contexts": claim["contexts"],
        "actors": [gold_party(who) for who in claim["actors"]],
        "recipients": [gold_party(who) for who in claim["recipients"]],
        "reciprocal": mutual,
        "when": when and {**{n: when[n] for n in DAYS}, "accept": []},
        "where": where and {**{n: where[n] for n in PLACE}, "accept_countries": []},
        "status": claim["status"],
        "accept_status": [],
        "said_by": [says["text"] or says["name"] for says in claim["said_by"]],
        "quantities": [{n: many[n] for n in COUNT} for many in claim["quantities"]],
        "importance": "core" if claim["judged"] else "arguable",
    }


def gold_party(who: Record) -> Record:
    """Return one party: its first sector, the others being right too."""
    first, others = (who["sector"] or [None])[0], who["sector"][1:]
    at = {name: who[name] for name in ("text", "start", "end")}
    known = {"name": who["name"], "country": who["country"], "sector": first}
    also = {"accept_countries": [], "accept_sectors": others}
    return {**at, **known, **also, "implicit": who["start"] is None}


def gold_event(name: str, tellings: Sequence[Record]) -> Record:
    """Return one happening from its tellings; what any of them says is right of it."""
    first = min(tellings, key=lambda told: told["importance"] != "core")
    whens = [[t["when"]["from"], t["when"]["to"]] for t in tellings if t["when"]]
    sides = {  # each stretch of words once
        side: list(
            {(w["start"], w["end"], w["name"]): w for t in tellings for w in t[side]}.values()
        )
        for side in ("actors", "recipients")
    }
    lands = [t["where"]["country"] for t in tellings if t["where"]]
    types = dict.fromkeys(k for t in tellings for k in (t["type"], *t["accept_types"]))
    return {
        **first,
        "id": name,
        "event_id": name,
        "mentions": [told["trigger"] for told in tellings],
        "accept_types": [kind for kind in types if kind != first["type"]],
        "accept_modes": [told["mode"] for told in tellings],
        **sides,
        "accept_when": whens,
        "accept_where": lands,
        "accept_status": sorted({t["status"] for t in tellings} - {first["status"]}),
        "said_by": [told["said_by"] for told in tellings],
    }


def verdicts(decided: Sequence[Record]) -> Mapping[str, str]:
    """Return what was decided of each claim: confirmed, corrected, rejected."""
    told = {}
    for claim, rows in by_claim(decided).items():
        kinds = {row["kind"] for row in latest_decisions(rows).values()}
        for kind in ("reject", "correct", "confirm"):
            if kind in kinds:
                told[claim] = kind
                break
    return told


def write_review_files(
    store: "SqlStore", out: Path, sentences: Sentences, book: Any, whole: bool = False
) -> int:
    """Write every reviewed report into a folder; return how many there were."""
    for name in ("gold", "texts"):
        (out / name).mkdir(parents=True, exist_ok=True)
    tasks = []
    for report in reviewed_reports(store, whole):
        told = make_gold_report(report, sentences(report))
        name = file_name(report["id"])
        # The text lies under the name that the gold file calls its report by.
        told |= {"id": report["id"], "report": name}
        write_text_file(
            out / "gold" / f"{name}.json", json.dumps(told, ensure_ascii=False, indent=1)
        )
        write_text_file(out / "texts" / f"{name}.txt", report["text"])
        tasks.append(label_task(report, list(store.claims({"report": report["id"]}))))
    made = json.dumps(tasks, ensure_ascii=False, indent=1)
    write_text_file(out / "label-studio.json", made)
    write_text_file(out / "label-studio.xml", label_interface(book))
    return len(tasks)


def write_text_file(path: Path, told: str) -> None:
    """Write a file whole, its newlines as they are."""
    with write_aside(path) as beside:
        beside.write_bytes(told.encode("utf-8", "surrogatepass"))


def file_name(report: str) -> str:
    """Return a name for a report's files: ids never become names of files.

    >>> file_name("../etc/passwd").startswith("etc-passwd-")
    True
    """
    words = "".join(c if c.isascii() and c.isalnum() else "-" for c in report)
    short = "-".join(filter(None, words.split("-")))[:40]
    sign = blake2b(report.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{short or 'report'}-{sign}"


def label_task(report: Record, program: Sequence[Record]) -> Record:
    """Return one report as a task; `program` are the claims as they were coded."""
    names = ("id", "title", "outlet", "url", "published")
    data = {"text": report["text"], **{name: report[name] for name in names}}
    made = list(label_results(report["claims"]))
    people = {"reviewers": report["reviewers"], "complete": report["complete"]}
    said = {"model_version": "dateline", "result": list(label_results(program))}
    return {
        "data": data,
        "annotations": [{"result": made, "ground_truth": report["complete"]}],
        "predictions": [said],
        "meta": people,
    }


def label_results(claims: Iterable[Record]) -> Iterator[Record]:
    """Yield the regions of claims, their choices, and the relations between them."""
    for claim in claims:
        act = claim["id"]
        yield label_region(act, claim["trigger"], "act")
        yield label_choice(act, claim["trigger"], "type", [claim["type"]])
        yield label_choice(act, claim["trigger"], "status", [claim["status"]])
        if claim["mode"]:
            yield label_choice(act, claim["trigger"], "mode", claim["mode"])
        parts = [
            (f"{act}-{label}-{rank}", label, who)
            for side, label in SIDES.items()
            for rank, who in enumerate(claim[side])
        ]
        parts += [(f"{act}-{name}", name, claim[name] or {}) for name in DATED]
        for name, part, at in parts:
            if at.get("start") is not None:  # it stands in the text
                yield label_region(name, at, part)
                ends = {"from_id": act, "to_id": name, "direction": "right"}
                yield {"type": "relation", **ends, "labels": [part]}


def label_region(name: str, at: Record, label: str) -> Record:
    """Return a stretch of the text under a label."""
    value = {**{n: at[n] for n in OFFSETS}, "labels": [label]}
    return {"from_name": "label", "to_name": "text", "type": "labels", "id": name, "value": value}


def label_choice(name: str, at: Record, question: str, chosen: Sequence[str]) -> Record:
    """Return an answer that belongs to a stretch."""
    value = {**{n: at[n] for n in OFFSETS}, "choices": list(chosen)}
    return {"from_name": question, "to_name": "text", "type": "choices", "id": name, "value": value}


def label_interface(book: Any) -> str:
    """Return Label Studio's description of the labels, for an ontology."""
    from xml.sax.saxutils import quoteattr

    from dateline.model.record import STATUSES

    lines = ["<View>", '  <Labels name="label" toName="text">']
    lines += [f'    <Label value="{n}" background="{c}"/>' for n, c in COLOURS.items()]
    lines += ["  </Labels>", '  <Text name="text" value="$text"/>']
    modes = sorted({mode.name for mode in book.modes})
    asked = {"type": list(book.types), "status": STATUSES, "mode": modes}
    for question, values in asked.items():
        many = "multiple" if question == "mode" else "single-radio"
        head = f'  <Choices name="{question}" toName="text" perRegion="true"'
        lines.append(f'{head} whenTagName="label" whenLabelValue="act" choice="{many}">')
        lines += [f"    <Choice value={quoteattr(value)}/>" for value in values]
        lines.append("  </Choices>")
    lines.append("  <Relations>")
    lines += [f'    <Relation value="{n}"/>' for n in COLOURS if n != "act"]
    return "\n".join([*lines, "  </Relations>", "</View>"]) + "\n"
