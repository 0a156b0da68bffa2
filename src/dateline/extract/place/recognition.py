"""Names of places in a report: the tagger's spans, and those that it misses.

Every stretch that may name a place is weighed by its label, its surroundings and what
the gazetteer knows of it.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from dateline.extract.place.candidates import Atlas, Named, place_candidates
from dateline.extract.place.report import named_areas
from dateline.model import SUBJECTS, Entity, Parsed, Span, Token
from dateline.resources.gazetteer import Gazetteer
from dateline.resources.reference import find_outlet

SURE = 0.4  # belief from which a stretch is taken for a place's name
LONGEST = 5  # tokens of a place's name
MOST = 4000  # stretches looked at in one report; beyond it is a list, not a story
PLACES = frozenset(("GPE", "LOC", "FAC"))
NO_NAMES = frozenset(("PRON", "DET", "AUX", "VERB", "ADP"))
LABELS = ("GPE", "LOC", "FAC", "PERSON", "ORG", "NORP", "other", "none")
NAMES = (
    *(f"is_{label}" for label in LABELS),
    *("exact_entity", "part_of_person", "part_of_org"),
    *("after_in", "after_to", "after_of", "after_comma", "after_proper"),
    *("before_proper", "before_office", "before_street", "before_person_verb"),
    *("possessive", "contained", "container", "title_before", "surname"),
    *("part_of_outlet", "country", "admin1", "admin2", "capital", "own", "people"),
    *("alias", "unlisted", "adjective", "short", "words", "common", "first"),
    *("capitals", "again", "number_before", "bias"),
)
AT = {name: n for n, name in enumerate(NAMES)}
WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Find:
    """A stretch that may be a place's name, with its evidence as numbers."""

    span: Span
    named: Named
    evidence: tuple[float, ...]


def recognise(
    table: Gazetteer, parsed: Parsed, sure: float = SURE
) -> tuple[tuple[Span, float], ...]:
    """Return the names of places in a report and the belief in each, in text order.

    Persons and organisations named like places are left out, and so are words for
    peoples.
    """
    found = []
    for each in seek(table, parsed):
        told = each.evidence
        where = told[AT["after_in"]] or told[AT["contained"]] or told[AT["after_of"]]
        person = told[AT["part_of_person"]] and not where
        other = each.named.how == "adjective" or told[AT["part_of_outlet"]] or person
        if not other:
            found.append(each)
    if not found:
        return ()
    scores = np.array([each.evidence for each in found]) @ seeking_weights()
    beliefs = (1 / (1 + np.exp(-scores))).tolist()
    pairs = zip((each.span for each in found), beliefs, strict=True)
    return tuple(sorted((span, belief) for span, belief in pairs if belief >= sure))


@cache
def seeking_weights() -> NDArray[np.float64]:
    """Return the weights fitted by training/gazetteer/fit_seek.py."""
    table = files("dateline.extract.place") / "seeking.json"
    told = json.loads(table.read_text("utf-8"))
    return np.array([told.get(name, 0.0) for name in NAMES])


def words_for_peoples(table: Gazetteer, parsed: Parsed) -> list[Span]:
    """Return the words for peoples, which speak for a country but name no place."""
    atlas = Atlas(table, parsed.lexicon)
    spans = (e.span for e in parsed.entities if e.label == "NORP")
    return [
        span
        for span in spans
        if place_candidates(atlas, span.of(parsed.text).title()).how == "adjective"
    ]


def seek(table: Gazetteer, parsed: Parsed) -> list[Find]:
    """Return the stretches that may name places, longest first, none overlapping."""
    view = View(table, parsed)
    found: list[Find] = []
    for run in view.runs():
        found += view.cut(run)
        if len(found) > MOST:
            break
    return found


