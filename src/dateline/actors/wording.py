"""The wording of a mention: its pronoun, its head, the kind of its title."""

from dateline.actors.evidence import Mention
from dateline.actors.parts import PREPS, STOPS

PRONOUNS = {
    word: n
    for n, group in enumerate(
        (
            "i me my mine myself",
            "we us our ours ourselves",
            "you your yours",
            "he him his himself",
            "she her hers herself",
            "it its itself",
            "they them their theirs themselves",
            "who which that those these this",
            "others another some many both each all",
        ),
        1,
    )
    for word in group.split()
}
AGENTS = ("office", "person", "body", "carrier", "kin", "arms")


def head_of(mention: Mention) -> str:
    """Return the last plain word before a preposition: "police" in "police of all"."""
    core = [w.key for w in mention.words]
    cut = next((i for i, w in enumerate(core[1:], 1) if w in PREPS or w in STOPS), None)
    return core[:cut][-1] if core else ""
