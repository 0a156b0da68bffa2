"""Which words are one party: whole names, whole phrases, nobody told twice."""

from collections.abc import Iterator, Sequence

from dateline.actions.aside import (
    is_age_of_party,
    is_part_of_other_party,
    only_describes_party,
)
from dateline.actions.grammar import NOUNS, SMALL, TELLS, first_of_list
from dateline.actions.wholes import extend_to_noun, one_whole, to_name_end, trim_opening
from dateline.model import Parsed, Span, Token
from dateline.model.parsed import Filed
from dateline.reference import countries

BEFORE_NOUN = frozenset(("DET", "ADJ", "NUM"))
NAMES = ("PERSON", "GPE", "ORG", "NORP")
LIST = frozenset((",", "&", ""))
BESIDE = frozenset((",", "(", "-", "–", "—", "--", ""))
MEN = frozenset(("person", ""))
PLURAL = frozenset(("plural-noun",))
HYPHENS = frozenset(("-", "‑"))
OWNER = "owner-pronoun"
TELLING = frozenset(("NOUN", "VERB"))
FINITE = frozenset(("past", "present", "present-third"))
OPENS = frozenset(("preposition", "conjunction"))


def trim_parties(
    parsed: Parsed, found: Sequence[Span], trigger: Span
) -> tuple[Span, ...]:
    """Return the words of one side's parties, as whole words, each party once.

    A mark is nobody, and an article or adjective alone is read on to its noun.
    """
    cut = [
        trim_opening(parsed, trim_party_start(parsed, whole_words_of(parsed, span)))
        for span in found
    ]
    some = [span for span in cut if any(map(str.isalnum, span.of(parsed.text)))]
    every = [to_noun(parsed, widen_to_name(parsed, span), trigger) for span in some]
    every = [
        trim_act_words(parsed, to_name_end(parsed, span), trigger) for span in every
    ]
    every = join_noun_pieces(
        parsed, sorted(s for s in every if not is_age_of_party(parsed, s, every))
    )
    every = [extend_to_noun(parsed, span) for span in every]
    own = (s for s in every if not means_listed_names(parsed, s, every))
    return tuple(s for s in own if not only_describes_party(parsed, s, every))


def whole_words_of(parsed: Parsed, span: Span) -> Span:
    """Return a span widened to the words that it touches."""
    words = parsed.tokens_in(span)
    if not words:
        return span
    return Span(min(span.start, words[0].start), max(span.end, words[-1].end))


def trim_party_start(parsed: Parsed, span: Span) -> Span:
    """Return a span without what no party begins with: "'s", "how", "of", "“", a verb.

    Words that are closed by a quotation mark begin with one.
    """
    words = parsed.tokens_in(span)
    closed = any(word.form == "closing-quote" for word in words)
    marks = ("opening-quote", "closing-quote") if closed else ()
    first = next(
        (w for w in words if w.form in marks or not stands_before_party(parsed, w)),
        None,
    )
    if first is None and any(word.form in FINITE for word in words):
        return span  # "Rebels" may be read as what they do
    return Span(first.start if first else span.end, span.end) if words else span


def stands_before_party(parsed: Parsed, word: Token) -> bool:
    """Whether a word is no part of the party that it stands before."""
    verb = word.form in FINITE and word.text.islower() and word.relation not in TELLS
    verb = verb or word.text in parsed.words("actions.be")
    small = word.form in ("owner-mark", "relative-adverb") or word.relation in OPENS
    return verb or small or not any(map(str.isalnum, word.text))


def widen_to_name(parsed: Parsed, span: Span) -> Span:
    """Return a span widened to a name that it cuts: "Menachem | Begin", "Pan | Am"."""
    words = parsed.tokens_in(span)
    if not words:
        return span
    first = first_word_of_name(parsed, words[0])
    if first < words[0].i:
        return widen_to_name(parsed, Span(parsed.tokens[first].start, span.end))
    if words[-1].relation != "compound":
        return span
    head = parsed.tokens[words[-1].head]
    rest = parsed.tokens[words[-1].i : head.i + 1]
    if head.start < span.end or any(word.pos != "PROPN" for word in rest):
        return span
    both = words[-1].span.join(head.span)
    one = any(span.covers(both) for span in parsed.labelled_over(both, *NAMES))
    state = countries().by_name(span.of(parsed.text))
    if not one or state is not None or is_in_headline(parsed, head):
        return span
    return Span(span.start, head.end)


