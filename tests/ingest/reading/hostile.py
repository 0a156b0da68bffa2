"""Hostile inputs by a seed: sound files of every kind, spoiled in a dozen ways.

`python -m tests.ingest.reading.hostile 600 36` reads so many of a seed and prints what became of
them. What must hold of each: nothing is raised, no fault of ours, under five seconds of
CPU, every record counted once, and each marked word that the file still holds is in a
report, or something is told. In a page alone words may stand where no reader looks.
"""

import gzip
import io
import json
import sys
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from time import process_time

import zstandard

from dateline.ingest.reading.worker import Child
from dateline.ingest.results import FileEnd
from dateline.ingest.run import Ingest
from dateline.model import Problem, Report, Source
from dateline.model.coding import UNDATED, Coding
from tests.faults import builders as make
from tests.ingest.reading.test_readers import NEWSML, STORY, parquet

ZSTD = zstandard.ZstdCompressor(write_checksum=True).compress  # as its command does
SECONDS = 5.0  # of CPU that one input may take
WAYS_OUT = ("stored", "rejected", "quarantined", "duplicate")
MANY = 6  # reports in a file
MARKS = tuple(f"marked{n}word" for n in range(MANY))
TOLD = [f"{make.story(n)} Then {mark} was told in Lamu." for n, mark in enumerate(MARKS)]
PAGES = [make.page(n, f"<p>{text}</p><p>Police left.</p>") for n, text in enumerate(TOLD)]
ROWS = [{"id": f"r{n}", "text": text, "published": "2024-03-05"} for n, text in enumerate(TOLD)]
PACKED = ("gz", "zst", "zip", "tar", "pdf", "parquet")  # words do not stand in the bytes


@dataclass(frozen=True)
class Spoiled:
    """A file's name and bytes, how it was spoiled, and the words it must not lose."""

    name: str
    raw: bytes
    how: str
    marks: tuple[str, ...]


def warc(pack: Callable[[bytes], bytes] = bytes) -> bytes:
    return b"".join(pack(make.record(n, page)) for n, page in enumerate(PAGES))


def jsonl() -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in ROWS)


def table(mark: str = ",") -> bytes:
    cells = [list(ROWS[0]), *(list(row.values()) for row in ROWS)]
    rows = (mark.join(f'"{cell}"' for cell in row) for row in cells)
    return "\r\n".join(rows).encode() + b"\r\n"


def feed() -> bytes:
    entries = zip(TOLD, range(MANY), strict=True)
    told = (f"<title>Freed {n}</title><description>{t}</description>" for t, n in entries)
    return make.feed("".join(f"<item><guid>g{n}</guid>{x}</item>" for n, x in enumerate(told)))


def message() -> bytes:
    one = NEWSML.partition(b"?>")[2]
    items = (
        one.replace(STORY.encode(), text.encode()).replace(b"coast:1", b"coast:%d" % n)
        for n, text in enumerate(TOLD)
    )
    head = b'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>'
    return head + b"".join(items) + b"</itemSet></newsMessage>"


def zipped(names: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", kind) as archive:
        for name, raw in names.items():
            archive.writestr(name, raw)
    return made.getvalue()


def tarred(names: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, raw in names.items():
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return made.getvalue()


def paged() -> bytes:
    """A PDF by hand: a page a report, a line of it at a time."""
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    kids = []
    for text in TOLD:
        words = text.split()
        lines = [" ".join(words[at : at + 9]) for at in range(0, len(words), 9)]
        drawn = "BT /F1 9 Tf 12 TL 40 700 Td " + "".join(f"({x}) Tj T* " for x in lines)
        stream = f"{drawn}ET".encode()
        number = len(bodies) + 1
        kids.append(number)
        bodies.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R"
            b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
            % (number + 1)
        )
        bodies.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    refs = b" ".join(b"%d 0 R" % kid for kid in kids)
    bodies[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (refs, len(kids))
    raw, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(raw))
        raw += b"%d 0 obj%s\nendobj\n" % (number, body)
    size, start = len(bodies) + 1, len(raw)
    raw += b"xref\n0 %d\n0000000000 65535 f \n" % size
    raw += b"".join(b"%010d 00000 n \n" % place for place in places)
    return raw + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)


