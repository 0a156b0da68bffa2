"""How words of English stand in a text: each pattern by the name that a room asks for.

Each is compiled when it is first asked for: most reports need a few of them.
"""

import re
from collections.abc import Iterator, Mapping
from re import Pattern
from typing import NamedTuple


class Expression(NamedTuple):
    """A regular expression in words, with its flags."""

    words: str
    flags: int = 0


class Compiled(Mapping[str, Pattern[str]]):
    """Regular expressions by their names, each compiled once it is asked for."""

    def __init__(self, expressions: Mapping[str, Expression]) -> None:
        """Compile nothing yet."""
        self.expressions = expressions
        self.made: dict[str, Pattern[str]] = {}

    def __getitem__(self, name: str) -> Pattern[str]:
        """Return the pattern of a name. Raises KeyError where there is none."""
        found = self.made.get(name)
        if found is None:
            found = self.made[name] = re.compile(*self.expressions[name])
        return found

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self.expressions)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.expressions)


CASELESS = re.IGNORECASE

# How words of acts and parties stand in English text.
ACTIONS = {"actions.caption": Expression(r"(?:\w+ ){0,4}?(?:Image|Media) caption(?=\s\S)\s")}

# How owners are marked, and how words for two states stand in a text.
ACTORS = {
    # "Iraq's army", "the rebels' leader"
    "actors.owned": Expression(r" ?['’][sS]\b|(?<=[sS])['’](?!\w)"),
    # "both countries", "the two warring sides"
    "actors.both-sides": Expression(
        r"(?:the |these |those )?(?:both|two)(?: \w{1,15}){0,2} "
        r"(?:(?P<sides>sides)|(?P<armies>armies)"
        r"|countries|nations|governments|neighbou?rs|capitals|states)",
        CASELESS,
    ),
}

# How words of quotations stand in a text.
ATTRIBUTION = {
    # A word that an apostrophe, no quotation mark, opens: 'em, 'til, '90s
    "attribution.elided": Expression(
        r"['’‘](?:em|til|cause|n|tis|twas|round|bout|\d0s|\d\d)\b", CASELESS
    )
}

# How words for whoever is told of stand in a text.
CAST = {
    # the ending of an owner: "Chad's"
    "cast.owner": Expression("['’]s")
}

# How a later version of a report names itself, in its title or its first line.
MERGE = {
    "merge.correction": Expression(
        r"^\W*corrections?\b"
        r"|^\W*corrected\b"
        r"|^\W*\(?corrects?\b"
        r"|\(corrects? [^)]{1,120}\)",
        CASELESS,
    ),
    "merge.update": Expression(
        r"^\W*updates?(?: ?\d+)?\b"
        r"|^\W*\(?updates?\b"
        r"|\b(?:[2-9]|1\d)(?:nd|rd|th) (?:lead|ld|update|writethru)\b"
        r"|^\W*(?:1st|first|second|third) (?:lead|ld|update|writethru)\b"
        r"|\b(?:lead|writethru)-?\d\b",
        CASELESS,
    ),
    "merge.numbered": Expression(
        r"\b(\d{1,2})(?:st|nd|rd|th) (?:lead|ld|update|writethru)\b"
        r"|^\W*(?:update|lead|writethru)[ -]?(\d{1,2})\b",
        CASELESS,
    ),
}

