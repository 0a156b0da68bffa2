"""Sayings told otherwise than by a verb and what stands below it.

By a noun or an adjective ("claims that", "X's warning that", "sure that"), by a phrase
or an adverb ("according to", "in the words of", "reportedly"), by whom a report cites
("citing X", "quoted by Y", "heard from Z"), and by the label of a turn of a transcript
or of a headline ("Mayor: we won").
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from dateline.extract.attribution.parse_index import (
    BEGINNING,
    Ground,
    Range,
    build_saying,
    is_edge_token,
)
from dateline.extract.attribution.spans import Cue, Saying, full_rule_name, load_cues
from dateline.extract.attribution.verbs import UNSAID, holds_word
from dateline.model import Lexicon, Span, Token, Why
from dateline.model.layout import paragraphs

NOUN, ATTITUDE = full_rule_name("noun"), full_rule_name("attitude")
ACCORDING, ADVERB = full_rule_name("according-to"), full_rule_name("adverb")
ALLEGED, CITED = full_rule_name("alleged"), full_rule_name("cited")
QUOTED_BY, HEARD = full_rule_name("quoted-by"), full_rule_name("heard-from")
LABEL = full_rule_name("label")
COMPLETE = frozenset(
    ("object preposition predicate-adjective predicate open-clause content-clause agent").split()
)
CONTENT = ("adnominal-clause", "content-clause", "relative-clause", "open-clause")
FINITE_CLAUSE = ("content-clause", "adverbial-clause")
HELD = ("predicate-adjective", "conjunct", "object-predicate")  # of an attitude
LOWER = ("content-clause", "relative-clause", "adverbial-clause", "adnominal-clause")
PAST = frozenset(("past", "present-third", "present"))
QUOTE_MARKS = "\"“„'‘`«»"
HANDLE = r"@\w{2,30}"
NAME = r"[A-Z][^\W\d_]{1,20}(?:[ .'’-]{1,2}[A-Z][^\W\d_]{0,20}){0,4}"
TITLED = re.compile(rf"(?P<who>[A-Z][^\W_]*(?: [^\W_]+){{1,4}})(?P<cue>:)[ \t]+(?=[{QUOTE_MARKS}])")
ENDED = r"(?<=[.!?…\"”’)\]]\s)"  # the end of a sentence
FINITE = frozenset(("past", "present-third", "present", "modal"))
LOOSE = frozenset(("ADJ", "ADV", "ADP", "DET"))
LEAST = 4  # characters of a turn


def noun_sayings(g: Ground) -> Iterator[Saying]:
    """Yield the saying of every noun or adjective of saying in the report."""
    lexicon = g.parsed.lexicon
    nouns, attitudes = load_cues(lexicon, "noun"), load_cues(lexicon, "attitude")
    for token in g.tokens:
        found = None
        if token.pos == "NOUN" and (cue := nouns.get(token.lemma)):
            # "his claim that", "accusations by X of"
            if said := said_by_noun(g, token, cue):
                holder = owner_of_noun(g, token)
                source = [g.span(g.phrase(holder))] if holder is not None else []
                words = [token.span], [g.span(said)]
                found = build_saying(g, NOUN, source, *words, cue.sense)
        elif token.pos == "ADJ" and (cue := attitudes.get(token.lemma)):
            found = attitude_saying(g, token, cue)
        if found is not None:
            yield found


def said_by_noun(g: Ground, noun: Token, cue: Cue) -> Range | None:
    """Return the clause or the phrase after a noun that tells what is said."""
    for child in g.below(noun):
        if child.i < noun.i:
            continue
        if child.relation in CONTENT and clausal(g, child, cue):
            return g.left[child.i], g.right[child.i]
        if child.relation != "preposition" or child.lemma not in cue.prepositions:
            continue
        if (below := g.child(child, "oblique", "oblique-clause")) is not None:
            return g.left[below.i], g.right[below.i]
    return by_clause(g, noun, cue)


def by_clause(g: Ground, noun: Token, cue: Cue) -> Range | None:
    """Return a clause that the parser hangs on the speaker: "claims by X that Y won".

    It is a clause of its own, not "X that Y leads": it lacks nothing that "that" fills.
    """
    if "content-clause" not in cue.frames:
        return None
    agents = g.parsed.words("attribution.agent-by")
    some = (c for c in g.below(noun) if c.relation == "preposition")
    by = next((c for c in some if c.lemma in agents), None)
    whom = g.child(by, "oblique") if by is not None else None
    verb = g.child(whom, "relative-clause") if whom is not None else None
    if verb is None or not g.child(verb, *BEGINNING):
        return None
    first = g.tokens[g.left[verb.i]]
    rest = {c.relation for c in g.below(verb) if c.i > verb.i} & COMPLETE
    opens = first.lemma in g.parsed.words("attribution.that")
    if not opens or first.relation in BEGINNING or not rest:
        return None
    return first.i, g.right[verb.i]


def clausal(g: Ground, child: Token, cue: Cue) -> bool:
    """Whether a clause below a noun is what it tells: that he won, to win."""
    marks = [c for c in g.below(child) if c.i < child.i]
    if any(c.form == "infinitive-marker" for c in marks):
        return "infinitive" in cue.frames
    opening = g.parsed.words("attribution.noun-clause")
    return "content-clause" in cue.frames and any(
        c.relation == "subordinator" and c.lemma in opening for c in marks
    )


def owner_of_noun(g: Ground, noun: Token) -> Token | None:
    """Return whose saying a noun tells: X's, by X, from X, or who makes it."""
    if (own := g.child(noun, "owner")) is not None:
        return own
    before = g.parsed.words("attribution.noun-owner")
    for child in g.below(noun):
        if child.relation in ("preposition", "agent") and child.lemma in before:
            return g.child(child, "oblique")
    head = g.tokens[noun.head]
    light = g.parsed.words("attribution.light-verb")
    if noun.relation == "object" and head.lemma in light:
        return g.subject(head)
    return None


