"""Who is that, as of the report's day? Lists first, then what is likeliest."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import local

from dateline.extract.actors.evidence import Mention, mention_at, mention_of
from dateline.extract.actors.learned.identify import LINKED, Identity, identify
from dateline.extract.actors.lexicon import words_in_span
from dateline.extract.actors.related_mentions import kin_of, split_mention
from dateline.extract.actors.report_features import Survey, survey
from dateline.extract.actors.resolution import setting_days
from dateline.extract.actors.user_lists import Lists, Row
from dateline.model import Actor, Parsed, Setting, Span, Why
from dateline.resources.knowledge_base import Base, base
from dateline.resources.reference import countries

TOGETHER, SECOND = 0.7, 0.25  # shares of a report's mentions: of both, of the lesser
FEWEST = 6  # mentions of countries, weighed: a report with fewer is about nobody
DEEPEST = 3  # links: a chain of mentions is followed no further


class Resolver:
    """Answers who the words of a party are.

    It keeps what it read of the last document, of each thread that asks its own.
    """

    def __init__(self, lists: Sequence[Path] = (), known: Base | None = None) -> None:
        """Take the user's lists, later ones winning, and the knowledge base."""
        self.base = known or base()
        self.own = Lists(lists)
        self._last = Last()

    def __call__(self, parsed: Parsed, span: Span, setting: Setting) -> tuple[Actor, ...]:
        """Return the party or parties that the words of `span` stand for."""
        return self.many(parsed, (span,), setting)[0]

    def many(
        self, parsed: Parsed, spans: Iterable[Span], setting: Setting
    ) -> list[tuple[Actor, ...]]:
        """Return the parties of several spans of a report, the unknown all at once.

        What was read of their mentions is let go then: of a long report it is a tenth
        of all that a coder holds, and later questions ask for few.
        """
        opened = self._opened(parsed, setting)
        found = self._answered(opened, list(spans))
        opened.seen.forget_mentions()
        return found

    def _answered(self, opened: "Opened", spans: Sequence[Span]) -> list[tuple[Actor, ...]]:
        answers = opened.answers
        new = [span for span in dict.fromkeys(spans) if span not in answers]
        parties = [list(self._parties(opened.seen, span, 0)) for span in new]
        unread = (p for some in parties for p in some if isinstance(p, Unread))
        found = iter(identify([each.mention for each in unread]))
        for span, some in zip(new, parties, strict=True):
            told: dict[object, Actor] = {}
            for party in some:
                one = party.as_actor(next(found)) if isinstance(party, Unread) else party
                same = (one.country, one.sectors[:1], one.entity, one.span)
                told.setdefault(same, one)
            answers[span] = tuple(told.values())
        for span in new:
            answers[span] = self._agreed(opened, span)
        return [answers[span] for span in spans]

    def _agreed(self, opened: "Opened", span: Span) -> tuple[Actor, ...]:
        """Return who a short name is: whom its full name is, where that is surer."""
        told, seen = opened.answers[span], opened.seen
        link = seen.link(span)
        if link is None or not link.of_name or len(told) != 1:
            return told
        if not seen.heads(link.mention, span):
            return told
        (full,) = self._answered(opened, link.antecedents[:1])
        if len(full) != 1 or full[0].country in (None, told[0].country):
            return told
        if told[0].entity or full[0].sure <= told[0].sure:
            return told
        return (replace(full[0], span=span, why=Why(LINKED, span)),)

    def _opened(self, parsed: Parsed, setting: Setting) -> "Opened":
        last = self._last.document
        if last is None or last.parsed is not parsed or last.setting is not setting:
            self.close()
            last = Opened(parsed, setting, survey(parsed, setting, self.base), {})
            self._last.document = last
        return last

    def close(self) -> None:
        """Let go of this thread's document; its mentions hold it, so they go first."""
        last, self._last.document = self._last.document, None
        if last is not None:
            last.seen.forget_mentions()

    def _parties(self, seen: Survey, span: Span, depth: int) -> "Iterator[Actor | Unread]":
        if both := (*two_of_name(seen, span), *two_of_report(seen, span)):
            yield from both
            return
        own = led(seen, span)
        link = seen.link(own)
        heads = link is not None and (own != span or seen.heads(link.mention, span))
        if link and link.counted and heads and depth < DEEPEST:
            for each in link.antecedents:
                for party in self._parties(seen, each, depth + 1):
                    yield follow_link(party, span)
            return
        pieces = split_mention(seen.parsed, span, self.base)
        if pieces == [(words_in_span(seen.parsed, span.start, span.end), span)]:
            yield self._one(mention_at(span, seen, self.base))
            return
        for found, place in pieces:
            yield self._one(mention_of(found, place, seen, self.base))

    def _one(self, mention: Mention) -> "Actor | Unread":
        row = self._listed(mention) if self.own else None
        return of_list(row, mention) if row else Unread(mention, mention.span)

    def _listed(self, mention: Mention) -> Row | None:
        """Return the user's own row of a mention, or of the words it stands for."""
        first, last = setting_days(mention.case.setting) or (None, None)

        def row_of(each: Mention) -> Row | None:
            return self.own.find(each.words, first, last, each.lexicon)

        if row := row_of(mention):
            return row
        if len(mention.words) > 1 and mention.reading.nation is not None:
            return None
        kin = kin_of(mention)
        sure = () if kin.link is not None and kin.link.faint else kin.earlier
        return next(filter(None, map(row_of, (*kin.intro, *sure))), None)


