"""The Python API: code a text, open a store, get tables for pandas and polars."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from html import escape
from typing import Any
from warnings import warn

from dateline import plugins
from dateline.dossiers import event_lines
from dateline.model import Problem, Report
from dateline.model.record import Record, head, record
from dateline.parts import Options, coder
from dateline.pipeline import Coder as Pipeline
from dateline.pipeline import Coding as Coded
from dateline.read.inputs import judged
from dateline.store.sql import SqlStore
from dateline.write.columns import CLAIM, EVENT, REPORT, Column
from dateline.write.flat import event_row, flat, report_row
from dateline.write.given import Given

SHOWN = 20  # rows in a notebook's view of a table
IN_VIEW = (
    "report when_from type mode status actor_names recipient_names where_name said_by"
).split()


class Row(dict[str, Any]):
    """A record whose fields are attributes too: `claim["type"]` and `claim.type`."""

    def __getattr__(self, name: str) -> Any:
        """Return a field."""
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(name) from error


def row(value: Any) -> Any:
    """Return a record, and all records in it, as rows.

    >>> row({"actors": [{"name": "Kim"}]}).actors[0].name
    'Kim'
    """
    if isinstance(value, Mapping):
        return Row({name: row(field) for name, field in value.items()})
    return [row(each) for each in value] if isinstance(value, list) else value


class Table:
    """Rows with documented columns; iterate, count, or turn into a data frame."""

    def __init__(
        self, columns: tuple[Column, ...], rows: Callable[[], Iterable[Record]]
    ) -> None:
        """Hold how rows are got; nothing is read until it is asked for."""
        self.schema, self._rows = columns, rows

    @cached_property
    def rows(self) -> list[Row]:
        """All rows, read once."""
        return [Row(found) for found in self._rows()]

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.schema]

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    def to_arrow(self) -> Any:
        """Return an Arrow table."""
        import pyarrow as pa

        from dateline.write.parquet import arrow_schema, tables

        arrow_schema(self.schema)
        return pa.concat_tables(tables(self.schema, self.rows))

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame; days are datetime64, what is not told is NA."""
        pandas = needed("pandas")
        frame = self.to_arrow().to_pandas(types_mapper=None)
        for column in self.schema:
            if column.kind == "day":
                frame[column.name] = pandas.to_datetime(frame[column.name])
            if column.kind == "int":
                frame[column.name] = frame[column.name].astype("Int64")
        return frame

    to_frame = to_pandas

    def to_polars(self) -> Any:
        """Return a polars DataFrame."""
        return needed("polars").from_arrow(self.to_arrow())

    def __repr__(self) -> str:
        """Tell how many rows and columns there are."""
        return f"<{len(self)} rows of {len(self.columns)} columns>"

    def _repr_html_(self) -> str:
        """Return the first rows as a notebook shows them."""
        names = [name for name in IN_VIEW if name in self.columns] or self.columns
        top = "".join(f"<th>{escape(name)}</th>" for name in names)
        lines = [
            "".join(f"<td>{escape(str(found.get(n) or ''))}</td>" for n in names)
            for found in self.rows[:SHOWN]
        ]
        body = "".join(f"<tr>{line}</tr>" for line in lines)
        more = f"<p>{len(self)} rows, {len(self.columns)} columns</p>"
        return f"<table><tr>{top}</tr>{body}</table>{more}"


def needed(name: str) -> Any:
    """Return an installed library, or tell how to install it."""
    from importlib import import_module

    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        told = f"this needs {name}: pip install 'dateline[analysis]'"
        raise plugins.MissingPart(told) from error


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

        Raises ValueError for a `published` that is no ISO date.
        """
        day = moment(published) if isinstance(published, str) else published
        given = Report("", text, title, outlet or "", url, language="", published=day)
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
        given = (
            t if isinstance(t, Report) else Report("", t, language="") for t in texts
        )
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


def moment(told: str) -> date | datetime:
    """Return the day or moment of an ISO string."""
    try:
        if len(told) == len("2019-01-08"):
            return date.fromisoformat(told)
        return datetime.fromisoformat(told)
    except ValueError:
        raise ValueError(f"published {told!r} is no date like 2019-01-08") from None


def load(**options: Any) -> Coder:
    """Return a coder; options are those of `parts.Options` (codebook, actors …)."""
    listed: Any = {
        n: tuple(v) if isinstance(v, list) else v for n, v in options.items()
    }
    chosen = replace(Options(), **listed)
    return Coder(coder(chosen), chosen)


class Store:
    """A store, opened to be read: claims, events and reports as tables."""

    def __init__(self, where: str) -> None:
        """Open a store by its file or URL."""
        self.kept = SqlStore(str(where), write=False)

    def claims(self, **where: str) -> Table:
        """Return the claims that pass filters: actor, recipient, type, since …"""
        given = Given(self.kept, where)
        return Table(CLAIM, lambda: (flat(claim, top) for claim, top in given.claims()))

    def events(self, **where: str) -> Table:
        """Return the events that claims tell which pass filters."""

        def rows() -> Iterator[Record]:
            known = {event["event"]: event for event in event_lines(self.kept)}
            given = Given(self.kept, where, known=known)
            return (event_row(event, told) for event, told in given.events())

        return Table(EVENT, rows)

    def reports(self) -> Table:
        """Return the reports, with their texts."""
        return Table(REPORT, lambda: map(report_row, self.kept.reports()))

    def records(self, **where: str) -> list[Row]:
        """Return claims whole, as `dateline export --format jsonl` writes them."""
        return [row(claim) for claim in self.kept.claims(where)]

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
