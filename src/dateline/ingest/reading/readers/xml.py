"""XML: the entries of RSS and Atom, and an agency's items in NewsML-G2 and NITF.

No entity, catalogue or link is ever opened.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from dateline.ingest.reading.charset import linear_text, replace_surrogates, tidy_paragraphs
from dateline.model import Problem, Report, Source
from dateline.model.source import TooLarge
from dateline.nlp import wire
from dateline.nlp.date_formats import EARLIEST, LATEST, parse_stamp
from dateline.nlp.report_identity import name_outlet

MOST_BYTES = 20 << 20
ENTITY = re.compile(rb"<!(?:ENTITY|\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y)", re.I)
NUMBERED = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{1,12})|([0-9]{1,12}));")
# What XML may hold beside tabs and line ends.
CHARACTERS = range(0x20, 0xD800), range(0xE000, 0xFFFE), range(0x10000, 0x110000)
MOST_ENTRIES = 20_000
WEB = ("http://", "https://")
AUTHOR = re.compile(
    rb"<(?:\w+:)?(?:author|creator|contributor|managingEditor|webMaster|owner|publisher"
    rb"|name|email)\b[^<>]*>",
    re.I,
)
LONGEST_AUTHOR = 1000  # bytes; feedparser takes time by the square of them


def read_feed(source: Source) -> Iterator[Report | Problem]:
    """Yield a report for each entry of a feed."""
    try:
        raw = source.read(MOST_BYTES)
    except TooLarge as error:
        yield source.problem("too_large", f"a feed of {error}")
        return
    if ENTITY.search(raw):
        yield source.problem("xml_entities", "it defines entities of its own")
        return
    import feedparser

    found = feedparser.parse(
        BytesIO(without_long_authors(replace_odd_characters(raw))), sanitize_html=False
    )
    if not found.entries:
        what = str(found.get("bozo_exception", "")) or "no entries"
        code = "damaged" if found.bozo else "not_a_report"
        yield source.problem(code, f"a feed without reports: {what}"[:200])
        return
    for number, entry in enumerate(found.entries[:MOST_ENTRIES], 1):
        try:
            yield read_entry(source, raw, found.feed, (number, entry))
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            why = f"an entry that cannot be read: {error}"[:200]
            yield source.problem("bad_record", why, f"#{number}")
    if (count := len(found.entries)) > MOST_ENTRIES:
        why = f"{count:,} entries; those after {MOST_ENTRIES:,} are not read"
        yield source.problem("too_large", why, f"#{MOST_ENTRIES + 1}")
    # Cut or torn, as opposed to mislabelled.
    torn = ("SAXParseException", "SAXException")
    if found.bozo and type(found.bozo_exception).__name__ in torn:
        yield source.problem("truncated", "the feed breaks off; file incomplete", "#end")


def replace_odd_characters(raw: bytes) -> bytes:
    """Return XML in which no number stands for what is no character: U+FFFD instead.

    >>> replace_odd_characters(b"Kim &#xD800;left&#0; &#233;&#x1F600;")
    b'Kim &#xFFFD;left&#xFFFD; &#233;&#x1F600;'
    """

    def mend(number: re.Match[bytes]) -> bytes:
        told = int(number[1], 16) if number[1] else int(number[2])
        sound = told in (9, 10, 13) or any(told in each for each in CHARACTERS)
        return number[0] if sound else b"&#xFFFD;"

    return NUMBERED.sub(mend, raw)


def without_long_authors(raw: bytes) -> bytes:
    """Return a feed in which no element that names somebody holds over a kilobyte.

    >>> without_long_authors(b"<author>" + b"x" * 2000 + b"</author><b>Kim</b>")
    b'<author></author><b>Kim</b>'
    """
    kept, done, end = [], 0, -1
    for opened in AUTHOR.finditer(raw):
        start = opened.end()
        end = end if end >= start else raw.find(b"</", start)
        if end < 0:
            break
        if start >= done and end - start > LONGEST_AUTHOR:
            kept.append(raw[done:start])
            done = end
    return b"".join((*kept, raw[done:]))


def read_entry(source: Source, raw: bytes, feed: Any, at: tuple[int, Any]) -> Report | Problem:
    """Return the report of one entry."""
    number, entry = at
    told = " ".join(linear_text(entry.get("title", "")).split())
    bodies = [part.get("value", "") for part in entry.get("content", [])]
    texts = map(linear_text, (*bodies, entry.get("summary", "")))
    title, body = one_line(told), max(texts, key=len, default="")
    text = f"{told}\n\n{body}" if body and told not in body[: len(told) + 5] else body
    text = text or told
    where = f"{source.capture.found_at or source.found_at}#{number}"
    if not text:
        return source.problem("not_a_report", "an entry without words", f"#{number}")
    # Who published an entry: its own source before the feed's name.
    names = (entry.get("source") or {}).get("title"), feed.get("publisher")
    outlet = next((linear_text(one) for one in (*names, feed.get("title")) if one), "")
    url = entry_link(entry, str(feed.get("link", "")) or source.capture.url)
    found = Report(
        id=one_line(entry.get("id", "")),
        text=replace_surrogates(text),
        title=title,
        outlet=one_line(outlet),
        url=url,
        language="",
        published=entry_moment(entry),
        byline=one_line(entry.get("author", "")),
        capture=source.captured(raw, found_at=where, offset=number, url=url),
    )
    return name_outlet(found)


def entry_link(entry: Any, base: str) -> str:
    """Return the web address of an entry, told from the feed's own; "" for no other."""
    try:
        url = urljoin(base, str(entry.get("link", "")))
    except ValueError:
        return ""
    return one_line(url) if entry.get("link") and url.startswith(WEB) else ""


