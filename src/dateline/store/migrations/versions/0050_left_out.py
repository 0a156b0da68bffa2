"""What of each report no claim was made of, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0040"


def upgrade() -> None:
    """Add the columns; of reports coded before they stay empty."""
    op.add_column("reports", sa.Column("sentences", sa.Integer()))
    op.add_column("reports", sa.Column("left_out", sa.JSON()))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("reports", "left_out")
    op.drop_column("reports", "sentences")
