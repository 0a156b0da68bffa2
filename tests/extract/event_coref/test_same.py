from dataclasses import replace

import numpy as np
import pytest

from dateline.events.cross_document import merge_units
from dateline.events.explain_merge import explain_pair
from dateline.extract.event_coref import ReportTellings
from dateline.extract.event_coref.clustering import ALWAYS, NEVER, link_on_average
from dateline.extract.event_coref.mention_table import Numbering
from dateline.extract.event_coref.mentions import (
    Party,
    Site,
    Telling,
    of_claim,
    of_record,
    text_near,
)
from dateline.extract.event_coref.pair_scorer import LONG
from dateline.extract.event_coref.within_report import join_report_tellings
from dateline.model import Parsed, Quantity
from dateline.model.record import claim_record
from tests.claims import REPORT, TEXT, claim

BASE = Telling(
    report="r1",
    id="c1",
    deed="ASSAULT",
    type="ASSAULT",
    status="happened",
    modes=("explosives",),
    mutual=False,
    actors=(Party(None, "northern front", "SDN", ("REB",)),),
    recipients=(Party(None, "villagers", "SDN", ("CVL",)),),
    first=739000,
    last=739000,
    site=Site("kutum", "SDN", True),
    counts=(("killed", 15.0),),
    trigger="killing",
    evidence="the shelling of the market in Kutum, killing 15 villagers",
    lead="in Kutum, ",
    start=100,
    clause=(60, 117),
    speakers=(),
    day=739001,
)


def test_an_act_is_the_rare_words_of_its_trigger_or_all_of_them() -> None:
    words = "killed", "have killed", "have", "have make"
    told = [replace(BASE, trigger=each) for each in words]
    kill, also_kill, have, both = Numbering(["ASSAULT"]).columns(told).trigger
    assert (kill == also_kill).all()
    assert have.any() and both.any() and (have != both).any()


def test_claims_get_the_event_of_the_first_that_tells_it() -> None:
    first = claim()
    later = replace(
        first, action=replace(first.action, trigger=replace(first.action.trigger, end=7))
    )
    parsed = Parsed(REPORT, (), (), ())
    found = ReportTellings(parsed).join([later, first])
    assert found[0].event == found[1].event
    assert found == ReportTellings(parsed).join([first, later])[::-1]


def test_killing_and_wounding_in_one_clause_are_one_happening() -> None:
    both = "killing 15 villagers and wounding 33"
    one = replace(BASE, evidence=both, counts=(("killed", 15.0), ("injured", 33.0)))
    other = replace(one, id="c2", trigger="wounding", start=125, clause=(60, 140))
    assert len(set(join_report_tellings([replace(one, clause=(60, 140)), other]))) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"deed": "AID", "type": "AID", "trigger": "delivered", "modes": ()},
        {"first": 739000 + LONG + 1, "last": 739000 + LONG + 1},
        {"actors": (Party(None, "chad", "TCD", ("GOV",)),)},
    ],
    ids=["deed", "days", "actors"],
)
def test_what_differs_in_what_counts_stays_apart(change: dict[str, object]) -> None:
    other = replace(BASE, report="r2", id="c2", **change)
    events = merge_units([BASE, other], {}).events
    assert events["c1"] != events["c2"]


def test_two_reports_of_one_attack_are_one_event() -> None:
    other = replace(BASE, report="r2", id="c2", start=300, clause=(250, 330))
    events = merge_units([BASE, other], {}).events
    assert events == {"c1": "c1", "c2": "c1"}


def test_a_merge_has_its_reasons_in_words() -> None:
    other = replace(BASE, report="r2", id="c2", counts=(("killed", 17.0),))
    told = explain_pair(BASE, other)
    assert {"same deed", "same actors", "same days", "same place"} <= set(told.together)
    assert "other counts" in told.against
    assert told.score >= told.threshold
    assert "same deed" in told.words


def test_the_guard_is_told_as_a_reason() -> None:
    late = replace(BASE, report="r2", id="c2", first=739100, last=739100)
    told = explain_pair(BASE, late)
    assert told.score == 0
    assert "100 days lie between" in told.against