def entry_moment(entry: Any) -> date | datetime | None:
    """Return when an entry was published, in its own zone; None where it tells none.

    In UTC "today" would be another day for many an outlet. A stamp that only the
    library can read is given in UTC.
    """
    for name in ("published", "created", "updated"):
        # The library's own `get` gives "published" for an "updated" that is not told.
        if found := parse_stamp(dict.get(entry, name)):
            return found
        at = dict.get(entry, f"{name}_parsed")
        if at and EARLIEST < at.tm_year < LATEST:
            year, month, day, hour, minute, second = at[:6]
            moment = datetime(year, month, day, hour, minute, tzinfo=UTC)
            return moment.replace(second=min(second, 59))
    return None


def one_line(told: str) -> str:
    """Return words on one line."""
    return replace_surrogates(" ".join(str(told).split()))[:2000]


USABLE = ("", "usable")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LAYOUT = "body div table tr pre section article hedline".split()
BLOCKS = "p hl2 li blockquote h1 h2 h3 h4".split()


def read_newsml(source: Source) -> Iterator[Report | Problem]:
    """Yield a report for each news item of a message, or for the one of a file."""
    try:
        raw = source.read(MOST_BYTES)
    except TooLarge as error:
        yield source.problem("too_large", f"a message of {error}")
        return
    if ENTITY.search(raw):
        yield source.problem("xml_entities", "it defines entities of its own")
        return
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        tree = etree.fromstring(replace_odd_characters(raw), parser)
    except etree.XMLSyntaxError as error:
        yield source.problem("damaged", f"no sound XML: {error}")
        return
    items = all_elements(tree, "newsItem") or ([tree] if local_name(tree) == "nitf" else [])
    if not items:
        yield source.problem("not_a_report", f"a {local_name(tree)} without news items")
    for number, item in enumerate(items, 1):
        yield read_news_item(source, raw, item, f"#{number}")


