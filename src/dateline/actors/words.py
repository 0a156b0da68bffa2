"""Words of a mention, folded so that capitals, accents and hidden characters agree."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.model import Lexicon
from dateline.reference import fold_name

HIDDEN = (
    "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
)
WORD = re.compile(
    rf"(?:[^\W_]\.){{2,8}}|[^\W_](?:[\w{HIDDEN}]|['’`](?=[^\W_]))*"
    r"|[,;:()\[\]—–\"“”&]"
)
JOINED = re.compile(r" ?[-‑] ?(?=\w)")
LEAD = 4  # words before the "of" of a count


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
    return fold_name(text)


def split_words(
    text: str, lexicon: Lexicon, start: int = 0, end: int | None = None
) -> Iterator[Word]:
    """Yield the words of `text` between two offsets, and the marks that part them.

    >>> from dateline import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> [(w.key, w.owns) for w in split_words("Iraq 's U.S.-backed army", english)]
    [('iraq', True), ('us', False), ('backed', False), ('army', False)]
    """
    end = len(text) if end is None else end
    marks, owned = lexicon.words["actors.owner-mark"], lexicon.patterns["actors.owned"]
    for hit in WORD.finditer(text, start, end):
        raw = hit[0]
        a, b = hit.span()
        if len(raw) == 1 and a > start and text[a - 1 : b].lower() in marks:
            continue
        folded = fold_name(raw)
        if not folded:
            folded = raw
        after = text[b : b + 2]
        owns = raw[-2:].lower() in marks or (
            ("'" in after or "’" in after) and bool(owned.match(text, b, end))
        )
        joined = ("-" in after or "‑" in after) and bool(JOINED.match(text, b, end))
        yield Word(raw, folded, a, b, joined, owns)


def words_counted(found: Sequence[Word], lexicon: Lexicon) -> Sequence[Word]:
    """Return the words of those who are counted, without how many they are.

    >>> from dateline import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> found = list(split_words("Large numbers of new refugees", english))
    >>> [w.key for w in words_counted(found, english)]
    ['new', 'refugees']
    """
    of, counts = lexicon.words["actors.of"], lexicon.words["actors.count"]
    near = enumerate(found[1 : LEAD + 1], 1)
    at = next((n for n, word in near if word.key in of), 0)
    small = all(word.text.islower() for word in found[1:at])
    if not at or found[at - 1].key not in counts or not small or len(found) == at + 1:
        return found
    return words_counted(found[at + 1 :], lexicon)


def drop_possessive(text: str, lexicon: Lexicon) -> str:
    """Return words without the mark of an owner: "Gdansk's" is of Gdansk."""
    for mark in lexicon.words["actors.owner-mark"]:
        text = text.removesuffix(mark)
    return text


def singular(key: str, lexicon: Lexicon) -> str:
    """Return a word without the mark of many."""
    for mark in lexicon.words["actors.plural-mark"]:
        key = key.removesuffix(mark)
    return key
