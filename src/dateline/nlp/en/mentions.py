"""Who is spoken of in a report: names, nouns and pronouns, with their grammar."""

from collections.abc import Iterable, Iterator

from dateline.model import Parsed, Span, Token
from dateline.model.mention import Mention, Sort
from dateline.nlp.en.grammar import (
    COUNTS,
    GROUPS,
    Sentences,
    folded_token,
    is_proper_token,
    load_people_words,
    plain_token,
    sort_of_noun,
)
from dateline.nlp.en.naming import Names

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
        "subject passive-subject object oblique owner dative predicate conjunct apposition agent"
    ).split()
)
RELATIVE = ("relative-pronoun", "relative-determiner", "relative-owner")
THESE = frozenset(("the", "both", "these", "those", "this", "that", "all"))
TAILS = frozenset(("of", "from", "in", "at", "with"))

SHORTEST = 3  # letters of a surname
SHORT = 4  # letters: a shorter one may be any word, and is one only as grammar tells
OF_SURNAME = frozenset(("subject", "passive-subject", "object", "dative", "owner", "conjunct"))
PAST = ("past", "present-third")  # "May said": no verb after a modal is in these forms


def find_mentions(parsed: Parsed) -> tuple[Mention, ...]:
    """Return every mention of somebody, in order of the words that head them."""
    sentences = Sentences(parsed)
    names, nouns = Names(parsed, sentences), Nouns(parsed, sentences)
    found: list[Mention] = []
    read = [(n, s, list(names.of(n, s))) for n, s in enumerate(parsed.sentences)]
    surnames = Surnames(parsed, names, (m for _, _, here in read for m in here))
    for n, sentence, first in read:
        here = [again for m in first for again in surnames.again(m)]
        taken = {i for m in first for i in range(m.first, m.last)}
        for token in parsed.tokens[sentence.first : sentence.last]:
            if token.i in taken:
                continue
            if surnames.missed(token):
                here.append(names.surname(n, token))
            elif (m := nouns.of(n, token)) is not None:
                here.append(m)
        found.extend(sorted(here, key=lambda m: m.last))
    return tuple(found)


class Nouns:
    """Finds the common nouns and pronouns of a report that may stand for somebody."""

    def __init__(self, parsed: Parsed, sentences: Sentences) -> None:
        """Take the report and what is known of its clauses."""
        self.parsed = parsed
        self.sentences = sentences

    def of(self, n: int, token: Token) -> Mention | None:
        """Return the mention that a token of sentence `n` heads, or None."""
        word = token.text.lower()
        kind = PRONOUNS.get(word)
        if kind is not None and token.text != "US":
            return self.pronoun(n, token, kind)
        if token.pos == "NOUN" and token.relation not in BEFORE:
            if not is_proper_token(token):
                return self.noun(n, token)
        elif token.pos == "NUM" and self.counted_alone(token):
            return self.noun(n, token)
        if word in ("former", "latter") and token.relation in HEADED:
            return self.noun(n, token)  # alone: no former president
        return None

    def pronoun(self, n: int, token: Token, kind: str) -> Mention | None:
        """Return the mention that a pronoun is."""
        if kind == "both" and token.relation not in HEADED:
            return None
        if kind == "who" and token.form not in RELATIVE:
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
        parsed, known = self.parsed, load_people_words()
        word, lemma = plain_token(token), token.lemma.lower()
        left = [t for t in parsed.below(token) if t.i < token.i]
        before = [plain_token(t) for t in left]
        size = COUNTS if self.counted_alone(token) else GROUPS
        counts = (COUNTS[w] for w in before if w in COUNTS)
        count = next(counts, 0) or size.get(word, 0)
        untold = word in GROUPS or word in COUNTS
        sort = "" if untold else sort_of_noun(token, count > 0)
        grammar = self.sentences.place(token)
        if sort == "thing" and grammar.role not in HELD:
            return None
        tails = (
            inside
            for tail in parsed.below(token, "preposition")
            if plain_token(tail) in TAILS
            for inside in parsed.below(tail, "oblique")
        )
        male, female = word in known["male"], word in known["female"]
        return Mention(
            span=Span(min([token.start, *(t.start for t in left if t.pos != "PUNCT")]), token.end),
            first=min([token.i, *(t.i for t in left)]),
            last=token.i + 1,
            head=token.i,
            sentence=n,
            kind="noun",
            sort=sort,
            words=(lemma,),
            grammar=grammar,
            titles=(lemma,) if lemma in known["title"] or lemma in MEN else (),
            told=tuple(w for t, w in zip(left, before, strict=True) if t.relation in BEFORE),
            gender="he" if male else "she" if female else "",
            many=token.form == "plural-noun" or sort == "people",
            count=count,
            definite=definite_by_words(left),
            named=any(map(self.names, (*left, *tails))),
        )

    def counted_alone(self, token: Token) -> bool:
        """Whether a number stands for those told of: "the two agreed to meet"."""
        if token.pos != "NUM" or token.relation not in HEADED or plain_token(token) not in COUNTS:
            return False
        return [plain_token(word) for word in self.parsed.below(token)] == ["the"]

    def names(self, token: Token) -> bool:
        """Whether a word is a name or holds one: it says of itself who is meant."""
        if is_proper_token(token) or (token.text[:1].isupper() and token.pos == "ADJ"):
            return True
        return any(is_proper_token(t) for t in self.parsed.below(token))


