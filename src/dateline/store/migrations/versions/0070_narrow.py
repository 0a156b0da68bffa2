"""Indexes by which one party, one day or one version is found without the rest."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0060"
MADE = {
    "claims_of_reports": (
        "claims",
        ["report", "id", "event", "type", "status", "when_to", "when_from"],
    ),
    "reports_in_brief": (
        "reports",
        ["key", "current", "dated_to", "published", "outlet"],
    ),
    "summaries_by_quad": ("summaries", ["day", "quad"]),
}
SIDES = ("country", "entity")


def upgrade() -> None:
    """Add the indexes, and the class of each event beside its record."""
    op.add_column("summaries", sa.Column("quad", sa.String(32)))
    server = op.get_bind().dialect.name == "postgresql"
    plain = "json_extract(record, '$.lead.quad')"
    quad = "record -> 'lead' ->> 'quad'" if server else plain
    op.execute(f"UPDATE summaries SET quad = {quad} WHERE record IS NOT NULL")
    for name in SIDES:
        op.drop_index(f"parties_by_{name}", "parties")
        op.create_index(
            f"parties_by_{name}",
            "parties",
            [name, "side", "report", "claim"],
            sqlite_where=sa.text(f"{name} IS NOT NULL"),
            postgresql_where=sa.text(f"{name} IS NOT NULL"),
        )
    for name, (table, columns) in MADE.items():
        op.create_index(name, table, columns)
    where = sa.text("record IS NULL")
    op.create_index(
        "summaries_wanting",
        "summaries",
        ["number"],
        sqlite_where=where,
        postgresql_where=where,
    )
    if not server:
        op.execute("PRAGMA analysis_limit = 1000")
        op.execute("ANALYZE")


def downgrade() -> None:
    """Drop them."""
    op.drop_index("summaries_wanting", "summaries")
    for name, (table, _) in MADE.items():
        op.drop_index(name, table)
    for name in SIDES:
        op.drop_index(f"parties_by_{name}", "parties")
        op.create_index(f"parties_by_{name}", "parties", [name])
    op.drop_column("summaries", "quad")
