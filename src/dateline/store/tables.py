"""The tables of a store, as narrow as its questions let them be.

Of a claim `claim_rows` has what filters ask, `claim_records` the whole as JSON and what
the encoder read; `claim_parties` and `claim_modes` name it by its number. Who asks in
SQL sees the views `claims`, `parties`, `modes`, `events` and `reasons` over them.
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
    table.name: name
    for table, name in ((claims, "claims"), (parties, "parties"), (modes, "modes"))
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
