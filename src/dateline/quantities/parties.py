"""How many the parties of an act are, where its own words tell what was done to them.

"Three people, among them a child, shot dead in Jos": the reader sees who was shot where
the grammar of a headline does not tell it.
"""

from collections.abc import Iterator

from dateline.model import Action, Parsed, Span
from dateline.quantities.aside import is_no_count
from dateline.quantities.counted import Counted, outcome_of_attack
from dateline.quantities.deeds import harm_of_word
from dateline.quantities.numbers import Number, find_numbers
from dateline.quantities.persons import PERSONAL

DONE = frozenset(("participle", "past", "adjective"))
RULE = "quantities.patient.v1"


def suffering_recipient(
    parsed: Parsed, action: Action
) -> Iterator[tuple[Number, Counted]]:
    """Yield the number with which one recipient alone begins, and what was done."""
    told = [(w, n) for w in action.recipients for n in find_numbers(parsed, w)]
    opening = [(w, n) for w, n in told if n.span.start == w.start]
    for words, number in opening if len(opening) == 1 else ():
        found = by_own_words(parsed, action, words)
        if found is not None and counts_people(parsed, words, number):
            yield number, found


def counts_people(parsed: Parsed, words: Span, number: Number) -> bool:
    """Whether a number counts the people whose words it opens; not "a 9-year-old"."""
    head = parsed.head_of(words)
    inside = [t for t in parsed.tokens_in(number.span) if t.pos != "SPACE"]
    if number.span.end >= words.end or not inside or not head or head.pos != "NOUN":
        return False
    hyphen = parsed.text[number.span.end] == "-"
    return not hyphen and not is_no_count(parsed, inside, number)


def by_own_words(parsed: Parsed, action: Action, whom: Span) -> Counted | None:
    """Return what the words of an act say was done to some people."""
    head, dead = parsed.head_of(whom), parsed.words("quantities.dead")
    for word in parsed.tokens_in(action.trigger):
        told = word.form in DONE or word.lemma in dead
        what = outcome_of_attack(parsed, word) or harm_of_word(
            parsed, word.lemma, "verb", "adjective"
        )
        if head is not None and told and what in PERSONAL and what in action.counts:
            return Counted(head, what, word, RULE)
    return None
