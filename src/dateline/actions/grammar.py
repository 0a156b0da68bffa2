"""Who does a verb, and what stands in which relation to it: read from the tree."""

from collections.abc import Iterable, Iterator, Sequence

from dateline.actions.controls import OBJECT_CONTROL
from dateline.actions.speech import said_it
from dateline.model import Parsed, Token

Found = tuple[tuple[Token, ...], str]
NOBODY: Found = ((), "actions.no-party.v1")
SUBJECTS = ("nsubj", "nsubjpass")
NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"))
EACH = frozenset(("each", "both"))  # "left, each blaming the other"
RELATIVE = frozenset(("who", "which", "that", "whom", "what"))
CLAUSES = ("relcl", "acl", "advcl", "ccomp", "xcomp", "pcomp", "conj", "parataxis")
DEPTH = 6  # governors walked at most: no sentence of the wire goes deeper


def conjuncts(parsed: Parsed, token: Token) -> tuple[Token, ...]:
    """Return `token` and the nouns joined to it by "and" or a comma."""
    found = [token]
    for head in found:
        found.extend(
            t
            for t in parsed.below(head, "conj")
            if t.pos in NOMINAL and t not in found and joined(parsed, token, head, t)
        )
        if len(found) > 12:  # noqa: PLR2004 - a list this long names no parties
            break
    return tuple(found)


def joined(parsed: Parsed, first: Token, head: Token, other: Token) -> bool:
    """Whether a list goes on, rather than a name in apposition: it holds an "and"."""
    chain = (first, head, other)
    if any(True for t in chain for _ in parsed.below(t, "cc")):
        return True
    return any(True for _ in parsed.below(other, "conj"))


def everyone(parsed: Parsed, heads: Iterable[Token]) -> tuple[Token, ...]:
    """Return the heads with all their conjuncts."""
    found: list[Token] = []
    for head in heads:
        found.extend(t for t in conjuncts(parsed, head) if t not in found)
    return tuple(found)


def passive(parsed: Parsed, verb: Token, depth: int = 0) -> bool:
    """Whether `verb` is told from the side of him who suffers it."""
    below = [parsed.tokens[i].dep for i in parsed.children[verb.i]]
    own = {"nsubj", "dobj"}.isdisjoint(below)  # "was urged and resisted by X"
    told = own and "agent" in below and verb.tag in ("VBN", "VBD")
    if told or "nsubjpass" in below or "auxpass" in below:
        return True
    if verb.tag != "VBN" or "aux" in below or "nsubj" in below:
        return False
    if verb.dep == "conj" and depth < DEPTH:
        return passive(parsed, parsed.tokens[verb.head], depth + 1)
    return verb.dep in (
        "acl",
        "advcl",
        "amod",
        "relcl",
        "ROOT",
        "oprd",
        "ccomp",
        "prep",
    )


def doers(parsed: Parsed, verb: Token) -> Found:
    """Return who does what `verb` tells, whatever its voice."""
    if passive(parsed, verb):
        return agents(parsed, verb)
    return surface(parsed, verb)


def agents(parsed: Parsed, verb: Token, depth: int = 0) -> Found:
    """The actor stands after "by": "was shelled by the army"."""
    things = (verb, *parsed.below(verb, "dobj"))  # "was given a cool reception by X"
    for by in (by for t in things for by in parsed.below(t, "agent", "prep")):
        if by.text.lower() == "by":
            heads = [t for t in parsed.below(by, "pobj") if t.pos in NOMINAL]
            return everyone(parsed, heads), "actions.passive-by.v1"
    if verb.dep == "conj" and depth < DEPTH:
        return agents(parsed, parsed.tokens[verb.head], depth + 1)
    return NOBODY


def sufferers(parsed: Parsed, verb: Token) -> Found:
    """Return the direct object of `verb`, or its subject where it is passive."""
    if passive(parsed, verb):
        heads, _ = surface(parsed, verb)
        return heads, "actions.passive-subject.v1"
    own = [t for t in parsed.below(verb, "dobj") if t.pos in NOMINAL]
    own += [t for t in parsed.below(verb, "oprd") if not own and t.pos in NOMINAL]
    whom = [t for t in own if t.text.lower() in RELATIVE]
    if whom and (verb.dep == "relcl" or whom == own):
        own = []
    if not own and verb.dep == "amod" and list(parsed.below(verb, "nsubj")):
        own = [parsed.tokens[verb.head]]  # "Chad alleged Mali was", read as one noun
    if not own:
        own = told_to(parsed, verb)
    if own:
        return everyone(parsed, own), "actions.object.v1"
    if verb.dep == "relcl" and gap(parsed, verb):
        return (parsed.tokens[verb.head],), "actions.relative-object.v1"
    if verb.dep == "conj" and verb.head < verb.i:
        return NOBODY
    return shared_object(parsed, verb)


