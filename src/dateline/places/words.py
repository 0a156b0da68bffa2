"""Word lists of this room."""

from functools import cache
from importlib.resources import files


@cache
def word_list(name: str) -> frozenset[str]:
    """Return one line of words.txt.

    >>> "near" in word_list("locative")
    True
    """
    table = files("dateline.places") / "words.txt"
    for line in table.read_text("utf-8").splitlines():
        head, _, words = line.partition(":")
        if head == name:
            return frozenset(words.split())
    raise LookupError(f"no word list {name!r}")


def common(words: str) -> bool:
    """Whether the words are everyday English that begins sentences and names."""
    return words.lower() in word_list("common")


def shouted(words: str) -> bool:
    """Whether a sentence is in capitals, as old wire copy is."""
    small = sum(map(str.islower, words))
    return len(words) > 20 and small < 0.1 * len(words)