def attitude_saying(g: Ground, word: Token, cue: Cue) -> Saying | None:
    """Return what somebody is sure, hopeful, afraid that, or ready to do."""
    head = g.tokens[word.head]
    if word.relation not in HELD and head.lemma not in g.parsed.words("attribution.be"):
        return None
    holder = g.subject(head)
    said: Range | None = None
    for child in g.below(word):
        if child.i < word.i:
            continue
        frame = "content-clause" if child.relation in FINITE_CLAUSE else "infinitive"
        clause = child.relation in (*FINITE_CLAUSE, "open-clause")
        if clause and frame in cue.frames:
            said = g.left[child.i], g.right[child.i]
        elif child.relation == "preposition" and child.lemma in cue.prepositions:
            said = g.left[child.i] + 1, g.right[child.i]
    if said is None or holder is None or said[0] > said[1]:
        return None
    source, cue_span = g.span(g.phrase(holder)), Span(head.start, word.end)
    if cue_span.start > word.start:
        cue_span = word.span
    return build_saying(g, ATTITUDE, [source], [cue_span], [g.span(said)], cue.sense)


def phrase_sayings(g: Ground) -> Iterator[Saying]:
    """Yield the sayings that phrases and single words tell."""
    parsed = g.parsed
    adverbs, alleged = (load_cues(parsed.lexicon, kind) for kind in ("adverb", "adjective"))
    sourcing = parsed.words("attribution.according") | parsed.words("attribution.per")
    view = parsed.words("attribution.view")
    for token in g.tokens:
        word = token.text.lower()
        found = None
        if word in sourcing:
            found = according(g, token)
        elif word in view and token.relation == "oblique":
            found = in_words_of(g, token)
        elif word in adverbs and token.pos == "ADV":
            # the clause of "reportedly"
            head = g.tokens[token.head]
            around = (g.left[head.i], token.i - 1), (token.i + 1, g.right[head.i])
            pieces = [p for p in around if holds_word(g, p)]
            found = saying_of_phrase(g, ADVERB, None, token.span, pieces)
        elif word in alleged and token.relation == "adjective":
            head = g.tokens[token.head]
            pieces = [(token.i + 1, g.right[head.i])] if head.i > token.i else []
            found = saying_of_phrase(g, ALLEGED, None, token.span, pieces)
        if found is not None:
            yield found


def according(g: Ground, token: Token) -> Saying | None:
    """Return what the clause around "according to X" says."""
    to: Token | None = token
    if token.text.lower() not in g.parsed.words("attribution.per"):
        to = g.child(token, "preposition", "auxiliary", "particle")
    whom = g.child(to, "oblique") if to is not None else None
    if to is None or whom is None or token.i > to.i:
        return None
    region = (token.i, max(g.right[token.i], g.right[whom.i]))
    cue, pieces = Span(token.start, to.end), modified_clause(g, token, region)
    return saying_of_phrase(g, ACCORDING, g.phrase(whom), cue, pieces)


def modified_clause(g: Ground, token: Token, region: Range) -> list[Range]:
    """Return the words of the clause that a phrase modifies, the phrase left out."""
    sentence = g.sentence(token)
    first, last = sentence.first, sentence.last - 1
    head = g.tokens[token.head]
    while head.pos not in ("VERB", "AUX") and head.head != head.i:
        head = g.tokens[head.head]
    if head.relation in LOWER and head.pos in ("VERB", "AUX"):
        first, last = g.left[head.i], g.right[head.i]
    first, last = without_joined_clause(g, head, (first, last))
    if head.relation == "conjunct" and token.i < head.i:
        first = max(first, token.i)  # "A did so and, according to X, B did"
    pieces = [(first, region[0] - 1), (region[1] + 1, last)]
    return [p for p in pieces if holds_word(g, p)]


