"""Every reader of ours passes the suite that yours would; and random bytes."""

import gzip
import io
import json
import os
import tarfile
import zipfile
import zlib
from time import process_time
from typing import Any, NamedTuple

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.ingest.reading import formats
from dateline.ingest.reading.formats import FORMATS, Format, load_format, sniff_reader
from dateline.ingest.reading.inputs import read_source
from dateline.ingest.reading.worker import Child
from dateline.model import Problem, Report, Source
from dateline.resources.plugins import MissingPart, installed
from dateline.testing.readers import ReaderContract
from tests.faults import builders as make

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "8"))
STORY = make.story(1)
WORDS = "Kenya freed three Ugandan pilots"
ROW = {"id": "a", "title": "Pilots freed", "text": STORY, "published": "2024-03-05"}
NINJS = {
    "uri": "urn:coast:1",
    "versioncreated": "2024-03-05T10:00:00Z",
    "headline": "Pilots freed",
    "language": "en-GB",
    "body_html": f"<p>{STORY}</p>",
    "infosource": [{"name": "Coast Wire"}],
}
NINJS_2: dict[str, Any] = {  # no capitals in its names; the text rendered twice
    "uri": "urn:coast:1",
    "type": "text",
    "versioncreated": "2024-03-05T10:00:00Z",
    "pubstatus": "usable",
    "copyrightholder": "Coast Wire",
    "language": "en",
    "by": "Ann Roe",
    "organisations": [{"name": "Lake Steamers", "rel": "mentions"}],
    "headlines": [{"role": "short", "value": "Freed"}, {"role": "main", "value": "Pilots freed"}],
    "bodies": [
        {"role": "richtext", "contenttype": "application/xhtml+xml", "value": f"<p>{STORY}</p>"},
        {"role": "main", "contenttype": "text/plain", "value": STORY},
    ],
}
NINJS_3: dict[str, Any] = {
    "standard": {"name": "ninjs", "version": "3.0"},
    "uri": "urn:coast:1",
    "firstCreated": "2024-03-05T10:00:00Z",
    "headlines": [{"role": "main", "value": "Pilots freed"}],
    "bodies": [{"role": "main", "contentType": "text/html", "value": f"<p>{STORY}</p>"}],
    "infoSources": [{"name": "Coast Wire"}],
    "language": "en",
}
NEWSML = f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:coast:1" version="1"
 standard="NewsML-G2" standardversion="2.35" conformance="power" xml:lang="en">
