"""Whether the words around a time speak of the past or of what is to come."""

from functools import cache
from importlib.resources import files

from dateline.times.words import Words

FARTHEST = 30  # words looked at on each side
ENDS = frozenset(".!?;¶")
NOT_PAST = frozenset(
    "need indeed hundred red bed speed exceed proceed succeed seed feed bleed breed weed"
    " united limited sacred naked wicked armed unprecedented so-called alleged supposed"
    " related based".split()
)
PLANS = frozenset(
    "agreed urged asked called decided offered wanted due ordered threatened plans plan"
    " planned prepares preparing hope want intends threatens threatening vows pledges wants"
    " promises pledge promise demands refused planned planning expected expects scheduled set hopes hoped intends vowed pledged"
    " promised likely wants going ready aims slated".split()
)


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
    """Return the direction that one word tells; `to` where an infinitive hangs on it."""
    low = words.lower[at]
    if to and low in PLANS:
        return 1
    known = cues().get(low, 0)
    if known > 0 and low == "may" and words.letters[at] == "M":
        return 0
    if known > 0 and words.lower[max(0, at - 2) : at] == ("had", "been"):
        return -1
    if known:
        return known
    if low.endswith("ed") and at and words.lower[at - 1] == "be":
        return 1
    if low.endswith("ed") and low.isalpha() and low not in NOT_PAST and len(low) > len("red"):
        return -1
    return 0
