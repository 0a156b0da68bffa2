"""Whether what is asked, promised or threatened is a deed, and a kind or a hard one."""

from dateline.actions import grammar, modality
from dateline.actions.asked import contents
from dateline.actions.fill import PAPERS
from dateline.actions.match import lower
from dateline.actions.reading import Reading
from dateline.model import Token


def has_content(found: Reading) -> bool:
    """A clause or a noun says what is asked, promised, threatened."""
    if contents(found):
        return True
    told = grammar.after(
        found.parsed,
        found.anchors,
        ("for", "to", "of", "on", "with", "against", "over", "at"),
    )
    return any(is_content(found, t) for t in (*found.objects, *told))


def is_content(found: Reading, token: Token) -> bool:
    """Whether a noun tells a deed or a matter of dispute."""
    book = found.book
    if lower(token) in book.lexicon.nouns or lower(token) in book.classes["demand"]:
        return True
    return any(lower(token) in words for _, _, words in book.content)


def cooperative(found: Reading) -> bool:
    """The content is a friendly act."""
    return content_in(found, "coop", ("aid", "deal", "talks", "flow", "force"))


def hostile(found: Reading) -> bool:
    """The content is a hostile act."""
    return content_in(found, "conflict", ("war", "banned", "grave"))


def kept(found: Reading, verb: Token) -> bool:
    """Whether a verb keeps its sense with its object: "keep up a strike" is unkind."""
    if lower(verb) not in GO_ON:
        return True
    hard = found.book.classes["war"] | found.book.classes["banned"] | {"protest"}
    return not any(lower(t) in hard for t in found.parsed.below(verb, "dobj"))


def harmful(found: Reading) -> bool:
    """The content does harm, or keeps it up: "vowed to continue the strike"."""
    on = [t for t in contents(found) if lower(t) in GO_ON and not kept(found, t)]
    return bool(on) or content_in(found, "harm", ("war", "grave"))


GO_ON = frozenset(("keep", "continue", "maintain", "extend", "expand"))


def content_in(found: Reading, verbs: str, nouns: tuple[str, ...]) -> bool:
    """Whether the content is told by a verb of one class or a noun of some others."""
    classes = found.book.classes
    if any(lower(t) in classes[verbs] and kept(found, t) for t in contents(found)):
        return True
    names = ("for", "to", "of", "on", "with", "against", "at")
    told = (*found.objects, *grammar.after(found.parsed, found.anchors, names))
    return any(lower(t) in classes[noun] for t in told for noun in nouns)


def must(found: Reading) -> bool:
    """The content says what must be."""
    return any(
        (modality.modal(found.parsed, t) in ("must", "should") or has_to(found, t))
        and any(told(found, s) for s in found.parsed.below(t, *grammar.SUBJECTS))
        for t in contents(found)
    )


def has_to(found: Reading, verb: Token) -> bool:
    """Whether somebody has to do, or needs to do: "the army has to leave"."""
    if lower(verb) not in ("have", "need"):
        return False
    deeds = found.parsed.below(verb, "xcomp")
    named = all(t.pos != "PRON" for t in found.parsed.below(verb, *grammar.SUBJECTS))
    return named and any(
        a.text.lower() == "to" for t in deeds for a in found.parsed.below(t, "aux")
    )


def to_do(found: Reading) -> bool:
    """Somebody is told to do a thing: "told them to leave", not "told them it left"."""
    return any(
        t.tag == "VB"
        and any(a.text.lower() == "to" for a in found.parsed.below(t, "aux"))
        for t in contents(found)
    )


def told(found: Reading, subject: Token) -> bool:
    """Whether it is somebody, or an act, of which something must be."""
    return found.party(subject) or lower(subject) in found.book.lexicon.nouns


def coming(found: Reading) -> bool:
    """What is hinted at is told to come: "hinted that it would", not "had"."""
    told = ("will", "would", "could", "may", "might")
    verbs = contents(found)
    return not verbs or any(modality.modal(found.parsed, t) in told for t in verbs)


def bearable(found: Reading) -> bool:
    """It is told as what one can bear: "could live with"."""
    return modality.modal(found.parsed, found.head) in ("can", "could")


def asks(found: Reading) -> bool:
    """It is said what is asked for: not "will call on the queen"."""
    after = (t for t in found.parsed.subtree(found.head) if t.i > found.head.i)
    return any(t.tag == "VB" or t.text.lower() == "for" for t in after)


def in_words(found: Reading) -> bool:
    """It is done in words: "hit back at Chad, saying it lied"."""
    speech = found.book.classes["speech_verbs"]
    places = grammar.after(found.parsed, (found.head,), ("in", "on"))
    return any(lower(t) in PAPERS | SPOKEN_IN for t in places) or any(
        t.tag == "VBG" and lower(t) in speech | CALLS
        for t in found.parsed.below(found.head, "advcl", "xcomp", "ccomp")
    )


SPOKEN_IN = frozenset(
    ("post", "tweet", "interview", "broadcast", "article", "television")
)
CALLS = frozenset(
    (
        "accuse",
        "call",
        "insist",
        "liken",
        "dub",
        "brand",
        "label",
        "denounce",
        "dismiss",
    )
)
