"""Where a frame may look for a party, place by place."""

from collections.abc import Callable

from dateline.actions import grammar
from dateline.actions.asked import CULPRIT, inside_content, owner_of_deed
from dateline.actions.blame import blamed
from dateline.actions.match import lower
from dateline.actions.parties import WHO, adjectives, entity_at, is_agent
from dateline.actions.reading import Reading, Tokens
from dateline.model import Parsed, Token

BY = ("by",)


def sites(bare: Reading, place: str, told: Tokens) -> Tokens:
    """Take a building or a place for the victim: "an attack on a base"."""
    where = AT_SITES | {"in"} if bare.frame.deed == "COERCE" else AT_SITES
    if bare.frame.deed not in ("ASSAULT", "AID", "COERCE") or place not in where:
        return ()
    words = bare.book.classes["place"]
    return tuple(t for t in told if bare.kin(t, words))


AT_SITES = frozenset(("on", "against", "at", "to", "of"))


def direct(bare: Reading) -> Tokens:
    """The object, or the party inside it: "a demand by X" names X."""
    whom = bare.parties(bare.objects)
    if whom or any(bare.kin(t, bare.book.classes["place"]) for t in bare.objects):
        return whom or bare.objects
    hers = [t for o in bare.objects for t in bare.parsed.below(o, "poss")]
    hers = [t for t in hers if t.text.lower() in ("his", "her", "their")]
    if hers and bare.frame.deed in ("SUPPORT", "ACCUSE", "REJECT"):
        return tuple(hers[:1])
    if bare.frame.deed in CULPRIT:
        doers = owner_of_deed(bare, bare.objects)
        if doers:
            return doers
    for word in ("from", "by", "of", "against", "on", "to", "in", "for", "with"):
        inside = bare.parties(grammar.after(bare.parsed, bare.objects, (word,)))
        if inside:
            return inside
    return clause_party(bare) or bare.objects[:1]


def clause_party(bare: Reading) -> Tokens:
    """The party in a clause on the object: "the ban imposed on X", "filed by X"."""
    clauses = tuple(
        t for o in bare.objects for t in bare.parsed.below(o, "acl", "relcl")
    )
    told = bare.parties(grammar.after(bare.parsed, clauses, ("on", "against", "by")))
    return tuple(t for t in told if t.pos != "PRON")


def dative(bare: Reading) -> Tokens:
    """The one who is given: "gave Sudan a loan", "gave a loan to Sudan"."""
    found: list[Token] = []
    for child in bare.parsed.below(bare.head, "dative"):
        below = bare.parsed.below(child, "pobj")
        found.extend(below if child.pos == "ADP" else [child])
    return bare.parties(grammar.everyone(bare.parsed, found))


def owner(bare: Reading) -> Tokens:
    """The possessor: "Iran's test", "his trip"."""
    owners = grammar.everyone(bare.parsed, bare.parsed.below(bare.head, "poss"))
    verb = bare.parsed.tokens[bare.head.head]
    own = [t for t in owners if t.tag == "PRP$"]
    keeps = bare.book.classes["light"] | KEEPS
    if own and bare.head.dep == "dobj" and lower(verb) in keeps:
        does = bare.parties(grammar.doers(bare.parsed, verb)[0])
        return does or bare.parties(owners)
    return bare.parties(owners)


KEEPS = frozenset(
    ("keep", "fulfil", "fulfill", "honor", "honour", "break", "renew", "drop", "defend")
)


def owner_of(bare: Reading) -> Tokens:
    """The possessor where "of" names another: "the army's killing of civilians"."""
    told = tuple(grammar.after(bare.parsed, (bare.head,), ("of",)))
    return owner(bare) if told else ()


def author(bare: Reading) -> Tokens:
    """The one after "by", also behind a participle: "raid staged by X"."""
    parsed = bare.parsed
    heads = tuple(t for t in (bare.head, bare.above) if t is not None)
    of = tuple(grammar.after(parsed, (bare.head,), ("of",)))
    found = bare.parties(grammar.after(parsed, (*heads, *of), BY))
    if found:
        return found
    verb = parsed.tokens[bare.head.head]
    if bare.head.dep == "dobj" and not grammar.passive(parsed, verb):
        late = (t for t in grammar.after(parsed, (verb,), BY) if t.i > bare.head.i)
        if found := bare.parties(late):
            return found
    for clause in parsed.below(bare.head, "acl"):
        if clause.tag == "VBN":
            doers, _ = grammar.agents(parsed, clause)
            if doers:
                return bare.parties(doers)
    return ()


