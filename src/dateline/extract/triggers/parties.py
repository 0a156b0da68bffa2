"""Which words are one party: whole names, whole phrases, nobody told twice.

Pieces of one noun phrase are one ("Foo (FU) | university", "oil | and gas firms"), and
words that only tell more of another party are none ("aides who met | the king").
"""

import re
from collections.abc import Iterator, Sequence

from dateline.extract.triggers.grammar import (
    NOUNS,
    SMALL,
    TELLS,
    first_of_list,
    spans_holding,
    steps,
)
from dateline.model import PRONOUNS, Parsed, Span, Token
from dateline.model.parsed import Filed
from dateline.resources.knowledge_base import base
from dateline.resources.reference import countries

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
QUOTED = ("opening-quote", "closing-quote")
NUMBER = "number"
BRACKET = re.compile(r"\([^()]*\)")
COMMON = frozenset(("noun", "plural-noun"))
WITHIN = NOUNS | {"ADJ"}
MANNER = frozenset(("adverb", "particle"))
SOMEBODY = frozenset(("person", "people", "body"))
REACH = 5  # words after an "and" that may end a known name
QUOTES = frozenset(("", '"', "“", "”", "'", "’"))
PLACES = frozenset(("body", "place", "state", "thing"))
DESCRIPTIVE = frozenset(("NOUN", "ADJ"))
AGES = frozenset(("apposition", "adverbial-noun"))
NAMED_PERSON = ("name", "person")
CLOSES = frozenset((",", ";", ")", "—", "–"))


def trim_parties(parsed: Parsed, found: Sequence[Span], trigger: Span) -> tuple[Span, ...]:
    """Return the words of one side's parties, as whole words, each party once.

    A mark is nobody, and an article or adjective alone is read on to its noun.
    """
    cut = [
        trim_opening(parsed, trim_party_start(parsed, whole_words_of(parsed, span)))
        for span in found
    ]
    some = [span for span in cut if any(map(str.isalnum, span.of(parsed.text)))]
    every = [to_noun(parsed, widen_to_name(parsed, span), trigger) for span in some]
    every = [to_name_end(parsed, span) for span in every]
    every = [trim_act_words(parsed, span, trigger) for span in every]
    parts = sorted(s for s in every if not is_age_of_party(parsed, s, every))
    every = [extend_to_noun(parsed, s) for s in join_noun_pieces(parsed, parts)]
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
    marks, be = QUOTED if closed else (), parsed.words("actions.be")
    for word in words:
        verb = word.form in FINITE and word.text.islower()
        verb = (verb and word.relation not in TELLS) or word.text in be
        small = word.form in ("owner-mark", "relative-adverb") or word.relation in OPENS
        mark = not any(map(str.isalnum, word.text))
        if word.form in marks or not (verb or small or mark):
            return Span(word.start, span.end)
    if not words or any(word.form in FINITE for word in words):
        return span  # "Rebels" may be read as what they do
    return Span(span.end, span.end)


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
    opens = all(w.pos in BEFORE_NOUN or w.form == OWNER or modifies_noun(parsed, w) for w in words)
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
        if not (found and any(f(parsed, found[-1], span) for f in (one_phrase, one_whole))):
            found.append(span)
            continue
        both = found[-1].join(span)
        # with the bracket that closes one within it: "the Front (FSN|)"
        words, after = both.of(parsed.text), parsed.text[both.end : both.end + 1]
        more = after == ")" and words.count("(") > words.count(")")
        found[-1] = Span(both.start, both.end + more)
    return found


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
        hangs = (first.relation, prep.form) == ("oblique", "preposition")
        return name and hangs and prep.head == one.i and not several
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
    if over.form in PLURAL or token.form in PLURAL:
        return over.form in PLURAL and token.form in PLURAL
    # of a list: "his wife", "Foo", "aides"
    others = parsed.below(token, "conjunct")
    return not any(
        other.pos == "PROPN"
        or other.form in PLURAL
        or any(parsed.below(other, "determiner", "owner", "number"))
        for other in others
    )


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


def opens_headline_list(parsed: Parsed, left: Span, right: Span) -> bool:
    """Whether two names open a headline as a list: "Chad, Niger sign a pact"."""
    sentence = parsed.sentence_at(left.start)
    if sentence is None or sentence.span.start != left.start:
        return False
    both = all(words in parsed.labelled_over(words, *NAMES) for words in (left, right))
    return both and parsed.text[left.end : right.start] == ", "