<catalogRef href="file:///etc/passwd"/>
<itemMeta><itemClass qcode="ninat:text"/><provider literal="Coast Wire"/>
<versionCreated>2024-03-05T10:00:00Z</versionCreated><pubStatus qcode="stat:usable"/>
</itemMeta><contentMeta><contentCreated>2024-03-05T09:00:00Z</contentCreated>
<dateline>LAMU, Kenya (Coast Wire)</dateline><headline>Pilots freed</headline>
<by>Ann Roe</by></contentMeta><contentSet>
<inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{STORY}</p></body></html>
</inlineXML></contentSet></newsItem>""".encode()


def table(delimiter: str = ",") -> bytes:
    cells = (f'"{value}"' for value in ROW.values())
    return f"{delimiter.join(ROW)}\r\n{delimiter.join(cells)}\r\n".encode()


def parquet(*rows: dict[str, str]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = io.BytesIO()
    plain: dict[str, Any] = {"compression": "none", "use_dictionary": False}
    pq.write_table(pa.Table.from_pylist(rows or [ROW]), made, **plain)
    return made.getvalue()


def zipped(name: str = "news/a.txt", raw: bytes = STORY.encode()) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, raw)
    return made.getvalue()


def tarred(name: str = "news/a.txt", raw: bytes = STORY.encode()) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(raw)
        archive.addfile(info, io.BytesIO(raw))
    return made.getvalue()


def pdf() -> bytes:
    """Return a page with a text layer, written by hand."""
    words = f"BT /F1 12 Tf 72 720 Td ({STORY[:90]}) Tj ET".encode()
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    raw, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(raw))
        raw += b"%d 0 obj%s\nendobj\n" % (number, body)
    start = len(raw)
    raw += b"xref\n0 6\n0000000000 65535 f \n"
    raw += b"".join(b"%010d 00000 n \n" % place for place in places)
    return raw + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start


KINDS = {
    "txt": ("a.txt", STORY.encode()),
    "jsonl": ("a.jsonl", json.dumps(ROW).encode()),
    "json": ("a.json", json.dumps([ROW], indent=1).encode()),
    "csv": ("a.csv", table()),
    "parquet": ("a.parquet", parquet()),
    "html": ("a.html", make.page(1)),
    "feed": ("a.rss", make.feed(make.item(1))),
    "newsml": ("a.xml", NEWSML),
    "pdf": ("a.pdf", pdf()),
    "warc": ("a.warc.gz", make.warc([make.record(1)])[0]),
    "zip": ("a.zip", zipped()),
    "tar": ("a.tar", tarred()),
    "gz": ("a.txt.gz", gzip.compress(STORY.encode())),
    "zst": ("a.txt.zst", zstandard.ZstdCompressor().compress(STORY.encode())),
}


def suite(kind: str) -> type[ReaderContract]:
    """Return the contract for one of our readers."""
    name, good = KINDS[kind]
    own = {"reader": kind, "name": name, "good": good, "words": WORDS}
    return type(f"Test_{kind}", (ReaderContract,), own)


def test_every_format_has_a_sound_file_here() -> None:
    assert set(KINDS) == {each.kind for each in FORMATS}


class Point(NamedTuple):
    """What stands for an entry point of a package."""

    name: str
    leads_to: Any
    value: str = "ours.ldj:FORMAT"

    def load(self) -> Any:
        if isinstance(self.leads_to, Exception):
            raise self.leads_to
        return self.leads_to


def bring_formats(patch: pytest.MonkeyPatch, *theirs: Format) -> None:
    """Install formats as those of packages are, until the patch is undone."""

    points = {each.kind: Point(each.kind, each) for each in theirs}

    def brought(kind: str) -> Any:
        return points if kind == "formats" else installed(kind)

    patch.setattr("dateline.resources.plugins.installed", brought)
    for table in ("known_formats", "kinds_by_ending", "kinds_by_root"):
        plain = getattr(formats, table).__wrapped__  # asked anew each time
        patch.setattr(formats, table, plain)


def test_a_format_of_a_package_is_reached_by_its_ending_and_first_bytes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    theirs = Format(
        "ldj", "dateline.ingest.reading.readers.text:read_text", (".ldj",), magic=(b"%LDJ",)
    )
    with monkeypatch.context() as patch:
        bring_formats(patch, theirs)
        assert only("a.ldj", STORY.encode()).text == STORY
        assert only("a", b"%LDJ " + STORY.encode()).text.startswith("%LDJ")
    with pytest.raises(MissingPart, match="no format called 'ldj': there are csv"):
        items_of_kind("ldj")


def test_a_format_of_a_package_may_be_packed_as_one_of_ours_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A document that is a ZIP by its bytes is told from one by its ending."""
    theirs = Format("doc", "docs:read", (".doc", ".doc.gz"), magic=(b"PK", b"\x1f\x8b"))
    packed = gzip.compress(zipped())
    with monkeypatch.context() as patch:
        bring_formats(patch, theirs)
        assert sniff_reader(Source("a.doc", raw=zipped())) == "doc"
        assert sniff_reader(Source("a.DOC.GZ", raw=packed)) == "doc"
        for name in ("a.zip", "a", "a.txt"):
            assert sniff_reader(Source(name, raw=zipped())) == "zip"
        for name in ("a.gz", "a", "a.html.gz"):
            assert sniff_reader(Source(name, raw=packed)) == "gz"
        assert sniff_reader(Source("a.doc", raw=pdf())) == "pdf"


@pytest.mark.parametrize("leads_to", [ModuleNotFoundError("No module named 'ours'"), sniff_reader])
def test_an_entry_point_that_leads_to_no_format_is_named(leads_to: Any) -> None:
    told = r"format 'ldj' of a package \(ours.ldj:FORMAT\).*uninstall"
    with pytest.raises(MissingPart, match=told):
        load_format(Point("ldj", leads_to))


def items_of_kind(kind: str) -> list[Report | Problem]:
    source = Source("a", raw=STORY.encode(), kind=kind)
    return list(read_source(source, Child(here=True)))


globals().update({f"Test_{kind}": suite(kind) for kind in KINDS})


def items(name: str, raw: bytes) -> list[Report | Problem]:
    return list(read_source(Source(name, raw=raw), Child(here=True)))


def only(name: str, raw: bytes) -> Report:
    (found,) = read_source(Source(name, raw=raw), Child(here=True))
    assert isinstance(found, Report), found
    return found


