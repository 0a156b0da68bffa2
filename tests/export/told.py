"""An invented record of some claims, for the tests of every writer."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dateline.export.source import Given, Of, Record, Told

WHY = {"rule": "test.made-up.v1", "start": 0, "end": 1}
HEADS: dict[str, Record] = {
    "wire-1": {
        "outlet": "Global Wire",
        "title": "Blast at market",
        "url": "https://wire.example/1",
        "published": "2025-03-04T09:30:00",
        "language": "en",
    },
    "daily-7": {
        "outlet": "Daily Lake",
        "title": "=HYPERLINK(1)",
        "url": "",
        "published": "2025-03-05",
        "language": "en",
    },
    "radio-2": {"outlet": "", "title": "", "url": "", "published": None, "language": "en"},
}
MOMBASA = ("Mombasa", "KEN", "Mombasa", None, -4.05, 39.66667, 186301, "PPLA", "city")
KISUMU = ("Kisumu County", "KEN", "Kisumu", None, -0.1, 34.75, 191243, "ADM1", "admin1")
EGYPT = ("Egypt", "EGY", None, None, 27.0, 30.0, 357994, "PCLI", "country")
PLACE = "name country admin1 admin2 lat lon geonameid feature_code precision".split()


def at(words: str | None, start: int = 0) -> Record:
    if words is None:
        return {"text": None, "start": None, "end": None}
    return {"text": words, "start": start, "end": start + len(words)}


def who(words: str | None, country: str | None, *sectors: str, **more: Any) -> Record:
    told = {"name": words or "Kenya", "country": country, "sector": list(sectors)}
    implied = {} if words else {"implied": True}
    rest = {"entity": None, "answer": "resolved", "why": WHY}
    return {**at(words, 4), **implied, **told, **rest, **more}


def says(words: str, kind: str = "named", **more: Any) -> Record:
    codes = {"country": None, "sector": [], "entity": None}
    return {**at(words, 60), "name": words, "kind": kind, **codes, **more}


def many(what: str, low: Any, best: Any, high: Any, **more: Any) -> Record:
    told = {"what": what, "low": low, "best": best, "high": high, "bound": "exact"}
    rest = {"whose": "people", "scope": "this act", "unit": None, **at("some", 30)}
    return {**told, **rest, "why": WHY, **more}


def place(told: tuple[Any, ...]) -> Record:
    words = dict(zip(PLACE, told, strict=True))
    return {**words, **at(told[0], 40), "why": WHY}


def days(first: str | None, last: str | None, precision: str = "day") -> Record:
    told = {"from": first, "to": last, "precision": precision}
    how = {"answer": "told", "counted_from": None}
    return {**told, **how, **at("then", 50), "why": WHY}


def claim(report: str, name: str, event: str, kind: str, **more: Any) -> Record:
    told = {
        "report": report,
        "id": name,
        "type": kind,
        "deed": kind,
        "mode": [],
        "contexts": [],
        "cameo": "",
        "quad": "material conflict",
        "score": -9.0,
        "trigger": at("did", 20),
        "evidence": at(f"{name} did so", 10),
        "actors": [],
        "recipients": [],
        "when": None,
        "where": None,
        "places": [],
        "quantities": [],
        "said_by": [],
        "status": "happened",
        "confidence": 0.8,
        "event": event,
        "why": [{"question": "what", **WHY}],
        "background": False,
    }
    if more.get("when") is None:
        none = {"rule": "times.none.v1", "start": None, "end": None}
        told["why"] = [*told["why"], {"question": "when", **none}]
    return told | more


REBELS = who("the Lake Front", None, "REB")
SHOPPERS = who("shoppers", "KEN", "CVL")
KENYA = who("Kenya", "KEN", "GOV", entity="ken-made-up")
EGYPTIAN = who("Egypt's president", "EGY", "GOV", answer="guess")
POLICE = says("police", country="KEN", sector=["COP"])
BLAST = {"mode": ["explosives"], "contexts": ["terrorism"], "cameo": "183"}
BLAST |= {"actors": [REBELS], "recipients": [SHOPPERS]}
CLAIMS = [
    claim(
        "wire-1",
        "c1",
        "blast",
        "ASSAULT",
        **BLAST,
        when=days("2025-03-03", "2025-03-03"),
        where=place(MOMBASA),
        places=[{**place(KISUMU), "role": "about"}],
        quantities=[many("killed", 12, 12, 12), many("injured", 30, None, None)],
        said_by=[POLICE],
        confidence=0.91,
    ),
    claim(
        "daily-7",
        "c2",
        "blast",
        "ASSAULT",
        **BLAST,
        when=days("2025-03-01", "2025-03-31", "month"),
        where=place(KISUMU),
        quantities=[many("killed", 14, 14, 14), many("killed", 99, 99, 99, scope="running total")],
        said_by=[says("the outlet", "outlet"), POLICE],
    ),
    claim("radio-2", "c3", "blast", "ASSAULT", **BLAST, quantities=[many("killed", 14, 14, 14)]),
    claim(
        "wire-1",
        "c4",
        "visit",
        "AGREE",
        deed="CONSULT",
        mode=["visit"],
        contexts=["diplomatic"],
        cameo="036",
        quad="verbal cooperation",
        score=2.5,
        actors=[EGYPTIAN],
        recipients=[KENYA],
        when=days("2025-03-10", "2025-03-14", "range"),
        where=place(EGYPT),
        status="planned",
        confidence=0.625,
    ),
    claim(
        "daily-7",
        "c5",
        "aid",
        "AID",
        cameo="071",
        quad="material cooperation",
        score=10.0,
        actors=[who("UN agency", "UNO"), who(None, "KEN", "GOV")],
        recipients=[who("+farmers", None)],
        quantities=[many("money", None, 16600000.000000002, None, unit="USD")],
        said_by=[says("reportedly", "unnamed", name=None)],
    ),
    claim(
        "daily-7",
        "c6",
        "march",
        "PROTEST",
        mode=["demo"],
        cameo="141",
        score=-5.0,
        actors=[who("teachers", "KEN", "EDU")],
        where=place(KISUMU),
        when=days("2025-03-04", "2025-03-04"),
        quantities=[many("crowd", None, 5000, 7000), many("arrested", 3, 3, 3)],
    ),
    claim("wire-1", "c7", "denied", "ASSAULT", **BLAST, status="denied"),
    claim(
        "radio-2",
        "c8",
        "talks",
        "CONSULT",
        cameo="046",
        quad="verbal cooperation",
        score=2.5,
        actors=[KENYA, EGYPTIAN],
        when=days(None, "2025-02-28", "range"),
    ),
]
REPORTS = [
    {
        "id": name,
        **head,
        "dated_from": None,
        "dated_to": None,
        "agency": "",
        "byline": "",
        "dateline": "",
        "text": f"@text of {name}\nwith two lines",
    }
    for name, head in sorted(HEADS.items())
]


class Shelf:
    """A store of the claims above, as far as writers need one."""

    def claims_and_heads(self, where: Mapping[str, str], by_event: bool = False) -> Iterable[Told]:
        order = (lambda c: (c["event"], c["report"])) if by_event else by_report
        for told in sorted(CLAIMS, key=order):
            yield told, HEADS[told["report"]]

    def reports(self) -> Iterator[Record]:
        return iter(REPORTS)


def by_report(told: Record) -> tuple[str, str]:
    return told["report"], told["id"]


def given(of: Of = "claims", raw: bool = False) -> Given:
    return Given(Shelf(), {}, of, raw)
