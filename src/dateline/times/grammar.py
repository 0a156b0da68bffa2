"""The grammar of times: patterns over the letters of words, with the rule that reads them.

The letters are those of vocabulary.tsv and numerals.py: M month, W weekday, n day number,
Y year, U unit, V units, e "the", L "last", A "ago" and so on. Longer matches win; among
equals the earlier rule. A reader may refuse a match.
"""

import re
from collections.abc import Callable
from functools import cache

from dateline.times import dates, relative, spans
from dateline.times.match import Match, Value

Reader = Callable[[Match], Value | None]
COUNT = "(?:[nNq]|a(?=[+]?[UV]))"
DAYPART = "(?:[iLEFPB]?W,?|D|e)"

GRAMMAR: tuple[tuple[str, str, Reader], ...] = (
    ("times.figures.v1", "I", dates.figures),
    ("times.monthday.v1", "(?:i?F?W,?)?M[nO](?:,?Y|,?y)?", dates.month_day),
    ("times.monthday.v1", "(?:W,?)?[nO]M(?:,?[YyN])?|e?Of?M(?:,?Y)?", dates.month_day),
    ("times.month.year.v1", "M(?:,|f)?[Yy]", dates.month_year),
    ("times.month.year.v1", "M(?:,|f)?[iLE]U", dates.month_of_year),
    ("times.month.near.v1", "[LEi]P?M|[LEi]FM|PM", dates.near_month),
    ("times.month.v1", "M", dates.bare_month),
    ("times.year.v1", "Y", dates.bare_year),
    ("times.year.named.v1", "y|zY|z?U[YN]|eU[YN]", dates.named_year),
    ("times.decade.v1", "eC|C", dates.decade),
    ("times.century.v1", "e?O-?U", dates.century),
    ("times.season.v1", "[LEi]P?S|eSf?Y?|SY|e?SfY|i?PS|(?<=[12])S|(?<=3-)S", dates.season),
    ("times.holiday.v1", "[LEi]?JY?", dates.feast),
    ("times.vague.v1", "r", relative.vague),
    ("times.vague.past.v1", "eP(?![-nNqaUVSMWTKx])", relative.past),
    ("times.vague.present.v1", "c", relative.current),
    ("times.vague.recent.v1", "R(?!-?V)", relative.recent),
    ("times.day.v1", "D", relative.day_word),
    ("times.weekday.v1", "[LEiFPB]?F?P?W", relative.weekday),
    ("times.unit.v1", "e?[LEicPFB]F?z?U|elz?U", relative.unit),
    ("times.period.v1", "e?U-?[Ab]-?(?:p|U)|U-[Ab]|elp|eY(?:U|p)|ecp|[iLE]U'[Up]", relative.period),
    ("times.period.ago.v1", "eU(?:aUA|LU)", relative.period),
    ("times.the.v1", "e[+z]?U|hU", relative.this_unit),
    ("times.ago.v1", f"{COUNT}-?[+]?[UV]Z?[Abg]|V[A]", relative.ago),
    ("times.ago.v1", "aX-?UA|aU&aXA", relative.ago),
    ("times.quarter.v1", "e?z?OU(?:f?Y|f?[LEi]U)?|z?-?O-U|e?Yz?O-?U", relative.quarter),
    ("times.quarter.v1", "[iLE]U'O-?U|eU-?[Ab]O-?U", relative.quarter),
    ("times.half.v1", "e?[OL]XfY|e?[OL]Xf[ie]U", relative.half),
    ("times.yearend.v1", "U-?5|U'5", relative.year_end),
    ("times.weekend.v1", "[iLEe]F?P?K|K", relative.weekend),
    ("times.set.per.v1", "aU", spans.per_unit),
    ("times.duration.v1", f"{COUNT}(?:-|[+])?[+]?[UV]Z?(?:-u)?", spans.duration),
    ("times.duration.v1", "a[+]U|[nN](?:[>|-]|-[>|]-)[nN]-?[+]?[UV]|aU&aX|aX-?U", spans.duration),
    ("times.duration.v1", "[nN]-?&-?aX-?[UV]|Xa-?U|[nN][UV]&aX|aU[|][nN]", spans.duration),
    ("times.duration.span.v1", "[es]?[LPEF](?:a?[nNq])(?:[>|-][nN])?-?[+]?V(?:Z)?", spans.duration),
    ("times.duration.span.v1", "[es]?O(?:[nNq])[+]?V|el(?:[nNq])V|e(?:[nN])[+]?V", spans.duration),
    ("times.duration.span.v1", "e[LP]U(?!f)Z?|eEUZ", spans.duration),
    ("times.duration.vague.v1", "V(?:[|&]V)?|e[12O]?V", spans.bare_units),
    ("times.duration.vague.v1", "e?[RPF]V(?:&V)?", spans.recent_units),
    ("times.set.each.v1", "j[UWMT]|j[nN][UV]|jOU", spans.each),
    ("times.set.adverb.v1", "G", spans.adverb),
    ("times.set.weekdays.v1", "w", spans.weekdays),
    ("times.set.weekdays.v1", "[Ww]t", spans.many_parts),
    ("times.part.v1", f"(?:{DAYPART}|[iLE]|h)T|T{DAYPART}|(?<=[123])T|(?<=3-)T", spans.part_of_day),
    ("times.part.v1", "d", spans.tonight),
    ("times.clock.v1", "(?:@|n)m%?,?(?:[LEi]?W|D|D)?|@%(?:,?[WD])?|H(?:[LEi]?W|D)?", spans.clock),
    ("times.clock.v1", "(?:@m?|nm)%?,?M[nO](?:,?Y)?", spans.clock),
    ("times.clock.v1", "(?:W|D)x(?:@|n)m|(?:W|D)xH", spans.clock),
)  # fmt: skip


@cache
def rules() -> tuple[tuple[str, re.Pattern[str], Reader], ...]:
    """Return the grammar with its patterns compiled."""
    return tuple((name, re.compile(pattern), read) for name, pattern, read in GRAMMAR)
