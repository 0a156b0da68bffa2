"""What is asked, promised, refused or threatened, and who stands in it."""

from collections.abc import Iterable, Iterator

from dateline.actions import embed, grammar
from dateline.actions.match import lower
from dateline.actions.parties import adjectives, is_agent
from dateline.actions.reading import Reading, Tokens
from dateline.model import Token

SELF = frozenset(("THREATEN", "AGREE", "MOBILIZE"))  # he himself does what is told
SUFFERS = frozenset(("face", "suffer", "pay", "expect", "lose", "risk", "await"))
MAKES = frozenset(
    [
        "establish",
        "set",
        "form",
        "create",
        "appoint",
        "build",
        "hold",
        "stage",
        "host",
        "launch",
        "name",
        "call",
        "found",
    ]
)
GIVEN = ("with", "to", "against", "on", "from", "for", "into", "at", "in", "of")
CULPRIT = frozenset(("ACCUSE", "PROTEST", "REJECT"))  # of a deed told, its doer
OPPOSED = CULPRIT | {"MOBILIZE"}
BARRED = frozenset(("unless", "until", "till", "if"))
NESTED = 3  # nouns in a noun: "an end to the occupation of X"


def inside_content(bare: Reading) -> Tokens:
    """The party in the clause that is asked for, threatened, agreed to."""
    for verb in contents(bare):
        found = asked_of(bare, verb)
        if found:
            return found
    return ()


def asked_of(bare: Reading, verb: Token) -> Tokens:
    """Return who is to do what a verb of the content tells, or to whom it is done."""
    others = subjects_but_own(bare, verb)
    itself = bare.frame.deed in SELF and not grammar.passive(bare.parsed, verb)
    if others and (not itself or lower(verb) in SUFFERS):
        return others
    subjects = [t for t in bare.parsed.below(verb, "nsubj") if not bare.party(t)]
    things = owner_of_deed(bare, subjects)
    whose = tuple(t for t in things if t.tag != "PRP$")
    found = whose if bare.frame.deed != "AGREE" else ()
    mine = {t.i for t in bare.subjects}
    return tuple(t for t in found or done_to(bare, verb) if t.i not in mine)


def done_to(bare: Reading, verb: Token) -> Tokens:
    """Return to whom is done what a verb of the content tells; what is made is none."""
    parsed, makes = bare.parsed, lower(verb) in MAKES
    objects, _ = grammar.sufferers(parsed, verb)
    mine = {t.i for t in bare.subjects}
    whom = () if makes else bare.parties(t for t in objects if t.i not in mine)
    if whom and not any(own_means(bare, t) for t in whom):
        return whom
    given = [t for t in parsed.below(verb, "dative") if t.pos in grammar.NOMINAL]
    if bare.parties(given):
        return bare.parties(given)
    states = parsed.below(verb, "acomp", "advmod", "oprd")
    anchors = (verb, *(o for o in objects if o.i > verb.i), *states)
    words = ("by", *GIVEN) if bare.frame.deed in OPPOSED else GIVEN
    for word in words[:-1] if makes else words:
        inside = bare.parties(grammar.after(parsed, anchors, (word,)))
        if inside:
            return inside
    things = () if makes else (*objects, *grammar.after(parsed, anchors, GIVEN))
    return nested(bare, things)


def subjects_but_own(bare: Reading, verb: Token) -> Tokens:
    """Return the subject of a clause where it is somebody else than who speaks.

    A pronoun may be the speaker himself: "warned that it would strike".
    """
    own = list(bare.parsed.below(verb, *grammar.SUBJECTS))
    if not own and grammar.passive(bare.parsed, verb):
        own = list(grammar.surface(bare.parsed, verb)[0])
    mine = {t.i for t in bare.subjects}
    told = bare.parties(grammar.everyone(bare.parsed, own))
    others = tuple(t for t in told if t.i not in mine)
    return () if any(t.pos == "PRON" for t in others) else others


def owner_of_deed(bare: Reading, things: Iterable[Token]) -> Tokens:
    """Return whose a thing is: "the arrest by X", "X's raid", "the way X acted"."""
    parsed = bare.parsed
    for thing in things:
        doer = bare.parties(grammar.after(parsed, (thing,), ("by",)))
        doer = doer or bare.parties(
            t
            for clause in parsed.below(thing, "acl")
            if clause.tag == "VBN"
            for t in grammar.agents(parsed, clause)[0]
        )
        owner = bare.parties(parsed.below(thing, "poss"))
        own_thing = bare.frame.negative or bare.frame.deed in YIELDS | SELF
        mine = own_thing and any(t.tag == "PRP$" for t in owner)
        own = doer or (() if mine else owner)
        own = own or bare.parties(
            t
            for clause in parsed.below(thing, "relcl")
            if grammar.gap(parsed, clause)
            for t in parsed.below(clause, "nsubj")
        )
        own = own or tuple(adjectives(parsed, thing))[:1] or agents(bare, thing)
        if own:
            return own
    return ()


