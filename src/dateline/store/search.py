"""Words looked for in reports: SQLite's FTS5 or a server's tsvector."""

import re
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal_column, select, text

from dateline.store import tables

R = tables.reports.c
TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
DOCUMENT = "to_tsvector('english', reports.title || ' ' || left(reports.text, 250000))"
LIMIT = 50


def matching_reports(words: str, dialect: str) -> ColumnElement[bool]:
    """Return the condition that a report holds these words, in title or text."""
    if dialect == "sqlite":
        asked = text("SELECT rowid FROM reports_text WHERE reports_text MATCH :words")
        return R.number.in_(asked.bindparams(words=fts(words)).columns(R.number))
    document: ColumnElement[Any] = literal_column(DOCUMENT)
    return document.op("@@")(func.websearch_to_tsquery("english", words))


def fts(words: str) -> str:
    """Return what a person typed as a query in FTS5's language.

    All words must be there; "words in quotes" side by side; -word must not; OR.

    >>> fts('peace "cease fire" -talks')
    '("peace" AND "cease fire") NOT "talks"'
    >>> fts("Kim OR Moon")
    '("Kim" OR "Moon")'
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in TERM.findall(words):
        if word == "OR" and wanted:
            wanted.append("OR")
        elif told := (phrase or word).replace('"', "").strip():
            (unwanted if minus else wanted).append(f'"{told}"')
    query = re.sub(r'(?<=")\s+(?=")', " AND ", " ".join(wanted).removesuffix(" OR"))
    return "".join([f"({query})" if query else '""', *(f" NOT {x}" for x in unwanted)])


def search_texts(
    to: Connection, words: str, limit: int = LIMIT
) -> list[dict[str, Any]]:
    """Return the current reports that hold these words, the best first, in brief."""
    columns = (R.id, R.title, R.outlet, R.published)
    if to.dialect.name == "sqlite":
        brief = "snippet(reports_text, -1, '[', ']', ' … ', 16)"
        asked = (
            select(*columns, literal_column(brief).label("brief"))
            .join(text("reports_text"), text("reports_text.rowid = reports.number"))
            .where(text("reports_text MATCH :words").bindparams(words=fts(words)))
            .order_by(text("rank"))
        )
    else:
        query = func.websearch_to_tsquery("english", words)
        document: ColumnElement[Any] = literal_column(DOCUMENT)
        shape = "StartSel=[, StopSel=], MaxWords=24, MinWords=12, MaxFragments=1"
        brief_of = func.ts_headline("english", R.text, query, shape).label("brief")
        asked = (
            select(*columns, brief_of)
            .where(document.op("@@")(query))
            .order_by(func.ts_rank(document, query).desc())
        )
    found = to.execute(asked.where(R.current).order_by(R.id).limit(limit))
    return [dict(row) for row in found.mappings()]
