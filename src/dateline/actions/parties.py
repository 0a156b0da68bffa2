"""Which words can name somebody, and where those words begin and end."""

from collections.abc import Iterator

from dateline.actions.grammar import RELATIVE, joined
from dateline.codebook import FolderCodebook
from dateline.model import Entity, Parsed, Span, Token

WHO = frozenset(("PERSON", "ORG", "GPE", "NORP"))
NOT_WHO = frozenset(
    "DATE TIME MONEY PERCENT QUANTITY ORDINAL WORK_OF_ART LANGUAGE LAW EVENT".split()
)
LEFT = frozenset(
    "det amod compound poss nummod quantmod nmod predet advmod punct npadvmod".split()
)
EMPTY = frozenset("there what this that these those whatever which everything".split())
THEM = frozenset("dozen hundred thousand score million other some many several".split())
ENDINGS = ("men", "women", "people")
TAILS = ("ee", "ist", "ian", "crat", "iot")
NO_TAILS = frozenset(
    "coffee degree fee tree guarantee knee jubilee spree decree melee list mist fist "
    "twist waist wrist checklist median riot idiot idee".split()
)
INNER = frozenset(("of",))
PLACE = frozenset(("in", "from", "at", "near"))


def entity_at(parsed: Parsed, token: Token) -> Entity | None:
    """Return the named entity that holds `token`, if any."""
    sentence = parsed.sentence_at(token.start)
    for entity in parsed.entities:
        if entity.span.start <= token.start < entity.span.end:
            return entity
        if sentence and entity.span.start > sentence.span.end:
            return None
    return None


def is_party(book: FolderCodebook, parsed: Parsed, token: Token) -> bool:
    """Whether `token` heads words that can name somebody who acts or suffers."""
    word = token.text.lower()
    if token.pos == "PRON" or token.tag in ("PRP", "WP"):
        return word not in EMPTY and token.dep != "expl"
    entity = entity_at(parsed, token)
    if entity is not None:
        if entity.label in WHO:
            return True
        if entity.label in NOT_WHO and not counted(parsed, token):
            return False
    lemma = token.lemma.lower()
    if token.pos == "PROPN":
        return lemma not in MONTHS
    if is_agent(book, lemma, word) or counted(parsed, token):
        return True
    return acronym(parsed, token)


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


def counted(parsed: Parsed, token: Token) -> bool:
    """Whether a bare number or an adjective stands for people: "killed five"."""
    if token.pos == "NUM" or token.lemma.lower() in THEM:
        return not any(True for _ in parsed.below(token, "amod")) and (
            token.dep in ("dobj", "nsubjpass", "nsubj", "pobj", "conj")
        )
    return token.pos == "ADJ" and any(
        t.text.lower() == "the" for t in parsed.below(token, "det")
    )


MONTHS = frozenset(
    "january february march april may june july august september october november "
    "december monday tuesday wednesday thursday friday saturday sunday jan. feb. mar. "
    "apr. aug. sept. oct. nov. dec. easter christmas ramadan".split()
)


def words_of(parsed: Parsed, head: Token) -> Span:
    """Return the full noun phrase that `head` carries, its clauses left out."""
    if head.dep == "poss" and head.pos != "NOUN":
        return Span(left_edge(parsed, head), head.end)
    start = left_edge(parsed, head)
    return trimmed(parsed, Span(start, right_edge(parsed, head)))


def left_edge(parsed: Parsed, head: Token) -> int:
    """Return where the phrase of `head` begins."""
    start = head
    for i in reversed(parsed.children[head.i]):
        child = parsed.tokens[i]
        if child.i > head.i:
            continue
        if child.dep not in LEFT or gapped(parsed, child, start):
            break
        first = parsed.subtree(child)[0]
        if first.i > head.i:
            break
        start = first
    return start.start


def gapped(parsed: Parsed, child: Token, start: Token) -> bool:
    """Whether words that are no part of the phrase lie between child and its rest."""
    return parsed.subtree(child)[-1].i + 1 < start.i


def right_edge(parsed: Parsed, head: Token) -> int:
    """Return where the phrase of `head` ends: after "of X", "in X", or an apposition."""
    end, last = head.end, head.i
    for child in parsed.below(head):
        if child.i < head.i:
            continue
        if child.dep in ("case", "punct") and child.text in ("'s", "’s", "'", "(", ",", "-"):
            continue
        stop = reach(parsed, head, child)
        if stop is None or child.i > last + 4:
            break
        end, last = stop
    return end


def reach(parsed: Parsed, head: Token, child: Token) -> tuple[int, int] | None:
    """Return the end of a modifier that belongs to the name, and its last token."""
    if child.dep == "prep" and belongs(parsed, head, child):
        inner = next(parsed.below(child, "pobj"), None)
        if inner is not None:
            end = right_edge(parsed, inner)
            return end, inner.i
    if child.dep in ("appos", "conj") and title(parsed, head, child):
        return right_edge(parsed, child), child.i
    if child.dep in ("nummod", "npadvmod") and child.i == head.i + 1:
        return child.end, child.i
    return None


def belongs(parsed: Parsed, head: Token, prep: Token) -> bool:
    """Whether "of X" or "in X" is a part of the name."""
    word = prep.text.lower()
    if word in INNER:
        return True
    if word not in PLACE or prep.i != head.i + 1 or head.pos not in ("NOUN", "PROPN"):
        return False
    inner = next(parsed.below(prep, "pobj"), None)
    if inner is None:
        return False
    entity = entity_at(parsed, inner)
    named = entity is not None and entity.label in ("GPE", "LOC", "NORP")
    own = entity_at(parsed, head)
    return named and (own is None or own.label not in ("GPE", "PERSON"))


def title(parsed: Parsed, head: Token, child: Token) -> bool:
    """Whether an apposition is a name or an office, rather than a remark."""
    if any(True for _ in parsed.below(child, "relcl", "acl", "conj")):
        return False
    if child.dep == "conj" and joined(parsed, head, head, child):
        return False
    between = parsed.text[head.end : child.start]
    if "," in between or "(" in between:
        return child.pos in ("PROPN", "NOUN") and len(parsed.subtree(child)) < 12  # noqa: PLR2004
    return child.pos == "PROPN"


def trimmed(parsed: Parsed, span: Span) -> Span:
    """Return `span` without quotes, commas and brackets at its ends."""
    start, end, text = span.start, span.end, parsed.text
    while start < end and not (text[start].isalnum() or text[start] in "$€£"):
        start += 1
    closing = "(" in text[start:end]
    while end > start and not (
        text[end - 1].isalnum() or text[end - 1] == "." or (closing and text[end - 1] == ")")
    ):
        end -= 1
    if closing and text[end : end + 1] == ")" and ")" not in text[start:end]:
        end += 1
    if text[start:end].lower().startswith(("both ", "either ")):
        start += text[start:end].index(" ") + 1
    return Span(start, end)


def antecedent(parsed: Parsed, token: Token) -> Token:
    """Return the noun that a relative pronoun stands for, else the token itself."""
    if token.text.lower() in RELATIVE:
        for up in parsed.above(token):
            if up.dep == "relcl":
                return parsed.tokens[up.head]
    return token


def adjectives(parsed: Parsed, noun: Token) -> Iterator[Token]:
    """Yield the names and nationalities that stand before a noun: "U.S. sanctions"."""
    for child in parsed.below(noun, "amod", "compound", "nmod"):
        entity = entity_at(parsed, child)
        if child.i > noun.i:
            continue
        if entity is not None and entity.label in WHO:
            yield child
