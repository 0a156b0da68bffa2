"""What is promised, or asked of others, is not done yet: "agreed to free them"."""

from collections.abc import Iterator
from dataclasses import replace

from dateline.actions.book import ASSENT, BY_WORD, DEED, DONE, likeliest_types, told_as
from dateline.actions.grammar import spans_holding
from dateline.actions.parties import trim_parties
from dateline.codebook import FolderCodebook
from dateline.model import Act, Action, Parsed, Relations, Span, Token

WHOLE: Relations = ("open-clause", "content-clause")
GIVEN: Relations = ("object", "passive-subject")


def read_promises(book: FolderCodebook, parsed: Parsed, action: Action) -> Action:
    """Return what was promised or asked for as the promise or the request.

    The reader takes "pledged 50 million" for aid, "ordered the army to attack them" for
    an attack; neither need have come about. "Ordered him to stay in jail" jails him.
    """
    verb, act = parsed.head_of(action.trigger), action.act
    if act is None or act.asked or verb is None or verb.pos != "VERB":
        return action
    if bidden(parsed, verb):
        return demanded(book, parsed, verb, action, act)
    if DEED not in action.traits:
        return action
    return told_as(book, action, act, promised_types(book, parsed, verb, action, act))


def promised_types(
    book: FolderCodebook, parsed: Parsed, verb: Token, action: Action, act: Act
) -> Iterator[str]:
    """Yield what type of act a verb of promising or asking makes of a deed."""
    to_do = [c for c in parsed.below(verb, *WHOLE) if is_to_infinitive(parsed, c)]
    promised = to_do or any(parsed.below(verb, *GIVEN))
    if promised and verb.lemma in parsed.words("actions.promise"):
        planned = book.reading(action.deed, "planned")
        if planned != action.deed:
            yield planned
        yield from likeliest_types(book, act, ASSENT)
    to_others = any(any(parsed.below(c, "object")) for c in to_do)
    asks = to_others and verb.lemma in parsed.words("actions.ask")
    if asks and is_asked_recipient(parsed, verb, action):
        yield from likeliest_types(book, act, BY_WORD)


def is_asked_recipient(parsed: Parsed, verb: Token, action: Action) -> bool:
    """Whether a recipient is who is asked, and not to whom it shall be done."""
    return bool(spans_holding(action.recipients, parsed.below(verb, *GIVEN, "dative")))


def is_to_infinitive(parsed: Parsed, verb: Token) -> bool:
    """Whether a verb is a "to" infinitive."""
    return any(c.form == "infinitive-marker" for c in parsed.below(verb, "auxiliary"))


def bidden(parsed: Parsed, verb: Token) -> bool:
    """Whether somebody must do it, or should; not so "should he refuse", if he does."""
    must = parsed.words("actions.must")
    at = next((c.i for c in parsed.below(verb, "auxiliary") if c.lemma in must), -1)
    return any(word.i < at for word in other_subjects(parsed, verb))


def other_subjects(parsed: Parsed, verb: Token) -> Iterator[Token]:
    """Yield the subjects of a verb but "I" and "we"."""
    oneself = parsed.words("actions.oneself")
    subjects = parsed.below(verb, "subject")
    yield from (w for w in subjects if w.lemma.lower() not in oneself)


def demanded(
    book: FolderCodebook, parsed: Parsed, verb: Token, action: Action, act: Act
) -> Action:
    """Return what somebody must do as a demand made on him: "Chad must free them"."""
    if DEED in action.traits and act.statuses[0][0] in DONE:
        action = told_as(book, action, act, likeliest_types(book, act, BY_WORD))
    if BY_WORD not in action.traits:
        return action
    whom = tuple(spans_holding(action.actors, other_subjects(parsed, verb)))
    if not whom:
        return action
    return replace(action, actors=demanding(parsed, verb), recipients=whom)


def demanding(parsed: Parsed, verb: Token) -> tuple[Span, ...]:
    """Return the words of who says that somebody must do something."""
    over = [parsed.tokens[verb.head]] if verb.relation == "content-clause" else []
    saying = [*over, *parsed.below(verb, "parataxis")]
    who = [w for say in saying for w in parsed.below(say, "subject")]
    named = [(w, parsed.entity_of(w.span)) for w in who[:1]]
    return trim_parties(parsed, [(e or w).span for w, e in named], verb.span)
