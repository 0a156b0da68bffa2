"""The wording of a mention: its pronoun, its head, the kind of its title."""

from dateline.actors.evidence import Mention
from dateline.actors.parts import breaks
from dateline.model import Lexicon

PRONOUNS = (
    "speaker",
    "speakers",
    "addressed",
    "he",
    "she",
    "it",
    "they",
    "pointed",
    "several",
)
AGENTS = ("office", "person", "body", "carrier", "kin", "arms")


def pronoun_kind(word: str, lexicon: Lexicon) -> int:
    """Return for whom a pronoun may stand, counted from 1; 0 for any other word."""
    whom = lexicon.senses["actors.pronoun"].get(word)
    return PRONOUNS.index(whom) + 1 if whom else 0


def head_noun(mention: Mention) -> str:
    """Return the last plain word before a preposition: "police" in "police of all"."""
    core = [w.key for w in mention.words]
    ends = breaks(mention.lexicon)
    cut = next((i for i, w in enumerate(core[1:], 1) if w in ends), None)
    return core[:cut][-1] if core else ""