FILES = {f"{n}.txt": text.encode() for n, text in enumerate(TOLD)}
MIXED = dict(zip(("a.csv", "b/c.jsonl", "d.html"), (table(), jsonl(), PAGES[0]), strict=True))
SOUND: dict[str, bytes] = {
    "a.warc": warc(),
    "a.warc.gz": warc(gzip.compress),
    "a.warc.zst": warc(ZSTD),
    "a.jsonl": jsonl(),
    "a.json": json.dumps(ROWS, indent=1).encode(),
    "a.csv": table(),
    "a.tsv": table("\t"),
    "a.parquet": parquet(*ROWS),
    "a.rss": feed(),
    "a.xml": message(),
    "a.html": PAGES[2],
    "a.txt": TOLD[3].encode(),
    "a.pdf": paged(),
    "a.zip": zipped(FILES),
    "stored.zip": zipped(MIXED, zipfile.ZIP_STORED),
    "lzma.zip": zipped(FILES, zipfile.ZIP_LZMA),
    "bzip.zip": zipped(MIXED, zipfile.ZIP_BZIP2),
    "a.tar": tarred(FILES),
    "a.tar.gz": gzip.compress(tarred(MIXED)),
    "a.jsonl.gz": gzip.compress(jsonl()),
    "a.csv.zst": ZSTD(table()),
}
LENGTHS = (0, 1, 79, 1 << 15, 1 << 25, (1 << 31) - 1, 1 << 31, 10**12, 10**15)


def cut(raw: bytes, r: Random) -> bytes:
    return raw[: r.randrange(len(raw))]


def flip(raw: bytes, r: Random) -> bytes:
    made = bytearray(raw)
    made[r.randrange(len(raw))] ^= 1 << r.randrange(8)
    return bytes(made)


def burn(raw: bytes, r: Random) -> bytes:
    at = r.randrange(len(raw))
    return raw[:at] + bytes(b ^ 0xFF for b in raw[at : at + 40]) + raw[at + 40 :]


def lose(raw: bytes, r: Random) -> bytes:
    at = r.randrange(len(raw))
    return raw[:at] + raw[at + r.randrange(1, 200) :]


def repeat(raw: bytes, r: Random) -> bytes:
    at = r.randrange(len(raw))
    return raw[:at] + raw[max(0, at - r.randrange(1, 300)) :]


def stuff(raw: bytes, r: Random) -> bytes:
    at = r.randrange(len(raw) + 1)
    junk = (b"\x1f\x8b\x08", b"PK\x03\x04", b"WARC/1.0\r\n", b"\0" * 600, b"\xff\xfe<")
    return raw[:at] + r.choice(junk) + r.randbytes(r.randrange(40)) + raw[at:]


def lie(raw: bytes, r: Random) -> bytes:
    """Change a length: one told in figures, or four bytes that may be one."""
    at = raw.find(b"Content-Length: ", r.randrange(len(raw)))
    if at >= 0:
        end = raw.index(b"\r\n", at)
        return raw[:at] + b"Content-Length: %d" % r.choice(LENGTHS) + raw[end:]
    at = r.randrange(max(1, len(raw) - 4))
    told = (r.choice(LENGTHS) & 0xFFFFFFFF).to_bytes(4, r.choice(("little", "big")))
    return raw[:at] + told + raw[at + 4 :]


def join(raw: bytes, r: Random) -> bytes:
    return raw + r.choice(list(SOUND.values()))


def recode(raw: bytes, r: Random) -> bytes:
    """Write a text in another charset than it says, with letters that show it."""
    text = raw.decode("utf-8", "replace").replace("Lamu", "Lämü")
    return text.encode(r.choice(("utf-16", "utf-16-le", "cp1252", "koi8-r")), "replace")


WAYS = (cut, cut, flip, flip, burn, lose, repeat, stuff, lie, lie, join, recode)


