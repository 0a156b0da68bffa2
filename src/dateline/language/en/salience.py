"""Who stands where in a sentence: the people and bodies that they or it may mean."""

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.language.en.cast import Cast
from dateline.language.en.mentions import SUBJECTS, lexicon, noun_phrase, plain
from dateline.model import Parsed, Span, Token

ENDINGS = ("men", "women", "ists", "ants", "ees", "ians", "crats")
COUNTS = frozenset(
    ("thousands", "hundreds", "dozens", "scores", "some", "many", "most", "several")
)
PLURAL = frozenset(("police", "people", "troops", "forces", "others"))
ONE = frozenset(  # ends of the names of single bodies
    "nations states emirates affairs news times airlines airways motors forces".split()
)
OBJECTS = frozenset(("dobj", "dative", "oprd", "attr"))
TAIL = ("of", "from", "in")
LONGEST = 8  # tokens of a phrase behind a noun that still tell who somebody is
VERBS = ("VERB", "AUX")


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody in a sentence: `sort` is many, body, man or thing; `rank` 0 acts first.

    `spans` are the words that a pronoun for him stands for, several for a list.
    """

    head: Token
    sort: str
    spans: tuple[Span, ...]
    rank: int


def standings(cast: Cast, n: int) -> list[Standing]:
    """Return who stands in sentence `n`, in text order, with what pronouns mean."""
    if n not in cast.standing:
        sentence = cast.parsed.sentences[n]
        tokens = cast.parsed.tokens[sentence.first : sentence.last]
        cast.standing[n] = [t for t in tokens if heads(t)]
    found = (standing(cast, n, token) for token in cast.standing[n])
    return [each for each in found if each is not None]


def heads(token: Token) -> bool:
    """Whether a word heads a phrase that has a part in its clause."""
    if token.pos not in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
        return False
    return token.dep in SUBJECTS | OBJECTS | {"pobj", "agent", "conj"}


def standing(cast: Cast, n: int, token: Token) -> Standing | None:
    """Return what one word stands for; None for a pronoun that is not resolved."""
    rank = rank_of(cast.parsed, token)
    if known := cast.stood.get(token.i):
        return Standing(token, known[0], known[1], rank)
    if token.pos == "PRON":
        he = token.text.lower() in ("he", "she", "him", "her")
        return Standing(token, "man", (token.span,), rank) if he else None
    members = listed(cast, token)
    if len(members) > 1:
        return Standing(
            token, "many", tuple(phrase(cast.parsed, m) for m in members), rank
        )
    return Standing(token, sort(cast, n, token), (phrase(cast.parsed, token),), rank)


def listed(cast: Cast, token: Token) -> list[Token]:
    """Return the bodies or people that a list joined by "and" names: "A, B and C"."""
    found = [token]
    if token.dep == "conj" or placed(cast.parsed, token):
        return found
    for each in found:
        found += cast.parsed.below(each, "conj")
    joined = any(
        c.text.lower() == "and" for t in found for c in cast.parsed.below(t, "cc")
    )
    alike = all(is_body(cast, t) or is_person(cast, t) for t in found)
    return found if joined and alike else [token]


def placed(parsed: Parsed, token: Token) -> bool:
    """Whether a name only tells where or whose: "his counterparts in Rome and Oslo"."""
    above = parsed.tokens[token.head]
    return token.dep == "pobj" and plain(above) in (*TAIL, "at", "near", "to")


def sort(cast: Cast, n: int, token: Token) -> str:
    """Tell people, a body or state, one man, and things apart."""
    if is_many(cast, token):
        return "many"
    if is_person(cast, token) or any(
        m.who >= 0 and m.first <= token.i < m.last for m in cast.scenes[n]
    ):
        return "man"
    return "body" if is_body(cast, token) else "thing"


def is_many(cast: Cast, token: Token) -> bool:
    """Whether a word names people by what they are: "rebels", "Serbs", "dozens of"."""
    word = plain(token)
    if word in PLURAL:
        return True
    if word in COUNTS or token.pos == "NUM":
        inside = (
            t
            for of in cast.parsed.below(token, "prep")
            for t in cast.parsed.below(of, "pobj")
        )
        return any(is_many(cast, t) for t in inside)
    if token.tag not in ("NNS", "NNPS"):
        return False
    if token.tag == "NNPS" and cast.labels.get(token.i) == "ORG":
        return word not in ONE
    known = lexicon()
    lemma = token.lemma.lower()
    if lemma in known["many"] or lemma in known["noun"] or lemma in known["title"]:
        return True
    return cast.labels.get(token.i) == "NORP" or word.endswith(ENDINGS)


def is_person(cast: Cast, token: Token) -> bool:
    """Whether a word names one man."""
    if cast.labels.get(token.i) == "PERSON":
        return True
    known = lexicon()
    return token.tag == "NN" and plain(token) in known["noun"] | known["title"]


def is_body(cast: Cast, token: Token) -> bool:
    """Whether a word names one state, organisation or group of people."""
    if token.tag == "NNS" or is_person(cast, token):
        return False
    if cast.labels.get(token.i) in ("ORG", "GPE", "NORP"):
        return token.pos in ("PROPN", "NOUN")
    known = lexicon()
    return token.lemma.lower() in known["group"] | known["collective"]


def rank_of(parsed: Parsed, token: Token) -> int:
    """Return 0 for the subject of the sentence, 1 of a clause, 2 an object, 3 else."""
    if token.dep in SUBJECTS:
        verb = parsed.tokens[token.head]
        return 0 if verb.dep == "ROOT" else 1
    return 2 if token.dep in OBJECTS else 3


def phrase(parsed: Parsed, head: Token) -> Span:
    """Return a noun with what stands before it, and the "of Iraq" behind it."""
    span = noun_phrase(parsed, head)
    end = span.end
    for tail in parsed.below(head, "prep"):
        inside = parsed.subtree(tail)
        near = tail.i == head.i + 1 and len(inside) <= LONGEST
        if near and plain(tail) in TAIL:
            end = [t for t in inside if t.pos != "PUNCT"][-1].end
    return Span(span.start, end)


def clauses_over(parsed: Parsed, token: Token) -> Iterator[Token]:
    """Yield the verbs over a pronoun: its own, then those of the clauses above."""
    return (each for each in parsed.above(token) if each.pos in VERBS)


def subject_of(parsed: Parsed, verb: Token) -> Token | None:
    """Return the subject of a verb, also of one that shares the first verb's."""
    for _ in range(LONGEST):
        for subject in parsed.below(verb, *SUBJECTS):
            whose = subject.tag in ("WDT", "WP") and verb.dep == "relcl"
            return parsed.tokens[verb.head] if whose else subject
        if verb.dep not in ("conj", "xcomp"):
            return None
        verb = parsed.tokens[verb.head]
    return None


def under_subject(parsed: Parsed, token: Token) -> bool:
    """Whether "their" stands in the subject of its clause: "their leaders said"."""
    for each in (token, *parsed.above(token)):
        if each.dep in SUBJECTS:
            return True
        if each.pos in VERBS:
            return False
    return False
