"""Numbers in figures and words, with their bounds, and the sums of money among them.

A number may count nobody by itself: ages, dates, measures and parts do not.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from dateline.model import Lexicon, Parsed, Quantity, Span, Token, Why
from dateline.model.answers import Bound

YEAR = re.compile(r"(?:19|20)\d\d")
AGAIN = re.compile(r"(?: [a-z]+)? ?\(")  # "$5.7bn (£4.5bn)" is one sum
WEIGHED = 1e6  # pounds: fewer are a weight


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the text: its span, its range, and what its words vouch for."""

    span: Span
    low: float | None
    best: float | None
    high: float | None
    bound: Bound


def find_numbers(parsed: Parsed, within: Span) -> Iterator[Number]:
    """Yield the numbers of a stretch of a report's text."""
    pattern = parsed.lexicon.patterns["quantities.number"]
    for hit in pattern.finditer(parsed.text, within.start, within.end):
        yield from read_number(parsed.lexicon, hit)


def read_number(lexicon: Lexicon, hit: re.Match[str]) -> Iterator[Number]:
    """Yield what one match tells."""
    span, bound = Span(*hit.span()), bound_of(lexicon, hit["bound"])
    if hit["vague"]:
        low, high = lexicon.senses["quantities.vague"][hit["vague"].lower()].split("-")
        yield Number(span, int(low), None, int(high), "about")
        return
    first = value_of_number(lexicon, hit["first"]) * (0.5 if hit["half"] else 1)
    if not hit["second"]:
        yield bound_number(span, first, bound)
        return
    second = value_of_number(lexicon, hit["second"])
    if hit["second"].split()[0].lower() in worth(lexicon, "quantities.scale"):
        yield bound_number(span, first * second, bound)  # "a 20-million-dollar loan"
    elif hit["between"] or lexicon.patterns["quantities.range"].search(hit[0]):
        first *= range_multiplier(lexicon, hit["first"], hit["second"])
        ends = sorted((first, second))
        yield Number(span, ends[0], None, ends[1], "about")
    else:
        yield bound_number(Span(hit.start(), hit.end("first")), first, bound)
        yield bound_number(Span(*hit.span("second")), second, "exact")


def bound_of(lexicon: Lexicon, words: str | None) -> Bound:
    """Return what the words before a number vouch for."""
    told = (words or "").strip().lower()
    return cast(Bound, lexicon.senses["quantities.bound"].get(told, "exact"))


def range_multiplier(lexicon: Lexicon, first: str, second: str) -> int:
    """Return by what both ends of a range are multiplied.

    In "10 to 20 million" they are millions, in "900,000 to two million" as they stand.
    """
    scales = worth(lexicon, "quantities.scale")
    told, *last = second.lower().rsplit(maxsplit=1)
    bare = not any(word in scales for word in first.lower().split())
    if not (last and last[0] in scales and bare):
        return 1
    less = value_of_number(lexicon, first) < value_of_number(lexicon, told)
    return scales[last[0]] if less else 1


def bound_number(span: Span, best: float, bound: Bound) -> Number:
    """Return a number with the range that its bound leaves open."""
    low = None if bound in ("at most", "up to") else best
    high = None if bound == "at least" else best
    told = None if bound == "at most" else best
    return Number(span, low, told, high, bound)


def value_of_number(lexicon: Lexicon, words: str) -> float:
    """Return the value of a number in figures or words: "one hundred and twelve"."""
    plain = worth(lexicon, "quantities.numeral")
    scales = worth(lexicon, "quantities.scale")
    joining = lexicon.words["quantities.and"]
    whole, part = 0.0, 0.0
    for word in re.split(r"[ -]", words.lower()):
        if word in joining:
            continue
        if word in scales:
            part = (part or 1) * scales[word]
            if scales[word] > 100:
                whole, part = whole + part, 0.0
        else:
            part += plain.get(word) or float(word.replace(",", ""))
    return whole + part


@cache
def worth(lexicon: Lexicon, name: str) -> Mapping[str, int]:
    """Return how much each number word of a class is."""
    return {word: int(told) for word, told in lexicon.senses[name].items()}


def find_money(parsed: Parsed, sentence: Span) -> Iterator[Quantity]:
    """Yield sums of money, in figures with a sign or a currency's name.

    A sum in brackets behind another is the same again in another currency.
    """
    last: Quantity | None = None
    for one in sorted(find_sums(parsed, sentence), key=lambda q: q.span):
        between = last and AGAIN.fullmatch(parsed.text, last.span.end, one.span.start)
        if not (last and between and one.unit != last.unit):
            yield one
        last = one


