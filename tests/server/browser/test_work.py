"""An analyst's day in the browser: search, read, correct, join and part, take away."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from dateline.store import listings
from tests.claims import REPORT
from tests.server.browser.browsing import MARKS, Site, enter, visit

pytestmark = MARKS


@pytest.fixture
def page(site: Site, chromium: Any) -> Iterator[Any]:
    """A page on which nothing may go wrong but what it is refused."""
    with visit(chromium, accept_downloads=True) as (made, wrong):
        yield made
        assert [told for told in wrong if "status of 4" not in told] == []


@pytest.fixture
def desk(page: Any, site: Site) -> Any:
    """A page of somebody who reviews."""
    enter(page, site)
    return page


def shown(page: Any) -> list[str]:
    """Return the ids of the events in a list."""
    links = page.locator(".events a.act").evaluate_all(
        "every => every.map((link) => link.getAttribute('href'))"
    )
    return [str(link).rsplit("/", maxsplit=1)[-1] for link in links]


def test_words_are_searched_filtered_shared_and_taken_away(
    page: Any, site: Site, chromium: Any, tmp_path: Path
) -> None:
    page.goto(site.base)
    page.keyboard.press("/")
    page.keyboard.type("ceasefire")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?search=ceasefire*")
    assert page.locator("mark.hit").count() > 3
    page.get_by_text("told in them").click()
    page.wait_for_url("**/events?search=ceasefire*")
    found = shown(page)
    assert len(found) == listings.count_events(site.desk, {"search": "ceasefire"}) > 3
    page.locator(".facet a").filter(has_text=re.compile("^happened$")).click()
    page.wait_for_url("**status=happened*")
    fewer = shown(page)
    assert set(fewer) < set(found)
    with visit(chromium) as (other, wrong):
        other.goto(page.url)
        assert shown(other) == fewer and wrong == []
    with page.expect_download() as got:
        page.click(".export a:text-is('csv')")
    got.value.save_as(tmp_path / "events.csv")
    rows = csv.DictReader((tmp_path / "events.csv").read_text("utf-8").splitlines())
    assert sorted({row["event"] for row in rows}) == sorted(fewer)
    page.click(".chip >> nth=0")
    page.wait_for_url(lambda url: "status=happened" not in url)
    assert len(shown(page)) > len(fewer)


def test_a_wrong_word_in_a_filter_is_told(page: Any, site: Site) -> None:
    page.goto(f"{site.base}/events")
    page.click("#filters summary")
    page.fill("#f-country", "nothing such")
    with page.expect_response("**country=nothing*") as told:
        page.press("#f-country", "Enter")
    assert told.value.status == 400
    page.wait_for_selector("#said.wrong:has-text('no country')")
    assert shown(page), "the list stays as it was"
    page.fill("#f-country", "")
    page.select_option("#f-status", "denied")
    page.wait_for_url("**status=denied*")
    page.wait_for_selector("#said.aside", state="attached")


def test_layers_are_taken_off_and_reasons_shown(page: Any, site: Site) -> None:
    page.goto(f"{site.base}/report/r3")
    act = page.locator(".text .on-act").first
    ground = "each => getComputedStyle(each).backgroundColor"
    before = act.evaluate(ground)
    page.uncheck("#show-act")
    assert act.evaluate(ground) != before
    page.check("#show-act")
    assert act.evaluate(ground) == before
    note = act.locator(".note")
    assert not note.is_visible()
    act.focus()
    assert note.is_visible() and "actions.test.v1" in note.inner_text()
    act.evaluate("each => each.blur()")
    act.hover()
    assert note.is_visible()


def test_a_card_lights_its_words_and_they_their_card(page: Any, site: Site) -> None:
    page.goto(f"{site.base}/report/r3")
    card, act = page.locator(".claims li").first, page.locator(".text .on-act").first
    assert page.locator(".text .lit").count() == 0
    card.hover()
    assert "lit" in str(act.get_attribute("class"))
    page.mouse.move(5, 5)
    assert page.locator(".text .lit").count() == 0
    act.hover()
    assert "lit" in str(card.get_attribute("class"))
    card.get_by_text("its words").click()
    assert "claim=" in page.url and "chosen" in str(card.get_attribute("class"))
    assert page.locator(".text .lit").count() > 1


def test_an_answer_is_corrected_and_the_programs_own_stays(desk: Any, site: Site) -> None:
    desk.goto(f"{site.base}/report/r1")
    desk.click(".claims >> text=Review")
    desk.wait_for_url("**/review/claim/*")
    claim = desk.url
    desk.select_option("select[name=a-type]", "AID")
    desk.click("button:text-is('Save')")
    expect(desk.locator("[role=alert]")).to_contain_text("needs a reason")
    desk.fill("input[name=reason]", "it is aid <b>and no more</b>")
    desk.click("button:text-is('Save')")
    desk.wait_for_url(lambda url: url != claim)
    desk.goto(claim)
    decided = desk.inner_text(".decisions")
    assert "RETREAT" in decided and "AID" in decided
    assert "it is aid <b>and no more</b>" in decided
    desk.goto(f"{site.base}/report/r1")
    assert "corrected" in desk.inner_text(".claims")
    desk.goto(claim)
    desk.click("summary:text-is('Take back')")
    desk.fill("ol.decisions input[name=reason]", "it was right")
    desk.click("ol.decisions button")
    expect(desk.locator(".decisions")).to_contain_text("taken back")


def test_events_are_joined_and_parted(desk: Any, site: Site) -> None:
    desk.goto(f"{site.base}/event/e1")
    tellings = desk.locator(".tellings > li")
    alone = tellings.count()
    desk.click("summary:text-is('This is one with another event')")
    desk.fill("input[name=other]", f"{site.base}/event/e3")
    desk.fill(".act-on input[name=reason]", "one release")
    desk.click("button:text-is('Join them')")
    expect(tellings).to_have_count(alone + 1)
    telling = tellings.filter(has=desk.locator("a[href^='/report/r3?']"))
    telling.locator("summary:text-is('This tells another event')").click()
    telling.locator("input[name=reason]").fill("another one")
    telling.locator("button").click()
    expect(tellings).to_have_count(1)
    expect(desk.locator("main")).to_contain_text("held apart")


def test_a_missed_claim_is_marked_in_the_text(desk: Any, site: Site) -> None:
    desk.goto(f"{site.base}/report/r3")
    at = REPORT.text.index("said")
    box = desk.evaluate(
        """() => {
          const words = document.querySelector(".text");
          const walk = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
          for (let node; (node = walk.nextNode()); ) {
            const at = node.data.indexOf("said");
            if (at < 0 || node.parentElement.closest(".note")) continue;
            const range = document.createRange();
            range.setStart(node, at); range.setEnd(node, at + 4);
            const {x, y, width, height} = range.getBoundingClientRect();
            return [x + width / 2, y + height / 2];
          }
        }"""
    )
    desk.mouse.dblclick(*box)
    form = desk.locator("#missed form")
    expect(form.locator("[name=trigger]")).to_have_value("said")
    expect(form.locator("[name=start]")).to_have_value(str(at))
    form.locator("[name=type]").select_option("ACCUSE")
    form.locator("[name=reason]").fill("missed")
    form.locator("button").click()
    desk.wait_for_url("**/review/claim/*")
    expect(desk.locator("h1")).to_contain_text("ACCUSE")


def test_places_are_drawn_as_precisely_as_told(page: Any, site: Site) -> None:
    page.goto(f"{site.base}/map")
    dots = page.locator(".map circle.dot").count()
    assert dots > 3 and page.locator(".map path.shaded").count() > 3
    named = page.locator(".map a:has(circle.dot)").first
    place = str(named.locator("title").text_content()).split(" (")[0]
    named.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/events?*place=*")
    assert place in page.inner_text(".bar .chip") and shown(page)
    page.goto(f"{site.base}/map?view=africa")
    assert page.locator(".map").get_attribute("viewBox") != "0 0 1000 520"


def test_who_comes_in_and_goes_out(page: Any, site: Site) -> None:
    page.goto(f"{site.base}/review")
    assert page.url.endswith("/login")
    page.fill("input[name=token]", "no token of ours")
    with page.expect_response("**/login") as told:
        page.click("main button")
    assert told.value.status == 403
    expect(page.locator("[role=alert]")).to_contain_text("not the token")
    enter(page, site, "ben")
    page.goto(f"{site.base}/review/log")
    assert "ben" in page.inner_text("main") and "refused" in page.inner_text("main")
    page.click("footer button")
    page.wait_for_url(f"{site.base}/")
    page.goto(f"{site.base}/event/e1")
    assert page.locator("a[href='/review'], form[action^='/review']").count() == 0


def test_all_is_reached_by_keys(desk: Any, site: Site) -> None:
    desk.goto(f"{site.base}/events")
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    inside = "document.activeElement.closest('.events > li:nth-child(2)') !== null"
    assert desk.evaluate(inside)
    desk.keyboard.press("?")
    assert desk.locator("#keys").is_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/event/*")
    desk.keyboard.press("g")
    desk.keyboard.press("m")
    desk.wait_for_url("**/map")
