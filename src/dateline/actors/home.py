"""Titles and agents that belong to the country a report tells of, unless it says so."""

from dateline.actors.reading import Reading

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
STRANGERS = frozenset(
    [
        "side",
        "states",
        "countries",
        "nations",
        "neighbors",
        "neighbours",
        "governments",
        "team",
        "teams",
        "diplomat",
        "ambassador",
        "envoy",
        "inspector",
        "monitor",
        "observer",
        "peacekeeper",
        "tourist",
        "foreigner",
        "expatriate",
        "mediator",
        "delegate",
        "analyst",
        "expert",
        "scholar",
        "economist",
        "historian",
        "scientist",
        "researcher",
        "national",
        "immigrant",
        "migrant",
        "source",
        "missionary",
        "peacekeeping",
        "consul",
        "emissary",
        "representative",
        "critic",
    ]
)
NEIGHBOURS = frozenset(
    "neighbor neighbour neighbors neighbours neighboring neighbouring".split()
)
COUNTERPARTS = frozenset(("counterpart", "opposite"))
ALLIES = frozenset(("ally", "allie"))
SHORT = 2  # words: "its allies" are states, "allies of the ousted president" are men
GUESTS = frozenset(("ministers", "leaders"))  # of states: many meet in one country
PREMISES = frozenset(
    (
        *("shop", "shops", "store", "stores", "market", "markets", "bazaar", "stalls"),
        *("station", "stations", "newspapers", "dailies", "weeklies", "broadcasters"),
        *("supermarket", "pharmacy", "restaurant", "restaurants", "cafe", "bakery"),
    )
)  # what stands in a street is of the country, whoever owns it
STATE = frozenset(("state", "local", "official", "national", "run", "government"))


def domestic(reading: Reading) -> bool:
    """Whether a title, unless said otherwise, is of the country the report tells of."""
    agent = reading.agent
    if agent is None or reading.alien or elsewhere(reading):
        return False
    if reading.unknown and agent.kind in ("body", "carrier"):
        return "OPP" in reading.sectors  # an opposition is never abroad
    keys = {word.key for word in reading.words}
    if (
        {"secretary", "general"} <= keys
        or keys & STRANGERS
        or {key.rstrip("s") for key in keys} & STRANGERS
    ):
        return False
    first = (reading.sectors or agent.sectors or ("",))[0]
    if first == "GOV" and keys & GUESTS:
        return False
    if first == "JRN":
        return bool(keys & STATE) or bool(keys & PREMISES)
    return first in DOMESTIC or bool(keys & PREMISES)


def elsewhere(reading: Reading) -> bool:
    """Whether a mention is of another country than the one spoken of: "its ally"."""
    keys = {word.key.removesuffix("s") for word in reading.words}
    if keys & COUNTERPARTS:
        return True  # "his counterpart"
    return bool(keys & NEIGHBOURS or (keys & ALLIES and len(reading.words) <= SHORT))


def opposite(reading: Reading) -> bool:
    """Whether a mention is of somebody's counterpart: "his counterpart in Lima"."""
    return bool({word.key.removesuffix("s") for word in reading.words} & COUNTERPARTS)
