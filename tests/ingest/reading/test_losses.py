"""Nothing that is read is lost without a word: each was lost once, or its sibling."""

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from time import process_time
from typing import Any

import pytest
import zstandard

from dateline.ingest.reading.inputs import read_source
from dateline.ingest.reading.readers import text, xml
from dateline.ingest.reading.readers.warc import Inflating
from dateline.ingest.reading.worker import Child
from dateline.model import Problem, Report, Source
from tests.faults import builders as make
from tests.ingest.reading.test_readers import NEWSML, STORY, answer, tarred, zipped
from tests.ingest.reading.test_readers import parquet as a_parquet

PAGE = make.page(1)
PACKED = [gzip.compress(make.record(n)) for n in range(6)]
Item = Report | Problem


def items(name: str, raw: bytes, **more: Any) -> list[Item]:
    return list(read_source(Source(name, raw=raw, **more), Child(here=True)))


def told(found: list[Item]) -> list[str]:
    """A report's last words but one, or a problem's code, of each item."""
    return [x.code if isinstance(x, Problem) else x.text.split()[1] for x in found]


def messages(found: list[Item]) -> list[str]:
    return [x.message for x in found if isinstance(x, Problem)]


def texts(found: list[Item]) -> list[str]:
    return [x.text for x in found if isinstance(x, Report)]


# --- WARC -------------------------------------------------------------------------


def test_a_body_in_two_gzip_members_is_read_whole() -> None:
    half = len(PAGE) // 2
    body = gzip.compress(PAGE[:half]) + gzip.compress(PAGE[half:])
    (page,) = items("a.warc", answer(body, "Content-Encoding: gzip"))
    assert isinstance(page, Report) and page.text.endswith("left the town.")
    fed = Inflating(1 << 20)  # as `watch` is given it, piece by piece
    pieces = [body[at : at + 7] for at in range(0, len(body), 7)]
    assert b"".join(map(fed.feed, pieces)) == PAGE and fed.is_complete
    cut = items("a.warc", answer(body[:-30], "Content-Encoding: gzip"))
    assert told(cut)[-1] == "truncated"


def test_a_body_in_zstd_frames_is_read_whole_or_called_cut() -> None:
    half = len(PAGE) // 2
    body = zstandard.compress(PAGE[:half]) + zstandard.compress(PAGE[half:])
    (page,) = items("a.warc", answer(body, "Content-Encoding: zstd"))
    assert isinstance(page, Report) and page.text.endswith("left the town.")
    *_, cut = items("a.warc", answer(body[:-30], "Content-Encoding: zstd"))
    assert isinstance(cut, Problem) and cut.code in ("truncated", "bad_record")


@pytest.mark.parametrize("packing", ["", "gzip", "br"])
def test_a_page_shorter_than_its_length_is_called_cut(packing: str) -> None:
    body = gzip.compress(PAGE) if packing == "gzip" else PAGE
    headers = [f"Content-Length: {len(body) + 40}", f"Content-Encoding: {packing}"]
    page, cut = items("a.warc", answer(body, *headers[: 1 + bool(packing)]))
    assert isinstance(page, Report) and isinstance(cut, Problem)
    assert cut.code == "truncated"
    whole = answer(body, f"Content-Length: {len(body)}", *headers[1:])
    assert [type(x) for x in items("a.warc", whole)] == [Report]


def zstd_warc() -> tuple[bytes, int]:
    """A WARC in zstd with its dictionary before it, and where that ends."""
    samples = [make.record(n) for n in range(40)] * 5
    trained = zstandard.train_dictionary(2000, samples)
    packer = zstandard.ZstdCompressor(dict_data=trained)
    frame = trained.as_bytes()
    head = b"\x5d\x2a\x4d\x18" + len(frame).to_bytes(4, "little") + frame
    return head + b"".join(map(packer.compress, samples[:3])), len(head)


@pytest.mark.parametrize("within", [-1500, -1, 0, 2, 9])
def test_a_cut_around_a_dictionary_is_told(within: int) -> None:
    raw, end = zstd_warc()
    assert len(texts(items("a.warc.zst", raw))) == 3
    found = items("a.warc.zst", raw[: end + within])
    assert told(found) == ["truncated"]


@pytest.mark.parametrize("at", range(4, 60, 4))
def test_a_flipped_dictionary_ends_no_run(at: int) -> None:
    raw, _ = zstd_warc()
    hurt = bytearray(raw)
    hurt[at] ^= 0xFF
    found = items("a.warc.zst", bytes(hurt))
    assert found and "internal" not in told(found)
    whole = [x for x in texts(found) if x.endswith("left the town.")]
    assert len(whole) == 3 or any(isinstance(x, Problem) for x in found)


