"""Numbers that count nobody by themselves: ages, dates, measures, parts."""

from collections.abc import Sequence

from dateline.model import Parsed, Token
from dateline.quantities.numbers import YEAR, Number, find_numbers


def is_no_count(parsed: Parsed, inside: Sequence[Token], number: Number) -> bool:
    """Whether a number is an age, a date, a measure, a name or a part of a count."""
    head = parsed.tokens[outermost_token(parsed, inside).head]
    text, patterns = parsed.text, parsed.lexicon.patterns
    before = text[max(0, number.span.start - 24) : number.span.start].lower()
    after = text[number.span.end : number.span.end + 14].lower()
    measure = head.lemma.lower() in parsed.words("quantities.measure")
    if measure and inside[-1].relation == "number":
        return True
    if patterns["quantities.measured"].match(after):
        return True
    if patterns["quantities.included"].search(before):
        return True
    year = YEAR.fullmatch(number.span.of(text))
    if year and (
        head.form in ("noun", "name") or patterns["quantities.of-year"].search(before)
    ):
        return True
    part = patterns["quantities.part"].match(after)
    return is_age(before, after) or bool(part) or of_whom(parsed, inside)


def is_age(before: str, after: str) -> bool:
    """Whether a number between commas is an age: "the soldier, 23, was shot"."""
    return before.endswith(", ") and after.startswith(",") and len(before) > 2


def of_whom(parsed: Parsed, inside: Sequence[Token]) -> bool:
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
        return any(find_numbers(parsed, part.span)) and not has_describing_clause(
            parsed, above
        )
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
