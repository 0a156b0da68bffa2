"""The rules by which an act gets its place, the surest first."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from dateline.gazetteer import Entry, Gazetteer
from dateline.model import Action, Parsed, Place, Sentence, Token
from dateline.places.known import Known
from dateline.places.report import GRAINS, Placed, as_place
from dateline.places.ties import Tie, seat
from dateline.places.words import word_list

ISLANDS = frozenset(("ISL", "ISLS", "PEN", "CAPE", "RF", "SHOL", "ATOL"))
BACK = 3  # sentences before a silent one in which its story's place may stand
OPENING = 4  # tokens before the name of a place that opens its sentence
TOPIC = frozenset(("on", "about", "over", "regarding", "concerning"))
SIDES = frozenset(
    "north south east west northeast northwest southeast outskirts".split()
)
REACH = 8  # tokens before a name in which its preposition stands


OTHER_TIME = re.compile(  # of another time, and so perhaps of another place
    r"\b(?:19|20)\d\d\b|\b(?:last|next) (?:year|month)\b|\byears? ago\b"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """An act in its sentence, with the places that hang on it and all others."""

    parsed: Parsed
    action: Action
    act: Token
    sentence: Sentence
    ties: list[tuple[Placed, Tie]]
    known: Known
    table: Gazetteer
    filed: str = ""

    def has(self, *traits: str) -> bool:
        """Whether the codebook gives the act any of these traits."""
        return not self.action.traits.isdisjoint(traits)

    @property
    def goes(self) -> bool:
        """Whether the act is one that goes to, or is done to, a place."""
        return self.act.lemma.lower() in word_list("goes") or self.has("target")


Rule = Callable[[Scene], Place | None]


def read(scene: Scene) -> Place | None:
    """The model read these words as the place of the act."""
    act = scene.action.act
    for words in act.places if act else ():
        for p in scene.known.at(scene.sentence):
            if p.span.overlaps(words.span):
                return as_place(p, scene.parsed.text, "reading.place.v1")
    return None


def attached(scene: Scene) -> Place | None:
    """The place stands in a phrase of place on the act's own words: "met in Vienna"."""
    deepest = 0 if scene.has("spoken") else 1
    near = [(p, t) for p, t in scene.ties if not topic(scene, p)]
    return closest(replace(scene, ties=near), "places.attached.v1", 0, deepest, stands)


def topic(scene: Scene, name: Placed) -> bool:
    """Whether a place is only what is spoken about: "talks on the war in Congo"."""
    if not scene.has("spoken", "talk"):
        return False
    word = scene.parsed.head_of(name.span)
    for token in scene.parsed.above(word) if word else ():
        if token.i == scene.act.i:
            return False
        if token.pos == "ADP" and token.text.lower() in TOPIC:
            return True
    return False


def goal(scene: Scene) -> Place | None:
    """The act goes to a place or is done to it: "visited Cairo", "siege of Homs"."""
    if not scene.goes or scene.has("spoken"):
        return None
    return closest(scene, "places.goal.v1", 0, 1, reached)


def taken(scene: Scene) -> Place | None:
    """Somebody was taken, barred or driven from a place: "kidnapped from Mosul"."""
    if not scene.has("takes-away"):
        return None
    return closest(scene, "places.taken.v1", 0, 1, left)


def clause(scene: Scene) -> Place | None:
    """The place hangs on the verb that governs the act: "held talks in Oslo"."""
    deepest = 2 if scene.has("spoken") else 3
    return closest(scene, "places.clause.v1", 2, deepest, stands)


def destination(scene: Scene) -> Place | None:
    """The act is what somebody goes to a place for: "flew to Moscow for talks"."""
    if scene.has("spoken"):
        return None
    return closest(scene, "places.destination.v1", 2, 3, gone)


