"""What each reason of this room means, in one sentence for the analyst."""

RULES: dict[str, str] = {
    "reading.act.v1": (
        "The reader, a small neural network, takes these words for an act of this type."
    ),
    "reading.mode.v1": "The reader takes the act to have been done in this way.",
    "reading.actor.v1": "The reader takes these words for who does it.",
    "reading.recipient.v1": "The reader takes these words for who has it done to them.",
    "reading.implied.v1": (
        "No words of the sentence name the party; it is who the report means there."
    ),
    "reading.status.v1": "The reader takes the act to have this status.",
    "reading.time.v1": "The reader takes these words for the time of the act.",
    "reading.speaker.v1": "The reader takes these words for who says that it is so.",
    "reading.place.v1": "The reader takes these words for the place of the act.",
    "actions.pattern.v1": (
        "A row of the codebook's patterns says that these words tell it."
    ),
    "actions.forbidden.v1": (
        "A row of the codebook's patterns says that these words tell no act."
    ),
    "actions.name.v1": "The words are all of a name or a date, and so no act.",
    "actions.no-word.v1": "No word, only marks, and so no act.",
    "actions.small-word.v1": (
        "Only words that point at others ('the', 'his'), and so no act."
    ),
    "actions.gate.v1": (
        "The text does not look like one that tells a political act: it was not read."
    ),
    "actions.wordless.v1": "It has figures and marks, no words: there is no act in it.",
    "actions.unsure.v1": (
        "The reader takes these words for an act, but is too unsure of it to tell it."
    ),
}
