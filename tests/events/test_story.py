"""The twelve reports of the story set: what is one happening, what is told apart."""

from dataclasses import fields
from datetime import date

import numpy as np
import pytest

from benchmarks.figures import b_cubed
from dateline.events.cross_document import Merged, merge_units
from dateline.extract.event_coref.lexicon import Stories, Story, packed_story, story, unpacked_story
from dateline.extract.event_coref.mention_table import (
    Numbering,
    pack_senses,
    packed_rows,
    unpacked_rows,
)
from dateline.extract.event_coref.mentions import (
    Telling,
    identity_of_record,
    join_tellings,
    of_record,
    text_near,
)
from dateline.extract.event_coref.pair_scorer import (
    Pins,
    Scored,
    claims_judge,
    compare_reports,
    held_by_more_than_words,
)
from dateline.extract.event_coref.within_report import Seen, join_report_tellings, report_judge
from dateline.model import Report, Span
from dateline.pipeline.factory import Options, make_coder
from tests.events.story import Record, Told, reports, told

Units = tuple[list[Telling], dict[int, str]]


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def telling(report: Record, one: Record, sense: bytes) -> Telling:
    near, around = text_near(report["text"], one["trigger"]["start"])
    identity = identity_of_record(one, report["text"])
    return of_record(one, near, day(report["published"]), sense, around, identity)


def read_of(text: str, told: list[Record]) -> Seen:
    """What the encoder reads of the tellings of a report."""
    program = make_coder(Options())
    parsed = program.parse(Report("r", text))
    marks = [
        (
            Span(t["trigger"]["start"], t["trigger"]["end"]),
            Span(t["evidence"]["start"], t["evidence"]["end"]),
        )
        for t in told
    ]
    found = report_judge().seen(parsed.states, marks)
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
        kept = pack_senses(read.triggers, read.clauses)
        told = [telling(report, one, sense) for one, sense in zip(some, kept, strict=True)]
        for i, cluster in enumerate(join_report_tellings(told, read)):
            further = f"~{i}" if f"{name}:{cluster}" in part.values() else ""
            part[len(part)] = f"{name}:{cluster}{further}"
        seen += told
    return [join_tellings([seen[i]], part[i]) for i in part], part


@pytest.fixture(scope="module")
def found(units: Units, stories: dict[str, Story]) -> Merged:
    return merge_units(units[0], stories)


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
        name: {found.events[units[1][i]] for i, t in enumerate(every) if t.event == name}
        for name in (one, other)
    }
    assert events[one]
    assert not events[one] & events[other]


def test_a_plan_and_its_fulfilment_are_one(every: list[Told], units: Units, found: Merged) -> None:
    status = {}
    for i, t in enumerate(every):
        if t.event == "addis-summit":
            status[t.record["status"]] = found.events[units[1][i]]
    assert status["planned"] == status["happened"]


def test_the_order_of_arrival_changes_nothing(
    units: Units, stories: dict[str, Story], found: Merged
) -> None:
    for turned in (units[0][::-1], units[0][7:] + units[0][:7]):
        assert merge_units(turned, stories) == found


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
    events = merge_units(units[0], stories, pins).events
    assert events[one] != events[other]
    assert events[letters[0]] == events[letters[1]]


def likeness_of_stories(one: Story, two: Story) -> float:
    both = Stories({"a": one, "b": two}, ["a", "b"])
    return float(both.likeness(np.array([0]), np.array([1]))[0])


def test_stories_of_the_same_rare_words_are_alike() -> None:
    seized = story("Pirates seized a tanker")
    alike = likeness_of_stories(seized, story("A tanker seized"))
    assert alike == pytest.approx(0.8, abs=0.05)


def test_what_a_report_is_about_is_kept_small_and_whole() -> None:
    told = story("Pirates seized the tanker Ozerov off Bossaso on Monday", "Piracy")
    kept = packed_story(told)
    again = unpacked_story(kept)
    assert len(kept) < 80
    for one, two in ((told.words, again.words), (told.head, again.head)):
        assert [part.tolist() for part in one] == [part.tolist() for part in two]
    assert likeness_of_stories(told, again) == pytest.approx(1, abs=0.01)
    assert unpacked_story(packed_story(story(""))).words[0].size == 0


def test_a_telling_is_kept_in_some_hundred_bytes_and_whole(units: Units) -> None:
    rows = Numbering(()).columns(units[0])
    kept = packed_rows(rows)
    assert sum(map(len, kept)) / len(kept) < 520
    again = unpacked_rows(kept)
    for column in fields(rows):
        one, two = (getattr(some, column.name) for some in (rows, again))
        assert np.array_equal(one, two, equal_nan=one.dtype.kind == "f"), column.name


def test_what_is_never_held_together_is_told_soon(units: Units, stories: dict[str, Story]) -> None:
    rows = Numbering(claims_judge().deeds).columns(units[0])
    about = Stories(stories, [one.report for one in units[0]])
    one, two = np.triu_indices(len(units[0]), 1)
    whole = held_by_more_than_words(compare_reports(rows, about, one, two))
    worth = Scored(rows, about, Pins(), ()).worth(one, two)
    assert not (whole & ~worth).any()
    assert worth.mean() < 0.6


def test_a_pair_that_was_weighed_is_not_weighed_again(
    units: Units, stories: dict[str, Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = Numbering(claims_judge().deeds).columns(units[0])
    about = Stories(stories, [one.report for one in units[0]])
    scored, asked = Scored(rows, about, Pins(), ()), []
    first = [[0, 4, 7], [2, 5, 9]]
    plain = [*Scored(rows, about, Pins(), ()).grids([*first, [0, 2, 4, 9]])]
    judged = Scored.judged
    monkeypatch.setattr(
        Scored, "judged", lambda self, one, two: asked.append(len(one)) or judged(self, one, two)
    )
    again = [*scored.grids(first), *scored.grids([[0, 2, 4, 9]]), *scored.grids(first)]
    for one, two in zip([*plain, *plain[:2]], again, strict=True):
        assert np.array_equal(one, two)
    assert sum(asked) <= 10