def test_a_story_that_runs_for_a_year_is_no_chain() -> None:
    days = range(739000, 739365, 5)
    told = [replace(BASE, report=f"r{d}", id=f"c{d}", first=d, last=d, day=d) for d in days]
    spans: dict[str, list[int]] = {}
    for d, event in zip(days, (merge_units(told, {}).events[t.id] for t in told), strict=True):
        spans.setdefault(event, []).append(d)
    assert max(max(s) - min(s) for s in spans.values()) <= LONG


def test_claims_without_any_date_do_not_swallow_each_other() -> None:
    undated = [
        replace(
            BASE,
            report=f"r{i}",
            id=f"c{i}",
            first=None,
            last=None,
            day=None,
            site=None,
            counts=(),
            actors=(Party(None, f"band {i}", None, ()),),
            recipients=(),
        )
        for i in range(6)
    ]
    assert len(set(merge_units(undated, {}).events.values())) == 6


def test_a_war_of_one_day_is_bounded_and_told_so() -> None:
    told = [
        replace(
            BASE,
            report=f"r{i:04}",
            id=f"c{i:04}",
            site=Site(f"town {i % 50}", "SDN", True),
            counts=(),
            evidence=f"the shelling of town {i % 50}, the {i}th of the day",
        )
        for i in range(1500)
    ]
    found = merge_units(told, {})
    towns: dict[str, set[str]] = {}
    for each in told:
        towns.setdefault(found.events[each.id], set()).add(each.site.name)
    assert max(map(len, towns.values())) == 1
    assert len(found.guarded) == 1500


def test_average_linkage_lets_no_weak_bridge_join_two_groups() -> None:
    grid = np.full((4, 4), 0.05, np.float32)
    for a, b, score in ((0, 1, 0.9), (2, 3, 0.9), (1, 2, 0.7)):
        grid[a, b] = grid[b, a] = score
    home = link_on_average(grid, 0.5)
    assert home[0] == home[1] != home[2] == home[3]


def test_a_pin_that_forbids_outweighs_one_that_wants() -> None:
    grid = np.full((3, 3), 0.1, np.float32)
    for a, b, score in ((0, 1, ALWAYS), (1, 2, ALWAYS), (0, 2, NEVER)):
        grid[a, b] = grid[b, a] = score
    home = link_on_average(grid, 0.5)
    assert home[0] != home[2]


def test_last_years_visits_are_over_when_this_one_begins() -> None:
    visit = replace(BASE, deed="CONSULT", type="CONSULT", modes=("visit",), counts=())
    visit = replace(visit, trigger="visiting", evidence="Kim is visiting China", lead="")
    past = replace(visit, id="c2", start=400, trigger="visited", first=738300, last=738999)
    assert explain_pair(replace(visit, first=739003, last=739003), past).score == 0


def test_a_second_bomb_is_another_than_that_told_before() -> None:
    first = replace(BASE, trigger="exploded", lead="A truck bomb ", counts=())
    second = replace(first, id="c2", start=300, clause=(280, 330), lead="A second bomb ")
    assert join_report_tellings([first, second]) == [0, 1]
    assert explain_pair(replace(second, start=20), first).score > 0


def test_meetings_with_two_others_are_two() -> None:
    def met(*lands: str) -> Telling:
        some = tuple(Party(None, land, land, ("GOV",)) for land in lands)
        told = replace(BASE, deed="CONSULT", type="CONSULT", modes=(), counts=())
        told = replace(told, actors=some, recipients=(), mutual=True, site=None)
        return replace(told, trigger="summit", evidence="the summit", id=lands[1])

    north, south = met("PRK", "USA"), replace(met("PRK", "KOR"), start=300)
    assert explain_pair(north, south).score == 0
    assert explain_pair(north, replace(met("PRK", "USA"), start=300)).score > 0


