"""HTML: the article of a page, without what stands around it, and what the page tells.

To find the article is the dearest step of reading a page, and most pages of the web are
in a language that nobody here codes. So scripts and lists of links go first; then the
page's long runs of words tell its language, by the same means as a report's text does.
What a page says of its language itself is not believed: it is often a site's default.

Of its head only what the page says counts. No day is guessed from copyright lines, the
clock or the file's time; a day in the address counts where nothing better is told.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from html import unescape
from typing import Any

from dateline.ingest.reading.charset import element_depth, linear_text, replace_surrogates
from dateline.ingest.reading.readers.text import decode_source
from dateline.model import Problem, Report, Source
from dateline.model.source import TooLarge
from dateline.nlp.date_formats import parse_stamp
from dateline.nlp.language_id import (
    SHARE,
    SHOWN,
    STOPS,
    WORD,
    detect_language,
    english_function_words,
    guess_language,
)
from dateline.nlp.report_identity import name_outlet, split_address
from dateline.resources.plugins import installed

MOST_BYTES = 20 << 20
DEEPEST = 200  # elements: below 255 the tree builder loses text without a word
FEWEST_WORDS = 12  # words: an article has no fewer
CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
BREAK = re.compile(r"\n+")


def read_html(source: Source) -> Iterator[Report | Problem]:
    """Yield the article of a page, or why it holds none."""
    try:
        raw = source.read(MOST_BYTES)
    except TooLarge as error:
        yield source.problem("too_large", f"a page of {error}")
        return
    declared = CHARSET.search(raw[:4096])
    named = source.capture.charset or (declared[1].decode() if declared else "")
    found = decode_source(replace(source, capture=replace(source.capture, charset=named)), raw)
    if isinstance(found, Problem):
        yield found
        return
    prolog = PROLOG.match(found.text)
    page = found.text[prolog.end() if prolog else 0 :].replace("\x00", "")
    yield read_article(source, page, (raw, found.charset))


def read_article(source: Source, page: str, kept: tuple[bytes, str]) -> Report | Problem:
    """Return the article of a decoded page."""
    raw, charset = kept
    tree = parse_page(page)
    head, words, language = PageHead(), "", ""
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
    if split_address(head.url).path.strip("/") == "" and head.url and not head.published:
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
    return name_outlet(found)


def has_few_words(words: str) -> bool:
    """Whether a text is too short for an article; some scripts part no words."""
    if len(words.split(None, FEWEST_WORDS)) >= FEWEST_WORDS:
        return False
    return sum(c >= "\u0e00" for c in words) <= 5 * FEWEST_WORDS


def parse_page(page: str) -> Any:
    """Return the tree of a page, None where it has none or is too deep for one."""
    from lxml.etree import HTMLParser, LxmlError
    from lxml.html import document_fromstring

    if element_depth(page) > DEEPEST:
        return None
    parser = HTMLParser(huge_tree=True, no_network=True, remove_comments=True)
    parser.set_element_class_lookup(element_classes())
    try:
        return document_fromstring(page, parser=parser)
    except (LxmlError, ValueError):
        return None


@cache
def element_classes() -> Any:
    """Return the classes of a tree's nodes: one for all elements.

    lxml's own choice by name (forms, inputs) asks Python for every node, and nobody
    here needs it.
    """
    from lxml.etree import ElementDefaultClassLookup
    from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HtmlProcessingInstruction

    return ElementDefaultClassLookup(
        HtmlElement, HtmlComment, HtmlProcessingInstruction, HtmlEntity
    )


@cache
def extractor_options() -> Any:
    """Return what is asked of the extractor: an article without comments and tables."""
    from trafilatura.settings import Extractor

    return Extractor(output_format="python", comments=False, tables=False)


def extract_article(page: str, tree: Any) -> str:
    """Return the article's words; all the page's words where no article is found."""
    if tree is None:
        return linear_text(page)
    from trafilatura import bare_extraction

    found = bare_extraction(tree, options=extractor_options())
    told = getattr(found, "text", None) or ""
    words = replace_surrogates(BREAK.sub("\n\n", told.strip()))
    if words:
        return words
    return linear_text(page)


UNSEEN = ("script", "style", "template", "svg")
UNREAD = ("script", "title", "noscript")
DESCRIBED = "application/ld+json"  # what a script of this type holds is read
LINKS, LINKED = 5, 0.8  # links, and the share of letters in links, that make a menu
BOXES = "nav footer header aside ul ol dl div section table form menu".split()
LONG = 40  # characters: of shorter runs of words most are labels and names
ENOUGH = 400  # characters in long runs: of fewer nobody tells a language
FEWEST_OF_SENTENCE = 6  # words of a run that can be English, and of a sentence
SURE = 0.3  # share of small words that only English has
PARAGRAPHS = 0.8  # share of the long runs that stand in paragraphs of their own
TELLING = 2000  # characters that tell which other language it is
SHORTEST = 20  # characters of a paragraph that is kept of a page in another language


def clear_page(tree: Any) -> None:
    """Take out of a page's tree what no reader reads, and lists of links: menus."""
    for element in list(tree.iter(*UNSEEN)):
        parent = element.getparent()
        if parent is not None and element.get("type") != DESCRIBED:
            element.drop_tree()
    kept = {above for head in tree.iter("h1") for above in head.iterancestors()}
    anchors = {each for each in tree.iter("a") if not each.get("href")}
    gone: Any = None
    for element in list(tree.iter(*BOXES)):
        links = list(element.iter("a"))
        if len(links) < LINKS or element in kept:
            continue
        if gone is not None and gone in element.iterancestors():
            continue
        words = [each.text_content() for each in links if each not in anchors]
        linked = sum(len("".join(each.split())) for each in words)
        sentences = (  # a link that holds one is news in brief, where a menu has labels
            each.rstrip()[-1:] in STOPS and len(WORD.findall(each)) >= FEWEST_OF_SENTENCE
            for each in words
        )
        if any(sentences) or linked < LINKED * count_letters(element):
            continue
        element.drop_tree()
        gone = element


