"""What mentions are read by: lists of people's words, and where a word stands.

Its sentence tells a word's role, the clauses above it, and whether it is quoted.
"""

from functools import cache
from importlib.resources import files

from dateline.model import SUBJECTS, Parsed, Relations, Token
from dateline.model.folding import strip_diacritics
from dateline.model.mention import Grammar, Role, Sort

ENDINGS = ("men", "women", "ists", "ants", "ees", "ians", "crats")
PLURAL = frozenset(("police", "people", "troops", "forces", "others"))
COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
GROUPS = {"duo": 2, "pair": 2, "couple": 2, "trio": 3, "threesome": 3, "quartet": 4}
GROUPS |= {"former": 2, "latter": 2}
NATIONS = frozenset(("country", "nation", "republic", "kingdom"))
SINGLE = frozenset(  # ends of the names of single bodies
    "nations states emirates affairs news times airlines airways motors forces".split()
)
WITH_CLAUSES: Relations = (*SUBJECTS, "clausal-subject")
QUOTES = frozenset(('"', "“", "”", "``", "''"))
DEEPEST = 6  # steps that a role is followed through lists and appositions
ROLES: dict[str, Role] = {
    "subject": "subject",
    "clausal-subject": "subject",
    "passive-subject": "passive",
    "object": "object",
    "object-predicate": "object",
    "dative": "dative",
    "agent": "agent",
    "oblique": "oblique",
    "owner": "owner",
    "compound": "modifier",
    "adjective": "modifier",
    "noun-modifier": "modifier",
    "predicate": "predicate",
}


@cache
def load_people_words() -> dict[str, frozenset[str]]:
    """Return the lists of titles, nouns and given names that the cues go by."""
    raw = (files("dateline.nlp.en") / "people.tsv").read_text("utf-8")
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


class Sentences:
    """The clauses, depths and quotations of a report, each worked out once."""

    def __init__(self, parsed: Parsed) -> None:
        """Note which tokens stand within quotation marks."""
        self.parsed = parsed
        self.quoted = quoted_tokens(parsed)
        self.over: dict[int, tuple[int, ...]] = {}

    def clauses(self, token: Token) -> tuple[int, ...]:
        """Return the verbs above a token, nearest first."""
        if (known := self.over.get(token.i)) is not None:
            return known
        found: tuple[int, ...] = ()
        if token.head != token.i:
            above = self.parsed.tokens[token.head]
            here = (above.i,) if above.pos in ("VERB", "AUX") else ()
            found = here + self.clauses(above)
        self.over[token.i] = found
        return found

    def place(self, token: Token) -> Grammar:
        """Return the place of the phrase that a token heads."""
        parsed = self.parsed
        outer, first = self.outer(token)
        above = parsed.tokens[outer.head]
        role = ROLES.get(outer.relation, "other")
        if outer.relation == "oblique" and above.relation == "agent":
            role = "agent"
        clauses = self.clauses(token)
        verb = parsed.tokens[clauses[0]] if clauses else None
        return Grammar(
            role=role,
            clauses=clauses[:DEEPEST],
            main=verb is not None and verb.relation == "root",
            verb=verb.lemma if verb else "",
            says=verb is not None and verb.lemma in load_people_words()["say"],
            idle=verb is not None and is_idle(parsed, verb),
            quoted=token.i in self.quoted,
            depth=min(len(clauses), 9),
            before=plain_token(above) if outer.relation == "oblique" else "",
            same=same_word_by_grammar(parsed, token),
            first=first,
            owner=next((t.i for t in parsed.below(token, "owner")), -1),
        )

    def outer(self, token: Token) -> tuple[Token, int]:
        """Return the word whose role a phrase has, and the one that opens its list."""
        parsed = self.parsed
        first = token.i if any(parsed.below(token, "conjunct")) else -1
        for _ in range(DEEPEST):
            if token.relation == "conjunct":
                token = parsed.tokens[token.head]
                first = token.i
            elif token.relation == "apposition" or (
                token.relation == "compound" and parsed.tokens[token.head].pos == "PROPN"
            ):
                token = parsed.tokens[token.head]
            else:
                break
        return token, first


def same_word_by_grammar(parsed: Parsed, token: Token) -> int:
    """Return the word that is the same one by grammar, -1 where there is none."""
    above = parsed.tokens[token.head]
    if token.relation == "apposition":
        return above.i
    if token.relation in ("subject", "object") and token.form == "name" and token.i:
        before = parsed.tokens[token.i - 1]  # "the agency Interfax said"
        if (before.relation, before.form, before.head) == (token.relation, "noun", token.head):
            return before.i
    if token.form in ("relative-pronoun", "relative-determiner", "relative-owner"):
        clause = next((t for t in parsed.above(token) if t.relation == "relative-clause"), None)
        return clause.head if clause else -1
    if token.relation == "predicate" and above.lemma in ("be", "become", "remain"):
        return next((t.i for t in parsed.below(above, *WITH_CLAUSES)), -1)
    return -1


def is_idle(parsed: Parsed, verb: Token) -> bool:
    """Whether a verb tells what bombs, deals and days do as well."""
    if verb.lemma == "be":
        verb = next(parsed.below(verb, "open-clause"), verb)  # "it is to discuss"
    passive = any(parsed.below(verb, "passive-auxiliary"))
    return verb.lemma in load_people_words()["idle"] or passive


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
