"""A present tense with a day of the calendar that is still to come."""

import re
from datetime import date

from dateline.model import Action, Certainty, Parsed, Token, Why

RULE = "certainty.day-to-come.v1"
NEAREST = 170  # days ahead within which a day without its year is the next one
DAY, YEAR = re.compile(r"[0-3]?\d"), re.compile(r"(?:19|20)\d\d")


def foretold(
    parsed: Parsed, action: Action, verb: Token, day: date | None
) -> Certainty | None:
    """Judge what is told of a day after the report's: "hold talks on June 15"."""
    if day is None or not is_told_in_present(parsed, verb):
        return None
    for month in parsed.subtree(verb):
        found = read_calendar_day(parsed, month, day)
        if found and found > day and is_day_of_act(parsed, month, verb, action):
            return Certainty("planned", Why(RULE, month.span))
    return None


def is_told_in_present(parsed: Parsed, verb: Token) -> bool:
    """Whether a verb is told in the present: "meet", "are meeting", "is held"."""
    helped = list(parsed.below(verb, "auxiliary", "passive-auxiliary"))
    apart = parsed.words("certainty.have-or-do")
    if any(a.form == "modal" or a.lemma in apart for a in helped):
        return False
    bare = verb.form == "base" and any(parsed.below(verb, "subject"))
    plain = helped or [verb]
    return any(t.form in ("present-third", "present") for t in plain) or (
        bare and not helped
    )


def read_calendar_day(parsed: Parsed, month: Token, day: date) -> date | None:
    """Return the day that a month's name and its number tell, the next one of it."""
    name = month.text.lower().rstrip(".")
    which = parsed.lexicon.senses["certainty.month"].get(name)
    if which is None or not month.text[0].isupper():
        return None
    number, years = day_and_year(parsed, month)
    for year in years or (day.year, day.year + 1):
        found = valid_day(year, int(which), number)
        if found and found > day:
            return found if years or (found - day).days < NEAREST else None
    return None


def day_and_year(parsed: Parsed, month: Token) -> tuple[int, tuple[int, ...]]:
    """Return the number of a day beside a month, 0 if none, and its year if told."""
    tokens = parsed.tokens
    after = [t.text for t in tokens[month.i + 1 : month.i + 4]]
    before = tokens[month.i - 1].text if month.i else ""
    near = (*after[:1], before)
    number = next((int(t) for t in near if DAY.fullmatch(t)), 0)
    return number, tuple(int(t) for t in after if YEAR.fullmatch(t))[:1]


def valid_day(year: int, month: int, number: int) -> date | None:
    """Return a day, None where the calendar has none such."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def is_day_of_act(parsed: Parsed, month: Token, verb: Token, action: Action) -> bool:
    """Whether a day is that of a verb's own act: "on" it, or with no word before it.

    It may stand with a place, or with what is acted upon: "recalls its envoy on May 2".
    """
    over = parsed.tokens[month.head]
    joined = over.pos in ("ADP", "SCONJ")
    if (
        over.text.lower() not in parsed.words("certainty.on-day")
        if joined
        else over.pos == "NOUN" and over.i > month.i
    ):
        return False  # "until May 2", "condemns the May 2 vote"
    for up in parsed.above(month):
        if up == verb:
            return True
        own = action.trigger.covers(up.span) and up.pos not in ("VERB", "AUX")
        acted_upon = up.head == verb.i and up.relation == "object"
        if not (own or acted_upon or up.pos in ("ADP", "NUM", "PROPN")):
            return False
    return False
