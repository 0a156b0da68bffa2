"""Whether the words around a time speak of the past or of what is to come."""

from dataclasses import dataclass
from functools import cache

from dateline.model import Lexicon
from dateline.times.words import Words

FARTHEST = 30  # words looked at on each side
ENDS = frozenset(".!?;¶")
SHORT = 3  # letters of a word that only looks like one in the past: "red"


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that tell a direction (1 is ahead, -1 is back), and how others do."""

    known: dict[str, int]
    endings: tuple[str, ...]


@cache
def direction_cues(lexicon: Lexicon) -> Cues:
    """Return how the words of a language tell a direction."""
    ahead = dict.fromkeys(lexicon.words["times.cue-ahead"], 1)
    past = dict.fromkeys(lexicon.words["times.cue-past"], -1)
    return Cues(ahead | past, tuple(lexicon.words["times.past-ending"]))


def nearest_verb_lean(words: Words, first: int, last: int) -> int:
    """Return 1 where the nearest verb looks ahead, -1 where it looks back, else 0.

    The verb before a time decides; the verb after it only where none stands before.

    >>> from dateline import plugins
    >>> from dateline.times.words import cut_into_words
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> nearest_verb_lean(cut_into_words("They will meet on Tuesday", english), 4, 5)
    1
    """
    return verb_lean_before(words, first) or forward(words, last)


def verb_lean_before(words: Words, first: int) -> int:
    """Return the direction of the nearest verb before word `first`."""
    to, infinitive = False, words.listed("times.to")
    for at in range(first - 1, max(-1, first - FARTHEST), -1):
        if words.letters[at] in ENDS:
            break
        to = to or words.lower[at] in infinitive
        if direction := word_direction(words, at, to):
            return direction
    return 0


def forward(words: Words, last: int) -> int:
    """Return the direction of the first verb from word `last` on."""
    for at in range(last, min(len(words.lower), last + FARTHEST)):
        if words.letters[at] in ENDS:
            break
        if direction := word_direction(words, at, to=False):
            return direction
    return 0


def word_direction(words: Words, at: int, to: bool) -> int:
    """Return the direction that one word tells; `to`: an infinitive hangs on it."""
    low, cue = words.lower[at], direction_cues(words.lexicon)
    if to and low in words.listed("times.plan"):
        return 1
    if known := cue.known.get(low, 0):
        return 0 if words.letters[at] == "M" else by_cue(words, at, known)
    if not low.endswith(cue.endings) or len(low) <= SHORT:
        return 0
    if low in words.listed("times.not-past"):
        return 0
    return 1 if at and words.lower[at - 1] in words.listed("times.be") else -1


def by_cue(words: Words, at: int, known: int) -> int:
    """Return the direction that a word tells which usually tells a known one."""
    following = words.lower[at + 1 : at + 2]
    if words.lower[at] in words.listed("times.was") and (
        not words.listed("times.to").isdisjoint(following)
    ):
        return 1  # "was to travel"
    before = " ".join(words.lower[max(0, at - 2) : at])
    return -1 if known > 0 and before in words.listed("times.had-been") else known