def trim_opening(parsed: Parsed, span: Span) -> Span:
    """Return a party without the day or the caption's mark before it, its number whole.

    "On | Thursday | Mr Smith resigned"; "two hundred and | ninety people".
    """
    caption = parsed.lexicon.patterns["actions.caption"]
    if mark := caption.match(span.of(parsed.text)):
        return trim_opening(parsed, Span(span.start + mark.end(), span.end))
    words = parsed.tokens_in(span)
    if len(words) > 1 and words[0].relation in MANNER:
        # who "welcomed home three captives" welcomed three captives
        over = parsed.tokens[words[0].head]
        verb = over.pos == "VERB" and over.i < words[0].i
        if verb and words[-1].pos in NOUNS:
            return trim_opening(parsed, Span(words[1].start, span.end))
    if words and words[0].form == NUMBER:
        return include_number(parsed, words[0], span)
    rest = words
    while rest and (name := parsed.entity_of(rest[0].span)) and name.label == "DATE":
        rest = rest[1:]
    if not rest or rest == words or not rest[0].text[0].isupper():
        return span
    apart = all(word.pos == "PROPN" for word in words[: -len(rest)])
    return Span(rest[0].start, span.end) if apart else span


def include_number(parsed: Parsed, word: Token, span: Span) -> Span:
    """Return a party from the first word of its number."""
    first = word.i
    while first and parsed.tokens[first - 1].form in (NUMBER, "conjunction"):
        first -= 1
    before = parsed.tokens[first : word.i]
    large = parsed.words("actions.large-number")
    joined = len(before) > 1 and before[-1].form == "conjunction"
    whole = joined and before[-2].lemma in large
    return Span(before[0].start, span.end) if whole else span


def extend_to_noun(parsed: Parsed, span: Span) -> Span:
    """Return words cut within what tells more of them, to its noun.

    "Workers at oil | and gas firms" are not at oil; "US | and Iraqi forces" are two.
    """
    last = last_word(parsed, span)
    if last is None or last.i + 1 >= len(parsed.tokens):
        return span
    noun = parsed.tokens[last.head]
    joins = parsed.tokens[last.i + 1].relation == "conjunction" and noun.pos in NOUNS
    more = joins and ends_in_modifier(parsed, span, last)
    cut = more or is_cut_before_noun(parsed, span, last)
    return Span(span.start, noun.end) if cut else span


def is_cut_before_noun(parsed: Parsed, span: Span, last: Token) -> bool:
    """Whether words end before the noun of somebody: "a top U.S. | diplomat".

    A bare name may be meant itself: "Hamas | fighters".
    """
    noun, words = parsed.tokens[last.head], parsed.tokens_in(span)
    if last.relation not in TELLS or noun.start < span.end or noun.form not in COMMON:
        return False
    between = parsed.tokens[last.i + 1 : noun.i]
    bare = all(word.pos == "PROPN" for word in words)
    if bare or len(between) > 1 or any(w.pos not in WITHIN for w in between):
        return False
    return any(m.sort in SOMEBODY for m in parsed.mentions_headed_by(noun.i))


def to_name_end(parsed: Parsed, span: Span) -> Span:
    """Return words cut before an "and" within a known name, to the name's end.

    "The Islamic State of Iraq | and Syria" is one.
    """
    words = parsed.tokens_in(span)
    after = parsed.tokens[words[-1].i + 1 : words[-1].i + 1 + REACH] if words else ()
    if not after or after[0].text not in parsed.words("actions.and"):
        return span
    every = [*words, *after]
    texts = [word.text for word in every]
    for n, word in enumerate(words):
        found = base().longest_at(texts, n) if word.pos == "PROPN" else None
        if found and n + found.words > len(words):
            return Span(span.start, every[n + found.words - 1].end)
    return span


def one_whole(parsed: Parsed, left: Span, right: Span) -> bool:
    """Whether one noun phrase goes on: after letters in brackets, after a quote."""
    marks, last = parsed.text[left.end : right.start].strip(), last_word(parsed, left)
    one, other = parsed.head_of(left), parsed.head_of(right)
    if one is None or other is None or last is None:
        return False
    letters, after = right.of(parsed.text), parsed.text[right.end : right.end + 1]
    if marks == "(" and after == ")" and letters[:1].isupper() and letters.isalnum():
        return True
    noun = parsed.tokens[last.head]
    if right.covers(noun.span) and ends_in_modifier(parsed, left, last):
        return True
    if not letters[:1].islower():
        return False
    tells = (word for word in (one, last) if word.relation in TELLS)
    within = any(right.covers(parsed.tokens[word.head].span) for word in tells)
    over = parsed.tokens[other.head].span
    named = other.relation == "apposition" and left.covers(over)
    between = BRACKET.sub("", marks)
    return between in QUOTES and (within or (named and between != marks))


def drop_pieces_of_others(
    parsed: Parsed, own: Sequence[Span], others: Sequence[Span], trigger: Span
) -> tuple[Span, ...]:
    """Return one side's parties without pieces of the other's: "Foo" of "Foo rebels".

    "Peru-Chile" are two, and "his aides" are others than he.
    """

    def piece(span: Span, whole: Span) -> bool:
        before, after = max(0, span.start - 1), span.end
        marks = parsed.text[before], parsed.text[after : after + 1]
        words = parsed.tokens_in(span)
        apart = "-" in marks or all(word.form in PRONOUNS for word in words)
        inside = whole != span and whole.covers(span) and not whole.covers(trigger)
        return inside and not apart

    return tuple(s for s in own if not any(piece(s, other) for other in others))


