"""The Python API: code a text, open a store, get tables for pandas and polars."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any
from warnings import warn

from dateline.dossiers import event_lines
from dateline.model import Problem, Report
from dateline.model.record import Record, head, record
from dateline.parts import Options, coder
from dateline.pipeline import Coder as Pipeline
from dateline.pipeline import Coding as Coded
from dateline.read import fields, moments
from dateline.read.charset import whole
from dateline.read.inputs import judged
from dateline.store.sql import SqlStore
from dateline.tables import Row, Table, row
from dateline.write.columns import CLAIM, EVENT, REPORT
from dateline.write.flat import event_row, flat, report_row
from dateline.write.given import Given


@dataclass(frozen=True)
class Coding:
    """What was read in one text: its claims, its problems, its day."""

    report: Report
    claims: list[Row]
    problems: tuple[Problem, ...]
    dating: Any = None

    @property
    def table(self) -> Table:
        """The claims as rows of a table."""
        top = head(self.report)
        return Table(CLAIM, lambda: (flat(claim, top) for claim in self.claims))

    def to_frame(self) -> Any:
        """Return the claims as a pandas DataFrame, a row each."""
        return self.table.to_pandas()

    to_pandas = to_frame

    def to_polars(self) -> Any:
        """Return the claims as a polars DataFrame."""
        return self.table.to_polars()

    def _repr_html_(self) -> str:
        """Return the claims as a notebook shows them."""
        return self.table._repr_html_()


@dataclass(frozen=True)
class Coder:
    """Codes texts; made once, since its models take a few seconds to load."""

    pipeline: Pipeline
    options: Options

    def code(
        self,
        text: str,
        published: date | datetime | str | None = None,
        outlet: str | None = None,
        title: str = "",
        url: str = "",
    ) -> Coding:
        """Code one report; a day that is not told comes from its own words or not.

        Raises ValueError for a `published` that is no date, TypeError for a text that
        is no string.
        """
        day = moment(published)
        given = plain(text, title, outlet or "", url, day)
        found = judged(given)
        if isinstance(found, Problem):
            return Coding(given, [], (found,))
        return coding(self.pipeline.code(found))

    def code_all(
        self, texts: Iterable[str | Report], workers: int = 1
    ) -> Iterator[Coding]:
        """Yield the coding of each text in order, on so many processes."""
        from dateline.ingest import one_by_one
        from dateline.scale.pool import codes

        made = one_by_one(self.pipeline) if workers == 1 else None
        run = made or codes(self.options, workers)
        given = (t if isinstance(t, Report) else plain(t) for t in texts)
        for item, found in run(map(judged, given)):
            if isinstance(item, Report) and isinstance(found, Coded):
                yield coding(found)
            else:
                problem = item if isinstance(item, Problem) else found
                report = item if isinstance(item, Report) else Report("", "")
                yield Coding(report, [], (problem,))  # type: ignore[arg-type]


def coding(found: Coded) -> Coding:
    """Return a coding of the pipeline in the form of notebooks."""
    text = found.report.text
    claims = [row(record(claim, text)) for claim in found.claims]
    return Coding(found.report, claims, found.problems, found.dating)


def plain(
    text: str, title: str = "", outlet: str = "", url: str = "", day: Any = None
) -> Report:
    """Return a report of a text. Raises TypeError where it is no string."""
    if not isinstance(text, str):
        raise TypeError(f"a text is a string, not {type(text).__name__}: {text!r:.40}")
    return Report("", whole(text), title, outlet, url, language="", published=day)


def moment(told: Any) -> date | datetime | None:
    """Return the day or moment of a stamp or of what pandas has for one."""
    try:
        return moments.moment(fields.there(told))
    except (ValueError, OverflowError):
        raise ValueError(f"published {told!r} is no date like 2019-01-08") from None


def load(**options: Any) -> Coder:
    """Return a coder; options are those of `parts.Options` (codebook, actors …).

    Raises TypeError for another option, with those that there are.
    """
    known = asdict(Options())
    if wrong := next((name for name in options if name not in known), ""):
        raise TypeError(f"no option {wrong!r}: there are {', '.join(known)}")
    many = {name for name, value in known.items() if isinstance(value, tuple)}
    listed: Any = {
        n: ((v,) if isinstance(v, str) else tuple(v)) if n in many else v
        for n, v in options.items()
    }
    chosen = replace(Options(), **listed)
    return Coder(coder(chosen), chosen)


def asked(where: Mapping[str, Any]) -> dict[str, str]:
    """Return filters as words: of a list each of its values, of a day its name.

    >>> asked({"type": ["AID", "CONSULT"], "since": date(2024, 1, 1), "actor": None})
    {'type': 'AID,CONSULT', 'since': '2024-01-01'}
    """
    found = {}
    for name, value in where.items():
        if value is None or value is False:
            continue
        many = value if isinstance(value, list | tuple) else [value]
        days = (v.date() if isinstance(v, datetime) else v for v in many)
        found[name] = ",".join(map(str, days))
    return found


class Store:
    """A store, opened to be read: claims, events and reports as tables."""

    def __init__(self, where: str) -> None:
        """Open a store by its file or URL."""
        self.kept = SqlStore(str(where), write=False)

    def claims(self, **where: Any) -> Table:
        """Return the claims that pass filters: actor, recipient, type, since …"""
        given = Given(self.kept, asked(where))
        return Table(CLAIM, lambda: (flat(claim, top) for claim, top in given.claims()))

    def events(self, **where: Any) -> Table:
        """Return the events that claims tell which pass filters."""

        def rows() -> Iterator[Record]:
            known = {event["event"]: event for event in event_lines(self.kept)}
            given = Given(self.kept, asked(where), known=known)
            return (event_row(event, told) for event, told in given.events())

        return Table(EVENT, rows)

    def reports(self) -> Table:
        """Return the reports, with their texts."""
        return Table(REPORT, lambda: map(report_row, self.kept.reports()))

    def records(self, **where: Any) -> list[Row]:
        """Return claims whole, as `dateline export --format jsonl` writes them."""
        return [row(claim) for claim in self.kept.claims(asked(where))]

    def search(self, words: str, most: int = 50) -> list[Row]:
        """Return the reports that hold these words, the best first."""
        return [row(found) for found in self.kept.search(words, most)]

    def query(
        self, question: str, seconds: float = 10, rows: int = 10_000
    ) -> list[Row]:
        """Return the rows that one SELECT gives: read-only and time-limited.

        Warns where there are more than `rows` of them.
        """
        from dateline.store.asked import Limits, query, unlike

        answer = query(self.kept, question, Limits(seconds, rows))
        if answer.cut:
            warn(f"only the first {rows:,} rows: rows= gives more", stacklevel=2)
        columns = unlike(answer.columns)
        return [Row(zip(columns, r, strict=True)) for r in answer.rows]

    def close(self) -> None:
        """Close the store."""
        self.kept.close()

    def __enter__(self) -> "Store":
        """Close the store at the end of a `with` block."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close it whatever went wrong."""
        self.close()


def open(where: str = "dateline.db") -> Store:  # noqa: A001  read as dateline.open
    """Open a store by its file or URL, to be read."""
    return Store(where)
