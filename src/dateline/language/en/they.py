"""They, them and their: linked to the people of whom the text goes on to tell."""

from dateline.language.en.cast import Cast
from dateline.language.en.mentions import SUBJECTS, lexicon
from dateline.language.en.salience import (
    Standing,
    clauses_over,
    standings,
    subject_of,
    under_subject,
)
from dateline.model import Link, Parsed, Token, Why

THEY = frozenset(("they", "them", "their"))
GROUPED = frozenset(("crowd", "mob", "police", "gang", "army", "opposition"))
DEPENDENT = frozenset(("advcl", "relcl", "acl"))
CONTROL = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "dative"))
MEETING = frozenset(
    ("meet", "talk", "confer", "discuss", "negotiate", "agree", "sign", "hold")
)


def they(cast: Cast, n: int, token: Token) -> Link | None:
    """Link "they" to the people, or the list of bodies, that the grammar leaves."""
    chosen, rule = within(cast, n, token), "coreference.they-clause.v1"
    if chosen is None:
        chosen, rule = before(cast, n, token), "coreference.they-before.v1"
    if chosen is None:
        return None
    cast.stood[token.i] = ("many", chosen.spans)
    return Link(token.span, chosen.spans, Why(rule, chosen.spans[0]))


def within(cast: Cast, n: int, token: Token) -> Standing | None:
    """Return whom a pronoun takes up from its own sentence."""
    parsed = cast.parsed
    here = [s for s in standings(cast, n) if s.head.i < token.i and s.sort == "many"]
    if token.text.lower() == "them":
        barred = own_clause(parsed, token)
        gone = {s.spans for s in here if s.head.i in barred}
        left = [s for s in here if s.spans not in gone]
        return left[-1] if len({s.spans for s in left}) == 1 else None
    over = [*clauses_over(parsed, token)]
    if not over:
        return None  # "them and us", a line without a verb
    verb, *above = over
    own = not (token.dep in SUBJECTS or under_subject(parsed, token))
    if own and verb.dep in DEPENDENT | {"conj"} and len({s.spans for s in here}) > 1:
        return None  # "villagers fled after gunmen burned their homes"
    for clause in (verb, *above) if own else above:
        subject = subject_of(parsed, clause)
        if subject is None or subject.i >= token.i:
            continue
        found = next((s for s in here if s.head.i == subject.i), None)
        if found is not None or subject.tag in ("NNS", "NNPS"):
            return found
    return here[-1] if above and len({s.spans for s in here}) == 1 else None


def own_clause(parsed: Parsed, token: Token) -> set[int]:
    """Return who has a part in the clause of "them": it cannot mean him.

    An infinitive has its actor in the clause above: "fired shots to drive them back".
    """
    verb = next(clauses_over(parsed, token), None)
    if verb is not None and token.dep in SUBJECTS:
        verb = next(clauses_over(parsed, verb), None)  # "before letting them go"
    found: set[int] = set()
    while verb is not None and not any(parsed.below(verb, *SUBJECTS)):
        bare = verb.dep != "conj"
        verb = next(clauses_over(parsed, verb), None)
        parts = parsed.subtree(verb) if bare and verb is not None else ()
        found |= {t.i for t in parts if t.i < token.i and t.dep in CONTROL}
    if verb is not None:
        found |= {t.i for t in parsed.below(verb, *SUBJECTS)}
    return found


def before(cast: Cast, n: int, token: Token) -> Standing | None:
    """Return whom a pronoun takes up from the sentence before."""
    them = token.text.lower() == "them"
    barred = own_clause(cast.parsed, token) if them else set()
    gone = {s.spans for s in standings(cast, n) if s.head.i in barred}
    if not them and names_others(cast, n, token):
        return None
    for back in range(n - 1, max(-1, n - 3), -1):
        scene = [s for s in standings(cast, back) if s.spans not in gone]
        if any(s.sort != "thing" for s in scene):
            return foremost(cast, scene, token)
    return None


def names_others(cast: Cast, n: int, token: Token) -> bool:
    """Whether people are named before the pronoun whom it might mean as well."""
    return any(s.sort == "many" and s.head.i < token.i for s in standings(cast, n))


def foremost(cast: Cast, scene: list[Standing], token: Token) -> Standing | None:
    """Return the people of whom a sentence tells: its subject, or the only ones."""
    many = [s for s in scene if s.sort == "many"]
    subjects = [s for s in many if s.rank <= 1]
    first = next((s for s in scene if s.rank == 0), None)
    if first and first.sort == "thing" and first.head.tag in ("NNS", "NNPS"):
        return None  # "The talks ... They" may be the talks
    if first and first.sort == "many":
        others = {s.spans for s in subjects} - {first.spans}
        told = cast.parsed.tokens[first.head.head].lemma in lexicon()["say"]
        speaks = cast.parsed.tokens[token.head].lemma in lexicon()["say"]
        part = (
            token.text.lower() == "them" and cast.parsed.tokens[token.head].text == "of"
        )
        unsure = part or (told and not speaks)  # "14 of them were killed"
        return None if others and unsure else first
    taken_up = [s for s in many if s.head.text.lower() in THEY]
    for kept in (taken_up, subjects, many):
        if len({s.spans for s in kept}) == 1:
            return kept[0]
    return None if many else together(cast, scene) or grouped(first)


def together(cast: Cast, scene: list[Standing]) -> Standing | None:
    """Return the two who met: "The president met his counterpart. They ..."."""
    first = next((s for s in scene if s.rank == 0), None)
    if first is None or cast.parsed.tokens[first.head.head].lemma not in MEETING:
        return None
    others = [s for s in scene if s.sort == first.sort and s.head.i > first.head.i]
    if first.sort not in ("man", "body") or len(others) != 1:
        return None
    return Standing(first.head, "many", (*first.spans, *others[0].spans), 0)


def grouped(first: Standing | None) -> Standing | None:
    """Return a crowd, the police, an army as people, where nobody else is told of."""
    fits = first is not None and first.head.lemma.lower() in GROUPED
    return first if fits else None
