"""Whether what is asked, promised or threatened is a deed, and a kind or a hard one."""

from dateline.actions import grammar
from dateline.actions.asked import contents
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
        ("for", "to", "of", "on", "with", "against", "over"),
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
    names = ("for", "to", "of", "on", "with", "against")
    told = (*found.objects, *grammar.after(found.parsed, found.anchors, names))
    return any(lower(t) in classes[noun] for t in told for noun in nouns)
