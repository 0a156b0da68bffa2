"""What a model's opinion makes of the program's record: its decisions made anew.

The model answers the same question as the program's own decision: which acts are told
and who stands on each side. What else is asked of an act (when, where, who says so) is
asked of those that it adds, too. Where the two differ the model's answer stands as the
claim and the program's own is kept beside it, each with its reason.

How sure a claim is that a model was asked about is fitted for each case:
`training/opinion/confidence.py` fits two numbers a case on recorded answers to reports
that the program has not learnt from: odds = exp(a + b · logit of the program's own
confidence). Where the model alone tells an act the program has none worth the name.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp, log
from pathlib import Path

from dateline.llm.prompt import ListedAct, ListedParty, Sheet
from dateline.llm.validation import Found, Judged, Opinion
from dateline.model import (
    Action,
    Actor,
    Attribution,
    Certainty,
    Claim,
    Decider,
    Place,
    Span,
    When,
    Why,
)
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
from dateline.model.protocols import StatusOf
from dateline.model.record import STATUSES
from dateline.resources.codebook import FolderCodebook

CHOSEN, MISSED = "opinion.act.v1", "opinion.missed.v1"
UNASKED, SIDE = "opinion.unasked.v1", "opinion.side.v1"
HALF = 0.5  # how sure an act or a side is that the model chose
LEAST = 0.1  # of acts less likely to be told than this nobody is asked
FITTED = Path(__file__).with_name("confidence.json")
RULES = {
    "opinion.act.v1": "A language model, asked about this act, says so.",
    "opinion.day.v1": ("A language model tells the day, by these words, which can mean that day."),
    "opinion.dropped.v1": "A language model says that these words tell no act.",
    "opinion.identity.v1": (
        "A language model says that these words mean somebody else than was read."
    ),
    "opinion.listed.v1": "The party was on the list that a language model chose from.",
    "opinion.missed.v1": "A language model alone tells this act, by these words.",
    "opinion.no-day.v1": "A language model alone tells the act, and no day for it.",
    "opinion.no-place.v1": "A language model alone tells the act, and no place for it.",
    "opinion.party.v1": "A language model names this party, by these words.",
    "opinion.place.v1": (
        "A language model names the place, by these words; the gazetteer has it there."
    ),
    "opinion.said.v1": "A language model says who says so, or that nobody does.",
    "opinion.side.v1": ("A language model puts the party of these words on this side of the act."),
    "opinion.unasked.v1": "A language model alone tells the act: this was not asked.",
}
EXTREME = 0.02  # a chance that is nearer to none or all says no more


def rate_opinion(reader: Decider, own: float) -> float:
    """Return the chance that type and both parties are right, by who decided.

    `own` is the program's own confidence in its own answer.

    >>> rate_opinion("own", 0.7)
    0.7
    """
    if reader not in fitted_cases():
        return own
    a, b = fitted_cases()[reader]
    held = min(max(own, EXTREME), 1 - EXTREME)
    return 1 / (1 + exp(-(a + b * log(held / (1 - held)))))


@cache
def fitted_cases() -> Mapping[str, tuple[float, float]]:
    """Return the two numbers of each case."""
    told = json.loads(FITTED.read_text("utf-8"))
    return {case: (float(a), float(b)) for case, (a, b) in told["cases"].items()}


@dataclass(frozen=True, slots=True)
class Listing:
    """A sheet made of a question, and which act of the question each listed act is.

    Parties have the same numbers on both.
    """

    sheet: Sheet
    acts: tuple[int, ...]


def list_question(question: Question, decisions: Decisions, status: StatusOf) -> Listing:
    """Return what a model is shown of a question and of the program's own decisions.

    Acts that are told, and those that are so with `LEAST` at least, which it doubts.
    """
    numbers = tuple(n for n, own in enumerate(decisions) if own.tell or own.told >= LEAST)
    acts = []
    for n in numbers:
        action, own = question.acts[n], decisions[n]
        acts.append(
            ListedAct(
                trigger=action.trigger,
                deed=action.deed,
                mode=next(iter(action.modes), ""),
                status=status(action).status,
                actors=own.actors.chosen,
                recipients=own.recipients.chosen,
                doubtful=not own.tell,
            )
        )
    parties = (ListedParty(p.who, p.mentions) for p in question.parties)
    return Listing(Sheet(tuple(acts), tuple(parties)), numbers)


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
    corrected = {n: opinion.parties[n].who for n in opinion.corrected}
    words = {  # whom each words name, a corrected party as the model corrects it
        span: tuple(
            (n, replace(corrected[n], span=who.span) if n in corrected else who)
            for n, who in members
        )
        for span, members in question.words.items()
    }
    made = replace(
        question,
        acts=tuple(each.action for each in told),
        parties=tuple(Party(p.who, p.mentions) for p in opinion.parties),
        words=words,
        own=tuple(each.own for each in told),
    )
    return Answered(made, tuple(told))


def tell_judged(  # noqa: PLR0913  all that is known of one act
    action: Action, own: Own, before: Decision, said: Judged, shown: ListedAct, book: FolderCodebook
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


@dataclass(frozen=True, slots=True)
class Book:
    """The codebook and the report, by which a claim is filed."""

    codebook: FolderCodebook
    report_id: str
    text: str

    def filed(self, claim: Claim, action: Action, certainty: Certainty) -> Claim:
        """Return a claim of that action and status, its type and codes worked out."""
        kind = self.codebook.reading(action.deed, certainty.status)
        return replace(
            claim,
            action=action,
            certainty=certainty,
            type=kind,
            cameo=self.codebook.cameo(action, kind, self.text),
            quad=self.codebook.quad(kind),
            score=self.codebook.score(kind, action.modes),
        )


def retype_action(action: Action, deed: str, mode: str, book: FolderCodebook) -> Action:
    """Return an action as one of another type or mode, with what goes with these."""
    kind = book.types[deed]
    modes = [m.traits for m in book.modes if (m.type, m.name) == (deed, mode)]
    why = Why(CHOSEN, action.trigger)
    kept = (row for row in action.why if row[0] not in ("what", "how"))
    return replace(
        action,
        deed=deed,
        modes=(mode,) if mode else (),
        read_as=kind.read_as,
        traits=kind.traits.union(*modes),
        counts=kind.counts,
        why=(("what", why), *kept),
    )


def checked_status(status: str, why: Why) -> Certainty:
    """Return a status that was checked to be one."""
    if status not in STATUSES:
        raise ValueError(f"no status {status!r}")
    return Certainty(status, why)  # type: ignore[arg-type]


def name_party(party: ListedParty, near: Span) -> Actor:
    """Return a party by its words within a clause, or as one that is only implied."""
    at = next((s for s in party.mentions if s.overlaps(near)), None)
    first = next(iter(party.mentions), None)
    why = Why(party.who.why.rule if at else CHOSEN, at or first)
    return replace(party.who, span=at, why=why)


def make_added_action(
    found: Found, sides: Sequence[tuple[Span, ...]], book: FolderCodebook
) -> Action:
    """Return an act that only the model tells; `sides` are the words of its parties."""
    actors, recipients = sides
    bare = Action(
        trigger=found.trigger,
        evidence=found.sentence,
        deed=found.deed,
        modes=(),
        contexts=(),
        actors=actors,
        recipients=recipients,
        mutual=False,
        sure=HALF,
        why=(),
    )
    action = retype_action(bare, found.deed, found.mode, book)
    return replace(action, why=(("what", Why(MISSED, found.trigger)),))


def make_added_claim(found: Found, opinion: Opinion, book: Book) -> Claim:
    """Return the claim of an act that only the model tells, its other answers open."""
    why = Why(MISSED, found.trigger)
    unasked = Why(UNASKED, found.trigger)
    parties = [
        tuple(name_party(opinion.parties[n], found.sentence) for n in side)
        for side in (found.actors, found.recipients)
    ]
    words = [tuple(w.span for w in side if w.span) for side in parties]
    action = make_added_action(found, words, book.codebook)
    nowhere = Place(*("", None, None, None, None, None, None, None), "unknown", None, unasked)
    bare = Claim(
        report_id=book.report_id,
        action=action,
        type="",
        cameo="",
        quad="",
        score=0.0,
        actors=parties[0],
        recipients=parties[1],
        when=When(None, None, "unknown", None, unasked),
        where=nowhere,
        places=(),
        quantities=(),
        attribution=Attribution((), unasked),
        certainty=checked_status(found.status, why),
        why=(("what", why),),
    )
    return book.filed(bare, action, bare.certainty)
