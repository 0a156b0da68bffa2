"""Where the words of a party begin and end."""

from dateline.actions.grammar import joined
from dateline.actions.parties import entity_at
from dateline.model import Parsed, Span, Token

LEFT = frozenset(
    [
        "det",
        "amod",
        "compound",
        "poss",
        "nummod",
        "quantmod",
        "nmod",
        "predet",
        "advmod",
        "punct",
        "npadvmod",
    ]
)
INNER = frozenset(("of",))
NESTED = 5  # phrases in a phrase: "the head of the office of the mayor of X"
LONG = 12  # words of an apposition that is a remark, no title
LISTED = " and "
PLACE = frozenset(("in", "from", "at", "near"))


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
        clause = child.tag == "VBD" and any(True for _ in parsed.below(child, "nsubj"))
        if child.dep not in LEFT or clause or gapped(parsed, child, start):
            break
        first = parsed.subtree(child)[0]
        if first.i > head.i:
            break
        start = first
    return start.start


def gapped(parsed: Parsed, child: Token, start: Token) -> bool:
    """Whether words that are no part of the phrase lie between child and its rest."""
    return parsed.subtree(child)[-1].i + 1 < start.i


def right_edge(parsed: Parsed, head: Token, depth: int = 0) -> int:
    """Return where the phrase of `head` ends: after "of X", or an apposition."""
    end, last = head.end, head.i
    for child in parsed.below(head):
        if child.i < head.i:
            continue
        if child.dep in ("case", "punct") and child.text in (
            "'s",
            "’s",
            "'",
            "(",
            ",",
            "-",
        ):
            continue
        stop = reach(parsed, head, child, depth) if depth < NESTED else None
        if stop is None or child.i > last + 4:
            break
        end, last = stop
    return end


def reach(
    parsed: Parsed, head: Token, child: Token, depth: int
) -> tuple[int, int] | None:
    """Return the end of a modifier that belongs to the name, and its last token."""
    if child.dep == "prep" and belongs(parsed, head, child):
        inner = next(parsed.below(child, "pobj"), None)
        if inner is not None:
            end = right_edge(parsed, inner, depth + 1)
            return end, inner.i
    if child.dep in ("appos", "conj") and title(parsed, head, child):
        return right_edge(parsed, child, depth + 1), child.i
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
        return child.pos in ("PROPN", "NOUN") and len(parsed.subtree(child)) < LONG
    return child.pos == "PROPN"


def trimmed(parsed: Parsed, span: Span) -> Span:
    """Return `span` without quotes, commas and brackets at its ends."""
    start, end, text = span.start, span.end, parsed.text
    while start < end and not (text[start].isalnum() or text[start] in "$€£"):
        start += 1
    closing = "(" in text[start:end]
    while end > start and not (
        text[end - 1].isalnum()
        or text[end - 1] == "."
        or (closing and text[end - 1] == ")")
    ):
        end -= 1
    if closing and text[end : end + 1] == ")" and ")" not in text[start:end]:
        end += 1
    if (
        text[start:end].lower().startswith(("both ", "either "))
        and LISTED in text[start : end + len(LISTED)]
    ):
        start += text[start:end].index(" ") + 1
    return Span(start, end)
