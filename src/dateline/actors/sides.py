"""The parties of the two sides of one act, beside each other."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.actors.headed import PERSON
from dateline.actors.identify import LINKED
from dateline.model import Actor, Lexicon, Why
from dateline.reference import countries

STRANGER = "actors.visitor.v1"
ARMED = frozenset(("COP", "MIL", "REB"))
STATE = frozenset(("GOV", "MIL", "COP"))
FORCES = frozenset(("MIL", "COP"))


def visitors(actors: Sequence[Actor], hosts: Sequence[Actor]) -> tuple[Actor, ...]:
    """Return the actors of a visit: a country only guessed is never the host's."""
    there = {host.country for host in hosts if host.country}
    return tuple(
        replace(who, country=None, answer="unknown", why=Why(STRANGER, who.span))
        if who.answer == "guess" and who.country in there
        else who
        for who in actors
    )


def each_once(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Return the parties of one side: "the Kurdistan Workers' Party, PKK" is one."""
    found: dict[object, Actor] = {}
    for actor in actors:
        found.setdefault(actor.entity or (actor.name, actor.country), actor)
    return tuple(found.values())


def one_sided(
    actors: Sequence[Actor], recipients: Sequence[Actor], text: str, lexicon: Lexicon
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return both sides, nobody on both but who does something to himself.

    In "talks between Iran and France" both act. Where only a link says that "the former
    president" is the gunman, he is somebody else.
    """
    mine, theirs = list(actors), []
    oneself = tuple(lexicon.words["actors.oneself"])
    for who in recipients:
        same = next((one for one in actors if same_one(one, who)), None)
        if same is None or (who.span and who.span.of(text).lower().endswith(oneself)):
            theirs.append(who)
        elif (
            who.span not in (None, same.span) and not of_state(who) and len(actors) == 1
        ):
            if linked(who):
                theirs.append(unnamed(who, text))
            elif linked(same):
                mine = [unnamed(same, text)]
                theirs.append(who)
    return tuple(mine), tuple(theirs)


def same_one(one: Actor, other: Actor) -> bool:
    """Whether two parties are one: "protesters" and other "protesters" need not be."""
    if (one.entity or one.name) != (other.entity or other.name):
        return False
    named = one.entity is not None or of_state(one) or linked(one) or linked(other)
    return named or one.span == other.span


def linked(who: Actor) -> bool:
    """Whether only other words of the report tell who somebody is."""
    return who.span is not None and who.why.rule == LINKED


def of_state(who: Actor) -> bool:
    """Whether somebody is a state itself."""
    land = countries().by_code(who.country) if who.country else None
    return land is not None and land.name == who.name


def unnamed(who: Actor, text: str) -> Actor:
    """Return somebody by no more than his own words."""
    words = " ".join(who.span.of(text).split()) if who.span else who.name
    return replace(who, name=words, entity=None, answer="guess")


def peoples(actors: Sequence[Actor], lexicon: Lexicon) -> tuple[Actor, ...]:
    """Return who did what only people do: of a state that no words tell its people."""
    told = (who for who in actors if who.span is not None or force(who)[1] not in STATE)
    implied = (who for who in actors if who.span is None and of_state(who))
    states = (who for who in implied if force(who)[1] in STATE)
    return (*told, *(people(who, lexicon) for who in states))


def governments(implied: Iterable[Actor]) -> tuple[Actor, ...]:
    """Return who acts though no words tell: no one man, but the state he governs."""
    men = ((who, (who.entity or "").startswith(PERSON)) for who in implied)
    every = (state_of(who) if man else who for who, man in men)
    return tuple(who for who in every if who is not None)


def state_of(man: Actor) -> Actor | None:
    """Return the state that a man governs, None for who governs none."""
    land = countries().by_code(man.country) if man.country else None
    if land is None or land.kind == "nonstate" or "GOV" not in man.sectors:
        return None
    return replace(man, name=land.name, entity=None, sectors=("GOV",))


def people(who: Actor, lexicon: Lexicon) -> Actor:
    """Return the people of a state: "Ukrainians"."""
    land = countries().by_code(who.country) if who.country else None
    many = tuple(lexicon.words["actors.plural-mark"])
    called = (name for name in land.nouns if name.endswith(many)) if land else ()
    usual = lexicon.senses["actors.called"]["people"].format(who.name)
    name = next(iter(called), usual)
    return replace(who, name=name, entity=None, sectors=("CVL",))


def possible(
    actors: Sequence[Actor],
    recipients: Sequence[Actor],
    harm: bool = False,
    mutual: bool = False,
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return both sides without those who cannot be meant beside the other side."""
    actors = conceivable(actors, recipients, harm)
    if harm and not mutual:
        able = harmers(actors, recipients)
        told = any(who.span for who in actors if who not in able)
        if told and not any(who.span for who in recipients):
            recipients = ()
        else:
            actors = able
        recipients = others(recipients, actors)
    if not mutual:
        recipients = foreign(recipients, actors)
    return actors, conceivable(recipients, actors)


def foreign(recipients: Sequence[Actor], actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Return whom something is done to: no state, unless told, by its government."""
    lands = {who.country for who in actors if who.span and force(who)[1] in STATE}
    own = (w for w in recipients if w.span is None and of_state(w))
    left = [who for who in own if who.country in lands]
    return tuple(who for who in recipients if who not in left)


def others(harmed: Sequence[Actor], actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Return whom a state harmed: its own minister only where words say so."""
    states = {who.country for who in actors if force(who)[1] in STATE}
    return tuple(
        who
        for who in harmed
        if who.span is not None
        or who.country is None
        or who.country not in states
        or force(who)[1] not in STATE
    )


def conceivable(
    own: Sequence[Actor], others: Sequence[Actor], harm: bool = False
) -> tuple[Actor, ...]:
    """Return one side without those implied who cannot be meant beside the other side.

    Whom no words tell is not again who is told there, nor, where somebody is harmed,
    the force that he serves in: "Two Kenyan soldiers were killed."
    """
    named = [who for who in others if who.span is not None]
    told = {who.entity or who.name for who in named}
    served = {force(who) for who in named if harm}
    armed = {(land, kind) for land, kind in served if land and kind in ARMED}
    return tuple(
        who
        for who in own
        if who.span is not None
        or not ((who.entity or who.name) in told or force(who) in armed)
    )


def harmers(actors: Sequence[Actor], harmed: Sequence[Actor]) -> tuple[Actor, ...]:
    """Return who may have harmed: no state that harms its own forces and nobody else.

    Of "the army said that two soldiers were killed" the army is often read as who did.
    """
    lands = {who.country if force(who)[1] in FORCES else None for who in harmed}
    if len(lands) != 1 or None in lands:
        return tuple(actors)
    return tuple(
        who for who in actors if who.country not in lands or force(who)[1] not in STATE
    )


def force(who: Actor) -> tuple[str | None, str]:
    """Return the country of somebody and his first sector."""
    return who.country, next(iter(who.sectors), "")
