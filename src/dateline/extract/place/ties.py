"""How the name of a place hangs on the words of an act."""

from typing import Literal

from dateline.model import SUBJECTS, Parsed, Relations, Span, Token

Way = Literal["in", "on", "to", "from", "of", "object", "party", "other"]

WAYS: tuple[Way, ...] = ("in", "on", "to", "from", "of")  # that a preposition tells
CLIMBS: Relations = (
    *SUBJECTS,
    *("object", "dative", "agent", "predicate", "predicate-adjective"),
    *("object-predicate", "open-clause", "adnominal-clause", "preposition", "oblique"),
    *("oblique-clause", "owner", "adjective", "compound", "noun-modifier"),
    *("adverbial-noun", "conjunct"),
)
NAMELY: Relations = (
    *("owner", "adjective", "compound", "noun-modifier", "quantifier", "apposition"),
    "conjunct",
)
CLAUSES: Relations = (
    *("clausal-subject", "content-clause", "adverbial-clause", "relative-clause"),
    *("conjunct", "parataxis"),
)
DESCRIBING = frozenset(("adnominal-clause", "relative-clause"))
DONE = frozenset(("participle", "past"))
VERBS = ("VERB", "AUX")
FARTHEST = 12  # steps up a tree: beyond it nothing hangs on an act
REACH = 8  # tokens before a name in which its preposition stands


def tie_to_act(parsed: Parsed, act: Token, name: Span) -> Way | None:
    """Return how the place named at `name` hangs on the act, None where it does not.

    It hangs on the act, on the verb that governs it, or below either in its clause.
    """
    word = parsed.head_of(name)
    if word is None or word.i == act.i:
        return None
    way, holder = hold(parsed, word)
    for over in (act, *governors(parsed, act)):
        token = holder
        for _ in range(FARTHEST):
            if token.i == over.i:
                return way
            other_clause = token.relation in CLAUSES and token.pos in VERBS
            if other_clause or token.head == token.i:
                break
            token = parsed.tokens[token.head]
    return None


def hold(parsed: Parsed, word: Token) -> tuple[Way, Token]:
    """Return the way a name is held, and the token that holds it."""
    own, first = word.i, True
    for _ in range(FARTHEST):
        head = parsed.tokens[word.head]
        if word.relation == "oblique" and head.pos in (*("ADP", "SCONJ", "ADV", "VERB", "PART"),):
            part, preposition = parsed.tokens[head.head], head.text.lower()
            noun = part.lemma.lower() in parsed.words("places.part")
            inner = noun and part.relation == "oblique"  # "in the north of"
            if preposition not in parsed.words("places.of") or not inner:
                told = parsed.lexicon.senses["places.way"].get(preposition)
                return next((way for way in WAYS if way == told), "other"), part
            word, first = part, False  # "in a suburb of Paris"
            continue
        if word.relation not in NAMELY or head.i == word.i:
            return tie_without_preposition(word, first or word.i == own), head
        if word.relation == "owner" and first:
            own = head.i
        word, first = head, False
    return "other", word


def tie_without_preposition(word: Token, own: bool) -> Way:
    """Return the way of a name that no preposition holds."""
    if word.relation in ("object", "object-predicate", "predicate"):
        return "object" if own else "other"
    if word.relation in SUBJECTS:
        return "party"
    return "in" if word.relation in ("adverbial-noun", "adverb") else "other"


def governors(parsed: Parsed, act: Token) -> list[Token]:
    """Return the words that the act is an object, complement or partner of."""
    found: list[Token] = []
    token, speech = act, parsed.words("places.speech")
    while token.relation in CLIMBS and token.head != token.i and len(found) < FARTHEST:
        token = parsed.tokens[token.head]
        if token.pos in VERBS and token.lemma in speech:
            break
        found.append(token)
    return found


def is_speaker_seat(parsed: Parsed, name: Span) -> bool:
    """Whether a name is only where a speaker sits: "officials in Vienna said"."""
    word = parsed.head_of(name)
    for token in parsed.above(word) if word else ():
        if token.relation in SUBJECTS:
            return parsed.tokens[token.head].lemma in parsed.words("places.speech")
        if token.pos in VERBS:
            return False
    return False


def has_locative_before(parsed: Parsed, name: Span) -> bool:
    """Whether a name stands after a word that says where."""
    inside, words = parsed.tokens_in(name), parsed.words
    if not inside:
        return False
    for i in range(inside[0].i - 1, max(inside[0].i - REACH, -1), -1):
        token = parsed.tokens[i]
        small = token.text.lower()
        if token.pos == "ADP" and small in words("places.to"):
            return i > 0 and parsed.tokens[i - 1].lemma in words("places.move")
        if token.pos == "ADP" and small not in words("places.of"):
            return small in words("places.locative")
        before = parsed.tokens[i - 1].text.lower() if i else ""
        if small in words("places.of") and before in words("places.side"):
            return True  # "a village west of Pristina"
        if token.pos in ("VERB", "PUNCT", "PRON"):
            return False
    return False


def hangs_on_other_verb(parsed: Parsed, deed: Token, name: Span) -> bool:
    """Whether a name hangs on a verb beside the act's with a doer of its own.

    "Six men died and thousands fled to Chad": nobody died in Chad.
    """
    word = parsed.head_of(name)
    here = verb_at_or_over(parsed, word) if word else None
    act = verb_at_or_over(parsed, deed)
    if word is None or here is None or act is None or here == act:
        return False
    if is_place_of_saying(parsed, deed, here, word):
        return True
    if is_in_side_clause(parsed, deed, here, word):
        return True
    if here.relation == "adnominal-clause" and here not in parsed.above(deed):
        return hold(parsed, word)[0] in ("from", "to")  # "a jet flying to Oslo"
    one, two = sorted((here, act), key=lambda verb: verb.i)
    joined = two.relation == "conjunct" and two.head == one.i
    return joined and any(True for _ in parsed.below(two, *SUBJECTS))


def verb_at_or_over(parsed: Parsed, word: Token) -> Token | None:
    """Return a word if it is a verb, else the nearest verb above it."""
    return next((up for up in (word, *parsed.above(word)) if up.pos == "VERB"), None)


def is_place_of_saying(parsed: Parsed, deed: Token, here: Token, word: Token) -> bool:
    """Whether a name tells where an act was told of: "said in Ankara that ..."."""
    over = parsed.tokens[here.head] if here.relation == "adverbial-clause" else here
    clause = next((t for t in (deed, *parsed.above(deed)) if t.head == over.i), deed)
    speech = over.lemma in parsed.words("places.speech")
    told = speech and clause.relation == "content-clause"
    return told and max(over.i, word.i) < clause.i and here.i < word.i


def is_in_side_clause(parsed: Parsed, deed: Token, here: Token, word: Token) -> bool:
    """Whether a name and an act stand in two clauses, one telling more of a party.

    "Men wounded in the raid were flown to Rome", "missiles that can reach Rome".
    """
    chain = [deed, *parsed.above(deed)]
    if here not in chain:
        can = parsed.words("places.can")
        able = any(a.lemma in can for a in parsed.below(here, "auxiliary"))
        return here.relation == "relative-clause" and able
    inner = chain[: chain.index(here)]
    who = inner[-1] if inner else deed
    if who.relation not in SUBJECTS or word.i < here.i:
        return False
    described = (t for t in inner if t.relation in DESCRIBING and t.head == who.i)
    return any(t.form in DONE for t in described)