def read_news_item(source: Source, raw: bytes, item: Any, at: str) -> Report | Problem:
    """Return the report of one item, or why it holds none."""
    status = bare_qcode(first_element(item, "pubStatus"))
    if status.lower() not in USABLE:
        return source.problem("withdrawn", f"its agency says: {status}", at)
    kind = bare_qcode(first_element(item, "itemClass"))
    text = replace_surrogates(news_item_body(item))
    if not text:
        wrong = "not_a_report" if kind in ("", "text", "composite") else "no_report_record"
        return source.problem(wrong, f"an item of class {kind} without words", at)
    where = f"{source.capture.found_at or source.found_at}{at}"
    told = first_element(item, "language")
    language = told.get("tag", "") if told is not None else ""
    found = Report(
        id=element_words(item.get("guid", "")),
        text=text,
        title=element_words(first_element(item, "headline"))
        or element_words(first_element(item, "hl1")),
        outlet=news_provider(item),
        language=str(language or item.get(XML_LANG, "")).partition("-")[0].lower(),
        published=first_created(item),
        dateline=wire.strip_dateline(element_words(first_element(item, "dateline"))),
        byline=element_words(first_element(item, "by"))
        or element_words(first_element(item, "byline")),
        capture=source.captured(raw, found_at=where),
    )
    return name_outlet(found)


def news_item_body(item: Any) -> str:
    """Return the words of an item: its text as XML before its text as data."""
    for inline in all_elements(item, "inlineXML") or all_elements(item, "body.content"):
        scope = first_element(inline, "body.content")
        scope = first_element(inline, "body") if scope is None else scope
        scope = inline if scope is None else scope
        blocks = [
            e
            for e in scope.iter()
            if local_name(e) in BLOCKS
            # The words of a block hold those of blocks in it.
            and not any(local_name(up) in BLOCKS for up in e.iterancestors())
        ]
        found = list(filter(None, map(element_words, blocks)))
        told = "".join(element_words(scope).split())
        if told and told == "".join("".join(found).split()):
            return "\n\n".join(found)
        if told and (every_word := inline_words(scope)):
            return every_word
    for inline in all_elements(item, "inlineData"):
        told = "".join(inline.itertext()).strip()
        if told and (inline.get("contenttype") or "text/plain").startswith("text/"):
            return linear_text(told) if told.startswith("<") else told
    return ""


def inline_words(scope: Any) -> str:
    """Return all words of an element in their order: some stand in no block."""
    from lxml.etree import iterwalk

    parts: list[str] = []
    for event, each in iterwalk(scope, events=("start", "end", "comment", "pi")):
        if event in ("start", "end") and local_name(each) in (*BLOCKS, *LAYOUT):
            parts.append("\n\n")
        if event == "start":
            parts.append(each.text or "")
        elif each is not scope:
            parts.append(each.tail or "")
    return tidy_paragraphs("".join(parts))


def news_provider(item: Any) -> str:
    """Return the agency of an item."""
    for name in ("infoSource", "provider", "doc.copyright", "creditline"):
        found = first_element(item, name)
        if found is None:
            continue
        told = (
            element_words(first_element(found, "name"))
            or found.get("holder", "")
            or element_words(found)
        )
        if told := told or bare_qcode(found):
            return element_words(told)
    return ""


def first_created(item: Any) -> Any:
    """Return when an item was first made public."""
    for name in ("firstCreated", "contentCreated", "versionCreated"):
        if (found := first_element(item, name)) is not None and (
            at := parse_stamp(element_words(found))
        ):
            return at
    told = first_element(item, "date.issue")
    return parse_stamp(told.get("norm", "")) if told is not None else None


def bare_qcode(element: Any) -> str:
    """Return the bare code of an element's qcode or uri."""
    if element is None:
        return ""
    told = element.get("qcode") or element.get("uri") or element.get("literal") or ""
    return str(told).rstrip("/").replace("/", ":").rpartition(":")[2]


def element_words(told: Any) -> str:
    """Return the words of an element or a string on one line."""
    if told is None:
        return ""
    found = told if isinstance(told, str) else "".join(told.itertext())
    return replace_surrogates(" ".join(found.split()))


def first_element(item: Any, name: str) -> Any:
    """Return the first element of a name, whatever its namespace."""
    return next(iter(all_elements(item, name)), None)


def all_elements(item: Any, name: str) -> list[Any]:
    """Return all elements of a name, whatever their namespace."""
    found: list[Any] = item.xpath("descendant-or-self::*[local-name()=$n]", n=name)
    return found


def local_name(element: Any) -> str:
    """Return an element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
