"""Every attribution of a report, by rules: each quotation given to its speaker.

The words that tell a saying are read first; then each quotation goes, whole, to who
says it: to whom grammar gives some of it, to whom the reporting words beside it name,
or to who goes on speaking, over sentences and paragraphs.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.extract.attribution.parse_index import Ground, Quote
from dateline.extract.attribution.phrases import (
    find_labelled_turns,
    noun_sayings,
    phrase_sayings,
    relayed_sayings,
)
from dateline.extract.attribution.spans import Saying, full_rule_name, load_cues, tidy_pieces
from dateline.extract.attribution.verbs import cue_words, verb_sayings
from dateline.model import Parsed, Span, Token, Why
from dateline.model.layout import paragraphs
from dateline.model.parsed import Filed

BESIDE_AFTER = full_rule_name("beside-after")
BESIDE_BEFORE = full_rule_name("beside-before")
WINDOW = 16  # tokens beside a quotation in which its reporting verb may stand
FINITE = frozenset(("past", "present-third", "present", "participle", "gerund"))
PERSONS = frozenset(("PROPN", "PRON", "NOUN"))
REPORTING = ("speech", "thought", "stance")  # senses of a verb that may report words
RESUMED = 120  # characters of a reporting clause inside a quotation
NEAR = 600  # characters between a quotation and the words that tell who said it
PARTING = 400  # characters between two quotations of one speaker
FAR = 4  # paragraphs over which a speaker may go on


def attributions(parsed: Parsed) -> tuple[Saying, ...]:
    """Return who says what in a report, in text order, by rules alone."""
    return find_by_rules(Ground.of(parsed))


def find_by_rules(g: Ground) -> tuple[Saying, ...]:
    """Return the sayings that the rules find, in text order."""
    found = [*verb_sayings(g), *noun_sayings(g), *phrase_sayings(g)]
    found += [*relayed_sayings(g), *find_labelled_turns(g)]
    return tuple(sorted(spread_quotations(g, found), key=lambda s: s.start))


def spread_quotations(g: Ground, found: Sequence[Saying], seek: bool = True) -> list[Saying]:
    """Return the sayings with each quotation whole, and given to who goes on speaking.

    With `seek`, a quotation that nobody tells is given to the words beside it.
    """
    sayings = list(found)
    long: list[Quote] = []  # enough to be a statement, or resuming one
    for quote in g.quotes:
        if quote.long(g.parsed.text) or (long and resumes(g, long[-1], quote)):
            long.append(quote)
    speech = [(i, s) for i, s in enumerate(sayings) if s.sense == "speech" and s.cue]
    told = Filed((each[1].cue[0], each) for each in speech)
    owners: list[int | None] = [owner_of_quote(told, quote) for quote in long]
    grown: dict[int, list[Span]] = {}
    last: int | None = None
    onward = Onward(g, sayings)
    for at, quote in enumerate(long):
        mine = owners[at]
        if mine is None and seek:
            new = saying_after_quote(g, quote) or saying_before_quote(g, quote)
            mine = put_saying(sayings, new) if new else None
        if mine is None and at and last is not None and follows(g, long[at - 1], quote):
            mine = last
        if mine is None:
            mine = onward.speaker(quote)
        onward.keep(quote, mine)
        if mine is not None:
            grown.setdefault(mine, []).append(quote.inner)
        last = mine
    for i, pieces in grown.items():
        one = sayings[i]
        said = tidy_pieces(g.parsed.text, [*one.content, *pieces])
        sayings[i] = replace(one, content=cut_out_cue(said, (*one.cue, *one.source)))
    return sayings


def resumes(g: Ground, before: Quote, quote: Quote) -> bool:
    """Whether a quotation goes on after a comma: "The army," he said, "won"."""
    between = g.parsed.text[before.span.end : quote.span.start]
    broken = before.inner.of(g.parsed.text).endswith(",")
    close = len(between) < RESUMED and not any(c in ".!?\n" for c in between)
    return broken and close and between.rstrip().endswith(",")


def put_saying(sayings: list[Saying], new: Saying) -> int:
    """Put a new saying in the place of its cue, or at the end; return where."""
    for i, one in enumerate(sayings):
        if any(a.overlaps(b) for a in one.cue for b in new.cue):
            sayings[i] = new
            return i
    sayings.append(new)
    return len(sayings) - 1


def owner_of_quote(told: Filed[tuple[int, Saying]], quote: Quote) -> int | None:
    """Return which saying tells a quotation, most of whose words are said in it.

    The sayings are those in speech, by their cues, each with its number.
    """
    best: tuple[int, int] | None = None
    around = Span(max(0, quote.span.start - NEAR - 1), quote.span.end + NEAR + 1)
    for i, one in told.over(around):
        if quote.inner.covers(one.cue[0]):
            continue
        a, b = quote.inner.start, quote.inner.end
        both = ((max(p.start, a), min(p.end, b)) for p in one.content)
        shared = sum(max(0, end - start) for start, end in both)
        if shared and (best is None or shared > best[0]):
            best = (shared, i)
    return best[1] if best else None


def follows(g: Ground, before: Quote, quote: Quote) -> bool:
    """Whether a quotation without a speaker goes on where the one before it stopped."""
    between = g.parsed.text[before.span.end : quote.span.start]
    if before.runs_on:
        return not any(map(str.isalnum, between))
    starts = between.rstrip()[-1:] in ("", ".", "!", "?", ":", ",")
    return "\n" not in between and len(between) < PARTING and starts


def cut_out_cue(said: Sequence[Span], words: Sequence[Span]) -> tuple[Span, ...]:
    """Return what is said, the words that tell the saying cut out of it."""
    pieces = list(said)
    for word in words:
        cut: list[Span] = []
        for piece in pieces:
            if piece.overlaps(word) and not word.covers(piece):
                cut += [Span(piece.start, word.start), Span(word.end, piece.end)]
            else:
                cut.append(piece)
        pieces = [p for p in cut if p.start < p.end]
    return tuple(sorted(pieces))


def saying_after_quote(g: Ground, quote: Quote) -> Saying | None:
    """Return the saying of "...," the mayor said (or said the mayor)."""
    if "\n" in g.parsed.text[quote.inner.end : quote.span.end + 3]:
        return None
    # the words after it, up to the sentence's end or a new quotation
    words: list[Token] = []
    at = quote.span.end
    first = next(iter(g.parsed.tokens_in(Span(at, at + 30))), None)
    for token in g.tokens[first.i : first.i + WINDOW] if first else ():
        if "\n" in token.text or token.text in (".", '"', "“", "``", ";"):
            break
        words.append(token)
    verb = next((t for t in words if may_report_words(g, t)), None)
    if verb is None or any(t.pos == "VERB" for t in words[: words.index(verb)]):
        return None
    return saying_of_quote(g, BESIDE_AFTER, verb, speaker_of_clause(g, verb, words), quote)


def saying_before_quote(g: Ground, quote: Quote) -> Saying | None:
    """Return the saying of the words before a quotation: the mayor told us: "..."."""
    start = quote.span.start
    lead = g.parsed.text[max(0, start - 3) : start].rstrip(" ")
    if lead[-1:] not in (",", ":"):
        return None
    near = g.parsed.tokens_in(Span(max(0, start - 250), start))
    words = [t for t in near if t.end <= start]
    first = g.sentence(words[-1]).first if words else 0
    inside = [t for t in words if t.i >= first]
    verbs = [t for t in inside if may_report_words(g, t)]
    if not verbs and lead[-1:] == ":":  # any verb leads up to a quotation there
        verbs = [t for t in inside if t.pos == "VERB" and t.head == t.i]
    if not verbs:
        return None
    return saying_of_quote(g, BESIDE_BEFORE, verbs[-1], g.subject(verbs[-1]), quote)


def may_report_words(g: Ground, token: Token) -> bool:
    """Whether a token is a finite verb that may report words."""
    if token.pos not in ("VERB", "AUX") or token.form not in FINITE:
        return False
    cue = load_cues(g.parsed.lexicon, "verb").get(token.lemma)
    return cue is not None and cue.sense in REPORTING


def speaker_of_clause(g: Ground, verb: Token, words: list[Token]) -> Token | None:
    """Return who speaks in a reporting clause: the subject, or the name beside it."""
    own = g.child(verb, "subject")
    if own is not None and own in words:
        return own
    at = words.index(verb)
    left = [t for t in words[:at] if t.pos in PERSONS]
    if left:
        return left[-1]
    right = [t for t in words[at + 1 : at + 5] if t.pos in PERSONS]
    if not right:
        return None
    who = right[0]  # up to the head of the name that it belongs to
    while who.relation in ("compound", "owner", "adjective") and who.head > who.i:
        who = g.tokens[who.head]
    return who


def saying_of_quote(
    g: Ground, rule: str, verb: Token, who: Token | None, quote: Quote
) -> Saying | None:
    """Return the saying of a quotation; None where the speaker is part of it."""
    if who is None or quote.inner.covers(who.span) or quote.inner.covers(verb.span):
        return None
    cue, words = tuple(cue_words(g, verb)), g.span(g.phrase(who))
    if words.overlaps(quote.span):  # a wrong parse takes words from the quotation
        cut = Span(words.start, min(words.end, quote.span.start))
        words = who.span if who.start >= quote.span.end else cut
    source = tidy_pieces(g.parsed.text, [words])
    return Saying(source, cue, (quote.inner,), "speech", Why(rule, cue[0]))


class Onward:
    """Which saying was told last in each paragraph of a report."""

    def __init__(self, g: Ground, sayings: Sequence[Saying]) -> None:
        """File the sayings by the paragraph that tells them."""
        self.text, self.quotes = g.parsed.text, g.quotes
        self.blocks = paragraphs(self.text)
        self.starts = [block.start for block in self.blocks]
        self.told: dict[int, int] = {}
        self.cues = sorted(
            (one.cue[0].start, i)
            for i, one in enumerate(sayings)
            if one.sense == "speech" and one.source and one.cue
            if not self.quoted(one.cue[0])
        )
        for at, i in self.cues:
            self.told[self.block(at)] = i

    def block(self, at: int) -> int:
        """Return the number of the paragraph at a place in the text."""
        return bisect_right(self.starts, at) - 1

    def quoted(self, words: Span) -> bool:
        """Whether words lie in a quotation."""
        at = bisect_right(self.quotes, words.start, key=lambda q: q.span.start) - 1
        return at >= 0 and self.quotes[at].inner.covers(words)

    def keep(self, quote: Quote, i: int | None) -> None:
        """Remember who tells a quotation, if anybody does."""
        if i is not None:
            self.told.setdefault(self.block(quote.span.start), i)

    def speaker(self, quote: Quote) -> int | None:
        """Return who goes on in a paragraph that holds nothing but a quotation."""
        at = self.block(quote.span.start)
        block = self.blocks[at]
        before = self.text[block.start : quote.span.start]
        after = self.text[quote.span.end : block.end]
        if any(map(str.isalnum, before + after)):
            return None
        return self.told.get(at - 1)

    def last(self, at: int) -> int | None:
        """Return who spoke last before a place, not too far from it."""
        n = bisect_left(self.cues, (at, 0)) - 1
        if n < 0:
            return None
        cue, i = self.cues[n]
        return i if self.block(at) - self.block(cue) <= FAR else None


def carry_speaker_on(g: Ground, found: Sequence[Saying], said: Iterable[Span]) -> list[Saying]:
    """Return the sayings with words that are said, told by none, given to who spoke."""
    told = bytearray(len(g.parsed.text))
    for one in found:
        for p in (*one.source, *one.cue, *one.content):
            told[p.start : p.end] = b"x" * (p.end - p.start)
    onward, grown = Onward(g, found), list(found)
    for words in said:
        i = onward.last(words.start)
        if i is not None and not any(told[words.start : words.end]):
            pieces = [*grown[i].content, words]
            grown[i] = replace(grown[i], content=tidy_pieces(g.parsed.text, pieces))
    return grown
