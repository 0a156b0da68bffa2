"""The wording of a mention: its pronoun, the kind of its title."""

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
