"""Which words an act is told in: one phrase one act, and no loose end on it."""

from collections.abc import Sequence
from dataclasses import replace

from dateline.actions.grammar import SMALL, words_between
from dateline.model import Action, Parsed, Span, Token

QUOTES = frozenset("\"'“”‘’-–—‑`") | {"''", "``"}
COMPLETES = frozenset(
    """object oblique oblique-clause open-clause content-clause predicate
    passive-subject object-predicate adnominal-clause""".split()
)
OPENS = SMALL | {"DET"}  # no end of a phrase: "looting and", "ordered the"
DESCRIBES = frozenset(("adjective", "owner", "noun-modifier"))
NEAR = 6  # words between an act and what completes it


def join_phrases(parsed: Parsed, actions: Sequence[Action]) -> tuple[Action, ...]:
    """Return actions each told in one whole phrase, none of them told in pieces.

    In "ordered the | invasion" the reader finds two acts of one type, side by side.
    """
    found: list[Action] = []
    near: dict[int, list[int]] = {}  # of each sentence, the places of its actions
    for action in actions:
        here = near.setdefault(parsed.sentences_before(action.trigger.start), [])
        each = (n for n in here if are_one_phrase(parsed, found[n], action))
        at = next(each, None)
        if at is None:
            here.append(len(found))
            found.append(action)
        else:
            found[at] = join_two_actions(found[at], action)
    return tuple(trim_trigger(parsed, rounded(parsed, action)) for action in found)


def are_one_phrase(parsed: Parsed, left: Action, right: Action) -> bool:
    """Whether two actions of a type are told in one phrase.

    They stand side by side, at most an article between; or the same people do it, and
    the words of one complete the other's: "killed in the raid", "used tear gas".
    """
    acts = left.act, right.act
    if left.deed != right.deed or not all(acts) or any(a and a.asked for a in acts):
        return False
    if left.trigger.end > right.trigger.start:
        return left.trigger.overlaps(right.trigger)
    sentence = parsed.sentence_at(left.trigger.start)
    if sentence is None or not sentence.span.covers(right.trigger):
        return False
    inside = words_between(parsed, left.trigger, right.trigger)
    if all(w.pos == "DET" or w.text in QUOTES for w in inside):
        return True
    same = left.actors == right.actors and left.recipients == right.recipients
    return same and len(inside) <= NEAR and completes(parsed, left, right)


def completes(parsed: Parsed, left: Action, right: Action) -> bool:
    """Whether the words of one of two actions are an object of the other's."""
    one, other = (parsed.head_of(action.trigger) for action in (left, right))
    if one is None or other is None:
        return False
    for low, high in ((one, other), (other, one)):
        over = parsed.tokens[low.head]
        apart = over.text in parsed.words("actions.after")
        if over.relation in ("preposition", "agent") and not apart:
            over = parsed.tokens[over.head]
        if (low.relation in COMPLETES or low.pos == "ADP") and over.i == high.i:
            return True  # "put their partners on notice"
    return False


def join_two_actions(left: Action, right: Action) -> Action:
    """Return the surer of two actions, told in the words of both."""
    sure, other = (left, right) if left.sure >= right.sure else (right, left)
    both = replace(
        sure,
        evidence=left.evidence.join(right.evidence),
        actors=sure.actors or other.actors,
        recipients=sure.recipients or other.recipients,
        modes=sure.modes or other.modes,
        main=left.main or right.main,
    )
    return told_in(both, left.trigger.join(right.trigger))


def rounded(parsed: Parsed, action: Action) -> Action:
    """Return an action told up to the noun that its last word describes, if it has one.

    The reader may stop within "issued a fierce | statement" or "freed its own |
    soldiers"; words of a party are no part of it.
    """
    words = parsed.tokens_in(action.trigger)
    last = words[-1] if len(words) > 1 else None
    if last is None or not is_adjective_before_noun(last):
        return action
    noun = parsed.tokens[last.head]
    verb = next((w for w in parsed.above(noun) if w in words), None)
    if verb is None or verb.pos != "VERB":
        return action
    more = Span(last.end, noun.end)
    if any(who.overlaps(more) for who in (*action.actors, *action.recipients)):
        kept = [word for word in words if noun not in parsed.above(word)]
        return told_in(action, kept[0].span.join(kept[-1].span))
    return told_in(action, action.trigger.join(noun.span))


def is_adjective_before_noun(word: Token) -> bool:
    """Whether a word describes a noun after it: "fierce", "its", "Euphrates" Shield."""
    near = word.relation in DESCRIBES or (
        word.relation == "compound" and word.pos == "PROPN"
    )
    return near and word.head > word.i


def trim_trigger(parsed: Parsed, action: Action) -> Action:
    """Return an action without a mark, an "and", a "the" or a "to" at its words' end.

    The words of a user's pattern stay as they are.
    """
    words = parsed.tokens_in(action.trigger)
    while len(words) > 1 and words[0].pos in SMALL:
        words = words[1:]
    while len(words) > 1 and (
        words[-1].pos in OPENS or words[-1].form == "infinitive-marker"
    ):
        words = words[:-1]
    if not words or (action.act is not None and action.act.asked):
        return action
    return told_in(action, words[0].span.join(words[-1].span))


def told_in(action: Action, trigger: Span) -> Action:
    """Return an action told in these words, its reasons with them."""
    why = tuple(
        (asked, replace(why, span=trigger) if why.span == action.trigger else why)
        for asked, why in action.why
    )
    return replace(action, trigger=trigger, why=why)
