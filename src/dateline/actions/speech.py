"""He who says what he does himself."""

from dateline.model import Parsed, Token

AGREES = frozenset(("it", "they", "he", "she"))
SAYING = frozenset(
    ("say", "announce", "declare", "claim", "warn", "insist", "vow", "add")
)


def speakers(parsed: Parsed, saying: Token) -> list[Token]:
    """Return the subject of a verb of saying, shared: "Fiji sent ships and said"."""
    for _ in range(3):
        own = list(parsed.below(saying, "nsubj"))
        if own or saying.dep != "conj":
            return [t for t in own if t.pos in ("NOUN", "PROPN")]
        saying = parsed.tokens[saying.head]
    return []


def said_it(parsed: Parsed, verb: Token, subject: Token) -> Token | None:
    """The speaker says what he does himself: "Chad said it would leave" names Chad."""
    word = subject.text.lower()
    above = parsed.tokens[verb.head]
    if word not in AGREES or verb.dep != "ccomp" or above.lemma.lower() not in SAYING:
        return None
    own = speakers(parsed, above)
    if len(own) != 1 or own[0].i > subject.i:
        return None
    many = own[0].tag in ("NNS", "NNPS") or any(
        True for _ in parsed.below(own[0], "conj")
    )
    return own[0] if many == (word == "they") else None
