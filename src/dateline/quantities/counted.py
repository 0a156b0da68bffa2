"""Who is counted, and what was done to them: from grammar, else the words beside."""

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.model import Parsed, Span, Token
from dateline.quantities.deeds import harm_of_word

PATIENT = ("object", "passive-subject", "oblique", "dative")
COUNTED = frozenset(("NOUN", "PROPN", "NUM", "PRON"))
NEAR = 5  # words between a number and the word that tells what was done


@dataclass(frozen=True, slots=True)
class Counted:
    """Somebody counted: head of their words, what was done, the word that tells it."""

    head: Token
    what: str
    teller: Token
    rule: str


def find_counted(parsed: Parsed, number: Token, last: Token) -> Counted | None:
    """Return whom a number counts and what was done to them."""
    head = (
        parsed.tokens[number.head]
        if number.relation in ("number", "quantifier")
        else number
    )
    if head.relation == "number" or head.pos == "NUM" and head.relation == "quantifier":
        head = parsed.tokens[head.head]
    return (
        straight(parsed, number, head)
        or by_grammar(parsed, head, head is number)
        or counted_by_neighbours(parsed, head, last)
        or count_without_deed(head, last, parsed)
    )


def straight(parsed: Parsed, number: Token, head: Token) -> Counted | None:
    """Read "killing 12", "injuring scores" from the word right before the number."""
    before = parsed.tokens[max(0, number.i - 1)]
    if before.pos != "VERB" or number.relation == "number" or before.i == number.i:
        return None
    what = harm_of_word(parsed, before.lemma, "verb")
    return Counted(head, what, before, "quantities.patient.v1") if what else None


def by_grammar(parsed: Parsed, head: Token, bare: bool) -> Counted | None:
    """Read what was done from the verb or noun that the counted stand under."""
    for token in lifted(parsed, head):
        for child in parsed.below(
            token, "adnominal-clause", "relative-clause", "adjective", "apposition"
        ):
            if (what := suffered(parsed, child)) is not None:
                return Counted(head, what, child, "quantities.participle.v1")
        above = parsed.tokens[token.head]
        if found := harm_from_verb(
            parsed, token, above, bare or is_people_word(parsed, token)
        ):
            return Counted(head, found[0], found[1], "quantities.patient.v1")
    return None


def suffered(parsed: Parsed, child: Token) -> str | None:
    """Return what was done to a word that a participle or passive clause hangs on."""
    passive = any(parsed.below(child, "passive-subject", "passive-auxiliary"))
    died = child.lemma in parsed.words("quantities.die")
    if child.relation == "relative-clause" and not died and not passive:
        return None
    if child.form in ("participle", "adjective", "past"):
        return outcome_of_attack(parsed, child) or harm_of_word(
            parsed, child.lemma, "verb", "adjective"
        )
    return None


def outcome_of_attack(parsed: Parsed, verb: Token) -> str | None:
    """Return what shooting, stabbing and the like come to: dead, or wounded."""
    if verb.lemma in parsed.words("quantities.take") and is_taken_hostage(parsed, verb):
        return "abducted"
    wounding = verb.lemma in parsed.words("quantities.wounding")
    if not wounding or any(parsed.below(verb, "particle")):
        return None  # "shot down an airliner" wounds nobody
    words = {t.text.lower() for t in parsed.tokens[verb.i - 1 : verb.i + 4]}
    return "killed" if words & parsed.words("quantities.fatal") else "injured"


def is_taken_hostage(parsed: Parsed, verb: Token) -> bool:
    """Whether somebody is taken hostage, or as a hostage."""
    named = parsed.words("quantities.as")
    of = (c for c in parsed.below(verb, "preposition") if c.lemma in named)
    some = (*parsed.below(verb), *(noun for c in of for noun in parsed.below(c)))
    return any(noun.lemma in parsed.words("quantities.hostage") for noun in some)


def lifted(parsed: Parsed, head: Token) -> Iterator[Token]:
    """Yield the counted and what they are joined to: "three of them", "A and B"."""
    yield head
    token = head
    for _ in range(4):
        over = parsed.tokens[token.head]
        of = over.lemma in parsed.words("quantities.of")
        if token.relation == "conjunct" and token.pos in COUNTED:
            token = over
        elif token.relation == "oblique" and of:
            token = parsed.tokens[over.head]
            if harm_of_word(parsed, token.lemma, "noun") or token.pos == "VERB":
                return
        else:
            return
        yield token


def harm_from_verb(
    parsed: Parsed, token: Token, above: Token, many: bool
) -> tuple[str, Token] | None:
    """Return what the word above does to `token`, and that word."""
    if token.relation == "oblique":
        noun = parsed.tokens[above.head]
        of = above.lemma in parsed.words("quantities.of")
        if of and noun.lemma in parsed.words("quantities.crowd"):
            return "crowd", noun
        if above.lemma in parsed.words("quantities.with"):
            return alongside(parsed, above)
        what = harm_from_noun(parsed, noun) if of else None
        return (what, noun) if what else None
    if token.relation in PATIENT:
        kinds = ("verb", "people", "weak") if many else ("verb",)
        what = outcome_of_attack(parsed, above) or harm_of_word(
            parsed, above.lemma, *kinds
        )
        return (what, above) if what else None
    if token.relation == "subject":
        return harm_of_subject(parsed, token, above, many)
    return None


