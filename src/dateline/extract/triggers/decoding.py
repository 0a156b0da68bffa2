"""From what the model read to the actions of a report: thresholds, words, reasons.

The user's own patterns go first: words that tell an act of a type, or forbid one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from dateline.extract.triggers.grammar import CERTAIN, left_open, noun_tells_deed, tells_past_deed
from dateline.extract.triggers.parties import whole_words_of
from dateline.extract.triggers.phrases import (
    ASSENT,
    BY_WORD,
    DONE,
    are_saying_and_said,
    join_phrases,
    mode_of_act,
    read_promises,
    tell_by_saying,
    traits_of,
    type_of_act,
)
from dateline.extract.triggers.sides import (
    FIRST,
    MUTUAL,
    choose_sides,
    choose_words,
    undergone,
    visited,
)
from dateline.extract.triggers.skipped_spans import vetoed, whole_acts
from dateline.model import Act, Action, Parsed, Reading, Span, Why
from dateline.model.parsed import Filed
from dateline.resources.codebook import FolderCodebook
from dateline.resources.codebook.book import Pattern

SURE = 0.84  # an act less sure than this is told to nobody
DOUBTFUL = 0.6  # from here on an act is read at all: another word may bear it out
LONE = 0.93  # the same of a sentence that is a whole report: nothing else bears it out
MAIN, OPEN = 0.9, 0.65  # of what its own verb says was done, or may be or was not
SPOKEN = frozenset((BY_WORD, ASSENT))
CONTEXT = 0.4
FLOOR = 0.3  # from here on an act is asked about: whether it is told is decided later
ANY = "*"  # never the first word of a pattern


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern, and the words of a report that it matched."""

    pattern: Pattern
    span: Span