def agents(bare: Reading, thing: Token) -> Tokens:
    """Return the body before a noun: "a council decision"."""
    below = bare.parsed.below(thing, "compound", "nmod")
    before = (t for t in below if t.i < thing.i and t.pos in ("NOUN", "PROPN"))
    return tuple(t for t in before if is_agent(bare.book, lower(t), t.text.lower()))[:1]


def matter(bare: Reading) -> Tokens:
    """Whose the thing is that is asked for or criticised: "calls for X's return"."""
    parsed = bare.parsed
    nouns = [t for t in bare.anchors if t.pos == "NOUN" and t is not bare.head]
    if bare.frame.deed not in YIELDS:
        nouns += grammar.after(parsed, (bare.head,), MATTERS)
        nouns = [t for t in nouns if not his_own(bare, t)]
    return nested(bare, nouns)


def his_own(bare: Reading, thing: Token) -> bool:
    """Whether a thing is said to be the actor's: "in its dispute", "on their way"."""
    return any(t.tag == "PRP$" for t in bare.parsed.below(thing, "poss"))


def nested(bare: Reading, things: Iterable[Token]) -> Tokens:
    """Return whom a thing is about, or whose: "an end to the ban on Malian meat"."""
    parsed, nouns = bare.parsed, list(things)
    for _ in range(NESTED):
        nouns = [t for t in nouns if not bare.party(t)]
        clauses = [c for t in nouns for c in parsed.below(t, "acl", "relcl")]
        against = grammar.after(parsed, (*nouns, *clauses), ("against", "on"))
        found = bare.parties(against) or owner_of_deed(bare, nouns)
        nouns = list(grammar.after(parsed, nouns, DEEPER))
        found = found or bare.parties(nouns)
        if found or not nouns:
            return found
    return ()


YIELDS = frozenset(("CONCEDE", "RETREAT", "AGREE"))  # the thing is his own who yields
DEEPER = ("to", "of", "in", "for", "on", "against", "from")
MATTERS = ("for", "of", "to", "over", "at", "about", "on", "with", "in")


def on_condition(bare: Reading) -> Tokens:
    """He who must do something first: "until Chad pays", "unless the rebels leave"."""
    parsed = bare.parsed
    told = {t.i for t in bare.subjects}
    for head in (bare.head, *contents(bare)):
        for clause in parsed.below(head, "advcl"):
            marks = {t.text.lower() for t in parsed.below(clause, "mark", "advmod")}
            if not marks & BARRED:
                continue
            own = parsed.below(clause, *grammar.SUBJECTS)
            others = bare.parties(grammar.everyone(parsed, own))
            others = others or bare.parties(grammar.doers(parsed, clause)[0])
            others = tuple(t for t in others if t.i not in told and t.pos != "PRON")
            if others:
                return others
    return ()


def own_means(bare: Reading, token: Token) -> bool:
    """Whether a party is sent or withdrawn by its own: "its troops", "peacekeepers"."""
    owners = list(bare.parsed.below(token, "poss"))
    if owners or any(adjectives(bare.parsed, token)):
        return any(t.tag == "PRP$" for t in owners)
    return lower(token) in bare.book.classes["force"]


def contents(bare: Reading) -> Tokens:
    """Return the verbs of the clauses that are the content of a verbal act."""
    found: list[Token] = []
    for anchor in bare.anchors:
        found.extend(clauses(bare, anchor))
    if bare.frame.kind == "noun" and not found:
        found.extend(trailing(bare))
    for verb in tuple(found):
        below = bare.parsed.below(verb, "xcomp", "conj")
        found.extend(t for t in below if not embed.apart(bare.parsed, t, verb))
    # "The rebels must leave," he said; "We will not sit with them," she warned
    quoted = "must" in bare.frame.needs or bare.frame.deed in SELF
    found = [t for t in found if t.pos in ("VERB", "AUX")]
    return tuple(t for t in found if quoted or t.i > bare.head.i)


def trailing(bare: Reading) -> Iterator[Token]:
    """Yield the verb of the clause after a noun: "warnings on Monday that it would"."""
    last = bare.parsed.subtree(bare.head)[-1].i
    for token in bare.parsed.tokens[last + 1 : last + AFTER]:
        if token.text.lower() == "that" and token.dep == "mark":
            yield bare.parsed.tokens[token.head]
            return


AFTER = 4  # words between a noun and the clause that tells its content


def clauses(bare: Reading, anchor: Token) -> Iterator[Token]:
    """Yield the heads of the clauses on one word of the act that tell its content."""
    below = bare.parsed.below(anchor, "xcomp", "ccomp", "acl", "advcl", "relcl")
    for child in below:
        if child.dep in ("xcomp", "ccomp") or wished(bare, child):
            yield child
    for prep in grammar.prepositions(bare.parsed, anchor):
        yield from bare.parsed.below(prep, "pcomp")


def wished(bare: Reading, clause: Token) -> bool:
    """Whether a clause beside is the content: "to leave", "that it leave"."""
    to = any(t.text.lower() == "to" for t in bare.parsed.below(clause, "aux"))
    if to or clause.tag == "VB":
        return to or clause.dep != "relcl"
    marks = [t.text.lower() for t in bare.parsed.below(clause, "mark")]
    return clause.dep == "acl" and "that" in marks