def fronted(scene: Scene) -> Place | None:
    """The place opens the sentence that tells the act: "In Ankara, ..."."""
    parsed = scene.parsed
    for p in scene.known.at(scene.sentence):
        inside = parsed.tokens_in(p.span)
        if not inside or inside[0].i - scene.sentence.first > OPENING:
            continue
        if located(parsed, p) and not seat(parsed, p.span):
            return as_place(p, parsed.text, "places.fronted.v1")
    return None


def narrative(scene: Scene) -> Place | None:
    """The clause is silent: the last place told as a site in the sentences before."""
    if not scene.has("ground"):
        return None
    parsed = scene.parsed
    if OTHER_TIME.search(scene.sentence.span.of(parsed.text)):
        return None
    index = parsed.sentences.index(scene.sentence)
    for sentence in reversed(parsed.sentences[max(0, index - BACK) : index + 1]):
        told = scene.known.at(sentence)
        sites = [p for p in told if located(parsed, p) and not seat(parsed, p.span)]
        sites = [p for p in sites if not topic(scene, p)]
        if sites:
            first = min(sites, key=lambda p: (grain(p), p.span))
            return as_place(first, parsed.text, "places.narrative.v1")
    return None


def story(scene: Scene) -> Place | None:
    """No words near tell it: the country of nearly all places of the report."""
    state = scene.table.state(scene.known.story)
    if not scene.has("scene") or state is None:
        return None
    if scene.filed not in ("", state.country):
        return None  # filed from Harare, with Pretoria named: neither is sure
    placed = Placed(scene.action.trigger, state, "places.story.v1")
    return replace(as_place(placed, scene.parsed.text), span=None)


def closest(
    scene: Scene,
    rule: str,
    low: int,
    high: int,
    fits: Callable[[Placed, Tie], bool],
) -> Place | None:
    """Return the place tied at levels `low` to `high` in a way that fits, or None."""
    sites = [
        ((held.level, grain(p), held.distance), p)
        for p, held in scene.ties
        if low <= held.level <= high and fits(p, held)
    ]
    if not sites:
        return None
    _, chosen = min(sites, key=lambda s: (s[0], s[1].span))
    return as_place(chosen, scene.parsed.text, rule)


def stands(name: Placed, held: Tie) -> bool:
    """Whether the tie says that the act took place there."""
    on = held.way == "on" and name.entry is not None and on_top(name.entry)
    return held.way == "in" or on


def reached(name: Placed, held: Tie) -> bool:
    """Whether the tie says that the act went there or was done to it."""
    return held.way in ("object", "of", "on", "to")


def gone(name: Placed, held: Tie) -> bool:
    """Whether the tie says that somebody went there for the act."""
    return held.way in ("to", "object") and held.holder in word_list("goes")


def left(name: Placed, held: Tie) -> bool:
    """Whether the tie says that somebody was taken from there."""
    return held.way == "from"


def on_top(entry: Entry) -> bool:
    """Whether one says "on" of it: an island, a street, a square, a coast."""
    return entry.feature in ISLANDS or entry.precision == "site"


def grain(name: Placed) -> int:
    """Return the precision of a placed name as a number, the finest first."""
    return GRAINS.index(name.entry.precision) if name.entry else len(GRAINS)


def located(parsed: Parsed, name: Placed) -> bool:
    """Whether a name stands after a word that says where."""
    inside = parsed.tokens_in(name.span)
    if not inside:
        return False
    for i in range(inside[0].i - 1, max(inside[0].i - REACH, -1), -1):
        token = parsed.tokens[i]
        small = token.text.lower()
        if token.pos == "ADP" and small == "to":
            return i > 0 and parsed.tokens[i - 1].lemma in word_list("goes")
        if token.pos == "ADP" and small != "of":
            return small in word_list("locative")
        if small == "of" and i and parsed.tokens[i - 1].text.lower() in SIDES:
            return True  # "a village west of Pristina"
        if token.pos in ("VERB", "PUNCT", "PRON"):
            return False
    return False
