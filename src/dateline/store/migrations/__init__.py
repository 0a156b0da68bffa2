"""Alembic's steps from one layout of a store to the next."""