def before(bare: Reading) -> Tokens:
    """The name or body before a noun: "U.S. sanctions", "rebel attack"."""
    parsed = bare.parsed
    found = tuple(adjectives(parsed, bare.head))
    if found:
        return found[:1]
    return tuple(
        t
        for t in parsed.below(bare.head, "compound", "nmod", "amod")
        if t.i < bare.head.i
        and t.pos in ("NOUN", "PROPN")
        and is_agent(bare.book, lower(t), t.text.lower())
    )[:1]


def several_before(bare: Reading) -> Tokens:
    """Two names before a noun: "Israeli-Palestinian talks"."""
    return names_before(bare.parsed, bare.head)


def names_before(parsed: Parsed, noun: Token) -> Tokens:
    """Return the names that stand before a noun, each with the one tied to it."""
    found = []
    for first in adjectives(parsed, noun):
        found.append(first)
        entity = entity_at(parsed, first)
        for child in parsed.subtree(first):
            other = entity_at(parsed, child)
            fits = other is not None and other != entity and other.label in WHO
            if fits and child not in found:
                found.append(child)
    return tuple(found)


def several_of(bare: Reading) -> Tokens:
    """Several after "of": "a meeting of ministers"."""
    found = bare.parties(grammar.after(bare.parsed, (bare.head,), ("of",)))
    many = len(found) > 1 or any(t.tag in ("NNS", "NNPS") for t in found)
    return found if many else ()


def between(bare: Reading) -> Tokens:
    """Both sides of "talks between A and B"."""
    return bare.parties(grammar.after(bare.parsed, bare.anchors, ("between", "among")))


def imposed_on(bare: Reading) -> Tokens:
    """The one under "sanctions imposed on X"."""
    clauses = [t for t in bare.parsed.below(bare.head, "acl", "relcl")]
    return bare.parties(grammar.after(bare.parsed, clauses, ("on", "against")))


def speaker(bare: Reading) -> Tokens:
    """The one who says so: "said the army had broken the truce" accuses the army."""
    verb = bare.head
    if verb.dep not in ("ccomp", "conj", "parataxis"):
        return ()
    above = bare.parsed.tokens[verb.head]
    if lower(above) not in bare.book.classes["speech_verbs"]:
        return ()
    found, _ = grammar.doers(bare.parsed, above)
    return bare.parties(found)


def object_possessor(bare: Reading) -> Tokens:
    """The possessor of the object: "accepted the rebels' terms"."""
    parsed = bare.parsed
    things = [o for o in (*bare.objects, *bare.anchors[1:]) if lower(o) not in FREED]
    owners = [t for o in things for t in parsed.below(o, "poss") if t.tag != "PRP$"]
    return bare.parties(owners)


FREED = frozenset(("release", "return", "trial", "extradition", "freedom", "life"))


def inside_for(bare: Reading) -> Tokens:
    """The victim of the act that is claimed: "responsibility for the attack on X"."""
    acts = tuple(grammar.after(bare.parsed, bare.anchors, ("for",)))
    for word in ("on", "against", "of", "in", "at"):
        found = tuple(grammar.after(bare.parsed, acts, (word,)))
        if found:
            return found
    return ()


def relation(bare: Reading) -> Tokens:
    """The two whose ties they are: "ties between A and B", "U.S.-Cuban ties"."""
    parsed, ties = bare.parsed, bare.subjects
    told = bare.parties(grammar.after(parsed, ties, ("between", "among", "with", "of")))
    before = (t for tie in ties for t in names_before(parsed, tie))
    owners = bare.parties(t for tie in ties for t in parsed.below(tie, "poss"))
    found = tuple(dict.fromkeys((*owners, *before, *told)))
    return found or both_named(bare)


def both_named(bare: Reading) -> Tokens:
    """The only two that the sentence names, where ties are told without their sides."""
    sentence = bare.parsed.sentence_at(bare.head.start)
    if sentence is None:
        return ()
    tokens = bare.parsed.tokens[sentence.first : sentence.last]
    named: dict[str, Token] = {}
    for token in tokens:
        entity = entity_at(bare.parsed, token)
        if entity is not None and entity.label in WHO:
            named.setdefault(entity.span.of(bare.parsed.text), token)
    return tuple(named.values()) if len(named) == PAIR else ()


PAIR = 2
PLACES: dict[str, Callable[[Reading], Tokens]] = {
    "obj": direct,
    "dat": dative,
    "poss": owner,
    "poss-of": owner_of,
    "by": author,
    "sign-by": author,
    "impose-by": author,
    "amod": before,
    "compound": before,
    "amod-pl": several_before,
    "of-pl": several_of,
    "between": between,
    "among": between,
    "blame": blamed,
    "impose-on": imposed_on,
    "in-content": inside_content,
    "said-by": speaker,
    "obj-poss": object_possessor,
    "ties": relation,
    "for-inside": inside_for,
}
