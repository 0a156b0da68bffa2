"""Tables of the record, as a notebook holds them: rows, data frames, a view."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from html import escape
from typing import Any

from dateline.export.columns import Column
from dateline.model.record import Record
from dateline.resources.plugins import MissingPart

HOLDING = (dict, list)  # what records have other records in
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


def nested_rows(value: Any) -> Any:
    """Return a record, and all records in it, as rows.

    >>> nested_rows({"actors": [{"name": "Kim"}]}).actors[0].name
    'Kim'
    """
    if isinstance(value, list):
        return [nested_rows(v) if type(v) in HOLDING else v for v in value]
    if not isinstance(value, Mapping):
        return value
    found = Row(value)
    for name, field in value.items():
        if type(field) in HOLDING:
            found[name] = nested_rows(field)
    return found


class Table:
    """Rows with documented columns; iterate, count, or turn into a data frame."""

    def __init__(self, columns: tuple[Column, ...], rows: Callable[[], Iterable[Record]]) -> None:
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

    def __getitem__(self, at: int) -> Row:
        """Return one row by its number."""
        return self.rows[at]

    def to_arrow(self) -> Any:
        """Return an Arrow table."""
        import pyarrow as pa

        from dateline.export.parquet import arrow_schema, tables

        arrow_schema(self.schema)
        return pa.concat_tables(tables(self.schema, self.rows))

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame; days are datetime64, what is not told is NA."""
        pandas = require_library("pandas")
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
        return require_library("polars").from_arrow(self.to_arrow())

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


def require_library(name: str) -> Any:
    """Return an installed library, or tell how to install it."""
    from importlib import import_module

    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        told = f"this needs {name}: pip install '.[analysis]' in the clone"
        raise MissingPart(told) from error
