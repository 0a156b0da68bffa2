"""How a later version of a report names itself, in its title or its first line."""

import re

from dateline.language.en.patterns import Expression

CORRECTION = Expression(
    r"^\W*corrections?\b"
    r"|^\W*corrected\b"
    r"|^\W*\(?corrects?\b"
    r"|\(corrects? [^)]{1,120}\)",
    re.IGNORECASE,
)
UPDATE = Expression(
    r"^\W*updates?(?: ?\d+)?\b"
    r"|^\W*\(?updates?\b"
    r"|\b(?:[2-9]|1\d)(?:nd|rd|th) (?:lead|ld|update|writethru)\b"
    r"|^\W*(?:1st|first|second|third) (?:lead|ld|update|writethru)\b"
    r"|\b(?:lead|writethru)-?\d\b",
    re.IGNORECASE,
)
NUMBERED = Expression(
    r"\b(\d{1,2})(?:st|nd|rd|th) (?:lead|ld|update|writethru)\b"
    r"|^\W*(?:update|lead|writethru)[ -]?(\d{1,2})\b",
    re.IGNORECASE,
)
