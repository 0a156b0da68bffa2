"""The real program in a real browser: no dialog, no error, nothing axe finds serious.

Skipped where there is no Chromium. SCREENSHOTS=FOLDER keeps a picture of each page, on
a laptop's width and a phone's, for people to look at.
"""

import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn

from dateline.happenings import summarise
from dateline.store.sql import SqlStore
from dateline.web.app import Parts, application
from dateline.web.guard import LOOPBACK, Guard, Rate
from tests.claims import REPORT, claim
from tests.web.conftest import fill

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.timeout(600),
]
PAGES = {
    "today": "/",
    "events": "/events",
    "event": "/event/e1",
    "report": f"/report/{quote('../../etc/passwd?<i>', safe='')}",
    "actor": "/actor/KEN",
    "dyad": "/dyad?a=KEN&b=UGA",
    "map": "/map",
    "timeline": "/timeline",
    "speakers": "/speakers",
    "problems": "/problems",
    "api": "/api",
    "review": "/review",
}
WIDTHS = {"laptop": 1280, "phone": 390}


@contextmanager
def serving(where: str) -> Iterator[tuple[str, SqlStore]]:
    """Serve a store on a free port; give the address and the desk."""
    with SqlStore(where) as desk, SqlStore(where, write=False) as kept:
        side = desk.review
        guard = Guard("", LOOPBACK, reviewer=side.who, may=side.may)
        app = application(kept, Parts(guard, desk=desk, doors=Rate(99, 0)))
        told = uvicorn.Config(app, port=0, log_level="error", ws="none")
        server = uvicorn.Server(told)
        running = threading.Thread(target=server.run)
        running.start()
        while not server.started:
            sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}", desk
        server.should_exit = server.force_exit = True
        running.join(20)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, SqlStore]]:
    where = os.environ.get("STORE") or str(tmp_path_factory.mktemp("b") / "s.db")
    if "STORE" not in os.environ:
        with SqlStore(where) as kept:
            fill(kept)
            summarise(kept)
    with serving(where) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@contextmanager
def visit(chromium: Any, **how: Any) -> Iterator[tuple[Any, list[str]]]:
    """Open a page; give it with a list of what goes wrong on it."""
    context = chromium.new_context(**how)
    page, wrong = context.new_page(), list[str]()
    page.set_default_timeout(60_000)
    page.on("dialog", lambda d: (wrong.append(f"dialog {d.message}"), d.dismiss()))
    page.on("pageerror", lambda error: wrong.append(f"error {error}"))
    page.on(
        "console",
        lambda m: wrong.append(f"console {m.text}") if m.type == "error" else None,
    )
    page.on(
        "request",
        lambda r: None if "127.0.0.1" in r.url else wrong.append(f"asks {r.url}"),
    )
    try:
        yield page, wrong
    finally:
        context.close()


def enter(page: Any, base: str, desk: SqlStore) -> None:
    page.goto(f"{base}/login")
    page.fill("input[name=token]", desk.review.add_reviewer("ana"))
    page.click("main button")
    page.wait_for_url("**/review")


def axe(page: Any) -> list[str]:
    """Return what axe finds that is serious or critical."""
    spec = find_spec("axe_core_python")
    if spec is None or not spec.submodule_search_locations:
        return []
    root = Path(next(iter(spec.submodule_search_locations)))
    source = next(root.rglob("axe.min.js"), None)
    if source is None:
        return []
    page.evaluate(source.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:160]} {v['nodes'][0]['failureSummary']}"
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_whole_harmless_and_accessible(
    site: tuple[str, SqlStore], chromium: Any, scheme: str
) -> None:
    base, desk = site
    folder = os.environ.get("SCREENSHOTS")
    with visit(chromium, color_scheme=scheme) as (page, wrong):
        enter(page, base, desk)
        paths = dict(PAGES)
        first = page.locator(".events .act").first.get_attribute("href")
        paths["claim"] = str(first)
        for name, path in paths.items():
            page.goto(f"{base}{path}")
            assert page.locator("h1").count() == 1, name
            assert axe(page) == [], name
            for width_name, width in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": 800})
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, f"{name} on a {width_name} is {wide} wide"
                if folder:
                    at = Path(folder) / f"{name}-{width_name}-{scheme}.png"
                    page.screenshot(path=at, full_page=True)
            page.set_viewport_size({"width": 1280, "height": 800})
        assert wrong == []


def test_a_reviewer_works_by_keys_and_news_come_without_a_reload(
    site: tuple[str, SqlStore], chromium: Any
) -> None:
    base, desk = site
    with visit(chromium) as (page, wrong):
        enter(page, base, desk)
        page.goto(f"{base}/events")
        page.keyboard.press("j")
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.closest('.events > li') !== null")
        page.keyboard.press("?")
        assert page.locator("#keys").is_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.name") == "search"
        if "STORE" not in os.environ:
            news(page, desk)
            marked(page, base)
        assert wrong == []


def news(page: Any, desk: SqlStore) -> None:
    """A report that is stored meanwhile is told."""
    from dataclasses import replace

    told = replace(claim("AID", "happened", "r9"), event="e9")
    desk.save(replace(REPORT, id="r9"), [told], [], {"codebook": "plover"})
    page.wait_for_selector(".news a:visible", timeout=60_000)
    assert re.search(r"1 event is new", page.inner_text(".news"))


def marked(page: Any, base: str) -> None:
    """Marked words are filled into the form for a missed claim, and kept."""
    page.goto(f"{base}/report/r3")
    page.evaluate(
        """() => {
          const piece = [...document.querySelectorAll("[data-at]")]
            .find((each) => each.textContent.includes("said"));
          const node = piece.firstChild, at = node.data.indexOf("said");
          const range = document.createRange();
          range.setStart(node, at); range.setEnd(node, at + 4);
          const chosen = getSelection();
          chosen.removeAllRanges(); chosen.addRange(range);
          piece.dispatchEvent(new MouseEvent("mouseup", {bubbles: true}));
        }"""
    )
    form = page.locator("#missed form")
    assert form.locator("[name=trigger]").input_value() == "said"
    assert form.locator("[name=start]").input_value() == str(REPORT.text.index("said"))
    form.locator("[name=type]").select_option("ACCUSE")
    form.locator("[name=reason]").fill("missed")
    form.locator("button").click()
    page.wait_for_url("**/review/claim/*")
    assert "ACCUSE" in page.inner_text("h1")
