"""Joins that SQLite makes in the order told, whatever it believes of its tables.

Where a few codes are in most claims it takes every code for frequent, and goes through
all claims to find one party's.
"""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Join
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler


class Ordered(Join):
    """A join whose left side is gone through first."""

    inherit_cache = True

    @property
    def here(self) -> ColumnElement[bool]:
        """The condition, which each of these has."""
        assert self.onclause is not None
        return self.onclause


@compiles(Ordered, "sqlite")
def cross_join(join: Ordered, compiler: SQLCompiler, **how: Any) -> str:
    """Write the join as SQLite's CROSS JOIN, which it does not turn about."""
    how = {**how, "asfrom": True, "from_linter": None}
    left, right = (compiler.process(side, **how) for side in (join.left, join.right))
    return f"{left} CROSS JOIN {right} ON {compiler.process(join.here)}"


def join_in_order(
    first: FromClause, *then: tuple[FromClause, ColumnElement[bool]]
) -> Join:
    """Return tables joined one after the other, each by its condition."""
    for table, here in then:
        first = Ordered(first, table, here)
    assert isinstance(first, Join)
    return first
