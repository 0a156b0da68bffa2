"""Whether the words around a time speak of the past or of what is to come."""

from functools import cache
from importlib.resources import files

from dateline.times.lists import listed
from dateline.times.words import Words

FARTHEST = 30  # words looked at on each side
ENDS = frozenset(".!?;¶")


@cache
def cues() -> dict[str, int]:
    """Return the words that tell a direction: 1 is ahead, -1 is back."""
    rows = (files("dateline.times") / "cues.tsv").read_text("utf-8").splitlines()
    found: dict[str, int] = {}
    for row in rows:
        if row and not row.startswith("# "):
            side, words = row.split("\t")
            found |= dict.fromkeys(words.split(), 1 if side == "future" else -1)
    return found


def lean(words: Words, first: int, last: int) -> int:
    """Return 1 where the nearest verb looks ahead, -1 where it looks back, else 0.

    The verb before a time decides; the verb after it only where none stands before.

    >>> from dateline.times.words import cut
    >>> lean(cut("They will meet on Tuesday"), 4, 5)
    1
    """
    return backward(words, first) or forward(words, last)


def backward(words: Words, first: int) -> int:
    """Return the direction of the nearest verb before word `first`."""
    to = False
    for at in range(first - 1, max(-1, first - FARTHEST), -1):
        if words.letters[at] in ENDS:
            break
        low = words.lower[at]
        to = to or low == "to"
        if direction := told(words, at, to):
            return direction
    return 0


def forward(words: Words, last: int) -> int:
    """Return the direction of the first verb from word `last` on."""
    for at in range(last, min(len(words.lower), last + FARTHEST)):
        if words.letters[at] in ENDS:
            break
        if direction := told(words, at, to=False):
            return direction
    return 0


def told(words: Words, at: int, to: bool) -> int:
    """Return the direction that one word tells; `to`: an infinitive hangs on it."""
    low = words.lower[at]
    if to and low in listed("plans"):
        return 1
    if known := cues().get(low, 0):
        if words.letters[at] == "M":
            return 0
        before = words.lower[max(0, at - 2) : at]
        following = words.lower[at + 1 : at + 2]
        if low in ("was", "were") and following == ("to",):
            return 1  # "was to travel"
        return -1 if known > 0 and before == ("had", "been") else known
    if not low.endswith("ed") or len(low) <= len("red") or low in listed("not past"):
        return 0
    return 1 if at and words.lower[at - 1] == "be" else -1
