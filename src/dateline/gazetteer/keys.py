"""The form in which names of places are compared."""

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

MUTE = str.maketrans("", "", ".'’‘ʻ`´ʿʾ‘")
BREAKS = re.compile(r"[\W_]+")
SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
LONGEST = 80  # characters: no name of a place is longer
LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ħ": "h"}
)


@lru_cache(maxsize=16384)
def place_key(name: str) -> str:
    """Return `name` without case, accents and punctuation, its first word shortened.

    >>> place_key("Saint-Denis"), place_key("the Great  Hall"), place_key("N'Djamena")
    ('st denis', 'great hall', 'ndjamena')
    """
    if len(name) > LONGEST:
        return ""
    plain = name if name.isascii() else unaccented(name)
    words = BREAKS.sub(" ", plain.translate(MUTE).casefold()).split()
    if len(words) > 1:
        if words[0] == "the":
            words = words[1:]
        words[0] = SHORT.get(words[0], words[0])
    return " ".join(words)


def unaccented(name: str) -> str:
    """Return `name` with accents taken off its letters."""
    apart = unicodedata.normalize("NFKD", name.casefold().translate(LETTERS))
    return "".join(c for c in apart if not unicodedata.combining(c))


def place_hash(folded: str) -> int:
    """Return the 40 bits under which a folded name is filed."""
    raw = blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=5).digest()
    return int.from_bytes(raw, "big")
