"""Full-text search, an index for type and time, texts of any length on a server."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0001"

ANY_LENGTH = {
    "runs": "version codebook",
    "reports": "id outlet title url language agency byline dateline text",
    "events": "deed",
    "claims": "type deed country evidence",
    "parties": "words name country sector entity",
    "modes": "mode",
    "reasons": "question rule",
    "problems": "report stage code message",
}
SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE reports_text USING fts5(title, text, content='reports',"
    " content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER reports_text_in AFTER INSERT ON reports BEGIN"
    " INSERT INTO reports_text(rowid, title, text)"
    " VALUES (new.number, new.title, new.text); END",
    "CREATE TRIGGER reports_text_out AFTER DELETE ON reports BEGIN"
    " INSERT INTO reports_text(reports_text, rowid, title, text)"
    " VALUES ('delete', old.number, old.title, old.text); END",
    "CREATE TRIGGER reports_text_new AFTER UPDATE OF title, text ON reports BEGIN"
    " INSERT INTO reports_text(reports_text, rowid, title, text)"
    " VALUES ('delete', old.number, old.title, old.text);"
    " INSERT INTO reports_text(rowid, title, text)"
    " VALUES (new.number, new.title, new.text); END",
    "INSERT INTO reports_text(reports_text) VALUES ('rebuild')",
)
SERVER_SEARCH = (
    "CREATE INDEX reports_text ON reports USING gin"
    " (to_tsvector('english', title || ' ' || left(text, 250000)))"
)


def upgrade() -> None:
    """Number the reports, index their words, lift the limits on lengths."""
    op.add_column("reports", sa.Column("number", sa.BigInteger()))
    reports = sa.table("reports", sa.column("key"), sa.column("number"))
    to = op.get_bind()
    for key in to.execute(sa.select(reports.c.key)).scalars().all():
        one = sa.update(reports).where(reports.c.key == key)
        to.execute(one.values(number=int(key, 16) >> 1))
    op.create_index("reports_by_number", "reports", ["number"], unique=True)
    op.create_index(
        "claims_by_type_and_day", "claims", ["type", "when_from", "when_to"]
    )
    op.create_index("parties_by_entity", "parties", ["entity"])
    if to.dialect.name == "sqlite":
        for statement in SQLITE_SEARCH:
            op.execute(sa.text(statement.replace(":", r"\:")))
        return
    for table, names in ANY_LENGTH.items():
        for name in names.split():
            op.alter_column(table, name, type_=sa.Text(collation="C"))
    op.execute(SERVER_SEARCH)


def downgrade() -> None:
    """Drop the index of words; texts keep their room."""
    if op.get_bind().dialect.name == "sqlite":
        for name in ("in", "out", "new"):
            op.execute(f"DROP TRIGGER reports_text_{name}")
        op.execute("DROP TABLE reports_text")
    else:
        op.drop_index("reports_text", table_name="reports")
    op.drop_index("parties_by_entity", table_name="parties")
    op.drop_index("claims_by_type_and_day", table_name="claims")
    op.drop_index("reports_by_number", table_name="reports")
    op.drop_column("reports", "number")
