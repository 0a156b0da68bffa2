"""Where an act happened, apart from places that are only mentioned."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from dateline.gazetteer import Entry, Gazetteer, gazetteer
from dateline.model import Action, Parsed, Place, Sentence, Setting, Span, Token
from dateline.model.answers import PlaceRole
from dateline.places.capitals import capitals
from dateline.places.context import home_of
from dateline.places.recognise import peoples, recognise
from dateline.places.report import GRAINS, Placed, as_place, place_names, unknown
from dateline.places.ties import Tie, head_of, tie

GOES = frozenset(
    "visit tour arrive travel fly go return invade enter reach patrol raid storm occupy"
    " besiege bomb shell trip journey invasion occupation bombing siege shelling capture"
    " seizure bombardment visitor arrival entry seize capture attack deploy send move"
    " march rally head deployment buildup pour rush withdraw cross annex annexation"
    " liberate liberation blockade".split()
)
GROUND = frozenset(
    "ASSAULT PROTEST MOBILIZE COERCE CONSULT RETREAT COOPERATE AID".split()
)
SPOKEN = frozenset("REQUEST SUPPORT REJECT THREATEN".split())
ISLANDS = frozenset("ISL ISLS PEN CAPE RF SHOL ATOL".split())
STORY = frozenset(("ASSAULT", "PROTEST", "COERCE"))
TARGET = frozenset(("ASSAULT", "MOBILIZE"))
BACK = 6  # sentences before a silent one in which its story's place may stand
AGREED = 0.6  # share of a story's places in one country that makes it the story's
ADJECTIVE = "places.adjective.v1"
ROLES: dict[str, PlaceRole] = {"in": "site", "from": "from", "to": "to"}


class Known(NamedTuple):
    """The names of a report, placed, by sentence; the dateline's is not among them."""

    names: tuple[Placed, ...]
    by_sentence: dict[int, list[Placed]]
    story: str


@dataclass(slots=True)
class EventPlaces:
    """Answers where; built on the gazetteer given, else on ours."""

    table: Gazetteer | None = None
    _last: tuple[Parsed, Known] | None = None

    def __call__(
        self, parsed: Parsed, action: Action, setting: Setting
    ) -> tuple[Place, Sequence[Place]]:
        """Return the place of an act, and the other places that have a part in it."""
        known = self.known(parsed, setting)
        act = head_of(parsed, action)
        sentence = parsed.sentence_at(action.trigger.start)
        if act is None or sentence is None:
            return unknown(), ()
        names = known.by_sentence.get(sentence.span.start, [])
        ties = [(p, t) for p in names if (t := tie(parsed, act, p.span)) is not None]
        parties = {*action.actors, *action.recipients}
        site = best(act, action, ties, parties) or fallen_back(
            parsed, action, sentence, known, self.table or gazetteer()
        )
        where = replace(site, role="site") if site else unknown(None)
        return where, others(parsed, action, ties, where)

    def known(self, parsed: Parsed, setting: Setting) -> Known:
        """Return the placed names of a report, worked out once."""
        if self._last is None or self._last[0] is not parsed:
            table = self.table or gazetteer()
            self._last = (parsed, know(table, parsed, setting.home))
        return self._last[1]


def know(table: Gazetteer, parsed: Parsed, country: str) -> Known:
    """Return the names of a report, placed; the dateline helps to place the others."""
    report = parsed.report
    spans = [span for span, _ in recognise(table, parsed)]
    extra = dateline(parsed) | set(peoples(table, parsed))
    home = home_of(report.url or report.outlet, country)
    placed = place_names(table, report.text, sorted({*spans, *extra}), home)
    seats = capitals(table, parsed)
    names = sorted(
        [p for p in (*placed, *seats) if p.span not in extra], key=lambda p: p.span
    )
    by_sentence: dict[int, list[Placed]] = {}
    for p in names:
        if sentence := parsed.sentence_at(p.span.start):
            by_sentence.setdefault(sentence.span.start, []).append(p)
    return Known(tuple(names), by_sentence, story_of(placed))


def dateline(parsed: Parsed) -> set[Span]:
    """Return the words that name the place a report was filed from."""
    report = parsed.report
    found = set()
    for mark in report.marked("dateline"):
        at = report.text.find(report.dateline, mark.start, mark.end)
        if report.dateline and at >= 0:
            found.add(Span(at, at + len(report.dateline)))
    return found


def story_of(placed: Iterable[Placed]) -> str:
    """Return the country in which nearly all places of a report lie, or ""."""
    votes: Counter[str] = Counter()
    for p in placed:
        if p.entry and p.entry.country and p.belief > 0:
            votes[p.entry.country] += 1 if p.rule == ADJECTIVE else 2
    if not votes:
        return ""
    country, most = votes.most_common(1)[0]
    return country if most >= AGREED * votes.total() else ""