def test_who_turns_to_two_others_does_not_do_it_together_with_them() -> None:
    both = claim()
    both = replace(both, action=replace(both.action, mutual=True))
    assert not of_claim(both, TEXT).mutual
    assert of_claim(replace(both, recipients=()), TEXT).mutual


@pytest.mark.parametrize("deed", ["RETREAT", "ASSAULT", "CONSULT"])
def test_a_claim_and_its_record_are_seen_alike(deed: str) -> None:
    told = claim(deed)
    part = replace(told.actors[0], span=None, name="The", country=None, entity=None)
    many = Quantity(
        *("killed", None, 12.0, None, "exact", "soldiers", "this act", None),
        *(told.action.trigger, told.certainty.why),
    )
    inferred = replace(told.when, answer="inferred")
    for one in (
        replace(told, event="e1", quantities=(many,)),
        replace(told, actors=(part, *told.actors), recipients=()),
        replace(told, when=inferred, where=replace(told.where, precision="city")),
        replace(told, where=replace(told.where, lat=1.5, lon=36.0, name="the Coast")),
        replace(told, where=replace(told.where, precision="unknown")),
    ):
        lead = text_near(TEXT, one.action.trigger.start)[0]
        found = of_record(claim_record(one, TEXT), lead)
        assert of_claim(one, TEXT) == replace(found, mutual=of_claim(one, TEXT).mutual)


def person(name: str, land: str) -> tuple[Party, ...]:
    return (Party(f"person:{name}", name, land, ("GOV",)),)


def test_what_two_people_do_each_alone_is_two() -> None:
    act = {"deed": "ACCUSE", "type": "ACCUSE", "modes": (), "counts": ()}
    one = replace(BASE, actors=person("adan", "KEN"), trigger="condemned", **act)
    two = replace(one, id="c2", start=300, actors=person("barre", "KEN"))
    state = (Party(None, "kenya", "KEN", ("GOV",)),)
    both = (*person("adan", "KEN"), *person("barre", "KEN"))
    assert explain_pair(one, two).score == 0
    assert explain_pair(one, two).against[0] == "it is other people who act"
    assert explain_pair(one, replace(two, actors=both)).score > 0
    assert explain_pair(one, replace(two, actors=state)).score > 0


def test_two_pairs_of_people_hold_two_meetings() -> None:
    act = {"deed": "CONSULT", "type": "CONSULT", "modes": (), "counts": ()}
    one = replace(BASE, actors=person("adan", "KEN"), trigger="meeting", **act)
    one = replace(one, recipients=person("chol", "SSD"))
    two = replace(one, id="c2", start=300, actors=person("barre", "KEN"))
    assert explain_pair(one, replace(two, recipients=person("deng", "SSD"))).score == 0
    assert explain_pair(one, two).score > 0


def test_who_is_killed_and_who_is_taken_are_two_happenings() -> None:
    held = replace(BASE, id="c2", start=300, trigger="took hostage", counts=())
    raid = replace(BASE, trigger="attacked", modes=())
    assert explain_pair(raid, replace(held, modes=("abduct",))).score == 0
    assert explain_pair(raid, replace(held, modes=())).score > 0


def test_police_who_shoot_the_gunman_do_another_act() -> None:
    raid = replace(BASE, hand=2)
    shots = replace(BASE, id="c2", start=300, hand=1)
    assert explain_pair(raid, shots).score == 0
    assert explain_pair(raid, shots).against[0] == "a state acts in one of them alone"
    assert explain_pair(raid, replace(shots, hand=0)).score > 0
    words = {"deed": "ACCUSE", "type": "ACCUSE", "counts": ()}
    assert explain_pair(replace(raid, **words), replace(shots, **words)).score > 0


def test_days_far_apart_are_not_joined_by_tellings_without_a_day() -> None:
    undated = [replace(BASE, id=f"c{i}", start=300 * i, first=None, last=None) for i in range(2, 7)]
    one, two = (
        replace(BASE, id=f"c{i}", start=300 * i, first=day, last=day)
        for i, day in enumerate((738800, 739000))
    )
    home = join_report_tellings([one, two, *undated])
    assert home[0] != home[1]
