"""Where scripts run, filters and the map's slider renew a part of the page."""

from typing import Any

from playwright.sync_api import expect

from tests.server.browser.browsing import MARKS, Site, visit

pytestmark = MARKS


def test_events_are_filtered_as_one_types(site: Site, chromium: Any) -> None:
    with visit(chromium) as (page, wrong):
        page.goto(f"{site.base}/events")
        page.evaluate("window.kept = 'the same page'")
        every = page.locator("#found .event").count()
        page.click("#filters summary")
        page.locator("#f-status").focus()
        page.select_option("#f-status", "planned")
        page.wait_for_url("**/events?status=planned")
        page.wait_for_selector("#found .chip:has-text('planned')")
        assert page.evaluate("document.activeElement.id") == "f-status"
        assert 0 < page.locator("#found .event").count() < every
        expect(page.locator("#said")).to_contain_text("event")
        slowly = 300  # milliseconds that a button is held: the field is left meanwhile
        page.locator("#facets a", has_text="AGREE").first.click(delay=slowly)
        page.wait_for_url("**type=AGREE**")
        expect(page.locator("#f-type")).to_have_value("AGREE")
        assert page.evaluate("window.kept") == "the same page"
        assert wrong == []


def test_the_slider_goes_through_the_months_by_keys(site: Site, chromium: Any) -> None:
    with visit(chromium) as (page, wrong):
        page.goto(f"{site.base}/map")
        page.evaluate("window.kept = 'the same page'")
        page.locator("[data-zoom]").first.click()
        near = page.locator("svg.map").get_attribute("viewBox")
        page.locator("#month").focus()
        page.keyboard.press("Home")
        page.wait_for_url("**month=**")
        page.wait_for_selector("#mapped [data-sum]:has-text(' in 20')")
        name = page.inner_text("output[for=month]")
        assert f"in {name}" in page.inner_text("#mapped [data-sum]")
        assert page.locator("#month").get_attribute("aria-valuetext") == name
        assert page.evaluate("document.activeElement.id") == "month"
        assert page.locator("svg.map").get_attribute("viewBox") == near
        assert page.evaluate("window.kept") == "the same page"
        assert wrong == []


def test_the_slider_works_without_a_script(site: Site, chromium: Any) -> None:
    with visit(chromium, java_script_enabled=False) as (page, wrong):
        page.goto(f"{site.base}/map")
        page.locator("#month").press("Home")
        page.locator(".slider button", has_text="Show").click()
        page.wait_for_url("**month=**")
        expect(page.locator("#mapped [data-sum]")).to_contain_text(" in 20")
        assert wrong == []


def test_no_name_in_the_network_lies_over_another(site: Site, chromium: Any) -> None:
    with visit(chromium) as (page, wrong):
        page.goto(f"{site.base}/dyad")
        boxes = page.eval_on_selector_all(
            ".network text",
            "all => all.map((t) => t.getBoundingClientRect()).map((b) =>"
            " [b.left, b.top, b.right, b.bottom])",
        )
        assert len(boxes) > 4
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0]
                assert apart or one[3] <= other[1] or other[3] <= one[1]
        assert wrong == []
