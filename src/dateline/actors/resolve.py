"""Who is that, as of the report's day? The order in which the cues are asked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from dateline.actors.around import beside, widened
from dateline.actors.context import Context, context_of, link_at
from dateline.actors.guess import (
    by_city,
    by_generic,
    by_home,
    by_outlet,
    by_same,
    by_there,
    unknown,
)
from dateline.actors.home import elsewhere
from dateline.actors.judge import Answer, Case, by_name, from_words
from dateline.actors.known import days
from dateline.actors.lists import Lists, Row
from dateline.actors.pair import other_of_two, two_of_report
from dateline.actors.reading import Reading, read, settled
from dateline.actors.split import pieces
from dateline.actors.words import Word, words
from dateline.facts import Base, base
from dateline.model import Actor, Parsed, Setting, Span, Why

ACRONYM = 3  # letters: longer words in capitals alone may be any word
STRANGER = "actors.visitor.v1"
DEEPEST = 3  # links: a chain of mentions is followed no further


class Resolver:
    """Answers who the words of a party are; keeps what it read of the last document."""

    def __init__(self, lists: Sequence[Path] = (), known: Base | None = None) -> None:
        """Take the user's lists, later ones winning, and the knowledge base."""
        self.base = known or base()
        self.own = Lists(lists)
        self._last: tuple[Parsed, Context] | None = None

    def __call__(
        self, parsed: Parsed, span: Span, setting: Setting
    ) -> tuple[Actor, ...]:
        """Return the party or parties that the words of `span` stand for."""
        return tuple(distinct(self._answers(parsed, span, setting, 0)))

    def _context(self, parsed: Parsed) -> Context:
        if self._last is None or self._last[0] is not parsed:
            self._last = (parsed, context_of(parsed))
        return self._last[1]

    def _answers(
        self, parsed: Parsed, span: Span, setting: Setting, depth: int
    ) -> Iterator[Actor]:
        context = self._context(parsed)
        if both := tuple(two_of_report(parsed.text, span, context)):
            yield from both
            return
        link = link_at(context, span)
        if link and len(link.antecedents) > 1 and depth < DEEPEST:
            for each in link.antecedents:
                for actor in self._answers(parsed, each, setting, depth + 1):
                    yield follow(actor, span)
            return
        for found, place in pieces(parsed.text, span, self.base):
            yield self._one(parsed, (found, place), setting, depth)

    def _one(
        self,
        parsed: Parsed,
        piece: tuple[list[Word], Span],
        setting: Setting,
        depth: int,
    ) -> Actor:
        found, span = piece
        if self.own and (row := self.own.find(found, *(days(setting) or (None, None)))):
            return of_list(row, settled(read(found, self.base)), span)
        reading = settled(read(found, self.base))
        case = Case(reading, span.start, setting, self._context(parsed), self.base)
        if answer := from_words(case):
            return actor_of(answer, parsed, span)
        if answer := by_outlet(case):
            return actor_of(answer, parsed, span)
        if answer := by_there(parsed, case, span):
            return actor_of(answer, parsed, span)
        if actor := self._linked(parsed, span, case, depth):
            return actor
        answer = (
            self._surname(case)
            or self._around(parsed, span, case)
            or by_city(case)
            or by_home(case)
            or by_same(case)
            or by_generic(case)
            or unknown(case)
        )
        return actor_of(answer, parsed, span)

    def _linked(
        self, parsed: Parsed, span: Span, case: Case, depth: int
    ) -> Actor | None:
        if depth >= DEEPEST:
            return None
        for mention in mentions(span, case.reading):
            link = link_at(case.context, mention)
            if link is None or link.antecedents[0].overlaps(span):
                continue
            if mention != span and elsewhere(case.reading):
                return self._other(parsed, link.antecedents[0], case, depth, span)
            for actor in self._answers(
                parsed, link.antecedents[0], case.setting, depth + 1
            ):
                if actor.country or mention == span:
                    return borrowed(actor, case.reading, span, mention == span)
        return None

    def _other(
        self, parsed: Parsed, owner: Span, case: Case, depth: int, span: Span
    ) -> Actor | None:
        """Its neighbour, of a report about two countries, is the other of them."""
        own = next(self._answers(parsed, owner, case.setting, depth + 1), None)
        land = other_of_two(case.context, own.country if own else None)
        if land is None:
            return None
        sectors = case.reading.sectors or ("GOV",)
        rule = "actors.other-of-two.v1"
        return actor_of(Answer(land, sectors, None, "", "guess", rule), parsed, span)

    def _surname(self, case: Case) -> Answer | None:
        spoken = [word.text for word in case.reading.words if word.key != "the"]
        if len(spoken) == 1 and spoken[0].isupper() and len(spoken[0]) > ACRONYM:
            return None  # "COOK" in old wire copy is a cook as often as Mr. Cook
        answer = by_name(case, loose=True)
        return answer if answer and answer.country else None

    def _around(self, parsed: Parsed, span: Span, case: Case) -> Answer | None:
        if case.reading.agent and not (case.reading.unknown or case.reading.names):
            near: Iterable[Span] = widened(parsed, span)
        else:
            near = (*widened(parsed, span), *beside(parsed, span))
        for other in near:
            reading = settled(
                read(list(words(parsed.text, other.start, other.end)), self.base)
            )
            if reading.nation is None and not reading.names:
                continue
            merged = joined(case.reading, reading)
            found = from_words(replace(case, reading=merged))
            if found is not None:
                return replace(found, rule="actors.apposition.v1")
        return None


