"""Titles of offices that one person holds, and what the base calls each of them."""

OFFICES = {
    "president": "president",
    "vice president": "vice president",
    "prime minister": "prime minister",
    "pm": "prime minister",
    "premier": "prime minister",
    "chancellor": "prime minister",
    "foreign minister": "foreign minister",
    "foreign secretary": "foreign minister",
    "external affairs minister": "foreign minister",
    "secretary of state": "foreign minister",
    "defense minister": "defense minister",
    "defence minister": "defense minister",
    "defense secretary": "defense minister",
    "defence secretary": "defense minister",
    "secretary of defense": "defense minister",
    "treasury secretary": "treasury secretary",
    "attorney general": "attorney general",
    "national security adviser": "national security adviser",
    "national security advisor": "national security adviser",
    "supreme leader": "supreme leader",
    "king": "monarch",
    "queen": "monarch",
    "emir": "monarch",
    "sultan": "monarch",
    "monarch": "monarch",
}
ONLY_OF = {  # countries of whose holder reports in English use a title
    "chancellor": ("DEU", "AUT"),
    "secretary of state": ("USA",),
    "foreign secretary": ("GBR",),
    "external affairs minister": ("IND",),
}


def bears(title: str, told: str, office: str, country: str | None) -> bool:
    """Whether a role, as the base tells it, is one of which reports use a title.

    >>> bears("chancellor", "prime minister", "prime minister", "DEU")
    True
    >>> bears("chancellor", "prime minister", "prime minister", "ISR")
    False
    """
    lands = ONLY_OF.get(title, (country,))
    return title == told or (OFFICES.get(title) == office and country in lands)
