"""What auxiliaries say of a deed: not done, would be done, might be done."""

from dateline.model import Parsed, Token


def negated(parsed: Parsed, verb: Token) -> bool:
    """Whether "not", "never" or "no longer" hangs on the verb."""
    return any(True for _ in parsed.below(verb, "neg")) or any(
        t.text.lower() in ("never", "neither", "nor", "cannot")
        for t in parsed.below(verb)
    )


def modal(parsed: Parsed, verb: Token) -> str:
    """Return the modal verb of `verb` in its clause, "" where there is none."""
    for aux in parsed.below(verb, "aux"):
        if aux.tag == "MD":
            return {"'ll": "will", "ca": "can", "wo": "will", "'d": "would"}.get(
                aux.text.lower(), aux.text.lower()
            )
    if (
        verb.dep == "conj"
        and parsed.tokens[verb.head].pos == "VERB"
        and verb.tag == "VB"
    ):
        return modal(parsed, parsed.tokens[verb.head])
    return ""