def first_word_of_name(parsed: Parsed, word: Token) -> int:
    """Return the place of the first word of a name that a word stands in."""
    if word.pos != "PROPN" or is_in_headline(parsed, word):
        return word.i
    name = parsed.entity_of(Span(word.start, word.start + 1))
    some = parsed.tokens_in(name.span) if name and name.label in NAMES else ()
    first = [w for w in some if w.i < word.i]
    if first and all((w.pos, w.relation) == ("PROPN", "compound") for w in first):
        return first[0].i
    return word.i


def is_in_headline(parsed: Parsed, token: Token) -> bool:
    """Whether a word stands in a sentence in which all but small words are capital."""
    sentence = parsed.sentence_at(token.start)
    if sentence is None:
        return False
    words = parsed.tokens[sentence.first : sentence.last]
    return not any(word.pos in TELLING and word.text.islower() for word in words)


def to_noun(parsed: Parsed, span: Span, trigger: Span) -> Span:
    """Return a span that holds no noun, as far as the noun that it stands before."""
    words = parsed.tokens_in(span)
    opens = all(
        w.pos in BEFORE_NOUN or w.form == OWNER or modifies_noun(parsed, w)
        for w in words
    )
    if not words or not opens or words[-1].form == OWNER:
        return span
    noun = parsed.tokens[words[-1].head]
    apart = noun.start < span.end or trigger.overlaps(noun.span)
    between = parsed.text[span.end : noun.start]
    apart = apart or any(f" {mark} " in between for mark in "-–—")
    return span if apart or noun.pos not in NOUNS else Span(span.start, noun.end)


def trim_act_words(parsed: Parsed, span: Span, trigger: Span) -> Span:
    """Return a span without the act's own words at its end: "Diaz | criticises"."""
    if not span.covers(trigger):
        return span
    words = parsed.tokens_in(span)
    before = [w for w in words if w.end <= trigger.start]
    after = [w for w in words if w.start >= trigger.end]
    rest = after if not before else before if not after else []
    if not rest or rest[-1].pos not in NOUNS:
        return span
    return rest[0].span.join(rest[-1].span)


def modifies_noun(parsed: Parsed, word: Token) -> bool:
    """Whether a word tells more of a noun after it: "two | retired generals"."""
    over = parsed.tokens[word.head]
    if word.relation == "adverb":
        return over.i > word.i and modifies_noun(parsed, over)
    return word.pos == "VERB" and word.relation == "adjective" and over.i > word.i


def join_noun_pieces(parsed: Parsed, every: Sequence[Span]) -> list[Span]:
    """Return spans in text order, pieces of one noun phrase as one."""
    found: list[Span] = []
    for span in every:
        if found and any(f(parsed, found[-1], span) for f in (one_phrase, one_whole)):
            found[-1] = close_bracket(parsed, found[-1].join(span))
        else:
            found.append(span)
    return found


def close_bracket(parsed: Parsed, span: Span) -> Span:
    """Return a span with the bracket that closes one within it: "the Front (FSN|)"."""
    words, after = span.of(parsed.text), parsed.text[span.end : span.end + 1]
    more = after == ")" and words.count("(") > words.count(")")
    return Span(span.start, span.end + 1) if more else span


def one_phrase(parsed: Parsed, left: Span, right: Span) -> bool:
    """Whether two spans are pieces of one noun phrase: "rebels | of | the Union"."""
    one, other = parsed.head_of(left), parsed.head_of(right)
    if left.overlaps(right) or one is None or other is None:
        return left.overlaps(right)
    marks = parsed.text[left.end : right.start]
    between, of = marks.strip(), parsed.words("actions.of")
    within = right.of(parsed.text)[:1].islower() or left.of(parsed.text).islower()
    hyphened = marks in HYPHENS and within  # "Moon Jae-in", "al-Qaeda"
    located = between in parsed.words("actions.within")
    if hyphened or located or one_name(parsed, left, right):
        return True  # "the embassy | in | Cairo" is often read as two
    over = parsed.tokens[other.head]
    if between in of:
        return over.text in of and over.head in (one.i, first_of_list(parsed, one).i)
    if between in parsed.words("actions.possessive"):
        owners = (w for w in parsed.tokens_in(left) if w.relation == "owner")
        return any(right.covers(parsed.tokens[w.head].span) for w in owners)
    if between in BESIDE and other.relation == "apposition" and left.covers(over.span):
        return between == "(" or same_one(parsed, over, other)
    state = countries().by_name(left.join(right).of(parsed.text))
    words = parsed.words("actions.list")
    lists = between in LIST or between.removeprefix(", ") in words
    return lists and (state is not None or is_list_in_phrase(parsed, left, right))