def find_sums(parsed: Parsed, sentence: Span) -> Iterator[Quantity]:
    """Yield every sum of money that is told."""
    text, patterns = parsed.text, parsed.lexicon.patterns
    scales = worth(parsed.lexicon, "quantities.money-scale")
    for hit in patterns["quantities.sum"].finditer(text, sentence.start, sentence.end):
        scale = scales.get((hit["scale"] or "").lower(), 1)
        best = float(hit["value"].replace(",", "")) * scale
        bound = bound_of(parsed.lexicon, hit["bound"])
        number = bound_number(Span(*hit.span()), best, bound)
        yield sum_of(number, hit["unit"].strip())
    for number in find_numbers(parsed, sentence):
        start, end = number.span.start, number.span.end
        told = number.best or number.low or number.high or 0
        priced = patterns["quantities.in-prices"].match(text, max(0, start - 3))
        if priced and YEAR.fullmatch(text, start, end):
            continue
        after = patterns["quantities.currency"].match(text, end, sentence.end)
        unit = after[1].lower() if after else ""
        light = unit in parsed.words("quantities.weight") and told < WEIGHED
        if unit and not light:
            yield sum_of(number, unit)


def sum_of(number: Number, unit: str) -> Quantity:
    """Return a sum of money."""
    why = Why("quantities.money.v1", number.span)
    ends = number.low, number.best, number.high, number.bound
    return Quantity("money", *ends, "", "this act", unit, number.span, why)


def tokens_of_number(parsed: Parsed, number: Number) -> list[Token]:
    """Return the tokens of a number, blanks left out."""
    return [t for t in parsed.tokens_in(number.span) if t.pos != "SPACE"]


def is_no_count(parsed: Parsed, inside: Sequence[Token], number: Number) -> bool:
    """Whether a number is an age, a date, a measure, a name or a part of a count."""
    head = parsed.tokens[outermost_token(parsed, inside).head]
    text, patterns = parsed.text, parsed.lexicon.patterns
    before = text[max(0, number.span.start - 24) : number.span.start].lower()
    after = text[number.span.end : number.span.end + 14].lower()
    measure = head.lemma.lower() in parsed.words("quantities.measure")
    measured = measure and inside[-1].relation == "number"
    if measured or patterns["quantities.measured"].match(after):
        return True
    if patterns["quantities.included"].search(before):
        return True
    named = head.form in ("noun", "name")
    of_year = named or patterns["quantities.of-year"].search(before)
    if of_year and YEAR.fullmatch(number.span.of(text)):
        return True
    # an age stands between commas: "the soldier, 23, was shot"
    age = before.endswith(", ") and after.startswith(",") and len(before) > 2
    part = patterns["quantities.part"].match(after)
    return age or bool(part) or is_age_or_part(parsed, inside)


def is_age_or_part(parsed: Parsed, inside: Sequence[Token]) -> bool:
    """Whether a number is an age, "a boy of 14", or is not meant of part and whole.

    "One of the five men killed" tells of five; "three of the 12 were killed" of three.
    """
    number, of_words = outermost_token(parsed, inside), parsed.words("quantities.of")
    above = parsed.tokens[number.head]
    under = number.relation == "oblique" and number is inside[-1]
    if under and above.lemma in of_words:
        people = parsed.mentions_headed_by(above.head)
        return any(m.sort == "person" and not m.many for m in people)
    if number.relation == "number" and above.relation == "oblique":
        part = parsed.tokens[parsed.tokens[above.head].head]
        told = any(find_numbers(parsed, part.span))
        return told and not has_describing_clause(parsed, above)
    ofs = (of for of in parsed.below(number, "preposition") if of.lemma in of_words)
    whole = [noun for of in ofs for noun in parsed.below(of, "oblique")]
    counted = (noun for noun in whole if any(parsed.below(noun, "number")))
    return any(has_describing_clause(parsed, noun) for noun in counted)


def has_describing_clause(parsed: Parsed, noun: Token) -> bool:
    """Whether a clause hangs on a noun: "men killed in the raid"."""
    return any(parsed.below(noun, "adnominal-clause", "relative-clause"))


def outermost_token(parsed: Parsed, inside: Sequence[Token]) -> Token:
    """Return the token of a number by which it hangs on the rest of the sentence."""
    own = {token.i for token in inside}
    return next((t for t in inside[::-1] if t.head not in own), inside[-1])
