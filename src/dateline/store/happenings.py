"""The tables of merging: which claims are one event, and how that came to be.

`claims.event` and the event in `claims.record` always name the merged event;
`claims.part` which claims of one report are one telling of it, a unit. Of a unit
`units` keeps all that it is compared by, packed; `same` is a number for its words,
`rank` tells where it stands in a block.
`blocks` says where units stand, in which order; `links` which pairs of them, near each
other in so many blocks, may be one, with the score in ten-thousandths. A unit's number
is made of its name, so that none of this depends on the order in which reports came; in
blocks and links, of which there are many, its place stands for it. `sketches` has what
each report is about, and of how many shingles it is known; `waiting` are reports not
merged yet.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)

from dateline.store.tables import Number, Words, metadata

units = Table(
    "units",
    metadata,
    Column("place", Number, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False, unique=True),
    Column("name", String(32), nullable=False),
    Column("report", String(32), nullable=False),
    Column("event", String(32), nullable=False),
    Column("same", BigInteger, nullable=False),
    Column("rank", BigInteger, nullable=False),
    Column("row", LargeBinary, nullable=False),
    Index("units_by_name", "name"),
    Index("units_by_report", "report"),
    Index("units_by_event", "event"),
)

blocks = Table(
    "blocks",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("rank", BigInteger, primary_key=True, autoincrement=False),
    Column("unit", Number, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

links = Table(
    "links",
    metadata,
    Column("a", Number, primary_key=True, autoincrement=False),
    Column("b", Number, primary_key=True, autoincrement=False),
    Column("score", Integer, nullable=False),
    Column("blocks", Integer, nullable=False),
    Index("links_by_b", "b"),
    sqlite_with_rowid=False,
)

sketches = Table(
    "sketches",
    metadata,
    Column("report", String(32), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("story", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

waiting = Table("waiting", metadata, Column("report", String(32), primary_key=True))

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
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("report", Number, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

versions = Table(
    "versions",
    metadata,
    Column("old", String(32), primary_key=True),
    Column("new", String(32), primary_key=True),
    Column("why", Words, nullable=False),
    Index("versions_by_new", "new"),
)

ALL = (
    *(units, blocks, links, sketches, waiting),
    *(pins, changes, copies, shingles, versions),
)
