"""The lists of English words that tell who can be meant."""

from functools import cache
from importlib.resources import files

from dateline.model import Token
from dateline.model.fold import strip_diacritics
from dateline.model.mention import Sort

ENDINGS = ("men", "women", "ists", "ants", "ees", "ians", "crats")
PLURAL = frozenset(("police", "people", "troops", "forces", "others"))
COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
GROUPS = {"duo": 2, "pair": 2, "couple": 2, "trio": 3, "threesome": 3, "quartet": 4}
GROUPS |= {"former": 2, "latter": 2}
NATIONS = frozenset(("country", "nation", "republic", "kingdom"))
SINGLE = frozenset(  # ends of the names of single bodies
    "nations states emirates affairs news times airlines airways motors forces".split()
)


@cache
def load_people_words() -> dict[str, frozenset[str]]:
    """Return the lists of titles, nouns and given names that the cues go by."""
    raw = (files("dateline.language.en") / "people.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in raw.splitlines() if line[:1] != "#")
    return {name: frozenset(listed.split()) for name, listed in rows}


def plain_token(token: Token) -> str:
    """Return a token small, its apostrophe straight."""
    return token.text.lower().replace("’", "'")


def folded_token(token: Token) -> str:
    """Return a word of a name small and without marks: "nicolas" of "Nicolás"."""
    word = plain_token(token)
    return word if word.isascii() else strip_diacritics(word)


def is_proper_token(token: Token) -> bool:
    """Whether a token is part of a name."""
    return token.pos == "PROPN" or token.form in ("name", "plural-name")


def sort_of_noun(token: Token, counted: bool = False) -> Sort:
    """Return what a common noun can mean: a person, people, a body or a thing.

    Counted "parties" and "capitals" are states: "both parties".
    """
    known = load_people_words()
    word, lemma = plain_token(token), token.lemma.lower()
    lands = known["land"] if counted else NATIONS
    if lemma in lands and word not in PLURAL:
        return "state"
    many = token.form in ("plural-noun", "plural-name")
    human = lemma in known["noun"] or lemma in known["title"]
    if many:
        human = human or lemma in known["many"] or word.endswith(ENDINGS)
    if human or word in PLURAL:
        return "people" if many or word in PLURAL else "person"
    body = lemma in known["group"] or lemma in known["collective"]
    return "body" if body else "thing"
