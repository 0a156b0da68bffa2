"""The tables of merging: which claims are one event, and how that came to be.

`claims.event` and the event in `claims.record` always name the merged event; `parts`
keeps which claims of one report are one telling of it.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
)

from dateline.store.tables import Words, metadata

parts = Table(
    "parts",
    metadata,
    Column("report", String(32), primary_key=True),
    Column("claim", String(32), primary_key=True),
    Column("part", String(32), nullable=False),
    Column("event", String(32), nullable=False),
    Index("parts_by_part", "part"),
    Index("parts_by_event", "event"),
)

blocks = Table(
    "blocks",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("part", String(32), primary_key=True),
    Index("blocks_by_part", "part"),
)

links = Table(
    "links",
    metadata,
    Column("a", String(32), primary_key=True),
    Column("b", String(32), primary_key=True),
    Column("score", Float, nullable=False),
    Index("links_by_b", "b"),
)

pins = Table(
    "pins",
    metadata,
    Column("a", String(32), primary_key=True),
    Column("b", String(32), primary_key=True),
    Column("kind", String(8), nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("event", String(32), nullable=False),
    Column("what", String(16), nullable=False),
    Column("detail", Words, nullable=False),
    Index("changes_by_event", "event"),
)

copies = Table(
    "copies",
    metadata,
    Column("a", Words, primary_key=True),
    Column("b", Words, primary_key=True),
    Column("shared", Float, nullable=False),
    Column("passages", JSON, nullable=False),
    Index("copies_by_b", "b"),
)

shingles = Table(
    "shingles",
    metadata,
    Column("hash", BigInteger, primary_key=True),
    Column("report", String(32), primary_key=True),
    Index("shingles_by_report", "report"),
)

versions = Table(
    "versions",
    metadata,
    Column("old", String(32), primary_key=True),
    Column("new", String(32), primary_key=True),
    Column("why", Words, nullable=False),
    Index("versions_by_new", "new"),
)

ALL = (parts, blocks, links, pins, changes, copies, shingles, versions)
