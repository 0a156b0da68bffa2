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
from dateline.resources.reference.countries import countries
from dateline.resources.reference.sectors import NONSTATE, load_sectors
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
COUNTED = ("killed injured arrested abducted displaced crowd troops money weapons other").split()
PLACE = re.compile(r"(?:(?P<name>.+?),\s*)?(?P<country>[A-Z]{3}|\?)(?:\s*\((?P<p>.+)\))?")
COUNT = re.compile(
    r"(?P<what>[a-z]+)\s+(?P<sign>>=|<=|~|)(?P<low>\d+(?:\.\d+)?)"
    r"(?:\s*-\s*(?P<high>\d+(?:\.\d+)?))?"
)
BOUNDS = {">=": "at least", "<=": "at most", "~": "about", "": "exact"}
NOWHERE: Record = {"text": None, "start": None, "end": None}


class Unread(StoreError):
    """What a person wrote that cannot be read as an answer."""


@dataclass(frozen=True, slots=True)
class About:
    """What reading an answer needs to know: the report's text, and the ontology."""

    text: str
    book: Any


def known_word(what: str, told: str, known: Any) -> str:
    """Return a word that is known, or tell those that are."""
    if told not in known:
        raise Unread(f"no {what} {told!r}: there are {', '.join(known)}")
    return told


def tidy_answer(words: str | None) -> str:
    """Return words on one line without the signs that part answers."""
    return " ".join(re.sub(r"[();=]", " ", words or "").split())


def nearest_words(words: str, claim: Record, text: str) -> Record:
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


def why_read(at: Record) -> Record:
    """Return the reason of an answer that a person gave, with the words it names."""
    return {"rule": RULE, "start": at["start"], "end": at["end"]}


def write_answer(question: str, claim: Record) -> str:
    """Return a claim's answer to a question, as a person would write it."""
    return WRITE[question](claim[question])


def read_answer(question: str, told: str, claim: Record, about: About) -> Any:
    """Return what a person wrote as an answer in contract form.

    Raises Unread with what is wrong.
    """
    if question not in READ:
        raise Unread(f"no question {question!r}: there are {', '.join(QUESTIONS)}")
    return READ[question](" ".join(told.split()), claim, about)


def read_type(told: str, _claim: Record, about: About) -> str:
    """Read an event type of the ontology."""
    return known_word("type", told.upper(), list(about.book.types))


def read_mode(told: str, _claim: Record, about: About) -> list[str]:
    """Read modes of the ontology, parted by blanks or commas."""
    known = sorted({mode.name for mode in about.book.modes})
    return [known_word("mode", m.lower(), known) for m in told.replace(",", " ").split()]


def read_status(told: str, _claim: Record, _about: About) -> str:
    """Read a status."""
    return known_word("status", told.lower(), STATUSES)


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
    last = last if dots else first
    low = read_reviewed_day(first, first=True) if first else None
    high = read_reviewed_day(last, first=False) if last else None
    if low and high and high < low:
        raise Unread(f"{told!r} ends before it begins")
    ends = {"from": low and low.isoformat(), "to": high and high.isoformat()}
    grain = interval_grain(low, high)
    return {**ends, "precision": grain, **NOWHERE, "why": why_read(NOWHERE)}


def read_reviewed_day(told: str, first: bool) -> date:
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


def interval_grain(low: date | None, high: date | None) -> str:
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


def write_party(who: Record) -> str:
    """Write one party: words, its name where that is another, and its codes."""
    words = tidy_answer(who["text"]) or "-"
    name = tidy_answer(who["name"] or "")
    told = f"{words} ({name})" if name and name != words else words
    codes = [who["country"] or "?", *who["sector"]]
    return f"{told} = {' '.join(codes)}"


def read_parties(side: str) -> Callable[[str, Record, About], list[Record]]:
    """Return what reads the parties of a side."""

    def parties(told: str, claim: Record, about: About) -> list[Record]:
        known = {write_party(who): who for who in claim[side]}
        written = [part.strip() for part in told.split(";") if part.strip()]
        return [known.get(part) or read_party(part, claim, about) for part in written]

    return parties


