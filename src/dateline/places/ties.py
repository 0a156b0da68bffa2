"""How the name of a place hangs on the words of an act."""

from dataclasses import dataclass
from typing import Literal

from dateline.model import Action, Parsed, Span, Token
from dateline.places.seek import speech

Way = Literal["in", "on", "to", "from", "of", "object", "party", "other"]

WAYS: dict[str, Way] = {
    **dict.fromkeys(
        "in at near outside inside around across throughout over off along within"
        " amid between above beyond beneath under by beside opposite aboard".split(),
        "in",
    ),
    **dict.fromkeys("to into toward towards onto for".split(), "to"),
    **dict.fromkeys("from out".split(), "from"),
    "of": "of",
    "on": "on",
}
CLIMBS = frozenset(
    "dobj attr pobj prep nsubjpass compound amod acl xcomp oprd nsubj pcomp poss nmod"
    " conj npadvmod agent acomp dative".split()
)
NAMELY = frozenset("compound amod appos nmod conj poss flat quantmod".split())
CLAUSES = frozenset("ccomp advcl relcl conj parataxis csubj".split())
FARTHEST = 12  # steps up a tree: beyond it nothing hangs on an act


@dataclass(frozen=True, slots=True)
class Tie:
    """The way a place hangs on an act, and how far: 0 on the act itself."""

    way: Way
    level: int
    distance: int


def head_of(parsed: Parsed, action: Action) -> Token | None:
    """Return the token that carries the act."""
    return parsed.head_of(action.trigger)


def tie(parsed: Parsed, act: Token, name: Span) -> Tie | None:
    """Return how the place named at `name` hangs on the act, None where it does not."""
    word = parsed.head_of(name)
    if word is None or word.i == act.i:
        return None
    way, holder = hold(parsed, word)
    if (level := level_of(parsed, act, holder)) is None:
        return None
    return Tie(way, level, abs(word.i - act.i))


def hold(parsed: Parsed, word: Token) -> tuple[Way, Token]:
    """Return the way a name is held, and the token that holds it."""
    own = word
    for _ in range(FARTHEST):
        head = parsed.tokens[word.head]
        if word.dep == "pobj" and head.pos in ("ADP", "SCONJ", "ADV", "VERB", "PART"):
            return WAYS.get(head.text.lower(), "other"), parsed.tokens[head.head]
        if word.dep == "pcomp" or head.i == word.i:
            return "other", word
        if word.dep in ("dobj", "oprd", "attr"):
            return "object" if word is own else "other", head
        if word.dep in ("nsubj", "nsubjpass"):
            return "party", head
        if word.dep in ("npadvmod", "advmod"):
            return "in", head
        if word.dep not in NAMELY:
            return "other", head
        if word.dep == "poss" and word is own:
            own = head
        word = head
    return "other", word


def level_of(parsed: Parsed, act: Token, holder: Token) -> int | None:
    """Return 0 on the act, 1 below it, 2 on the verb that governs it, 3 below that."""
    if holder.i == act.i:
        return 0
    if below(parsed, holder, act):
        return 1
    for verb in governors(parsed, act):
        if holder.i == verb.i:
            return 2
        if below(parsed, holder, verb):
            return 3
    return None


def below(parsed: Parsed, token: Token, act: Token) -> bool:
    """Whether a token hangs below the act, in the act's own clause."""
    for _ in range(FARTHEST):
        if token.i == act.i:
            return True
        if token.dep in CLAUSES and token.pos in ("VERB", "AUX"):
            return False
        if token.head == token.i:
            return False
        token = parsed.tokens[token.head]
    return False


def governors(parsed: Parsed, act: Token) -> list[Token]:
    """Return the words that the act is an object, complement or partner of."""
    found: list[Token] = []
    token = act
    while token.dep in CLIMBS and token.head != token.i and len(found) < FARTHEST:
        token = parsed.tokens[token.head]
        if token.pos in ("VERB", "AUX") and token.lemma in speech():
            break
        found.append(token)
    return found
