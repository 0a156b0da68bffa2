"""The tables of a store: `claims.record` is the whole claim, columns serve filters."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

runs = Table(
    "runs",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("version", String(32), nullable=False),
    Column("codebook", String(64), nullable=False),
    Column("settings", JSON, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("id", Text, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("outlet", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("language", String(16), nullable=False),
    Column("published", String(40)),
    Column("dated_from", String(10)),
    Column("dated_to", String(10)),
    Column("agency", Text, nullable=False),
    Column("byline", Text, nullable=False),
    Column("dateline", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("marks", JSON, nullable=False),
    Index("reports_by_id", "id"),
)

events = Table(
    "events",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("deed", String(32), nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("report", ForeignKey("reports.key"), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("event", ForeignKey("events.id"), nullable=False),
    Column("type", String(32), nullable=False),
    Column("deed", String(32), nullable=False),
    Column("status", String(16), nullable=False),
    Column("when_from", String(10)),
    Column("when_to", String(10)),
    Column("country", String(3)),
    Column("confidence", Float, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("record", JSON, nullable=False),
    Index("claims_by_id", "id"),
    Index("claims_by_type", "type"),
    Index("claims_by_event", "event"),
    Index("claims_by_day", "when_from"),
)

parties = Table(
    "parties",
    metadata,
    Column("report", String(32), primary_key=True),
    Column("claim", String(32), primary_key=True),
    Column("side", String(10), primary_key=True),
    Column("rank", Integer, primary_key=True),
    Column("words", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("country", String(3)),
    Column("sector", String(64), nullable=False),
    Column("entity", String(64)),
    Index("parties_by_country", "country"),
)

modes = Table(
    "modes",
    metadata,
    Column("report", String(32), primary_key=True),
    Column("claim", String(32), primary_key=True),
    Column("mode", String(32), primary_key=True),
)

reasons = Table(
    "reasons",
    metadata,
    Column("report", String(32), primary_key=True),
    Column("claim", String(32), primary_key=True),
    Column("rank", Integer, primary_key=True),
    Column("question", String(32), nullable=False),
    Column("rule", String(80), nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Index("reasons_by_rule", "rule"),
)

problems = Table(
    "problems",
    metadata,
    Column("report", Text, primary_key=True),
    Column("stage", String(32), primary_key=True),
    Column("code", String(32), primary_key=True),
    Column("message", Text, nullable=False),
)
