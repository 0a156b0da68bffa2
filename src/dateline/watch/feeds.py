"""The feeds to watch: a list in TOML, or an OPML file of a feed reader."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.read.identity import split_address
from dateline.watch.addresses import LONGEST, mask_secrets

EVERY = 15 * 60  # seconds
LEAST = 60
MOST = 366 * 86400
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
TIME = re.compile(r"(\d{1,6})\s*([smhd]?)")


class BadList(ValueError):
    """A list of feeds that cannot be read; the message says where."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: its address, whose it is, how often to ask, whether to read pages."""

    url: str
    outlet: str = ""
    every: int = EVERY
    pages: bool = False


def read_feeds(path: Path) -> list[Feed]:
    """Return the feeds of a list. Raises BadList."""
    raw = path.read_bytes()
    if path.suffix.lower() in (".opml", ".xml") or raw.lstrip()[:1] == b"<":
        found = of_opml(raw)
    else:
        found = of_toml(raw)
    if not found:
        raise BadList("no feeds in it")
    return list({feed.url: feed for feed in found}.values())


def of_toml(raw: bytes) -> list[Feed]:
    """Return the feeds of a TOML list: one [[feed]] each, with its url."""
    try:
        rows = tomllib.loads(raw.decode()).get("feed", [])
    except (ValueError, RecursionError) as error:
        raise BadList(f"no TOML: {error}") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadList("each feed is a part headed [[feed]]")
    return [feed(number, row) for number, row in enumerate(rows, 1)]


def feed(number: int, row: Any) -> Feed:
    """Return the feed of one entry of a list."""
    unknown = sorted(set(row) - {"url", "outlet", "every", "pages"})
    if unknown:
        raise BadList(f"feed {number}: no setting {unknown[0]!r}")
    url = row.get("url")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise BadList(f"feed {number}: needs a url that begins with http")
    if len(url) > LONGEST:
        raise BadList(f"feed {number}: its url has over {LONGEST:,} characters")
    if not split_address(url).hostname:
        raise BadList(f"feed {number}: {mask_secrets(url)} is no web address")
    every = seconds(str(row.get("every", f"{EVERY}s")))
    return Feed(url, str(row.get("outlet", "")), every, bool(row.get("pages", False)))


def seconds(told: str) -> int:
    """Return a time like 15m, 2h, 90 in seconds, never under a minute.

    >>> seconds("15m"), seconds("5s")
    (900, 60)
    """
    found = TIME.fullmatch(told.strip())
    if found is None:
        raise BadList(f"{told!r} is no time like 15m or 2h")
    found_seconds = int(found[1]) * UNITS[found[2] or "s"]
    if found_seconds > MOST:
        raise BadList(f"{told!r} is over a year")
    return max(LEAST, found_seconds)


def of_opml(raw: bytes) -> list[Feed]:
    """Return the feeds of an OPML file."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise BadList(f"no OPML: {error}") from None
    found = ((e.get("xmlUrl", ""), e.get("text", "")) for e in tree.iter("outline"))
    web = ((u, name) for u, name in found if u.startswith(("http://", "https://")))
    return [Feed(url, name) for url, name in web]
