"""Who is named in a report: the words that later words may stand for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.model import Parsed, Sentence, Span, Token

PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "ibn",
        "de",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "abu",
        "-",
        "ul",
        "ur",
    ]
)
INSIDE = frozenset(("compound", "amod", "nmod", "flat", "nummod"))
CLIMB = frozenset(("appos", "compound", "flat"))
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
LONGEST_NAME = 7  # words: a longer run is a headline or a list
BACK = 8  # words: titles and nationality reach no further before a name


@dataclass(slots=True)
class Mention:
    """Words that name or describe somebody: tokens `first` up to `last`.

    `kind` is person, noun (a man described, not named), org, place or people; `names`
    are the folded words of the name without `titles`; `span` takes in titles and
    nationality; `who` numbers the person once the rules know him.
    """

    first: int
    last: int
    head: Token
    kind: str
    names: tuple[str, ...]
    titles: tuple[str, ...]
    span: Span
    subject: bool
    who: int = -1


@cache
def lexicon() -> dict[str, frozenset[str]]:
    """Return the lists of titles, nouns and given names that the rules go by."""
    raw = (files("dateline.language.en") / "people.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in raw.splitlines() if line[:1] != "#")
    return {name: frozenset(listed.split()) for name, listed in rows}


def labels_of(parsed: Parsed) -> dict[int, str]:
    """Return the tagger's label of each token that has one."""
    return {
        token.i: entity.label
        for entity in parsed.entities
        for token in parsed.tokens_in(entity.span)
    }


def mentions(
    parsed: Parsed, sentence: Sentence, labels: dict[int, str]
) -> list[Mention]:
    """Return who and what is named in one sentence, in text order."""
    found: list[Mention] = []
    at = sentence.first
    while at < sentence.last:
        token = parsed.tokens[at]
        end = at + 1
        if proper(token):
            while end < sentence.last and goes_on(parsed, end, sentence.last):
                end += 1
            if mention := named(parsed, at, end, labels):
                found.append(mention)
        elif token.pos in ("NOUN", "ADJ") and (
            mention := described(parsed, at, labels)
        ):
            found.append(mention)
        at = end
    return found


def proper(token: Token) -> bool:
    """Whether a token is part of a name."""
    return token.pos == "PROPN" or token.tag in ("NNP", "NNPS")


def goes_on(parsed: Parsed, at: int, last: int) -> bool:
    """Whether a run of names goes on with token `at`."""
    token = parsed.tokens[at]
    if proper(token):
        return True
    follows = at + 1 < last and proper(parsed.tokens[at + 1])
    return follows and token.text.lower() in PARTICLES


def named(
    parsed: Parsed, first: int, last: int, labels: dict[int, str]
) -> Mention | None:
    """Return the mention that a run of proper nouns makes."""
    tokens = parsed.tokens[first:last]
    start = after_titles(parsed, first, last)
    titles = tuple(title_words(parsed, first, start))
    names = tuple(plain(t) for t in parsed.tokens[start:last] if t.text != "-")
    if len(names) > LONGEST_NAME:
        return None
    kind = kind_of(tokens, titles, labels, names)
    if kind in ("name", "person") and len(names) > 1:
        titles = titles or beside_title(parsed, tokens[-1])
        kind = "person" if titles else kind
    return made(parsed, (start if names else first, last), kind, names, titles)


def beside_title(parsed: Parsed, name: Token) -> tuple[str, ...]:
    """Return the title that a name stands beside: "the rebels' leader, X Y"."""
    above = parsed.tokens[name.head]
    known = lexicon()["title"] | {"counterpart"}
    titled = name.dep == "appos" and above.tag == "NN" and above.i < name.i
    return (plain(above),) if titled and plain(above) in known else ()


def plain(token: Token) -> str:
    """Return a token small, without a final stop."""
    return token.text.lower().replace("’", "'")