# How names of places stand in a text: parts, containers, seats of government.
PLACES = {
    # "northern Mali", "the city of Mosul"
    "places.part": Expression(
        r"^(?:(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)"
        r"(?:ern)?|central|downtown|midtown|uptown|upper|lower|greater|inner|mainland"
        r"|metro(?:politan)?|rural|suburban|eastern|western|old|occupied|nearby"
        r"|(?:the )?(?:city|town|village|state|province|county|port|republic|kingdom"
        r"|district|township|department|borough) of)[ -](?=\S)",
        CASELESS,
    ),
    # what holds a place, after its name: ", Texas", "in the Netherlands"
    "places.container": Expression(
        r"^(?:,| \(| in| near|, in)\s{1,3}(?P<name>(?:the )?[A-Z][\w.'’&-]{0,30}"
        r"(?:\s[A-Z][\w.'’-]{1,30}){0,3})"
    ),
    # what stands between a place and the one that holds it
    "places.beside": Expression(r"^(?:,|\s?\(|,? in|,? near)?\s{0,2}$"),
    # "the Ethiopian capital", "Somalia's capital"
    "places.capital": Expression(
        r"\b(?:the |The )(?P<whose>[A-Z][A-Za-z]{2,20}(?: [A-Z][a-z]{2,20}){0,2})"
        r" (?:capital|Capital)\b(?!,? [A-Z]| (?:of|city|market|punishment|gains))"
        r"|\b(?P<state>[A-Z][A-Za-z]{2,20}(?: [A-Z][a-z]{2,20}){0,2})['’]s capital\b"
        r"(?!,? [A-Z]| (?:city|market|punishment|gains))"
    ),
}

