"""Which words can name somebody."""

from bisect import bisect_right
from collections.abc import Iterator

from dateline.codebook import FolderCodebook
from dateline.model import Entity, Parsed, Token

WHO = frozenset(("PERSON", "ORG", "GPE", "NORP"))
NOT_WHO = frozenset(
    [
        "DATE",
        "TIME",
        "MONEY",
        "PERCENT",
        "QUANTITY",
        "ORDINAL",
        "WORK_OF_ART",
        "LANGUAGE",
        "LAW",
        "EVENT",
    ]
)
EMPTY = frozenset(
    [
        "there",
        "what",
        "this",
        "that",
        "these",
        "those",
        "whatever",
        "which",
        "everything",
        "anything",
        "nothing",
        "nobody",
    ]
)
SUMS = frozenset(("MONEY", "PERCENT"))
THEM = frozenset(
    [
        "dozen",
        "hundred",
        "thousand",
        "score",
        "million",
        "other",
        "some",
        "many",
        "several",
    ]
)
ENDINGS = ("men", "women", "people")
TAILS = ("ee", "ist", "ian", "crat", "iot")
NO_TAILS = frozenset(
    [
        "coffee",
        "degree",
        "fee",
        "tree",
        "guarantee",
        "knee",
        "jubilee",
        "spree",
        "decree",
        "melee",
        "list",
        "mist",
        "fist",
        "twist",
        "waist",
        "wrist",
        "checklist",
        "median",
        "riot",
        "idiot",
        "idee",
    ]
)


def entity_at(parsed: Parsed, token: Token) -> Entity | None:
    """Return the named entity that holds `token`, if any."""
    low = bisect_right(parsed.entities, token.start, key=lambda e: e.span.start) - 1
    found = parsed.entities[low] if low >= 0 else None
    return found if found and token.start < found.span.end else None


def is_party(book: FolderCodebook, parsed: Parsed, token: Token) -> bool:
    """Whether `token` heads words that can name somebody who acts or suffers."""
    word = token.text.lower()
    if token.pos == "PRON" or token.tag in ("PRP", "WP"):
        return word not in EMPTY and token.dep != "expl"
    entity = entity_at(parsed, token)
    if entity is not None:
        if entity.label in WHO:
            return True
        if entity.label in NOT_WHO and not counted(parsed, token, entity):
            return False
    lemma = token.lemma.lower()
    if token.pos == "PROPN" or capital(parsed, token):
        return lemma not in MONTHS
    if is_agent(book, lemma, word) or counted(parsed, token):
        return True
    return acronym(parsed, token) or faced(parsed, token)


def faced(parsed: Parsed, token: Token) -> bool:
    """Whether camps or capitals are sides: "both camps", "the two capitals"."""
    if token.lemma.lower() not in ("camp", "capital"):
        return False
    before = parsed.below(token, "det", "nummod", "amod", "poss", "compound")
    return any(t.text.lower() in CAMPS for t in before)


CAMPS = frozenset(("two", "both", "rival", "opposing", "warring", "reformist"))


def capital(parsed: Parsed, token: Token) -> bool:
    """Whether a noun is written as a name within its sentence: "with Seychelles"."""
    if token.pos != "NOUN" or not token.text[0].isupper() or token.text.isupper():
        return False
    sentence = parsed.sentence_at(token.start)
    before = parsed.tokens[token.i - 1].text if token.i else ""
    first = sentence is None or token.i == sentence.first
    return not first and before[:1].islower()


def is_agent(book: FolderCodebook, lemma: str, word: str) -> bool:
    """Whether a common noun names people or a body of people."""
    last = lemma.rpartition("-")[2]
    if {lemma, last, word} & book.agents or word.endswith(ENDINGS):
        return True
    return lemma.endswith(TAILS) and lemma not in NO_TAILS


def acronym(parsed: Parsed, token: Token) -> bool:
    """Whether a word in capitals stands in a sentence that is not all in capitals."""
    if not token.text.isupper() or len(token.text) < 2 or token.pos != "NOUN":  # noqa: PLR2004
        return False
    sentence = parsed.sentence_at(token.start)
    return sentence is not None and not sentence.span.of(parsed.text).isupper()


def counted(parsed: Parsed, token: Token, entity: Entity | None = None) -> bool:
    """Whether a bare number or an adjective stands for people: "killed five"."""
    if entity is not None and entity.label in SUMS:
        return False
    if token.pos == "NUM" or token.lemma.lower() in THEM:
        return not any(True for _ in parsed.below(token, "amod")) and (
            token.dep in ("dobj", "nsubjpass", "nsubj", "pobj", "conj")
        )
    return token.pos == "ADJ" and any(
        t.text.lower() == "the" for t in parsed.below(token, "det")
    )


MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "jan.",
        "feb.",
        "mar.",
        "apr.",
        "aug.",
        "sept.",
        "oct.",
        "nov.",
        "dec.",
        "easter",
        "christmas",
        "ramadan",
    ]
)


def adjectives(parsed: Parsed, noun: Token) -> Iterator[Token]:
    """Yield the names and nationalities that stand before a noun: "U.S. sanctions"."""
    for child in parsed.below(noun, "amod", "compound", "nmod"):
        entity = entity_at(parsed, child)
        if child.i > noun.i:
            continue
        if entity is not None and entity.label in WHO:
            yield child
