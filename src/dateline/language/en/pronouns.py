"""Pronouns and bare titles, in order: linked only where one reading is left."""

from dateline.language.en.cast import Cast
from dateline.language.en.he import HE, he
from dateline.language.en.it import QUOTES, it, speaker
from dateline.language.en.mentions import plain
from dateline.language.en.several import COUNTS, NEIGHBOUR
from dateline.language.en.they import THEY, they
from dateline.language.en.titles import described
from dateline.model import Link, Parsed, Token

BETWEEN = frozenset(("prime", "foreign", "vice", "defense", "defence", "-"))


def pronouns(cast: Cast) -> None:
    """Link the pronouns and bare titles of every sentence, in order."""
    quoted = quoted_tokens(cast.parsed)
    for n, sentence in enumerate(cast.parsed.sentences):
        for token in cast.parsed.tokens[sentence.first : sentence.last]:
            link = one(cast, n, token, token.i in quoted)
            if link is not None and link.antecedents:
                cast.links.append(link)


def quoted_tokens(parsed: Parsed) -> frozenset[int]:
    """Return the tokens within quotation marks; a paragraph's end shuts them."""
    found: set[int] = set()
    inside = False
    for sentence in parsed.sentences:
        for token in parsed.tokens[sentence.first : sentence.last]:
            if token.text in QUOTES:
                inside = token.text in ("“", "``") or (token.text == '"' and not inside)
            elif inside:
                found.add(token.i)
        if parsed.text[sentence.span.end : sentence.span.end + 1] == "\n":
            inside = False
    return frozenset(found)


def one(cast: Cast, n: int, token: Token, quoted: bool) -> Link | None:
    """Return the link of one token, by its kind."""
    word = token.text.lower()
    if word in HE and token.pos == "PRON":
        return None if quoted else he(cast, n, token)
    if word in ("it", "its"):
        return None if quoted else it(cast, n, token)
    if word in THEY and token.pos == "PRON":
        return None if quoted else they(cast, n, token)
    if word in ("i", "we") and quoted:
        return speaker(cast, n, token)
    if token.pos in ("NOUN", "PROPN") and definite(cast.parsed, token):
        return described(cast, n, token)
    return None


def definite(parsed: Parsed, token: Token) -> bool:
    """Whether a noun stands with "the", "both" or "that", a number between."""
    first = token.i
    low = parsed.sentence_at(token.start)
    start = low.first if low else 0
    for i in range(first - 1, max(start, first - 4) - 1, -1):
        word = plain(parsed.tokens[i])
        if word in ("the", "both", "that", "all"):
            return True
        if word in ("its", "their"):
            return plain(token) in NEIGHBOUR
        if word not in BETWEEN and word not in COUNTS:
            return False
    return False
