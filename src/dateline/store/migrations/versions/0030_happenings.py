"""Events across reports: their parts, links, pins, changes; copies and versions."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0020"

NAME = sa.String(length=32)


def words() -> sa.Text:
    """Return the type of any text, in the order of its code points."""
    server = op.get_bind().dialect.name == "postgresql"
    return sa.Text(collation="C") if server else sa.Text()


def upgrade() -> None:
    """Create the tables of merging."""
    op.create_table(
        "parts",
        sa.Column("report", NAME, primary_key=True),
        sa.Column("claim", NAME, primary_key=True),
        sa.Column("part", NAME, nullable=False),
        sa.Column("event", NAME, nullable=False),
    )
    op.create_index("parts_by_part", "parts", ["part"])
    op.create_index("parts_by_event", "parts", ["event"])
    op.create_table(
        "blocks",
        sa.Column("key", sa.BigInteger(), primary_key=True),
        sa.Column("part", NAME, primary_key=True),
    )
    op.create_index("blocks_by_part", "blocks", ["part"])
    op.create_table(
        "links",
        sa.Column("a", NAME, primary_key=True),
        sa.Column("b", NAME, primary_key=True),
        sa.Column("score", sa.Float(), nullable=False),
    )
    op.create_index("links_by_b", "links", ["b"])
    op.create_table(
        "pins",
        sa.Column("a", NAME, primary_key=True),
        sa.Column("b", NAME, primary_key=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
    )
    op.create_table(
        "changes",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("event", NAME, nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("detail", words(), nullable=False),
    )
    op.create_index("changes_by_event", "changes", ["event"])
    copies()


def copies() -> None:
    """Create the tables of shared copy and of versions."""
    op.create_table(
        "copies",
        sa.Column("a", words(), primary_key=True),
        sa.Column("b", words(), primary_key=True),
        sa.Column("shared", sa.Float(), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
    )
    op.create_index("copies_by_b", "copies", ["b"])
    op.create_table(
        "shingles",
        sa.Column("hash", sa.BigInteger(), primary_key=True),
        sa.Column("report", NAME, primary_key=True),
    )
    op.create_index("shingles_by_report", "shingles", ["report"])
    op.create_table(
        "versions",
        sa.Column("old", NAME, primary_key=True),
        sa.Column("new", NAME, primary_key=True),
        sa.Column("why", words(), nullable=False),
    )
    op.create_index("versions_by_new", "versions", ["new"])


def downgrade() -> None:
    """Drop the tables of merging."""
    for name in ("versions", "shingles", "copies", "changes", "pins"):
        op.drop_table(name)
    for name in ("links", "blocks", "parts"):
        op.drop_table(name)