@pytest.mark.parametrize("raw", [b"", b"\r\n", b"\x1f\x8b", b"WA", b"\x28\xb5"])
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.warc.zst"])
def test_a_warc_of_hardly_a_byte_is_not_silence(name: str, raw: bytes) -> None:
    (found,) = items(name, raw)
    assert isinstance(found, Problem) and found.outcome == "rejected"


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("length", [33 << 20, 4 << 30, 10**14])
def test_a_false_length_costs_its_record_alone(length: int, packed: bool) -> None:
    records = [make.record(1), make.record(2, length=length), make.record(3)]
    raw = b"".join(map(gzip.compress, records) if packed else records)
    one, fault, three = items("a.warc.gz" if packed else "a.warc", raw)
    assert isinstance(one, Report) and isinstance(three, Report)
    assert isinstance(fault, Problem) and fault.code == "bad_length"


@pytest.mark.parametrize(
    "junk", [b"\x1f\x8b\x08", b"\x1f\x8b\x08\x00" + bytes(9), b"\x1f\x8b\x08" * 9, b"x"]
)
def test_bytes_between_members_cost_no_other_record(junk: bytes) -> None:
    raw = b"".join(PACKED[:3]) + junk + b"".join(PACKED[3:])
    found = items("a.warc.gz", raw)
    assert len(texts(found)) == 6 and len(found) > 6


@pytest.mark.parametrize("bit", range(8))
def test_a_flipped_flag_costs_its_record_alone(bit: int) -> None:
    hurt = bytearray(PACKED[2])
    hurt[3] ^= 1 << bit
    found = items("a.warc.gz", b"".join([*PACKED[:2], bytes(hurt), *PACKED[3:]]))
    assert len(texts(found)) + ("damaged" in told(found)) >= 6
    assert len(texts(found)) >= 5


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_first_member_that_is_damaged_costs_itself_alone(at: int) -> None:
    hurt = bytearray(b"".join(PACKED))
    hurt[at] ^= 0xFF
    found = items("a.warc.gz", bytes(hurt))
    assert len(texts(found)) == 5 and "damaged" in told(found)


LIED = make.record(1, b"x", length=1 << 20)
STORED = b"\x1f\x8b\x08\0\0\0\0\0\2\xff\0\x20\0\xdf\xff" + b"a" * 32
BAD = {
    "lengths": LIED * 1500,
    "heads": b"WARC/1.0\r\nx\r\n" * 20_000,
    "magic": b"\x1f\x8b\x08" * 80_000,
    "members": (b"\x1f\x8b\x08\0" + bytes(6) + b"\1") * 20_000,
    "stored": STORED * 5000,
}


@pytest.mark.parametrize("raw", BAD.values(), ids=BAD)
def test_seeking_the_next_record_takes_no_longer_than_reading(raw: bytes) -> None:
    began = process_time()
    good = gzip.compress(make.record(1)) if raw[:1] == b"\x1f" else make.record(1)
    found = items("a.warc.gz" if raw[:1] == b"\x1f" else "a.warc", raw + good)
    assert texts(found)
    assert process_time() - began < 4


# --- Archives ---------------------------------------------------------------------


def test_names_with_backslashes_are_read_or_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(".\\a.txt", STORY)
        archive.writestr("..\\b.txt", STORY)
        archive.writestr(".git\\c.txt", STORY)
    assert told(items("a.zip", made.getvalue())) == ["freed", "unsafe_path", "other_kind"]


def test_hidden_members_are_counted() -> None:
    for name, raw in (("a.zip", zipped(".x/a.txt")), ("a.tar", tarred(".x/a.txt"))):
        (found,) = items(name, raw)
        assert isinstance(found, Problem) and found.outcome == "passed over"
        assert found.message.endswith("hidden")


def test_a_folder_with_bytes_of_its_own_is_told() -> None:
    assert told(items("a.zip", zipped("news/", STORY.encode()))) == ["damaged"]


def test_archives_joined_to_one_file_lose_nothing_in_silence() -> None:
    found = items("a.tar", tarred("a.txt") + tarred("b.txt", STORY.encode() * 2))
    assert told(found) == ["freed", "freed"]
    found = items("a.zip", zipped("a.txt") + zipped("b.txt", STORY.encode() * 2))
    assert told(found) == ["freed", "damaged"]
    assert "does not list" in messages(found)[0]
    assert told(items("a.tar", tarred()[:1024])) == ["freed", "truncated"]


