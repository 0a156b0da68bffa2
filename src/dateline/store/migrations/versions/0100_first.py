"""The first layout. Until a first release it is what the tables of the code say.

From then on this file stays as it is and each change is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

from dateline.store import summaries
from dateline.store.database import tables

revision = "0100"
down_revision = None

TABLES = (tables, summaries)  # all that share one metadata
CLAIMS = (
    "CREATE VIEW claims AS SELECT c.report, c.id, c.rank, c.event, c.type, c.deed,"
    " c.status, c.when_from, c.when_to, c.country, c.confidence,"
    " {evidence} AS evidence, r.record, c.reader, r.sense, c.part"
    # What no question reads is not joined: that is why it is an outer join.
    " FROM claim_rows c LEFT JOIN claim_records r ON r.number = c.number"
)
VIEWS = (
    "CREATE VIEW parties AS SELECT c.report, c.id AS claim,"
    " CASE p.side WHEN 0 THEN 'actor' WHEN 1 THEN 'recipient' ELSE 'speaker' END"
    " AS side, p.rank, p.words, p.name, p.country, p.sector, p.entity"
    " FROM claim_parties p JOIN claim_rows c ON c.number = p.claim",
    "CREATE VIEW modes AS SELECT c.report, c.id AS claim, m.mode"
    " FROM claim_modes m JOIN claim_rows c ON c.number = m.claim",
    "CREATE VIEW events AS SELECT event AS id, min(deed) AS deed FROM claim_rows GROUP BY event",
)
SQLITE = (
    CLAIMS.format(evidence="json_extract(r.record, '$.evidence.text')"),
    *VIEWS,
    "CREATE VIEW reasons AS SELECT c.report, c.id AS claim, w.key AS rank,"
    " json_extract(w.value, '$.question') AS question,"
    " json_extract(w.value, '$.rule') AS rule,"
    " json_extract(w.value, '$.start') AS start,"
    " json_extract(w.value, '$.end') AS \"end\""
    " FROM claims c, json_each(c.record, '$.why') w",
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
)
SERVER = (
    CLAIMS.format(evidence="r.record #>> '{evidence,text}'"),
    *VIEWS,
    "CREATE VIEW reasons AS SELECT c.report, c.id AS claim, w.at - 1 AS rank,"
    " w.why ->> 'question' AS question, w.why ->> 'rule' AS rule,"
    " (w.why ->> 'start')::integer AS start, (w.why ->> 'end')::integer AS \"end\""
    " FROM claims c, json_array_elements(c.record -> 'why')"
    " WITH ORDINALITY AS w(why, at)",
    "CREATE INDEX reports_text ON reports USING gin"
    " (to_tsvector('english', title || ' ' || left(text, 250000)))",
)


def upgrade() -> None:
    """Create every table, the views, and the index of words."""
    to = op.get_bind()
    tables.metadata.create_all(to)
    for statement in SQLITE if to.dialect.name == "sqlite" else SERVER:
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    """Drop everything."""
    to = op.get_bind()
    for name in ("reasons", "events", "modes", "parties", "claims"):
        op.execute(f"DROP VIEW {name}")
    if to.dialect.name == "sqlite":
        op.execute("DROP TABLE reports_text")
    tables.metadata.drop_all(to)
