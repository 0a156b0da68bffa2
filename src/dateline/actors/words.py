"""Words of a mention, folded so that capitals, accents and hidden characters agree."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.reference import key

HIDDEN = (
    "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
)
WORD = re.compile(
    rf"(?:[^\W_]\.){{2,8}}|[^\W_](?:[\w{HIDDEN}]|['’`](?=[^\W_]))*"
    r"|[,;:()\[\]—–\"“”&]"
)
OWNED = re.compile(r" ?['’][sS]\b|(?<=[sS])['’](?!\w)")
JOINED = re.compile(r" ?[-‑] ?(?=\w)")
COUNTS = frozenset(
    "number numbers dozens scores hundreds thousands millions tens couple handful"
    " group groups crowd crowds majority some several many most".split()
)
LEAD = 4  # words before the "of" of a count
POSSESSIVES = ("'s", "’s", "'S", "’S")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its folded `key`; `joined` by a hyphen to the next, `owns` by a 's."""

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


def fold(text: str) -> str:
    """Return the key of a word: small, without accents, dots, hidden characters.

    >>> fold("ERDO\u011eAN"), fold("U.N."), fold("K\u200bim")
    ('erdogan', 'un', 'kim')
    """
    return key(text)


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Yield the words of `text` between two offsets, and the marks that part them.

    >>> [(w.key, w.owns) for w in words("Iraq 's U.S.-backed army")]
    [('iraq', True), ('us', False), ('backed', False), ('army', False)]
    """
    end = len(text) if end is None else end
    for hit in WORD.finditer(text, start, end):
        raw = hit[0]
        a, b = hit.span()
        if raw in ("s", "S") and a > start and text[a - 1] in "'’":
            continue
        folded = key(raw)
        if not folded:
            folded = raw
        after = text[b : b + 2]
        owns = raw[-2:] in POSSESSIVES or (
            ("'" in after or "’" in after) and bool(OWNED.match(text, b, end))
        )
        joined = ("-" in after or "‑" in after) and bool(JOINED.match(text, b, end))
        yield Word(raw, folded, a, b, joined, owns)


def counted(found: Sequence[Word]) -> Sequence[Word]:
    """Return the words of those who are counted, without how many they are.

    >>> [w.key for w in counted(list(words("Large numbers of new refugees")))]
    ['new', 'refugees']
    """
    keys = [word.key for word in found[: LEAD + 1]]
    if "of" not in keys[1:]:
        return found
    at = keys.index("of", 1)
    small = all(word.text.islower() for word in found[1:at])
    if keys[at - 1] not in COUNTS or not small or len(found) == at + 1:
        return found
    return counted(found[at + 1 :])
