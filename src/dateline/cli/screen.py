"""What the terminal shows: tables, progress, one-line errors, nothing unescaped."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from time import monotonic
from typing import Any, NoReturn, TextIO

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
ROOM = 12  # columns of the screen that a column of words needs, at the least
FIGURE = 7  # and one of figures
OPENED = ExitStack()
"""What is closed as a command ends, however it ends."""
Record = dict[str, Any]
NO_NAMES: Mapping[str, str] = {}


def fail(message: str, code: int) -> NoReturn:
    """Say in one line what is wrong, and end with that exit code."""
    print(f"dateline: {escape_terminal(message)}", file=sys.stderr)
    raise SystemExit(code)


def say_line(message: str) -> None:
    """Print a line for the person, not for the pipe."""
    print(escape_terminal(message), file=sys.stderr)


@contextmanager
def telling_end(words: Callable[[], str]) -> Iterator[None]:
    """Where Ctrl-C ends a run, say what is kept of it; end with exit code 130."""
    try:
        yield
    except KeyboardInterrupt:
        say_line(words())
        raise SystemExit(130) from None


def escape_terminal(words: str) -> str:
    """Return words without anything that a terminal would obey.

    >>> escape_terminal("a\\x1b[31mb")
    'a[31mb'
    """
    return CONTROL.sub("", words)


class Escaping:
    """A terminal to which only escaped control characters are written."""

    def __init__(self, file: TextIO) -> None:
        """Write to this terminal."""
        self.file = file

    def write(self, words: str) -> int:
        """Write words; what a terminal would obey is told by its number, as in JSON."""
        return self.file.write(CONTROL.sub(lambda m: f"\\u{ord(m[0]):04x}", words))


def open_output() -> Any:
    """Return where data are printed: as they are into a pipe, escaped on a terminal."""
    return Escaping(sys.stdout) if sys.stdout.isatty() else sys.stdout


def print_record(found: Any) -> None:
    """Print one line of JSON."""
    line = json.dumps(found, ensure_ascii=False, default=str)
    open_output().write(f"{line}\n")


class Progress:
    """A bar on a terminal: how much is read of how much, how fast, how long still."""

    def __init__(self, total: int, noun: str = "reports") -> None:
        """Prepare a bar for so many bytes; 0 where nobody knows."""
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            SpinnerColumn,
            TaskProgressColumn,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )
        from rich.progress import Progress as Bar

        self.bar = Bar(
            SpinnerColumn(),
            TextColumn(f"{{task.fields[reports]}} {noun}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[rate]:.1f}/s"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self.task = self.bar.add_task("", total=total or None, reports=0, rate=0.0)
        self.began = monotonic()

    def __enter__(self) -> "Progress":
        """Show nothing yet: a short run needs no bar."""
        return self

    def at(self, place: int, reports: int) -> None:
        """Tell how far the reading has come."""
        spent = monotonic() - self.began
        rate = reports / spent if spent else 0.0
        self.bar.update(self.task, completed=place, reports=reports, rate=rate)
        if not self.bar.live.is_started and spent > 2:
            self.bar.start()

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        self.bar.stop()


def progress(items: Iterable[Any], noun: str) -> Iterator[Any]:
    """Yield items under a bar that counts them, on a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    with Progress(0, noun) as bar:
        for number, item in enumerate(items, 1):
            yield item
            bar.at(0, number)


def width(wide: int) -> int | None:
    """Return how wide a table is in a pipe, None where a terminal or COLUMNS tells."""
    told = sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdecimal()
    return None if told else wide


def put_table(table: Any, wide: int) -> None:
    """Print a table, if it has a row; rows as blocks where the screen is too narrow."""
    from rich.console import Console
    from rich.table import Table

    if not table.rows:
        return
    console = Console(width=width(wide))
    figures = sum(column.justify == "right" for column in table.columns)
    words = len(table.columns) - figures
    if console.width >= ROOM * words + FIGURE * figures:
        console.print(table)
        return
    if table.title:
        console.print(table.title, style="bold")
    names = [str(column.header) for column in table.columns]
    for row in zip(*(column.cells for column in table.columns), strict=True):
        lines = Table.grid(padding=(0, 2))  # a name before each cell that holds words
        lines.add_column(style="bold", no_wrap=True)
        lines.add_column(overflow="fold")
        for name, cell in zip(names, row, strict=True):
            if str(cell):
                lines.add_row(name, cell)
        console.print(lines)
        console.print()


def words_table(
    names: Iterable[str], rows: Iterable[Iterable[str]], title: str | None = None
) -> Any:
    """Return a table of words, in which nothing is left that a terminal would obey."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", header_style="bold")
    for name in names:
        table.add_column(escape_terminal(name), overflow="fold")
    for row in rows:
        table.add_row(*(Text(escape_terminal(cell)) for cell in row))
    return table


def claims_table(records: Iterable[Record], names: Mapping[str, str] = NO_NAMES) -> None:
    """Print claims as a table: one row a claim; `names` tells where reports are."""
    from rich.table import Table
    from rich.text import Text

    table = Table(header_style="bold")
    if names:
        table.add_column("report", overflow="fold")
    for name in ("claim", "who", "what", "to whom", "when", "where", "according to"):
        table.add_column(name, overflow="fold")
    table.add_column("status")
    table.add_column("sure", justify="right")
    for found in records:
        what = " ".join([found["type"], *found["mode"]])
        if found["type"] != found["deed"]:
            what += f" ({found['deed']})"
        voices = (s["name"] or s["text"] for s in found["said_by"])
        cells = (
            *([names.get(found["report"], "")] if names else []),
            found["id"][:8],
            parties_in_lines(found["actors"]),
            f"{what}\n“{found['trigger']['text']}”",
            parties_in_lines(found["recipients"]),
            interval_in_words(found["when"]),
            place_in_words(found["where"]),
            " › ".join(voices) or "the report",
        )
        status = Text(found["status"], style=COLOURS[found["status"]])
        sure = f"{found['confidence']:.2f}"
        table.add_row(*(Text(escape_terminal(c)) for c in cells), status, sure)
    put_table(table, 160)


def parties_in_lines(found: list[Record]) -> str:
    """Return parties as lines of name and codes."""
    return "\n".join(f"{party_called(who)} [{party_codes(who)}]" for who in found)


def party_called(who: Record) -> str:
    """Return what a party is called: its name where known, else its own words.

    >>> party_called({"text": "he", "name": "Ana Roy", "entity": None})
    'Ana Roy'
    """
    from dateline.model.record import PRONOUNS

    words = who["text"] or ""
    if who["entity"] or words.lower() in PRONOUNS or not words:
        return who["name"] or words or "?"
    return words


def party_codes(who: Record) -> str:
    """Return a party's country and sectors, a guess marked as one."""
    told = " ".join(filter(None, [who["country"], *who["sector"]])) or "unknown"
    return f"{told}?" if who["answer"] in ("guess", "told_elsewhere") else told


def interval_in_words(told: Record | None) -> str:
    """Return an interval as an analyst writes it; one that is inferred is marked.

    >>> interval_in_words({"from": "2019-01-07", "to": "2019-01-10"})
    '2019-01-07 – 2019-01-10'
    """
    if not told:
        return ""
    first, last = told["from"] or "…", told["to"] or "…"
    days = first if first == last else f"{first} – {last}"
    return f"{days}?" if told.get("answer") == "inferred" else days


def place_in_words(told: Record | None) -> str:
    """Return a place with what it is precise to."""
    if not told:
        return ""
    country = f", {told['country']}" if told["country"] else ""
    return f"{told['name']}{country} ({told['precision']})"