def ends_in_modifier(parsed: Parsed, span: Span, last: Token) -> bool:
    """Whether a phrase ends in what tells more of a noun after it, of its own head."""
    top, noun = parsed.head_of(span), parsed.tokens[last.head]
    if top is None or last.relation not in TELLS or noun.start < span.end:
        return False
    return top.i != last.i and any(word.i == top.i for word in parsed.above(noun))


def last_word(parsed: Parsed, span: Span) -> Token | None:
    """Return the last word of a span that is no mark."""
    words = [w for w in parsed.tokens_in(span) if any(map(str.isalnum, w.text))]
    return words[-1] if words else None


def only_describes_party(parsed: Parsed, span: Span, every: Sequence[Span]) -> bool:
    """Whether words tell more of another party: "aides who met | the king"."""
    own = parsed.head_of(span)
    if own is None:
        return False
    located = locates_other_party(parsed, own, span, every)
    if located or is_description_of_named(parsed, own, span, every):
        return True
    heads = {head.i for s in every if s != span and (head := parsed.head_of(s))}
    tells = own.relation in (*TELLS, "adverbial-noun")
    for word, over in steps(parsed, own):
        named = tells and word.relation == "apposition"
        if named and is_part_of_other_party(over, span, every):
            # "friends of Foo, a | British | man", but not "Chad, | Niger sign" as
            # headlines have a list
            first = parsed.tokens_in(span)[0].i
            comma, name = (parsed.tokens[max(0, first - n)] for n in (1, 2))
            listed = is_part_of_other_party(name, span, every)
            return comma.text != "," or not listed
        party = over.i in heads and not span.covers(over.span)
        if party and word.relation != "conjunct":
            return hangs_as_description(parsed, word)
    return False


def hangs_as_description(parsed: Parsed, word: Token) -> bool:
    """Whether what hangs on a party by a word only tells more of it.

    Of "a raid on a village that killed five" the village is often read as the killer.
    """
    if word.relation == "preposition":
        joins = word.text.lower() in parsed.words("actions.before-party")
        return word.form == "preposition" and not joins
    sorts = {m.sort for m in parsed.mentions_headed_by(word.head)}
    return word.relation == "adnominal-clause" or (
        word.relation == "relative-clause" and not sorts & PLACES
    )


def is_part_of_other_party(word: Token, span: Span, every: Sequence[Span]) -> bool:
    """Whether a word is part of another party."""
    return any(held != span for held in spans_holding(every, [word]))


def locates_other_party(parsed: Parsed, word: Token, span: Span, every: Sequence[Span]) -> bool:
    """Whether a place tells where that of another party is: "police in Foo, | Utah"."""
    comma, town, prep = (parsed.tokens[max(0, word.i - n)] for n in (1, 2, 3))
    if comma.text != ",":
        return False
    both = all(
        any(name.covers(w.span) for name in parsed.labelled_over(w.span, "GPE"))
        for w in (town, word)
    )
    while prep.i and prep.relation == "compound":
        prep = parsed.tokens[prep.i - 1]
    within = prep.text in parsed.words("actions.within")
    return both and within and all(is_part_of_other_party(w, span, every) for w in (town, prep))


def is_description_of_named(parsed: Parsed, word: Token, span: Span, every: Sequence[Span]) -> bool:
    """Whether words say what somebody named is: "Foo Bar, a priest | and a poet, …".

    A mark closes what is said of him, and none closes a list.
    """
    first = first_of_list(parsed, word)
    if first.relation != "apposition" or not {word.pos, first.pos} <= DESCRIPTIVE:
        return False
    over = parsed.tokens[first.head]
    while over.relation == "apposition":
        over = parsed.tokens[over.head]
    here = parsed.mentions_headed_by(over.i)
    if not any((m.kind, m.sort) == NAMED_PERSON for m in here):
        return False
    words = [w for w in parsed.subtree(first) if w.pos != "PUNCT"]
    after = parsed.tokens[words[-1].i + 1 : words[-1].i + 2]
    return is_part_of_other_party(over, span, every) and bool(after) and after[0].text in CLOSES


def is_age_of_party(parsed: Parsed, span: Span, every: Sequence[Span]) -> bool:
    """Whether a span is the age of another party: "Foo, 45", "men, aged 34 and 36"."""
    head = parsed.head_of(span)
    if head is None or head.pos != "NUM":
        return False
    first = first_of_list(parsed, head)
    over = parsed.above(first) if first.relation in AGES else ()
    return any(is_part_of_other_party(word, span, every) for word in over)
