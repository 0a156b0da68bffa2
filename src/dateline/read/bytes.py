"""From bytes to text, with one documented normalisation: line ends stay as they are."""

import re

CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


def decode(raw: bytes) -> str | None:
    """Return the text of `raw`, or None where it is not text.

    UTF-8 (with or without a byte order mark), UTF-16 with one, else Windows-1252.

    >>> decode(b"caf\\xc3\\xa9"), decode(b"\\x00\\x01\\x02\\x00")
    ('café', None)
    """
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return attempt(raw, "utf-16")
    text = attempt(raw, "utf-8-sig")
    if text is None:
        text = None if b"\x00" in raw else attempt(raw, "cp1252")
    if text is None or len(CONTROL.findall(text)) > 0.01 * len(text) + 2:
        return None
    return text


def attempt(raw: bytes, encoding: str) -> str | None:
    """Decode, or return None where these bytes are not of that encoding."""
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None