def without_joined_clause(g: Ground, head: Token, words: Range) -> Range:
    """Return a clause without the one joined to it that has a speaker of its own."""
    first, last = words
    joined = head.relation == "conjunct" and g.child(head, *BEGINNING) is not None
    if joined and sourced(g, g.tokens[head.head]):
        first = max(first, g.left[head.i])
    for other in g.below(head):
        if other.relation == "conjunct" and sourced(g, other):
            last = min(last, g.left[other.i] - 1)
            while last > first and g.tokens[last].pos in UNSAID:
                last -= 1
    return first, last


def sourced(g: Ground, head: Token) -> bool:
    """Whether "according to" hangs on a word."""
    according = g.parsed.words("attribution.according")
    return any(token.text.lower() in according for token in g.below(head))


def in_words_of(g: Ground, token: Token) -> Saying | None:
    """Return what the clause around "in X's view" says."""
    head = g.tokens[token.head]
    owner = g.child(token, "owner")
    of = g.child(token, "preposition")
    if owner is None and of and of.lemma in g.parsed.words("attribution.view-of"):
        owner = g.child(of, "oblique")
    if head.lemma not in g.parsed.words("attribution.view-in") or owner is None:
        return None
    pieces = modified_clause(g, head, (head.i, g.right[head.i]))
    cue = Span(head.start, g.tokens[max(token.i, head.i)].end)
    return saying_of_phrase(g, ACCORDING, g.phrase(owner), cue, pieces)


def relayed_sayings(g: Ground) -> Iterator[Saying]:
    """Yield the sayings that a report passes on from whom it cites."""
    relay = g.parsed.words("attribution.relay")
    hear = g.parsed.words("attribution.hear")
    for token in g.tokens:
        found = None
        if token.lemma in relay and token.form == "gerund":
            found = citing(g, token)
        elif token.lemma in relay and token.form == "participle":
            found = quoted_by(g, token)
        elif token.lemma in relay and token.form in PAST:
            found = quoting(g, token)
        elif token.lemma in hear:
            found = heard_from(g, token)
        if found is not None:
            yield found


def citing(g: Ground, verb: Token) -> Saying | None:
    """Return what is said by those whom a report says it is citing."""
    whom = g.child(verb, "object")
    # the verb that it goes with is the one before it, if that tells: in "A said, citing
    # X, B reported" the parser often hangs it on what follows
    head = g.tokens[verb.head]
    if head.i > verb.i:
        before = reversed(g.tokens[g.sentence(verb).first : verb.i])
        verbs = (t for t in before if t.pos == "VERB" and g.child(t, "content-clause"))
        head = next(verbs, head)
    if whom is None or head is verb:
        return None
    if (own := g.child(verb, "content-clause")) is not None:
        pieces = [(g.left[own.i], g.right[own.i])]
        return saying_of_phrase(g, CITED, g.phrase(whom), verb.span, pieces)
    said = g.child(head, "content-clause")
    if said is not None and not g.left[said.i] <= verb.i <= g.right[said.i]:
        pieces = [(g.left[said.i], g.right[said.i])]
    else:
        # the clause without "citing X", or the that-clause behind it
        after = g.right[verb.i] + 1, g.right[head.i]
        words = (t for t in g.tokens[after[0] : after[1] + 1] if not is_edge_token(t))
        opening = next(words, None)
        that = g.parsed.words("attribution.that")
        pieces = [(g.left[head.i], verb.i - 1), after]
        if opening and opening.lemma in that and opening.form == "preposition":
            pieces = [after]
    return saying_of_phrase(g, CITED, g.phrase(whom), verb.span, pieces)


def quoting(g: Ground, verb: Token) -> Saying | None:
    """Return what is said by X where "..., the agency quoted X as saying" closes it."""
    whom, said = g.child(verb, "object"), g.child(verb, "content-clause", "parataxis")
    links = prepositions_below(g, verb, g.parsed.words("attribution.as-saying"))
    if whom is None or said is None or not links or said.i > verb.i:
        return None
    pieces = [(g.left[said.i], g.right[said.i])]
    return saying_of_phrase(g, CITED, g.phrase(whom), verb.span, pieces)


def quoted_by(g: Ground, verb: Token) -> Saying | None:
    """Return what is passed on by whom a speaker is "quoted by"."""
    if verb.relation != "adnominal-clause":
        return None
    agent = g.child(verb, "agent", "preposition")
    agents = g.parsed.words("attribution.agent-by")
    by = g.child(agent, "oblique") if agent and agent.lemma in agents else None
    if by is None:
        return None
    sentence = g.sentence(verb)
    end = max(g.right[verb.i], g.right[by.i])
    pieces = [(sentence.first, verb.i - 1), (end + 1, sentence.last - 1)]
    return saying_of_phrase(g, QUOTED_BY, g.phrase(by), verb.span, pieces)


