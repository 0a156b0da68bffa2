"""Titles and agents that belong to the country a report tells of, unless it says so."""

from dateline.actors.reading import Reading
from dateline.actors.words import singular
from dateline.model import Lexicon

DOMESTIC = frozenset(
    [
        "COP",
        "MIL",
        "GOV",
        "REB",
        "JUD",
        "LEG",
        "OPP",
        "CVL",
        "PRM",
        "CRM",
        "PTY",
        "AGR",
        "LAB",
        "REL",
        "UAF",
        "MED",
        "SPY",
        "EDU",
        "REF",
        "UNK",
    ]
)
SHORT = 2  # words: "its allies" are states, "allies of the ousted president" are men


def domestic(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a title, unless said otherwise, is of the country the report tells of."""
    agent, told = reading.agent, lexicon.words
    if agent is None or reading.alien or is_of_other_country(reading, lexicon):
        return False
    if reading.unknown and agent.kind in ("body", "carrier"):
        return "OPP" in reading.sectors  # an opposition is never abroad
    keys = {word.key for word in reading.words}
    if (
        told["actors.secretary-general"] <= keys
        or keys & told["actors.stranger"]
        or singulars(reading, lexicon) & told["actors.stranger"]
    ):
        return False
    first = (reading.sectors or agent.sectors or ("",))[0]
    if first == "GOV" and keys & told["actors.summit"]:
        return False
    premises = bool(keys & told["actors.premises"])
    if first == "JRN":
        return premises or bool(keys & told["actors.state-run"])
    return premises or first in DOMESTIC


def is_of_other_country(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a mention is of another country than the one spoken of: "its ally"."""
    keys, told = singulars(reading, lexicon), lexicon.words
    if keys & told["actors.counterpart"]:
        return True  # "his counterpart"
    ally = bool(keys & told["actors.ally"]) and len(reading.words) <= SHORT
    return ally or bool(keys & told["actors.neighbour"])


def opposite(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a mention is of somebody's counterpart: "his counterpart in Lima"."""
    return bool(singulars(reading, lexicon) & lexicon.words["actors.counterpart"])


def singulars(reading: Reading, lexicon: Lexicon) -> set[str]:
    """Return the words of a mention, each without the mark of many."""
    return {singular(word.key, lexicon) for word in reading.words}