class View:
    """A report seen from the gazetteer: capitalised runs, entities, surnames."""

    def __init__(self, table: Gazetteer, parsed: Parsed) -> None:
        """Note the entity of every token and the surnames of the persons."""
        self.parsed, self.text = parsed, parsed.text
        self.atlas = Atlas(table, parsed.lexicon)
        self.shouted = False
        self.entity: dict[int, Entity] = {}
        self.surnames: set[str] = set()
        self.size: dict[Entity, int] = {}
        for entity in parsed.entities:
            inside = parsed.tokens_in(entity.span)
            self.size[entity] = len(inside)
            for token in inside:
                self.entity[token.i] = entity
            if entity.label == "PERSON" and len(inside) > 1:
                self.surnames.add(inside[-1].text)
        self.counts = Counter(token.text for token in parsed.tokens)

    def runs(self) -> Iterator[list[Token]]:
        """Yield runs of capitalised tokens, small links inside them allowed.

        A small link is "es" in "Dar es Salaam", and none at the end of a run. A
        sentence may be in capitals, as old wire copy is.
        """
        for sentence in self.parsed.sentences:
            run: list[Token] = []
            words = sentence.span.of(self.text)
            small = sum(map(str.islower, words))
            self.shouted = len(words) > 20 and small < 0.1 * len(words)
            tokens = self.parsed.tokens[sentence.first : sentence.last]
            for token in (*tokens, None):
                if token is not None and self.goes_on(token, run):
                    run.append(token)
                    continue
                while run and not run[-1].text[:1].isupper():
                    run.pop()
                if run:
                    yield run
                run = []

    def goes_on(self, token: Token, run: list[Token]) -> bool:
        """Whether a token can be a word of a name, or a link in the one before it."""
        own = self.entity.get(token.i)
        place = own is not None and own.label in PLACES
        if token.text[:1].isupper():
            named = token.pos == "PROPN" if self.shouted else token.pos not in NO_NAMES
            if named or place:
                return True
        inside = place and run and own is self.entity.get(run[-1].i)
        link = token.text.lower() in self.parsed.words("places.link")
        return bool(inside or (run and link))

    def cut(self, run: list[Token]) -> Iterator[Find]:
        """Yield the places named in a run: longest listed stretches first."""
        at = 0
        while at < len(run):
            size, named = self.longest(run, at)
            if size:
                yield self.find(run[at : at + size], named)
            at += max(size, 1)

    def longest(self, run: list[Token], at: int) -> tuple[int, Named]:
        """Return the size of the longest stretch at `at` that may be a place."""
        entity = self.entity.get(run[at].i)
        if entity and entity.label in PLACES:
            whole = [t for t in run[at:] if t.start < entity.span.end]
            named = place_candidates(self.atlas, self.words(whole))
            begins = run[at].start <= entity.span.start + 4
            if begins and (named.entries or len(whole) > 1 or at == 0):
                return len(whole), named
        for size in range(min(LONGEST, len(run) - at), 0, -1):
            stretch = run[at : at + size]
            if not stretch[-1].text[:1].isupper() or not stretch[0].text[:1].isupper():
                continue
            named = place_candidates(self.atlas, self.words(stretch))
            if named.entries:
                return size, named
        return 0, Named((), "unlisted")

    def words(self, stretch: list[Token]) -> str:
        """Return the words of a stretch, with single blanks."""
        words = WHITE.sub(" ", self.text[stretch[0].start : stretch[-1].end])
        return words.title() if self.shouted else words

    def find(self, stretch: list[Token], named: Named) -> Find:
        """Return a stretch with its evidence."""
        span = Span(stretch[0].start, stretch[-1].end)
        end = self.text[max(0, span.end - 2) : span.end].lower()
        if end in self.parsed.words("places.possessive"):
            span = Span(span.start, span.end - 2)
        entity = self.entity.get(stretch[-1].i)
        label = entity.label if entity else "none"
        values = {
            f"is_{label if label in LABELS else 'other'}": 1.0,
            **self.inside(stretch, span, entity),
            **self.around(stretch, span),
            **weigh_entries(named),
            "bias": 1.0,
        }
        row = [0.0] * len(NAMES)
        for name, value in values.items():
            row[AT[name]] = float(value)
        return Find(span, named, tuple(row))

    def inside(self, stretch: list[Token], span: Span, entity: Entity | None) -> dict[str, float]:
        """Return what the words themselves tell."""
        word, text = stretch[-1].text, span.of(self.text)
        size = self.size[entity] if entity else 0
        label = entity.label if entity else ""
        name = entity.span.of(self.text) if entity and label == "ORG" else ""
        sentence = self.parsed.sentence_at(stretch[0].start)
        return {
            "exact_entity": bool(entity) and abs(size - len(stretch)) < 1,
            "part_of_person": label == "PERSON" and size > len(stretch),
            "part_of_org": label == "ORG" and size > len(stretch),
            "part_of_outlet": label == "ORG" and find_outlet(name) is not None,
            "surname": word in self.surnames,
            "short": len(text) < 4,
            "words": min(len(stretch), 3) - 1.0,
            "common": text.lower() in self.parsed.words("places.common"),
            "first": sentence is not None and sentence.first == stretch[0].i,
            "capitals": not self.shouted and text.isupper() and len(text) > 3,
            "again": min(self.counts.get(word, 1), 4) - 1.0,
        }

    def token(self, i: int) -> Token | None:
        """Return token i, if the report has one."""
        return self.parsed.tokens[i] if 0 <= i < len(self.parsed.tokens) else None

    def around(self, stretch: list[Token], span: Span) -> dict[str, float]:
        """Return what the words before and after tell."""
        words, first = self.parsed.words, stretch[0].i
        before, after = self.token(first - 1), self.token(stretch[-1].i + 1)
        nearest = left = before.text.lower() if before else ""
        earlier = self.token(first - 2)
        if earlier and left in words("places.article"):
            left = earlier.text.lower()
        right = after.text if after else ""
        head = self.parsed.tokens[stretch[-1].head]
        # a state or unit that may hold the place follows after a comma
        container = self.parsed.lexicon.patterns["places.container"]
        hit = container.match(self.text[span.end : span.end + 60])
        holder = hit["name"] if hit and self.text.startswith(",", span.end) else ""
        proper = earlier and earlier.text[:1].isupper() and earlier.pos == "PROPN"
        return {
            "after_in": left in words("places.locative"),
            "after_to": left in words("places.toward"),
            "after_of": left in words("places.of"),
            "after_comma": left == ",",
            "after_proper": bool(before and before.pos == "PROPN"),
            "number_before": left.isdigit(),
            "before_proper": bool(after and after.pos == "PROPN"),
            "before_office": right.lower() in words("places.office"),
            "before_street": right.rstrip(".").lower() in words("places.street"),
            "before_person_verb": stretch[-1].relation in SUBJECTS
            and head.lemma in words("places.speech"),
            "possessive": right == "'" or right in words("places.possessive"),
            "title_before": nearest.removesuffix(".") in words("places.title"),
            "contained": bool(named_areas(self.atlas, holder)),
            "container": left == "," and bool(proper),
        }


def weigh_entries(named: Named) -> dict[str, float]:
    """Return what the gazetteer tells of a name."""
    entries = named.entries
    if not entries:
        return {"unlisted": 1.0}
    own = [e for e in entries if not e.alias]
    people = max((e.population for e in own), default=0)
    return {
        "country": any(e.is_country for e in entries),
        "admin1": any(e.feature == "ADM1" for e in own),
        "admin2": any(e.feature == "ADM2" for e in own),
        "capital": any(e.feature == "PPLC" for e in own),
        "own": any(e.geonameid is None for e in own),
        "people": min(len(str(people)), 8) / 4 - 1,
        "alias": not own,
        "adjective": named.how == "adjective",
    }
