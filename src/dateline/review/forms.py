"""How each answer of a claim is written in one line by a person, and read back.

    type         AID                       mode     humanitarian
    status       planned                   when     2019-01-07..2019-01-10
    actors       Kenya = KEN GOV; - (Kenya's army) = KEN MIL
    where        Mombasa, KEN (city)       said_by  KCNA > the ministry
    quantities   killed 12; injured 3-5; crowd >=1000

A dash stands for a party whom the text implies without words; nothing for nobody.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.model.record import STATUSES
from dateline.reference.countries import countries
from dateline.reference.sectors import NONSTATE, sectors
from dateline.store.errors import StoreError

Record = dict[str, Any]
RULE = "review.decision.v1"
RULES = {
    "review.decision.v1": "a named reviewer gave this answer in place of the program's",
    "review.confirmed.v1": "a named reviewer confirmed this answer",
}
QUESTIONS = (
    "type",
    "mode",
    "status",
    "actors",
    "recipients",
    "when",
    "where",
    "said_by",
    "quantities",
)
PRECISE = ("site", "city", "admin2", "admin1", "country", "region")
COUNTED = (
    "killed injured arrested abducted displaced crowd troops money weapons other"
).split()
PARTY = re.compile(r"(?P<text>[^()=]*?)\s*(?:\((?P<name>[^()]+)\)\s*)?=(?P<codes>.*)")
PLACE = re.compile(
    r"(?:(?P<name>.+?),\s*)?(?P<country>[A-Z]{3}|\?)(?:\s*\((?P<p>.+)\))?"
)
COUNT = re.compile(
    r"(?P<what>[a-z]+)\s+(?P<sign>>=|<=|~|)(?P<low>\d+(?:\.\d+)?)"
    r"(?:\s*-\s*(?P<high>\d+(?:\.\d+)?))?"
)
BOUNDS = {">=": "at least", "<=": "at most", "~": "about", "": "exact"}


class Unread(StoreError):
    """What a person wrote that cannot be read as an answer."""


@dataclass(frozen=True, slots=True)
class About:
    """What reading an answer needs to know: the report's text, and the ontology."""

    text: str
    book: Any


def written(question: str, claim: Record) -> str:
    """Return a claim's answer to a question, as a person would write it."""
    return WRITE[question](claim[question])


def read(question: str, told: str, claim: Record, about: About) -> Any:
    """Return what a person wrote as an answer in contract form.

    Raises Unread with what is wrong.
    """
    if question not in READ:
        raise Unread(f"no question {question!r}: there are {', '.join(QUESTIONS)}")
    return READ[question](" ".join(told.split()), claim, about)


def read_type(told: str, _claim: Record, about: About) -> str:
    """Read an event type of the ontology."""
    return one_of("type", told.upper(), list(about.book.types))


def read_mode(told: str, _claim: Record, about: About) -> list[str]:
    """Read modes of the ontology, parted by blanks or commas."""
    known = sorted({mode.name for mode in about.book.modes})
    return [one_of("mode", m.lower(), known) for m in told.replace(",", " ").split()]


def read_status(told: str, _claim: Record, _about: About) -> str:
    """Read a status."""
    return one_of("status", told.lower(), STATUSES)


def one_of(what: str, told: str, known: Any) -> str:
    """Return a word that is known, or tell those that are."""
    if told not in known:
        raise Unread(f"no {what} {told!r}: there are {', '.join(known)}")
    return told


def write_parties(found: list[Record]) -> str:
    """Write the parties of a side."""
    return "; ".join(map(write_party, found))


def write_party(who: Record) -> str:
    """Write one party: words, its name where that is another, and its codes."""
    words = tidy(who["text"]) or "-"
    name = tidy(who["name"] or "")
    told = f"{words} ({name})" if name and name != words else words
    codes = [who["country"] or "?", *who["sector"]]
    return f"{told} = {' '.join(codes)}"


def tidy(words: str | None) -> str:
    """Return words on one line without the signs that part answers."""
    return " ".join(re.sub(r"[();=]", " ", words or "").split())


def read_parties(side: str) -> Callable[[str, Record, About], list[Record]]:
    """Return what reads the parties of a side."""

    def parties(told: str, claim: Record, about: About) -> list[Record]:
        known = {write_party(who): who for who in claim[side]}
        written = [part.strip() for part in told.split(";") if part.strip()]
        return [known.get(part) or read_party(part, claim, about) for part in written]

    return parties