def told_to(parsed: Parsed, verb: Token) -> list[Token]:
    """Return him who is to act or is so: "found him guilty", "allowed monitors in"."""
    for clause in parsed.below(verb, "ccomp"):
        if clause.tag in ("NNS", "NNPS") and clause.i > verb.i:
            return [] if list(parsed.below(clause, *SUBJECTS, "aux")) else [clause]
        if clause.pos == "ADJ" and not list(parsed.below(clause, "mark", "cop")):
            return [t for t in parsed.below(clause, "nsubj") if t.pos in NOMINAL]
        if verb.lemma.lower() not in OBJECT_CONTROL:
            continue
        helpers = list(parsed.below(clause, "aux"))
        to = any(t.text.lower() == "to" for t in helpers)
        if to or (clause.tag == "VB" and not helpers):
            return [t for t in parsed.below(clause, *SUBJECTS) if t.pos in NOMINAL]
    return []


def gap(parsed: Parsed, verb: Token) -> bool:
    """Whether a relative clause leaves its object to the noun before it."""
    subjects = list(parsed.below(verb, "nsubj"))
    where = any(t.tag == "WRB" for t in parsed.below(verb, "advmod"))
    in_which = any(
        t.text.lower() in RELATIVE
        for prep in parsed.below(verb, "prep")
        for t in parsed.below(prep, "pobj")
    )
    told = bool(subjects) and subjects[0].text.lower() not in RELATIVE
    return told and not (where or in_which)


def shared_object(parsed: Parsed, verb: Token) -> Found:
    """The object follows the second verb: "attacked and looted the town"."""
    for twin in parsed.below(verb, "conj"):
        if twin.pos == "VERB" and not list(parsed.below(twin, *SUBJECTS)):
            own = [t for t in parsed.below(twin, "dobj") if t.pos in NOMINAL]
            if own and own[0].i - verb.i < DEPTH:
                return everyone(parsed, own), "actions.shared-object.v1"
    return NOBODY


def surface(parsed: Parsed, verb: Token, depth: int = 0) -> Found:
    """Return the grammatical subject, looked up through control and relatives."""
    own = list(parsed.below(verb, *SUBJECTS))
    if own and not (own[0].text.lower() in EACH and verb.dep == "advcl"):
        return named(parsed, verb, own[0])
    if fronted := beside_place(parsed, verb):
        return everyone(parsed, fronted), "actions.subject.v1"
    if depth > DEPTH or verb.head == verb.i:
        return NOBODY
    governor = parsed.tokens[verb.head]
    way = WAYS.get(verb.dep)
    return way(parsed, verb, governor, depth) if way else NOBODY


def beside_place(parsed: Parsed, verb: Token) -> list[Token]:
    """Return the subject that was read as a remark on the place before it.

    "In Pristina, the leader of the party, X, called": X is no other name of Pristina.
    """
    if verb.tag not in ("VBD", "VBZ", "VBP", "VBN") or verb.dep not in FINITE:
        return []
    for prep in parsed.below(verb, "prep"):
        if prep.i < verb.i and prep.text.lower() == "in":
            for place in parsed.below(prep, "pobj"):
                told = [t for t in parsed.below(place, "appos") if t.i < verb.i]
                return told[-1:]
    return []


FINITE = frozenset(("ROOT", "ccomp", "conj", "parataxis"))


def named(parsed: Parsed, verb: Token, subject: Token) -> Found:
    """The actor is the subject; "who" and "which" stand for the noun before them."""
    if subject.text.lower() in RELATIVE and verb.dep == "relcl":
        return (parsed.tokens[verb.head],), "actions.relative.v1"
    if subject.text.lower() in RELATIVE:
        for up in parsed.above(verb):
            if up.dep == "relcl":
                return (parsed.tokens[up.head],), "actions.relative.v1"
    if subject.dep == "nsubj" and subject.pos not in NOMINAL:
        own = parsed.below(subject, "nsubj")  # "leaders meeting in Lima gave"
        return everyone(parsed, own), "actions.subject.v1"
    speaker = said_it(parsed, verb, subject)
    if speaker is not None:
        return everyone(parsed, [speaker]), "actions.said-it.v1"
    return everyone(parsed, [subject]), "actions.subject.v1"


