"""The record and the panels tell of the same events that they are part of another."""

from pathlib import Path
from random import Random
from typing import Any

from dateline.analysis.frames import Frame
from dateline.analysis.scope import Scope
from dateline.events.event_detail import dossier, event_lines
from dateline.store.sql import SqlStore
from tests.analysis.made import Told, fill_store, make_store

LANDS = ("KEN", "UGA", "TZA")
DAYS = ("2025-03-03", "2025-03-04", None)


def parts_of_record(store: SqlStore) -> dict[str, str]:
    return {e["event"]: e["part_of"] for e in event_lines(store) if e["part_of"]}


def parts_of_panel(store: SqlStore) -> set[str]:
    with Frame(store, Scope()) as frame:
        return {event for (event,) in frame.rows("SELECT event FROM part")}


def made_up(chance: Random, number: int) -> list[Told]:
    """Return the claims of one event, which reports tell each by its own lights."""
    kind = chance.choice(("REQUEST", "ACCUSE"))
    return [
        Told(
            f"e{number}",
            report,
            kind,
            recipient=chance.choice(("SDN", "ETH", None)),
            first=chance.choice(DAYS),
            last=chance.choice(("", "2025-03-05", None)),
            actors=tuple(chance.sample(LANDS, chance.randint(1, 3))),
        )
        for report in chance.sample(("r1", "r2", "r3"), chance.randint(1, 2))
    ]


def test_the_record_and_the_panel_agree_on_what_is_part_of_what(tmp_path: Path) -> None:
    chance = Random(7)
    told = [c for number in range(60) for c in made_up(chance, number)]
    with make_store(tmp_path, told) as kept:
        found = parts_of_record(kept)
        assert found.keys() == parts_of_panel(kept)
        assert 10 < len(found) < 50
        for event in ("e1", "e2", "e3", *list(found)[:5]):
            assert dossier(kept, event)["part_of"] == found.get(event)
        some = {line["event"]: line["part_of"] for line in event_lines(kept, {*found})}
        assert some == found


def agreed(tmp_path: Path, *told: Told, **more: Any) -> dict[str, str]:
    with make_store(tmp_path, list(told), **more) as kept:
        found = parts_of_record(kept)
        assert found.keys() == parts_of_panel(kept)
        return found


def test_a_whole_is_what_all_its_reports_tell_of_it(tmp_path: Path) -> None:
    told = [
        Told("part", "r1", "REQUEST", recipient="SDN", actors=("KEN", "UGA")),
        Told("whole", "r1", "REQUEST", recipient="SDN", actors=("KEN", "UGA")),
        Told("whole", "r2", "REQUEST", recipient="SDN", actors=LANDS),
    ]
    assert agreed(tmp_path, *told) == {"part": "whole"}


def test_a_name_is_one_however_it_is_spelled(tmp_path: Path) -> None:
    told = [
        Told("part", "r1", "REQUEST", "KEN", "SDN", name="The K.E.N. people"),
        Told("whole", "r1", "REQUEST", recipient="SDN", actors=("KEN", "UGA")),
    ]
    assert agreed(tmp_path, *told) == {"part": "whole"}


def test_an_open_end_holds_days_on_that_side(tmp_path: Path) -> None:
    one = {"type": "REQUEST", "recipient": "SDN"}
    told = [
        Told("part", actor="KEN", **one),
        Told("open", actors=("KEN", "UGA"), first="2025-03-01", last=None, **one),
    ]
    assert agreed(tmp_path, *told) == {"part": "open"}


def test_a_sum_that_is_still_wanting_is_worked_out(tmp_path: Path) -> None:
    store = SqlStore(str(tmp_path / "s.db"))
    one = {"type": "REQUEST", "recipient": "SDN"}
    told = [Told("part", actor="KEN", **one), Told("whole", actors=LANDS, **one)]
    with fill_store(store, told) as kept:
        with kept.reading() as to:
            summed = to.exec_driver_sql("SELECT count(record) FROM summaries").scalar()
        assert summed == 2
        kept.writing(lambda to: to.exec_driver_sql("UPDATE summaries SET record = NULL"))
        assert dossier(kept, "part")["part_of"] == "whole"
