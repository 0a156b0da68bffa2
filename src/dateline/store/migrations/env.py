"""Alembic's way in: it works on the connection that the store hands it."""

from alembic import context

from dateline.store.database.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
