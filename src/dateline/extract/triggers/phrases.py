"""In which words an act is told, and as what.

One phrase is one act, with no loose end on it. What is done in saying so is told by the
saying ("said the vote was a disgrace"), and what is promised, or asked of others, is
not done yet ("agreed to free them"). The codebook tells which type, mode and traits
that makes of an act.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.extract.triggers.grammar import SAID, SMALL, spans_holding, steps, words_between
from dateline.extract.triggers.parties import trim_parties
from dateline.model import SUBJECTS, Act, Action, Parsed, Relations, Span, Token, Why
from dateline.model.parsed import Filed
from dateline.resources.codebook import FolderCodebook
from dateline.resources.codebook.book import Type

DEED, ASSENT, BY_WORD = "ground", "assent", "by-word"
DONE = frozenset(("happened", "ongoing", "recurring"))
QUOTES = frozenset("\"'“”‘’-–—‑`") | {"''", "``"}
COMPLETES = frozenset(
    """object oblique oblique-clause open-clause content-clause predicate
    passive-subject object-predicate adnominal-clause""".split()
)
OPENS = SMALL | {"DET"}  # no end of a phrase: "looting and", "ordered the"
DESCRIBES = frozenset(("adjective", "owner", "noun-modifier"))
NEAR = 6  # words between an act and what completes it, or the saying of it
OPINION = frozenset((BY_WORD, "talk"))  # told by its saying, however far from it
WHOLE: Relations = ("open-clause", "content-clause")
GIVEN: Relations = ("object", "passive-subject")
TO = "infinitive-marker"


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
    return tuple(trim_trigger(parsed, round_trigger(parsed, one)) for one in found)


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


def round_trigger(parsed: Parsed, action: Action) -> Action:
    """Return an action told up to the noun that its last word describes, if it has one.

    The reader may stop within "issued a fierce | statement" or "freed its own |
    soldiers"; words of a party are no part of it.
    """
    words = parsed.tokens_in(action.trigger)
    last = words[-1] if len(words) > 1 else None
    if last is None or last.head < last.i:
        return action
    name = (last.relation, last.pos) == ("compound", "PROPN")  # "Euphrates" Shield
    if not name and last.relation not in DESCRIBES:
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


def trim_trigger(parsed: Parsed, action: Action) -> Action:
    """Return an action without a mark, an "and", a "the" or a "to" at its words' end.

    The words of a user's pattern stay as they are.
    """
    words = parsed.tokens_in(action.trigger)
    while len(words) > 1 and words[0].pos in SMALL:
        words = words[1:]
    while len(words) > 1 and (words[-1].pos in OPENS or words[-1].form == TO):
        words = words[:-1]
    if not words or (action.act is not None and action.act.asked):
        return action
    return told_in(action, words[0].span.join(words[-1].span))


def told_in(action: Action, trigger: Span) -> Action:
    """Return an action told in these words, its reasons with them."""
    if trigger == action.trigger:
        return action
    why = tuple(
        (asked, replace(why, span=trigger) if why.span == action.trigger else why)
        for asked, why in action.why
    )
    return replace(action, trigger=trigger, why=why)


def tell_by_saying(parsed: Parsed, actions: Sequence[Action]) -> tuple[Action, ...]:
    """Return actions, those that somebody does in saying so told by the saying.

    Of '"It is a disgrace," the minister said' the reader takes "disgrace" or "said" for
    the accusation, or each for one.
    """
    others = Filed((action.trigger, action) for action in actions)
    told = (by_saying(parsed, action, others) for action in actions)
    return tuple(sorted(told, key=lambda action: action.trigger))


def by_saying(parsed: Parsed, action: Action, others: Filed[Action]) -> Action:
    """Return an action told by the verb in which its actor says it, if there is one."""
    own = BY_WORD in action.traits and action.act is not None and not action.act.asked
    if not own or by_itself(parsed, action):
        return action
    verbs = reporting_verbs_over(parsed, action.trigger)
    subjects = ((v, parsed.below(v, "subject")) for v in verbs)
    mine = (v for v, who in subjects if spans_holding(action.actors, who))
    verb = next(mine, None)
    if verb is None or action.trigger.overlaps(verb.span):
        return action
    if any(o.deed != action.deed for o in others.over(verb.span)):
        return action
    far = len(words_between(parsed, *sorted((action.trigger, verb.span)))) > NEAR
    if far and not action.traits >= OPINION:
        return action
    told = verb.span if far else action.trigger.join(verb.span)
    return replace(action, trigger=told, evidence=action.evidence.join(told))


def by_itself(parsed: Parsed, action: Action) -> bool:
    """Whether an act's own verb is one of saying: "said that he condemned the vote"."""
    verb = parsed.head_of(action.trigger)
    if verb is None or verb.pos != "VERB":
        return False
    subject = next(parsed.below(verb, *SUBJECTS), None)
    if subject is None:
        return verb.relation == "conjunct"
    other = subject.pos != "PRON" or spans_holding(action.recipients, [subject])
    return not other or bool(spans_holding(action.actors, [subject]))


def are_saying_and_said(parsed: Parsed, act: Act, other: Act) -> bool:
    """Whether two acts of one deed may be one: what is said, and the saying of it."""
    pairs = ((act.trigger, other.trigger), (other.trigger, act.trigger))
    return act.deeds[0][0] == other.deeds[0][0] and any(
        high.overlaps(verb.span)
        for low, high in pairs
        for verb in reporting_verbs_over(parsed, low)
    )


