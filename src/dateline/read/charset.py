"""From bytes to text: which characters they are, and one documented normalisation.

Half a surrogate pair becomes U+FFFD, so that any file can hold the text and no offset
moves. Line ends and all other characters stay as they are.
"""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE, lookup
from dataclasses import dataclass

SURROGATE = b"\xed"  # begins half a pair, and some letters of Korean
CONTROL = bytes((*range(0x09), *range(0x0E, 0x20)))
MARKS = {
    BOM_UTF32_LE: "utf-32",
    BOM_UTF32_BE: "utf-32",
    BOM_UTF16_LE: "utf-16",
    BOM_UTF16_BE: "utf-16",
}
LEGACY = (
    "cp1251 koi8_r koi8_u iso8859_5 gb18030 big5 cp949 shift_jis euc_jp cp1256 "
    "iso8859_6 cp1255 cp1253 cp1254 cp1250 iso8859_2 cp1252 cp874"
).split()
LATIN = ("cp1252", "iso8859-1", "ascii")  # all are read as Windows-1252
WESTERN = 0.1  # share of bytes beyond ASCII up to which bytes are Windows-1252
SAMPLE = 60_000  # bytes that tell a charset
TWICE = re.compile("[ÂÃ][\x80-\xbf\u0152-\u0178]|â[\x80€][\x80-\xbf\u2018-\u2122œ™]")
FEWEST, ZEROS = 8, 0.3  # bytes, and the share of zeros among them, that tell UTF-16
GARBLED = 0.01  # share of U+FFFD from which a text is quarantined


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read: `charset` is empty where the bytes told it truly."""

    text: str
    charset: str = ""

    @property
    def garbled(self) -> bool:
        """Whether so many characters are lost that the text cannot be trusted."""
        return self.text.count("\ufffd") > GARBLED * len(self.text) + 1


def decode(raw: bytes, declared: str = "") -> Decoded | None:
    """Return the text of `raw`, or None where it is not text.

    A byte order mark is believed, then zeros in every second byte, then UTF-8 that
    holds, then what is declared where it holds and is no other's default, then a guess.

    >>> decode(b"caf\\xc3\\xa9").text, decode(b"\\x00\\x01\\x02\\x00")
    ('café', None)
    """
    found = decode_marked(raw) or decode_utf16(raw) or utf8(raw)
    if found is None and b"\x00" not in raw:
        found = decode_legacy(raw, declared)
    if found is None:
        return None
    encoded = found.text.encode("utf-8", "surrogatepass")
    if count_controls(encoded) > 0.01 * len(found.text) + 2:  # binary data
        return None
    if SURROGATE in encoded:
        found = Decoded(replace_surrogates(found.text), found.charset)
    return found


def count_controls(raw: bytes) -> int:
    """Return how many control characters there are in bytes of UTF-8."""
    return len(raw) - len(raw.translate(None, CONTROL))


def decode_marked(raw: bytes) -> Decoded | None:
    """Decode by the byte order mark."""
    for mark, encoding in MARKS.items():
        if raw.startswith(mark):
            text = try_decoding(raw, encoding)
            return Decoded(text) if text is not None else None
    return None


def utf8(raw: bytes) -> Decoded | None:
    """Decode UTF-8; text that was encoded twice is brought back."""
    text = try_decoding(raw, "utf-8-sig")
    if text is None:
        return nearly(raw)
    if twice(text[:SAMPLE]) and (once := undo_double_encoding(text)):
        return Decoded(once, "utf-8 encoded twice")
    return Decoded(text)


def twice(text: str) -> bool:
    """Whether a text looks as if it had been encoded twice."""
    return any(map(text.__contains__, "ÂÃâ")) and len(TWICE.findall(text)) > 1


def nearly(raw: bytes) -> Decoded | None:
    """Decode UTF-8 with a few broken bytes, such as a cut made in its middle."""
    head = raw[:SAMPLE]
    text = head.decode("utf-8-sig", "replace")
    good = sum(not c.isascii() and c != "\ufffd" for c in text)
    if good > 4 * text.count("\ufffd"):
        return Decoded(raw.decode("utf-8-sig", "replace"), "utf-8, broken in places")
    return None


def undo_double_encoding(text: str) -> str | None:
    """Return a text that was read as Windows-1252 and encoded again, as it was."""
    raw = bytearray()
    for letter in text:
        try:
            raw += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > 255:
                return None
            raw.append(ord(letter))
    return try_decoding(bytes(raw), "utf-8")


def decode_utf16(raw: bytes) -> Decoded | None:
    """Decode UTF-16 without a mark; half a character at its end is none."""
    named = wide(raw[:SAMPLE])
    text = try_decoding(raw[: len(raw) // 2 * 2], named) if named else None
    if text is None or "\x00" in text:
        return None
    return Decoded(text, f"{named} without its mark")


def wide(head: bytes) -> str:
    """Return which UTF-16 without a mark a file's head is in, "" where it is in none.

    >>> wide("Kim left.".encode("utf-16-be")), wide(b"Kim left.")
    ('utf-16-be', '')
    """
    if len(head) < FEWEST or head.count(0) < ZEROS * len(head):
        return ""
    low = head[1::2].count(0) > head[0::2].count(0)
    return "utf-16-le" if low else "utf-16-be"


def decode_legacy(raw: bytes, declared: str) -> Decoded | None:
    """Decode what is no Unicode: as declared, as Western, or as the letters tell."""
    named = codec(declared)
    if named and named not in ("utf-8", *LATIN):
        text = try_decoding(raw, named)
        if text is not None:
            return Decoded(text)
    high = sum(byte > 127 for byte in raw[:SAMPLE])
    western = try_decoding(raw, "cp1252")
    if western is not None and high < WESTERN * len(raw[:SAMPLE]):
        return Decoded(western, "" if named in LATIN else "cp1252 (guessed)")
    return by_letters(raw) or (Decoded(western, "cp1252") if western else None)


def by_letters(raw: bytes) -> Decoded | None:
    """Decode by the charset whose letters follow each other as in a language."""
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:SAMPLE], cp_isolation=LEGACY).best()
    if best is None:
        return None
    how_sure = f"{best.encoding} (guessed, {1 - best.chaos:.2f})"
    return Decoded(raw.decode(best.encoding, "replace"), how_sure)


def codec(declared: str) -> str:
    """Return the name under which Python knows a charset, "" for none it knows."""
    try:
        name = lookup(declared.strip().strip("\"'")).name if declared else ""
    except (LookupError, ValueError):
        return ""
    return "gb18030" if name in ("gb2312", "gbk") else name


def try_decoding(raw: bytes, encoding: str) -> str | None:
    """Decode, or return None where these bytes are not of that encoding."""
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def replace_surrogates(words: str) -> str:
    """Return words with half surrogate pairs replaced, which no file can hold.

    >>> replace_surrogates("a\\ud800b")
    'a�b'
    """
    try:
        words.encode("utf-8")
    except UnicodeEncodeError:
        return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return words