def read_party(told: str, claim: Record, about: About) -> Record:
    """Read one party; its words are looked for nearest to the act."""
    found = PARTY.fullmatch(told)
    if not found:
        raise Unread(f"{told!r} is no party: write words = COUNTRY SECTOR")
    words = found["text"].strip()
    codes = found["codes"].upper().split()
    country = land(codes[0]) if codes else None
    kinds = [one_of("sector", code, sorted(sectors())) for code in codes[1:]]
    at = implied() if words in ("", "-") else nearest(words, claim, about.text)
    name = (found["name"] or "").strip() or at["text"]
    why = {"rule": RULE, "start": at["start"], "end": at["end"]}
    known = {"country": country, "sector": kinds, "entity": None}
    answer = "resolved" if country else "unknown"
    return {**at, "name": name, **known, "answer": answer, "why": why}


def implied() -> Record:
    """Return the place in a text of somebody whom no words name."""
    return {"text": None, "start": None, "end": None, "implied": True}


def land(code: str) -> str | None:
    """Return a country's code, or one beyond states; None for a question mark."""
    if code == "?":
        return None
    found = countries().by_code(code)
    if code in NONSTATE or (found and found.answers == code):
        return code
    raise Unread(f"no country {code!r}: ISO codes, {', '.join(sorted(NONSTATE))}, or ?")


def nearest(words: str, claim: Record, text: str) -> Record:
    """Return where words stand in a text, nearest to the act.

    Raises Unread where they do not.
    """
    loose = r"\s+".join(map(re.escape, words.split()))
    loose = rf"(?<!\w){loose}(?!\w)"
    start = claim["trigger"]["start"] or 0
    places = [match.span() for match in re.finditer(loose, text)]
    if not places:
        raise Unread(f"{words!r} does not stand in the report: - for whom it implies")
    first, last = min(places, key=lambda at: abs(at[0] - start))
    return {"text": text[first:last], "start": first, "end": last}


def write_when(when: Record | None) -> str:
    """Write an interval of days."""
    if not when:
        return ""
    first, last = when["from"] or "", when["to"] or ""
    return first if first == last else f"{first}..{last}"


def read_when(told: str, claim: Record, _about: About) -> Record | None:
    """Read a day, a month, a year, or an interval with dots; nothing is no time."""
    if not told:
        return None
    if told == write_when(claim.get("when")):
        same: Record = claim["when"]
        return same
    first, dots, last = told.partition("..")
    low = day(first, first=True) if first else None
    high = day(last if dots else first, first=False) if last or not dots else None
    if low and high and high < low:
        raise Unread(f"{told!r} ends before it begins")
    ends = {"from": low and low.isoformat(), "to": high and high.isoformat()}
    at = {"text": None, "start": None, "end": None}
    why = {"rule": RULE, "start": None, "end": None}
    return {**ends, "precision": grain(low, high), **at, "why": why}


def day(told: str, first: bool) -> date:
    """Return a day, or the first or last one of a month or year."""
    try:
        parts = [int(part) for part in told.strip().split("-")]
        year, month, of = [*parts, 0, 0][:3]
        if len(parts) > 3:
            raise ValueError(told)
        month = month or (1 if first else 12)
        return date(year, month, of or (1 if first else monthrange(year, month)[1]))
    except (ValueError, IndexError) as error:
        raise Unread(f"{told!r} is no day like 2019-01-08") from error


def grain(low: date | None, high: date | None) -> str:
    """Return how precise an interval is."""
    if not low or not high:
        return "range"
    if low == high:
        return "day"
    ends = (low.month, low.day), (high.month, high.day)
    if low.year == high.year and ends == ((1, 1), (12, 31)):
        return "year"
    month = (low.year, low.month) == (high.year, high.month) and low.day == 1
    if month and high.day == monthrange(high.year, high.month)[1]:
        return "month"
    return "week" if (high - low).days == 6 else "range"


def write_where(where: Record | None) -> str:
    """Write a place with its country and how precise it is."""
    if not where:
        return ""
    name = tidy(where["name"])
    return f"{name}, {where['country'] or '?'} ({where['precision']})"