def reporting_verbs_over(parsed: Parsed, trigger: Span) -> Iterator[Token]:
    """Yield the verbs in whose clause of content words stand, from inside out."""
    head = parsed.head_of(trigger)
    for word, over in steps(parsed, head) if head else ():
        if word.relation in SAID and over.pos == "VERB":
            yield over


def read_promises(book: FolderCodebook, parsed: Parsed, action: Action) -> Action:
    """Return what was promised or asked for as the promise or the request.

    The reader takes "pledged 50 million" for aid, "ordered the army to attack them" for
    an attack; neither need have come about. "Ordered him to stay in jail" jails him.
    """
    verb, act = parsed.head_of(action.trigger), action.act
    if act is None or act.asked or verb is None or verb.pos != "VERB":
        return action
    # somebody must do it, or should; not so "should he refuse", if he does
    must = parsed.words("actions.must")
    at = next((c.i for c in parsed.below(verb, "auxiliary") if c.lemma in must), -1)
    if any(word.i < at for word in other_subjects(parsed, verb)):
        return demanded(book, parsed, verb, action, act)
    if DEED not in action.traits:
        return action
    return told_as(book, action, act, promised_types(book, parsed, verb, action, act))


def promised_types(
    book: FolderCodebook, parsed: Parsed, verb: Token, action: Action, act: Act
) -> Iterator[str]:
    """Yield what type of act a verb of promising or asking makes of a deed."""
    to_do = [
        clause
        for clause in parsed.below(verb, *WHOLE)
        if any(c.form == TO for c in parsed.below(clause, "auxiliary"))
    ]
    promised = to_do or any(parsed.below(verb, *GIVEN))
    if promised and verb.lemma in parsed.words("actions.promise"):
        planned = book.reading(action.deed, "planned")
        if planned != action.deed:
            yield planned
        yield from likeliest_types(book, act, ASSENT)
    to_others = any(any(parsed.below(c, "object")) for c in to_do)
    # a recipient must be who is asked, not to whom it shall be done
    asked = parsed.below(verb, *GIVEN, "dative")
    asks = to_others and verb.lemma in parsed.words("actions.ask")
    if asks and spans_holding(action.recipients, asked):
        yield from likeliest_types(book, act, BY_WORD)


def other_subjects(parsed: Parsed, verb: Token) -> Iterator[Token]:
    """Yield the subjects of a verb but "I" and "we"."""
    oneself = parsed.words("actions.oneself")
    subjects = parsed.below(verb, "subject")
    yield from (w for w in subjects if w.lemma.lower() not in oneself)


def demanded(book: FolderCodebook, parsed: Parsed, verb: Token, action: Action, act: Act) -> Action:
    """Return what somebody must do as a demand made on him: "Chad must free them"."""
    if DEED in action.traits and act.statuses[0][0] in DONE:
        action = told_as(book, action, act, likeliest_types(book, act, BY_WORD))
    if BY_WORD not in action.traits:
        return action
    whom = tuple(spans_holding(action.actors, other_subjects(parsed, verb)))
    if not whom:
        return action
    # who says so makes the demand
    over = [parsed.tokens[verb.head]] if verb.relation == "content-clause" else []
    saying = [*over, *parsed.below(verb, "parataxis")]
    who = [w for say in saying for w in parsed.below(say, "subject")]
    named = [(w, parsed.entity_of(w.span)) for w in who[:1]]
    mine = trim_parties(parsed, [(e or w).span for w, e in named], verb.span)
    return replace(action, actors=mine, recipients=whom)


def type_of_act(book: FolderCodebook, act: Act) -> Type | None:
    """Return the type of the book that the model knows as the act's likeliest deed."""
    read_as = act.deeds[0][0]
    return next((t for t in book.types.values() if t.read_as == read_as), None)


def likeliest_types(book: FolderCodebook, act: Act, trait: str) -> Iterator[str]:
    """Yield the types with a trait, the likeliest first."""
    able = {t.read_as: t.name for t in book.types.values() if trait in t.traits}
    yield from (able[name] for name, _ in act.deeds if name in able)


def mode_of_act(book: FolderCodebook, act: Act, *kinds: str) -> str:
    """Return the likeliest mode that an act of one of some types can have."""
    able = {"", *(mode.name for mode in book.modes if mode.type in kinds)}
    return next((name for name, _ in act.modes if name in able), "")


def traits_of(book: FolderCodebook, deed: str, mode: str) -> frozenset[str]:
    """Return the traits of a type and of its mode."""
    of_mode = (m.traits for m in book.modes if m.name == mode)
    return book.types[deed].traits | next(of_mode, frozenset())


def told_as(book: FolderCodebook, action: Action, act: Act, names: Iterator[str]) -> Action:
    """Return an action as one of the first other type, by the same words."""
    name = next(names, "")
    if not name:
        return action
    kind, mode = book.types[name], mode_of_act(book, act, name)
    kept = (w for w in action.why if w[0] != "how")
    how = (("how", Why("reading.mode.v1", action.trigger)),) if mode else ()
    return replace(
        action,
        deed=name,
        read_as=kind.read_as,
        modes=(mode,) if mode else (),
        traits=traits_of(book, name, mode),
        counts=kind.counts,
        why=(*kept, *how),
    )
