"""What a question in SQL sees: reports as they now stand, under the tables' own names.

The tables themselves, with every version, go by their schema: `main.claims` in SQLite,
`public.claims` on a server.
"""

from collections.abc import Iterator

KEYS = "SELECT key FROM {schema}.reports WHERE current"
EVENTS = f"SELECT event FROM {{schema}}.claims WHERE report IN ({KEYS})"
OF_REPORTS = ("claims", "parties", "modes", "reasons")
WHERE = {
    "reports": "current",
    "events": f"id IN ({EVENTS})",
    **dict.fromkeys(OF_REPORTS, f"report IN ({KEYS})"),
}


def view_statements(schema: str) -> Iterator[str]:
    """Yield the statements that put views of this connection before the tables."""
    for name, where in WHERE.items():
        rows = where.format(schema=schema)
        yield f"CREATE TEMP VIEW {name} AS SELECT * FROM {schema}.{name} WHERE {rows}"


def dropped() -> Iterator[str]:
    """Yield the statements that take the views away again."""
    for name in WHERE:
        yield f"DROP VIEW IF EXISTS temp.{name}"
