"""Words of a mention, folded so that capitals, accents and hidden characters agree."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
HIDE = dict.fromkeys(map(ord, HIDDEN))
WORD = re.compile(
    rf"(?:[^\W_]\.){{2,8}}|[^\W_](?:[\w{HIDDEN}]|['’`](?=[^\W_]))*\.?|[,;:()\[\]—–\"“”&]"
)
DOTTED = frozenset(
    "gen. lt. col. maj. capt. sgt. cpl. adm. brig. sen. rep. rev. gov. dr. mr. mrs. ms. st."
    " u.s. u.n. u.k. e.u. pres. sec. min. amb. prof. hon. insp. supt. cmdr.".split()
)
SPECIAL = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `key` is folded; `joined` tells of a hyphen after it, `owns` of a 's."""

    text: str
    key: str
    start: int
    end: int
    joined: bool = False
    owns: bool = False

    @property
    def capital(self) -> bool:
        """Whether the word starts with a capital."""
        return self.text[:1].isupper()


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return `text` small, without accents or hidden characters, its dots of initials gone.

    >>> fold("ERDO\u011eAN"), fold("U.N."), fold("K\u200bim")
    ('erdogan', 'un', 'kim')
    """
    if text.isascii():
        plain = text.lower()
    else:
        apart = unicodedata.normalize("NFKD", text.translate(HIDE))
        plain = "".join(c for c in apart if not unicodedata.combining(c)).lower()
        plain = plain.translate(SPECIAL).replace("’", "'")
    if "." not in plain:
        return plain
    return plain.replace(".", "") if INITIALS.fullmatch(plain) else plain


INITIALS = re.compile(r"(?:[a-z0-9]\.){2,8}")


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Yield the words of `text` between two offsets, punctuation marks that part among them."""
    for hit in WORD.finditer(text, start, len(text) if end is None else end):
        raw = hit[0]
        a, b = hit.span()
        if raw[-1] == "." and len(raw) > 1 and not INITIALS.fullmatch(raw.lower()):
            if raw.lower() not in DOTTED and len(raw) > 2:  # noqa: PLR2004
                raw, b = raw[:-1], b - 1
        key = fold(raw)
        owns = key.endswith("'s") or (key.endswith("s") and text[b : b + 1] in ("'", "’"))
        if key.endswith("'s"):
            key = key[:-2]
        joined = text[b : b + 1] in ("-", "‑") and text[b + 1 : b + 2].isalnum()
        yield Word(raw, key, a, b, joined, owns)
