"""What the terminal shows: tables, progress, one-line errors, nothing unescaped."""

import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
COLOURS = {
    "happened": "green",
    "ongoing": "green",
    "recurring": "green",
    "planned": "cyan",
    "expected": "cyan",
    "possible": "yellow",
    "hypothetical": "yellow",
    "denied": "red",
    "negated": "red",
}
PRONOUNS = frozenset("he she it they him her them his hers its their we us i".split())
Record = dict[str, Any]


def fail(message: str, code: int) -> NoReturn:
    """Say in one line what is wrong, and end with that exit code."""
    print(f"dateline: {plain(message)}", file=sys.stderr)
    raise SystemExit(code)


def say(message: str) -> None:
    """Print a line for the person, not for the pipe."""
    print(plain(message), file=sys.stderr)


def plain(words: str) -> str:
    """Return words without anything that a terminal would obey.

    >>> plain("a\\x1b[31mb")
    'a[31mb'
    """
    return CONTROL.sub("", words)


def progress(items: Iterable[Any], what: str) -> Iterator[Any]:
    """Yield items under a progress bar, shown on a terminal after two seconds."""
    if not sys.stderr.isatty():
        yield from items
        return
    from time import monotonic

    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(what, total=None)
    began = monotonic()
    try:
        for item in items:
            yield item
            bar.advance(task)
            if not bar.live.is_started and monotonic() - began > 2:
                bar.start()
    finally:
        bar.stop()


def claims_table(records: Iterable[Record], title: str = "") -> None:
    """Print claims as a table: one row a claim."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    wide = None if sys.stdout.isatty() else 160
    table = Table(title=plain(title) or None, title_justify="left", header_style="bold")
    for name in ("claim", "who", "what", "to whom", "when", "where", "according to"):
        table.add_column(name, overflow="fold")
    table.add_column("status")
    table.add_column("sure", justify="right")
    for found in records:
        cells = [Text(plain(cell)) for cell in row(found)]
        status = Text(found["status"], style=COLOURS[found["status"]])
        table.add_row(*cells, status, f"{found['confidence']:.2f}")
    Console(width=wide).print(table)


def row(found: Record) -> list[str]:
    """Return the cells of one claim.

    >>> when({"from": "2019-01-07", "to": "2019-01-10"})
    '2019-01-07 – 2019-01-10'
    """
    what = " ".join([found["type"], *found["mode"]])
    if found["type"] != found["deed"]:
        what += f" ({found['deed']})"
    return [
        found["id"][:8],
        parties(found["actors"]),
        f"{what}\n“{found['trigger']['text']}”",
        parties(found["recipients"]),
        when(found["when"]),
        place(found["where"]),
        " › ".join(s["name"] or s["text"] for s in found["said_by"]) or "the report",
    ]


def parties(found: list[Record]) -> str:
    """Return parties as lines of name and codes."""
    return "\n".join(f"{called(who)} [{codes(who)}]" for who in found)


def called(who: Record) -> str:
    """Return what a party is called: its name where known, else its own words.

    >>> called({"text": "he", "name": "Ana Roy", "entity": None})
    'Ana Roy'
    """
    words = who["text"] or ""
    if who["entity"] or words.lower() in PRONOUNS or not words:
        return who["name"] or words or "?"
    return words


def codes(who: Record) -> str:
    """Return a party's country and sectors, a guess marked as one."""
    told = " ".join(filter(None, [who["country"], *who["sector"]])) or "unknown"
    return f"{told}?" if who["answer"] == "guess" else told


def when(told: Record | None) -> str:
    """Return an interval as an analyst writes it."""
    if not told:
        return ""
    first, last = told["from"] or "…", told["to"] or "…"
    return first if first == last else f"{first} – {last}"


def place(told: Record | None) -> str:
    """Return a place with what it is precise to."""
    if not told:
        return ""
    country = f", {told['country']}" if told["country"] else ""
    return f"{told['name']}{country} ({told['precision']})"