@dataclass(slots=True)
class Opened:
    """The document asked about last, and the parties told of it so far."""

    parsed: Parsed
    setting: Setting
    seen: Survey
    answers: dict[Span, tuple[Actor, ...]]


class Last(local):
    """What a thread asked about last: each has its own, which ends with the thread."""

    document: Opened | None = None

    def __reduce__(self) -> tuple[type["Last"], tuple[()]]:
        """Pickle no document: who gets a copy asks about his own."""
        return Last, ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A party to be identified, and the words that stand for it, the nearest first."""

    mention: Mention
    span: Span
    meant_by: tuple[Span, ...] = ()

    def as_actor(self, found: Identity) -> Actor:
        """Return the party as the actor that claims carry.

        Of "Kenyan and Ugandan troops" the first are named "Kenyan troops".
        """
        answer, span, parsed = found.answer, self.span, self.mention.case.seen.parsed
        own = [word.text for word in self.mention.words]
        every, joins = span.of(parsed.text).split(), parsed.words("actors.join")
        shared = not joins.isdisjoint(every) and joins.isdisjoint(own)
        shared = shared and own[-1:] == every[-1:]
        actor = Actor(
            answer.name or " ".join(own if shared else every),
            answer.country,
            answer.sectors,
            answer.entity,
            answer.answer,
            span,
            Why(answer.rule, span),
            found.sure,
        )
        for meant in self.meant_by:
            actor = rename_followed(actor, meant)
        return actor


def of_list(row: Row, mention: Mention) -> Actor:
    """The user's own list answers first; the entity's id tells file and line."""
    agent, span = mention.reading.agent, mention.span
    titled = agent is not None and agent.kind in ("office", "person", "body")
    kinds = mention.reading.sectors if titled and not row.sectors else row.sectors
    why = Why("actors.user-list.v1", span)
    return Actor(row.name, row.country, kinds, row.entity, "resolved", span, why)


def follow_link(party: Actor | Unread, span: Span) -> Actor | Unread:
    """Return one of several parties that "the two leaders" stands for."""
    if isinstance(party, Unread):
        return replace(party, meant_by=(*party.meant_by, span))
    return rename_followed(party, span)


def rename_followed(actor: Actor, span: Span) -> Actor:
    """Return a party under the words that stand for it."""
    return replace(actor, span=span, why=Why("actors.pair.v1", actor.span))


def two_of_name(seen: Survey, span: Span) -> Iterator[Actor]:
    """The two states whose names end alike, told together: "the two Koreas"."""
    parsed = seen.parsed
    *before, last = span.of(parsed.text).split() or [""]
    if not before or {w.lower() for w in before} - parsed.words("actors.two"):
        return
    ends = parsed.words("actors.plural-mark")
    one = {last.removesuffix(end) for end in ends if last.endswith(end)}
    states = [row for row in countries() if row.kind == "state"]
    alike = [row for row in states if row.name.split()[-1] in one]
    if len(alike) != 2:  # noqa: PLR2004
        return
    for row in alike:
        why = Why("actors.pair.v1", span)
        yield Actor(row.name, row.code, ("GOV",), None, "resolved", span, why)


def two_of_report(seen: Survey, span: Span) -> Iterator[Actor]:
    """Both sides or countries are the two of which the whole report tells.

    They need not be the two named last: "China welcomed the truce. A White House
    spokesman called on both countries" means those who made the truce.
    """
    own, parsed, known = led(seen, span), seen.parsed, countries()
    both = parsed.lexicon.patterns["actors.both-sides"]
    told = both.fullmatch(" ".join(own.of(parsed.text).split()))
    if told is None:
        return
    link = seen.link(own)
    if told["sides"] and link is not None and link.counted:
        # One of two sides may be told to be no state: "Israel and Hamas".
        names = [each.of(parsed.text) for each in link.antecedents]
        if any((known.by_name(n) or known.by_demonym(n)) is None for n in names):
            return
    # The two of which the report tells above all others.
    total, every = seen.weights.total.total(), seen.weights.total.most_common(2)
    if total < FEWEST or len(every) < 2:  # noqa: PLR2004
        return
    (_, most), (_, fewer) = every
    if fewer < SECOND * total or most + fewer < TOGETHER * total:
        return
    sectors = ("MIL",) if told["armies"] else ("GOV",)
    for code in sorted(code for code, _ in every):
        why = Why("actors.two-of-report.v1", span)
        name = known.name_of(code)
        yield Actor(name, code, sectors, f"state:{code}", "guess", span, why)


def led(seen: Survey, span: Span) -> Span:
    """Return the words of the countries of which a mention is the leaders."""
    parsed, head = seen.parsed, seen.parsed.head_of(span)
    headed = parsed.mentions_headed_by(head.i) if head is not None else ()
    own = headed[0] if headed else None
    if head is None or own is None or not (own.many and own.titles):
        return span
    before = parsed.mentions_over(Span(span.start, head.start))
    if any(m.sort == "state" and m.span.start >= span.start for m in before):
        return span  # "U.S. lawmakers from both parties"
    after = [word for word in parsed.tokens_in(span) if word.i > head.i]
    of = parsed.words("actors.of-or-from")
    if len(after) < 2 or after[0].text not in of:  # noqa: PLR2004
        return span
    return Span(after[1].start, span.end)
