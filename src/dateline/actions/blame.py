"""On whom an act is laid: claimed, blamed, involved, behind it."""

from dateline.actions import grammar
from dateline.actions.match import lower
from dateline.actions.reading import Reading, Tokens
from dateline.model import Token


def blamed(bare: Reading) -> Tokens:
    """The one on whom an act is blamed, or who claims it."""
    parsed, noun = bare.parsed, bare.head
    for clause in parsed.below(noun, "acl", "relcl"):
        if lower(clause) in ("blame", "attribute"):
            return bare.parties(grammar.after(parsed, (clause,), ("on", "to")))
        if lower(clause) in ("claim", "carry", "plan", "order"):
            doers, _ = grammar.agents(parsed, clause)
            return bare.parties(doers)
    verb = parsed.tokens[noun.head]
    if noun.dep == "pobj" and verb.text.lower() in (
        "behind",
        "in",
        "for",
        "of",
        "with",
    ):
        return tied(bare, verb, parsed.tokens[verb.head])
    if verb.pos == "VERB" and lower(verb) in ("blame", "attribute"):
        if noun.dep == "nsubjpass":
            return bare.parties(grammar.after(parsed, (verb,), ("on", "to")))
        if noun.dep == "dobj":
            return bare.parties(grammar.after(parsed, (verb,), ("on", "to")))
    return ()


def tied(bare: Reading, prep: Token, above: Token) -> Tokens:
    """The one behind it: "the police were involved in the killing", "guilty of"."""
    parsed, word = bare.parsed, lower(above)
    if prep.text.lower() == "behind" and above.pos in ("AUX", "VERB"):
        return bare.parties(grammar.surface(parsed, above)[0])
    if word in ("responsible", "guilty"):
        governor = parsed.tokens[above.head]
        if above.dep == "acomp":
            return bare.parties(grammar.surface(parsed, governor)[0])
        return bare.parties((governor,))
    if word in TIES:
        finder = (
            grammar.sufferers if grammar.passive(parsed, above) else grammar.surface
        )
        if word in ("accuse", "suspect", "charge", "convict", "blame"):
            finder = grammar.sufferers
        return bare.parties(finder(parsed, above)[0])
    return ()


TIES = frozenset(
    [
        "blame",
        "involve",
        "implicate",
        "participate",
        "accuse",
        "suspect",
        "charge",
        "convict",
        "engage",
        "partake",
    ]
)