def best(
    act: Token, action: Action, ties: list[tuple[Placed, Tie]], parties: set[Span]
) -> Place | None:
    """Return the place that hangs on the act as its site, the closest first."""
    sites = [
        (rank, p)
        for p, t in ties
        if p.entry and (rank := site_rank(act, action, p, t, parties)) is not None
    ]
    if not sites:
        return None
    (rank, _, _, _), chosen = min(sites, key=lambda s: (s[0], s[1].span))
    names = ("places.attached.v1", "places.goal.v1", "places.clause.v1")
    return as_place(chosen, "", names[min(rank // 2, 2)])


def site_rank(
    act: Token, action: Action, name: Placed, held: Tie, parties: set[Span]
) -> tuple[int, int, int, int] | None:
    """Return how well a place serves as the site of the act, smaller is better."""
    goes = act.lemma.lower() in GOES or action.deed in TARGET
    surface = held.way == "on" and name.entry is not None and on_top(name.entry)
    if action.deed in SPOKEN and held.level not in (0, 2):
        return None
    if held.way == "in" or surface:
        kind = 0 if held.level < 2 else 4
    elif held.way in ("object", "of", "on", "to") and goes and held.level < 2:
        kind = 2
    elif held.way == "from" and held.level < 2 and action.deed in STORY:
        kind = 3
    else:
        return None
    if held.way != "in" and name.entry is not None and any(
        span.covers(name.span) for span in parties
    ):
        kind += 1
    grain = GRAINS.index(name.entry.precision) if name.entry else 9
    return kind, held.level, grain, held.distance


def on_top(entry: Entry) -> bool:
    """Whether one says "on" of it: an island, a street, a square, a coast."""
    return entry.feature in ISLANDS or entry.precision == "site"


def fallen_back(
    parsed: Parsed, action: Action, at: Sentence, known: Known, table: Gazetteer
) -> Place | None:
    """Return the place of a silent clause from its sentence, then from its story."""
    text = parsed.text
    if site := fronted(parsed, at, known):
        return as_place(site, text, "places.fronted.v1")
    if action.deed not in GROUND:
        return None
    if site := earlier(parsed, at, known):
        return as_place(site, text, "places.narrative.v1")
    if action.deed in STORY and known.story:
        state = table.state(known.story)
        if state:
            placed = Placed(action.trigger, state, "places.story.v1", 0.5)
            return replace(as_place(placed, text), span=None)
    return None


def fronted(parsed: Parsed, at: Sentence, known: Known) -> Placed | None:
    """Return the place that opens a sentence: "In Ankara, ..."."""
    for p in known.by_sentence.get(at.span.start, []):
        inside = parsed.tokens_in(p.span)
        before = inside[0].i - at.first if inside else 99
        if p.entry and before <= 4 and located(parsed, p):
            return p
    return None


def located(parsed: Parsed, name: Placed) -> bool:
    """Whether a name stands after a word that says where."""
    inside = parsed.tokens_in(name.span)
    if not inside:
        return False
    for i in range(inside[0].i - 1, max(inside[0].i - 8, -1), -1):
        token = parsed.tokens[i]
        if token.pos == "ADP" and token.text.lower() == "to":
            return i > 0 and parsed.tokens[i - 1].lemma in GOES
        if token.pos == "ADP" and token.text.lower() != "of":
            return token.text.lower() in LOCATIVE
        if token.pos in ("VERB", "PUNCT", "PRON"):
            return False
    return False


LOCATIVE = frozenset("in at near outside inside around across throughout within".split())


def earlier(parsed: Parsed, at: Sentence, known: Known) -> Placed | None:
    """Return the last place told as a site in this sentence or in those before it."""
    index = parsed.sentences.index(at)
    for sentence in reversed(parsed.sentences[max(0, index - BACK) : index + 1]):
        names = known.by_sentence.get(sentence.span.start, [])
        sites = [p for p in names if p.entry and located(parsed, p)]
        if sites:
            return min(sites, key=lambda p: (GRAINS.index(precision(p)), p.span))
    return None


def precision(name: Placed) -> str:
    """Return the precision of a placed name."""
    return name.entry.precision if name.entry else "unknown"


def others(
    parsed: Parsed, action: Action, ties: list[tuple[Placed, Tie]], where: Place
) -> tuple[Place, ...]:
    """Return the other places of the act's own clause, with their part in it."""
    found = []
    for p, t in ties:
        if p.span == where.span or t.way == "party" or p.entry is None:
            continue
        place = as_place(p, parsed.text)
        found.append(replace(place, role=ROLES.get(t.way, "about")))
    return tuple(found)

