"""The columns of flat files: name, kind of value, and what it says. Docs come of it."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "int", "float", "day"]
COUNTED = tuple("killed injured arrested abducted displaced crowd troops".split())


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a flat file."""

    name: str
    kind: Kind
    words: str


def parse_column_table(table: str) -> tuple[Column, ...]:
    """Return columns from lines of name, kind and words."""
    lines = [line.split(maxsplit=2) for line in table.splitlines() if line]
    return tuple(Column(name, kind, words) for name, kind, words in lines)  # type: ignore[arg-type]


PARTIES = "".join(
    f"""
{side}_names text names, parted by semicolons, of {who}
{side}_words text the report's own words for them
{side}_countries text their states, ISO-3166 alpha-3 (KOS for Kosovo)
{side}_others text codes of those that are no state's: IGO UNO EUR NGO ISM IMG MNC
{side}_sectors text their sectors, the primary one of each first"""
    for side, who in (("actor", "who acts"), ("recipient", "whom it is done to"))
)
WHEN_WHERE = """
when_from day first day on which it may have happened
when_to day last day
when_precision text day, week, month, season, year or range
day_or_published day that first day, or the day of publication where there is none
day_is text what that day is: told, told_elsewhere, inferred, published, unknown
no_day text the rule by which no day is known
background text yes: a war or a history of before, no news of its report
where_name text place
where_country text its state, ISO-3166 alpha-3
where_admin1 text its province
where_admin2 text its district
lat float latitude in degrees
lon float longitude in degrees
geonameid int number in GeoNames
where_precision text site, city, admin2, admin1, country or region: never finer
"""
CLAIM = parse_column_table(
    """
report text id of the report
published day day (or moment) of publication, where told
outlet text who published it
title text headline
url text address
id text id of the claim
event text id of the happening it tells
type text event type as the ontology files it
deed text the act itself
mode text modes, parted by semicolons
contexts text contexts
cameo text CAMEO code that stands beside it
quad text verbal or material, cooperation or conflict
score float conflict (-10) to cooperation (10)
status text happened, ongoing, planned, expected, possible … as the text says
auxiliary text PLOVER's auxiliary mode: future, hypothetical, negation, historical"""
    + PARTIES
    + WHEN_WHERE
    + "\n".join(
        f"{what} float how many in this act: the best figure" for what in COUNTED
    )
    + """
killed_low float lowest figure told
killed_high float highest figure told
injured_low float lowest figure told
injured_high float highest figure told
money float sum of money in this act
money_unit text its currency
said_by text speakers, outermost first, parted by >; empty: the report itself
confidence float probability that type and both parties are right
reader text who decided: own, model, both alike, or differ (the model's answer stands)
trigger text words of the act
evidence text clause that tells it
start int where the trigger starts in the report's text
end int where it ends
"""
)
EVENT = parse_column_table(
    """
event text id of the happening
type text event type as the ontology files it
deed text the act itself
status text happened, ongoing, planned … as the surest claim has it
confidence float probability that type and parties are right
mode text modes
cameo text CAMEO code
quad text verbal or material, cooperation or conflict
score float conflict (-10) to cooperation (10)"""
    + PARTIES
    + WHEN_WHERE
    + "".join(
        f"\n{what}_{end} float {words} told by any claim"
        for what in ("killed", "injured", "arrested", "crowd")
        for end, words in (
            ("low", "lowest figure"),
            ("best", "last figure"),
            ("high", "highest figure"),
        )
    )
    + """
claims int how many claims tell it
reports int how many reports
outlets int how many outlets
origins int how many independent origins: read this, not the number of reports
first_told day first publication
last_told day last publication
report_ids text ids of the reports
"""
)
REPORT = parse_column_table(
    """
id text id of the report
published text day or moment of publication, where told
dated_from day first day that it may be of
dated_to day last day
outlet text who published it
title text headline
url text address
language text code of its language
agency text agency credited
byline text author
dateline text place and day that it opens with
text text the report, unchanged
"""
)
