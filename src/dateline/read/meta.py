"""What a page tells of itself in its head: title, author, moment, outlet, language.

Only what the page says counts. No day is guessed from copyright lines, the clock or
the file's time; a day in the address counts where nothing better is told.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from html import unescape
from typing import Any

from dateline.read.address import split_address
from dateline.read.charset import replace_surrogates
from dateline.read.moments import parse_stamp

IN_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=\D|$)"
)
TIMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date.published",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "article.published",
    "date",
)
TITLES = ("og:title", "dc.title", "twitter:title", "parsely-title")
OUTLETS = ("og:site_name", "application-name", "dc.publisher", "article:publisher")
AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "byl")
MOST_JSON = 1 << 20


@dataclass(frozen=True, slots=True)
class Told:
    """What a page tells of itself; what it does not tell is empty."""

    title: str = ""
    author: str = ""
    published: date | datetime | None = None
    outlet: str = ""
    url: str = ""
    language: str = ""


def read_page_head(tree: Any, address: str) -> Told:
    """Return what a parsed page tells of itself; `address` is where it was fetched."""
    names = dict(read_meta_elements(tree))
    article = next(find_described_articles(tree), {})
    url = (
        address
        or first_match(tree, "//link[@rel='canonical']/@href")
        or names.get("og:url", "")
    )
    return Told(
        title=page_title(tree, names, article),
        author=author_names(article.get("author")) or pick(names, AUTHORS),
        published=page_published(tree, names, article, url),
        outlet=unescape_name(article.get("publisher")) or pick(names, OUTLETS),
        url=url if web(url) else "",
        language=page_language(tree, article),
    )


def read_meta_elements(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield the name and content of each meta element, the first of a name last."""
    for element in reversed(sought("//meta[@content]")(tree)):
        for key in ("name", "property", "itemprop", "http-equiv"):
            if name := element.get(key):
                yield name.strip().lower(), clean(element.get("content"))


def find_described_articles(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the articles that a page describes as JSON-LD."""
    for element in sought("//script[@type='application/ld+json']")(tree):
        words = element.text_content()
        if len(words) > MOST_JSON:
            continue
        try:
            yield from find_nested_articles(json.loads(words, strict=False), 4)
        except (ValueError, RecursionError):
            continue


def find_nested_articles(found: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield every article within a JSON-LD value."""
    if depth == 0:
        return
    if isinstance(found, list):
        for each in found[:50]:
            yield from find_nested_articles(each, depth - 1)
    elif isinstance(found, dict):
        kinds = found.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(k, str) and k.endswith("Article") for k in kinds):
            yield found
        yield from find_nested_articles(found.get("@graph"), depth - 1)


def page_title(tree: Any, names: dict[str, str], article: dict[str, Any]) -> str:
    """Return the headline: as described, as shown, as the window is called."""
    heads = sought("//article//h1 | //h1[@itemprop='headline']")(tree)
    shown = clean(heads[0].text_content()) if heads else ""
    return (
        unescape_name(article.get("headline"))
        or pick(names, TITLES)
        or shown
        or clean(first_match(tree, "//title/text()"))
    )


def page_published(
    tree: Any, names: dict[str, str], article: dict[str, Any], url: str
) -> date | datetime | None:
    """Return the moment of publication that a page tells, None where it tells none."""
    shown = first_match(
        tree,
        "//time[@pubdate or @itemprop='datePublished']/@datetime"
        " | //*[@itemprop='datePublished']/@content | //article//time/@datetime",
    )
    stamps = (article.get("datePublished"), *(names.get(n) for n in TIMES), shown)
    for words in stamps:
        if isinstance(words, str) and (found := parse_stamp(words)):
            return found
    in_address = IN_ADDRESS.search(split_address(url).path)
    return parse_stamp("-".join(in_address.groups())) if in_address else None


def page_language(tree: Any, article: dict[str, Any]) -> str:
    """Return the language that a page declares, as two letters where it has them."""
    words = article.get("inLanguage")
    declared = words if isinstance(words, str) else first_match(tree, "/html/@lang")
    code = re.match(r"[A-Za-z]{2,3}(?=[-_]|$)", (declared or "").strip())
    return code[0].lower() if code else ""


def author_names(found: Any) -> str:
    """Return the names of authors."""
    many = found if isinstance(found, list) else [found]
    return ", ".join(filter(None, (unescape_name(who) for who in many[:20])))


def unescape_name(found: Any) -> str:
    """Return a name or headline of JSON-LD, where many sites escape as in HTML."""
    if isinstance(found, list):
        found = found[0] if found else None
    if isinstance(found, dict):
        found = found.get("name")
    return clean(unescape(found)) if isinstance(found, str) else ""


def pick(names: dict[str, str], wanted: tuple[str, ...]) -> str:
    """Return the first of several meta elements that is there and no address."""
    found = (names.get(name, "") for name in wanted)
    return next((words for words in found if words and not web(words)), "")


def first_match(tree: Any, path: str) -> str:
    """Return the first string that a path finds, "" for none."""
    found = sought(path)(tree)
    return str(found[0]) if found else ""


@cache
def sought(path: str) -> Any:
    """Return what seeks a path in a tree; each is made ready once."""
    from lxml.etree import XPath

    return XPath(path)


def web(url: str) -> bool:
    """Whether a string is a web address."""
    return url.startswith(("http://", "https://"))


def clean(words: Any) -> str:
    """Return words on one line; "" for what are none."""
    if not isinstance(words, str):
        return ""
    return replace_surrogates(" ".join(words.split()))[:1000]
