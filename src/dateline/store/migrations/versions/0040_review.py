"""Events summed up; decisions of reviewers, their tokens, and an audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0030"

NAME = sa.String(length=32)
MOMENT = sa.String(length=40)
DAY = "coalesce(c.when_to, c.when_from, r.dated_to, substr(r.published, 1, 10), '')"
FILL = (
    f"INSERT INTO summaries (event, day) SELECT c.event, max({DAY}) FROM claims c"
    " JOIN reports r ON r.key = c.report WHERE r.current GROUP BY c.event"
    " ORDER BY c.event"
)


def words() -> sa.Text:
    """Return the type of any text, in the order of its code points."""
    server = op.get_bind().dialect.name == "postgresql"
    return sa.Text(collation="C") if server else sa.Text()


def numbered() -> sa.Column[int]:
    """Return the column of a number that is never used twice."""
    return sa.Column("number", sa.Integer(), primary_key=True, autoincrement=True)


def upgrade() -> None:
    """Create the tables, and a summary to be worked out for each event."""
    op.create_table(
        "summaries",
        numbered(),
        sa.Column("event", NAME, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("origins", sa.Integer()),
        sa.Column("weight", sa.Float()),
        sa.Column("record", sa.JSON()),
        sqlite_autoincrement=True,
    )
    op.create_index("summaries_by_event", "summaries", ["event"], unique=True)
    op.create_index("summaries_by_day", "summaries", ["day", "event"])
    op.execute(FILL)
    review()


def review() -> None:
    """Create the tables of review."""
    op.create_table(
        "decisions",
        numbered(),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("reviewer", words(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("report", words(), nullable=False),
        sa.Column("claim", NAME, nullable=False),
        sa.Column("other", NAME, nullable=False),
        sa.Column("question", sa.String(length=16), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("reason", words(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("decisions_by_claim", "decisions", ["claim"])
    op.create_index("decisions_by_report", "decisions", ["report"])
    op.create_table(
        "reviewers",
        sa.Column("name", words(), primary_key=True),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("made", MOMENT, nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "audit",
        numbered(),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", words(), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("detail", words(), nullable=False),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Drop the tables of review and the summaries."""
    for table in ("audit", "reviewers", "decisions", "summaries"):
        op.drop_table(table)