def of_list(row: Row, reading: Reading, span: Span) -> Actor:
    """The user's own list answers first; the entity's id tells file and line."""
    agent = reading.agent
    titled = agent is not None and agent.kind in ("office", "person", "body")
    kinds = reading.sectors if titled and not row.sectors else row.sectors
    why = Why("actors.user-list.v1", span)
    return Actor(row.name, row.country, kinds, row.entity, "resolved", span, why)


def mentions(span: Span, reading: Reading) -> Iterator[Span]:
    """Yield the words that a link may explain: all, the name, the "his"."""
    yield span
    for word in (reading.last_name, reading.owner):
        if word is not None:
            yield Span(word.start, word.end)


def joined(own: Reading, other: Reading) -> Reading:
    """Return a mention's reading with what its neighbour tells of it."""
    return replace(
        own,
        nation=other.nation,
        how=other.how,
        names=own.names + other.names,
        agent=own.agent or other.agent,
        sectors=own.sectors or other.sectors,
        former=own.former or other.former,
    )


def borrowed(actor: Actor, reading: Reading, span: Span, whole: bool) -> Actor:
    """Return the antecedent's answer for a later mention, which keeps its title."""
    agent = reading.agent
    own = reading.sectors or (agent.sectors if agent and not whole else ())
    bare = agent is not None and reading.sectors in ((), agent.sectors)
    if agent is None or (agent.kind == "carrier" and bare):
        own = actor.sectors or own
    entity = actor.entity if whole else None
    why = Why("actors.coreference.v1", actor.span)
    return replace(actor, sectors=own, entity=entity, span=span, why=why)


def follow(actor: Actor, span: Span) -> Actor:
    """Return one of several parties that "the two leaders" stands for."""
    return replace(actor, span=span, why=Why("actors.pair.v1", actor.span))


def actor_of(answer: Answer, parsed: Parsed, span: Span) -> Actor:
    """Return the answer as the actor that claims carry."""
    name = answer.name or " ".join(span.of(parsed.text).split())
    return Actor(
        name,
        answer.country,
        answer.sectors,
        answer.entity,
        answer.answer,
        span,
        Why(answer.rule, span),
    )


def visitors(actors: Sequence[Actor], hosts: Sequence[Actor]) -> tuple[Actor, ...]:
    """Return the actors of a visit: a country only guessed is never the host's."""
    there = {host.country for host in hosts if host.country}
    return tuple(
        replace(who, country=None, answer="unknown", why=Why(STRANGER, who.span))
        if who.answer == "guess" and who.country in there
        else who
        for who in actors
    )


def distinct(actors: Iterable[Actor]) -> Sequence[Actor]:
    """Return actors without repeats of the same country, sector and words."""
    found: dict[object, Actor] = {}
    for actor in actors:
        same = (actor.country, actor.sectors[:1], actor.entity, actor.span)
        found.setdefault(same, actor)
    return list(found.values())
