"""How words of quotations stand in a text."""

import re

from dateline.language.en.patterns import Expression

# A word that an apostrophe, no quotation mark, opens: 'em, 'til, '90s
ELIDED = Expression(r"['’‘](?:em|til|cause|n|tis|twas|round|bout|\d0s|\d\d)\b", re.I)