def by_conjunction(p: Parsed, verb: Token, governor: Token, depth: int) -> Found:
    """The second verb shares the subject of the first: "met and agreed"."""
    if governor.pos not in ("VERB", "AUX"):
        return NOBODY
    heads, _ = surface(p, governor, depth + 1)
    return heads, "actions.shared-subject.v1"


def by_control(p: Parsed, verb: Token, governor: Token, depth: int) -> Found:
    """The subject is that of the verb above: "agreed to", "urged X to"."""
    if governor.lemma in OBJECT_CONTROL:
        own = [t for t in p.below(governor, "dobj", "dative") if t.pos in NOMINAL]
        own = own or list(after(p, (governor,), ("for", "on", "upon", "to", "with")))
        own = [t for t in own if t.i < verb.i]
        if own:
            return everyone(p, own), "actions.object-control.v1"
    if governor.pos in ("VERB", "AUX", "ADJ"):
        up = governor if governor.pos != "ADJ" else p.tokens[governor.head]
        heads, _ = surface(p, up, depth + 1)
        return heads, "actions.control.v1"
    return NOBODY


def by_participle(p: Parsed, verb: Token, governor: Token, depth: int) -> Found:
    """The noun that a participle describes: "rebels fighting the army"."""
    if verb.tag in ("VBG", "VBN"):
        return (governor,), "actions.reduced-relative.v1"
    owner = [t for t in p.below(governor, "poss")]
    if owner:
        return tuple(owner), "actions.possessive.v1"
    if governor.dep in ("dobj", "nsubjpass", "attr"):
        heads, _ = doers(p, p.tokens[governor.head])
        return heads, "actions.control.v1"
    return (governor,), "actions.infinitive.v1"


def by_adverbial(p: Parsed, verb: Token, governor: Token, depth: int) -> Found:
    """A clause beside the main one has its subject: "fled, killing two guards"."""
    if governor.pos not in ("VERB", "AUX"):
        return NOBODY
    by = verb.tag == "VBG" and passive(p, governor)
    heads, _ = doers(p, governor) if by else surface(p, governor, depth + 1)
    return heads, "actions.participle.v1"


def by_gerund(p: Parsed, verb: Token, governor: Token, depth: int) -> Found:
    """After a preposition: "by attacking" the subject, "accused X of attacking" X."""
    above = p.tokens[governor.head]
    if above.pos == "ADJ" and above.dep == "acomp":
        above = p.tokens[above.head]
    if above.pos in ("VERB", "AUX"):
        if governor.text.lower() in ("of", "for", "from", "with"):
            heads, _ = sufferers(p, above)
            if heads:
                return heads, "actions.accused.v1"
        heads, _ = surface(p, above, depth + 1)
        return heads, "actions.participle.v1"
    owner = tuple(p.below(above, "poss"))
    return (owner, "actions.possessive.v1") if owner else NOBODY


def by_relative(p: Parsed, verb: Token, governor: Token, depth: int) -> Found:
    """A relative clause without a subject of its own describes its actor."""
    return (governor,), "actions.relative.v1"


WAYS = {
    "conj": by_conjunction,
    "dep": by_conjunction,  # what the parser could not name mostly goes on so
    "xcomp": by_control,
    "acl": by_participle,
    "advcl": by_adverbial,
    "pcomp": by_gerund,
    "relcl": by_relative,
}


def after(
    parsed: Parsed, anchors: Sequence[Token], names: Iterable[str]
) -> Iterator[Token]:
    """Yield the heads of the phrases that `names` bring to the anchors."""
    wanted = frozenset(names)
    for anchor in anchors:
        for prep in prepositions(parsed, anchor):
            if prep.text.lower() in wanted:
                yield from everyone(
                    parsed, (t for t in parsed.below(prep, "pobj") if t.pos in NOMINAL)
                )


def prepositions(parsed: Parsed, anchor: Token) -> Iterator[Token]:
    """Yield the prepositions that hang on `anchor`, and those on their particles."""
    for child in parsed.below(anchor, "prep", "agent", "dative", "advmod", "prt"):
        yield child
        if child.text.lower() not in COMPOUND:
            yield from parsed.below(child, "prep")


COMPOUND = frozenset(("according", "due", "prior", "contrary", "thanks", "owing"))
