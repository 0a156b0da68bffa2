"""The feeds to watch, and what is known of each between polls.

They are listed in TOML, or in an OPML file of a feed reader. What is known is kept in a
file, so that a crash costs none: a state is written only after what it stands for is in
the store, and after a crash a feed is asked again; what was kept is a duplicate.
"""

import json
import os
import re
import tomllib
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from dateline.ingest.feeds.addresses import LONGEST, mask_secrets
from dateline.nlp.report_identity import split_address

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
        found = parse_opml(raw)
    else:
        found = parse_toml_list(raw)
    if not found:
        raise BadList("no feeds in it")
    return list({feed.url: feed for feed in found}.values())


def parse_toml_list(raw: bytes) -> list[Feed]:
    """Return the feeds of a TOML list: one [[feed]] each, with its url."""
    try:
        rows = tomllib.loads(raw.decode()).get("feed", [])
    except (ValueError, RecursionError) as error:
        raise BadList(f"no TOML: {error}") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadList("each feed is a part headed [[feed]]")
    return [make_feed(number, row) for number, row in enumerate(rows, 1)]


def make_feed(number: int, row: Any) -> Feed:
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
    every = parse_pause(str(row.get("every", f"{EVERY}s")))
    return Feed(url, str(row.get("outlet", "")), every, bool(row.get("pages", False)))


def parse_pause(told: str) -> int:
    """Return a time like 15m, 2h, 90 in seconds, never under a minute.

    >>> parse_pause("15m"), parse_pause("5s")
    (900, 60)
    """
    found = TIME.fullmatch(told.strip())
    if found is None:
        raise BadList(f"{told!r} is no time like 15m or 2h")
    found_seconds = int(found[1]) * UNITS[found[2] or "s"]
    if found_seconds > MOST:
        raise BadList(f"{told!r} is over a year")
    return max(LEAST, found_seconds)


def parse_opml(raw: bytes) -> list[Feed]:
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


@dataclass(frozen=True, slots=True)
class State:
    """When to ask a feed again, and what spares it its repetition."""

    due: float = 0.0
    etag: str = ""
    modified: str = ""
    failures: int = 0
    gone: bool = False
    told: str = ""
    store: str = ""  # what it gave is kept there
    read: tuple[str, ...] = ()  # entries it has now whose pages were read
    tried: tuple[str, ...] = ()  # and those whose pages could not be had


def name_feed(url: str) -> str:
    """Return the name of a feed in the file: its address, without any password.

    Two that differ by their password alone have a short hash of it.
    """
    shown = mask_secrets(url)
    if shown == url:
        return url
    return f"{shown} {blake2b(url.encode('utf-8', 'replace'), digest_size=4).hexdigest()}"


def load_states(path: Path, store: str = "") -> dict[str, State]:
    """Return the states of a file; none where there is none or it is damaged.

    What is in one store need not be in another: that begins with none.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    rows = found.items() if isinstance(found, dict) else ()
    made = {url: state_of(row) for url, row in rows if isinstance(row, dict)}
    return {url: known for url, known in made.items() if known.store in ("", store)}


def state_of(row: dict[str, Any]) -> State:
    """Return the state of a row; what is not of its kind in it is passed over."""
    told: dict[str, Any] = {}
    for name in ("etag", "modified", "told", "store"):
        if isinstance(row.get(name), str):
            told[name] = row[name]
    for name in ("read", "tried"):
        if isinstance(row.get(name), list):
            told[name] = tuple(each for each in row[name] if isinstance(each, str))
    due, failures = row.get("due"), row.get("failures")
    if isinstance(due, int | float) and abs(due) < 1e11:
        told["due"] = float(due)
    if isinstance(failures, int) and failures > 0:
        told["failures"] = failures
    return State(**told, gone=row.get("gone") is True)


def save_states(path: Path, states: dict[str, State]) -> None:
    """Write the states: the old file or the new one is there, never half of one."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    rows = {url: asdict(state) for url, state in states.items()}
    with aside.open("w", encoding="utf-8") as file:
        json.dump(rows, file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