def one_name(parsed: Parsed, left: Span, right: Span) -> bool:
    """Whether two spans are pieces of one man's name: "Nabil | al | - | Rashid"."""
    words = parsed.tokens_in(left)
    marks = parsed.text[left.end : right.start]
    tied = marks in HYPHENS and words[-1].text.islower()
    tied = tied or (marks[:1] in HYPHENS and marks[-1:] == " ")  # "Zia | -ul- | Huq"
    if not tied and marks.strip():
        return False
    both = (words[-1].span if tied else left).join(right)
    names = parsed.once("whole names of people", whole_names_of_people).over(both)
    return any(name.covers(both) for name in names)


def whole_names_of_people(parsed: Parsed) -> Filed[Span]:
    """Return the names of people from their first words on, titles among them."""
    people = (m for m in parsed.mentions if m.kind == "name" and m.sort in MEN)
    names = (parsed.tokens[m.first].span.join(m.span) for m in people)
    return Filed((name, name) for name in names)


def is_list_in_phrase(parsed: Parsed, left: Span, right: Span) -> bool:
    """Whether a list lies within a phrase: "envoys from Uganda | and | Burundi".

    "The leaders of France, Italy and Spain" are three.
    """
    one, other = parsed.head_of(left), parsed.head_of(right)
    if one is None or other is None:
        return False
    first = first_of_list(parsed, other)
    if first.i not in (one.i, other.i) and left.covers(first.span):
        prep = parsed.tokens[first.head]
        several = prep.text in parsed.words("actions.of") and one.form in PLURAL
        name = other.pos == "PROPN" and label(parsed, other) != "PERSON"
        hangs = (
            first.relation == "oblique"
            and prep.head == one.i
            and prep.form == "preposition"
        )
        return name and hangs and not several
    words = parsed.tokens_in(left)
    noun = parsed.tokens[first_of_list(parsed, one).head]
    bare = all(w.pos in BEFORE_NOUN or w.pos in SMALL for w in words)
    return bare and right.covers(noun.span)


def same_one(parsed: Parsed, over: Token, token: Token) -> bool:
    """Whether an apposition can be whom it stands with: as many, not two names.

    "A soldier, a driver and a cook" is a list whose second is often read as the first.
    """
    if over.pos == token.pos == "PROPN":
        kinds = label(parsed, over), label(parsed, token)
        if all(kinds) and kinds != ("PERSON", "NORP"):  # "Foo Bar, Utah Democrat"
            return False
    others = list(parsed.below(token, "conjunct"))
    if over.form in PLURAL:
        return token.form in PLURAL
    return token.form not in PLURAL and not any(is_own_party(parsed, o) for o in others)


def means_listed_names(parsed: Parsed, span: Span, every: Sequence[Span]) -> bool:
    """Whether the names after a word are all it means: "both leaders, Foo and Bar"."""
    head = parsed.head_of(span)
    if head is None or head.form not in PLURAL:
        return False
    for first in parsed.below(head, "apposition"):
        names = [first, *conjoined(parsed, first)]
        if len(names) > 1 and all(name.pos == "PROPN" for name in names):
            return all(is_part_of_other_party(name, span, every) for name in names)
    return False


def conjoined(parsed: Parsed, token: Token) -> Iterator[Token]:
    """Yield the others of a list of which a word is the first."""
    for other in parsed.below(token, "conjunct"):
        yield other
        yield from conjoined(parsed, other)


def label(parsed: Parsed, token: Token) -> str:
    """Return what the named thing is that a word stands in, "" for none."""
    entity = parsed.entity_of(token.span)
    return entity.label if entity else ""


def is_own_party(parsed: Parsed, token: Token) -> bool:
    """Whether a word of a list is a party of its own: "his wife", "Foo", "aides"."""
    alone = token.pos == "PROPN" or token.form in PLURAL
    return alone or any(parsed.below(token, "determiner", "owner", "number"))


def list_of(parsed: Parsed, span: Span) -> int | None:
    """Return the token that heads the list in which words stand, None for no words."""
    head = parsed.head_of(span)
    return None if head is None else first_of_list(parsed, head).i


def opens_headline_list(parsed: Parsed, left: Span, right: Span) -> bool:
    """Whether two names open a headline as a list: "Chad, Niger sign a pact"."""
    sentence = parsed.sentence_at(left.start)
    if sentence is None or sentence.span.start != left.start:
        return False
    both = all(words in parsed.labelled_over(words, *NAMES) for words in (left, right))
    return both and parsed.text[left.end : right.start] == ", "