@dataclass(frozen=True, slots=True)
class Decoder:
    """Turns what the model read into actions: `ports.FindActions`."""

    book: FolderCodebook
    sure: float = SURE
    floor: float = FLOOR

    def asks(self) -> bool:
        """Whether the user's patterns may call words an act."""
        return any(not row.forbids for row in self.book.patterns)

    def asked(self, parsed: Parsed) -> tuple[Span, ...]:
        """Return the words that the user's patterns call an act."""
        found = match_patterns(self.book, parsed)
        return tuple(dict.fromkeys(f.span for f in found if not f.pattern.forbids))

    def forbidden(self, parsed: Parsed) -> tuple[Why, ...]:
        """Return the words that the user's patterns forbid to be an act."""
        found = match_patterns(self.book, parsed)
        rows = ((f.span, f.pattern.id) for f in found if f.pattern.forbids)
        return tuple(Why("actions.forbidden.v1", *row) for row in rows)

    def __call__(self, parsed: Parsed, reading: Reading) -> tuple[Action, ...]:
        """Return the actions of a report in text order, each with its reasons."""
        found = Filed((f.span, f) for f in match_patterns(self.book, parsed))
        lone = len(parsed.sentences) == 1
        acts = whole_acts(parsed, reading.acts)
        acts = acts if lone else tuple(self.weighed(parsed, acts))
        told = [done for act in acts for done in self.actions(parsed, act, found)]
        clear = self.joined(parsed, [done for done in told if done.clear])
        rest = self.joined(parsed, told) if len(told) > len(clear) else ()
        told_already = Filed((done.trigger, done) for done in clear)
        more = [d for d in rest if not (d.clear or told_already.over(d.trigger))]
        return tuple(sorted((*clear, *more), key=lambda done: done.trigger))

    def joined(self, parsed: Parsed, told: Sequence[Action]) -> tuple[Action, ...]:
        """Return actions, words that tell one act together as one."""
        said = tell_by_saying(parsed, tuple(undergone(parsed, told)))
        whole = join_phrases(parsed, said)
        return tuple(read_promises(self.book, parsed, each) for each in whole)

    def plain(self, parsed: Parsed, act: Act) -> bool:
        """Whether a sentence says in its own verb that something was done."""
        # "A bomb killed five": the reader wavers only between the words that tell it
        sure = act.deeds[0][1] >= CERTAIN and tells_past_deed(parsed, act)
        return sure or self.harmed(parsed, act)

    def harmed(self, parsed: Parsed, act: Act) -> bool:
        """Whether a noun tells a deed that a verb says did harm."""
        kind = type_of_act(self.book, act)
        return bool(kind and "killed" in kind.counts) and noun_tells_deed(parsed, act)

    def open(self, parsed: Parsed, act: Act) -> bool:
        """Whether a lone sentence's own verb tells what may or must be, or was not.

        What is done in words is done by asking for it: "Chad must free the monks".
        """
        if len(parsed.sentences) > 1 or not left_open(parsed, act):
            return False
        kind = type_of_act(self.book, act)
        return bool(kind and kind.traits & SPOKEN) or act.statuses[0][0] not in DONE

    def least(self, parsed: Parsed, act: Act) -> float:
        """Return how sure an act must be to be told."""
        if len(parsed.sentences) > 1:
            plain = self.plain(parsed, act)
            return min(self.sure, DOUBTFUL) if plain else self.sure
        if self.harmed(parsed, act):
            return DOUBTFUL
        if self.open(parsed, act):
            return OPEN
        return MAIN if tells_past_deed(parsed, act) else max(self.sure, LONE)

    def weighed(self, parsed: Parsed, acts: Sequence[Act]) -> Iterator[Act]:
        """Yield acts; of several words that may tell one doubtful act, those that do.

        Those of the sentence's own verb go before others as doubtful.
        """
        sure = [act for act in acts if act.sure >= self.sure]
        plain = [a for a in acts if a.sure < self.sure and self.plain(parsed, a)]
        clear = by_sentence(sure)
        verbs = [act for act in plain if not tells_one_of(act, clear)]
        own, told = by_sentence(verbs), {id(act) for act in plain}
        rest = [
            act
            for act in acts
            if act.sure >= self.sure or not (id(act) in told or tells_one_of(act, own))
        ]
        every = [*verbs, *borne_out(parsed, rest, self.sure)]
        yield from sorted(every, key=lambda act: (act.trigger, act.asked))

    def actions(self, parsed: Parsed, act: Act, found: Filed[Match]) -> Iterator[Action]:
        """Yield the actions of one act: a pattern's word goes before the model's."""
        near = found.over(act.trigger)
        if act.asked:
            own = {f.span: f.pattern for f in near if not f.pattern.forbids}
            for span in sorted(own, key=act.trigger.apart)[:1]:
                yield by_pattern(self.book, parsed, act, own[span], span)
        if act.asked or near:
            return
        clear = act.sure >= self.least(parsed, act)
        if not (clear or act.sure >= self.floor) or vetoed(parsed, act):
            return
        if kind := type_of_act(self.book, act):
            told = action(self.book, parsed, act, kind.name, act.deeds[0][1])
            # what a sentence's own verb tells, of a lone one any act
            alone = len(parsed.sentences) == 1 and tells_past_deed(parsed, act)
            main = alone or self.plain(parsed, act) or self.open(parsed, act)
            yield replace(told, main=clear and main, clear=clear)


def by_sentence(acts: Sequence[Act]) -> dict[Span, list[Act]]:
    """Return acts by the sentences that tell them."""
    found: dict[Span, list[Act]] = {}
    for act in acts:
        found.setdefault(act.sentence, []).append(act)
    return found


def tells_one_of(act: Act, others: Mapping[Span, Sequence[Act]]) -> bool:
    """Whether an act is one deed with another, those filed by their sentences."""
    return any(one_act(act, other) for other in others.get(act.sentence, ()))


