"""Where an act happened, apart from places that are only mentioned."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.gazetteer import Gazetteer, gazetteer
from dateline.model import Action, Parsed, Place, Setting
from dateline.model.answers import PlaceRole
from dateline.places import deixis, sites
from dateline.places.known import Known, gather_places
from dateline.places.report import Placed, as_place, unknown_place
from dateline.places.sites import Rule, Scene
from dateline.places.ties import Tie, tie

RULES: tuple[Rule, ...] = (
    sites.site_by_reader,
    deixis.here,
    deixis.resolve_there,
    deixis.resolve_where_clause,
)
ROLES: dict[str, PlaceRole] = {"in": "site", "from": "from", "to": "to"}


@dataclass(frozen=True, slots=True)
class EventPlaces:
    """Answers where; built on the gazetteer given, else on ours."""

    table: Gazetteer | None = None

    def __call__(self, parsed: Parsed, setting: Setting) -> "ReportPlaces":
        """Place the names of a report once, for all its acts."""
        table = self.table or gazetteer()
        known = gather_places(table, parsed, setting.home, setting.filed)
        return ReportPlaces(parsed, table, known, setting.filed)


@dataclass(frozen=True, slots=True)
class ReportPlaces:
    """The placed names of one report, of which every act of it is asked."""

    parsed: Parsed
    table: Gazetteer
    known: Known
    filed: str

    def number(self, at: int) -> int:
        """Return the number of the sentence that a character stands in, or after."""
        return max(0, self.parsed.sentences_before(at) - 1)

    def __call__(self, action: Action) -> tuple[Place, Sequence[Place]]:
        """Return the place of an act, and the other places that have a part in it."""
        parsed, known = self.parsed, self.known
        act = parsed.head_of(action.trigger)
        sentence = parsed.sentence_at(action.trigger.start)
        if act is None or sentence is None:
            return unknown_place(), ()
        ties = [
            (p, held)
            for p in known.at(sentence)
            if (held := tie(parsed, act, p.span)) is not None
        ]
        where = place_by_first_rule(Scene(parsed, action, act, sentence, known))
        return where, other_tied_places(parsed.text, ties, where)


def place_by_first_rule(scene: Scene) -> Place:
    """Return what the first rule that has an answer says; else unknown."""
    for rule in RULES:
        if place := rule(scene):
            return replace(place, role="site")
    return unknown_place()


def other_tied_places(
    text: str, ties: Sequence[tuple[Placed, Tie]], where: Place
) -> tuple[Place, ...]:
    """Return the other places that hang on the act, with their part in it."""
    found = []
    for p, held in ties:
        if p.span == where.span or held.way == "party" or only_encloses_place(p, where):
            continue
        place = as_place(p, text)
        found.append(replace(place, role=ROLES.get(held.way, "about")))
    return tuple(found)


def only_encloses_place(name: Placed, where: Place) -> bool:
    """Whether a name only tells in which state or unit the act's place lies."""
    entry = name.entry
    if entry is None or not entry.is_area or entry.country != where.country:
        return False
    return entry.is_country or entry.admin1 == where.admin1