def test_an_agencys_item_is_read_with_what_it_tells() -> None:
    mentions = {"organisation": [{"name": "Lake Steamers", "rel": "mentions"}]}
    holder = {"infosource": None, "copyrightholder": "Coast Wire"}
    for item in (NINJS, NINJS | mentions | holder, NINJS_2, NINJS_3):
        found = only("a.json", json.dumps(item).encode())
        assert found.text == STORY
        assert (found.id, found.title, found.language) == ("urn:coast:1", "Pilots freed", "en")
        assert (found.outlet, str(found.day)) == ("Coast Wire", "2024-03-05")
    found = only("a.xml", NEWSML)
    assert (found.id, found.title, found.byline) == ("urn:coast:1", "Pilots freed", "Ann Roe")
    assert found.outlet == "Coast Wire"
    assert found.dateline == "LAMU, Kenya"
    assert found.published and found.published.isoformat() == "2024-03-05T09:00:00+00:00"


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_a_picture_among_an_agencys_items_is_passed_over(name: str) -> None:
    picture = {"uri": "urn:coast:2", "type": "picture", "headline": "Pilots"}
    rows = [NINJS_3, picture]
    lines = "\n".join(map(json.dumps, rows))
    raw = json.dumps(rows) if name == "a.json" else lines
    first, other = items(name, raw.encode())
    assert isinstance(first, Report)
    assert isinstance(other, Problem)
    assert other.outcome == "passed over"


def test_the_metadata_are_those_that_the_iptc_library_reads() -> None:
    newsmlg2 = pytest.importorskip("NewsMLG2")
    raw = NEWSML.replace(b'<catalogRef href="file:///etc/passwd"/>', b"")
    item = newsmlg2.NewsMLG2Document(raw).get_item()
    found = only("a.xml", raw)
    assert item.guid == found.id
    assert str(item.contentmeta.contentcreated) == "2024-03-05T09:00:00Z"


def test_a_withdrawn_item_is_no_report() -> None:
    raw = NEWSML.replace(b"stat:usable", b"stat:canceled")
    (found,) = read_source(Source("a.xml", raw=raw), Child(here=True))
    assert isinstance(found, Problem)
    assert found.code == "withdrawn"


STAMP = '<meta property="article:published_time" content="2024-03-05T23:30:00-05:00">'
LINKED = (
    '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle",'
    '"datePublished":"2024-03-06","publisher":{"name":"X"}}]}</script>'
)
ADDRESS = '<link rel="canonical" href="https://coast.example/2024/03/07/pilots">'


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (STAMP, "2024-03-05"),
        (LINKED, "2024-03-06"),
        (ADDRESS, "2024-03-07"),
        ("<meta name='date' content='soon'>", "None"),
    ],
)
def test_a_page_is_of_the_day_it_tells(head: str, day: str) -> None:
    assert str(only("a.html", make.page(1, head=head)).day) == day


def test_columns_go_by_a_map_or_by_usual_names() -> None:
    raw = b"guid;body;date\r\n1;" + STORY.encode() + b";2024-03-05\r\n"
    found = only("a.csv", raw)
    assert (found.id, found.text, str(found.day)) == ("1", STORY, "2024-03-05")
    source = Source("a.csv", raw=b"x,y\r\n" + b"1," + STORY.encode() + b"\r\n")
    (lacking,) = read_source(source, Child(here=True))
    assert isinstance(lacking, Problem)
    assert lacking.code == "no_column"


def test_a_columns_capitals_blanks_and_signs_do_not_count() -> None:
    raw = f"ID;Full Text;Publication Date;Outlet\r\n1;{STORY};2024-03-05;A\r\n"
    found = only("a.csv", raw.encode())
    assert (found.id, found.text, str(found.day)) == ("1", STORY, "2024-03-05")
    assert found.outlet == "A"


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("20240305", "2024-03-05"),
        ("2024/3/5", "2024-03-05"),
        ("2024-03-05 09:00:00 UTC", "2024-03-05 09:00:00+00:00"),
        ("Tue, 05 Mar 2024 22:00:00 -0500", "2024-03-05 22:00:00-05:00"),
    ],
)
def test_a_row_is_of_the_day_it_tells(told: str, day: str) -> None:
    raw = json.dumps({"text": STORY, "published": told}).encode()
    assert str(only("a.jsonl", raw).published) == day


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"title": {"rendered": "T"}}, "its 'title' is an object"),
        ({"outlet": ["A", "B"]}, "its 'outlet' is a list"),
        ({"text": None}, "its 'text' is missing"),
        ({"text": 5}, "its 'text' is the value 5"),
        ({"published": "0001-01-01T00:00:00Z"}, "is no day of news"),
        ({"published": "5/3/2024"}, "may be two days"),
    ],
)
def test_a_value_that_is_no_text_or_day_is_told(row: object, why: str) -> None:
    raw = json.dumps({"text": STORY, **row}).encode()  # type: ignore[dict-item]
    (found,) = read_source(Source("a.jsonl", raw=raw), Child(here=True))
    assert isinstance(found, Problem)
    assert (found.code, why in found.message) == ("bad_line", True)


