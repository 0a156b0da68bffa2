"""CAMEO events and mentions in GDELT's columns, with the number of origins beside."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from dateline.export.columns import BEYOND_STATES
from dateline.export.crosswalk import country, name_of, quad_number
from dateline.export.events import CODED, name_voices
from dateline.export.polecat import party_pairs
from dateline.export.source import Given, Record, Told, surest_telling
from dateline.export.table import write_rows
from dateline.model.atomic_write import write_aside

ACTOR = (
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code"
    " Type1Code Type2Code Type3Code"
).split()
GEO = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID".split()
EVENTS = [
    *"GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split(),
    *(f"Actor{n}{name}" for n in (1, 2) for name in ACTOR),
    *"IsRootEvent EventCode EventBaseCode EventRootCode QuadClass".split(),
    *"GoldsteinScale NumMentions NumSources NumArticles AvgTone".split(),
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in GEO),
    *"DATEADDED SOURCEURL NumOrigins DatelineEvent".split(),
    *"DatelineConfidence DatelineStatus DatelineSaidBy DatelineDayIs".split(),
]
MENTIONS = (
    "GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName"
    " MentionIdentifier SentenceID Actor1CharOffset Actor2CharOffset ActionCharOffset"
    " InRawText Confidence MentionDocLen MentionDocTone MentionDocTranslationInfo"
    " Extras DatelineClaim DatelineStatus"
).split()


def write(given: Given, out: Path) -> None:
    """Write events to a file and the mentions of each to `NAME.mentions.ENDING`."""
    beside = out.with_name(f"{out.stem}.mentions{out.suffix}")
    with ExitStack() as stack:
        paths = [stack.enter_context(write_aside(path)) for path in (beside, out)]
        first, second = (
            stack.enter_context(path.open("w", encoding="utf-8", newline="")) for path in paths
        )
        write_rows(second, EVENTS, gdelt_events(given), tabs=True, raw=given.raw)
        write_rows(first, MENTIONS, gdelt_mentions(given), tabs=True, raw=given.raw)


def gdelt_events(given: Given) -> Iterator[Record]:
    """Yield a row for each event that came about or is to come."""
    for event, told in given.dated_events():
        if event["status"] in CODED:
            yield gdelt_event_row(event, told)
        else:
            given.left_out(event["event"], event["status"])


def gdelt_event_row(event: Record, told: list[Told]) -> Record:
    """Return one event under GDELT's names; what we do not know is empty."""
    claim, head = surest_telling(event, told)
    first, second = party_pairs(event)[0]
    heads = [head for _, head in told]
    # The first day that it may have happened on.
    day = event["when"]["from"] or event["when"]["to"]
    year, month, date = map(int, day.split("-"))
    return {
        **dict.fromkeys(EVENTS),
        "GLOBALEVENTID": stable_event_number(event["event"]),
        "SQLDATE": day.replace("-", ""),
        "MonthYear": f"{year}{month:02}",
        "Year": year,
        "FractionDate": f"{year + (month * 30 + date) / 365:.4f}",
        **gdelt_actor(1, first),
        **gdelt_actor(2, second),
        # Some telling stands near the head of its report.
        "IsRootEvent": int(any(c["trigger"]["start"] < 300 for c, _ in told)),
        "EventCode": claim["cameo"],
        "EventBaseCode": claim["cameo"][:3],
        "EventRootCode": claim["cameo"][:2],
        "QuadClass": quad_number(claim["quad"]),
        "GoldsteinScale": claim["score"],
        "NumMentions": len(event["claims"]),
        "NumSources": event["outlets"],
        "NumArticles": len(event["reports"]),
        **gdelt_place(event["where"]),
        "DATEADDED": first_mention_stamp(heads)[:8],
        "SOURCEURL": next((h["url"] for h in (head, *heads) if h["url"]), ""),
        "NumOrigins": event["origins"],
        "DatelineEvent": event["event"],
        "DatelineConfidence": event["confidence"],
        "DatelineStatus": event["status"],
        "DatelineSaidBy": name_voices(told),
        "DatelineDayIs": event["day_is"],
    }


def stable_event_number(name: str) -> int:
    """Return the number that stands for an event, the same on every machine."""
    raw = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(raw, "big") >> 11


def gdelt_actor(side: int, who: Record | None) -> Record:
    """Return the columns of one actor under CAMEO's codes."""
    if who is None:
        return {}
    code = who["country"] or ""
    types = who["sector"][:3] if code not in BEYOND_STATES else [code, *who["sector"][:2]]
    state = "" if code in BEYOND_STATES else code
    row = {"Code": f"{state}{''.join(types)}", "Name": who["name"] or who["text"]}
    row |= {"CountryCode": state}
    row |= {f"Type{n}Code": kind for n, kind in enumerate(types, 1)}
    return {f"Actor{side}{name}": value for name, value in row.items()}


def gdelt_place(where: Record | None) -> Record:
    """Return the columns of the action's place, in FIPS and GDELT's classes."""
    if not where:
        return {}
    american = where["country"] == "USA"
    classes = {"country": 1, "admin1": 2 if american else 5}
    classes |= {"city": 3 if american else 4, "site": 3 if american else 4}
    parts = (where["name"], where["admin1"], name_of(where["country"]))
    fips = country(where["country"] or "")["fips"]
    row = {
        "Type": classes.get(where["precision"], ""),
        "FullName": ", ".join(dict.fromkeys(filter(None, parts))),
        "CountryCode": fips,
        "Lat": where["lat"],
        "Long": where["lon"],
        "FeatureID": where["geonameid"],
    }
    return {f"ActionGeo_{name}": value for name, value in row.items()}


def gdelt_mentions(given: Given) -> Iterator[Record]:
    """Yield a row for each claim: one report telling one event once."""
    for event, told in given.dated_events():
        if event["status"] not in CODED:
            continue
        began = first_mention_stamp([head for _, head in told])
        for claim, head in told:
            first, second = (
                claim[side][0]["start"] if claim[side] else None
                for side in ("actors", "recipients")
            )
            yield {
                **dict.fromkeys(MENTIONS),
                "GLOBALEVENTID": stable_event_number(event["event"]),
                "EventTimeDate": began,
                "MentionTimeDate": utc_stamp(head["published"]),
                "MentionType": 1 if head["url"] else 2,
                "MentionSourceName": head["outlet"],
                "MentionIdentifier": head["url"] or claim["report"],
                "Actor1CharOffset": first,
                "Actor2CharOffset": second,
                "ActionCharOffset": claim["trigger"]["start"],
                "InRawText": 1,
                "Confidence": round(100 * claim["confidence"]),
                "DatelineClaim": claim["id"],
                "DatelineStatus": claim["status"],
            }


def first_mention_stamp(heads: list[Record]) -> str:
    """Return when an event was first told, as the stamps of its mentions are.

    A day alone begins at its midnight: no mention comes before its event.
    """
    return min(filter(None, (utc_stamp(head["published"]) for head in heads)), default="")


def utc_stamp(moment: str | None) -> str:
    """Return a moment in UTC as fourteen digits, as far as it is told.

    >>> utc_stamp("2019-01-08T23:30:00-05:00"), utc_stamp("2019-01-08")
    ('20190109043000', '20190108000000')
    """
    told = datetime.fromisoformat(moment) if moment else None
    if moment and told and told.tzinfo:
        moment = told.astimezone(UTC).isoformat()
    digits = "".join(c for c in (moment or "")[:19] if c.isdigit())
    return digits.ljust(14, "0") if digits else ""