def borne_out(parsed: Parsed, acts: Sequence[Act], least: float) -> Iterator[Act]:
    """Yield acts; of two doubtful ones that may be one act, the surer as sure as both.

    "A bomb killed five" has two words for its act. Where the model can't choose, either
    alone seems less likely than it is that one of them tells it.
    """
    for _, near in groupby(acts, key=lambda act: act.sentence):
        some = list(near)
        for act in some:
            rest = (o for o in some if o is not act and max(act.sure, o.sure) < least)
            one = (o for o in rest if one_act(act, o) or are_saying_and_said(parsed, act, o))
            other = max(one, key=lambda o: o.sure, default=None)
            if other is None or other.sure > act.sure:
                yield act
            else:
                yield replace(act, sure=1 - (1 - act.sure) * (1 - other.sure))


def one_act(act: Act, other: Act) -> bool:
    """Whether two acts of a sentence are one deed to the same recipient."""
    if act.asked or other.asked or act.sentence != other.sentence:
        return False
    mine, others = (choose_words(each.recipients, FIRST[1]) for each in (act, other))
    both = any(a.span.overlaps(b.span) for a in mine for b in others)
    return both and act.deeds[0][0] == other.deeds[0][0]


def action(book: FolderCodebook, parsed: Parsed, act: Act, deed: str, chance: float) -> Action:
    """Return one action of an act that the model read."""
    trigger = whole_words_of(parsed, act.trigger)
    actors, recipients = choose_sides(parsed, act)
    to_come = (book.reading(deed, status) for status, _ in act.statuses[:1])
    mode = mode_of_act(book, act, deed, *to_come)
    kind, traits = book.types[deed], traits_of(book, deed, mode)
    if "visit" in traits:
        recipients = visited(parsed, trigger, recipients, [w.span for w in act.places])
    # the stretch of the sentence from the first to the last word of the act
    evidence = trigger
    beside = (words.span for words in (*act.places, *act.times))
    for span in (*actors, *recipients, *beside):
        if act.sentence.covers(span):
            evidence = evidence.join(span)
    # which part of the model read what, from which words
    why = [("what", Why("reading.act.v1", trigger))]
    why += [("how", Why("reading.mode.v1", trigger))] if mode else []
    why += [("actor", Why("reading.actor.v1", span)) for span in actors[:1]]
    why += [("recipient", Why("reading.recipient.v1", s)) for s in recipients[:1]]
    return Action(
        trigger=trigger,
        evidence=evidence,
        deed=deed,
        read_as=kind.read_as,
        modes=(mode,) if mode else (),
        contexts=tuple(name for name, p in act.contexts if p >= CONTEXT),
        actors=actors,
        recipients=recipients,
        mutual=act.mutual >= MUTUAL,
        sure=act.sure * chance,
        why=tuple(why),
        act=act,
        traits=traits,
        counts=kind.counts,
    )


def by_pattern(book: FolderCodebook, parsed: Parsed, act: Act, row: Pattern, span: Span) -> Action:
    """Return the action that a pattern tells, with the parties that the model reads."""
    found = action(book, parsed, act, row.type, 1.0)
    own = Why("actions.pattern.v1", span, row.id)
    decided = {"what": own, **({"how": own} if row.mode else {})}
    others = [why for why in found.why if why[0] not in decided]
    modes = (row.mode,) if row.mode else found.modes
    why = (*decided.items(), *others)
    return replace(found, trigger=span, modes=modes, sure=1.0, why=why)


def match_patterns(book: FolderCodebook, parsed: Parsed) -> tuple[Match, ...]:
    """Return every match of the book's patterns in a report, in text order."""
    rows: dict[str, list[Pattern]] = {}
    for row in book.patterns:
        rows.setdefault(row.words[0], []).append(row)
    found: list[Match] = []
    for n, token in enumerate(parsed.tokens):
        form, lemma = token.text.lower(), token.lemma.lower()
        if form not in rows and lemma not in rows:
            continue
        first = dict.fromkeys((form, lemma))
        for row in (row for word in first for row in rows.get(word, ())):
            some = parsed.tokens[n : n + len(row.words)]
            fits = all(
                word in (ANY, t.text.lower(), t.lemma.lower())
                for word, t in zip(row.words, some, strict=False)
            )
            if fits and len(some) == len(row.words):
                found.append(Match(row, some[0].span.join(some[-1].span)))
    return tuple(found)
