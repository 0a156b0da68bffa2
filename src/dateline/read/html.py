"""HTML: the article of a page, without what stands around it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from dateline.model import Problem, Report, Source
from dateline.model.source import TooLarge
from dateline.read import linear, outlets
from dateline.read.address import split_address
from dateline.read.charset import replace_surrogates
from dateline.read.glance import clear_page, find_foreign_words
from dateline.read.meta import Told, read_page_head
from dateline.read.text import decoded

MOST_BYTES = 20 << 20
DEEPEST = 200  # elements: below 255 the tree builder loses text without a word
FEWEST = 12  # words: an article has no fewer
CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
BREAK = re.compile(r"\n+")


def read(source: Source) -> Iterator[Report | Problem]:
    """Yield the article of a page, or why it holds none."""
    try:
        raw = source.read(MOST_BYTES)
    except TooLarge as error:
        yield source.problem("too_large", f"a page of {error}")
        return
    declared = CHARSET.search(raw[:4096])
    named = source.capture.charset or (declared[1].decode() if declared else "")
    found = decoded(
        replace(source, capture=replace(source.capture, charset=named)), raw
    )
    if isinstance(found, Problem):
        yield found
        return
    prolog = PROLOG.match(found.text)
    page = found.text[prolog.end() if prolog else 0 :].replace("\x00", "")
    yield read_article(source, page, (raw, found.charset))


def read_article(
    source: Source, page: str, kept: tuple[bytes, str]
) -> Report | Problem:
    """Return the article of a decoded page."""
    raw, charset = kept
    tree = parse_page(page)
    head, words, language = Told(), "", ""
    if tree is not None:
        clear_page(tree)
        head = read_page_head(tree, source.capture.url)
        words, language = find_foreign_words(tree)
    words = words or extract_article(page, tree)
    if has_few_words(words) and tree is not None:  # what was cleared was all there is
        words = extract_article(page, parse_page(page))
    if has_few_words(words):
        why = "no article in this page" if words else "a page without words"
        return source.problem("not_a_report", why)
    if (
        split_address(head.url).path.strip("/") == ""
        and head.url
        and not head.published
    ):
        return source.problem("not_a_report", "the front page of a site")
    found = Report(
        id="",
        text=words,
        title=head.title,
        outlet=head.outlet,
        url=head.url,
        language=language,
        published=head.published,
        byline=head.author,
        capture=source.captured(raw, charset=charset, url=head.url),
    )
    return outlets.name_outlet(found)


def has_few_words(words: str) -> bool:
    """Whether a text is too short for an article; some scripts part no words."""
    if len(words.split(None, FEWEST)) >= FEWEST:
        return False
    return sum(c >= "\u0e00" for c in words) <= 5 * FEWEST


def parse_page(page: str) -> Any:
    """Return the tree of a page, None where it has none or is too deep for one."""
    from lxml.etree import HTMLParser, LxmlError
    from lxml.html import document_fromstring

    if linear.depth(page) > DEEPEST:
        return None
    parser = HTMLParser(huge_tree=True, no_network=True, remove_comments=True)
    parser.set_element_class_lookup(classes())
    try:
        return document_fromstring(page, parser=parser)
    except (LxmlError, ValueError):
        return None


@cache
def classes() -> Any:
    """Return the classes of a tree's nodes: one for all elements.

    lxml's own choice by name (forms, inputs) asks Python for every node, and nobody
    here needs it.
    """
    from lxml.etree import ElementDefaultClassLookup
    from lxml.html import (
        HtmlComment,
        HtmlElement,
        HtmlEntity,
        HtmlProcessingInstruction,
    )

    return ElementDefaultClassLookup(
        HtmlElement, HtmlComment, HtmlProcessingInstruction, HtmlEntity
    )


@cache
def wanted() -> Any:
    """Return what is asked of the extractor: an article without comments and tables."""
    from trafilatura.settings import Extractor

    return Extractor(output_format="python", comments=False, tables=False)


def extract_article(page: str, tree: Any) -> str:
    """Return the article's words; all the page's words where no article is found."""
    if tree is None:
        return linear.linear_text(page)
    from trafilatura import bare_extraction

    found = bare_extraction(tree, options=wanted())
    told = getattr(found, "text", None) or ""
    words = replace_surrogates(BREAK.sub("\n\n", told.strip()))
    if words:
        return words
    return linear.linear_text(page)
