"""How owners are marked, and how words for two states stand in a text."""

import re

from dateline.language.en.patterns import Expression

# "Iraq's army", "the rebels' leader"
OWNED = Expression(r" ?['’][sS]\b|(?<=[sS])['’](?!\w)")
# "both countries", "the two warring sides"
BOTH_SIDES = Expression(
    r"(?:the |these |those )?(?:both|two)(?: \w{1,15}){0,2} "
    r"(?:(?P<sides>sides)|(?P<armies>armies)"
    r"|countries|nations|governments|neighbou?rs|capitals|states)",
    re.IGNORECASE,
)
