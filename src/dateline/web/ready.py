"""What is made before anybody asks, so that the first who ask need not wait for it."""

from datetime import date

from dateline.facts.base import base
from dateline.review.decide import book_of
from dateline.store import pages, sides
from dateline.store.remembered import remember
from dateline.store.sql import SqlStore
from dateline.web import dossier, words
from dateline.web.globe import atlas
from dateline.web.network import strongest_links
from dateline.web.overviews import latest_places
from dateline.web.views import latest_news


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
    for work in (
        latest_news,
        sum_up_pages,
        sides.count_speakers,
        sides.relayed,
        strongest_links,
    ):
        memory.do_later(work, store)


def sum_up_pages(store: SqlStore) -> None:
    """Sum up what pages without a filter show."""
    pages.facets(store, {})
    pages.events_by_day(store, {})
    latest_places(store, {})
    sides.count_own_voice(store)
