"""Stretches of a report that may name places, with what speaks for and against."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.gazetteer import Gazetteer
from dateline.model import SUBJECTS, Entity, Parsed, Span, Token
from dateline.places.atlas import Atlas
from dateline.places.candidates import Named, place_candidates
from dateline.places.context import areas
from dateline.reference import find_outlet

LONGEST = 5  # tokens of a place's name
MOST = 4000  # stretches looked at in one report; beyond it is a list, not a story
PLACES = frozenset(("GPE", "LOC", "FAC"))
LABELS = ("GPE", "LOC", "FAC", "PERSON", "ORG", "NORP", "other", "none")
NAMES = (
    *(f"is_{label}" for label in LABELS),
    "exact_entity",
    "part_of_person",
    "part_of_org",
    "after_in",
    "after_to",
    "after_of",
    "after_comma",
    "after_proper",
    "before_proper",
    "before_office",
    "before_street",
    "before_person_verb",
    "possessive",
    "contained",
    "container",
    "title_before",
    "surname",
    "part_of_outlet",
    "country",
    "admin1",
    "admin2",
    "capital",
    "own",
    "people",
    "alias",
    "unlisted",
    "adjective",
    "short",
    "words",
    "common",
    "first",
    "capitals",
    "again",
    "number_before",
    "bias",
)
AT = {name: n for n, name in enumerate(NAMES)}
WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Find:
    """A stretch that may be a place's name, with its evidence as numbers."""

    span: Span
    label: str
    named: Named
    evidence: tuple[float, ...]


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
        self.counts: dict[str, int] = {}
        for token in parsed.tokens:
            self.counts[token.text] = self.counts.get(token.text, 0) + 1

    def runs(self) -> Iterator[list[Token]]:
        """Yield runs of capitalised tokens, small links inside them allowed."""
        for sentence in self.parsed.sentences:
            run: list[Token] = []
            self.shouted = is_in_capitals(sentence.span.of(self.text))
            for token in self.parsed.tokens[sentence.first : sentence.last]:
                if self.proper(token) or (run and self.links(token, run[-1])):
                    run.append(token)
                    continue
                yield from trim_links(run)
                run = []
            yield from trim_links(run)

    def proper(self, token: Token) -> bool:
        """Whether a token can be a word of a name."""
        if not token.text[:1].isupper():
            return False
        place = token.i in self.entity and self.entity[token.i].label in PLACES
        if self.shouted:
            return token.pos == "PROPN" or place
        return token.pos not in ("PRON", "DET", "AUX", "VERB", "ADP") or place

    def links(self, token: Token, before: Token) -> bool:
        """Whether a small word may stand inside a name: "Dar es Salaam"."""
        own, one = self.entity.get(token.i), self.entity.get(before.i)
        place = own and own is one and own.label in PLACES
        return bool(place) or token.text.lower() in self.parsed.words("places.link")

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
            **self.kind(span, named),
            "bias": 1.0,
        }
        row = [0.0] * len(NAMES)
        for name, value in values.items():
            row[AT[name]] = float(value)
        return Find(span, label, named, tuple(row))

    def inside(
        self, stretch: list[Token], span: Span, entity: Entity | None
    ) -> dict[str, float]:
        """Return what the words themselves tell."""
        word = stretch[-1].text
        size = self.size[entity] if entity else 0
        label = entity.label if entity else ""
        text = span.of(self.text)
        return {
            "exact_entity": bool(entity) and abs(size - len(stretch)) < 1,
            "part_of_person": label == "PERSON" and size > len(stretch),
            "part_of_org": label == "ORG" and size > len(stretch),
            "part_of_outlet": label == "ORG" and self.prints(entity),
            "surname": word in self.surnames,
            "short": len(text) < 4,
            "words": min(len(stretch), 3) - 1.0,
            "common": text.lower() in self.parsed.words("places.common"),
            "first": self.starts(stretch[0]),
            "capitals": not self.shouted and text.isupper() and len(text) > 3,
            "again": min(self.counts.get(word, 1), 4) - 1.0,
        }

    def prints(self, entity: Entity | None) -> bool:
        """Whether an entity is a news outlet."""
        return entity is not None and find_outlet(entity.span.of(self.text)) is not None

    def starts(self, token: Token) -> bool:
        """Whether a token is the first of its sentence."""
        sentence = self.parsed.sentence_at(token.start)
        return sentence is not None and sentence.first == token.i

    def token(self, i: int) -> Token | None:
        """Return token i, if the report has one."""
        return self.parsed.tokens[i] if 0 <= i < len(self.parsed.tokens) else None

    def around(self, stretch: list[Token], span: Span) -> dict[str, float]:
        """Return what the words before and after tell."""
        words = self.parsed.words
        before, after = self.token(stretch[0].i - 1), self.token(stretch[-1].i + 1)
        left = before.text.lower() if before else ""
        earlier = self.token(before.i - 1) if before else None
        if earlier and left in words("places.article"):
            left = earlier.text.lower()
        right = after.text if after else ""
        head = self.parsed.tokens[stretch[-1].head]
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
            "title_before": bool(before and self.title(before)),
            "contained": self.contained(span),
            "container": left == "," and self.follows(stretch[0].i - 2),
        }

    def title(self, token: Token) -> bool:
        """Whether a token is a person's title: "Sen.", "mayor"."""
        word = token.text.lower().removesuffix(".")
        return word in self.parsed.words("places.title")

    def contained(self, span: Span) -> bool:
        """Whether a state or unit follows that may hold the place."""
        container = self.parsed.lexicon.patterns["places.container"]
        hit = container.match(self.text[span.end : span.end + 60])
        if hit is None or not self.text.startswith(",", span.end):
            return False
        return bool(areas(self.atlas, hit["name"]))

    def follows(self, i: int) -> bool:
        """Whether the token before a comma may end a place's name."""
        token = self.token(i)
        return bool(token and token.text[:1].isupper() and token.pos == "PROPN")

    def kind(self, span: Span, named: Named) -> dict[str, float]:
        """Return what the gazetteer tells of the name."""
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


def trim_links(run: list[Token]) -> Iterator[list[Token]]:
    """Yield a run without the small links at its end, if anything is left."""
    while run and not run[-1].text[:1].isupper():
        run = run[:-1]
    if run:
        yield run


def is_in_capitals(words: str) -> bool:
    """Whether a sentence is in capitals, as old wire copy is."""
    small = sum(map(str.islower, words))
    return len(words) > 20 and small < 0.1 * len(words)
