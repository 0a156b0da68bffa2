"""Where a word stands in its sentence: role, clauses above, quotation, lists."""

from dateline.language.en.people import load_people_words, plain_token
from dateline.model import SUBJECTS, Parsed, Relations, Token
from dateline.model.mention import Grammar, Role

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
        clauses = self.clauses(token)
        verb = parsed.tokens[clauses[0]] if clauses else None
        owner = next((t.i for t in parsed.below(token, "owner")), -1)
        above = parsed.tokens[outer.head]
        role = ROLES.get(outer.relation, "other")
        if outer.relation == "oblique" and above.relation == "agent":
            role = "agent"
        lemma = verb.lemma if verb else ""
        return Grammar(
            role=role,
            clauses=clauses[:DEEPEST],
            main=verb is not None and verb.relation == "root",
            verb=lemma,
            says=lemma in load_people_words()["say"],
            idle=verb is not None and idle(parsed, verb),
            quoted=token.i in self.quoted,
            depth=min(len(clauses), 9),
            before=plain_token(above) if outer.relation == "oblique" else "",
            same=same_word_by_grammar(parsed, token),
            first=first,
            owner=owner,
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
                token.relation == "compound"
                and parsed.tokens[token.head].pos == "PROPN"
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
        if (before.relation, before.form, before.head) == (
            token.relation,
            "noun",
            token.head,
        ):
            return before.i
    if token.form in ("relative-pronoun", "relative-determiner", "relative-owner"):
        clause = next(
            (t for t in parsed.above(token) if t.relation == "relative-clause"), None
        )
        return clause.head if clause else -1
    if token.relation == "predicate" and above.lemma in ("be", "become", "remain"):
        return next((t.i for t in parsed.below(above, *WITH_CLAUSES)), -1)
    return -1


def idle(parsed: Parsed, verb: Token) -> bool:
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
