"""Takes a picture of pages over the example reports and those of the tutorial.

usage: python -m tools.screenshots                     those in the docs: docs/img/pages
       python -m tools.screenshots FOLDER [PAGE ...]   every page, or some, to look at

To look at, each page is taken whole on a laptop's width and a phone's, by day and by
night. Pictures have few colours, so that they are small.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from dateline.cli.serve import demo
from dateline.events.event_summaries import join
from dateline.ingest.reading.inputs import sources
from dateline.ingest.results import Told
from dateline.ingest.run import Ingest, one_by_one
from dateline.pipeline.factory import Options, make_coder
from dateline.store.sql import SqlStore
from tests.server.browser.browsing import CHROMIUM, Site, enter, served

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {
    "today": "/",
    "events": "/events",
    "search": "/events?search=ceasefire&status=happened",
    "map": "/map",
    "africa": "/map?view=africa",
    "dyad": "/dyad?a=KEN&b=UGA",
    "dyads": "/dyad?a=UGA&b=COD,KEN",
    "network": "/dyad",
    "timeline": "/timeline",
    "speakers": "/speakers",
    "problems": "/problems",
    "actor": "/actor/UGA",
    "api": "/api",
    "review": "/review",
    "login": "/login",
    "missing": "/event/none",
    "none": "/events?status=negated",
}
SIZES = {"laptop": (1280, 800), "phone": (390, 844)}
SHOWN = (
    *(f"{name} laptop light" for name in ("today", "events", "event", "report")),
    *(f"{name} laptop light" for name in ("dyad", "network", "claim")),
    "map laptop dark",
)
"""The pictures in the docs."""
COLOURS = 224
RARE = Image.Quantize.MAXCOVERAGE  # colours of few dots are kept
LARGEST = 100_000  # bytes of a picture in the docs


def main() -> None:
    folder, wanted = Path(*sys.argv[1:2] or [DOCS / "img" / "pages"]), sys.argv[2:]
    look = len(sys.argv) > 1
    folder.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as home,
        demo() as where,
        tutorial(where, Path(home)),
        served(where, Path(home)) as site,
    ):
        for device in SIZES:
            for scheme in ("light", "dark"):
                with looked_at(site, device, scheme) as page:
                    for name, path in paths(page, site).items():
                        how = f"{name} {device} {scheme}"
                        if not (name in (wanted or [name]) if look else how in SHOWN):
                            continue
                        page.goto(site.base + path)
                        take(page, folder / f"{how.replace(' ', '-')}.png", look)


@contextmanager
def tutorial(where: str, home: Path) -> Iterator[None]:
    """Add the reports of the tutorial to a store."""
    text = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    found = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    file = home / "lake.jsonl"
    file.write_text(found.group(1) if found else "", encoding="utf-8")
    options = Options()
    with SqlStore(where) as kept:
        codes = one_by_one(make_coder(options))
        list(Ingest(codes, kept, options.made_by(), Told()).run(sources([str(file)])))
        join(kept)
    yield


@contextmanager
def looked_at(site: Site, device: str, scheme: str) -> Iterator[Any]:
    """Open a page as a reviewer, of a device's size."""
    width, height = SIZES[device]
    how: dict[str, Any] = {"viewport": {"width": width, "height": height}}
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = made.new_page(color_scheme=scheme, **how)
        enter(page, site)
        yield page
        made.close()


def paths(page: Any, site: Site) -> dict[str, str]:
    """Return the pages, those among them that have an id of this store."""
    claim = str(page.locator(".events .act").first.get_attribute("href"))
    page.goto(f"{site.base}/events?told_by=2")
    event = str(page.locator(".events .act").first.get_attribute("href"))
    page.goto(site.base + event)
    told = page.locator(".tellings .foot a").first.get_attribute("href")
    report = str(told).split("#", maxsplit=1)[0]
    return {**PAGES, "claim": claim, "event": event, "report": report.split("#", maxsplit=1)[0]}


def take(page: Any, path: Path, whole: bool) -> None:
    """Keep a picture in few colours."""
    page.screenshot(path=path, full_page=whole)
    with Image.open(path) as taken:
        few = taken.convert("RGB").quantize(COLOURS, RARE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path} {size:,}" + (" TOO LARGE" if size > LARGEST and not whole else ""))


if __name__ == "__main__":
    main()
