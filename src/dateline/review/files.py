"""Writes reviewed reports: gold files, texts, and one file of Label Studio tasks."""

import json
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.model.aside import write_aside
from dateline.review.gold import make_gold_report, reviewed_reports
from dateline.review.labels import interface, task

if TYPE_CHECKING:
    from dateline.store.sql import SqlStore

Record = dict[str, Any]
Sentences = Callable[[Record], Sequence[tuple[int, int]]]


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
            out / "gold" / f"{name}.json",
            json.dumps(told, ensure_ascii=False, indent=1),
        )
        write_text_file(out / "texts" / f"{name}.txt", report["text"])
        tasks.append(task(report, list(store.claims({"report": report["id"]}))))
    made = json.dumps(tasks, ensure_ascii=False, indent=1)
    write_text_file(out / "label-studio.json", made)
    write_text_file(out / "label-studio.xml", interface(book))
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
