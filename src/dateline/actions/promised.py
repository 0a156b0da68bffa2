"""What is promised, or asked of others, is not done yet: "agreed to free them"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.actions.parties import parties
from dateline.codebook import FolderCodebook
from dateline.model import Act, Action, Parsed, Relations, Span, Token, Why

DEED, ASSENT, BY_WORD = "ground", "assent", "by-word"
DONE = frozenset(("happened", "ongoing", "recurring"))
WHOLE: Relations = ("open-clause", "content-clause")
GIVEN: Relations = ("object", "passive-subject")


def in_words(book: FolderCodebook, parsed: Parsed, action: Action) -> Action:
    """Return what was promised or asked for as the promise or the request.

    The reader takes "pledged 50 million" for aid, "ordered the army to attack them" for
    an attack; neither need have come about. "Ordered him to stay in jail" jails him.
    """
    verb = parsed.head_of(action.trigger)
    if action.act is None or action.act.asked or verb is None or verb.pos != "VERB":
        return action
    if whom := bidden(parsed, verb):
        return demanded(book, parsed, verb, whom, action)
    for name in spoken(book, parsed, verb, action):
        return told_as(book, action, action.act, name)
    return action


def spoken(
    book: FolderCodebook, parsed: Parsed, verb: Token, action: Action
) -> Iterator[str]:
    """Yield what type of act a verb of promising or asking makes of a deed."""
    if DEED not in action.traits:
        return
    to_do = [c for c in parsed.below(verb, *WHOLE) if infinitive(parsed, c)]
    if verb.lemma in parsed.words("actions.promise") and (
        to_do or any(parsed.below(verb, *GIVEN))
    ):
        planned = book.reading(action.deed, "planned")
        if planned != action.deed:
            yield planned
        yield from likeliest(book, action.act, ASSENT)
    to_others = any(any(parsed.below(c, "object")) for c in to_do)
    if (
        verb.lemma in parsed.words("actions.ask")
        and to_others
        and asked(parsed, verb, action)
    ):
        yield from likeliest(book, action.act, BY_WORD)


def asked(parsed: Parsed, verb: Token, action: Action) -> bool:
    """Whether a recipient is who is asked, and not to whom it shall be done."""
    whom = [w.span for w in parsed.below(verb, *GIVEN, "dative")]
    return any(who.covers(span) for who in action.recipients for span in whom)


def infinitive(parsed: Parsed, verb: Token) -> bool:
    """Whether a verb is a "to" infinitive."""
    return any(c.tag == "TO" for c in parsed.below(verb, "auxiliary"))


def likeliest(book: FolderCodebook, act: Act | None, trait: str) -> Iterator[str]:
    """Yield the types with a trait, the likeliest first."""
    able = {t.read_as: t.name for t in book.types.values() if trait in t.traits}
    yield from (able[name] for name, _ in (act.deeds if act else ()) if name in able)


def told_as(book: FolderCodebook, action: Action, act: Act, name: str) -> Action:
    """Return an action as one of another type, by the same words."""
    kind = book.types[name]
    able = {m.name for m in book.modes if m.type == name}
    mode = next((m for m, _ in act.modes if not m or m in able), "")
    others = (w for w in action.why if w[0] != "how")
    how = (("how", Why("reading.mode.v1", action.trigger)),) if mode else ()
    return replace(
        action,
        deed=name,
        read_as=kind.read_as,
        modes=(mode,) if mode else (),
        traits=kind.traits.union(*(m.traits for m in book.modes if m.name == mode)),
        counts=kind.counts,
        why=(*others, *how),
    )


def bidden(parsed: Parsed, verb: Token) -> list[Token]:
    """Return who must or should do something; not of "should he refuse", if he does."""
    must = [
        c.i
        for c in parsed.below(verb, "auxiliary")
        if c.lemma in parsed.words("actions.must")
    ]
    whom = (w for w in parsed.below(verb, "subject") if must and w.i < must[0])
    return [w for w in whom if w.lemma.lower() not in parsed.words("actions.oneself")]


def demanded(
    book: FolderCodebook,
    parsed: Parsed,
    verb: Token,
    bidden: Sequence[Token],
    action: Action,
) -> Action:
    """Return what somebody must do as a demand made on him: "Chad must free them"."""
    act = action.act
    if act and DEED in action.traits and act.statuses[0][0] in DONE:
        for name in likeliest(book, act, BY_WORD):
            action = told_as(book, action, act, name)
            break
    if BY_WORD not in action.traits:
        return action
    subjects = [
        w
        for w in parsed.below(verb, "subject")
        if w.lemma.lower() not in parsed.words("actions.oneself")
    ]
    whom = [a for a in action.actors if any(a.covers(w.span) for w in subjects)]
    if not whom:
        return action
    return replace(action, actors=demanding(parsed, verb), recipients=tuple(whom))


def demanding(parsed: Parsed, verb: Token) -> tuple[Span, ...]:
    """Return the words of who says that somebody must do something."""
    over = [parsed.tokens[verb.head]] if verb.relation == "content-clause" else []
    saying = [*over, *parsed.below(verb, "parataxis")]
    who = [w for say in saying for w in parsed.below(say, "subject")]
    names = [e.span for w in who[:1] for e in parsed.entities if e.span.covers(w.span)]
    return parties(parsed, names or [w.span for w in who[:1]], verb.span)
