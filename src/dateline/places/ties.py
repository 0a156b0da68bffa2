"""How the name of a place hangs on the words of an act."""

from dataclasses import dataclass
from typing import Literal

from dateline.model import SUBJECTS, Parsed, Relations, Span, Token

Way = Literal["in", "on", "to", "from", "of", "object", "party", "other"]

WAYS: tuple[Way, ...] = ("in", "on", "to", "from", "of")  # that a preposition tells
CLIMBS: Relations = (
    *SUBJECTS,
    "object",
    "dative",
    "agent",
    "predicate",
    "predicate-adjective",
    "object-predicate",
    "open-clause",
    "adnominal-clause",
    "preposition",
    "oblique",
    "oblique-clause",
    "owner",
    "adjective",
    "compound",
    "noun-modifier",
    "adverbial-noun",
    "conjunct",
)
NAMELY: Relations = (
    "owner",
    "adjective",
    "compound",
    "noun-modifier",
    "quantifier",
    "apposition",
    "conjunct",
)
CLAUSES: Relations = (
    "clausal-subject",
    "content-clause",
    "adverbial-clause",
    "relative-clause",
    "conjunct",
    "parataxis",
)
FARTHEST = 12  # steps up a tree: beyond it nothing hangs on an act


@dataclass(frozen=True, slots=True)
class Tie:
    """How a place hangs on an act: the way, how far (0: on it), on which word."""

    way: Way
    level: int
    holder: str


def tie(parsed: Parsed, act: Token, name: Span) -> Tie | None:
    """Return how the place named at `name` hangs on the act, None where it does not."""
    word = parsed.head_of(name)
    if word is None or word.i == act.i:
        return None
    way, holder = hold(parsed, word)
    if (level := level_of(parsed, act, holder)) is None:
        return None
    return Tie(way, level, holder.lemma.lower())


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
            of = head.text.lower() in parsed.words("places.of")
            if not of or not is_part(parsed, part):
                return way_of(parsed, head.text), part
            word, first = part, False  # "in a suburb of Paris"
            continue
        if word.relation not in NAMELY or head.i == word.i:
            return tie_without_preposition(word, first or word.i == own), head
        if word.relation == "owner" and first:
            own = head.i
        word, first = head, False
    return "other", word


def is_part(parsed: Parsed, word: Token) -> bool:
    """Whether a noun after a preposition is a part of a place: "in the north of"."""
    part = word.lemma.lower() in parsed.words("places.part")
    return part and word.relation == "oblique"


def way_of(parsed: Parsed, preposition: str) -> Way:
    """Return the way that a preposition tells."""
    told = parsed.lexicon.senses["places.way"].get(preposition.lower())
    return next((way for way in WAYS if way == told), "other")


def tie_without_preposition(word: Token, own: bool) -> Way:
    """Return the way of a name that no preposition holds."""
    if word.relation in ("object", "object-predicate", "predicate"):
        return "object" if own else "other"
    if word.relation in SUBJECTS:
        return "party"
    return "in" if word.relation in ("adverbial-noun", "adverb") else "other"


def level_of(parsed: Parsed, act: Token, holder: Token) -> int | None:
    """Return 0 on the act, 1 below it, 2 on the verb that governs it, 3 below that."""
    if holder.i == act.i:
        return 0
    if is_in_act_clause(parsed, holder, act):
        return 1
    for verb in governors(parsed, act):
        if holder.i == verb.i:
            return 2
        if is_in_act_clause(parsed, holder, verb):
            return 3
    return None


def is_in_act_clause(parsed: Parsed, token: Token, act: Token) -> bool:
    """Whether a token hangs below the act, in the act's own clause."""
    for _ in range(FARTHEST):
        if token.i == act.i:
            return True
        if token.relation in CLAUSES and token.pos in ("VERB", "AUX"):
            return False
        if token.head == token.i:
            return False
        token = parsed.tokens[token.head]
    return False


def governors(parsed: Parsed, act: Token) -> list[Token]:
    """Return the words that the act is an object, complement or partner of."""
    found: list[Token] = []
    token, speech = act, parsed.words("places.speech")
    while token.relation in CLIMBS and token.head != token.i and len(found) < FARTHEST:
        token = parsed.tokens[token.head]
        if token.pos in ("VERB", "AUX") and token.lemma in speech:
            break
        found.append(token)
    return found


def is_speaker_seat(parsed: Parsed, name: Span) -> bool:
    """Whether a name is only where a speaker sits: "officials in Vienna said"."""
    word = parsed.head_of(name)
    for token in parsed.above(word) if word else ():
        head = parsed.tokens[token.head]
        if token.relation in SUBJECTS:
            return head.lemma in parsed.words("places.speech")
        if token.pos in ("VERB", "AUX"):
            return False
    return False
