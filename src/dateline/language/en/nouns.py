"""Nouns and pronouns that stand for somebody: "the generals", "both sides", "they"."""

from dateline.language.en.grammar import Sentences
from dateline.language.en.people import (
    COUNTS,
    GROUPS,
    is_proper_token,
    load_people_words,
    plain_token,
    sort_of_noun,
)
from dateline.model import Parsed, Span, Token
from dateline.model.mention import Mention, Sort

PRONOUNS = {
    word: kind
    for kind, words in {
        "he": "he him his himself",
        "she": "she her hers herself",
        "it": "it its itself",
        "they": "they them their theirs themselves",
        "we": "we us our ours ourselves",
        "i": "i me my mine myself",
        "you": "you your yours",
        "who": "who whom whose which",
        "both": "both",
    }.items()
    for word in words.split()
}
SORTS: dict[str, Sort] = {"he": "person", "she": "person", "i": "person"}
MEN = frozenset(("man", "woman", "monarch", "rival"))
BEFORE = ("adjective", "compound", "noun-modifier")
HELD = frozenset(("subject", "passive", "object", "agent", "dative", "predicate"))
HEADED = frozenset(
    (
        "subject passive-subject object oblique owner dative predicate conjunct"
        " apposition agent"
    ).split()
)
TAILS = frozenset(("of", "from", "in", "at", "with"))


class Nouns:
    """Finds the common nouns and pronouns of a report that may stand for somebody."""

    def __init__(self, parsed: Parsed, sentences: Sentences) -> None:
        """Take the report and what is known of its clauses."""
        self.parsed = parsed
        self.sentences = sentences

    def of(self, n: int, token: Token) -> Mention | None:
        """Return the mention that a token of sentence `n` heads, or None."""
        word = token.text.lower()
        if word in PRONOUNS and not (word == "us" and token.text == "US"):
            return self.pronoun(n, token, PRONOUNS[word])
        noun = token.pos == "NOUN" and not is_proper_token(token)
        alone = one_of_two(token) or self.counted_alone(token)
        if (noun and token.relation not in BEFORE) or alone:
            return self.noun(n, token)
        return None

    def pronoun(self, n: int, token: Token, kind: str) -> Mention | None:
        """Return the mention that a pronoun is."""
        if kind == "both" and token.relation not in HEADED:
            return None
        if kind == "who" and token.form not in (
            "relative-pronoun",
            "relative-determiner",
            "relative-owner",
        ):
            return None
        return Mention(
            span=token.span,
            first=token.i,
            last=token.i + 1,
            head=token.i,
            sentence=n,
            kind="pronoun",
            sort=SORTS.get(kind, ""),
            words=(kind,),
            grammar=self.sentences.place(token),
            gender=kind if kind in ("he", "she") else "",
            many=kind in ("they", "we", "both"),
            count=2 if kind == "both" else 0,
            definite="own" if token.text.lower().endswith(("self", "selves")) else "",
        )

    def noun(self, n: int, token: Token) -> Mention | None:
        """Return the mention that a noun heads; things only where they do something."""
        parsed = self.parsed
        left = [t for t in parsed.below(token) if t.i < token.i]
        counts = (COUNTS[plain_token(t)] for t in left if plain_token(t) in COUNTS)
        size = COUNTS if self.counted_alone(token) else GROUPS
        count = next(counts, 0) or size.get(plain_token(token), 0)
        lemma = token.lemma.lower()
        known = load_people_words()
        untold = plain_token(token) in (*GROUPS, *COUNTS)
        sort = "" if untold else sort_of_noun(token, count > 0)
        grammar = self.sentences.place(token)
        if sort == "thing" and grammar.role not in HELD:
            return None
        start = min([token.start, *(t.start for t in left if t.pos != "PUNCT")])
        told = tuple(plain_token(t) for t in left if t.relation in BEFORE)
        return Mention(
            span=Span(start, token.end),
            first=min([token.i, *(t.i for t in left)]),
            last=token.i + 1,
            head=token.i,
            sentence=n,
            kind="noun",
            sort=sort,
            words=(lemma,),
            grammar=grammar,
            titles=(lemma,) if lemma in known["title"] | MEN else (),
            told=told,
            gender=gender_of_noun(plain_token(token), known),
            many=token.form == "plural-noun" or sort == "people",
            count=count,
            definite=definite(left),
            named=any(map(self.names, (*left, *self.tails(token)))),
        )

    def counted_alone(self, token: Token) -> bool:
        """Whether a number stands for those told of: "the two agreed to meet"."""
        if (
            token.pos != "NUM"
            or token.relation not in HEADED
            or plain_token(token) not in COUNTS
        ):
            return False
        below = list(self.parsed.below(token))
        return [plain_token(word) for word in below] == ["the"]

    def tails(self, token: Token) -> list[Token]:
        """Return the words after "of" and "in" that tell whose a noun is."""
        parsed = self.parsed
        return [
            inside
            for tail in parsed.below(token, "preposition")
            if plain_token(tail) in TAILS
            for inside in parsed.below(tail, "oblique")
        ]

    def names(self, token: Token) -> bool:
        """Whether a word is a name or holds one: it says of itself who is meant."""
        if is_proper_token(token) or (token.text[:1].isupper() and token.pos == "ADJ"):
            return True
        return any(is_proper_token(t) for t in self.parsed.below(token))


def one_of_two(token: Token) -> bool:
    """Whether a word is "the former" or "the latter" alone: no former president."""
    return plain_token(token) in ("former", "latter") and token.relation in HEADED


def gender_of_noun(word: str, known: dict[str, frozenset[str]]) -> str:
    """Return he or she of a noun such as "spokeswoman"."""
    if word in known["male"]:
        return "he"
    return "she" if word in known["female"] else ""


def definite(left: list[Token]) -> str:
    """Return "the", "a", "own" or "" of a noun, by the words before it."""
    for token in left:
        word = plain_token(token)
        if token.relation == "owner":
            return "own"
        if word in ("the", "both", "these", "those", "this", "that", "all"):
            return "the"
        if token.relation == "determiner":
            return "a"
    return ""
