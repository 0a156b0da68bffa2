"""The twelve reports of the story set: what is one happening, what is told apart."""

from datetime import date

import pytest

from dateline.evaluate.clusters import b_cubed
from dateline.merge.across import Merged, merged, unit
from dateline.merge.report import Seen, joined, judge
from dateline.merge.scored import Pins
from dateline.merge.sense import senses
from dateline.merge.stories import Story, story
from dateline.merge.telling import Telling, of_record, text_near
from dateline.model import Report, Span
from dateline.parts import Options, coder
from tests.merge.story import Record, Told, reports, told

Units = tuple[list[Telling], dict[int, str]]


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def telling(report: Record, one: Record, sense: bytes) -> Telling:
    near, around = text_near(report["text"], one["trigger"]["start"])
    return of_record(one, near, day(report["published"]), sense, around)


def read_of(text: str, told: list[Record]) -> Seen:
    """What the encoder reads of the tellings of a report."""
    program = coder(Options())
    parsed = program.parse(Report("r", text))
    marks = [
        (
            Span(t["trigger"]["start"], t["trigger"]["end"]),
            Span(t["evidence"]["start"], t["evidence"]["end"]),
        )
        for t in told
    ]
    found = judge().seen(parsed.states, marks)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def every() -> list[Told]:
    return told()


@pytest.fixture(scope="module")
def stories() -> dict[str, Story]:
    return {r["id"]: story(r["text"], r.get("title", "")) for r in reports()}


@pytest.fixture(scope="module")
def units(every: list[Told]) -> Units:
    by_id = {r["id"]: r for r in reports()}
    seen, part = [], {}
    for name, report in by_id.items():
        some = [one.record for one in every if one.record["report"] == name]
        read = read_of(report["text"], some)
        kept = senses(read.triggers, read.clauses)
        told = [
            telling(report, one, sense) for one, sense in zip(some, kept, strict=True)
        ]
        for i, cluster in enumerate(joined(told, read)):
            further = f"~{i}" if f"{name}:{cluster}" in part.values() else ""
            part[len(part)] = f"{name}:{cluster}{further}"
        seen += told
    return [unit([seen[i]], part[i]) for i in part], part


@pytest.fixture(scope="module")
def found(units: Units, stories: dict[str, Story]) -> Merged:
    return merged(units[0], stories)


def test_tellings_of_one_happening_are_joined(
    every: list[Told], units: Units, found: Merged
) -> None:
    items = [(found.events[units[1][i]], t.event) for i, t in enumerate(every)]
    precision, recall = b_cubed(items)
    assert 2 * precision * recall / (precision + recall) >= 0.90


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("condemn-fra", "condemn-deu"),  # like acts of one day
        ("condemn-uga", "condemn-jpn"),
        ("letter-un", "letter-au"),
        ("nairobi-talks", "visit-2021"),  # the present visit and one before
        ("nairobi-talks", "addis-summit"),  # what was held and what is planned
        ("garissa", "bombings"),  # part and whole
        ("garissa", "mombasa"),
        ("garissa", "anniversary"),
    ],
)
def test_what_only_looks_alike_is_told_apart(
    every: list[Told], units: Units, found: Merged, one: str, other: str
) -> None:
    events = {
        name: {
            found.events[units[1][i]] for i, t in enumerate(every) if t.event == name
        }
        for name in (one, other)
    }
    assert events[one]
    assert not events[one] & events[other]


def test_a_plan_and_its_fulfilment_are_one(
    every: list[Told], units: Units, found: Merged
) -> None:
    status = {}
    for i, t in enumerate(every):
        if t.event == "addis-summit":
            status[t.record["status"]] = found.events[units[1][i]]
    assert status["planned"] == status["happened"]


def test_the_order_of_arrival_changes_nothing(
    units: Units, stories: dict[str, Story], found: Merged
) -> None:
    for turned in (units[0][::-1], units[0][7:] + units[0][:7]):
        assert merged(turned, stories) == found


def test_pins_hold_whatever_the_scores_say(
    every: list[Told], units: Units, stories: dict[str, Story]
) -> None:
    def part(event: str, report: str) -> str:
        return next(
            units[1][i]
            for i, t in enumerate(every)
            if (t.event, t.record["report"]) == (event, report)
        )

    one, other = part("garissa", "r01"), part("garissa", "r05")
    letters = part("letter-un", "r07"), part("mombasa", "r06")
    pins = Pins(frozenset((letters,)), frozenset(((one, other),)))
    events = merged(units[0], stories, pins).events
    assert events[one] != events[other]
    assert events[letters[0]] == events[letters[1]]
