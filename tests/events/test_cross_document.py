"""Happenings told by more reports than are weighed all against all."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from dateline.events.cross_document import MOST, Merged, Witnesses, forbidden_joins, merge_units
from dateline.events.event_detail import event_lines
from dateline.events.merging import merge_store, remerge
from dateline.extract.event_coref.lexicon import Story, story
from dateline.extract.event_coref.mention_table import Numbering
from dateline.extract.event_coref.mentions import Party, Site, Telling
from dateline.extract.event_coref.pair_scorer import LONG, Pins, claims_judge
from dateline.store.sql import SqlStore
from tests.events.test_merging import events, report, save
from tests.extract.event_coref.test_same import BASE

TOWNS = [f"town {chr(97 + i)}{chr(97 + i // 2)}" for i in range(20)]
GARISSA = Site("garissa", "KEN", True, None, (-0.45, 39.64))
ATTACKS = (
    ("exploded", "A car bomb exploded outside the central market of Garissa"),
    ("bombed", "Militants bombed the crowded market in Garissa"),
    ("killed", "A blast at the market in Garissa killed shoppers"),
    ("attack", "The attack on the market was the deadliest this year"),
    ("blast", "The toll of the blast in the market of Garissa rose"),
    ("bombing", "Police blamed the Northern Front for the market bombing"),
)
MORE = (
    "Rescue workers searched the rubble for survivors",
    "Dozens of wounded were taken to hospital",
    "No group claimed responsibility for the bomb",
    "Witnesses saw smoke rise over the bus station",
    "Hospitals appealed for blood",
)


def bombing(count: int) -> tuple[list[Telling], dict[str, Story]]:
    """Return retellings of one bombing, each report in its own words, on two days."""
    chance = random.Random(7)
    told, stories = [], {}
    for n in range(count):
        word, clause = chance.choice(ATTACKS)
        late = chance.random() < 0.4
        toll = chance.choice((15.0, 17.0, 18.0) if late else (12.0, 15.0))
        text = ". ".join([clause, *chance.sample(MORE, 3)])
        stories[f"b{n:03}"] = story(text)
        told.append(
            replace(
                BASE,
                report=f"b{n:03}",
                id=f"b{n:03}-1",
                actors=(Party(None, "militants", "KEN", ("REB",)),),
                recipients=(Party(None, "shoppers", "KEN", ("CVL",)),),
                site=GARISSA if chance.random() < 0.7 else None,
                counts=(("killed", toll),) if chance.random() < 0.7 else (),
                trigger=word,
                evidence=f"{clause}, {toll:g} dead",
                start=chance.randint(20, 200),
                day=739000 + late,
            )
        )
    return told, stories


def war(count: int) -> tuple[list[Telling], dict[str, Story]]:
    """Return as many attacks of one dyad on one day, each town in words alike."""
    chance = random.Random(8)
    told, stories = [], {}
    for n in range(count):
        town = n % len(TOWNS)
        text = f"Rebels shelled {TOWNS[town]} and the army said it would answer"
        stories[f"w{n:03}"] = story(text)
        told.append(
            replace(
                BASE,
                report=f"w{n:03}",
                id=f"w{n:03}-1",
                site=Site(TOWNS[town], "SDN", True, None, (10.0 + town, 30.0)),
                counts=(("killed", float(chance.randint(1, 40))),),
                trigger="shelled",
                evidence=f"rebels shelled {TOWNS[town]}, {n} times",
            )
        )
    return told, stories


def clusters(told: Sequence[Telling], found: Merged) -> list[list[Telling]]:
    """Return the tellings of each event, the largest first."""
    by: dict[str, list[Telling]] = {}
    for each in told:
        by.setdefault(found.events[each.id], []).append(each)
    return sorted(by.values(), key=len, reverse=True)


def test_ninety_papers_that_run_one_wire_copy_tell_one_event() -> None:
    about = {f"r{n:02}": story("Shells fell on the market of Kutum") for n in range(90)}
    told = [replace(BASE, report=name, id=f"{name}-1") for name in about]
    found = merge_units(told, about)
    assert len(set(found.events.values())) == 1
    assert not found.guarded


def test_ninety_copies_in_a_store_are_one_event_however_they_come(tmp_path: Path) -> None:
    papers = [report(f"r{n:02}", f"Paper {n}") for n in range(90)]
    one, other = (SqlStore(str(tmp_path / f"{n}.db")) for n in ("one", "other"))
    for some in (papers[60:], papers[20:60], papers[:20]):
        save(one, *some)
        merge_store(one)
    save(other, *papers)
    merge_store(other)
    names = [(line["event"], line["outlets"]) for line in event_lines(one)]
    assert names == [(line["event"], line["outlets"]) for line in event_lines(other)]
    assert [outlets for _, outlets in names] == [90]


def test_the_same_words_in_other_stories_are_not_one_for_their_words() -> None:
    about = {f"r{n:02}": story(f"Matter {n} of {n * n} and {n + 999}") for n in range(70)}
    bare = replace(BASE, site=None, counts=(), first=None, last=None)
    told = [
        replace(bare, report=name, id=name, day=BASE.day + 60 * n) for n, name in enumerate(about)
    ]
    found = merge_units(told, about)
    assert len(set(found.events.values())) > len(told) - 3


def test_two_hundred_retellings_of_one_bombing_are_one_event() -> None:
    told, about = bombing(200)
    found = merge_units(told, about)
    assert len(clusters(told, found)) <= 3
    assert len(clusters(told, found)[0]) > 180


def test_the_attacks_of_a_day_on_many_towns_are_not_one_event() -> None:
    told, about = war(300)
    found = clusters(told, merge_units(told, about))
    assert len(found) >= len(TOWNS)
    for each in found:
        assert len({t.site.name for t in each if t.site}) == 1


def test_a_bombing_amid_a_war_stays_one_event_of_its_own() -> None:
    (told, about), (other, rest) = bombing(150), war(150)
    mine = [replace(t, actors=other[0].actors, recipients=other[0].recipients) for t in told]
    found = clusters([*mine, *other], merge_units([*mine, *other], about | rest))
    assert len([c for c in found if c[0].report.startswith("b")]) <= 4
    for each in found:
        assert len({t.site.name for t in each if t.site}) <= 1


@pytest.mark.parametrize("seed", [1, 2])
def test_the_events_of_a_crowd_do_not_depend_on_the_order(seed: int) -> None:
    (told, about), (other, rest) = bombing(120), war(120)
    every = [*told, *other]
    first = merge_units(every, about | rest)
    random.Random(seed).shuffle(every)
    assert merge_units(every, about | rest) == first


def test_pins_hold_across_the_pieces_of_a_crowd() -> None:
    told, about = bombing(200)
    names = [t.id for t in told]
    never = frozenset(((names[0], names[199]), (names[3], names[150])))
    found = merge_units(told, about, Pins(never=never)).events
    assert all(found[a] != found[b] for a, b in never)
    told, about = war(200)
    must = frozenset(((told[0].id, told[7].id),))
    found = merge_units(told, about, Pins(must=must)).events
    assert found[told[0].id] == found[told[7].id] != found[told[8].id]


def test_a_copy_held_apart_by_hand_stays_apart_in_a_store(tmp_path: Path) -> None:
    store = SqlStore(str(tmp_path / "s.db"))
    save(store, *(report(f"r{n:02}", f"Paper {n}") for n in range(MOST + 20)))
    merge_store(store)
    assert len(events(store)) == 1
    one, *_, other = store.claims({})
    store.merging.pin(one["id"], other["id"], "never")
    remerge(store, [one, other])
    assert sorted(map(len, events(store))) == [1, MOST + 19]
    merge_store(store, again=True)
    assert sorted(map(len, events(store))) == [1, MOST + 19]


def test_a_crowd_lasts_no_longer_than_an_event_may() -> None:
    told, about = bombing(200)
    days = [739000 + n // 5 for n in range(200)]
    told = [replace(t, first=d, last=d, day=d) for t, d in zip(told, days, strict=True)]
    for each in clusters(told, merge_units(told, about)):
        lie = [t.first for t in each if t.first]
        assert max(lie) - min(lie) <= LONG


def test_a_place_within_a_town_is_not_elsewhere() -> None:
    spots = ((-0.45, 39.64), (-0.46, 39.66), (-1.29, 36.82), None)
    told = [
        replace(BASE, id=f"c{n}", site=Site(f"place {n}", "KEN", True, None, spot))
        for n, spot in enumerate(spots)
    ]
    rows = Numbering(claims_judge().deeds).columns([*told, replace(BASE, site=None)])
    apart = forbidden_joins(rows, [(n,) for n in range(5)], ())
    assert not apart[0, 1]
    assert apart[0, 2]
    assert apart[0, 3]
    assert not apart[:, 4].any()


def test_what_many_reports_tell_as_two_happenings_is_not_one() -> None:
    told = [replace(BASE, report=f"r{n}", id=f"r{n}-{k}") for n in range(20) for k in (0, 1)]
    rows = Numbering(claims_judge().deeds).columns(told)
    first, second = list(range(0, 40, 2)), list(range(1, 40, 2))
    fits = Witnesses(rows, [first, second])
    assert not fits([0], [1])
    fits = Witnesses(rows, [first, second[:2]])
    assert fits([0], [1])
    assert np.isclose(fits.beside[0, 1], 2)


def test_a_story_that_goes_on_is_cut_where_an_event_must_end(tmp_path: Path) -> None:
    store = SqlStore(str(tmp_path / "s.db"))
    begin = date(2025, 3, 4)
    days = [begin + timedelta(days=n // 4) for n in range(100)]
    save(store, *(report(f"r{n:02}", f"Paper {n}", published=d) for n, d in enumerate(days)))
    merge_store(store)
    assert sum(map(len, events(store))) == 100
