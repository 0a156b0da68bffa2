"""Indexes that hold all that counts over a whole record need."""

from alembic import op

revision = "0060"
down_revision = "0050"
MADE = {
    "claims_by_status": ["status", "event"],
    "claims_by_country": ["country"],
    "claims_in_brief": ["event", "report", "type", "status", "country"],
}


def upgrade() -> None:
    """Add the indexes."""
    for name, columns in MADE.items():
        op.create_index(name, "claims", columns)


def downgrade() -> None:
    """Drop them."""
    for name in MADE:
        op.drop_index(name, "claims")
