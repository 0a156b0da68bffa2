"""NewsML-G2 and NITF: an agency's items as XML. No catalogue or link is ever opened."""

from collections.abc import Iterator
from typing import Any

from dateline.model import Problem, Report, Source
from dateline.model.source import TooLarge
from dateline.read import linear, outlets, wire
from dateline.read.charset import replace_surrogates
from dateline.read.feed import ENTITY, characters
from dateline.read.moments import parse_stamp

MOST_BYTES = 20 << 20
USABLE = ("", "usable")
LAYOUT = "body div table tr pre section article hedline".split()
BLOCKS = "p hl2 li blockquote h1 h2 h3 h4".split()


def read(source: Source) -> Iterator[Report | Problem]:
    """Yield a report for each news item of a message, or for the one of a file."""
    try:
        raw = source.read(MOST_BYTES)
    except TooLarge as error:
        yield source.problem("too_large", f"a message of {error}")
        return
    tree = parse_newsml(source, raw)
    if isinstance(tree, Problem):
        yield tree
        return
    items = all_elements(tree, "newsItem") or ([tree] if local(tree) == "nitf" else [])
    if not items:
        yield source.problem("not_a_report", f"a {local(tree)} without news items")
    for number, item in enumerate(items, 1):
        yield read_news_item(source, raw, item, f"#{number}")


def parse_newsml(source: Source, raw: bytes) -> Any:
    """Return the tree of a file; entities and everything outside stay shut."""
    from lxml import etree

    if ENTITY.search(raw):
        return source.problem("xml_entities", "it defines entities of its own")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        return etree.fromstring(characters(raw), parser)
    except etree.XMLSyntaxError as error:
        return source.problem("damaged", f"no sound XML: {error}")


def read_news_item(source: Source, raw: bytes, item: Any, at: str) -> Report | Problem:
    """Return the report of one item, or why it holds none."""
    status = bare_qcode(first_element(item, "pubStatus"))
    if status.lower() not in USABLE:
        return source.problem("withdrawn", f"its agency says: {status}", at)
    kind = bare_qcode(first_element(item, "itemClass"))
    text = replace_surrogates(news_item_body(item))
    if not text:
        wrong = (
            "not_a_report" if kind in ("", "text", "composite") else "no_report_record"
        )
        return source.problem(wrong, f"an item of class {kind} without words", at)
    where = f"{source.capture.found_at or source.found_at}{at}"
    found = Report(
        id=element_words(item.get("guid", "")),
        text=text,
        title=element_words(first_element(item, "headline"))
        or element_words(first_element(item, "hl1")),
        outlet=provider(item),
        language=content_language(item),
        published=first_created(item),
        dateline=wire.strip_dateline(element_words(first_element(item, "dateline"))),
        byline=element_words(first_element(item, "by"))
        or element_words(first_element(item, "byline")),
        capture=source.captured(raw, found_at=where),
    )
    return outlets.name_outlet(found)


def news_item_body(item: Any) -> str:
    """Return the words of an item: its text as XML before its text as data."""
    for inline in all_elements(item, "inlineXML") or all_elements(item, "body.content"):
        scope = first_element(inline, "body.content")
        scope = first_element(inline, "body") if scope is None else scope
        scope = inline if scope is None else scope
        blocks = [
            e for e in scope.iter() if local(e) in BLOCKS and not is_nested_block(e)
        ]
        found = list(filter(None, map(element_words, blocks)))
        told = "".join(element_words(scope).split())
        if told and told == "".join("".join(found).split()):
            return "\n\n".join(found)
        if told and (every_word := inlined(scope)):
            return every_word
    for inline in all_elements(item, "inlineData"):
        told = "".join(inline.itertext()).strip()
        if told and (inline.get("contenttype") or "text/plain").startswith("text/"):
            return linear.linear_text(told) if told.startswith("<") else told
    return ""


def inlined(scope: Any) -> str:
    """Return all words of an element in their order: some stand in no block."""
    from lxml.etree import iterwalk

    parts: list[str] = []
    for event, each in iterwalk(scope, events=("start", "end", "comment", "pi")):
        if event in ("start", "end") and local(each) in (*BLOCKS, *LAYOUT):
            parts.append("\n\n")
        if event == "start":
            parts.append(each.text or "")
        elif each is not scope:
            parts.append(each.tail or "")
    return linear.tidy_paragraphs("".join(parts))


def is_nested_block(element: Any) -> bool:
    """Whether a block lies in another one, whose words hold its own."""
    return any(local(e) in BLOCKS for e in element.iterancestors())


def provider(item: Any) -> str:
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


def content_language(item: Any) -> str:
    """Return the language of an item's content, as two letters."""
    told = first_element(item, "language")
    found = told.get("tag", "") if told is not None else ""
    named = item.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    return str(found or named).partition("-")[0].lower()


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


def local(element: Any) -> str:
    """Return an element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
