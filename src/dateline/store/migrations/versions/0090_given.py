"""The id under which a report was found in each place, where it is not its own."""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0080"


def upgrade() -> None:
    """Add the column; what was found before has none."""
    server = op.get_bind().dialect.name == "postgresql"
    words = sa.Text(collation="C") if server else sa.Text()
    op.add_column("captures", sa.Column("given", words))
    op.create_index("captures_by_given", "captures", ["given"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index("captures_by_given", "captures")
    op.drop_column("captures", "given")
