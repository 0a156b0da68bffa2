"""The formats that are read: one table, and which of them a source is.

A format of ours is a line of `FORMATS`. One of a package is the same value, which an
entry point of its own in the group `dateline.formats` leads to. What a source's first
bytes say of its format counts before its name.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint
from pkgutil import resolve_name

from dateline.model import Problem, Report, Source
from dateline.resources import plugins

Reader = Callable[[Source], Iterator[Report | Problem | Source]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the function that reads it, how its files are known.

    `reads` is `module:function`, loaded when the first file is read. `endings` are of
    names, in small letters; `magic` is what the files begin with; `roots` are the root
    elements of XML. `confined`: it is parsed in a child that can be killed and may
    neither write nor reach the network. `takes` and `bounds` are for the page that
    lists what is read.
    """

    kind: str
    reads: str
    endings: tuple[str, ...] = ()
    takes: str = ""
    bounds: str = ""
    magic: tuple[bytes, ...] = ()
    roots: tuple[str, ...] = ()
    confined: bool = True

    def load(self) -> Reader:
        """Return the function that reads it."""
        reader: Reader = resolve_name(self.reads)
        return reader


GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
ROWS = "12 MB a line"
PACKED = "every member; names that lead out are refused"
GROWS = "200 times its size beyond 32 MB; 3 archives deep"
FORMATS = (
    Format(
        "txt",
        "dateline.ingest.reading.readers.text:read_text",
        (".txt", ".text"),
        "the whole file, one report",
        "1,000,000 characters",
        confined=False,
    ),
    Format(
        "html",
        "dateline.ingest.reading.readers.html:read_html",
        (".html", ".htm", ".xhtml"),
        "the article (trafilatura); title, author, moment, outlet, address, language"
        " from JSON-LD and meta elements; beyond 200 nested elements the words in their"
        " order; of a page in a language that nothing here codes its paragraphs",
        "20 MB",
        roots=("html",),
    ),
    Format(
        "feed",
        "dateline.ingest.reading.readers.xml:read_feed",
        (".rss", ".atom"),
        "RSS and Atom: each entry with its fullest text, else its summary, else its title",
        "20 MB",
        roots=("rss", "feed", "rdf", "channel"),
    ),
    Format(
        "jsonl",
        "dateline.ingest.reading.readers.jsonl:read_jsonl",
        (".jsonl", ".ndjson"),
        "a report a line, or an item of ninjs 1.x–3.x",
        ROWS,
        confined=False,
    ),
    Format(
        "json",
        "dateline.ingest.reading.readers.jsonl:read_json",
        (".json",),
        "a report an object, or an item of ninjs 1.x–3.x; withdrawn ones are told",
        ROWS,
        confined=False,
    ),
    Format(
        "csv",
        "dateline.ingest.reading.readers.table:read_csv",
        (".csv", ".tsv"),
        "a report a row",
        ROWS,
        confined=False,
    ),
    Format(
        "parquet",
        "dateline.ingest.reading.readers.table:read_parquet",
        (".parquet",),
        "a report a row (`[parquet]`)",
        ROWS,
        magic=(b"PAR1",),
    ),
    Format(
        "newsml",
        "dateline.ingest.reading.readers.xml:read_newsml",
        (),
        "NewsML-G2 and NITF: each usable item; withdrawn ones are told",
        "20 MB",
        roots=("newsitem", "newsmessage", "packageitem"),
    ),
    Format(
        "pdf",
        "dateline.ingest.reading.readers.text:read_pdf",
        (".pdf",),
        "its words, of a text layer (`[pdf]`); the file's dates count for nothing;"
        " pages without a text layer, damaged ones and those after the 300th are told",
        "64 MB, 300 pages",
        magic=(b"%PDF-",),
    ),
    Format(
        "zip",
        "dateline.ingest.reading.readers.archive:read_zip",
        (".zip",),
        f"{PACKED}, members that its directory does not list are told",
        GROWS,
        magic=(b"PK\x03\x04", b"PK\x05\x06"),
        confined=False,
    ),
    Format(
        "tar",
        "dateline.ingest.reading.readers.archive:read_tar",
        (".tar",),
        PACKED,
        GROWS,
        confined=False,
    ),
    Format(
        "gz",
        "dateline.ingest.reading.readers.archive:read_packed",
        (".gz", ".tgz"),
        "the file in it, of any of these formats",
        GROWS,
        magic=(GZIP,),
        confined=False,
    ),
    Format(
        "zst",
        "dateline.ingest.reading.readers.archive:read_packed",
        (".zst",),
        "the file in it, of any of these formats",
        GROWS,
        magic=(ZSTD,),
        confined=False,
    ),
    Format(
        "warc",
        "dateline.ingest.reading.readers.warc:read_warc",
        (".warc", ".warc.gz", ".warc.zst"),
        "plain, gzip or zstd (with dictionaries): each response with status 200 that"
        " holds a page, a feed, text, JSON or PDF",
        "32 MB a record",
        magic=(b"WARC/", GZIP, ZSTD),
        confined=False,
    ),
)
XML = ".xml"  # is of many formats: the root element tells which
BLANK = b"\xef\xbb\xbf \t\r\n"
HTML = re.compile(rb"(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S)
SHORT = re.compile(rb"<(?:p|div|article|section|h1|meta|table|span)\b[^<>]*>", re.I)
ROOT = re.compile(
    rb"(?:<\?xml[^>]{0,200}>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^\[>]{0,300}"
    rb"(?:\[.{0,3000}?\])?\s*>\s*|<\?[^>]{0,300}>\s*)*<([A-Za-z][\w:.-]{0,60})",
    re.I | re.S,
)
SPREAD = re.compile(rb"\{[ \t]*\r?\n\s*\"|\[\s*\{")


@cache
def known_formats() -> dict[str, Format]:
    """Return every format by its kind: ours, and those of installed packages."""
    brought = map(load_format, plugins.installed("formats").values())
    return {each.kind: each for each in (*FORMATS, *brought)}


def load_format(point: EntryPoint) -> Format:
    """Return the format of a package. Raises MissingPart where there is none."""
    named = f"format {point.name!r} of a package ({point.value})"
    advice = "mend the package or uninstall it"
    try:
        found = point.load()
    except (ImportError, AttributeError) as error:
        why = f"{named} cannot be loaded: {error}; {advice}"
        raise plugins.MissingPart(why) from error
    if not isinstance(found, Format):
        raise plugins.MissingPart(f"{named} is no Format; {advice}")
    return found


@cache
def kinds_by_ending() -> dict[str, str]:
    """Return the kind of each ending, "" for XML, whose root element tells it."""
    every = known_formats().values()
    return {XML: ""} | {end: each.kind for each in every for end in each.endings}


@cache
def kinds_by_root() -> dict[str, str]:
    """Return the kind of each root element of XML, in small letters."""
    every = known_formats().values()
    return {root: each.kind for each in every for root in each.roots}


def find_format(kind: str) -> Format:
    """Return the format of this kind. Raises MissingPart where there is none.

    >>> find_format("txt").endings
    ('.txt', '.text')
    """
    if kind not in known_formats():
        kinds = ", ".join(sorted(known_formats()))
        raise plugins.MissingPart(f"no format called {kind!r}: there are {kinds}")
    return known_formats()[kind]


def sniff_reader(source: Source) -> str:
    """Return the name of the reader for a source, "" where none reads it."""
    if source.kind:
        return source.kind
    named = kinds_by_ending().get(source.ending, "")
    found = reader_by_bytes(source.head(), named)
    if named == "jsonl" and not found:
        return "json" if spans_lines(source.head()) else "jsonl"
    return found or named


def spans_lines(head: bytes) -> bool:
    """Whether JSON of this head is no value a line: a list, or an object over lines.

    >>> spans_lines(b'{\\n  "id": "a"')
    True
    >>> spans_lines(b'[{"id": "a"}')
    True
    >>> spans_lines(b'{"id": "a"}')
    False
    """
    return bool(SPREAD.match(strip_marks(head)))


def reader_by_bytes(head: bytes, named: str = "") -> str:
    """Return the reader that the first bytes call for, "" where they tell nothing.

    Of formats that begin alike it is the one that the file is named for (`named`), else
    the first of the table: a ZIP may be a document of a package's format.

    >>> reader_by_bytes(b"<?xml version='1.0'?><rss>")
    'feed'
    >>> reader_by_bytes(b"SEOUL (AP) - Kim left.")
    ''
    """
    every = known_formats().values()
    alike = [each.kind for each in every if head.startswith(each.magic)]
    if alike:
        return named if named in alike else alike[0]
    if head[257:262] == b"ustar":
        return "tar"
    words = strip_marks(head)
    return marked_up(words) if words[:1] == b"<" else ""


def strip_marks(head: bytes) -> bytes:
    """Return a file's head without marks and blanks, in whatever Unicode it is."""
    return head.replace(b"\x00", b"").lstrip(b"\xff\xfe" + BLANK)


def marked_up(head: bytes) -> str:
    """Return the reader for text that begins with a tag."""
    if HTML.match(head):
        return "html"
    root = ROOT.match(head)
    name = root[1].decode().rpartition(":")[2].lower() if root else ""
    if found := kinds_by_root().get(name):
        return found
    return "html" if SHORT.match(head) else ""