@pytest.mark.parametrize("source", ["Coast Wire", {"id": None, "name": "Coast Wire"}])
def test_an_outlet_may_be_an_object_with_a_name(source: object) -> None:
    row = json.dumps({"content": STORY, "source": source}).encode()
    assert only("a.jsonl", row).outlet == "Coast Wire"


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_objects_over_many_lines_one_after_the_other_are_reports(name: str) -> None:
    rows = [{"id": "a", "text": STORY}, {"id": "b", "text": STORY}]
    raw = "\n".join(json.dumps(row, indent=1) for row in rows).encode()
    assert [getattr(x, "id", x) for x in items(name, raw)] == ["a", "b"]
    cut = items(name, raw[:-40])
    assert [x.code if isinstance(x, Problem) else x.id for x in cut] == ["a", "truncated"]


def test_json_lines_of_a_legacy_charset_are_read_and_the_guess_is_kept() -> None:
    row = json.dumps({"text": f"José Pérez wrote: {STORY}"}, ensure_ascii=False)
    found = only("a.jsonl", row.encode("latin-1"))
    assert found.text.startswith("José Pérez")
    assert found.capture is not None
    assert "cp1252" in found.capture.charset


def test_the_line_with_which_excel_names_its_delimiter_is_no_header() -> None:
    raw = f'sep=;\r\ntext;published\r\n"{STORY}";08.01.2019\r\n'.encode("utf-8-sig")
    assert str(only("a.csv", raw).published) == "2019-01-08"


def test_what_follows_compressed_bytes_is_told_as_what_it_is() -> None:
    (found,) = items("a.txt.gz", gzip.compress(STORY.encode()) + b"more")
    assert isinstance(found, Problem)
    assert found.message.startswith("other bytes follow")


def test_a_number_that_a_table_made_a_fraction_is_the_id_it_was() -> None:
    raw = json.dumps({"text": STORY, "id": 7.0, "title": float("nan")}).encode()
    found = only("a.jsonl", raw)
    assert (found.id, found.title) == ("7", "")


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("Tue, 05 Mar 2024 22:00:00 -0500", "2024-03-05T22:00:00-05:00"),
        ("Tue, 05 Mar 2024 03:30:00 KST", "2024-03-05T03:30:00"),
    ],
)
def test_an_entry_is_of_the_day_in_its_own_zone(told: str, moment: str) -> None:
    found = only("a.rss", make.feed(make.item(1, f"<pubDate>{told}</pubDate>")))
    assert found.published is not None
    assert found.published.isoformat() == moment


def test_an_entrys_address_may_be_told_from_the_feeds_own() -> None:
    raw = make.feed(make.item(1, "<link>/news/1</link>"))
    raw = raw.replace(b"<channel>", b"<channel><link>https://a.example/</link>")
    assert only("a.rss", raw).url == "https://a.example/news/1"


def test_a_headline_of_json_ld_has_its_characters() -> None:
    told = {"@type": "NewsArticle", "headline": "Kenya&#8217;s pilots &amp; crew"}
    head = f"<script type='application/ld+json'>{json.dumps(told)}</script>"
    assert only("a.html", make.page(1, head=head)).title == "Kenya’s pilots & crew"


def test_content_tells_the_format_before_the_name() -> None:
    assert only("a.txt", make.page(1)).title == "Pilots are freed"
    assert only("a.html", pdf()).text.startswith("Kenya freed")
    assert only("a.bin", gzip.compress(json.dumps(ROW).encode())).text
    assert only("a.xml", make.feed(make.item(1))).title == "Pilots freed"


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.csv"])
def test_utf16_is_read_with_and_without_its_mark(name: str, charset: str) -> None:
    text = "Kenya freed three Ugandan pilots on Monday."
    row = json.dumps({"text": text})
    told = {"txt": text, "csv": f"text\n{text}\n", "json": f"[{row}]"}
    words = told.get(name.partition(".")[2], f"{row}\n")
    assert only(name, words.encode(charset)).text == text


