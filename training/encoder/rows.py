"""One shape for every training sentence, whatever set it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

THREE = {
    "happened": ("happened", "ongoing", "recurring"),
    "uncertain": ("planned", "expected", "possible", "hypothetical"),
    "not": ("denied", "negated"),
}
STATUSES = [status for some in THREE.values() for status in some]
QUADS = {
    "1": ("AGREE", "CONSULT", "SUPPORT"),
    "2": ("COOPERATE", "AID", "CONCEDE", "RETREAT"),
    "3": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "4": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
# the order of the heads' outputs
TYPES = [
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"),
    *("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    *("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "NONE"),
]
TAGS = ("source", "cue", "content", "act")
Bounds = tuple[int, int]


@dataclass
class Deal:
    """What is known of one act: its words, its parties, and whichever labels."""

    actors: list[Bounds] = field(default_factory=list)
    recipients: list[Bounds] = field(default_factory=list)
    triggers: list[Bounds] = field(default_factory=list)
    types: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    modes: tuple[str, ...] | None = None
    contexts: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    value: float | None = None  # how factual, from -1 (surely not) to 1 (surely so)


@dataclass
class Row:
    """A sentence or a window of text with its labels; `tags` and `parties` where known.

    `parties` are (trigger spans, actor spans, recipient spans); no trigger spans means
    the parties of whatever act the text tells.
    """

    text: str
    origin: str
    deals: list[Deal] = field(default_factory=list)
    tags: dict[str, list[Bounds]] = field(default_factory=dict)
    parties: list[tuple[list[Bounds], list[Bounds], list[Bounds]]] = field(default_factory=list)
    weight: float = 1.0

    def moved(self, by: int, text: str) -> Row:
        """Return this row as it lies where its text starts at `by` of `text`."""

        def move(spans: list[Bounds]) -> list[Bounds]:
            return [(a + by, b + by) for a, b in spans]

        deals = [
            replace(
                d, actors=move(d.actors), recipients=move(d.recipients), triggers=move(d.triggers)
            )
            for d in self.deals
        ]
        tags = {k: move(v) for k, v in self.tags.items()}
        parties = [(move(t), move(a), move(r)) for t, a, r in self.parties]
        return Row(text, self.origin, deals, tags, parties, self.weight)
