"""Every page that can be reached from the first, and what is wrong with each."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from fastapi.testclient import TestClient

BASE = "http://testserver"
VOID = frozenset("area base br col embed hr img input link meta source wbr".split())


@dataclass
class Page(HTMLParser):
    """A page as a crawler reads it: links, forms that ask, ids, what refers to them."""

    links: list[tuple[str, str]] = field(default_factory=list)
    forms: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    refers: list[str] = field(default_factory=list)
    tags: Counter[str] = field(default_factory=Counter)
    open: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    asking: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        if tag not in VOID and "/>" not in (self.get_starttag_text() or "")[-2:]:
            self.open.append(tag)
        self.ids += [told["id"]] if "id" in told else []
        self.refers += [told["for"]] if tag == "label" and "for" in told else []
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "list"):
            self.refers += told.get(name, "").split()
        if tag == "a" and "href" in told:
            self.links.append((told["href"], ""))
        if tag == "form":
            self.asking = told.get("method", "get").lower() == "get"
            if self.asking:
                self.forms.append((told.get("action", ""), []))
        elif self.asking and tag == "input" and "name" in told:
            off = told.get("type") in ("checkbox", "radio") and "checked" not in told
            if not off:
                self.forms[-1][1].append((told["name"], told.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        self.asking &= tag != "form"
        if tag in self.open:
            while (last := self.open.pop()) != tag:
                self.wrong.append(f"<{last}> is not closed")


def read_page(text: str) -> Page:
    page = Page()
    page.feed(text)
    page.close()
    return page


def faults_of(page: Page) -> Iterator[str]:
    """Yield what no page may have, whatever it tells."""
    yield from page.wrong
    if page.tags["h1"] != 1 or page.tags["title"] < 1:
        yield f"{page.tags['h1']} headings of the first order"
    yield from (f"two of id {name!r}" for name, n in Counter(page.ids).items() if n > 1)
    here = {*page.ids, "months"}  # the slider's list is the browser's own
    lost = (name for name in page.refers if name not in here)
    yield from (f"nothing has the id {name!r}" for name in lost)
    for link, _ in page.links:
        if link.startswith("#") and link[1:] and link[1:] not in here:
            yield f"{link} leads nowhere"


def kind_of(path: str) -> str:
    """Return what pages are alike: the first word of an address and what it asks."""
    parts = urlsplit(path)
    asked = sorted({name for name, _ in parse_qsl(parts.query)})
    return f"/{parts.path.strip('/').split('/')[0]}?{'&'.join(asked)}"


def crawl(
    client: TestClient, starts: tuple[str, ...], alike: int = 4
) -> tuple[dict[str, int], list[str]]:
    """Ask for all that links and forms lead to, `alike` of a kind.

    Returns the status of each address, and what is wrong, with the page that led there.
    """
    waiting = deque((start, "") for start in starts)
    seen: dict[str, int] = {}
    kinds: Counter[str] = Counter()
    wrong: list[str] = []
    anchors: list[tuple[str, str, str]] = []
    ids: dict[str, set[str]] = {}
    while waiting:
        path, by = waiting.popleft()
        kind, _, asked = kind_of(path).partition("?")
        like = alike if asked else 3 * alike  # filters go together in many ways
        if path in seen or kinds[kind + asked] >= like or kinds[kind] >= 4 * alike:
            continue
        kinds.update({kind + asked, kind})
        answer = client.get(path)
        seen[path] = answer.status_code
        if answer.status_code != 200:
            wrong.append(f"{answer.status_code} {path} from {by}")
            continue
        if "text/html" not in answer.headers["content-type"]:
            continue
        page = read_page(answer.text)
        ids[path] = set(page.ids)
        wrong += [f"{path}: {told}" for told in faults_of(page)]
        for to, anchor in leads(path, page):
            waiting.append((to, path))
            anchors += [(to, anchor, path)] if anchor else []
    wrong += [
        f"{path}: {to} has no #{anchor}"
        for to, anchor, path in anchors
        if anchor not in ids.get(to, {anchor})
    ]
    return seen, wrong


def leads(path: str, page: Page) -> Iterator[tuple[str, str]]:
    """Yield the addresses of ours that a page leads to, and the place in each."""
    asked: list[tuple[str, str]] = []
    for action, fields in page.forms:
        asked.append((f"{action}?{urlencode(fields)}", ""))
    for link, _ in [*page.links, *asked]:
        to = urlsplit(urljoin(BASE + path, link))
        if f"{to.scheme}://{to.netloc}" == BASE and not link.startswith("#"):
            yield to.path + (f"?{to.query}" if to.query else ""), to.fragment


def clicks(client: TestClient, start: str, *wanted: str) -> tuple[int, Any]:
    """Follow links by their words, one after the other; return how many, and the page.

    Each of `wanted` is a pattern for the words or the address of one link.
    """
    at = client.get(start)
    for pattern in wanted:
        main = at.text.partition('id="main"')[2]
        links = re.findall(r'(<a\b[^>]*href="([^"]*)".*?</a>)', main, re.S)
        found = next((to for link, to in links if re.search(pattern, link)), "")
        assert found, f"no link {pattern!r} on {at.request.url}"
        to = urljoin(str(at.request.url), unescape(found))
        at = client.get(to)
        assert at.status_code == 200
    return len(wanted), at
