"""What the reasons mean that a second opinion gives."""

RULES = {
    "opinion.act.v1": "A language model, asked about this act, says so.",
    "opinion.day.v1": (
        "A language model tells the day, by these words, which can mean that day."
    ),
    "opinion.dropped.v1": "A language model says that these words tell no act.",
    "opinion.identity.v1": (
        "A language model says that these words mean somebody else than was read."
    ),
    "opinion.listed.v1": "The party was on the list that a language model chose from.",
    "opinion.missed.v1": "A language model alone tells this act, by these words.",
    "opinion.no-day.v1": "A language model alone tells the act, and no day for it.",
    "opinion.no-place.v1": "A language model alone tells the act, and no place for it.",
    "opinion.party.v1": "A language model names this party, by these words.",
    "opinion.place.v1": (
        "A language model names the place, by these words; the gazetteer has it there."
    ),
    "opinion.said.v1": "A language model says who says so, or that nobody does.",
    "opinion.side.v1": (
        "A language model puts the party of these words on this side of the act."
    ),
    "opinion.unasked.v1": "A language model alone tells the act: this was not asked.",
}