def count_letters(element: Any) -> int:
    """Return how many characters stand in an element, white space not counted."""
    return len("".join(element.text_content().split()))


@cache
def long_runs_path() -> Any:
    """Return what finds the runs of words of a page that are longer than labels."""
    from lxml.etree import XPath

    path = f"descendant::text()[string-length(normalize-space(.)) >= {LONG}]"
    outside = " or ".join(f"parent::{tag}" for tag in UNREAD)
    return XPath(f"{path}[not({outside})]", smart_strings=False)


def find_foreign_words(tree: Any) -> tuple[str, str]:
    """Return the paragraphs of a page in a language that no pack reads, and which.

    ("", "") where the page may hold English, or does not tell its language plainly:
    then its article is to be found first.
    """
    runs = long_runs_path()(tree)
    told = (" ".join(each.text_content().split()) for each in tree.iter("p"))
    blocks = [words for words in told if len(words) >= SHORTEST]
    size, long = sum(map(len, blocks)), sum(map(len, runs))
    whole = count_letters(tree) - sum(map(count_letters, tree.iter(*UNREAD)))
    most = size >= PARAGRAPHS * long and size >= whole / 2
    if long < ENOUGH or not most or any(map(holds_english, runs)):
        return "", ""
    # A paragraph without links is a run as well, and was just looked at.
    seen = {" ".join(run.split()) for run in runs if len(run) <= SHOWN}
    if any(holds_english(block) for block in blocks if block not in seen):
        return "", ""
    words = replace_surrogates("\n\n".join(blocks))
    language = detect_language(words[:TELLING])
    coded = language in ("en", "zxx", "") or language in installed("languages")
    return ("", "") if coded else (words, language)


def holds_english(run: str) -> bool:
    """Whether a run of words is English by its small words; others have some, too.

    >>> holds_english("He said that it was so."), holds_english("O cais no rio do sul")
    (True, False)
    """
    words = WORD.findall(run.lower())
    small = english_function_words()
    found = sum(word in small for word in words)
    if len(words) < FEWEST_OF_SENTENCE or found < SHARE * len(words):
        return False
    return found >= SURE * len(words) or guess_language(run) == "en"


IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=\D|$)")
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
class PageHead:
    """What a page tells of itself; what it does not tell is empty."""

    title: str = ""
    author: str = ""
    published: date | datetime | None = None
    outlet: str = ""
    url: str = ""
    language: str = ""


def read_page_head(tree: Any, address: str) -> PageHead:
    """Return what a parsed page tells of itself; `address` is where it was fetched."""
    names: dict[str, str] = {}
    for element in reversed(compiled_path("//meta[@content]")(tree)):
        for key in ("name", "property", "itemprop", "http-equiv"):
            if name := element.get(key):  # the first of a name counts
                names[name.strip().lower()] = clean_line(element.get("content"))
    article = next(find_described_articles(tree), {})
    url = address or first_match(tree, "//link[@rel='canonical']/@href") or names.get("og:url", "")
    authors = article.get("author")
    many = authors if isinstance(authors, list) else [authors]
    author = ", ".join(filter(None, (unescape_name(who) for who in many[:20])))
    declared = article.get("inLanguage")
    if not isinstance(declared, str):
        declared = first_match(tree, "/html/@lang")
    code = re.match(r"[A-Za-z]{2,3}(?=[-_]|$)", declared.strip())
    return PageHead(
        title=page_title(tree, names, article),
        author=author or first_meta(names, AUTHORS),
        published=page_published(tree, names, article, url),
        outlet=unescape_name(article.get("publisher")) or first_meta(names, OUTLETS),
        url=url if is_web_address(url) else "",
        language=code[0].lower() if code else "",
    )


def find_described_articles(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the articles that a page describes as JSON-LD."""
    for element in compiled_path("//script[@type='application/ld+json']")(tree):
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
    heads = compiled_path("//article//h1 | //h1[@itemprop='headline']")(tree)
    shown = clean_line(heads[0].text_content()) if heads else ""
    return (
        unescape_name(article.get("headline"))
        or first_meta(names, TITLES)
        or shown
        or clean_line(first_match(tree, "//title/text()"))
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


def unescape_name(found: Any) -> str:
    """Return a name or headline of JSON-LD, where many sites escape as in HTML."""
    if isinstance(found, list):
        found = found[0] if found else None
    if isinstance(found, dict):
        found = found.get("name")
    return clean_line(unescape(found)) if isinstance(found, str) else ""


def first_meta(names: dict[str, str], wanted: tuple[str, ...]) -> str:
    """Return the first of several meta elements that is there and no address."""
    found = (names.get(name, "") for name in wanted)
    return next((words for words in found if words and not is_web_address(words)), "")


def first_match(tree: Any, path: str) -> str:
    """Return the first string that a path finds, "" for none."""
    found = compiled_path(path)(tree)
    return str(found[0]) if found else ""


@cache
def compiled_path(path: str) -> Any:
    """Return what seeks a path in a tree; each is made ready once."""
    from lxml.etree import XPath

    return XPath(path)


def is_web_address(url: str) -> bool:
    """Whether a string is a web address."""
    return url.startswith(("http://", "https://"))


def clean_line(words: Any) -> str:
    """Return words on one line; "" for what are none."""
    if not isinstance(words, str):
        return ""
    return replace_surrogates(" ".join(words.split()))[:1000]