def kind_of(
    tokens: tuple[Token, ...],
    titles: tuple[str, ...],
    labels: dict[int, str],
    names: tuple[str, ...],
) -> str:
    """Tell a person from an organisation and a place by titles and the tagger."""
    given = lexicon()
    if not names:
        return "noun"
    if titles or names[0] in given["he"] or names[0] in given["she"]:
        return "person"
    seen = [labels.get(token.i, "") for token in tokens]
    if "PERSON" in seen[-2:]:
        return "person"
    last = seen[-1] or next((label for label in seen if label), "")
    return {"ORG": "org", "GPE": "place", "NORP": "people"}.get(last, "name")


def after_titles(parsed: Parsed, first: int, last: int) -> int:
    """Return where the name itself starts in a run that may start with titles."""
    known = lexicon()["title"]
    at = first
    for i in range(first, min(last, first + 5)):
        if plain(parsed.tokens[i]) in known and parsed.tokens[i].pos != "ADJ":
            at = i + 1
    return at


def title_words(parsed: Parsed, first: int, start: int) -> Iterator[str]:
    """Yield the title words in and right before a run of names."""
    known = lexicon()["title"]
    for i in range(max(0, first - 3), start):
        token = parsed.tokens[i]
        if token.pos == "ADJ" and plain(token) == "official":
            continue
        if i >= first or (plain(token) in known and names_head(parsed, token, first)):
            yield plain(token)


def names_head(parsed: Parsed, token: Token, first: int) -> bool:
    """Whether a title right before a run belongs to it, as in "leader Kim"."""
    between = parsed.tokens[token.i + 1 : first]
    return token.dep in ("compound", "amod", "nmod") or not between


def described(parsed: Parsed, at: int, labels: dict[int, str]) -> Mention | None:
    """Return the mention that a common noun for a person or a nationality makes."""
    token = parsed.tokens[at]
    word = token.lemma.lower()
    if token.pos == "NOUN" and word in lexicon()["noun"] and token.tag == "NN":
        if token.dep in ("compound", "amod", "nmod") or appositive_name(parsed, token):
            return None
        return made(parsed, (at, at + 1), "noun", (), (word,))
    if labels.get(at) in ("NORP", "GPE"):
        return made(parsed, (at, at + 1), "people", (plain(token),), ())
    return None


def appositive_name(parsed: Parsed, token: Token) -> bool:
    """Whether a noun is followed by the name of whom it describes."""
    return any(
        child.i > token.i and proper(child) for child in parsed.below(token, "appos")
    )


def made(
    parsed: Parsed,
    bounds: tuple[int, int],
    kind: str,
    names: tuple[str, ...],
    titles: tuple[str, ...],
) -> Mention:
    """Return a mention with its head, its widest span and its role."""
    first, last = bounds
    head = parsed.tokens[last - 1]
    start = first
    lowest = max(0, first - BACK)
    while start > lowest and belongs(parsed, start - 1, first, last):
        start -= 1
    while start < first and parsed.tokens[start].pos in ("PUNCT", "DET"):
        start += 1
    span = Span(parsed.tokens[start].start, head.end)
    return Mention(
        first, last, head, kind, names, titles, span, is_subject(parsed, head)
    )


def belongs(parsed: Parsed, at: int, first: int, last: int) -> bool:
    """Whether the word before a name is a title or nationality of it."""
    token = parsed.tokens[at]
    if token.pos in ("PUNCT", "VERB", "ADP", "CCONJ", "DET", "PRON", "AUX", "SPACE"):
        return token.text == "-"
    climbs = token.dep in INSIDE and at < token.head < last
    if token.dep == "poss":
        return False
    return climbs or (token.i + 1 == first and plain(token) in lexicon()["title"])


def is_subject(parsed: Parsed, head: Token) -> bool:
    """Whether a mention is the subject of its clause, through titles too."""
    for _ in range(4):
        if head.dep in SUBJECTS:
            return True
        if head.dep not in CLIMB:
            return False
        head = parsed.tokens[head.head]
    return False


def noun_phrase(parsed: Parsed, head: Token) -> Span:
    """Return a noun with what stands before it, without its article."""
    left = [t for t in parsed.subtree(head) if t.i <= head.i and t.pos != "DET"]
    return Span(left[0].start, head.end) if left else head.span
