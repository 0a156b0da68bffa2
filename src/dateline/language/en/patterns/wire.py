"""The conventions of wire copy in English: days, bylines, credits, notes, ends."""

import re

from dateline.language.en.patterns import Expression

MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
    r"|(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)[A-Z]{0,6}\.?"
)
DAY = Expression(
    rf"^(?:(?:{MONTH}) \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} (?:{MONTH})(?: \d{{2,4}})?"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$"
)
BYLINE = Expression(
    r"^[Bb][Yy]:? (?!the )([A-Z][\w.'’-]+(?: [\w.'’-]+){0,6})(?:,? .{0,80})?$"
)
CREDIT = Expression(
    r"^[—–_*\s(\[]*(?:(?:(?:the )?associated press|ap|reuters|afp|staff|news)\s*)?"
    r"(?:(?:staff )?(?:writers?|reporters?|correspondents?|journalists?|producers?)\b"
    r".{0,300}\b(?:contributed|reported)\b"
    r"|.{0,200}\bcontributed to this (?:report|story|article)"
    r"|\(?(?:additional )?(?:reporting|writing|editing|compiled) by\b"
    r"|with (?:reporting|files) (?:by|from)\b|\(?(?:©|copyright\b|\(c\) ))",
    re.IGNORECASE,
)
HELPER = Expression(
    r"(?:writers?|reporters?|correspondents?|[Rr]eporting by|REPORTING BY)\s+"
    r"((?:[A-Z][\w.'’-]+ ){0,3}[A-Z][\w'’-]+(?:(?:, | and |, and )"
    r"(?:[A-Z][\w.'’-]+ ){0,3}[A-Z][\w'’-]+){0,8})"
)
CORRECTION = Expression(
    r"^\(?(?:correct(?:ion|s|ed)\b|clarification\b|this (?:version|story) correct"
    r"|(?:the|this) (?:story|item|report) (?:has been|was) correct)",
    re.IGNORECASE,
)
NOTE = Expression(
    r"^(?:\(?eds?(?:itors?)?['’]?s?(?: note)?s?\s?[:;]|\(?editor['’]s note"
    r"|\(?\d(?:st|nd|rd|th) "
    r"(?:ld|lead)\b|\(?(?:updates?|recasts?|adds?) (?:with|throughout|lead|to)\b"
    r"|urgent$|bulletin$|for release |stand[- ]?alone|attn\b)",
    re.IGNORECASE,
)
END = Expression(
    r"^(?:[—–_*#=~.\s-]{2,}|-?\s?30\s?-?|\(?ENDS?\)?\.?|\(?MORE\)?|XXX|NNNN|/[A-Za-z.]{2,12}/?)$"
)
STAMP = Expression(
    rf"(?:(?P<m>{MONTH}) (?P<d>\d{{1,2}})|(?P<e>\d{{1,2}}) (?P<n>{MONTH}))"
    r"(?:,? (?P<y>\d{4}))?"
)
AND = Expression(r", and | and |, ")