def read_where(told: str, claim: Record, _about: About) -> Record | None:
    """Read a place; nothing is no place, a code alone a country."""
    if not told:
        return None
    if told == write_where(claim.get("where")):
        same: Record = claim["where"]
        return same
    found = PLACE.fullmatch(told)
    if not found:
        raise Unread(f"{told!r} is no place: write name, COUNTRY (precision)")
    country = land(found["country"])
    kind = found["p"] or ("city" if found["name"] else "country")
    one_of("precision", kind, PRECISE)
    nowhere = ("admin1", "admin2", "lat", "lon", "geonameid", "feature_code")
    name = found["name"] or countries().name_of(found["country"])
    at = {"text": None, "start": None, "end": None}
    why = {"rule": RULE, "start": None, "end": None}
    known = {"name": name, "country": country, **dict.fromkeys(nowhere)}
    return {**known, "precision": kind, **at, "why": why}


def write_chain(says: list[Record]) -> str:
    """Write the chain of speakers, the outermost first."""
    return " > ".join(tidy(s["name"] or s["text"]).replace(">", "") for s in says)


def read_chain(told: str, claim: Record, about: About) -> list[Record]:
    """Read a chain of speakers; nothing is the report's own voice."""
    known = {write_chain([s]): s for s in claim["said_by"]}
    names = [name.strip() for name in told.split(">") if name.strip()]
    return [known.get(name) or speaker(name, claim, about) for name in names]


def speaker(name: str, claim: Record, about: About) -> Record:
    """Return a speaker by the words that name it in the report, or by name alone."""
    try:
        at = nearest(name, claim, about.text)
    except Unread:
        at = {"text": name, "start": None, "end": None}
    known: Record = {"country": None, "sector": [], "entity": None}
    return {**at, "name": name, "kind": "named", **known}


def write_counts(found: list[Record]) -> str:
    """Write counts: killed 12; injured 3-5; crowd >=1000."""
    return "; ".join(map(write_count, found))


def write_count(many: Record) -> str:
    """Write one count."""
    sign = {words: sign for sign, words in BOUNDS.items()}.get(many["bound"], "")
    low = many["low"] if many["low"] is not None else many["best"]
    low = many["high"] if low is None else low
    high = many["high"] if many["high"] is not None else low
    ends = f"{low:g}" if low == high or sign else f"{low:g}-{high:g}"
    return f"{many['what']} {sign}{ends}"


def read_counts(told: str, claim: Record, about: About) -> list[Record]:
    """Read counts; nothing is that the act counts nobody."""
    known = {write_count(many): many for many in claim["quantities"]}
    parts = [part.strip() for part in told.split(";") if part.strip()]
    return [known.get(part) or read_count(part, claim, about) for part in parts]


def read_count(told: str, claim: Record, about: About) -> Record:
    """Read one count."""
    found = COUNT.fullmatch(told)
    if not found:
        raise Unread(f"{told!r} is no count: write killed 12, injured 3-5, crowd >=90")
    what = one_of("count", found["what"], COUNTED)
    low, sign = float(found["low"]), found["sign"]
    high = float(found["high"] or low)
    figures: Mapping[str, Any] = {
        "low": None if sign == "<=" else low,
        "best": low if low == high and sign in ("", "~") else None,
        "high": None if sign == ">=" else high,
    }
    try:
        at = nearest(found["low"], claim, about.text)
    except Unread:
        at = {"text": None, "start": None, "end": None}
    why = {"rule": RULE, "start": at["start"], "end": at["end"]}
    rest = {"bound": BOUNDS[sign], "whose": "", "scope": "this act", "unit": None}
    return {"what": what, **figures, **rest, **at, "why": why}


WRITE: dict[str, Callable[[Any], str]] = {
    "type": str,
    "mode": " ".join,
    "status": str,
    "actors": write_parties,
    "recipients": write_parties,
    "when": write_when,
    "where": write_where,
    "said_by": write_chain,
    "quantities": write_counts,
}
READ: dict[str, Callable[[str, Record, About], Any]] = {
    "type": read_type,
    "mode": read_mode,
    "status": read_status,
    "actors": read_parties("actors"),
    "recipients": read_parties("recipients"),
    "when": read_when,
    "where": read_where,
    "said_by": read_chain,
    "quantities": read_counts,
}
