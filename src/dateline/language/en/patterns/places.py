"""How names of places stand in a text: parts, containers, seats of government."""

import re

from dateline.language.en.patterns import Expression

# "northern Mali", "the city of Mosul"
PART = Expression(
    r"^(?:(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)"
    r"(?:ern)?|central|downtown|midtown|uptown|upper|lower|greater|inner|mainland"
    r"|metro(?:politan)?|rural|suburban|eastern|western|old|occupied|nearby"
    r"|(?:the )?(?:city|town|village|state|province|county|port|republic|kingdom"
    r"|district|township|department|borough) of)[ -](?=\S)",
    re.IGNORECASE,
)
# what holds a place, after its name: ", Texas", "in the Netherlands"
CONTAINER = Expression(
    r"^(?:,| \(| in| near|, in)\s{1,3}(?P<name>(?:the )?[A-Z][\w.'’&-]{0,30}"
    r"(?:\s[A-Z][\w.'’-]{1,30}){0,3})"
)
# what stands between a place and the one that holds it
BESIDE = Expression(r"^(?:,|\s?\(|,? in|,? near)?\s{0,2}$")
# "the Ethiopian capital", "Somalia's capital"
CAPITAL = Expression(
    r"\b(?:the |The )(?P<whose>[A-Z][A-Za-z]{2,20}(?: [A-Z][a-z]{2,20}){0,2})"
    r" (?:capital|Capital)\b(?!,? [A-Z]| (?:of|city|market|punishment|gains))"
    r"|\b(?P<state>[A-Z][A-Za-z]{2,20}(?: [A-Z][a-z]{2,20}){0,2})['’]s capital\b"
    r"(?!,? [A-Z]| (?:city|market|punishment|gains))"
)
