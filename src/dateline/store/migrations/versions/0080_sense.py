"""What the encoder read of each claim, by which merging compares tellings."""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0070"


def upgrade() -> None:
    """Add the column; claims coded before have none, and are compared without."""
    op.add_column("claims", sa.Column("sense", sa.LargeBinary))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("claims", "sense")
