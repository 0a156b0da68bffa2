"""Turns of a transcript and headlines of the form "Mayor: we won": who speaks there."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from dateline.attribution.ground import Ground
from dateline.attribution.rules import full_rule_name
from dateline.attribution.saying import Saying
from dateline.model import Lexicon, Span, Why
from dateline.model.layout import paragraphs

LABEL = full_rule_name("label")
QUOTE_MARKS = "\"“„'‘`«»"
HANDLE = r"@\w{2,30}"
NAME = r"[A-Z][^\W\d_]{1,20}(?:[ .'’-]{1,2}[A-Z][^\W\d_]{0,20}){0,4}"
TITLED = re.compile(
    rf"(?P<who>[A-Z][^\W_]*(?: [^\W_]+){{1,4}})(?P<cue>:)[ \t]+(?=[{QUOTE_MARKS}])"
)
ENDED = r"(?<=[.!?…\"”’)\]]\s)"  # the end of a sentence
FINITE = frozenset(("past", "present-third", "present", "modal"))
LOOSE = frozenset(("ADJ", "ADV", "ADP", "DET"))
LEAST = 4  # characters of a turn


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
    blocks = [
        (block, find_turn_labels(text, block, words)) for block in paragraphs(text)
    ]
    names = Counter(turn.name for _, turns in blocks for turn in turns)
    people = {e.span.start for e in g.parsed.entities if e.label == "PERSON"}
    for block, turns in blocks:
        told = [t for t in turns if speaks(g, t, names, people) and nominal(g, t.who)]
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


def find_turn_labels(text: str, block: Span, lexicon: Lexicon) -> list[Turn]:
    """Return what may be labels: at a paragraph's start, and where a sentence ends."""
    opening, behind = label_patterns(lexicon)
    first = opening.match(text, block.start, block.end)
    first = first or TITLED.match(text, block.start, block.end)
    inside = behind.finditer(text, block.start + 1, block.end)
    found = [Turn(first, True)] if first else []
    return found + [Turn(hit, False) for hit in inside]


def nominal(g: Ground, label: Span) -> bool:
    """Whether a label has a noun and no verb: "UN chief", not "He said" or "More"."""
    words = g.parsed.tokens_in(label)
    return not FINITE & {t.form for t in words} and not {t.pos for t in words} <= LOOSE


def speaks(g: Ground, turn: Turn, names: Counter[str], people: set[int]) -> bool:
    """Whether a label names who speaks: it recurs, answers another, or is a person."""
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
