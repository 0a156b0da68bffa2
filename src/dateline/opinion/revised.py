"""The program's claims and a model's opinion of them, made into one record.

Where the two differ the model's answer stands as the claim and the program's own is
kept beside it, each with its reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.codebook import FolderCodebook
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
from dateline.model.record import STATUSES
from dateline.opinion.grounding import Found, Judged, Opinion
from dateline.opinion.question import ListedParty, Sheet, party_identity

CHOSEN, MISSED = "opinion.act.v1", "opinion.missed.v1"
UNASKED = "opinion.unasked.v1"
HALF = 0.5  # how sure an act or a side is that the model chose


@dataclass(frozen=True, slots=True)
class Taken:
    """What of an opinion is taken: all of it, unless a measurement wants a part."""

    keep: bool = True
    kinds: bool = True
    parties: bool = True
    missed: bool = True


@dataclass(frozen=True, slots=True)
class Revised:
    """What became of one act: the claim that stands, who decided, what each said.

    `claim` is None where the model drops the act, `own` where the program did not tell
    it. `why` is the model's reason, in its own words.
    """

    claim: Claim | None
    own: Claim | None
    reader: Decider
    why: str = ""


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


def revise_claims(
    claims: Mapping[int, Claim],
    sheet: Sheet,
    opinion: Opinion,
    book: Book,
    taken: Taken = Taken(),  # noqa: B008  frozen
) -> Iterator[Revised]:
    """Yield what becomes of each act of a sheet, then the acts that were added.

    `claims` are the program's by the number of the act; an act without one that the
    model keeps is made of what the model says alone.
    """
    judged = {each.act: each for each in opinion.judged}
    for number, act in enumerate(sheet.acts):
        own, told = claims.get(number), judged.get(number)
        shown = own if own and not act.doubtful else None
        dropped = told is not None and not told.kept
        if told is None or (not taken.keep and (dropped or act.doubtful)):
            if shown:
                yield Revised(shown, shown, "own")
        elif dropped:
            if shown:
                yield Revised(None, shown, "differ", told.why)
        elif own is None:
            made = make_added_claim(as_found(told, act.trigger), opinion, book)
            yield Revised(made, None, "model", told.why)
        else:
            new = apply_judgement(own, told, opinion, book, taken)
            differ = shown is not None and reading_of(new) != reading_of(own)
            reader: Decider = "differ" if differ else "both" if shown else "model"
            yield Revised(new, shown, reader, told.why)
    if taken.missed:
        for found in opinion.found:
            made = make_added_claim(found, opinion, book)
            yield Revised(made, None, "model", found.why)


def reading_of(claim: Claim) -> tuple[object, ...]:
    """Return what two readings of one act may differ in."""
    sides = [
        sorted(party_identity(who) for who in s)
        for s in (claim.actors, claim.recipients)
    ]
    if claim.action.mutual:
        sides = [sorted(sides[0] + sides[1])]
    return claim.action.deed, claim.action.modes, claim.certainty.status, sides


def apply_judgement(
    own: Claim, told: Judged, opinion: Opinion, book: Book, taken: Taken
) -> Claim:
    """Return the program's claim as the model would have it."""
    new, why = own, Why(CHOSEN, own.action.trigger)
    if taken.kinds:
        modes = own.action.modes if told.deed == own.action.deed else ()
        modes = (told.mode,) if told.mode else modes
        status = own.certainty
        if told.status != status.status:
            status = checked_status(told.status, why)
        action = own.action
        if (told.deed, modes) != (action.deed, action.modes):
            mode = next(iter(modes), "")
            action = retype_action(action, told.deed, mode, book.codebook)
        new = book.filed(new, action, status)
    if taken.parties:
        sides = (told.actors, own.actors), (told.recipients, own.recipients)
        at = own.action.evidence
        actors, recipients = (choose_side(s, o, opinion, at) for s, o in sides)
        new = replace(new, actors=actors, recipients=recipients)
    return new


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


def choose_side(
    numbers: Sequence[int] | None, own: tuple[Actor, ...], opinion: Opinion, near: Span
) -> tuple[Actor, ...]:
    """Return the parties of a side; one that the program had keeps its own words."""
    if numbers is None:
        return own
    had = {party_identity(who): who for who in own}
    parties = [name_party(opinion.parties[n], near) for n in numbers]
    return tuple(
        replace(had[key], sectors=who.sectors)
        if (key := party_identity(who)) in had
        else who
        for who in parties
    )


def name_party(party: ListedParty, near: Span) -> Actor:
    """Return a party by its words within a clause, or as one that is only implied."""
    at = next((s for s in party.mentions if s.overlaps(near)), None)
    first = next(iter(party.mentions), None)
    why = Why(party.who.why.rule if at else CHOSEN, at or first)
    return replace(party.who, span=at, why=why)


def as_found(told: Judged, trigger: Span) -> Found:
    """Return a listed act that the program no longer reads as one that was found."""
    sides = told.actors or (), told.recipients or ()
    return Found(trigger, trigger, told.why, told.deed, told.mode, told.status, *sides)


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
    nowhere = Place(
        *("", None, None, None, None, None, None, None), "unknown", None, unasked
    )
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


def join_acts(sheet: Sheet, claims: Sequence[Claim]) -> dict[int, Claim]:
    """Return which claim is each act of a sheet that was made by another reading.

    One to one, first those of the very same words and deed, then those that overlap.
    """
    found: dict[int, Claim] = {}
    free = list(claims)
    for strict in (True, False):
        for number, act in enumerate(sheet.acts):
            if number in found:
                continue
            for claim in free:
                at = claim.action.trigger
                same = at == act.trigger and claim.action.deed == act.deed
                if same if strict else at.overlaps(act.trigger):
                    found[number] = claim
                    free.remove(claim)
                    break
    return found
