"""Dates of other calendars: seen, told to the analyst, and not read."""

import re

from dateline.model import Span

MONTHS = (
    r"Muharram|Safar|Rabi['’]?(?: al-| ul-)?(?:Awwal|Thani|Akhir)?|Jumada(?: al-\w+)?"
    r"|Rajab|Sha['’]?ban|Ramadan|Ramazan|Shawwal|(?:Dhu|Zu)l?[ -](?:al-)?\w{4,8}"
    r"|Farvardin|Ordibehesht|Khordad|Tir|Mordad|Shahrivar|Mehr|Aban|Azar|Dey|Bahman"
    r"|Esfand|Nisan|Iyar|Sivan|Tammuz|Elul|Tishrei|Cheshvan|Kislev|Tevet|Shevat|Adar"
)
OTHER = re.compile(
    rf"\b(?:(?:\d{{1,2}}(?:st|nd|rd|th)?,? (?:of )?(?:{MONTHS})(?:,? \d{{4}})?"
    rf"|(?:{MONTHS}) \d{{1,2}}(?:,? \d{{4}})?|(?:{MONTHS}),? 1[34]\d\d)\b"
    r"(?: ?(?:AH|A\.H\.|H)\b)?"
    r"|1[34]\d\d(?: ?(?:AH|A\.H\.|SH|Hijri)|H)\b|(?:AH|A\.H\.) 1[34]\d\d\b"
    r"|2[45]\d\d ?(?:BE|B\.E\.)|(?:BE|B\.E\.) 2[45]\d\d\b)"
)


def other_calendar(text: str, within: Span) -> Span | None:
    """Return the first date of another calendar in a stretch of text.

    >>> text = "On 15 Ramadan 1445 gunmen attacked."
    >>> other_calendar(text, Span(0, len(text))).of(text)
    '15 Ramadan 1445'
    """
    hit = OTHER.search(text, within.start, within.end)
    return Span(*hit.span()) if hit else None
