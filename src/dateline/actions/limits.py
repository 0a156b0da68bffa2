"""The conditions of a frame that name words: which object, which subject."""

from collections.abc import Callable

from dateline.actions import grammar
from dateline.actions.match import lower
from dateline.actions.reading import Reading, Tokens


def is_passive(found: Reading) -> bool:
    """Whether the verb is passive."""
    return grammar.passive(found.parsed, found.head)


def among(found: Reading, tokens: Tokens, words: frozenset[str]) -> bool:
    """Whether one of `tokens` is one of `words`."""
    return any(found.kin(t, words) for t in tokens)


def only(found: Reading, words: frozenset[str]) -> bool:
    """The object is one of the words."""
    if found.frame.kind == "noun":
        return True
    told = any(w.pos in ("NOUN", "PROPN") for w in found.words[1:])
    loose = "any-o" in found.frame.needs or told
    if not found.objects and loose:
        return True
    # "$2 million a year in aid"
    sums = any(o.pos == "NUM" or lower(o) in MONEY for o in found.objects)
    if sums and among(
        found, tuple(grammar.after(found.parsed, found.anchors, ("in",))), words
    ):
        return True
    unit = tuple(w for w in found.words[1:] if w.pos == "NOUN")
    unit += tuple(
        o for w in found.words[1:] for o in found.parsed.below(w, "pobj") if not unit
    )
    goals = found.objects or unit or (*found.recipients, *reached(found))
    return among(found, goals, words)


def reached(found: Reading) -> Tokens:
    """What the act goes at where it has no object: "pulled out of the deal"."""
    places = found.frame.recipient
    return tuple(grammar.after(found.parsed, found.anchors, places))


MONEY = frozenset(
    ("dollar", "euro", "pound", "franc", "mark", "yen", "yuan", "rouble", "ruble")
)


def excluded(found: Reading, words: frozenset[str]) -> bool:
    """No object, subject of a passive or modifier is one of the words."""
    if among(found, found.objects, words):
        return False
    below = [*found.parsed.below(found.head, "prep", "prt", "advmod", "npadvmod")]
    for word in found.words[1:]:
        below.extend(found.parsed.below(word, "compound", "amod"))
    return not any(t.text.lower() in words for t in below)


def subject_only(found: Reading, words: frozenset[str]) -> bool:
    """The subject is one of the words; a passive may leave it unsaid."""
    if not found.subjects and is_passive(found):
        return True
    return among(found, found.subjects, words)


def subject_not(found: Reading, words: frozenset[str]) -> bool:
    """The subject is none of the words."""
    return not among(found, found.subjects, words)


def actor_only(found: Reading, words: frozenset[str]) -> bool:
    """The actor, or a word before the noun, is one of the words."""
    before = tuple(found.parsed.below(found.head, "compound", "amod"))
    return among(found, (*found.actors, *before), words)


def actor_not(found: Reading, words: frozenset[str]) -> bool:
    """The actor is none of the words: no "farmers' strike" among air strikes."""
    return not among(found, (*found.actors, *found.subjects), words)


def preposition(found: Reading, words: frozenset[str]) -> bool:
    """One of the prepositions hangs on the act, or is a word of it."""
    if any(w.text.lower() in words for w in found.words[1:]):
        return True
    return any(
        prep.text.lower() in words
        for anchor in found.anchors
        for prep in grammar.prepositions(found.parsed, anchor)
    )


def not_before(found: Reading, words: frozenset[str]) -> bool:
    """No word before the noun is one of the words."""
    before = found.parsed.below(found.head, "compound", "amod", "nmod")
    return not any(lower(t) in words or t.text.lower() in words for t in before)


def of_only(found: Reading, words: frozenset[str]) -> bool:
    """What stands after "of" is one of the words."""
    names = ("of", "on", "to", "against", "from", "with")
    return among(found, tuple(grammar.after(found.parsed, (found.head,), names)), words)


def for_only(found: Reading, words: frozenset[str]) -> bool:
    """What stands after "for" is one of the words."""
    return among(
        found, tuple(grammar.after(found.parsed, found.anchors, ("for",))), words
    )


def called(found: Reading, words: frozenset[str]) -> bool:
    """The object is called by one of the words: "called him a traitor"."""
    told = found.parsed.below(found.head, *NAMED)
    named = [w for t in told for w in (t, *found.parsed.below(t, "appos"))]
    named += grammar.after(found.parsed, named, ("of",))  # "an act of piracy"
    near = [w for t in named for w in (t, *found.parsed.below(t, "amod", "compound"))]
    near += found.parsed.below(found.head, "prep")
    near += [w for p in near if p.text.lower() == "as" for w in found.parsed.subtree(p)]
    return any(lower(t) in words for t in near)


NAMED = ("oprd", "ccomp", "xcomp", "dobj", "acomp", "attr")
LIMITS: dict[str, Callable[[Reading, frozenset[str]], bool]] = {
    "only": only,
    "not": excluded,
    "only-s": subject_only,
    "not-s": subject_not,
    "only-a": actor_only,
    "not-a": actor_not,
    "p": preposition,
    "not-pre": not_before,
    "only-of": of_only,
    "only-for": for_only,
    "oprd": called,
}
