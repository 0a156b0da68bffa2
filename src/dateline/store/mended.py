"""Problems of an input that is read anew go: what is still wrong is told again."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from sqlalchemy import Connection, delete, select

from dateline.store import tables
from dateline.store.sql import SqlStore
from dateline.store.summaries import names_in_batches

PARTS = re.compile("[!:#@]")  # signs behind which a place within an input is told


class Mended:
    """The problems that a store knows, by the inputs in which they lie."""

    def __init__(self, store: SqlStore) -> None:
        """Look at a store; what it knows is asked once, when it is first needed."""
        self.store = store
        self.places: defaultdict[str, set[str]] | None = None

    def note(self, place: str) -> None:
        """Remember that a problem was met at a place."""
        if self.places is not None:
            for name in enclosing_places(place):
                self.places[name].add(place)

    def forget(self, found_at: str) -> None:
        """Take out the problems of an input that is about to be read."""
        if self.places is None:
            self.places = defaultdict(set)
            p = tables.problems.c
            with self.store.reading() as to:
                for place in to.execute(select(p.report).distinct()).scalars():
                    self.note(place)
        for some in names_in_batches(self.places.pop(found_at, ())):
            self.store.writing(partial(gone, some))


def gone(places: Sequence[str], to: Connection) -> None:
    """Take out the problems met at these places."""
    to.execute(delete(tables.problems).where(tables.problems.c.report.in_(places)))


def enclosing_places(place: str) -> Iterator[str]:
    """Yield a place and all in which it may lie.

    >>> list(enclosing_places("in/a.zip!b.csv:3"))
    ['in/a.zip!b.csv:3', 'in/a.zip', 'in/a.zip!b.csv']
    """
    yield place
    for sign in PARTS.finditer(place):
        yield place[: sign.start()]
