"""The one decision over a report, put to a language model and made anew by its answer.

The model answers the same question as the program's own decision: which acts are told
and who stands on each side. What else is asked of an act (when, where, who says so) is
asked of those that it adds, too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.codebook import FolderCodebook
from dateline.model import Action, Actor, Decider, Span, Why
from dateline.model.decisions import (
    NOBODY,
    Answered,
    Decision,
    Decisions,
    Own,
    Party,
    Question,
    Side,
    Told,
)
from dateline.opinion.confidence import rate_opinion
from dateline.opinion.grounding import Found, Judged, Opinion
from dateline.opinion.question import ListedAct, ListedParty, Sheet
from dateline.opinion.revised import (
    CHOSEN,
    HALF,
    MISSED,
    checked_status,
    make_added_action,
    retype_action,
)
from dateline.ports import StatusOf

LEAST = 0.1  # of acts less likely to be told than this nobody is asked
SIDE = "opinion.side.v1"


@dataclass(frozen=True, slots=True)
class Listing:
    """A sheet made of a question, and which act of the question each listed act is.

    Parties have the same numbers on both.
    """

    sheet: Sheet
    acts: tuple[int, ...]


def list_question(
    question: Question, decisions: Decisions, status: StatusOf
) -> Listing:
    """Return what a model is shown of a question and of the program's own decisions.

    Acts that are told, and those that are so with `LEAST` at least, which it doubts.
    """
    numbers = tuple(
        n for n, own in enumerate(decisions) if own.tell or own.told >= LEAST
    )
    acts = (
        list_decided(question.acts[n], decisions[n], status(question.acts[n]).status)
        for n in numbers
    )
    parties = (ListedParty(p.who, p.mentions) for p in question.parties)
    return Listing(Sheet(tuple(acts), tuple(parties)), numbers)


def list_decided(action: Action, own: Decision, status: str) -> ListedAct:
    """Return an act as the program decided it."""
    return ListedAct(
        trigger=action.trigger,
        deed=action.deed,
        mode=next(iter(action.modes), ""),
        status=status,
        actors=own.actors.chosen,
        recipients=own.recipients.chosen,
        doubtful=not own.tell,
    )


def answer_question(
    question: Question,
    decisions: Decisions,
    listing: Listing,
    opinion: Opinion,
    book: FolderCodebook,
) -> Answered:
    """Return a question and its decisions as a model's opinion makes them.

    An act that it does not judge, or was not asked about, stays as it was decided.
    """
    at = {n: listed for listed, n in enumerate(listing.acts)}
    judged = {each.act: each for each in opinion.judged}
    every = zip(question.acts, question.own, decisions, strict=True)
    told = []
    for n, (action, own, before) in enumerate(every):
        said = judged.get(at[n]) if n in at else None
        if said is None:
            told.append(Told(action, own, before, "own", read=action, before=before))
        else:
            shown = listing.sheet.acts[at[n]]
            told.append(tell_judged(action, own, before, said, shown, book))
    told += [tell_found(found, opinion, book) for found in opinion.found]
    told.sort(key=lambda each: each.action.trigger)
    return Answered(with_parties(question, told, opinion), tuple(told))


def tell_judged(  # noqa: PLR0913  all that is known of one act
    action: Action,
    own: Own,
    before: Decision,
    said: Judged,
    shown: ListedAct,
    book: FolderCodebook,
) -> Told:
    """Return what becomes of an act that the model judged."""
    if not said.kept:
        reader: Decider = "differ" if before.tell else "both"
        dropped = replace(before, tell=False)
        kept = action, before, shown.status
        return Told(action, own, dropped, reader, None, said.why, *kept)
    actors = choose_numbers(before.actors, said.actors)
    recipients = choose_numbers(before.recipients, said.recipients)
    mode = said.mode or (shown.mode if said.deed == shown.deed else "")
    same = (
        (said.deed, mode, said.status) == (shown.deed, shown.mode, shown.status)
        and set(actors.chosen) == set(before.actors.chosen)
        and set(recipients.chosen) == set(before.recipients.chosen)
    )
    read = action
    if (said.deed, mode) != (action.deed, shown.mode):
        action = retype_action(action, said.deed, mode, book)
    reader = ("both" if same else "differ") if before.tell else "model"
    sure = rate_opinion(reader, before.sure)
    after = Decision(True, before.told, sure, actors, recipients)
    status = checked_status(said.status, Why(CHOSEN, action.trigger))
    kept = read, before, shown.status
    return Told(action, own, after, reader, status, said.why, *kept)


def choose_numbers(before: Side, numbers: Sequence[int] | None) -> Side:
    """Return a side as the model chooses it; one that is refused stays as it was."""
    if numbers is None or tuple(numbers) == before.chosen:
        return before
    shares = {n: 1 / len(numbers) for n in numbers} or {NOBODY: 1.0}
    return Side(tuple(numbers), shares, HALF, rule=SIDE)


def tell_found(found: Found, opinion: Opinion, book: FolderCodebook) -> Told:
    """Return what becomes of an act that the model adds."""
    sides = [
        tuple(
            span
            for n in numbers
            for span in opinion.parties[n].mentions
            if found.sentence.covers(span)
        )
        for numbers in (found.actors, found.recipients)
    ]
    action = make_added_action(found, sides, book)
    nobody = Side((), {NOBODY: 1.0}, HALF)
    chosen = (choose_numbers(nobody, n) for n in (found.actors, found.recipients))
    decision = Decision(True, HALF, rate_opinion("model", HALF), *chosen)
    status = checked_status(found.status, Why(MISSED, found.trigger))
    return Told(action, Own(), decision, "model", status, found.why)


def with_parties(
    question: Question, told: Sequence[Told], opinion: Opinion
) -> Question:
    """Return a question with the acts and the parties that an opinion leaves."""
    parties = tuple(Party(p.who, p.mentions) for p in opinion.parties)
    corrected = {n: opinion.parties[n].who for n in opinion.corrected}
    return replace(
        question,
        acts=tuple(each.action for each in told),
        parties=parties,
        words=dict(reword_parties(question.words, corrected)),
        own=tuple(each.own for each in told),
    )


def reword_parties(
    words: Mapping[Span, tuple[tuple[int, Actor], ...]], corrected: Mapping[int, Actor]
) -> Iterator[tuple[Span, tuple[tuple[int, Actor], ...]]]:
    """Yield whom each words name, a corrected party as the model corrects it."""
    for span, named in words.items():
        yield (
            span,
            tuple(
                (n, replace(corrected[n], span=who.span) if n in corrected else who)
                for n, who in named
            ),
        )
