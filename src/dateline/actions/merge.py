"""The same act told twice in one clause is one act."""

from collections.abc import Sequence
from dataclasses import replace

from dateline.actions import grammar
from dateline.actions.fill import PAPERS
from dateline.actions.match import lower
from dateline.actions.reading import Reading
from dateline.model import Parsed, Token


def distinct(found: Sequence[Reading]) -> list[Reading]:
    """Return `found` with each act once: nouns give their parties to their verb."""
    kept: list[Reading] = []
    for one in found:
        if any(
            consumed(one, other) or spelled_out(one, other)
            for other in found
            if other is not one
        ):
            continue
        twin = next((k for k in kept if same(one, k)), None)
        if twin is None:
            kept.append(one)
            continue
        kept[kept.index(twin)] = joined(twin, one)
    return kept


def consumed(noun: Reading, other: Reading) -> bool:
    """Whether a noun is a word of another act: "called off a strike" is no strike.

    So is a state: "is not ready to talk" is no readiness.

    The object that a frame asks for is its word too: "suspended aid" is no aid.
    """
    if noun.frame.kind == "verb" or other.frame.kind != "verb":
        return False
    if noun.frame.deed == other.frame.deed:
        return False
    if any(w.i == noun.head.i for w in other.words) or sought(noun, other):
        return True
    if object_of(noun, other) and noun.frame.deed in VOIDED.get(other.frame.deed, ()):
        return True
    asked = bool(other.frame.limit("only")) and other.frame.deed in TAKES
    if not asked or owned(noun, other):
        return False
    return any(o.i == noun.head.i for o in other.objects) or noun.head.i in {
        t.i for t in after_of(other)
    }


def spelled_out(vote: Reading, other: Reading) -> bool:
    """Whether a clause says what a paper is for: "passed a resolution urging a truce".

    The vote is that act, and no support of its own.
    """
    if vote.frame.deed != "SUPPORT" or other.head.dep != "acl":
        return False
    papers = vote.book.classes["law"] | PAPERS
    said = other.head.tag == "VBG"
    return said and any(
        o.i == other.head.head and lower(o) in papers for o in vote.objects
    )


def sought(noun: Reading, other: Reading) -> bool:
    """Whether a deed is only asked for: "pressed for talks"."""
    if other.frame.deed != "REQUEST" or noun.frame.deed not in KIND:
        return False
    particles = {w.i for w in other.words if w.pos == "ADP"}
    return noun.head.dep == "pobj" and noun.head.head in particles


def owned(noun: Reading, other: Reading) -> bool:
    """Whether a deed that is hailed or spurned is another's, and stands by itself.

    "welcomed the release of the nurses by the rebels", "brushed off Egypt's complaint".
    """
    stands = STAND.get(other.frame.deed, frozenset())
    does = {t.i for t in noun.parties(noun.actors)}
    did = {t.i for t in other.actors}
    return noun.frame.deed in stands and bool(does) and not does & did


STAND = {
    "SUPPORT": frozenset(("RETREAT", "AID", "REQUEST", "THREATEN", "ACCUSE")),
    "REJECT": frozenset(("REQUEST", "THREATEN", "ACCUSE")),
    "CONCEDE": frozenset(("REQUEST", "THREATEN")),
}
KIND = frozenset(("CONSULT", "CONCEDE", "RETREAT", "AID", "COOPERATE"))
HARD = frozenset(("PROTEST", "SANCTION", "COERCE", "ASSAULT", "MOBILIZE"))
VOIDED = {"REJECT": KIND, "CONCEDE": HARD, "RETREAT": HARD}  # "called off a rally"
TAKES = frozenset(
    ("SANCTION", "SUPPORT", "AGREE", "CONCEDE", "REJECT", "AID", "REQUEST")
)


def after_of(found: Reading) -> Sequence[Token]:
    """Return what the object is a number or part of: "$200 million in aid"."""
    return tuple(grammar.after(found.parsed, found.objects, ("of", "in")))


def same(one: Reading, other: Reading) -> bool:
    """Whether two readings of one deed hang on each other in one clause."""
    if one.frame.deed != other.frame.deed:
        return False
    if {w.i for w in one.words} & {w.i for w in other.words}:
        return True
    if object_of(one, other) or object_of(other, one):
        return True
    if one.frame.deed == "PROTEST" and one.actors and one.actors == other.actors:
        return True
    if in_turn(one, other) or in_turn(other, one):
        return False
    near = hangs(one.parsed, one.head, other.head) or hangs(
        one.parsed, other.head, one.head
    )
    return near and not disjoint(one, other)


def in_turn(one: Reading, other: Reading) -> bool:
    """Whether two acts follow each other: "was beaten before he was shot"."""
    if one.frame.kind == "noun":
        return (
            one.head.dep == "conj"
            and one.head.head == other.head.i
            and unlike(one, other)
        )
    marks = one.parsed.below(one.head, "mark", "advmod")
    told = {t.text.lower() for t in marks} & TURNS
    after = one.parsed.tokens[one.head.head].text.lower() in TURNS
    verbs = other.frame.kind == "verb"
    return verbs and bool(told or (one.head.dep == "pcomp" and after))


TURNS = frozenset(("before", "after"))


def unlike(one: Reading, other: Reading) -> bool:
    """Whether two nouns joined by "and" tell two measures: "martial law and a ban"."""
    modes, others = set(one.frame.modes), set(other.frame.modes)
    return one.frame.deed == "COERCE" and bool(modes and others and modes != others)


def object_of(noun: Reading, verb: Reading) -> bool:
    """Whether a noun is the object of a verb of the same deed: "announced plans"."""
    own = noun.frame.kind == "noun" and noun.head.dep == "dobj"
    return own and noun.head.head == verb.head.i


def hangs(parsed: Parsed, low: Token, high: Token) -> bool:
    """Whether `low` hangs on `high` inside one clause."""
    for _ in range(4):
        if low.dep in ("relcl", "conj") and low.pos == "VERB":
            return False
        if low.head == high.i:
            return True
        if low.head == low.i:
            return False
        low = parsed.tokens[low.head]
    return False


def disjoint(one: Reading, other: Reading) -> bool:
    """Whether both name their parties, and name others."""
    a = {t.i for t in one.recipients}
    b = {t.i for t in other.recipients}
    does = {t.i for t in one.actors}
    did = {t.i for t in other.actors}
    apart = bool(does and did and not does & did)
    return apart if not (a and b) else bool(not a & b and does and did)


def joined(first: Reading, second: Reading) -> Reading:
    """Fill the gaps of the fuller reading from the other; a noun says who bombed."""
    whole, part = first, second
    if score(second) > score(first):
        whole, part = second, first
    if not whole.actors and part.actors:
        whole = replace(whole, actors=part.actors, actor_rule=part.actor_rule)
    taken = {t.i for t in whole.actors}
    more = tuple(t for t in part.recipients if t.i not in taken)
    if not whole.recipients and more:
        whole = replace(whole, recipients=more, recipient_rule=part.recipient_rule)
    return whole


def score(found: Reading) -> tuple[int, int]:
    """Return how much a reading tells: parties first, then a verb above a noun."""
    told = bool(found.parties(found.actors)) + bool(found.recipients)
    return told, int(found.frame.kind == "verb")
