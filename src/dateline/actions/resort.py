"""Where a party stands that no place of the frame holds."""

from collections.abc import Callable

from dateline.actions import grammar
from dateline.actions.asked import contents, inside_content, matter, on_condition
from dateline.actions.match import lower
from dateline.actions.reading import Reading, Tokens
from dateline.model import Token


def last_resort(bare: Reading) -> tuple[Tokens, str]:
    """Return the recipient that stands outside the frame, and the rule."""
    mine = {t.i for t in (*bare.actors, *bare.subjects)}
    for deeds, find, rule in RESORTS:
        if bare.frame.deed in deeds:
            found = tuple(t for t in find(bare) if t.i not in mine)
            if found:
                return found, rule
    return (), ""


def purpose(bare: Reading) -> Tokens:
    """Against whom it is meant: "marched to protest the arrest by X", "to attack X"."""
    friendly = bare.book.classes["coop"] - {"end", "stop", "free"}
    if any(lower(t) in friendly for t in contents(bare)[:1]):
        return ()
    return inside_content(bare)


def opponent(bare: Reading) -> Tokens:
    """The other side of a dispute: "took the case to court in its row with X"."""
    nouns = grammar.after(bare.parsed, bare.anchors, ("in", "over", "amid"))
    rows = tuple(t for t in nouns if lower(t) in QUARRELS)
    return bare.parties(grammar.after(bare.parsed, rows, ("with", "against")))


QUARRELS = frozenset(
    ("dispute", "row", "standoff", "quarrel", "conflict", "confrontation", "feud")
)


def cause_owner(bare: Reading) -> Tokens:
    """He for whose deeds sanctions are imposed: "over its tests", "because of his"."""
    parsed = bare.parsed
    clauses = tuple(t for a in bare.anchors for t in parsed.below(a, "acl"))
    causes = list(grammar.after(parsed, (*bare.anchors, *clauses), ("over", "for")))
    for anchor in (*bare.anchors, *clauses):
        for because in parsed.below(anchor, "prep"):
            if because.text.lower() == "because":
                for of in parsed.below(because, "pcomp", "prep"):
                    causes.extend(parsed.below(of, "pobj"))
                causes.extend(parsed.below(because, "pobj"))
    found = bare.parties(t for cause in causes for t in owned(bare, cause))
    return tuple(ahead_of(bare, t) or t for t in found)


def ahead_of(bare: Reading, pronoun: Token) -> Token | None:
    """Return the subject that "his" points forward to: "fearing his rivals, X fled"."""
    if pronoun.tag != "PRP$":
        return None
    for above in bare.parsed.above(pronoun):
        for subject in bare.parsed.below(above, *grammar.SUBJECTS):
            if subject.i > pronoun.i and above.dep in grammar.FINITE:
                return subject if bare.party(subject) else None
    return None


def owned(bare: Reading, cause: Token) -> Tokens:
    """Return whose a thing is, through the word whose it is: "his weapons' tests"."""
    found = tuple(bare.parsed.below(cause, "poss", "nmod"))
    named = bare.parties(found)
    return named or tuple(t for f in found for t in bare.parsed.below(f, "poss"))


def counterpart(bare: Reading) -> Tokens:
    """He with whom the talks are to be held: "left the door open to talks with X"."""
    words = bare.book.classes["talks"] | bare.book.classes["deal"]
    told = grammar.after(bare.parsed, bare.anchors, ("to", "for", "of", "on", "in"))
    matters = (*bare.objects, *told, *(w for w in bare.words[1:] if w.pos == "NOUN"))
    talks = tuple(t for t in matters if lower(t) in words)
    return bare.parties(grammar.after(bare.parsed, talks, ("with",)))


INVITED = "036"
FAR = 10  # governors between a summit and the subject whose summit it is


def partner(bare: Reading, told: Tokens) -> Tokens:
    """The other side of "ahead of a summit with X": the subject of the clause above."""
    if bare.frame.kind != "noun" or bare.frame.deed != "CONSULT":
        return ()
    token = bare.head
    for _ in range(FAR):
        token = bare.parsed.tokens[token.head]
        if token.pos == "NOUN":
            found = bare.parties(grammar.after(bare.parsed, (token,), ("by",)))
        elif lower(token) in bare.book.classes["speech_verbs"]:
            continue
        else:
            found = bare.parties(grammar.surface(bare.parsed, token)[0])
        if found and not {t.i for t in found} & {t.i for t in told}:
            return found
    return ()


def invited(bare: Reading) -> Tokens:
    """The guest: "X is visiting at the invitation of Y"."""
    prep = bare.parsed.tokens[bare.head.head]
    verb = bare.parsed.tokens[prep.head]
    if bare.frame.cameo != INVITED or bare.head.dep != "pobj":
        return ()
    if prep.text.lower() != "at":
        return ()
    if verb.pos not in ("VERB", "AUX"):
        return ()
    return bare.parties(grammar.surface(bare.parsed, verb)[0])


RESORTS: tuple[tuple[frozenset[str], Callable[[Reading], Tokens], str], ...] = (
    (frozenset(("AGREE",)), invited, "actions.invited.v1"),
    (frozenset(("AGREE", "REJECT", "SUPPORT")), counterpart, "actions.counterpart.v1"),
    (frozenset(("SANCTION",)), cause_owner, "actions.cause-owner.v1"),
    (frozenset(("PROTEST", "MOBILIZE")), purpose, "actions.purpose.v1"),
    (
        frozenset(("ACCUSE", "REJECT", "REQUEST", "THREATEN")),
        opponent,
        "actions.opponent.v1",
    ),
    (
        frozenset(("REQUEST", "ACCUSE", "REJECT", "PROTEST", "CONCEDE", "RETREAT")),
        matter,
        "actions.matter.v1",
    ),
    (
        frozenset(("THREATEN", "REJECT", "MOBILIZE", "REQUEST")),
        on_condition,
        "actions.unless.v1",
    ),
)
