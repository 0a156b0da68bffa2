"""The tables of a store, as narrow as its questions let them be.

Of a claim `claim_rows` has what filters ask, `claim_records` the whole as JSON and what
the encoder read; `claim_parties` and `claim_modes` name it by its number. Who asks in
SQL sees the views `claims`, `parties`, `modes`, `events` and `reasons` over them.

Of merging: `claims.event` and the event in its record always name the merged event;
`claims.part` which claims of one report are one telling of it, a unit. Of a unit
`units` keeps all that it is compared by, packed; `same` is a number for its words,
`rank` tells where it stands in a block. `blocks` says where units stand, in which
order; `links` which pairs of them, near each other in so many blocks, may be one, with
the score in ten-thousandths. A unit's number is made of its name, so that none of this
depends on the order in which reports came; in blocks and links, of which there are
many, its place stands for it. `sketches` has what each report is about, and of how many
shingles it is known; `waiting` are reports not merged yet.

Of review: decisions are only ever added, taking one back is a decision too. What the
program answered stays in the record, and beside each decision in `told`.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

SERVER = "postgresql"
ORDER = "C"  # PostgreSQL's name for the order of code points, which SQLite has
NUL, STANDS_FOR_NUL = "\0", chr(0x10D7FF)


class Words(TypeDecorator[str]):
    """Any text at all, in the order of its code points, whatever the database.

    A server keeps no NUL: there a private character of the same length stands for it.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the database's own type."""
        server = dialect.name == SERVER
        return dialect.type_descriptor(Text(collation=ORDER) if server else Text())

    def bind_processor(self, dialect: Dialect) -> Any:
        """Return what makes words such as the database can keep; most keep any."""
        return super().bind_processor(dialect) if dialect.name == SERVER else None

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Return what gives words back as they were given."""
        found = super().result_processor(dialect, coltype)
        return found if dialect.name == SERVER else None

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return words as the database can keep them."""
        if value is None or dialect.name != SERVER:
            return value
        return value.replace(NUL, STANDS_FOR_NUL)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Return words as they were given."""
        if value is None or dialect.name != SERVER:
            return value
        return value.replace(STANDS_FOR_NUL, NUL)


SIDES = ("actor", "recipient", "speaker")


class Side(TypeDecorator[str]):
    """A side of a claim, kept as its place in SIDES."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> int | None:
        """Return the number of a side."""
        return None if value is None else SIDES.index(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> str | None:
        """Return the side of a number."""
        return None if value is None else SIDES[value]


metadata = MetaData()
Number = BigInteger().with_variant(Integer, "sqlite")

runs = Table(
    "runs",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("version", Words, nullable=False),
    Column("codebook", Words, nullable=False),
    Column("settings", JSON, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    # Counted up, so that the index of words grows at its end.
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("key", String(32), nullable=False, unique=True),
    Column("id", Words, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("outlet", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("published", String(40)),
    Column("dated_from", String(10)),
    Column("dated_to", String(10)),
    Column("agency", Words, nullable=False),
    Column("byline", Words, nullable=False),
    Column("dateline", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("marks", JSON, nullable=False),
    Column("sentences", Integer),
    Column("left_out", JSON(none_as_null=True)),
    Index("reports_by_id", "id"),
    Index("reports_by_url", "url"),
    # What counts need and no more: the texts are large.
    Index("reports_in_brief", "key", "current", "dated_to", "published", "outlet"),
)

claims = Table(
    "claim_rows",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("report", ForeignKey("reports.key"), nullable=False),
    Column("id", String(32), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("event", String(32), nullable=False),
    Column("type", Words, nullable=False),
    Column("deed", Words, nullable=False),
    Column("status", String(16), nullable=False),
    Column("when_from", String(10)),
    Column("when_to", String(10)),
    Column("country", Words),
    Column("confidence", Float, nullable=False),
    # Who decided: own, model, both, differ.
    Column("reader", String(6), nullable=False, server_default="own"),
    # What claims of its report that tell one happening share, whatever its event.
    Column("part", String(32), nullable=False),
    Index("claims_by_id", "id", "report", unique=True),
    Index("claims_by_report", "report"),
    # What counts of events need and no more.
    Index("claims_by_event", "event", "report", "status"),
    Index("claims_by_status", "status"),
    Index("claims_by_country", "country"),
    Index("claims_by_type_and_day", "type", "when_from", "when_to"),
)

# What counts never read: rows of claims are gone through without them.
records = Table(
    "claim_records",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("record", JSON, nullable=False),
    Column("sense", LargeBinary),
)

parties = Table(
    "claim_parties",
    metadata,
    Column("claim", Number, primary_key=True, autoincrement=False),
    Column("side", Side, primary_key=True),
    Column("rank", Integer, primary_key=True),
    Column("words", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("country", Words),
    Column("sector", Words, nullable=False),
    Column("entity", Words),
    # The many without an entity would make SQLite take each entity for frequent.
    *(
        Index(
            f"parties_by_{name}",
            *(name, "side", "claim"),
            sqlite_where=text(f"{name} IS NOT NULL"),
            postgresql_where=text(f"{name} IS NOT NULL"),
        )
        for name in ("country", "entity")
    ),
    sqlite_with_rowid=False,
)

modes = Table(
    "claim_modes",
    metadata,
    Column("claim", Number, primary_key=True, autoincrement=False),
    Column("mode", Words, primary_key=True),
    sqlite_with_rowid=False,
)

SEEN_AS = {
    table.name: name for table, name in ((claims, "claims"), (parties, "parties"), (modes, "modes"))
}
"""By which names these tables are seen: views of those names stand before them."""

problems = Table(
    "problems",
    metadata,
    Column("report", Words, primary_key=True),
    Column("stage", Words, primary_key=True),
    Column("code", Words, primary_key=True),
    Column("message", Words, nullable=False),
)

captures = Table(
    "captures",
    metadata,
    Column("report", String(32), primary_key=True),
    Column("found_at", Words, primary_key=True),
    Column("fetched", String(40), nullable=False),
    Column("content", String(16), nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("offset", BigInteger),
    Column("length", BigInteger),
    Column("url", Words, nullable=False),
    Column("tool", Words, nullable=False),
    Column("charset", Words, nullable=False),
    Column("given", Words),
    Index("captures_by_content", "content"),
    Index("captures_by_given", "given"),
    Index("captures_by_found_at", "found_at"),
)

inputs = Table(
    "inputs",
    metadata,
    Column("found_at", Words, primary_key=True),
    Column("way", String(16), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("modified", BigInteger, nullable=False),
    Column("read", BigInteger, nullable=False),
    Column("stored", BigInteger, nullable=False),
    Column("rejected", BigInteger, nullable=False),
    Column("quarantined", BigInteger, nullable=False),
    Column("duplicate", BigInteger, nullable=False),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("found_at", Words, primary_key=True),
    Column("code", String(32), nullable=False),
    Column("message", Words, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("raw", LargeBinary, nullable=False),
)


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

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", String(40), nullable=False),
    Column("reviewer", Words, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("report", Words, nullable=False),
    Column("claim", String(32), nullable=False),
    Column("other", String(32), nullable=False),
    Column("question", String(16), nullable=False),
    Column("told", JSON, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("reason", Words, nullable=False),
    Index("decisions_by_claim", "claim"),
    Index("decisions_by_report", "report"),
    sqlite_autoincrement=True,
)

reviewers = Table(
    "reviewers",
    metadata,
    Column("name", Words, primary_key=True),
    Column("token", String(64), nullable=False),
    Column("made", String(40), nullable=False),
    Column("revoked", Boolean, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", String(40), nullable=False),
    Column("who", Words, nullable=False),
    Column("what", String(32), nullable=False),
    Column("detail", Words, nullable=False),
    sqlite_autoincrement=True,
)