def test_an_outlet_is_named_by_its_address() -> None:
    link = "<link>https://www.reuters.com/world/1</link>"
    assert only("a.rss", make.feed(make.item(1, link))).outlet == "Reuters"


def test_a_string_that_is_no_utf8_costs_its_row_alone() -> None:
    other = {**ROW, "id": "b", "title": "Envoys leave"}
    raw = parquet(ROW, other, {**ROW, "id": "c"}).replace(b"Envoys", b"\x80nvoys")
    found = list(read_source(Source("a.parquet", raw=raw), Child(here=True)))
    assert [getattr(item, "code", "") for item in found] == ["", "bad_line", ""]
    assert [item.id for item in found if isinstance(item, Report)] == ["a", "c"]


def test_a_cut_reference_in_a_pdf_is_damage() -> None:
    raw = pdf()
    (found,) = read_source(Source("a.pdf", raw=raw[:533] + raw[543:]), Child(here=True))
    assert isinstance(found, Problem)
    assert found.code == "damaged", found.message


@pytest.mark.parametrize("kind", KINDS)
def test_any_format_is_read_within_an_archive(kind: str) -> None:
    """What lies in a ZIP, a tar or a packed tar is read as what lies in a folder."""

    def found(name: str, raw: bytes) -> list[tuple[str, str]]:
        items = list(read_source(Source(name, raw=raw), Child(here=True)))
        assert all(isinstance(item, Report) for item in items), items
        return [(item.title, item.text) for item in items if isinstance(item, Report)]

    alone = found(*KINDS[kind])
    assert alone
    assert found("b.zip", zipped(*KINDS[kind])) == alone
    assert found("b.tar", tarred(*KINDS[kind])) == alone
    assert found("b.tar.gz", gzip.compress(tarred(*KINDS[kind]))) == alone


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_bytes_break_a_reader(kind: str, data: st.DataObject) -> None:
    name, good = KINDS[kind]
    at = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(at, min(len(good), at + 40)))
    raw = good[:at] + data.draw(st.binary(max_size=60)) + good[end:]
    began = process_time()
    for item in read_source(Source(name, raw=raw, kind=kind), Child(here=True)):
        assert isinstance(item, Report | Problem)
        assert not isinstance(item, Problem) or item.code != "internal", item.message
    assert process_time() - began < 5


def answer(body: bytes, *told: str) -> bytes:
    """A WARC record of an answer with these headers."""
    return make.record(1, body, more="".join(f"{line}\r\n" for line in told))


PAGE = make.page(1)
CHUNKED, GZIPPED = "Transfer-Encoding: chunked", "Content-Encoding: gzip"
IN_CHUNKS = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (64, PAGE[:64], len(PAGE) - 64, PAGE[64:])


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (IN_CHUNKS, [CHUNKED]),
        (gzip.compress(PAGE), [GZIPPED]),
        (zlib.compress(PAGE), ["Content-Encoding: deflate"]),
        (zlib.compress(PAGE)[2:-4], ["Content-Encoding: deflate"]),
        (zstandard.compress(PAGE), ["Content-Encoding: zstd"]),
        (PAGE, [GZIPPED]),
        (PAGE, [CHUNKED]),
        (IN_CHUNKS, [CHUNKED, GZIPPED]),
        (gzip.compress(PAGE), [CHUNKED, GZIPPED]),
    ],
)
def test_a_page_is_unpacked_as_it_is_packed_whatever_its_headers(
    body: bytes, told: list[str]
) -> None:
    assert only("a.warc", answer(body, *told)).text.endswith("left the town.")


@pytest.mark.parametrize(
    ("body", "told"), [(gzip.compress(PAGE)[:-9], [GZIPPED]), (IN_CHUNKS[:-7], [CHUNKED])]
)
def test_a_page_that_was_cut_in_transit_is_told(body: bytes, told: list[str]) -> None:
    page, cut = items("a.warc", answer(body, *told))
    assert isinstance(page, Report)
    assert isinstance(cut, Problem)
    assert cut.code == "truncated"


def test_a_page_that_its_archive_cut_is_told() -> None:
    raw = make.record(1, PAGE).replace(b"\r\n", b"\r\nWARC-Truncated: length\r\n", 1)
    page, cut = items("a.warc", raw)
    assert isinstance(page, Report)
    assert isinstance(cut, Problem)
    assert "(length)" in cut.message