@pytest.mark.parametrize("kind", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_flipped_member_ends_no_run(kind: int) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", kind) as archive:
        for name in "abc":
            archive.writestr(f"{name}.txt", f"{STORY} {name}")
    raw = made.getvalue()
    start = raw.index(b"b.txt") + 5
    for at in range(start, raw.index(b"PK", start), 3):
        hurt = bytearray(raw)
        hurt[at] ^= 0xFF
        found = items("a.zip", bytes(hurt))
        assert told(found)[0] == told(found)[-1] == "freed", at
        assert "internal" not in told(found)


def test_any_fault_of_a_reader_is_told_and_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.ingest.reading.readers import text

    def broken(source: Source) -> Iterator[Item]:
        raise RuntimeError("no reader expects this")

    monkeypatch.setattr(text, "read_text", broken)
    first, last = (items("a.zip", zipped("a.txt")), items("b.jsonl", b'{"text": "Kim left."}'))
    assert isinstance(first[0], Problem) and first[0].outcome == "quarantined"
    assert told(last) == ["left."]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.csv", b"text,published\r\n"),
        ("a.jsonl", b"\n\n \n"),
        ("a.zip", b"PK\x05\x06" + bytes(18)),
        ("a.tar", bytes(10240)),
        ("a.txt.gz", gzip.compress(b"", mtime=0)),
    ],
)
def test_what_holds_nothing_is_told(name: str, raw: bytes) -> None:
    found = items(name, raw, kind="tar" if name == "a.tar" else "")
    assert found


# --- Pages, feeds, tables ---------------------------------------------------------


