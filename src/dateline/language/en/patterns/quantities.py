"""How quantities are told in English: numbers, sums, tolls, nought."""

import re
from importlib.resources import files

from dateline.language.en.lexicon import row_words, table_rows, word_and_meaning
from dateline.language.en.patterns import Expression

TABLE = files("dateline.language.en") / "tables" / "quantities.senses.tsv"
TOLD = {
    name: dict(map(word_and_meaning, row_words(listed)))
    for name, listed in table_rows(TABLE.read_text("utf-8"))
}


def class_pattern(name: str, least: int = 0, most: int = 0) -> str:
    """Return a pattern of the words of a class, or of those that mean so much."""
    pairs = TOLD[f"quantities.{name}"].items()
    return "|".join(w for w, n in pairs if not most or least <= int(n) <= most)


# Numbers in figures and words: "at least twenty-three", "10 to 20 million"
ONE = (
    rf"(?:(?:{class_pattern('numeral', 20, 90)})-(?:{class_pattern('numeral', 1, 19)})"
    rf"|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?"
    rf"|\d+(?:\.\d+)?|{class_pattern('numeral')}|{class_pattern('scale')})"
)
SCALED = "|".join(f"(?<={scale} )and " for scale in TOLD["quantities.scale"])
FIGURE = rf"{ONE}(?:(?: |-(?!\d))(?:{SCALED}|)(?:{ONE})(?![\d-])){{0,6}}"
NUMBER = Expression(
    rf"(?<![\w.$-])(?P<bound>(?:{class_pattern('bound')}) )?(?P<between>between )?"
    rf"(?:(?P<half>half a )?(?P<a>an? )?(?P<first>{FIGURE})"
    rf"(?:(?: to |-| and (?=\S+ )|–)(?P<second>{FIGURE}))?"
    rf"|(?P<vague>{class_pattern('vague')}))(?![\w%])",
    re.IGNORECASE,
)
RANGE = Expression(r" to |[-–]")  # within a number: from the one to the other

# Sums of money, in figures with a sign, or the currency that follows a number
SUM = Expression(
    rf"(?:\b(?P<bound>{class_pattern('bound')}) )?"
    r"(?P<unit>US\$|[$€£¥]|dlrs |rs\.? )\s?(?P<value>\d[\d,]*(?:\.\d+)?)"
    rf"(?: ?(?P<scale>{class_pattern('money-scale')}))?\b",
    re.IGNORECASE,
)
CURRENCY = Expression(
    r" (?:U\.?S\.? )?((?i:dollar|euro|pound|rupee|yen|yuan|franc|mark|ruble|rouble|peso"
    r"|shekel|dlr))[Ss]*(?![A-Za-z])"
)
IN_PRICES = Expression(r"in ")  # "in 2024 dollars"

# A toll of many acts, or what one act's toll is said to come to
TOLL = Expression(
    r"\btoll\b|(?:^|\bthe (?:[\w-]+ )?)number of\b|\btotal of\b", re.IGNORECASE
)
DEATHS = Expression(
    r"\b(?:death toll|toll|number of (?:the )?(?:dead|deaths|fatalities|killed))\b",
    re.IGNORECASE,
)
STANDS_AT = Expression(r"\b(?:to|at|of|is|was|stands) $")
TOLL_OF = Expression(r"\b(?:in|from|of) (?:\w+(?:'s|’s)? ){0,3}\Z")
LATELY = Expression(
    r"\bsince (?:\d{4}|[A-Z][a-z]+|the)|\bthis (?:year|month|week)\b",
    re.IGNORECASE,
)
SINCE = Expression(
    r"\bso far\b|\bin \d{4} alone\b|\bin all\b"
    r"|\b(?:has|have) (?:claimed (?!responsib)|been displaced\b)"
    r"|\bover the (?:past|last)\b|\bin total\b|\baltogether\b"
    r"|\b(?:raised|brought|raising|bringing|took|takes|taking|pushed)"
    r" (?:to \d|the (?:[\w-]+ ){0,3}(?:toll|number|total|tally|count|figure))",
    re.IGNORECASE,
)
NOUGHT = Expression(
    r"\b(?:no|without)(?: \w+)? (casualties|deaths|injuries|fatalities)\b"
    r"|\b(?:nobody|no one|no-one|none of \w+|neither of [\w ]{1,20}?) (?:was|were)"
    r" (?:reported )?(killed|hurt|injured|wounded|arrested)\b",
    re.IGNORECASE,
)

# What stands beside a number that counts nobody by itself
MEASURED = Expression(r"-year| year|th |st |nd |rd |%|:")
INCLUDED = Expression(r"(?:includ\w+|among them|of whom|aged?)(?: at least)? $")
OF_YEAR = Expression(r"\b(?:in|of|since) $")
PART = Expression(r" of (?:them|whom)\b| of (?:the|his|their|those) \w+ed\b")
STRONG = Expression(r"-strong")  # "a 200-strong force"
