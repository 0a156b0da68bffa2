"""Where reports came from, which inputs are done, and what is set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0010"


def words() -> sa.Text:
    """Return the type of any text, in the order of its code points."""
    server = op.get_bind().dialect.name == "postgresql"
    return sa.Text(collation="C") if server else sa.Text()


def upgrade() -> None:
    """Create the tables of custody."""
    op.create_table(
        "captures",
        sa.Column("report", sa.String(32), nullable=False),
        sa.Column("found_at", words(), nullable=False),
        sa.Column("fetched", sa.String(40), nullable=False),
        sa.Column("content", sa.String(16), nullable=False),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("offset", sa.BigInteger()),
        sa.Column("length", sa.BigInteger()),
        sa.Column("url", words(), nullable=False),
        sa.Column("tool", words(), nullable=False),
        sa.Column("charset", words(), nullable=False),
        sa.PrimaryKeyConstraint("report", "found_at"),
    )
    op.create_index("captures_by_content", "captures", ["content"])
    op.create_index("captures_by_found_at", "captures", ["found_at"])
    counts = ("size", "modified", "read", "stored", "rejected", "quarantined")
    op.create_table(
        "inputs",
        sa.Column("found_at", words(), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        *(sa.Column(n, sa.BigInteger(), nullable=False) for n in counts),
        sa.Column("duplicate", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("found_at", "way"),
    )
    op.create_table(
        "quarantine",
        sa.Column("found_at", words(), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("message", words(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("found_at"),
    )


def downgrade() -> None:
    """Drop the tables of custody."""
    for table in ("quarantine", "inputs", "captures"):
        op.drop_table(table)