def definite_by_words(left: Iterable[Token]) -> str:
    """Return "the", "a", "own" or "" of a noun, by the words before it."""
    for token in left:
        if token.relation == "owner":
            return "own"
        if plain_token(token) in THESE:
            return "the"
        if token.relation == "determiner":
            return "a"
    return ""


class Surnames:
    """Surnames that a tagger misread, known by the full names elsewhere in a report."""

    def __init__(self, parsed: Parsed, names: Names, found: Iterable[Mention]) -> None:
        """Note the last words of people's full names, and their last two."""
        self.parsed = parsed
        self.names = names
        people = [m.words for m in found if m.sort == "person" and not tied(m)]
        full = [words for words in people if len(words) > 1]
        self.tails = {words[-2:] for words in full}
        self.known = {words[-1] for words in full if len(words[-1]) >= SHORTEST}
        self.called = self.known | {words[0] for words in people if len(words) == 1}

    def again(self, mention: Mention) -> Iterator[Mention]:
        """Yield a name as it is read by who knows the report's people."""
        words, tokens = mention.words, self.parsed.tokens
        last = tokens[mention.last - 1]
        if tied(mention):
            if words not in self.tails and self.called & set(words):
                yield self.names.surname(mention.sentence, tokens[mention.first])
                yield self.names.surname(mention.sentence, last)
                return
        elif words[-1] in self.known and self.untold(mention, last):
            yield self.names.surname(mention.sentence, last)
            return
        yield mention

    def missed(self, token: Token) -> bool:
        """Whether a word outside all names is one of these surnames."""
        if not token.text[:1].isupper() or folded_token(token) not in self.known:
            return False
        if len(token.text) >= SHORT:
            return True
        if token.form == "modal" and self.parsed.tokens[token.head].form in PAST:
            return True
        return token.form in ("name", "modal") and token.relation in OF_SURNAME

    def untold(self, mention: Mention, last: Token) -> bool:
        """Whether words are a body's to the tagger, or a title without an article."""
        if last.text.isupper() or folded_token(last) != mention.words[-1]:
            return False
        if mention.kind == "noun":
            return not mention.definite  # "King said", of Senator Ivo King
        return mention.sort in ("body", "")


def tied(mention: Mention) -> bool:
    """Whether a mention is two words joined by a hyphen: "Karlov-Brandt"."""
    length = mention.span.end - mention.span.start
    joined = length == sum(map(len, mention.words)) + 1
    return (len(mention.words), mention.last - mention.first) == (2, 3) and joined
