"""A page that is open tells what another process codes meanwhile, without a reload."""

import json
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.server.browser.browsing import MARKS, Site, command, settings, visit

pytestmark = MARKS
NEWS = (
    "NAIROBI, March 6 (Global Wire) - Kenya sent 40 tonnes of food to Uganda on"
    " Thursday after floods, the Kenyan foreign ministry said.\n"
)


def test_what_is_coded_meanwhile_is_told(site: Site, chromium: Any, tmp_path: Path) -> None:
    told = {"id": "late", "text": NEWS, "title": "Food sent to <i>Uganda</i>"}
    told |= {"outlet": "Global Wire", "published": "2025-03-06"}
    (tmp_path / "late.jsonl").write_text(json.dumps(told))
    with visit(chromium) as (page, wrong):
        page.goto(f"{site.base}/events")
        page.evaluate("window.kept = 'the same page'")
        assert page.locator(".news").is_hidden()
        words = ("code", "late.jsonl", "--store", site.where)
        writer = subprocess.Popen(command(*words), cwd=tmp_path, env=settings(tmp_path))
        with visit(chromium) as (reader, hurt):
            while writer.poll() is None:
                answer = reader.goto(f"{site.base}/events?search=Uganda")
                assert answer.status == 200
                reader.wait_for_timeout(100)  # one reads, and leaves the writer room
            assert hurt == []
        assert writer.wait() == 0
        page.wait_for_selector(".news a:visible")
        assert "new or changed" in page.inner_text(".news")
        assert page.evaluate("window.kept") == "the same page"
        page.click(".news a")
        page.wait_for_selector("text=40 tonnes of food")
        page.click(".event:has-text('40 tonnes of food') a.act")
        expect(page.locator("main")).to_contain_text("Food sent to <i>Uganda</i>")
        assert wrong == []