def harm_from_noun(parsed: Parsed, noun: Token) -> str | None:
    """Return what a noun says was done: "deaths", or "lives", where they are lost."""
    over = parsed.tokens[noun.head]
    if over.relation == "preposition":
        over = parsed.tokens[over.head]
    lost = over.lemma in parsed.words("quantities.losing")
    return harm_of_word(parsed, noun.lemma, "noun", *(("lives",) if lost else ()))


def alongside(parsed: Parsed, word: Token) -> tuple[str, Token] | None:
    """Return what was done to those "along with" whom others suffered it, and how."""
    above, joined = parsed.tokens[word.head], parsed.words("quantities.together")
    together = any(w.lemma in joined for w in (above, *parsed.below(word)))
    verb = parsed.tokens[above.head] if above.lemma in joined else above
    what = (
        harm_of_word(parsed, verb.lemma, "verb")
        if together and verb.form == "participle"
        else None
    )
    return (what, verb) if what else None


def harm_of_subject(
    parsed: Parsed, token: Token, verb: Token, many: bool
) -> tuple[str, Token] | None:
    """Return what a subject suffers ("die", "were hurt") or does as a crowd."""
    if verb.lemma in parsed.words("quantities.suffer"):
        return harm_of_word(parsed, verb.lemma, "verb") or "", verb
    for child in parsed.below(
        verb, "predicate-adjective", "predicate", "object-predicate"
    ):
        if what := harm_of_word(parsed, child.lemma, "adjective", "verb"):
            return what, child
    if verb.form == "participle" and (what := harm_of_word(parsed, verb.lemma, "verb")):
        return what, verb
    if many and (what := harm_of_word(parsed, verb.lemma, "crowd")):
        return what, verb
    return None


def is_people_word(parsed: Parsed, token: Token) -> bool:
    """Whether a word stands for people at large."""
    if token.pos in ("NUM", "PRON") or token.form == "plural-name":
        return True
    lemma = token.lemma.lower()
    soldier = lemma in parsed.words("quantities.soldier")
    return soldier or lemma in parsed.words("quantities.people")


def counted_by_neighbours(parsed: Parsed, head: Token, last: Token) -> Counted | None:
    """Read "12 dead", "six people hurt" from the words beside a number."""
    breaks, harmed = parsed.words("quantities.break"), parsed.words("quantities.harmed")
    for token in parsed.tokens[last.i + 1 : last.i + 1 + NEAR]:
        if token.text in ",;." or token.lemma in breaks:
            break
        done_to = not any(parsed.below(token, "object"))  # "12 men killed five"
        described = done_to and token.text.lower() in harmed
        if described and (what := harm_from_adjective(parsed, token)):
            return Counted(head, what, token, "quantities.beside.v1")
        if token.i == head.i and (what := harm_from_noun(parsed, token)):
            return Counted(head, what, token, "quantities.beside.v1")
    return None


def harm_from_adjective(parsed: Parsed, token: Token) -> str | None:
    """Return what an adjective or participle says was done."""
    verb = parsed.lexicon.senses["quantities.participle"].get(token.text.lower(), "")
    return harm_of_word(parsed, token.lemma, "adjective", "verb") or harm_of_word(
        parsed, verb, "verb"
    )


def count_without_deed(head: Token, last: Token, parsed: Parsed) -> Counted | None:
    """Read a count without a deed: troops, weapons, "a 200-strong force"."""
    strong = parsed.lexicon.patterns["quantities.strong"].match(parsed.text, last.end)
    noun = inner_noun(parsed, head)
    lemma, verb = noun.lemma.lower(), parsed.tokens[head.head]
    if lemma in parsed.words("quantities.force") or strong:
        return Counted(head, "troops", verb, "quantities.size.v1")
    if lemma in parsed.words("quantities.weapon"):
        return Counted(head, "weapons", verb, "quantities.size.v1")
    return None


def inner_noun(parsed: Parsed, number: Token) -> Token:
    """Return the noun of "thousands of troops", else the word itself."""
    for of in parsed.below(number, "preposition"):
        if of.lemma in parsed.words("quantities.of") and number.pos in ("NOUN", "NUM"):
            return next(parsed.below(of, "oblique"), number)
    return number


def words_of_counted(parsed: Parsed, head: Token) -> Span:
    """Return the words of those counted, without clauses that hang on them."""
    inside = [head]
    for child in parsed.below(
        head, "number", "adjective", "compound", "determiner", "owner"
    ):
        inside.append(child)
    return Span(min(t.start for t in inside), max(t.end for t in inside))