def wrap(name: str, raw: bytes, r: Random) -> tuple[str, bytes]:
    """Put a file into an archive."""
    kind = r.choice(("gz", "zip", "tar", "zst"))
    if kind == "zip":
        return "outer.zip", zipped({f"in/{name}": raw})
    if kind == "tar":
        return "outer.tar", tarred({f"in/{name}": raw})
    pack = gzip.compress if kind == "gz" else ZSTD
    return f"{name}.{kind}", pack(raw)


def spoiled(seed: int, count: int) -> Iterator[Spoiled]:
    """Yield so many spoiled files of a seed, every kind in its turn."""
    names = list(SOUND)
    for number in range(count):
        r = Random(seed * 1_000_003 + number)
        name = names[number % len(names)]
        raw, how = SOUND[name], []
        held = bool(set(name.split(".")) & {*PACKED})
        for _ in range(r.choice((1, 1, 1, 2))):
            way = r.choice(WAYS)
            made = way(raw, r)
            if way is recode and held:
                continue
            raw, how = made or raw, [*how, way.__name__]
        there = [mark for mark in MARKS if held or mark.encode() in raw]
        if name.endswith(("html", "pdf", "txt", "xml", "rss", "parquet")) or "recode" in how:
            there = [m for m in there if m.encode() in raw.replace(b"\0", b"")]
        if name == "stored.zip":
            there = [mark for mark in there if mark.encode() in raw]
        for _ in range(r.choice((0, 0, 0, 1, 2, 4))):
            name, raw = wrap(name, raw, r)
            how.append("wrap")
        if r.random() < 0.06:
            name = f"a{r.choice(('.txt', '.html', '.warc.gz', '.csv', '.zip', ''))}"
            how.append("name")
        yield Spoiled(name, raw, "+".join(how), tuple(there))


def uncoded(items: Iterator[object]) -> Iterator[tuple[object, object]]:
    """Code nothing: reading is the question."""
    for item in items:
        yield item, Coding(item, UNDATED, (), ()) if isinstance(item, Report) else None


def judge(one: Spoiled) -> tuple[str, list[str], Counter[str]]:
    """Return what became of a file, what is wrong with that, and the counts."""
    ingest = Ingest(uncoded, None, {})  # type: ignore[arg-type]
    wrong: list[str] = []
    texts: list[str] = []
    codes: Counter[str] = Counter()
    began = process_time()
    try:
        source = Source(one.name, raw=one.raw)
        items = ingest.items([source], Child(here=True))
        for item, coding in ingest.codes(items):
            if isinstance(item, FileEnd):
                continue
            if isinstance(item, Problem):
                codes[item.code] += 1
            else:
                texts.append(getattr(item, "report", item).text)
            ingest.one(item, coding)
    except Exception as error:  # noqa: BLE001  the question is what is raised
        wrong.append(f"raised {type(error).__name__}: {error}")
    spent, n = process_time() - began, ingest.count
    told = sum(codes.values()) - codes["settled"]
    whole = " ".join(texts).replace("\n", " ")
    lost = [mark for mark in one.marks if mark not in whole]
    page = "html" in one.name or "stored" in one.name
    faults = {
        f"took {spent:.1f} s": spent > SECONDS,
        "the sum does not hold": n["read"] != sum(n[way] for way in WAYS_OUT),
        "a fault of ours": codes["internal"],
        "silence": not texts and not told,
        f"lost in silence: {lost}": lost and not (told or page),
    }
    became = "told" if told else "part of a page" if lost else "whole"
    return became, wrong + [why for why, so in faults.items() if so], n


def main(count: int, seed: int) -> int:
    """Read so many inputs of a seed; print what became of them."""
    sums: Counter[str] = Counter()
    records: Counter[str] = Counter()
    bad = 0
    began = process_time()
    for one in spoiled(seed, count):
        became, wrong, n = judge(one)
        sums[became] += 1
        records.update(n)
        if wrong:
            bad += 1
            print(one.name, one.how, *wrong)  # noqa: T201
    spent = process_time() - began
    print(count, "inputs", dict(sums), "wrong", bad, f"{spent:.0f} s CPU")  # noqa: T201
    print(*(f"{k} {v}" for k, v in records.items()), sep="; ")  # noqa: T201
    return bad


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]), int(sys.argv[2]))))
