"""One attribution in a report: whose words, which cue says so, what is said.

With the words that tell a saying, a belief, a wish or a stance, and with the rules that
find one, each in an analyst's words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from dateline.model import Lexicon, Span, Why

Sense = Literal["speech", "thought", "wish", "stance", "evidence", "seem"]
Class = Literal["verb", "noun", "adverb", "adjective", "attitude"]
RULES = {
    "attribution.according-to.v1": (
        "X says so: the clause stands with 'according to X' or 'in X's words'."
    ),
    "attribution.adverb.v1": (
        "Somebody unnamed says so: an adverb such as 'reportedly' stands in the clause."
    ),
    "attribution.alleged.v1": (
        "Somebody unnamed says so: the noun is called 'alleged' or 'reported'."
    ),
    "attribution.attitude.v1": ("X holds it: he is sure, hopeful, afraid that it is so."),
    "attribution.beside-after.v1": ("X says so: the reporting words follow the quotation."),
    "attribution.beside-before.v1": ("X says so: the reporting words lead up to the quotation."),
    "attribution.cited.v1": ("X says so: the report or another speaker is 'citing X'."),
    "attribution.clause-after.v1": ("X says so: a reporting clause closes the sentence."),
    "attribution.clause-before.v1": (
        "X says so: the clause hangs on a verb of saying, thinking or showing."
    ),
    "attribution.clause-inside.v1": ("X says so: a reporting clause breaks into the sentence."),
    "attribution.felt.v1": ("X holds it: he is convinced, worried, surprised that it is so."),
    "attribution.goes-on.v1": (
        "X goes on speaking: X spoke last, and a learned choice gives X the act too."
    ),
    "attribution.heard-from.v1": ("X says so: another has heard it from X."),
    "attribution.infinitive.v1": ("X says, wants or plans to do it."),
    "attribution.label.v1": (
        "X says so: the turn of a transcript or the headline begins with 'X:'."
    ),
    "attribution.linked.v1": (
        "X says so: the encoder tags the words and the linker puts them together."
    ),
    "attribution.noun.v1": (
        "X says so: it stands below a noun such as 'claim' or 'warning'; without an"
        " owner somebody unnamed says so."
    ),
    "attribution.object.v1": (
        "X names it as the object of a verb such as 'reported' or 'condemned'."
    ),
    "attribution.own-voice.v1": ("The report tells it in its own voice: nobody is said to say so."),
    "attribution.passive.v1": (
        "Somebody unnamed (or the agent after 'by') says, thinks or expects it: 'is believed to'."
    ),
    "attribution.pronoun.v1": (
        "X says so: a pronoun speaks, the cast does not tell for whom it stands, and X"
        " spoke last of those of whom it can be said."
    ),
    "attribution.quotation.v1": ("X says so: a quotation follows the verb of saying."),
    "attribution.quoted-by.v1": ("X passes it on: the speaker is 'quoted by X'."),
    "attribution.seems.v1": ("It seems so to somebody unnamed."),
    "attribution.speaks-next.v1": (
        "X says so: X speaks next in the paragraph, and a learned choice gives X the act too."
    ),
    "attribution.unlikely.v1": (
        "The report tells it itself: somebody speaks there, but by a learned choice not"
        " of this act."
    ),
}


@dataclass(frozen=True, slots=True)
class Saying:
    """Who says, the words that tell the saying, and what is said.

    Each part may lie in several pieces; `source` is empty where nobody is named.
    `sense` parts speech from beliefs, wishes, stances and what evidence shows.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    sense: Sense
    why: Why

    def says(self, words: Span) -> bool:
        """Whether `words` lie in what is said, and not in the words that say so.

        >>> cue, said = Span(4, 8), Span(9, 20)
        >>> Saying((), (cue,), (said,), "speech", Why("x.v1", cue)).says(Span(9, 12))
        True
        """
        middle = middle_of(words)
        if any(piece.overlaps(words) for piece in self.cue):
            return False
        return any(piece.covers(middle) for piece in self.content)

    def holds(self, other: "Saying") -> bool:
        """Whether the whole of another saying lies in what is said."""
        parts = (*other.source, *other.cue, *other.content)
        return all(any(p.covers(part) for p in self.content) for part in parts)

    @property
    def size(self) -> int:
        """How many characters are said."""
        return sum(piece.end - piece.start for piece in self.content)

    @property
    def start(self) -> int:
        """Where its first word stands."""
        return min(p.start for p in (*self.source, *self.cue, *self.content))


def middle_of(words: Span) -> Span:
    """Return the character in the middle of words.

    >>> middle_of(Span(4, 8))
    Span(start=6, end=7)
    """
    at = (words.start + words.end) // 2
    return Span(at, at + 1)


def tidy_pieces(text: str, pieces: Iterable[Span]) -> tuple[Span, ...]:
    """Return `pieces` in text order, joined where only space or marks part them.

    >>> tidy_pieces("a, b", [Span(3, 4), Span(0, 1)])
    (Span(start=0, end=4),)
    """
    kept: list[Span] = []
    for piece in sorted(pieces):
        if piece.end <= piece.start:
            continue
        between = text[kept[-1].end : piece.start] if kept else ""
        # no word and no more than a paragraph's end
        if kept and len(between) < 8 and not any(map(str.isalnum, between)):
            kept[-1] = kept[-1].join(piece)
        else:
            kept.append(piece)
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of saying and the frames in which what is said may stand.

    `clause` a finite clause below a verb · `content-clause` one below a noun or an
    adjective · `quote` a quotation · `obj` its object · `infinitive` "wants to win" ·
    `hears` its object is the hearer · `passive` "is believed to" · `raise` "seems to" ·
    `felt` "was convinced" · `event`: naming an event as its object says that it
    happened ("reported a raid", not "condemned a raid"). `prepositions` are those that
    may stand before what is said.
    """

    sense: Sense
    frames: frozenset[str]
    prepositions: frozenset[str] = frozenset()


@cache
def load_cues(lexicon: Lexicon, kind: Class) -> dict[str, Cue]:
    """Return the cues of one class by lemma.

    >>> row = ("tell", "verb", "speech", "clause hears", "of")
    >>> load_cues(Lexicon(tables={"attribution.cues": (row,)}), "verb")[
    ...     "tell"
    ... ].prepositions
    frozenset({'of'})
    """
    found: dict[str, Cue] = {}
    for word, of, sense, *cells in lexicon.tables["attribution.cues"]:
        if of == kind:
            frames, *before = (frozenset(cell.split()) for cell in cells)
            found[word] = Cue(cast(Sense, sense), frames, *before)
    return found


def full_rule_name(name: str) -> str:
    """Return the full name of a rule in the table.

    >>> full_rule_name("label")
    'attribution.label.v1'
    """
    full = f"attribution.{name}.v1"
    if full not in RULES:
        raise KeyError(full)
    return full
