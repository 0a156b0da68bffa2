"""Dates of other calendars: seen, told to the analyst, and not read."""

from dateline.model import Lexicon, Span


def other_calendar(text: str, lexicon: Lexicon, within: Span) -> Span | None:
    """Return the first date of another calendar in a stretch of text.

    >>> from dateline import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> text = "On 15 Ramadan 1445 gunmen attacked."
    >>> other_calendar(text, english, Span(0, len(text))).of(text)
    '15 Ramadan 1445'
    """
    pattern = lexicon.patterns["times.other-calendar"]
    hit = pattern.search(text, within.start, within.end)
    return Span(*hit.span()) if hit else None
