"""Inputs that are broken on purpose, each built here and none kept in a file."""

import gzip
import io
import json
import struct
import zipfile
import zlib
from pathlib import Path

NAMES = "two three four five six seven eight nine ten eleven".split()


def story(n: int = 0) -> str:
    return (
        f"Kenya freed {NAMES[n % 10]} Ugandan pilots on Monday, the army said in Lamu. "
        f"A summit of both presidents is planned for next week in the capital."
    )


def page(n: int = 0, body: str = "", head: str = "") -> bytes:
    told = body or f"<p>{story(n)}</p><p>Police said that they had left the town.</p>"
    return (
        '<!doctype html><html lang="en"><head><title>Pilots freed</title>'
        f'<meta property="og:site_name" content="Coast Wire">{head}'
        f"</head><body><article><h1>Pilots are freed</h1>{told}</article></body></html>"
    ).encode()


def record(  # noqa: PLR0913, PLR0917  a record has as many parts
    n: int,
    body: bytes | None = None,
    kind: str = "response",
    status: str = "200 OK",
    mime: str = "text/html",
    length: int | str = "",
    uri: str = "",
    more: str = "",
) -> bytes:
    body = page(n) if body is None else body
    http = f"HTTP/1.1 {status}\r\nContent-Type: {mime}\r\n{more}\r\n".encode()
    block = http + body if kind in ("response", "revisit", "request") else body
    told = f"Content-Length: {length or len(block)}\r\n" if length != "none" else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n"
        f"WARC-Target-URI: {uri or f'https://coast.example/news/{n}'}\r\n"
        f"WARC-Date: 2024-03-05T11:00:00Z\r\nWARC-Record-ID: <urn:uuid:{n}>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\n{told}\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def warc(records: list[bytes]) -> tuple[bytes, list[int]]:
    """Return a gzip WARC and where each record begins."""
    packed = [gzip.compress(each) for each in records]
    starts = [sum(map(len, packed[:n])) for n in range(len(packed) + 1)]
    return b"".join(packed), starts


def cut_warc(path: Path) -> int:
    """Write ten records cut at 63 % of the bytes; return how many are whole."""
    raw, starts = warc([record(n) for n in range(10)])
    end = int(len(raw) * 0.63)
    path.write_bytes(raw[:end])
    return sum(start <= end for start in starts[1:])


def hurt_warc(path: Path) -> None:
    """Write ten records, the sixth of them with 40 bytes flipped."""
    raw, starts = warc([record(n) for n in range(10)])
    hurt, at = bytearray(raw), (starts[5] + starts[6]) // 2
    for n in range(40):
        hurt[at + n] ^= 0xFF
    path.write_bytes(hurt)


def mixed_warc(path: Path) -> None:
    """Write twelve records by hand, most of them no reports."""
    chunk = page(3)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(chunk), chunk)
    records = [
        record(0, b"software: x", "warcinfo"),
        record(1, b"", "request"),
        record(1),
        record(2, b"x", "metadata"),
        record(2, b"gone", status="404 Not Found"),
        record(3, chunked, more="Transfer-Encoding: chunked\r\n"),
        record(3, b"", "revisit"),
        record(4, b"User-agent: *", uri="https://coast.example/robots.txt"),
        record(5, length="none"),
        record(6, length=80),
        record(7, b"\x89PNG", mime="image/png"),
        record(8),
    ]
    path.write_bytes(b"".join(records))


def deflated(head: bytes, count: int) -> tuple[bytes, int, int]:
    """Return a head and so many MB of one letter as one stream, its CRC and its size.

    The stream forgets after each MB what was before, so all are packed as the first is.
    """
    letters, crc = b"a" * (1 << 20), zlib.crc32(head)
    made = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    first, each = (made.compress(told) + made.flush(zlib.Z_FULL_FLUSH) for told in (head, letters))
    for _ in range(count):
        crc = zlib.crc32(letters, crc)
    return first + each * count + made.flush(), crc, len(head) + (count << 20)


def gzipped(stream: bytes, crc: int, size: int) -> bytes:
    """Return a stream as a gzip file."""
    head = b"\x1f\x8b\x08" + bytes(5) + b"\x02\xff"
    return head + stream + struct.pack("<II", crc, size)


def zipped(path: Path, stream: bytes, crc: int, size: int) -> None:
    """Write a stream as the one member of a zip file."""
    member = zipfile.ZipInfo("bomb.txt")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, stream)
        member.compress_type = zipfile.ZIP_DEFLATED
        member.CRC, member.file_size = crc, size
    with path.open("r+b") as file:  # what stands before the member says so too
        file.write(member.FileHeader())


def bombs(folder: Path) -> None:
    """Write 600 MB of one letter as gzip, zip and within a WARC, and zips in zips."""
    folder.mkdir()
    letters = deflated(b"", 600)
    (folder / "bomb.txt.gz").write_bytes(gzipped(*letters))
    zipped(folder / "bomb.zip", *letters)
    head = record(0, b"", length=600 << 20).removesuffix(b"\r\n\r\n")
    good = gzip.compress(record(1, b"User-agent: *", uri="http://a.example/robots.txt"))
    packed = gzipped(*deflated(head, 600))
    (folder / "bomb.warc.gz").write_bytes(packed + good)
    inner = b"end"
    for depth in range(6):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr(f"{depth}.zip" if depth else "a.txt", inner)
        inner = made.getvalue()
    (folder / "nested.zip").write_bytes(inner)


def misread(text: str) -> str:
    """Return a text as one who takes its UTF-8 for Windows-1252 reads it."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode())


def feed(items: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{head}<rss version="2.0"><channel>'
        f"<title>Coast Wire</title>{items}</channel></rss>"
    ).encode()


def item(n: int, more: str = "") -> str:
    told = f"<title>Pilots freed</title><description>{story(n)}</description>"
    return f"<item>{told}{more}</item>"


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


def entities(folder: Path) -> None:
    """Write feeds and messages whose entities would fill memory or open a file."""
    folder.mkdir()
    secret = folder.parent / "secret.txt"
    outside = f"<!DOCTYPE x [<!ENTITY e SYSTEM 'file://{secret}'>]>"
    big = f"<!DOCTYPE x [<!ENTITY q '{'a' * 50_000}'>]>"
    wide = "<title>" + "&q;" * 50_000 + "</title>"
    (folder / "laughs.rss").write_bytes(feed("<title>&i;</title>", LAUGHS + "]>"))
    (folder / "outside.rss").write_bytes(feed("<title>&e;</title>", outside))
    (folder / "wide.rss").write_bytes(feed(wide, big))
    news = '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="g">'
    for name, head, told in (("o", outside, "&e;"), ("l", LAUGHS + "]>", "&i;")):
        words = f"<?xml version='1.0'?>{head}{news}<headline>{told}</headline></newsItem>"
        (folder / f"{name}.xml").write_text(words)


def lines(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
