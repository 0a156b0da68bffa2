"""How the words of times and of a report's day stand in a text."""

import re

from dateline.language.en.patterns import Expression

CASELESS = re.IGNORECASE

# A text cut into words, and a phrase of the vocabulary
WORD = Expression(
    r"[aApP]\.\s?[mM]\b\.?|[^\W\d_]\w*|[^\w\s'’`,.;/-]{1,200}"
    r"|(?<![\d.])\d{1,2}\.\d{1,2}\.\d{4}(?!\.?\d)"
    r"|\d{1,4}[/-]\d{1,2}[/-]\d{1,4}(?:T\d{2}:\d{2})?(?!\d)|\d{1,2}:\d{2}(?::\d{2})?"
    r"|\d{3}0['’]?s\b|\d{1,2}(?:st|nd|rd|th)\b"
    r"|\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,9})?|\d{1,9}(?:\.\d{1,9})?(?: 1/2|½)?"
    r"|['’`]\d\ds?\b|['’]s\b|-{2,200}|\n[ \t\r]*\n|[^\w\s]"
)
PHRASE = Expression(r"[ap]\.m\.|['’]s|\w+|-")
NTH = Expression(r"(\d{1,2})(?:st|nd|rd|th)$")
DECADE = Expression(r"(\d{3})0['’]?s$")

# Days that are counted from the day told before them
PART = r"(?:day|night|evening|morning|afternoon)"
NEXT = r"(?! (?:the|a|an|his|her|its|their|he|she|it|they|when|that"
NEXT += r"|yesterday|tomorrow)\b)"
DAY_BEFORE = Expression(rf"\b(?:the|a) {PART} (?:before|earlier)\b{NEXT}", CASELESS)
PREVIOUS_DAY = Expression(rf"\bthe previous {PART}\b", CASELESS)
ON_THE_EVE = Expression(r"\bon the eve of (?:the|his|her|its|their|that)\b", CASELESS)
NEXT_DAY = Expression(rf"\bthe (?:next|following) {PART}\b", CASELESS)
DAY_AFTER = Expression(rf"\b(?:a|the) day (?:later|after)\b{NEXT}", CASELESS)
SAME_DAY = Expression(rf"\b(?:the|that) same {PART}\b", CASELESS)
WITHIN_THE_DAY = Expression(r"\b(?:later|earlier) (?:in|on) the day\b", CASELESS)

# Dates of other calendars
MONTHS = (
    r"Muharram|Safar|Rabi['’]?(?: al-| ul-)?(?:Awwal|Thani|Akhir)?|Jumada(?: al-\w+)?"
    r"|Rajab|Sha['’]?ban|Ramadan|Ramazan|Shawwal|(?:Dhu|Zu)l?[ -](?:al-)?\w{4,8}"
    r"|Farvardin|Ordibehesht|Khordad|Tir|Mordad|Shahrivar|Mehr|Aban|Azar|Dey|Bahman"
    r"|Esfand|Nisan|Iyar|Sivan|Tammuz|Elul|Tishrei|Cheshvan|Kislev|Tevet|Shevat|Adar"
)
OTHER_CALENDAR = Expression(
    rf"\b(?:(?:\d{{1,2}}(?:st|nd|rd|th)?,? (?:of )?(?:{MONTHS})(?:,? \d{{4}})?"
    rf"|(?:{MONTHS}) \d{{1,2}}(?:,? \d{{4}})?|(?:{MONTHS}),? 1[34]\d\d)\b"
    r"(?: ?(?:AH|A\.H\.|H)\b)?"
    r"|1[34]\d\d(?: ?(?:AH|A\.H\.|SH|Hijri)|H)\b|(?:AH|A\.H\.) 1[34]\d\d\b"
    r"|2[45]\d\d ?(?:BE|B\.E\.)|(?:BE|B\.E\.) 2[45]\d\d\b)"
)

# Since when, for how long
PAST_UNITS = Expression(r"(?:the )?(?:past|last)\b")
RECENT_UNITS = Expression(r"(?:recent |the recent).*s", re.DOTALL)
SINCE_CLAUSE = Expression(r"\bsince [^,;:.]+ (?:on|in|of) $", CASELESS)
SINCE_NOUN = Expression(
    r"\bsince (?:the |an? |its |his |her |their |\w+['’]s? )(?:\w+ ){0,2}$", CASELESS
)
AS_OF = Expression(r"\bas of (?:the )?$", CASELESS)

# A day without its year
YEAR_TOLD = Expression(r"\b(?:19|20)\d\d\b|\byear\b")
ANNIVERSARY = Expression(
    r"(?i)(\bfirst |\bsecond |\bthird |\bfourth |\bfifth |\b\d{1,3}(?:st|nd|rd|th) |)"
    r"anniversary of (?:the |an? )?$"
)

# What stands before the date in a header line
MASTHEAD = Expression(
    r"(?i)^(?:\W*(?:published|posted|updated|last updated|date|issued|filed|released"
    r"|first published|pubdate|pub date|created|modified)\b.{0,20}?[:\s]+)?\W*"
)