# How the words of times and of a report's day stand in a text.
PART = r"(?:day|night|evening|morning|afternoon)"
NEXT = (
    r"(?! (?:the|a|an|his|her|its|their|he|she|it|they|when|that"
    r"|yesterday|tomorrow)\b)"
)
MONTHS = (
    r"Muharram|Safar|Rabi['’]?(?: al-| ul-)?(?:Awwal|Thani|Akhir)?|Jumada(?: al-\w+)?"
    r"|Rajab|Sha['’]?ban|Ramadan|Ramazan|Shawwal|(?:Dhu|Zu)l?[ -](?:al-)?\w{4,8}"
    r"|Farvardin|Ordibehesht|Khordad|Tir|Mordad|Shahrivar|Mehr|Aban|Azar|Dey|Bahman"
    r"|Esfand|Nisan|Iyar|Sivan|Tammuz|Elul|Tishrei|Cheshvan|Kislev|Tevet|Shevat|Adar"
)
YEAR = r"(?P<year>(?:19[5-9]|20[0-4])\d)\b(?!-|[.,]\d)"
QUARTERS = "first|second|third|fourth"
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
TIMES = {
    # A text cut into words, and a phrase of the vocabulary
    "times.word": Expression(
        r"[aApP]\.\s?[mM]\b\.?|[^\W\d_]\w*|[^\w\s'’`,.;/-]{1,200}"
        r"|(?<![\d.])\d{1,2}\.\d{1,2}\.\d{4}(?!\.?\d)"
        r"|\d{1,4}[/-]\d{1,2}[/-]\d{1,4}(?:T\d{2}:\d{2})?(?!\d)"
        r"|\d{1,2}:\d{2}(?::\d{2})?"
        r"|\d{3}0['’]?s\b|\d{1,2}(?:st|nd|rd|th)\b"
        r"|\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,9})?|\d{1,9}(?:\.\d{1,9})?(?: 1/2|½)?"
        r"|['’`]\d\ds?\b|['’]s\b|-{2,200}|\n[ \t\r]*\n|[^\w\s]"
    ),
    "times.phrase": Expression(r"[ap]\.m\.|['’]s|\w+|-"),
    "times.nth": Expression(r"(\d{1,2})(?:st|nd|rd|th)$"),
    "times.decade": Expression(r"(\d{3})0['’]?s$"),
    # Days that are counted from the day told before them
    "times.day-before": Expression(rf"\b(?:the|a) {PART} (?:before|earlier)\b{NEXT}", CASELESS),
    "times.previous-day": Expression(rf"\bthe previous {PART}\b", CASELESS),
    "times.on-the-eve": Expression(r"\bon the eve of (?:the|his|her|its|their|that)\b", CASELESS),
    "times.next-day": Expression(rf"\bthe (?:next|following) {PART}\b", CASELESS),
    "times.day-after": Expression(rf"\b(?:a|the) day (?:later|after)\b{NEXT}", CASELESS),
    "times.same-day": Expression(rf"\b(?:the|that) same {PART}\b", CASELESS),
    "times.within-the-day": Expression(r"\b(?:later|earlier) (?:in|on) the day\b", CASELESS),
    # Dates of other calendars
    "times.other-calendar": Expression(
        rf"\b(?:(?:\d{{1,2}}(?:st|nd|rd|th)?,? (?:of )?(?:{MONTHS})(?:,? \d{{4}})?"
        rf"|(?:{MONTHS}) \d{{1,2}}(?:,? \d{{4}})?|(?:{MONTHS}),? 1[34]\d\d)\b"
        r"(?: ?(?:AH|A\.H\.|H)\b)?"
        r"|1[34]\d\d(?: ?(?:AH|A\.H\.|SH|Hijri)|H)\b|(?:AH|A\.H\.) 1[34]\d\d\b"
        r"|2[45]\d\d ?(?:BE|B\.E\.)|(?:BE|B\.E\.) 2[45]\d\d\b)"
    ),
    # Since when, for how long
    "times.past-units": Expression(r"(?:the )?(?:past|last)\b"),
    "times.recent-units": Expression(r"(?:recent |the recent).*s", re.DOTALL),
    "times.since-clause": Expression(r"\bsince [^,;:.]+ (?:on|in|of) $", CASELESS),
    "times.since-noun": Expression(
        r"\bsince (?:the |an? |its |his |her |their |\w+['’]s? )(?:\w+ ){0,2}$", CASELESS
    ),
    "times.as-of": Expression(r"\bas of (?:the )?$", CASELESS),
    # A day without its year
    "times.year-told": Expression(r"\b(?:19|20)\d\d\b|\byear\b"),
    "times.anniversary": Expression(
        r"(?i)(\bfirst |\bsecond |\bthird |\bfourth |\bfifth |\b\d{1,3}(?:st|nd|rd"
        r"|th) |)"
        r"anniversary of (?:the |an? )?$"
    ),
    # What stands before the date in a header line
    "times.masthead": Expression(
        r"(?i)^(?:\W*(?:published|posted|updated|last updated|date|issued|filed"
        r"|released"
        r"|first published|pubdate|pub date|created|modified)\b.{0,20}?[:\s]+)?\W*"
    ),
    # Figures of a firm or a state, set against those of a year
    "times.period": Expression(
        rf"\b(?:the|from|in|its) {YEAR}(?: (?:{QUARTERS}|final|latest))?[ -]"
        r"(?:fiscal )?(?:quarter|period|half|nine[ -]months|six[ -]months)",
        CASELESS,
    ),
    "times.in-year-earned": Expression(
        rf"\b(?<!far )in (?P<fiscal>fiscal )?{YEAR},? (?:the |its )?(?:\w+ ){{1,3}}"
        r"(?:earned|lost|posted|reported|recorded|had|made|generated|totaled|were|was)"
        r" (?:an? )?(?:\w+ ){0,4}(?:[A-Z]{0,2}[$#£¥€]|\d)",
        CASELESS,
    ),
    "times.earnings-in-year": Expression(
        r"\b(?:earnings|profits?|income|loss|sales|revenues?|deficit|surplus|exports"
        r"|imports|output) (?:of|were|was|totaled|rose|fell)\b[^.;]{0,40}[$#£¥€]"
        rf"[^.;]{{0,30}} in (?P<fiscal>fiscal )?{YEAR}"
        rf"(?!,? (?:{QUARTERS}|quarter|period|half))",
        CASELESS,
    ),
    "times.of-a-firm": Expression(
        r"\b(?:a share|quarter|shareholders?|stock exchange)\b", CASELESS
    ),
    "times.year-ago": Expression(
        r"\b(?:a year (?:ago|earlier|before)|year[- ](?:ago|earlier)"
        r"|(?:latest|this year['’]s|most recent) (?:\w+ )?(?:quarter|period))\b",
        CASELESS,
    ),
    "times.quarter": Expression(
        rf"\b({QUARTERS})[ -](?:fiscal )?quarter\b|\bnine[ -]months\b", CASELESS
    ),
    "times.nine-months": Expression(r"\bnine months\b", CASELESS),
    "times.due": Expression(
        r"\b(?:due|matur\w+|redeem\w+|expir\w+|convertible|into|beyond|term|after)\b"
        r"[^.;]{0,40}$",
        CASELESS,
    ),
    # A happening whose days are known, and times beside it
    "times.ago": Expression(r"\b(\w+|\d+) (day|week|month|year)s? ago\b", CASELESS),
    "times.so-long-after": Expression(r"\b(\w+) (day|week|month)s? after (?:the )?$"),
    "times.last-unit": Expression(r"(?i)last (\w+)"),
    "times.happening": Expression(
        r"\b(?:invasion|earthquake|quake|summit|bombings?|genocide|coup|hurricane|crash"
        r"|takeover|accords?|handover|referendum|tsunami|siege|explosion)\b"
    ),
    "times.foretold": Expression(
        r"\b(?:next|upcoming|planned|coming|proposed|scheduled|ahead of|before"
        r"|a possible"
        r"|threat of|threaten\w*|fear\w* of) (?:an? |the |\w+['’]s |\w+ )?$"
    ),
    "times.cut-short": Expression(r"\b(?:u\.s|u\.n|sept|oct|jan|aug)\."),
    # Somebody in office, his age and birthday
    "times.no-name": Expression(
        rf"{WEEKDAY}|[A-Z]+$|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    ),
    "times.not-in-office": Expression(
        r"\b(?:former|late|ex|then|deputy|vice|ousted|deposed|future|acting|says"
        r"|assistant"
        r"|under|elect|a|if|would-be|potential|company|bank|college|university)[- ]$",
        CASELESS,
    ),
    "times.acts-in-office": Expression(
        r",? (?:said|says|told reporters|has said|will|is expected|plans|arrives"
        r"|is to)\b",
        CASELESS,
    ),
    "times.on-a-day": Expression(
        rf"\b(?:{WEEKDAY}|today|yesterday|tonight|this (?:week|weekend|morning"
        rf"|month))\b",
        CASELESS,
    ),
    "times.acted-in-office": Expression(
        r",? (?:met|is|has|have|are|arrived|left|visited|warned|urged|called|rejected"
        r"|accused|vowed|ordered|announced|welcomed|condemned|pledged|promised"
        r"|agreed|flew"
        r"|held|insisted|added|described|dismissed|defended|appealed|demanded"
        r"|opened)\b",
        CASELESS,
    ),
    "times.out-of-office": Expression(
        r"\b(?:assassin\w{0,6}|killed|death|died|murder\w{0,4}|ousted"
        r"|overthr\w{1,5}|coup"
        r"|deposed|toppled|exiled?|shot|widow|would|could|under|by|appointed|like"
        r"|successor"
        r"|succeeded|predecessor|former|late|then)\b",
        CASELESS,
    ),
    "times.owner": Expression(r"(?:’s)?(?:'s)?$"),
    "times.aged": Expression(r"((?:[A-Z][\w.'’-]{1,20} ){0,3}[A-Z][\w'’-]{1,20}), (\d{2}),"),
    "times.aged-first": Expression(r"\b(\d{2})-year-old ((?:[A-Z][\w.'’-]{1,20} ?){1,5})"),
    "times.birthday": Expression(
        r"((?:[A-Z][\w.-]{1,20} ){0,2}[A-Z][\w.-]{1,20})['’]s "
        r"(?:\d{1,3}(?:st|nd|rd|th) )?birthday"
    ),
    # What has its name from one day to another, told as there or as gone
    "times.still-there": Expression(
        r"(?: \w+){0,3} (?:said|says|will|has|have|is|are|plans?|expects?|analysts?"
        r"|shares"
        r"|spokes\w+|officials?|officers?|inc\.?|co\.?|corp\.?)\b"
    ),
    "times.passed": Expression(
        r"(?:\b(?:former|then|past|previous|losing|defeated)|\d{4}|-time) (?:\w+ )?$"
    ),
    "times.gone": Expression(
        r"\b(?:former\w*|late|then|old|ex|once|collapse\w*|fall|break-?up|broke|end"
        r"|ended"
        r"|defunct|bankrupt\w*|merge[dr]\w*|since|was|were|had|cold war|era|years?)\b"
    ),
    "times.in-year": Expression(r"\bin (\d{4})\b"),
}

# The conventions of wire copy in English: days, bylines, credits, notes, ends.
MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
    r"|(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)[A-Z]{0,6}\.?"
)
WIRE = {
    "wire.day": Expression(
        rf"^(?:(?:{MONTH}) \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} (?:{MONTH})(?: \d{{2,4}})?"
        r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$"
    ),
    "wire.byline": Expression(
        r"^[Bb][Yy]:? (?!the )([A-Z][\w.'’-]+(?: [\w.'’-]+){0,6})(?:,? .{0,80})?$"
    ),
    "wire.credit": Expression(
        r"^[—–_*\s(\[]*(?:(?:(?:the )?associated press|ap|reuters|afp|staff|news)\s*)?"
        r"(?:(?:staff )?(?:writers?|reporters?|correspondents?|journalists?"
        r"|producers?)\b"
        r".{0,300}\b(?:contributed|reported)\b"
        r"|.{0,200}\bcontributed to this (?:report|story|article)"
        r"|\(?(?:additional )?(?:reporting|writing|editing|compiled) by\b"
        r"|with (?:reporting|files) (?:by|from)\b|\(?(?:©|copyright\b|\(c\) ))",
        CASELESS,
    ),
    "wire.helper": Expression(
        r"(?:writers?|reporters?|correspondents?|[Rr]eporting by|REPORTING BY)\s+"
        r"((?:[A-Z][\w.'’-]+ ){0,3}[A-Z][\w'’-]+(?:(?:, | and |, and )"
        r"(?:[A-Z][\w.'’-]+ ){0,3}[A-Z][\w'’-]+){0,8})"
    ),
    "wire.correction": Expression(
        r"^\(?(?:correct(?:ion|s|ed)\b|clarification\b|this (?:version|story) correct"
        r"|(?:the|this) (?:story|item|report) (?:has been|was) correct)",
        CASELESS,
    ),
    "wire.note": Expression(
        r"^(?:\(?eds?(?:itors?)?['’]?s?(?: note)?s?\s?[:;]|\(?editor['’]s note"
        r"|\(?\d(?:st|nd|rd|th) "
        r"(?:ld|lead)\b|\(?(?:updates?|recasts?|adds?) (?:with|throughout|lead|to)\b"
        r"|urgent$|bulletin$|for release |stand[- ]?alone|attn\b)",
        CASELESS,
    ),
    "wire.end": Expression(
        r"^(?:[—–_*#=~.\s-]{2,}|-?\s?30\s?-?|\(?ENDS?\)?\.?|\(?MORE\)?|XXX|NNNN"
        r"|/[A-Za-z.]{2,12}/?)$"
    ),
    "wire.stamp": Expression(
        rf"(?:(?P<m>{MONTH}) (?P<d>\d{{1,2}})|(?P<e>\d{{1,2}}) (?P<n>{MONTH}))"
        r"(?:,? (?P<y>\d{4}))?"
    ),
    "wire.and": Expression(r", and | and |, "),
}