def read_party(told: str, claim: Record, about: About) -> Record:
    """Read one party; its words are looked for nearest to the act."""
    named, known_by, after = told.partition("=")
    if not known_by:
        raise Unread(f"{told!r} is no party: write words = COUNTRY SECTOR")
    words, _, called = named.strip().removesuffix(")").partition("(")
    words, codes = words.strip(), after.upper().split()
    country = read_country(codes[0]) if codes else None
    kinds = [known_word("sector", code, sorted(load_sectors())) for code in codes[1:]]
    at: Record = {**NOWHERE, "implied": True}
    if words not in ("", "-"):
        at = nearest_words(words, claim, about.text)
    name = called.strip() or at["text"]
    known = {"country": country, "sector": kinds, "entity": None}
    answer = "resolved" if country else "unknown"
    return {**at, "name": name, **known, "answer": answer, "why": why_read(at)}


def read_country(code: str) -> str | None:
    """Return a country's code, or one beyond states; None for a question mark."""
    if code == "?":
        return None
    found = countries().by_code(code)
    if code in NONSTATE or (found and found.answers == code):
        return code
    raise Unread(f"no country {code!r}: ISO codes, {', '.join(sorted(NONSTATE))}, or ?")


def write_where(where: Record | None) -> str:
    """Write a place with its country and how precise it is."""
    if not where:
        return ""
    name = tidy_answer(where["name"])
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
    country = read_country(found["country"])
    kind = found["p"] or ("city" if found["name"] else "country")
    known_word("precision", kind, PRECISE)
    nowhere = ("admin1", "admin2", "lat", "lon", "geonameid", "feature_code")
    name = found["name"] or countries().name_of(found["country"])
    known = {"name": name, "country": country, **dict.fromkeys(nowhere)}
    return {**known, "precision": kind, **NOWHERE, "why": why_read(NOWHERE)}


def write_chain(says: list[Record]) -> str:
    """Write the chain of speakers, the outermost first."""
    return " > ".join(tidy_answer(s["name"] or s["text"]).replace(">", "") for s in says)


def read_chain(told: str, claim: Record, about: About) -> list[Record]:
    """Read a chain of speakers; nothing is the report's own voice."""
    known = {write_chain([s]): s for s in claim["said_by"]}
    found = []
    for name in filter(None, map(str.strip, told.split(">"))):
        if name not in known:  # by the words that name it there, or by name alone
            try:
                at = nearest_words(name, claim, about.text)
            except Unread:
                at = {**NOWHERE, "text": name}
            codes: Record = {"country": None, "sector": [], "entity": None}
            known[name] = {**at, "name": name, "kind": "named", **codes}
        found.append(known[name])
    return found


def write_count(many: Record) -> str:
    """Write one count: killed 12; injured 3-5; crowd >=1000."""
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
    return [known.get(part) or read_quantity(part, claim, about) for part in parts]


def read_quantity(told: str, claim: Record, about: About) -> Record:
    """Read one count."""
    found = COUNT.fullmatch(told)
    if not found:
        raise Unread(f"{told!r} is no count: write killed 12, injured 3-5, crowd >=90")
    what = known_word("count", found["what"], COUNTED)
    low, sign = float(found["low"]), found["sign"]
    high = float(found["high"] or low)
    figures: Mapping[str, Any] = {
        "low": None if sign == "<=" else low,
        "best": low if low == high and sign in ("", "~") else None,
        "high": None if sign == ">=" else high,
    }
    try:
        at = nearest_words(found["low"], claim, about.text)
    except Unread:
        at = NOWHERE
    rest = {"bound": BOUNDS[sign], "whose": "", "scope": "this act", "unit": None}
    return {"what": what, **figures, **rest, **at, "why": why_read(at)}


WRITE: dict[str, Callable[[Any], str]] = {
    "type": str,
    "mode": " ".join,
    "status": str,
    "actors": lambda found: "; ".join(map(write_party, found)),
    "recipients": lambda found: "; ".join(map(write_party, found)),
    "when": write_when,
    "where": write_where,
    "said_by": write_chain,
    "quantities": lambda found: "; ".join(map(write_count, found)),
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
