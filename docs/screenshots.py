"""Takes a picture of each page over the example reports, by day and by night.

usage: python -m docs.screenshots [FOLDER] [--all] [PAGE ...]   default docs/img/pages

Each page is taken on a laptop's width and a phone's; with --all, by night too and over
its whole height. Pictures have few colours, so that they are small. Look at them.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from dateline.cli.serve import demo
from tests.web.browser.browsing import CHROMIUM, Site, enter, served

PAGES = {
    "today": "/",
    "events": "/events",
    "search": "/events?search=ceasefire&status=happened",
    "map": "/map",
    "africa": "/map?view=africa",
    "dyad": "/dyad?a=COD&b=UGA,KEN",
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
COLOURS = 96
RARE = Image.Quantize.MAXCOVERAGE  # colours of few dots are kept
LARGEST = 100_000  # bytes of a picture in the docs


def main() -> None:
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    folder, wanted = Path(words[0] if words else "docs/img/pages"), words[1:]
    every = "--all" in sys.argv
    folder.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as home,
        demo() as where,
        served(where, Path(home)) as site,
    ):
        for device in SIZES:
            for scheme in ("light", "dark") if every else ("light",):
                with looked_at(site, device, scheme) as page:
                    every_page = paths(page, site)
                    for name in wanted or every_page:
                        path = every_page[name]
                        page.goto(site.base + path)
                        take(page, folder / f"{name}-{device}-{scheme}.png", every)


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
    return {
        **PAGES,
        "claim": claim,
        "event": event,
        "report": report.split("#", maxsplit=1)[0],
    }


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