def paged(count: int, without: tuple[int, ...] = ()) -> bytes:
    """A PDF of so many pages; those named show a picture and have no words."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    made = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for number in range(1, count + 1):
        page = made.add_blank_page(300, 300)
        words = f"BT /F1 9 Tf 9 99 Td (Kenya freed pilot {number} on Monday.) Tj ET"
        stream = DecodedStreamObject()
        stream.set_data(b"" if number in without else words.encode())
        inner = {"/XObject" if number in without else "/Font": {"/F1": font}}
        page[NameObject("/Resources")] = DictionaryObject(
            {
                NameObject(k): DictionaryObject({NameObject(a): b for a, b in v.items()})
                for k, v in inner.items()
            }
        )
        page[NameObject("/Contents")] = made._add_object(stream)  # noqa: SLF001
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def test_pages_beyond_the_last_that_is_read_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MOST_PAGES", 3)
    report, problem = items("a.pdf", paged(5))
    assert isinstance(report, Report) and "pilot 3" in report.text
    assert isinstance(problem, Problem) and problem.code == "too_large"
    assert "pages 4 to 5 are not read" in problem.message
    assert told(items("a.pdf", paged(3))) == ["freed"]


def test_a_scanned_page_among_others_is_told() -> None:
    report, problem = items("a.pdf", paged(3, without=(2,)))
    assert isinstance(report, Report) and "pilot 3" in report.text
    assert messages([problem]) == ["page 2 of 3: it has no text layer: scan it"]


@pytest.mark.parametrize("number", ["&#xD800;", "&#55296;", "&#0;", "&#x110000;", "&#x1;"])
def test_a_number_that_is_no_character_costs_no_feed(number: str) -> None:
    raw = make.feed(make.item(1) + make.item(2).replace("Kenya", f"Kenya{number}"))
    found = items("a.rss", raw)
    assert len(texts(found)) == 2, found
    assert "Kenya\ufffd freed" in texts(found)[1]
    message = NEWSML.replace(b"Kenya", b"Kenya" + number.encode())
    assert len(texts(items("a.xml", message))) == 1


def test_entries_beyond_the_last_that_is_read_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MOST_ENTRIES", 2)
    found = items("a.rss", make.feed("".join(map(make.item, range(4)))))
    assert told(found)[-1] == "too_large" and len(texts(found)) == 2
    assert "4 entries" in messages(found)[0]


def test_an_entry_that_is_all_headline_is_kept_whole() -> None:
    words = "Kenya freed two pilots. " * 200
    (text,) = texts(items("a.rss", make.feed(f"<item><title>{words}</title></item>")))
    assert text == words.strip()


def test_an_element_that_never_ends_hides_no_words() -> None:
    body = f"&lt;aside&gt;&lt;p&gt;{STORY}&lt;p&gt;Then all left."
    raw = make.feed(f"<item><description>{body}</description></item>")
    assert texts(items("a.rss", raw))[0].endswith("Then all left.")


def test_an_agency_s_words_outside_paragraphs_are_kept() -> None:
    raw = NEWSML.replace(b"<p>", b"<p>The lead.</p><!-- x --><div>", 1)
    raw = raw.replace(b"</p></body>", b"</div><table><tr><td>12 dead</td></tr></table>Ends.</body>")
    (text,) = texts(items("a.xml", raw))
    assert text.startswith("The lead.\n\nKenya freed")
    assert text.endswith("12 dead\n\nEnds.") and STORY in text


def test_a_pdf_that_lacks_a_page_of_its_count_is_told() -> None:
    raw = paged(3)
    kids = raw.index(b"/Kids")
    end = raw.index(b"]", kids)
    first = raw.index(b" 0 R", kids) + 4
    found = items("a.pdf", raw[:first] + b" " * (end - first) + raw[end:])
    assert told(found) == ["freed", "truncated"]
    assert messages(found) == ["3 pages by its own count, 1 that can be found"]


def test_a_page_whose_words_cannot_be_found_is_told() -> None:
    raw = paged(3)
    at = raw.index(b"/Contents", raw.index(b"/Contents") + 1)
    end = raw.index(b" 0 R", at)
    hurt = raw[:at] + b"/Contents 99" + b" " * (end - at - 12) + raw[end:]
    report, problem = items("a.pdf", hurt)
    assert isinstance(report, Report) and isinstance(problem, Problem)
    assert "pilot 3" in report.text and "pilot 2" not in report.text
    assert problem.message == "page 2 of 3: what stands on it cannot be found"
    assert told(items("a.pdf", raw[:at] + b"/Removed " + raw[at + 9 :])) == ["freed"]


def test_a_row_with_too_few_cells_is_kept_and_told() -> None:
    found = items("a.csv", b"text,published,id\r\nAnn left Lamu.,2024-03-05\r\n")
    assert told(found) == ["left", "bad_line"]
    assert "2 cells under 3 columns" in messages(found)[0]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_an_object_that_tells_two_things_under_one_name_is_told(name: str) -> None:
    raw = b'{"text": "Ann left Lamu.", "text": "Bo met Di."}\n{"text": "Ed left."}\n'
    assert told(items(name, raw)) == ["bad_line", "left."]
    assert told(items(name, raw.replace(b"Bo met Di.", b"Ann left Lamu."))) == ["left", "left."]


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet", "json"])
def test_a_text_of_lost_characters_is_set_aside_in_any_format(kind: str) -> None:
    (found,) = items(f"a.{kind}", FORMATS[kind]([("Ann \ufffd\ufffd\ufffd left.", "")]))
    assert isinstance(found, Problem)
    assert (found.code, found.outcome) == ("garbled", "quarantined")
    assert "Ann" in found.raw.decode()


ROWS = [("Ann met Bo in Lamu.", "04/02/2019"), ("Bo left Lamu.", "13/01/2019")]


def as_csv(rows: list[tuple[str, str]]) -> bytes:
    return "".join(f"{a},{b}\r\n" for a, b in [("text", "published"), *rows]).encode()


def as_jsonl(rows: list[tuple[str, str]]) -> bytes:
    return b"".join(json.dumps({"text": a, "published": b}).encode() + b"\n" for a, b in rows)


def as_json(rows: list[tuple[str, str]]) -> bytes:
    return json.dumps([{"text": a, "published": b} for a, b in rows]).encode()


def as_parquet(rows: list[tuple[str, str]]) -> bytes:
    return a_parquet(*({"text": a, "published": b} for a, b in rows))


FORMATS = {"csv": as_csv, "jsonl": as_jsonl, "json": as_json, "parquet": as_parquet}


@pytest.mark.parametrize("kind", FORMATS)
def test_the_order_of_days_is_settled_by_other_rows(kind: str) -> None:
    def found(rows: list[tuple[str, str]], columns: Any = ()) -> list[Item]:
        return items(f"a.{kind}", FORMATS[kind](rows), columns=columns)

    def days(some: list[Item]) -> list[str]:
        return [str(x.published) if isinstance(x, Report) else x.code for x in some]

    first, second = "2019-02-04", "2019-01-13"
    assert days(found(ROWS)) == [first, second, "settled"]
    assert messages(found(ROWS)) == [
        "days like 04/02/2019 are read the day first, as 13/01/2019 shows"
    ]
    american = [ROWS[0], (ROWS[1][0], "01/13/2019")]
    assert days(found(american)) == ["2019-04-02", "2019-01-13", "settled"]
    both = [*ROWS, ("Di met Ed.", "01/14/2019")]
    assert days(found(both)) == ["bad_line", second, "2019-01-14"]
    assert days(found(ROWS[:1])) == ["bad_line"]
    assert "--dayfirst" in messages(found(ROWS[:1]))[0]
    named = (("dayfirst", "yes"),)
    assert days(found(ROWS[:1], named)) == [first]
    archived = items("a.zip", zipped(f"a.{kind}", FORMATS[kind](ROWS)))
    assert days(archived) == [first, second, "settled"]


def test_lines_before_a_cut_are_read_though_they_are_read_twice() -> None:
    raw = gzip.compress(as_csv([(f"Ann met {n**5} in Lamu.", "13/01/2019") for n in range(900)]))
    found = items("a.csv.gz", raw[:-400])
    assert len(texts(found)) > 700 and told(found)[-1] == "truncated"
