"""Every page of the real program in a real browser: whole, harmless, accessible."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.server.browser.browsing import MARKS, Site, axe, enter, visit
from tests.server.conftest import SCRIPT

pytestmark = MARKS
HOSTILE = quote("../../etc/passwd?<i>", safe="")
PAGES = {
    "login": "/login",
    "today": "/",
    "events": "/events",
    "none": "/events?status=negated",
    "event": "/event/e1",
    "report": f"/report/{HOSTILE}",
    "search": "/search?search=pilots",
    "reports": "/reports",
    "wrong": "/events?since=soon",
    "beside": "/beside/e1",
    "actor": "/actor/KEN",
    "hostile actor": f"/actor/{quote('x/../<b>', safe='')}",
    "dyad": "/dyad?a=KEN&b=UGA",
    "map": "/map",
    "timeline": "/timeline",
    "speakers": "/speakers",
    "problems": "/problems",
    "api": "/api",
    "review": "/review",
    "log": "/review/log",
}
WIDTHS = {"phone": 390, "laptop": 1280}
BEYOND = """(width) => [...document.querySelectorAll("input, select, button")]
  .filter((each) => each.getClientRects().length)
  .filter((each) => each.getBoundingClientRect().right > width)
  .map((each) => each.outerHTML.slice(0, 80))"""
LIGHT = "rgb(251, 250, 248)"


def paths(page: Any) -> dict[str, str]:
    """Return every page; the first claim of the queue is one."""
    first = page.locator(".events .act").first.get_attribute("href")
    return {**PAGES, "claim": str(first)}


def test_every_page_is_whole_and_accessible(site: Site, chromium: Any) -> None:
    with visit(chromium) as (page, wrong):
        enter(page, site)
        for name, path in paths(page).items():
            page.goto(site.base + path)
            assert page.locator("h1").count() == 1, name
            wrong += [f"{name}: {told}" for told in faults(page)]
        assert wrong == []


def faults(page: Any) -> Iterator[str]:
    """Yield what axe finds on a page, by day and by night, on a laptop and a phone."""
    yield from axe(page)
    page.emulate_media(color_scheme="dark")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    if ground == LIGHT:
        yield "as light at night as by day"
    yield from axe(page, "color-contrast")
    page.emulate_media(color_scheme="light")
    for device, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            yield f"{wide} wide on a {device}"
        if device == "phone":
            hidden = page.evaluate(BEYOND, width)
            yield from (f"{each} is beyond the edge of a phone" for each in hidden)
            yield from axe(page, "target-size")


@pytest.mark.parametrize("path", ["/", "/events", "/event/e1", PAGES["report"]])
def test_hostile_words_are_text(site: Site, chromium: Any, path: str) -> None:
    with visit(chromium) as (page, wrong):
        page.goto(site.base + path)
        told = page.inner_text("main")
        assert SCRIPT in told
        assert "\u202e" not in told
        assert page.locator("main script, main img, main iframe").count() == 0
        far = page.locator("a[href^='javascript' i], a[href^='data' i]")
        assert far.count() == 0
        assert wrong == []