# Figures of a firm or a state, set against those of a year
YEAR = r"(?P<year>(?:19[5-9]|20[0-4])\d)\b(?!-|[.,]\d)"
QUARTERS = "first|second|third|fourth"
PERIOD = Expression(
    rf"\b(?:the|from|in|its) {YEAR}(?: (?:{QUARTERS}|final|latest))?[ -]"
    r"(?:fiscal )?(?:quarter|period|half|nine[ -]months|six[ -]months)",
    CASELESS,
)
IN_YEAR_EARNED = Expression(
    rf"\b(?<!far )in (?P<fiscal>fiscal )?{YEAR},? (?:the |its )?(?:\w+ ){{1,3}}"
    r"(?:earned|lost|posted|reported|recorded|had|made|generated|totaled|were|was)"
    r" (?:an? )?(?:\w+ ){0,4}(?:[A-Z]{0,2}[$#£¥€]|\d)",
    CASELESS,
)
EARNINGS_IN_YEAR = Expression(
    r"\b(?:earnings|profits?|income|loss|sales|revenues?|deficit|surplus|exports"
    r"|imports|output) (?:of|were|was|totaled|rose|fell)\b[^.;]{0,40}[$#£¥€]"
    rf"[^.;]{{0,30}} in (?P<fiscal>fiscal )?{YEAR}"
    rf"(?!,? (?:{QUARTERS}|quarter|period|half))",
    CASELESS,
)
OF_A_FIRM = Expression(
    r"\b(?:a share|quarter|shareholders?|stock exchange)\b", CASELESS
)
YEAR_AGO = Expression(
    r"\b(?:a year (?:ago|earlier|before)|year[- ](?:ago|earlier)"
    r"|(?:latest|this year['’]s|most recent) (?:\w+ )?(?:quarter|period))\b",
    CASELESS,
)
QUARTER = Expression(
    rf"\b({QUARTERS})[ -](?:fiscal )?quarter\b|\bnine[ -]months\b", CASELESS
)
NINE_MONTHS = Expression(r"\bnine months\b", CASELESS)
DUE = Expression(
    r"\b(?:due|matur\w+|redeem\w+|expir\w+|convertible|into|beyond|term|after)\b"
    r"[^.;]{0,40}$",
    CASELESS,
)

# A happening whose days are known, and times beside it
AGO = Expression(r"\b(\w+|\d+) (day|week|month|year)s? ago\b", CASELESS)
SO_LONG_AFTER = Expression(r"\b(\w+) (day|week|month)s? after (?:the )?$")
LAST_UNIT = Expression(r"(?i)last (\w+)")
HAPPENING = Expression(
    r"\b(?:invasion|earthquake|quake|summit|bombings?|genocide|coup|hurricane|crash"
    r"|takeover|accords?|handover|referendum|tsunami|siege|explosion)\b"
)
FORETOLD = Expression(
    r"\b(?:next|upcoming|planned|coming|proposed|scheduled|ahead of|before|a possible"
    r"|threat of|threaten\w*|fear\w* of) (?:an? |the |\w+['’]s |\w+ )?$"
)
CUT_SHORT = Expression(r"\b(?:u\.s|u\.n|sept|oct|jan|aug)\.")

# Somebody in office, his age and birthday
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
NO_NAME = Expression(
    rf"{WEEKDAY}|[A-Z]+$|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
)
NOT_IN_OFFICE = Expression(
    r"\b(?:former|late|ex|then|deputy|vice|ousted|deposed|future|acting|says|assistant"
    r"|under|elect|a|if|would-be|potential|company|bank|college|university)[- ]$",
    CASELESS,
)
ACTS_IN_OFFICE = Expression(
    r",? (?:said|says|told reporters|has said|will|is expected|plans|arrives|is to)\b",
    CASELESS,
)
ON_A_DAY = Expression(
    rf"\b(?:{WEEKDAY}|today|yesterday|tonight|this (?:week|weekend|morning|month))\b",
    CASELESS,
)
ACTED_IN_OFFICE = Expression(
    r",? (?:met|is|has|have|are|arrived|left|visited|warned|urged|called|rejected"
    r"|accused|vowed|ordered|announced|welcomed|condemned|pledged|promised|agreed|flew"
    r"|held|insisted|added|described|dismissed|defended|appealed|demanded|opened)\b",
    CASELESS,
)
OUT_OF_OFFICE = Expression(
    r"\b(?:assassin\w{0,6}|killed|death|died|murder\w{0,4}|ousted|overthr\w{1,5}|coup"
    r"|deposed|toppled|exiled?|shot|widow|would|could|under|by|appointed|like|successor"
    r"|succeeded|predecessor|former|late|then)\b",
    CASELESS,
)
OWNER = Expression(r"(?:’s)?(?:'s)?$")
AGED = Expression(r"((?:[A-Z][\w.'’-]{1,20} ){0,3}[A-Z][\w'’-]{1,20}), (\d{2}),")
AGED_FIRST = Expression(r"\b(\d{2})-year-old ((?:[A-Z][\w.'’-]{1,20} ?){1,5})")
BIRTHDAY = Expression(
    r"((?:[A-Z][\w.-]{1,20} ){0,2}[A-Z][\w.-]{1,20})['’]s "
    r"(?:\d{1,3}(?:st|nd|rd|th) )?birthday"
)

# What has its name from one day to another, told as there or as gone
STILL_THERE = Expression(
    r"(?: \w+){0,3} (?:said|says|will|has|have|is|are|plans?|expects?|analysts?|shares"
    r"|spokes\w+|officials?|officers?|inc\.?|co\.?|corp\.?)\b"
)
PASSED = Expression(
    r"(?:\b(?:former|then|past|previous|losing|defeated)|\d{4}|-time) (?:\w+ )?$"
)
GONE = Expression(
    r"\b(?:former\w*|late|then|old|ex|once|collapse\w*|fall|break-?up|broke|end|ended"
    r"|defunct|bankrupt\w*|merge[dr]\w*|since|was|were|had|cold war|era|years?)\b"
)
IN_YEAR = Expression(r"\bin (\d{4})\b")
