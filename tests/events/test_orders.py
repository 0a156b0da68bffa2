"""In whatever order and in how many goes reports come, the events are the same."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import event

from dateline.events.merging import merge_store, waiting_reports
from dateline.extract.event_coref.clustering import (
    CROWD,
    WINDOW,
    LinkGraph,
    nearer,
    pair_neighbours,
)
from dateline.model import Span
from dateline.model.record import claim_record
from dateline.store.sql import Kept, SqlStore
from tests.claims import REPORT, TEXT, claim
from tests.events.test_merging import LATER, report

MADE = {"version": "1", "codebook": "plover"}
TOWNS = ("Nakuru", "Kisumu", "Eldoret")
STATES = ("KEN", "UGA", "PER", "EGY")
MATTER = "border grain water port mine school road bridge dam oil gas bread".split()


def many_reports(seed: int, first: int = 0, since: date = date(2025, 3, 4)) -> list[Kept]:
    """Return reports of some happenings, in words of which each has some."""
    chance = random.Random(seed)
    happenings = [
        (
            chance.choice(("RETREAT", "AID", "PROTEST")),
            chance.sample(STATES, 2),
            chance.choice(TOWNS),
            since + timedelta(chance.randrange(20)),
            chance.sample(MATTER, 5),
        )
        for _ in range(14)
    ]
    numbers = range(first, first + 60)
    return [one_report(chance, n, chance.choice(happenings)) for n in numbers]


def one_report(
    chance: random.Random,
    number: int,
    happening: tuple[str, Sequence[str], str, date, Sequence[str]],
) -> Kept:
    """Return one report that tells a happening."""
    deed, states, town, day, matter = happening
    words = " and the ".join(chance.sample(matter, 4))
    text, name = f"{TEXT[:40]} the {words}. In {town}.", f"r{number:02}"
    one = claim(deed, report=name)
    sides = (one.actors, one.recipients or one.actors)
    actors, recipients = (
        tuple(replace(who, country=state, name=state, entity=None) for who in side[:1])
        for side, state in zip(sides, states, strict=True)
    )
    place = {"name": town, "precision": "city", "lat": 0.0, "lon": 35.0}
    told_day = day + timedelta(chance.randrange(2))
    one = replace(
        one,
        event=f"e{number:02}{chance.randrange(9)}",
        action=replace(one.action, evidence=Span(0, len(text))),
        actors=actors,
        recipients=recipients,
        when=replace(one.when, first=told_day, last=told_day),
        where=replace(one.where, **place),
    )
    told = replace(REPORT, id=name, outlet=f"Outlet {number}", text=text, published=day)
    return Kept(told, [claim_record(one, text)], ())


def events_in(store: SqlStore) -> dict[str, list[str]]:
    """Return the claims of each event, by its name."""
    found: dict[str, list[str]] = {}
    for told in store.claims({}):
        found.setdefault(told["event"], []).append(told["id"])
    return {event: sorted(ids) for event, ids in found.items()}


def merged_in_goes(where: Path, goes: Sequence[Sequence[Kept]]) -> SqlStore:
    """Return a store into which reports came in some goes, merged after each."""
    store = SqlStore(str(where))
    for some in goes:
        store.save_all(some, MADE)
        merge_store(store)
    return store


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_in_goes_of_any_order_the_events_are_those_of_all_at_once(
    tmp_path: Path, seed: int
) -> None:
    every = many_reports(seed)
    at_once = merged_in_goes(tmp_path / "all.db", [every])
    expected = events_in(at_once)
    assert 3 < len(expected) < 40
    chance = random.Random(seed)
    for turn in range(2):
        chance.shuffle(every)
        cuts = sorted(chance.sample(range(1, len(every)), 6))
        goes = [every[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
        store = merged_in_goes(tmp_path / f"{turn}.db", goes)
        assert events_in(store) == expected
        assert links_in(store) == links_in(at_once)


LINKS = (
    "SELECT x.number, y.number, l.score, l.blocks FROM links l"
    " JOIN units x ON x.place = l.a JOIN units y ON y.place = l.b ORDER BY 1, 2"
)
BLOCKS = (
    "SELECT b.key, b.rank, u.number FROM blocks b JOIN units u ON u.place = b.unit ORDER BY 1, 2, 3"
)


def links_in(store: SqlStore) -> list[tuple[object, ...]]:
    """Return every link of a store, and where every unit stands."""
    with store.engine.connect() as to:
        links = to.exec_driver_sql(LINKS).all()
        blocks = to.exec_driver_sql(BLOCKS).all()
    return [tuple(row) for row in (*links, *blocks)]


def test_a_report_coded_again_leaves_nothing_of_its_old_claims(tmp_path: Path) -> None:
    every = many_reports(4)
    later = {"version": "2", "codebook": "plover"}
    fixed = [
        replace(kept, claims=[{**kept.claims[0], "deed": "AID", "type": "AID"}])
        for kept in every[::4]
    ]
    gone = [replace(kept, claims=[]) for kept in every[1::4]]
    store = merged_in_goes(tmp_path / "one.db", [every])
    store.save_all([*fixed, *gone], later)
    merge_store(store)
    rest = [kept for n, kept in enumerate(every) if n % 4 > 1]
    other = merged_in_goes(tmp_path / "other.db", [[*rest, *fixed, *gone]])
    assert events_in(store) == events_in(other)
    assert links_in(store) == links_in(other)


def test_one_report_more_looks_at_its_own_neighbours_alone(tmp_path: Path) -> None:
    """Twice as many reports, half of them of another year, are few more of these."""
    every = many_reports(5)
    few = looked_at(tmp_path / "small.db", every)
    assert len(few) < 30
    old = many_reports(6, 100, date(2021, 3, 4))
    assert len(looked_at(tmp_path / "large.db", every + old)) < 1.5 * len(few)


def looked_at(where: Path, every: Sequence[Kept]) -> list[int]:
    """Return the units that are read when one report comes to a merged store."""
    store = merged_in_goes(where, [every])
    text = f"{LATER} far away"
    lone = claim("PROTEST", report="lone")
    store.save(report("lone", "Lake Post", text), [lone], [], MADE)
    met: list[int] = []
    units = type(store.merging).units
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "dateline.store.database.merge_index.MergeStore.units",
            lambda side, numbers: met.extend(numbers) or units(side, numbers),
        )
        merge_store(store)
    return sorted(met)


def test_whoever_comes_between_moves_two_apart() -> None:
    ranks = np.arange(WINDOW + 2)
    keys = np.zeros(WINDOW + 2, np.int64)
    one, two, _ = pair_neighbours(keys, ranks, ranks)
    assert (0, WINDOW) in set(zip(one.tolist(), two.tolist(), strict=True))
    assert (0, WINDOW + 1) not in set(zip(one.tolist(), two.tolist(), strict=True))


class Blocks:
    """Who stands in blocks: key, rank and number of each."""

    def __init__(self, rows: set[tuple[int, int, int]]) -> None:
        self.rows = rows

    def standing_in_blocks(
        self, asked: Sequence[tuple[int, int]], many: int
    ) -> list[tuple[int, int, int]]:
        """Return so many on either side of each place asked about, and who is there."""
        found: set[tuple[int, int, int]] = set()
        for key, rank in asked:
            mine = sorted(row[1:] for row in self.rows if row[0] == key)
            low = [r for r, _ in mine if r < rank][-many:]
            high = [r for r, _ in mine if r > rank][:many]
            least = low[0] if len(low) == many else -1
            most = high[-1] if len(high) == many else 1000
            found |= {(key, *row) for row in mine if least <= row[0] <= most}
        return list(found)


def count_near(rows: set[tuple[int, int, int]]) -> dict[tuple[int, int], int]:
    """Return in how many blocks each pair stands near each other."""
    low, high, many = pair_neighbours(*np.array(sorted(rows), np.int64).T)
    pairs = zip(low.tolist(), high.tolist(), strict=True)
    return dict(zip(pairs, many.tolist(), strict=True))


@pytest.mark.parametrize("seed", range(20))
def test_pairs_that_come_near_or_part_are_those_of_all_blocks_laid_out(seed: int) -> None:
    chance = random.Random(seed)
    places = [(key, unit) for key in range(3) for unit in range(60)]
    stood = {(k, chance.randrange(50), n) for k, n in places if chance.random() < 0.6}
    gone = {n for n in range(60) if chance.random() < 0.05 * (seed % 3)}
    left = {row for row in stood if row[2] in gone}
    back = [n for n in gone if chance.random() < 0.7]
    came = {(k, chance.randrange(50), n) for k in range(3) for n in [*back, 70, 71, 72]}
    before, after = count_near(stood), count_near(stood - left | came)
    expected = {
        (a, b): after.get((a, b), 0) - before.get((a, b), 0) * gone.isdisjoint((a, b))
        for a, b in before.keys() | after.keys()
    }
    told = [np.array(sorted(rows), np.int64).reshape(-1, 3) for rows in (came, left)]
    low, high, more = nearer(Blocks(stood).standing_in_blocks, *told)
    pairs = zip(low.tolist(), high.tolist(), strict=True)
    found = dict(zip(pairs, more.tolist(), strict=True))
    assert found == {pair: n for pair, n in expected.items() if n}
    assert len(found) > 20


def test_what_waits_is_found_without_a_look_at_every_report(tmp_path: Path) -> None:
    every = many_reports(9)
    store = merged_in_goes(tmp_path / "s.db", [every[1:]])
    with store.engine.begin() as to:
        to.exec_driver_sql("ANALYZE")
        to.exec_driver_sql(
            "UPDATE sqlite_stat1 SET stat = replace(stat, '59', '100000') WHERE tbl = 'reports'"
        )
    store.close()
    store = SqlStore(str(tmp_path / "s.db"))
    store.save_all(every[:1], MADE)
    asked: list[str] = []
    with store.engine.connect() as to:
        event.listen(
            store.engine, "before_cursor_execute", lambda _c, _cursor, told, *_: asked.append(told)
        )
        assert len(waiting_reports(store)) == 1
        (one,) = [told for told in asked if "waiting" in told]
        plan = to.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}").all()
    assert not [row for row in plan if row[3].startswith("SCAN reports")]


def test_too_large_a_piece_is_cut_at_its_weaker_links_and_no_other_is() -> None:
    """All are of one day and place, so that only the bar can tell them apart."""
    links = [(n, n + 1, 0.75 if n % 100 else 0.65) for n in range(1, CROWD + 200)]
    links += [(5000 + n, 5001 + n, 0.65) for n in range(9)]

    def links_of(some: Sequence[int]) -> list[tuple[int, int, float]]:
        return [link for link in links if link[0] in some or link[1] in some]

    said = lambda some: {n: (n, 0) for n in some}  # noqa: E731
    graph = LinkGraph(0.6, lambda some: links_of([*some]), said)
    assert graph.pieces([250]) == {tuple(range(201, 301))}
    assert graph.pieces([5003]) == {tuple(range(5000, 5010))}
    graph.add([(250, 5003, 0.9)])
    (piece,) = graph.pieces([250])
    assert set(piece) == {*range(201, 301), 5003}
    graph.drop([(250, 5003)])
    assert graph.pieces([5003]) == {tuple(range(5000, 5010))}


def test_what_an_earlier_version_kept_to_compare_by_is_made_anew(tmp_path: Path) -> None:
    *every, last = many_reports(8)
    store = merged_in_goes(tmp_path / "old.db", [every])
    with store.engine.begin() as to:
        for statement in (
            "UPDATE sketches SET story = x'789c'",  # the mark's too
            "UPDATE units SET row = x'789c', same = 1, rank = 2",
            "UPDATE blocks SET key = key << 16",
            "UPDATE shingles SET hash = (hash << 16) + 7",
        ):
            to.exec_driver_sql(statement)
    store.save_all([last], MADE)
    merge_store(store)
    other = merged_in_goes(tmp_path / "new.db", [[*every, last]])
    assert events_in(store) == events_in(other)
    assert links_in(store) == links_in(other)
    assert shingles_in(store) == shingles_in(other)


def shingles_in(store: SqlStore) -> list[tuple[int, ...]]:
    """Return every shingle of a store, with the report that has it."""
    with store.engine.connect() as to:
        found = to.exec_driver_sql("SELECT hash, key FROM shingles JOIN reports ON number = report")
        return sorted(tuple(row) for row in found.all())
