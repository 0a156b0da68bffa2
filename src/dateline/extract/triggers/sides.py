"""Who stands on which side of an act: does it, has it done to him, only comes along."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.extract.triggers.grammar import (
    FURTHER,
    first_of_list,
    highest_confidence,
    spans_holding,
)
from dateline.extract.triggers.parties import (
    drop_pieces_of_others,
    opens_headline_list,
    trim_parties,
)
from dateline.model import Act, Action, Parsed, Span, Token, Why, Words
from dateline.model.mention import Mention
from dateline.model.parsed import Filed

Sides = tuple[tuple[Span, ...], tuple[Span, ...]]
MUTUAL = 0.5
FIRST = 0.3, 0.25  # how sure the surest words of an actor, of a recipient must be
LISTED = 0.7  # how sure those must be who stand in a list with a chosen one
OBJECTS = frozenset(("object", "oblique"))
UNDER = frozenset(("conjunct", "oblique", "apposition"))


def choose_sides(parsed: Parsed, act: Act) -> Sides:
    """Return the words of both sides; of an act not mutual, nobody is on both."""
    actors = in_lists(parsed, act.actors, choose_words(act.actors, FIRST[0]))
    surest = choose_words(act.recipients, FIRST[1])
    recipients = in_lists(parsed, act.recipients, surest)
    sides, at = [(actors, recipients), (recipients, actors)], act.trigger
    if act.mutual < MUTUAL:
        actors, recipients = (drop_surer_on_other(*both) for both in sides)
    every = ([words.span for words in some] for some in (actors, recipients))
    who, whom = (trim_parties(parsed, spans, at) for spans in every)
    own = drop_pieces_of_others(parsed, who, whom, at)
    others = drop_pieces_of_others(parsed, whom, who, at)
    return keep_lists_together(parsed, own, others, at)


def choose_words(found: Sequence[Words], first: float) -> list[Words]:
    """Return the surest words, and further ones that are surer still."""
    best = highest_confidence(found)
    return [w for w in found if w.sure >= (first if w.sure == best else FURTHER)]


def in_lists(parsed: Parsed, found: Sequence[Words], sure: Sequence[Words]) -> list[Words]:
    """Return the chosen words, and likely ones of the same list: "Foo, Bar and Baz"."""
    heads = [parsed.head_of(words.span) for words in sure]
    lists = {first_of_list(parsed, head).i for head in heads if head}

    def beside(own: Span) -> bool:
        head = parsed.head_of(own)
        if head and first_of_list(parsed, head).i in lists:
            return True
        pairs = [pair for w in sure for pair in ((w.span, own), (own, w.span))]
        return any(opens_headline_list(parsed, *pair) for pair in pairs)

    return [w for w in found if w in sure or (w.sure >= LISTED and beside(w.span))]


def drop_surer_on_other(own: Sequence[Words], others: Sequence[Words]) -> list[Words]:
    """Return one side's words without those that are surer on the other."""
    return [
        words
        for words in own
        if not any(words.span.overlaps(o.span) and o.sure > words.sure for o in others)
    ]


def keep_lists_together(
    parsed: Parsed, who: Sequence[Span], whom: Sequence[Span], trigger: Span
) -> Sides:
    """Return both sides, with all of a list of names where one of it is acted on.

    Of "met Foo, Bar and Baz" the reader may take two for those who meet.
    """
    lists = parsed.once("lists of names", lists_of_names).over(trigger)
    for names in ([mention.span for mention in some] for some in lists):
        mine = [span for span in who if any(map(span.overlaps, names))]
        told = [span for span in whom if any(map(span.overlaps, names))]
        apart = all(sum(map(s.overlaps, names)) == 1 for s in (*mine, *told))
        if told and apart and len(mine) < len(who):
            who = [span for span in who if span not in mine]
            more = [name for name in names if not any(map(name.overlaps, told))]
            whom = sorted((*whom, *more))
    return tuple(who), tuple(whom)


def lists_of_names(parsed: Parsed) -> Filed[list[Mention]]:
    """Return the lists of nothing but names in a report, filed by their verbs."""
    every: dict[int, list[Mention]] = {}
    for mention in parsed.mentions:
        if mention.grammar.first >= 0:
            every.setdefault(mention.grammar.first, []).append(mention)
    named = (
        (verb_acting_on(parsed, parsed.tokens[first]), some)
        for first, some in every.items()
        if len(some) > 1 and all(m.kind == "name" and m.grammar.role != "modifier" for m in some)
    )
    return Filed((verb.span, some) for verb, some in named if verb is not None)


def verb_acting_on(parsed: Parsed, word: Token) -> Token | None:
    """Return the verb whose object a word is, or with which or whose object it stands.

    "Signed a treaty with Foo" is done with him.
    """
    over = parsed.tokens[word.head]
    if word.relation == "oblique":
        if over.text not in parsed.words("actions.with"):
            return None
        over = parsed.tokens[over.head]
        over = parsed.tokens[over.head] if over.relation == "object" else over
    return over if word.relation in OBJECTS and over.pos == "VERB" else None


def visited(
    parsed: Parsed, trigger: Span, told: Sequence[Span], places: Sequence[Span]
) -> tuple[Span, ...]:
    """Return the words of whom a visit is to, without those who came along.

    Nobody is visited by his own delegation: "Smith left for Kenya with his ministers"
    tells of a visit to Kenya.
    """
    verb = next((w for w in parsed.tokens_in(trigger) if w.pos == "VERB"), None)
    along, to = parsed.words("actions.along"), parsed.words("actions.to")
    others = [s for s in told if preposition_over(parsed, s, verb) not in along]
    if len(others) == len(told):
        return tuple(told)
    there = [s for s in places if preposition_over(parsed, s, verb) in to]
    return tuple(others or there[:1] or told)


def preposition_over(parsed: Parsed, span: Span, verb: Token | None) -> str:
    """Return the preposition by which words hang on a verb, "" where by none.

    What stands in a list hangs as the first of it does: "with A and B".
    """
    word = parsed.head_of(span)
    while word is not None and verb is not None and word.relation in UNDER:
        word = parsed.tokens[word.head]
        if word.relation == "preposition" and word.head == verb.i:
            return word.lemma
    return ""


def undergone(parsed: Parsed, actions: Sequence[Action]) -> Iterator[Action]:
    """Yield actions, a noun's deed without who does another to it.

    Of "The raid was condemned by Foo" Foo condemns; "was launched by" is no deed of its
    own, and there he is who raids.
    """
    others = Filed((action.trigger, action) for action in actions)
    for action in actions:
        noun = parsed.head_of(action.trigger)
        undergoes = noun is not None and noun.relation == "passive-subject"
        verb = parsed.tokens[noun.head] if noun and undergoes else None
        deeds = {other.deed for other in others.over(verb.span)} if verb else set()
        by = parsed.below(verb, "agent") if verb and deeds - {action.deed} else ()
        agents = [who for each in by for who in parsed.below(each, "oblique")]
        if not (held := spans_holding(action.actors, agents)):
            yield action
        else:
            who = [span for span in action.actors if span not in held]
            kept = [why for why in action.why if why[0] != "actor"]
            kept += [("actor", Why("reading.actor.v1", span)) for span in who[:1]]
            yield replace(action, actors=tuple(who), why=tuple(kept))