def compile_patterns(senses: Mapping[str, Mapping[str, str]]) -> Compiled:
    """Return all patterns; those of quantities know what words of numbers mean."""
    small = ACTIONS | ACTORS | ATTRIBUTION | CAST | MERGE | PLACES
    return Compiled(small | TIMES | WIRE | quantity_patterns(senses))


def quantity_patterns(senses: Mapping[str, Mapping[str, str]]) -> dict[str, Expression]:
    """Return how quantities are told: numbers, sums, tolls, nought."""

    def of(name: str, least: int = 0, most: int = 0) -> str:
        """Return a pattern of the words of a class, or of those that mean so much."""
        pairs = senses[f"quantities.{name}"].items()
        return "|".join(w for w, n in pairs if not most or least <= int(n) <= most)

    one = (
        rf"(?:(?:{of('numeral', 20, 90)})-(?:{of('numeral', 1, 19)})"
        rf"|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?"
        rf"|\d+(?:\.\d+)?|{of('numeral')}|{of('scale')})"
    )
    scaled = "|".join(f"(?<={scale} )and " for scale in senses["quantities.scale"])
    figure = rf"{one}(?:(?: |-(?!\d))(?:{scaled}|)(?:{one})(?![\d-])){{0,6}}"
    return {
        "quantities.number": Expression(
            rf"(?<![\w.$-])(?P<bound>(?:{of('bound')}) )?(?P<between>between )?"
            rf"(?:(?P<half>half a )?(?P<a>an? )?(?P<first>{figure})"
            rf"(?:(?: to |-| and (?=\S+ )|–)(?P<second>{figure}))?"
            rf"|(?P<vague>{of('vague')}))(?![\w%])",
            re.IGNORECASE,
        ),
        "quantities.range": Expression(r" to |[-–]"),  # from the one to the other
        # Sums of money, in figures with a sign, or the currency that follows a number
        "quantities.sum": Expression(
            rf"(?:\b(?P<bound>{of('bound')}) )?"
            r"(?P<unit>US\$|[$€£¥]|dlrs |rs\.? )\s?(?P<value>\d[\d,]*(?:\.\d+)?)"
            rf"(?: ?(?P<scale>{of('money-scale')}))?\b",
            re.IGNORECASE,
        ),
        "quantities.currency": Expression(
            r" (?:U\.?S\.? )?((?i:dollar|euro|pound|rupee|yen|yuan|franc|mark|ruble"
            r"|rouble|peso"
            r"|shekel|dlr))[Ss]*(?![A-Za-z])"
        ),
        "quantities.in-prices": Expression(r"in "),  # "in 2024 dollars"
        # A toll of many acts, or what one act's toll is said to come to
        "quantities.toll": Expression(
            r"\btoll\b|(?:^|\bthe (?:[\w-]+ )?)number of\b|\btotal of\b", re.IGNORECASE
        ),
        "quantities.deaths": Expression(
            r"\b(?:death toll|toll|number of (?:the )?(?:dead|deaths|fatalities"
            r"|killed))\b",
            re.IGNORECASE,
        ),
        "quantities.stands-at": Expression(r"\b(?:to|at|of|is|was|stands) $"),
        "quantities.toll-of": Expression(r"\b(?:in|from|of) (?:\w+(?:'s|’s)? ){0,3}\Z"),
        "quantities.lately": Expression(
            r"\bsince (?:\d{4}|[A-Z][a-z]+|the)|\bthis (?:year|month|week)\b", re.IGNORECASE
        ),
        "quantities.since": Expression(
            r"\bso far\b|\bin \d{4} alone\b|\bin all\b"
            r"|\b(?:has|have) (?:claimed (?!responsib)|been displaced\b)"
            r"|\bover the (?:past|last)\b|\bin total\b|\baltogether\b"
            r"|\b(?:raised|brought|raising|bringing|took|takes|taking|pushed)"
            r" (?:to \d|the (?:[\w-]+ ){0,3}(?:toll|number|total|tally|count|figure))",
            re.IGNORECASE,
        ),
        "quantities.nought": Expression(
            r"\b(?:no|without)(?: \w+)? (casualties|deaths|injuries|fatalities)\b"
            r"|\b(?:nobody|no one|no-one|none of \w+"
            r"|neither of [\w ]{1,20}?) (?:was|were)"
            r" (?:reported )?(killed|hurt|injured|wounded|arrested)\b",
            re.IGNORECASE,
        ),
        # What stands beside a number that counts nobody by itself
        "quantities.measured": Expression(r"-year| year|th |st |nd |rd |%|:"),
        "quantities.included": Expression(
            r"(?:includ\w+|among them|of whom|aged?)(?: at least)? $"
        ),
        "quantities.of-year": Expression(r"\b(?:in|of|since) $"),
        "quantities.part": Expression(r" of (?:them|whom)\b| of (?:the|his|their|those) \w+ed\b"),
        "quantities.strong": Expression(r"-strong"),  # "a 200-strong force"
    }
