"""The first layout: reports, claims, parties, reasons, events, problems, runs."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "events",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("deed", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "modes",
        sa.Column("report", sa.String(length=32), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=False),
        sa.Column("mode", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("report", "claim", "mode"),
    )
    op.create_table(
        "parties",
        sa.Column("report", sa.String(length=32), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=True),
        sa.Column("sector", sa.String(length=64), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("report", "claim", "side", "rank"),
    )
    op.create_index("parties_by_country", "parties", ["country"], unique=False)
    op.create_table(
        "problems",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("report", "stage", "code"),
    )
    op.create_table(
        "reasons",
        sa.Column("report", sa.String(length=32), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=32), nullable=False),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("report", "claim", "rank"),
    )
    op.create_index("reasons_by_rule", "reasons", ["rule"], unique=False)
    op.create_table(
        "runs",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("codebook", sa.String(length=64), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "reports",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("run", sa.String(length=16), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("published", sa.String(length=40), nullable=True),
        sa.Column("dated_from", sa.String(length=10), nullable=True),
        sa.Column("dated_to", sa.String(length=10), nullable=True),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("byline", sa.Text(), nullable=False),
        sa.Column("dateline", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run"],
            ["runs.id"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("reports_by_id", "reports", ["id"], unique=False)
    op.create_table(
        "claims",
        sa.Column("report", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("deed", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("when_from", sa.String(length=10), nullable=True),
        sa.Column("when_to", sa.String(length=10), nullable=True),
        sa.Column("country", sa.String(length=3), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event"],
            ["events.id"],
        ),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.key"],
        ),
        sa.PrimaryKeyConstraint("report", "id"),
    )
    op.create_index("claims_by_day", "claims", ["when_from"], unique=False)
    op.create_index("claims_by_event", "claims", ["event"], unique=False)
    op.create_index("claims_by_id", "claims", ["id"], unique=False)
    op.create_index("claims_by_type", "claims", ["type"], unique=False)


def downgrade() -> None:
    """Drop every table."""
    op.drop_index("claims_by_type", table_name="claims")
    op.drop_index("claims_by_id", table_name="claims")
    op.drop_index("claims_by_event", table_name="claims")
    op.drop_index("claims_by_day", table_name="claims")
    op.drop_table("claims")
    op.drop_index("reports_by_id", table_name="reports")
    op.drop_table("reports")
    op.drop_table("runs")
    op.drop_index("reasons_by_rule", table_name="reasons")
    op.drop_table("reasons")
    op.drop_table("problems")
    op.drop_index("parties_by_country", table_name="parties")
    op.drop_table("parties")
    op.drop_table("modes")
    op.drop_table("events")
