"""What is made before anybody asks, so that the first who ask need not wait for it."""

from datetime import date

from dateline.facts.base import base
from dateline.review.decide import book_of
from dateline.store import pages, voices
from dateline.store.remembered import remember
from dateline.store.sql import SqlStore
from dateline.web import dossier, words
from dateline.web.globe import atlas
from dateline.web.network import linked
from dateline.web.overviews import placed
from dateline.web.views import latest


def ready(store: SqlStore) -> None:
    """Read templates and tables now; sum up the whole record beside the first pages."""
    made = words.environment()
    for name in made.list_templates():
        made.get_template(name)
    atlas()
    base()
    dossier.offices("KEN", date(2020, 1, 1))
    book_of(store)
    memory = store.memory or remember(store)
    for work in (latest, whole, voices.quoted, voices.relayed, linked):
        memory.beside(work, store)


def whole(store: SqlStore) -> None:
    """Sum up what pages without a filter show."""
    pages.facets(store, {})
    pages.days(store, {})
    placed(store, {})
    voices.own_voice(store)
