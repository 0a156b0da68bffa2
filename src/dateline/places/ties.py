"""How the name of a place hangs on the words of an act."""

from dataclasses import dataclass
from typing import Literal

from dateline.model import Action, Parsed, Span, Token
from dateline.places.words import word_list

Way = Literal["in", "on", "to", "from", "of", "object", "party", "other"]

FARTHEST = 12  # steps up a tree: beyond it nothing hangs on an act


@dataclass(frozen=True, slots=True)
class Tie:
    """How a place hangs on an act: the way, how far (0: on it), on which word."""

    way: Way
    level: int
    distance: int
    holder: str


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
    return Tie(way, level, abs(word.i - act.i), holder.lemma.lower())


def hold(parsed: Parsed, word: Token) -> tuple[Way, Token]:
    """Return the way a name is held, and the token that holds it."""
    own, first = word.i, True
    for _ in range(FARTHEST):
        head = parsed.tokens[word.head]
        if word.relation == "oblique" and head.pos in (
            "ADP",
            "SCONJ",
            "ADV",
            "VERB",
            "PART",
        ):
            part = parsed.tokens[head.head]
            if head.text.lower() != "of" or not is_part(part):
                return way_of(head.text), part
            word, first = part, False  # "in a suburb of Paris"
            continue
        if word.relation not in word_list("namely") or head.i == word.i:
            return plain(word, first or word.i == own), head
        if word.relation == "owner" and first:
            own = head.i
        word, first = head, False
    return "other", word


def is_part(word: Token) -> bool:
    """Whether a noun after a preposition is a part of a place: "in the north of"."""
    return word.relation == "oblique" and word.lemma.lower() in word_list("parts")


def way_of(preposition: str) -> Way:
    """Return the way that a preposition tells."""
    small = preposition.lower()
    ways: tuple[Way, ...] = ("in", "to", "from")
    for way in ways:
        if small in word_list(f"places_{way}"):
            return way
    return "on" if small == "on" else "of" if small == "of" else "other"


def plain(word: Token, own: bool) -> Way:
    """Return the way of a name that no preposition holds."""
    if word.relation in ("object", "object-predicate", "predicate"):
        return "object" if own else "other"
    if word.relation in ("subject", "passive-subject"):
        return "party"
    return "in" if word.relation in ("adverbial-noun", "adverb") else "other"


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
        if token.relation in word_list("clauses") and token.pos in ("VERB", "AUX"):
            return False
        if token.head == token.i:
            return False
        token = parsed.tokens[token.head]
    return False


def governors(parsed: Parsed, act: Token) -> list[Token]:
    """Return the words that the act is an object, complement or partner of."""
    found: list[Token] = []
    token = act
    while (
        token.relation in word_list("climbs")
        and token.head != token.i
        and len(found) < FARTHEST
    ):
        token = parsed.tokens[token.head]
        if token.pos in ("VERB", "AUX") and token.lemma in word_list("speech"):
            break
        found.append(token)
    return found


def seat(parsed: Parsed, name: Span) -> bool:
    """Whether a name is only where a speaker sits: "officials in Vienna said"."""
    word = parsed.head_of(name)
    for token in parsed.above(word) if word else ():
        head = parsed.tokens[token.head]
        if token.relation in ("subject", "passive-subject"):
            return head.lemma in word_list("speech")
        if token.pos in ("VERB", "AUX"):
            return False
    return False
