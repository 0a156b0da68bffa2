"""The touchstone: a wire report of a state visit, coded without any date given.

The report is read from the shared folder; offsets and codes alone stand here.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.ingest.reading.inputs import complete_report
from dateline.model import Report
from dateline.model.record import claim_record
from dateline.pipeline.factory import make_coder

Record = dict[str, Any]
FEWEST = 12  # of the fourteen happenings, every answer right; all are


@pytest.fixture(scope="module")
def claims() -> list[Record]:
    path = Path(__file__).parents[2] / "shared" / "seed" / "report.txt"
    if not path.is_file():
        pytest.skip(f"the touchstone is not at {path}")
    text = path.read_text(encoding="utf-8")
    coding = make_coder().code(complete_report(Report("touchstone", text, language="")))
    assert not coding.problems
    return [claim_record(claim, text) for claim in coding.claims]


def at(claims: list[Record], start: int, end: int, *deeds: str) -> Iterator[Record]:
    """Yield the claims whose trigger touches these characters, of one of the deeds."""
    for claim in claims:
        trigger = claim["trigger"]
        if trigger["start"] < end and start < trigger["end"] and claim["deed"] in deeds:
            yield claim


def codes(side: list[Record]) -> set[str]:
    return {who["country"] for who in side if who["country"]}


def sides(claim: Record, actors: set[str], recipients: set[str]) -> bool:
    return codes(claim["actors"]) == actors and codes(claim["recipients"]) == recipients


def among(claim: Record, *countries: str) -> bool:
    """Whether a mutual act has these countries, on whichever side."""
    return codes(claim["actors"]) | codes(claim["recipients"]) == set(countries)


def days(claim: Record, first: str | None, last: str | None) -> bool:
    when = claim["when"] or {"from": None, "to": None}
    return (when["from"], when["to"]) == (first, last)


def says(claim: Record, *words: str) -> bool:
    """Whether the chain of speakers holds these words, outermost first ([] = own)."""
    chain = [f"{s['text']} {s['name']}" for s in claim["said_by"]]
    return len(chain) == len(words) and all(
        word in told for word, told in zip(words, chain, strict=True)
    )


def real(claim: Record) -> bool:
    return claim["status"] in ("happened", "ongoing")


def place(claim: Record) -> str | None:
    return (claim["where"] or {}).get("country")


def visit(claim: Record) -> bool:
    return sides(claim, {"PRK"}, {"CHN"}) and "visit" in claim["mode"] and real(claim)


def told(
    start: int, end: int, deeds: str, fits: Callable[[Record], bool]
) -> Callable[[list[Record]], bool]:
    """Return whether some claim there, of one of the deeds, is right."""
    return lambda claims: any(map(fits, at(claims, start, end, *deeds.split())))


HAPPENINGS: dict[str, Callable[[list[Record]], bool]] = {
    "four-day visit": told(
        56,
        78,
        "CONSULT",
        lambda c: visit(c) and days(c, "2019-01-07", "2019-01-10") and says(c, "media"),
    ),
    "departure": told(
        294,
        302,
        "CONSULT",
        lambda c: visit(c) and days(c, "2019-01-07", "2019-01-07") and says(c, "Korean"),
    ),
    "invitation": told(
        464,
        474,
        "AGREE CONSULT SUPPORT",
        lambda c: codes(c["actors"]) == {"CHN"} and real(c) and len(c["said_by"]) == 1,
    ),
    "police and paramilitaries": told(
        771,
        857,
        "MOBILIZE COERCE",
        lambda c: codes(c["actors"]) == {"CHN"} and real(c) and place(c) == "CHN",
    ),
    "possible summit": told(
        213, 272, "CONSULT", lambda c: among(c, "USA", "PRK") and c["status"] == "possible"
    ),
    "talks in Vietnam": told(
        1698,
        1701,
        "CONSULT",
        lambda c: (
            among(c, "USA", "PRK") and place(c) == "VNM" and real(c) and says(c, "reportedly")
        ),
    ),
    "weapons tests": told(
        1947,
        2001,
        "MOBILIZE THREATEN",
        lambda c: codes(c["actors"]) == {"PRK"} and days(c, "2017-01-01", "2017-12-31"),
    ),
    "sanctions": told(
        2177,
        2202,
        "SANCTION COERCE",
        lambda c: codes(c["recipients"]) == {"PRK"} and real(c) and says(c),
    ),
    "turn to diplomacy": told(
        2247,
        2266,
        "AGREE CONSULT SUPPORT",
        lambda c: (
            sides(c, {"PRK"}, {"KOR", "USA"}) and days(c, "2018-01-01", "2018-12-31") and real(c)
        ),
    ),
    "earlier visits": told(2319, 2326, "CONSULT", lambda c: visit(c) and says(c) and real(c)),
    "Singapore summit": told(
        2485,
        2491,
        "CONSULT",
        lambda c: (
            among(c, "PRK", "USA")
            and place(c) == "SGP"
            and days(c, "2018-06-01", "2018-06-30")
            and real(c)
        ),
    ),
    "Washington's demand": told(
        2664, 2675, "REQUEST", lambda c: sides(c, {"USA"}, {"PRK"}) and real(c)
    ),
    "Pyongyang's demand": told(
        2760, 2870, "REQUEST", lambda c: sides(c, {"PRK"}, {"USA"}) and real(c)
    ),
    "improving ties": told(
        1530, 1560, "SUPPORT COOPERATE", lambda c: among(c, "PRK", "CHN") and real(c)
    ),
}
QUIET = {
    "dateline": (0, 21),
    "birthday": (640, 657),
    "building": (1180, 1251),
    "break with practice": (1276, 1303),
    "close to war": (1899, 1911),
    "one day targeting": (2057, 2120),
    "war enemies": (2581, 2592),
    "under skeptical that": (3127, 3333),
    "credit line": (3337, 3410),
}


DOUBTED = ("under skeptical that", "close to war")  # may be told, never as done


def test_what_the_report_tells_is_found(claims: list[Record]) -> None:
    found = {name: test(claims) for name, test in HAPPENINGS.items()}
    assert sum(found.values()) >= FEWEST, [n for n, well in found.items() if not well]


@pytest.mark.parametrize("name", QUIET)
def test_nothing_is_coded_from(claims: list[Record], name: str) -> None:
    start, end = QUIET[name]
    touching = [c for c in claims if start < c["trigger"]["start"] < end]
    if name in DOUBTED:
        touching = [c for c in touching if real(c)]
    assert touching == []


def test_the_visit_is_one_event(claims: list[Record]) -> None:
    tellings = [c for start in (73, 294, 442) for c in at(claims, start, start + 5, "CONSULT")]
    assert len(tellings) >= 3
    hosts = [{who["name"] for who in claim["recipients"]} for claim in tellings]
    pairs = zip(tellings, hosts, strict=True)
    hosted = [claim["event"] for claim, names in pairs if "China" in names]
    assert len(hosted) >= 2  # one telling is told with those who came along
    assert len(set(hosted)) == 1


def test_the_report_dates_itself(claims: list[Record]) -> None:
    from benchmarks.times import ask_dates

    path = Path(__file__).parents[2] / "shared" / "seed" / "report.txt"
    (told,) = ask_dates([{"doc": "seed", "text": path.read_text(encoding="utf-8")}])
    assert (told["earliest"], told["latest"]) == ("2019-01-08", "2019-01-08")
