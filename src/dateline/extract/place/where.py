"""Where an act happened, apart from places that are only mentioned.

The places that a report names are worked out once for all its acts. An act's is told
by the surest rule that has an answer: the reader's words, "here", "there", "where".
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.extract.place.candidates import Atlas
from dateline.extract.place.recognition import recognise, words_for_peoples
from dateline.extract.place.report import Placed, as_place, home_of, place_names, unknown_place
from dateline.extract.place.resolve import Home
from dateline.extract.place.ties import (
    governors,
    hangs_on_other_verb,
    has_locative_before,
    hold,
    is_speaker_seat,
    tie_to_act,
)
from dateline.model import Action, Parsed, Place, Sentence, Setting, Span, Token
from dateline.model.answers import PlaceRole
from dateline.resources.gazetteer import Entry, Gazetteer, gazetteer
from dateline.resources.knowledge_base import base
from dateline.resources.reference import countries

BODIES = frozenset(("igo", "ngo", "armed-group"))
LONGEST = 6  # letters of an acronym
BESIDE = frozenset(("apposition", "compound", "noun-modifier"))
BACK = 3  # sentences before one in which what it speaks of may stand
HERE, THERE = "places.here", "places.there"
NOUNS = ("subject", "passive-subject", "object", "oblique")
ROLES: dict[str, PlaceRole] = {"in": "site", "from": "from", "to": "to"}


@dataclass(frozen=True, slots=True)
class Known:
    """The placed names of a report by sentence, the dateline's not among them.

    `filed` is the place that the dateline names.
    """

    by_sentence: dict[int, list[Placed]]
    filed: Placed | None = None

    def at(self, sentence: Sentence) -> list[Placed]:
        """Return the placed names of one sentence, in text order."""
        return self.by_sentence.get(sentence.span.start, [])


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
        scene = Scene(parsed, action, act, sentence, known)
        told = (rule(scene) for rule in RULES)
        where = next((place for place in told if place), None)
        where = replace(where, role="site") if where else unknown_place()
        others = []
        for p in known.at(sentence):
            way, entry = tie_to_act(parsed, act, p.span), p.entry
            if way in (None, "party") or p.span == where.span:
                continue
            # a name may only tell in which state or unit the act's place lies
            if (
                entry
                and entry.is_area
                and entry.country == where.country
                and (entry.is_country or entry.admin1 == where.admin1)
            ):
                continue
            role = ROLES.get(way or "", "about")
            others.append(replace(as_place(p, parsed.text), role=role))
        return where, tuple(others)


@dataclass(frozen=True, slots=True)
class Scene:
    """An act in its sentence, and the places of its report."""

    parsed: Parsed
    action: Action
    act: Token
    sentence: Sentence
    known: Known


def gather_places(table: Gazetteer, parsed: Parsed, country: str, filed: str = "") -> Known:
    """Return the names of a report, placed; the dateline helps to place the others.

    A report filed abroad is not of the outlet's home.
    """
    report = parsed.report
    spans = {span for span, _ in recognise(table, parsed)}
    line = set[Span]()  # the words that name the place a report was filed from
    for mark in report.marked("dateline") if report.dateline else ():
        at = report.text.find(report.dateline, mark.start, mark.end)
        if at >= 0:
            line.add(Span(at, at + len(report.dateline)))
    voters = {*line, *words_for_peoples(table, parsed)} - spans
    home = home_of(report.url or report.outlet, country)
    if filed and filed != home.country:
        home = Home(filed)
    atlas = Atlas(table, parsed.lexicon)
    placed = place_names(atlas, report.text, sorted(spans | voters), home)
    names = [
        p
        for p in placed
        if p.entry and p.span not in voters and not is_no_place(parsed, p.span, p.entry)
    ]
    by_sentence: dict[int, list[Placed]] = {}
    for p in sorted([*names, *find_capitals(table, parsed)], key=lambda p: p.span):
        if sentence := parsed.sentence_at(p.span.start):
            by_sentence.setdefault(sentence.span.start, []).append(p)
    lines = (p for p in placed if p.span in line and p.entry)
    return Known(by_sentence, next(lines, None))


def is_no_place(parsed: Parsed, span: Span, entry: Entry) -> bool:
    """Whether a name is that of a body, or "the South" for some other land's province.

    "NATO", "Nato" are no town.
    """
    words = span.of(parsed.text)
    province = bool(entry.country) and not entry.is_country
    if province and words.lower() in parsed.words("places.side"):
        return True
    if len(words) > LONGEST or not words.isalpha():
        return False
    kinds = {name.entity.partition(":")[0] for name in base().names(words)}
    return bool(kinds & BODIES) and "state" not in kinds


def find_capitals(table: Gazetteer, parsed: Parsed) -> Iterator[Placed]:
    """Yield capitals named by their country alone, as "the Kenyan capital"."""
    known = countries()
    for hit in parsed.lexicon.patterns["places.capital"].finditer(parsed.text):
        whose, state = hit["whose"], hit["state"]
        country = known.by_adjective(whose) if whose else known.by_name(state or "")
        city = known.capital_of(country.code) if country else ""
        towns = [
            e
            for e in (table.find(city) if city else ())
            if country and e.country == country.answers and e.precision == "city"
        ]
        if towns:
            entry = max(towns, key=lambda e: e.population)
            yield Placed(Span(*hit.span()), entry, "places.capital.v1", 1.0)


def site_by_reader(scene: Scene) -> Place | None:
    """The model read these words as the place of the act."""
    act, text = scene.action.act, scene.parsed.text
    for words in act.places if act else ():
        for p in scene.known.at(scene.sentence):
            after = text[p.span.end : p.span.end + 2]
            # "a London-based bank", "Seoul-born" name no place
            within = len(after) > 1 and after[0] == "-" and after[1].islower()
            if not p.span.overlaps(words.span) or within:
                continue
            if not hangs_on_other_verb(scene.parsed, scene.act, p.span):
                return as_place(finer_place(scene, p), text, "reading.place.v1")
    return None


def finer_place(scene: Scene, land: Placed) -> Placed:
    """Return the place that a land is told with: "Somalia's capital, Mogadishu"."""
    parsed = scene.parsed
    owner, area = parsed.head_of(land.span), land.entry
    if owner is None or owner.relation != "owner" or not area or not area.is_area:
        return land
    for p in scene.known.at(scene.sentence):
        word, entry = parsed.head_of(p.span), p.entry
        if p.span.start < land.span.end or word is None or entry is None:
            continue
        same = entry.country == area.country and not entry.is_country
        if not same or not (area.is_country or entry.admin1 == area.admin1):
            continue
        over, head = parsed.tokens[word.head], word.i
        if word.relation == "oblique" and over.text in parsed.words("places.of"):
            head = over.head  # "the city of Mosul"
        elif word.relation in BESIDE:
            head = over.i
        if owner.head in (word.i, head):
            return p
    return land


def resolve_here(scene: Scene) -> Place | None:
    """Here is where the report was filed: "held talks here on Wednesday"."""
    filed = scene.known.filed
    if filed is None or not any(pointing_adverbs(scene, HERE)):
        return None
    return as_place(filed, scene.parsed.text, "places.here.v1")


def resolve_there(scene: Scene) -> Place | None:
    """There is the place named last: "Rebels hold Goma. They killed six men there"."""
    word = next(pointing_adverbs(scene, THERE), None)
    if word is None:
        return None
    sentences = scene.parsed.sentences
    index = sentences.index(scene.sentence)
    for sentence in reversed(sentences[max(0, index - BACK) : index + 1]):
        for name in reversed(scene.known.at(sentence)):
            if name.span.start < word.start and is_free_place(scene.parsed, name):
                return as_place(name, scene.parsed.text, "places.there.v1")
    return None


def pointing_adverbs(scene: Scene, pointing: str) -> Iterator[Token]:
    """Yield "here" or "there" on an act, its governors, or who does or suffers it."""
    parsed, act = scene.parsed, scene.act
    over, words = {act.i}, parsed.words(pointing)
    if pointing == HERE or act.pos != "VERB":  # "held talks there"
        over |= {t.i for t in governors(parsed, act)}
    for token in parsed.tokens[scene.sentence.first : scene.sentence.last]:
        if token.text.lower() not in words or "expletive" in (token.relation, token.form):
            continue
        head = parsed.tokens[token.head]
        beside = head.relation in NOUNS and head.head == act.i
        if head.i in over or (beside and "ground" in scene.action.traits):
            yield token  # "officials there said" only tells where they sit


def is_free_place(parsed: Parsed, name: Placed) -> bool:
    """Whether a name tells a place of some country, no doer's and no speaker's seat."""
    head = parsed.head_of(name.span)
    if not (name.entry and name.entry.country) or head is None:
        return False
    if is_speaker_seat(parsed, name.span):
        return False
    way, holder = hold(parsed, head)
    sent = way == "to" and holder.lemma.lower() in parsed.words("places.move")
    seized = head.relation == "object"  # "seized Goma"
    return seized or sent or has_locative_before(parsed, name.span)


def resolve_where_clause(scene: Scene) -> Place | None:
    """A clause with "where" tells of the place it hangs on: "Rio, where they met"."""
    parsed = scene.parsed
    where = parsed.words("places.where")
    for verb in (scene.act, *governors(parsed, scene.act)):
        words = {t.text.lower() for t in parsed.below(verb, "adverb")}
        if verb.relation != "relative-clause" or where.isdisjoint(words):
            continue
        named = parsed.tokens[verb.head]
        for p in scene.known.at(scene.sentence):
            if p.span.start <= named.start < p.span.end:
                return as_place(p, parsed.text, "places.relative.v1")
    return None


RULES: tuple[Callable[[Scene], Place | None], ...] = (
    site_by_reader,
    resolve_here,
    resolve_there,
    resolve_where_clause,
)
