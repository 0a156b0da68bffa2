"""How owners are marked, and how words for two states stand in a text."""

import re

# "Iraq's army", "the rebels' leader"
OWNED = re.compile(r" ?['’][sS]\b|(?<=[sS])['’](?!\w)")
# "both countries", "the two warring sides"
BOTH_SIDES = re.compile(
    r"(?:the |these |those )?(?:both|two)(?: \w{1,15}){0,2} "
    r"(?:(?P<sides>sides)|(?P<armies>armies)"
    r"|countries|nations|governments|neighbou?rs|capitals|states)",
    re.IGNORECASE,
)
