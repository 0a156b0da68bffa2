"""What auxiliaries say of a deed: not done, would be done, might be done."""

from dateline.model import Parsed, Token


def negated(parsed: Parsed, verb: Token) -> bool:
    """Whether "not", "never" or "no longer" hangs on the verb."""
    return any(True for _ in parsed.below(verb, "neg")) or any(
        t.text.lower() in ("never", "neither", "nor", "cannot")
        for t in parsed.below(verb)
    )


CHAIN = 6  # verbs joined by "and" that may share one modal


def modal(parsed: Parsed, verb: Token, depth: int = 0) -> str:
    """Return the modal verb of `verb` in its clause, "" where there is none."""
    for aux in parsed.below(verb, "aux"):
        if aux.tag == "MD":
            return {"'ll": "will", "ca": "can", "wo": "will", "'d": "would"}.get(
                aux.text.lower(), aux.text.lower()
            )
    head = parsed.tokens[verb.head]
    shares = verb.dep == "conj" and head.pos == "VERB" and verb.tag == "VB"
    if shares and depth < CHAIN:
        return modal(parsed, head, depth + 1)
    return ""


def inverted(parsed: Parsed, verb: Token) -> bool:
    """Whether order alone tells a condition: "had it not fired", "were it to fire"."""
    subjects = [t.i for t in parsed.below(verb, "nsubj", "nsubjpass")]
    first = next(iter(parsed.subtree(verb)), verb)
    order = first.text.lower()
    if not subjects or first.i > subjects[0]:
        return False
    if first.i == verb.i:
        return order == "were" and any(True for _ in parsed.below(verb, "xcomp"))
    own = order in ("had", "should") and first in tuple(parsed.below(verb, "aux"))
    return own and verb.dep in ("advcl", "ccomp")
