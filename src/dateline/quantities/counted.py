"""Who is counted, and what was done to them: from grammar, else the words beside."""

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.model import Parsed, Span, Token
from dateline.quantities.deeds import done

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


def told(parsed: Parsed, number: Token, last: Token) -> Counted | None:
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
        or beside(parsed, head, last)
        or sized(head, last, parsed)
    )


def straight(parsed: Parsed, number: Token, head: Token) -> Counted | None:
    """Read "killing 12", "injuring scores" from the word right before the number."""
    before = parsed.tokens[max(0, number.i - 1)]
    if before.pos != "VERB" or number.relation == "number" or before.i == number.i:
        return None
    what = done(parsed, before.lemma, "verb")
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
        if found := under(parsed, token, above, bare or people(parsed, token)):
            return Counted(head, found[0], found[1], "quantities.patient.v1")
    return None


def suffered(parsed: Parsed, child: Token) -> str | None:
    """Return what was done to a word that a participle or passive clause hangs on."""
    passive = any(parsed.below(child, "passive-subject", "passive-auxiliary"))
    died = child.lemma in parsed.words("quantities.die")
    if child.relation == "relative-clause" and not died and not passive:
        return None
    if child.form in ("participle", "adjective", "past"):
        return deadly(parsed, child) or done(parsed, child.lemma, "verb", "adjective")
    return None


def deadly(parsed: Parsed, verb: Token) -> str | None:
    """Return what shooting, stabbing and the like come to: dead, or wounded."""
    if verb.lemma in parsed.words("quantities.take") and held(parsed, verb):
        return "abducted"
    wounding = verb.lemma in parsed.words("quantities.wounding")
    if not wounding or any(parsed.below(verb, "particle")):
        return None  # "shot down an airliner" wounds nobody
    words = {t.text.lower() for t in parsed.tokens[verb.i - 1 : verb.i + 4]}
    return "killed" if words & parsed.words("quantities.fatal") else "injured"


def held(parsed: Parsed, verb: Token) -> bool:
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
            if done(parsed, token.lemma, "noun") or token.pos == "VERB":
                return
        else:
            return
        yield token


def under(
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
        what = suffering(parsed, noun) if of else None
        return (what, noun) if what else None
    if token.relation in PATIENT:
        kinds = ("verb", "people", "weak") if many else ("verb",)
        what = deadly(parsed, above) or done(parsed, above.lemma, *kinds)
        return (what, above) if what else None
    if token.relation == "subject":
        return subject(parsed, token, above, many)
    return None


def suffering(parsed: Parsed, noun: Token) -> str | None:
    """Return what a noun says was done: "deaths", or "lives", where they are lost."""
    over = parsed.tokens[noun.head]
    if over.relation == "preposition":
        over = parsed.tokens[over.head]
    lost = over.lemma in parsed.words("quantities.losing")
    return done(parsed, noun.lemma, "noun", *(("lives",) if lost else ()))


def alongside(parsed: Parsed, word: Token) -> tuple[str, Token] | None:
    """Return what was done to those "along with" whom others suffered it, and how."""
    above, joined = parsed.tokens[word.head], parsed.words("quantities.together")
    together = any(w.lemma in joined for w in (above, *parsed.below(word)))
    verb = parsed.tokens[above.head] if above.lemma in joined else above
    what = (
        done(parsed, verb.lemma, "verb")
        if together and verb.form == "participle"
        else None
    )
    return (what, verb) if what else None


def subject(
    parsed: Parsed, token: Token, verb: Token, many: bool
) -> tuple[str, Token] | None:
    """Return what a subject suffers ("die", "were hurt") or does as a crowd."""
    if verb.lemma in parsed.words("quantities.suffer"):
        return done(parsed, verb.lemma, "verb") or "", verb
    for child in parsed.below(
        verb, "predicate-adjective", "predicate", "object-predicate"
    ):
        if what := done(parsed, child.lemma, "adjective", "verb"):
            return what, child
    if verb.form == "participle" and (what := done(parsed, verb.lemma, "verb")):
        return what, verb
    if many and (what := done(parsed, verb.lemma, "crowd")):
        return what, verb
    return None


def people(parsed: Parsed, token: Token) -> bool:
    """Whether a word stands for people at large."""
    if token.pos in ("NUM", "PRON") or token.form == "plural-name":
        return True
    lemma = token.lemma.lower()
    soldier = lemma in parsed.words("quantities.soldier")
    return soldier or lemma in parsed.words("quantities.people")


def beside(parsed: Parsed, head: Token, last: Token) -> Counted | None:
    """Read "12 dead", "six people hurt" from the words beside a number."""
    breaks, harmed = parsed.words("quantities.break"), parsed.words("quantities.harmed")
    for token in parsed.tokens[last.i + 1 : last.i + 1 + NEAR]:
        if token.text in ",;." or token.lemma in breaks:
            break
        done_to = not any(parsed.below(token, "object"))  # "12 men killed five"
        described = done_to and token.text.lower() in harmed
        if described and (what := adjective(parsed, token)):
            return Counted(head, what, token, "quantities.beside.v1")
        if token.i == head.i and (what := suffering(parsed, token)):
            return Counted(head, what, token, "quantities.beside.v1")
    return None


def adjective(parsed: Parsed, token: Token) -> str | None:
    """Return what an adjective or participle says was done."""
    verb = parsed.lexicon.senses["quantities.participle"].get(token.text.lower(), "")
    return done(parsed, token.lemma, "adjective", "verb") or done(parsed, verb, "verb")


def sized(head: Token, last: Token, parsed: Parsed) -> Counted | None:
    """Read a count without a deed: troops, weapons, "a 200-strong force"."""
    strong = parsed.lexicon.patterns["quantities.strong"].match(parsed.text, last.end)
    noun = inner(parsed, head)
    lemma, verb = noun.lemma.lower(), parsed.tokens[head.head]
    if lemma in parsed.words("quantities.force") or strong:
        return Counted(head, "troops", verb, "quantities.size.v1")
    if lemma in parsed.words("quantities.weapon"):
        return Counted(head, "weapons", verb, "quantities.size.v1")
    return None


def inner(parsed: Parsed, number: Token) -> Token:
    """Return the noun of "thousands of troops", else the word itself."""
    for of in parsed.below(number, "preposition"):
        if of.lemma in parsed.words("quantities.of") and number.pos in ("NOUN", "NUM"):
            return next(parsed.below(of, "oblique"), number)
    return number


def words_of(parsed: Parsed, head: Token) -> Span:
    """Return the words of those counted, without clauses that hang on them."""
    inside = [head]
    for child in parsed.below(
        head, "number", "adjective", "compound", "determiner", "owner"
    ):
        inside.append(child)
    return Span(min(t.start for t in inside), max(t.end for t in inside))
