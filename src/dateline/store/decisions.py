"""The tables of review: what people decided, who may, and what was done in their name.

Decisions are only ever added: taking one back is a decision too. What the program
answered stays in `claims`, and beside each decision in `told`.
"""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table

from dateline.store.tables import Words, metadata

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

ALL = (decisions, reviewers, audit)
