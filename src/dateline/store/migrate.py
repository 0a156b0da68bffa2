"""Brings a store to the newest layout."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from dateline.store.layout import FOLDER

OURS = 0xDA7E  # the number under which servers know that a layout is being changed


def upgrade_store(engine: Engine) -> None:
    """Run every migration that this store has not had, all in one transaction.

    Two programs that do so at once take turns; the second finds nothing to do.
    """
    config = Config()
    config.set_main_option("script_location", str(FOLDER.parent))
    with engine.connect().execution_options(writes=True) as to, to.begin():
        if to.dialect.name == "postgresql":
            to.exec_driver_sql(f"SELECT pg_advisory_xact_lock({OURS})")
        config.attributes["connection"] = to
        command.upgrade(config, "head")
