"""How an act is done, and what it is about: modes and contexts."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from dateline.actions.match import lower
from dateline.actions.reading import Reading
from dateline.codebook import FolderCodebook
from dateline.model import Parsed, Token

CONTENT = frozenset(("REQUEST", "REJECT", "THREATEN"))
ENOUGH = 2


def modes(found: Reading) -> tuple[str, ...]:
    """Return the modes of an act: the frame's, its content's, its weapon's."""
    frame = found.frame
    if frame.deed in CONTENT and not frame.modes:
        return content_modes(found)
    if frame.deed == "ASSAULT":
        return tuple(dict.fromkeys((*frame.modes, *weapons(found))))
    if frame.deed == "MOBILIZE":
        return forces(found)
    return frame.modes


def content_modes(found: Reading) -> tuple[str, ...]:
    """The first word after the act that names what is asked, refused or threatened."""
    rows = [(m, w) for t, m, w in found.book.content if t == found.frame.deed]
    if found.frame.deed == "REJECT":
        rows = [(m, w) for t, m, w in found.book.content if t == "REQUEST"]
    for token in following(found):
        for mode, words in rows:
            if lower(token) in words:
                return (mode,)
    return ()


def following(found: Reading) -> Iterable[Token]:
    """Yield the words of the clause after the act, or of its object."""
    inside = [t for t in found.parsed.subtree(found.head) if not beside(found, t)]
    own = {w.i for w in found.words} - {found.head.i}
    start = found.head.i if not found.frame.negative else found.head.i - 1
    return [t for t in inside if t.i > start and t.i not in own][:25]


def beside(found: Reading, token: Token) -> bool:
    """Whether a word stands in a clause beside the act: "while 200 marched"."""
    parsed = found.parsed
    for _ in range(8):
        if token.i in (found.head.i, token.head):
            return False
        marks = [t.text.lower() for t in parsed.below(token, "mark", "advmod")]
        if token.dep == "advcl" and set(marks) & BESIDE:
            return True
        token = parsed.tokens[token.head]
    return False


BESIDE = frozenset(
    ("while", "as", "after", "when", "because", "since", "before", "unless", "if")
)


def weapons(found: Reading) -> tuple[str, ...]:
    """The weapon told in the clause of an assault."""
    near = {lower(t) for t in clause(found)}
    if "suicide" in near:
        near.discard("bomber")
    if {"water", "cannon"} <= near:
        near.discard("cannon")
    rows = found.book.content
    told = [mode for deed, mode, words in rows if deed == "ASSAULT" and words & near]
    if {"air", "strike"} <= near or {"air", "raid"} <= near:
        told.append("aerial")
    if {"tear", "gas"} <= near or {"water", "cannon"} <= near:
        told.append("crowd-control")
    taken = "abduct" in found.frame.modes or "sexual" in found.frame.modes
    return () if taken else tuple(told[:2])


def clause(found: Reading) -> Sequence[Token]:
    """Return the words on which a manner may be told: the act's, the actor's."""
    words = list(found.parsed.subtree(found.head))[:30]
    for actor in found.actors:
        words.extend(found.parsed.subtree(actor)[:8])
    return words


def forces(found: Reading) -> tuple[str, ...]:
    """Return troops, police, militia or weapons by what is moved, and who moves."""
    classes = found.book.classes
    said = (
        *found.objects,
        *(found.subjects if not found.objects else ()),
        *found.actors,
    )
    names = [lower(t) for t in said]
    for token in said:
        names.extend(lower(t) for t in found.parsed.subtree(token)[:8])
    for mode, word in (("police", "police"), ("militia", "militia")):
        if any(n in classes[word] for n in names):
            return (mode,)
    told = []
    if any(n in classes["force"] for n in names):
        told.append("troops")
    if any(n in classes["arms"] for n in names):
        told.append("weapons")
    return tuple(told) or found.frame.modes


def contexts(book: FolderCodebook, parsed: Parsed) -> tuple[str, ...]:
    """Return the matters a report is about: two telling words of one, at least."""
    text = parsed.text.lower()
    found = []
    for context in book.contexts:
        hits = compiled(context.words).findall(text)
        if len(set(hits)) >= ENOUGH:
            found.append((len(hits), context.name))
    found.sort(key=lambda pair: -pair[0])
    return tuple(name for _, name in found[:6])


@lru_cache(maxsize=128)
def compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return one bounded expression for a set of words."""
    told = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{told})(?!\w)")
