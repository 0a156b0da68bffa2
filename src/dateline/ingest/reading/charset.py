"""From bytes and from markup to plain words.

Half a surrogate pair becomes U+FFFD, so that any file can hold the text and no offset
moves. Line ends and all other characters stay as they are. The words of markup are had
in the order they stand, whatever its depth: no tree is built.
"""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE, lookup
from dataclasses import dataclass
from html.parser import HTMLParser

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
    found = decode_unicode(raw)
    if found is None and b"\x00" not in raw:
        found = decode_legacy(raw, declared)
    if found is None:
        return None
    encoded = found.text.encode("utf-8", "surrogatepass")
    controls = len(encoded) - len(encoded.translate(None, CONTROL))
    if controls > 0.01 * len(found.text) + 2:  # binary data
        return None
    if SURROGATE in encoded:
        found = Decoded(replace_surrogates(found.text), found.charset)
    return found


def decode_unicode(raw: bytes) -> Decoded | None:
    """Decode by the byte order mark, by zeros in every second byte, or as UTF-8.

    Half a character at the end of UTF-16 is none. UTF-8 may have a few broken bytes,
    such as a cut made in its middle; text that was encoded twice is brought back.
    """
    marked = next((name for mark, name in MARKS.items() if raw.startswith(mark)), "")
    if marked and (text := try_decoding(raw, marked)) is not None:
        return Decoded(text)
    wide = sniff_utf16(raw[:SAMPLE])
    text = try_decoding(raw[: len(raw) // 2 * 2], wide) if wide else None
    if text is not None and "\x00" not in text:
        return Decoded(text, f"{wide} without its mark")
    text = try_decoding(raw, "utf-8-sig")
    if text is None:
        head = raw[:SAMPLE].decode("utf-8-sig", "replace")
        good = sum(not c.isascii() and c != "\ufffd" for c in head)
        if good <= 4 * head.count("\ufffd"):
            return None
        return Decoded(raw.decode("utf-8-sig", "replace"), "utf-8, broken in places")
    head = text[:SAMPLE]
    twice = any(map(head.__contains__, "ÂÃâ")) and len(TWICE.findall(head)) > 1
    if twice and (once := undo_double_encoding(text)):
        return Decoded(once, "utf-8 encoded twice")
    return Decoded(text)


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


def sniff_utf16(head: bytes) -> str:
    """Return which UTF-16 without a mark a file's head is in, "" where it is in none.

    >>> sniff_utf16("Kim left.".encode("utf-16-be")), sniff_utf16(b"Kim left.")
    ('utf-16-be', '')
    """
    if len(head) < FEWEST or head.count(0) < ZEROS * len(head):
        return ""
    low = head[1::2].count(0) > head[0::2].count(0)
    return "utf-16-le" if low else "utf-16-be"


def decode_legacy(raw: bytes, declared: str) -> Decoded | None:
    """Decode what is no Unicode: as declared, as Western, or as the letters tell."""
    try:
        named = lookup(declared.strip().strip("\"'")).name if declared else ""
    except (LookupError, ValueError):
        named = ""  # none that Python knows
    named = "gb18030" if named in ("gb2312", "gbk") else named
    if named and named not in ("utf-8", *LATIN):
        text = try_decoding(raw, named)
        if text is not None:
            return Decoded(text)
    high = sum(byte > 127 for byte in raw[:SAMPLE])
    western = try_decoding(raw, "cp1252")
    if western is not None and high < WESTERN * len(raw[:SAMPLE]):
        return Decoded(western, "" if named in LATIN else "cp1252 (guessed)")
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:SAMPLE], cp_isolation=LEGACY).best()
    if best is not None:
        how_sure = f"{best.encoding} (guessed, {1 - best.chaos:.2f})"
        return Decoded(raw.decode(best.encoding, "replace"), how_sure)
    return Decoded(western, "cp1252") if western else None


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


BLOCKS = frozenset(
    "p div article section h1 h2 h3 h4 h5 h6 li tr blockquote br hr pre dd dt header "
    "footer main td th figcaption ul ol table form".split()
)
UNREAD = frozenset(
    "script style noscript template svg math head select button iframe object".split()
)
CODE = frozenset(("script", "style"))  # whose words are never a reader's
BOILER = frozenset("nav footer aside form".split())
TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]*+)[^<>]*+(?<!/)>")  # none that ends itself
VOID = frozenset("br hr img input meta link area base col embed source track wbr".split())
SPACES = re.compile(r"[ \t\r\f\v]+")


class Words(HTMLParser):
    """Gathers words, with a break at each block."""

    def __init__(self, never_ended: frozenset[str] = frozenset()) -> None:
        """Start with nothing; what stands in elements that never end is read."""
        super().__init__(convert_charrefs=True)
        self.left = (UNREAD | BOILER) - never_ended
        self.parts: list[str] = []
        self.unread: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Break at a block; stop reading in a script."""
        if tag in self.left:
            self.unread.append(tag)
        if tag in BLOCKS:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        """Break after a block; read on after a script."""
        if tag in self.unread:
            del self.unread[self.unread.index(tag) :]
        if tag in BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        """Keep words that are read."""
        if not self.unread:
            self.parts.append(data)


def linear_text(page: str) -> str:
    """Return the words of a page or a piece of one, paragraphs parted by empty lines.

    >>> linear_text("<p>Kim <b>left</b>.</p><script>x</script><p>Then&nbsp;rain.")
    'Kim left.\\n\\nThen rain.'
    >>> linear_text("<aside>Kim left.<p>Then rain.")
    'Kim left.\\n\\nThen rain.'
    """
    never: frozenset[str] = frozenset()
    while True:
        parser = Words(never)
        parser.feed(page)
        parser.close()
        open_still = frozenset(parser.unread) - CODE
        if not open_still:
            break
        never |= open_still
    return tidy_paragraphs("".join(parser.parts))


def tidy_paragraphs(words: str) -> str:
    """Return paragraphs without doubled spaces, parted by empty lines."""
    blocks = re.split(r"\n\s*\n", words.replace("\xa0", " "))
    lines = (" ".join(SPACES.sub(" ", block).split("\n")) for block in blocks)
    kept = (" ".join(line.split(" ")).strip() for line in lines)
    return "\n\n".join(" ".join(line.split()) for line in kept if line)


def element_depth(page: str) -> int:
    """Return how deep the elements of a page lie in each other, roughly.

    >>> element_depth("<div><p>a<br>b</p></div>")
    2
    """
    tags = TAG.findall(page)
    steps = {
        tag: 0 if tag.strip("/").lower() in VOID else -1 if tag.startswith("/") else 1
        for tag in set(tags)
    }
    now = deepest = 0
    for tag in tags:
        now += steps[tag]
        if now > deepest:
            deepest = now
        elif now < 0:
            now = 0
    return deepest