def heard_from(g: Ground, verb: Token) -> Saying | None:
    """Return what somebody is said to have heard from another."""
    said = g.child(verb, "content-clause")
    froms = prepositions_below(g, verb, g.parsed.words("attribution.heard-from"))
    whom = g.child(froms[0], "oblique") if froms else None
    if said is None or whom is None:
        return None
    pieces = [(g.left[said.i], g.right[said.i])]
    return saying_of_phrase(g, HEARD, g.phrase(whom), verb.span, pieces)


def prepositions_below(g: Ground, verb: Token, words: frozenset[str]) -> list[Token]:
    """Return the prepositions below a verb that are of a class of words."""
    below = (c for c in g.below(verb) if c.relation == "preposition")
    return [c for c in below if c.lemma in words]


class Turn:
    """A label that opens a paragraph, or a sentence inside one, and what follows."""

    def __init__(self, hit: re.Match[str], first: bool) -> None:
        """Read the label; `first`: it opens its paragraph."""
        turn = hit["who"] is None
        self.who = Span(*hit.span("turn" if turn else "who"))
        self.cue = Span(*hit.span("dot" if turn else "cue"))
        self.name, self.first, self.at = self.who.of(hit.string), first, hit.end()
        self.dotted = self.cue.of(hit.string) == "."


def find_labelled_turns(g: Ground) -> Iterator[Saying]:
    """Yield what is said in the turns of a transcript and after a headline's label."""
    text, words = g.parsed.text, g.parsed.lexicon
    opening, behind = label_patterns(words)
    blocks: list[tuple[Span, list[Turn]]] = []
    for block in paragraphs(text):
        # what may be labels: at a paragraph's start, and where a sentence ends
        first = opening.match(text, block.start, block.end)
        first = first or TITLED.match(text, block.start, block.end)
        inside = behind.finditer(text, block.start + 1, block.end)
        turns = [Turn(first, True)] if first else []
        blocks.append((block, turns + [Turn(hit, False) for hit in inside]))
    names = Counter(turn.name for _, turns in blocks for turn in turns)
    people = {e.span.start for e in g.parsed.entities if e.label == "PERSON"}
    for block, turns in blocks:
        told = [turn for turn in turns if is_speakers_label(g, turn, names, people)]
        ends = [t.who.start for t in told[1:]] + [block.end]
        for turn, end in zip(told, ends, strict=False):
            said = Span(turn.at, turn.at + len(text[turn.at : end].rstrip()))
            if said.end - said.start >= LEAST:
                parts = (turn.who,), (turn.cue,), (said,)
                yield Saying(*parts, "speech", Why(LABEL, turn.cue))


@cache
def label_patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return how a label stands at a paragraph's start, and behind a sentence."""
    words = lexicon.words["attribution.question"] | lexicon.words["attribution.answer"]
    turn = "|".join(map(re.escape, sorted(words)))
    label = (
        rf"(?:(?P<turn>{turn})(?P<dot>[:.])|(?P<who>{NAME}|{HANDLE})(?P<cue>:))"
        r"[ \t]+(?=\S)"
    )
    return re.compile(label), re.compile(ENDED + label)


def is_speakers_label(g: Ground, turn: Turn, names: Counter[str], people: set[int]) -> bool:
    """Whether a label names who speaks: it recurs, answers another, or is a person.

    It has a noun and no verb: "UN chief", not "He said" or "More".
    """
    label = g.parsed.tokens_in(turn.who)
    if FINITE & {t.form for t in label} or {t.pos for t in label} <= LOOSE:
        return False
    text, asked = g.parsed.text, g.parsed.words("attribution.question")
    answered = g.parsed.words("attribution.answer")
    if turn.name in asked | answered:
        paired = any(names[n] for n in asked) and any(names[n] for n in answered)
        return paired or (names[turn.name] > 1 and not turn.dotted)
    if turn.name.lower().split()[0] in g.parsed.words("attribution.notice"):
        return False
    named = turn.who.start in people or turn.name[0] == "@"
    often = names[turn.name] > 1
    if not turn.first:
        quotes = turn.name[0] == "@" and text[turn.at] in QUOTE_MARKS
        return quotes or (often and (named or turn.name.isupper()))
    return often or named or text[turn.at] in QUOTE_MARKS


def saying_of_phrase(
    g: Ground, rule: str, who: Range | None, cue: Span, pieces: list[Range]
) -> Saying | None:
    """Return who says some words, None where there are none."""
    said, source = g.spans(pieces), [g.span(who)] if who is not None else []
    return build_saying(g, rule, source, [cue], said) if said else None
