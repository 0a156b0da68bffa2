"""Whether words in a report tell the one whom an annotator named in full."""

import re
from functools import lru_cache

from dateline.model.fold import fold_name
from dateline.reference import countries

STEM = 5  # letters by which "Israeli" and "Israel" are the same word
EMPTY = frozenset(
    """the a an of and for in on at to from by with mr mrs ms dr sir president prime
    minister former its his her their our this that some other new""".split()
)
STATE = frozenset(
    "government governments state regime authorities administration".split()
)
TAIL = re.compile(r"\s(?:of|in|from|at|for|who|which|that|with|on)\s|,|\(")


@lru_cache(maxsize=65536)
def stems(text: str) -> tuple[str, ...]:
    """Return the beginnings of the words that tell something.

    >>> stems("the Israeli government")
    ('israe', 'gover')
    """
    words = (
        fold_name(word) for word in text.replace("’s", "").replace("'s", "").split()
    )
    flat = (part for word in words for part in word.split())
    return tuple(word[:STEM] for word in flat if word not in EMPTY)


@lru_cache(maxsize=65536)
def head_stem(text: str) -> str:
    """Return the beginning of the word that heads a phrase.

    >>> head_stem("the ministers of Iran")
    'minis'
    """
    found = stems(TAIL.split(text.strip(), maxsplit=1)[0]) or stems(text)
    return found[-1] if found else ""


@lru_cache(maxsize=65536)
def country_of_words(text: str) -> str:
    """Return the country that words name, its government taken for it, or "".

    >>> country_of_words("the U.S. government"), country_of_words("Washington")
    ('USA', 'USA')
    """
    words = [w for w in text.replace("’s", "").split() if fold_name(w) not in STATE]
    left = " ".join(w for w in words if w.lower() not in ("the", "of"))
    known = countries()
    row = known.by_name(left) or known.by_demonym(left) or known.by_capital(left)
    return row.answers if row else ""


@lru_cache(maxsize=262144)
def fits_full_name(text: str, name: str) -> bool:
    """Whether words share what is distinctive of a full name: its head and a name.

    >>> fits_full_name("Mr. Brandt", "Ivo Brandt"), fits_full_name("Ivo", "Pavel Korda")
    (True, False)
    >>> fits_full_name("Israel", "Israeli government")
    True
    >>> fits_full_name("Israeli police", "Israel")
    False
    """
    if fold_name(text) == fold_name(name) or (
        country_of_words(name) and country_of_words(text) == country_of_words(name)
    ):
        return True
    told, wanted = set(stems(text)), stems(name)
    if not told or not wanted or head_stem(text) not in wanted:
        return False
    names = {word[:STEM] for w in name.split() if w[:1].isupper() for word in stems(w)}
    return bool(names & told) or len(told & set(wanted)) >= len(set(wanted)) / 2


@lru_cache(maxsize=262144)
def holds_key_word(text: str, name: str) -> bool:
    """Whether words hold the distinctive word of a full name, whatever heads them.

    >>> holds_key_word("Israeli Prime Minister Ivo Brandt", "Israeli government")
    True
    >>> holds_key_word("Ivo Korda", "Ivo Brandt")
    False
    """
    if fits_full_name(text, name):
        return True
    capitals = [w for w in name.split() if w[:1].isupper() and stems(w)]
    if capitals and (code := country_of_words(" ".join(capitals))):
        return any(
            country_of_words(w) == code
            for w in (*text.split(), " ".join(text.split()[:2]))
        )
    return bool(capitals) and stems(capitals[-1])[-1] in stems(text)
