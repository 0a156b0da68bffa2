"""The rules of attribution, each in an analyst's words."""

RULES = {
    "attribution.according-to.v1": (
        "X says so: the clause stands with 'according to X' or 'in X's words'."
    ),
    "attribution.adverb.v1": (
        "Somebody unnamed says so: an adverb such as 'reportedly' stands in the clause."
    ),
    "attribution.alleged.v1": (
        "Somebody unnamed says so: the noun is called 'alleged' or 'reported'."
    ),
    "attribution.attitude.v1": (
        "X holds it: he is sure, hopeful, afraid that it is so."
    ),
    "attribution.beside-after.v1": (
        "X says so: the reporting words follow the quotation."
    ),
    "attribution.beside-before.v1": (
        "X says so: the reporting words lead up to the quotation."
    ),
    "attribution.cited.v1": ("X says so: the report or another speaker is 'citing X'."),
    "attribution.clause-after.v1": (
        "X says so: a reporting clause closes the sentence."
    ),
    "attribution.clause-before.v1": (
        "X says so: the clause hangs on a verb of saying, thinking or showing."
    ),
    "attribution.clause-inside.v1": (
        "X says so: a reporting clause breaks into the sentence."
    ),
    "attribution.felt.v1": (
        "X holds it: he is convinced, worried, surprised that it is so."
    ),
    "attribution.goes-on.v1": (
        "X goes on speaking: X spoke last, and a learned choice gives X the act too."
    ),
    "attribution.heard-from.v1": ("X says so: another has heard it from X."),
    "attribution.infinitive.v1": ("X says, wants or plans to do it."),
    "attribution.label.v1": (
        "X says so: the turn of a transcript or the headline begins with 'X:'."
    ),
    "attribution.linked.v1": (
        "X says so: the encoder tags the words and the linker puts them together."
    ),
    "attribution.noun.v1": (
        "X says so: it stands below a noun such as 'claim' or 'warning'; without an"
        " owner somebody unnamed says so."
    ),
    "attribution.object.v1": (
        "X names it as the object of a verb such as 'reported' or 'condemned'."
    ),
    "attribution.own-voice.v1": (
        "The report tells it in its own voice: nobody is said to say so."
    ),
    "attribution.passive.v1": (
        "Somebody unnamed (or the agent after 'by') says, thinks or expects it: 'is"
        " believed to'."
    ),
    "attribution.pronoun.v1": (
        "X says so: a pronoun speaks, the cast does not tell for whom it stands, and X"
        " spoke last of those of whom it can be said."
    ),
    "attribution.quotation.v1": ("X says so: a quotation follows the verb of saying."),
    "attribution.quoted-by.v1": ("X passes it on: the speaker is 'quoted by X'."),
    "attribution.seems.v1": ("It seems so to somebody unnamed."),
    "attribution.speaks-next.v1": (
        "X says so: X speaks next in the paragraph, and a learned choice gives X the"
        " act too."
    ),
    "attribution.unlikely.v1": (
        "The report tells it itself: somebody speaks there, but by a learned choice not"
        " of this act."
    ),
}


def full_rule_name(name: str) -> str:
    """Return the full name of a rule in the table.

    >>> full_rule_name("label")
    'attribution.label.v1'
    """
    full = f"attribution.{name}.v1"
    if full not in RULES:
        raise KeyError(full)
    return full
