"""What stands around acts, who is in them, and what follows for two reports."""

from dataclasses import replace

import numpy as np
import pytest

from dateline.events.cross_document import Witnesses, merge_units
from dateline.events.explain_merge import explain_pair
from dateline.extract.event_coref.clustering import nearby
from dateline.extract.event_coref.lexicon import Stories, rarest_words, story
from dateline.extract.event_coref.mention_table import Numbering
from dateline.extract.event_coref.mentions import Telling, join_tellings, told_as_one
from dateline.extract.event_coref.pair_features import bags_alike, days_between, shared_people
from dateline.extract.event_coref.pair_scorer import TOLD, Pins, Scored, claims_judge
from dateline.store.database.rows import unit_names
from tests.extract.event_coref.test_same import BASE

ASKED = "The mayors asked the ministry to reopen the flooded ferry crossing at Talvik."
OTHER = "The mayors asked the ministry to lower the duty on imported barley seed."


def asked(report: str, words: str) -> Telling:
    told = replace(BASE, report=report, id=report, deed="REQUEST", type="REQUEST")
    return replace(told, modes=(), trigger="asked", evidence="asked", around=words)


def test_calls_are_likelier_one_where_they_ask_the_same() -> None:
    stories = {name: story(f"{ASKED} {OTHER}") for name in ("r1", "r2")}
    like, unlike = (
        explain_pair(asked("r1", ASKED), asked("r2", words), stories).score
        for words in (ASKED, OTHER)
    )
    assert like > unlike


def test_one_act_is_compared_whatever_each_report_calls_it() -> None:
    one = asked("r1", ASKED)
    two = replace(asked("r2", ASKED), deed="AGREE", type="AGREE")
    rows = Numbering(claims_judge().deeds).columns([one, two])
    assert [side.tolist() for side in nearby(rows)] == [[0], [1]]


def test_bags_are_alike_by_the_words_that_weigh_most() -> None:
    words = np.array([[1, 2, 0], [2, 3, 0], [0, 0, 0]], np.int32)
    weight = np.array([[1, 3, 0], [3, 1, 0], [0, 0, 0]], np.float32)
    one, two = np.array([0, 0]), np.array([1, 2])
    alike, share = bags_alike((words[one], weight[one]), (words[two], weight[two]))
    assert alike[0] == pytest.approx(0.9)
    assert share[0] == pytest.approx(0.75)
    assert np.isnan(alike[1])
    assert rarest_words("Zorb said the minister met Aqil", 2) == ["aqil", "zorb"]


def test_people_are_shared_or_others_or_untold() -> None:
    some = np.array([[7, 0], [7, 8], [0, 0]], np.int32)
    others = np.array([[8, 7], [9, 0], [7, 0]], np.int32)
    assert shared_people(some, others)[:2].tolist() == [1, 0]
    assert np.isnan(shared_people(some, others)[2])


def test_days_are_compared_where_both_tell_them() -> None:
    first = np.array([5, 5, 0]), np.array([7, 5, 5])
    last = np.array([5, 9, 0]), np.array([7, 5, 5])
    one_day, between, wide = days_between(first, last)
    assert (one_day[0], between[0], wide[1]) == (0, 2, 4)
    assert np.isnan([one_day[1], one_day[2], between[2], wide[2]]).all()


def test_what_a_report_tells_as_one_stays_one_till_others_part_it() -> None:
    one = join_tellings([replace(BASE, id="c1")], "e1")
    two = join_tellings([replace(BASE, id="c2", start=900, clause=(880, 960))], "e1~c2")
    rows = Numbering(claims_judge().deeds).columns([one, two])
    told = Stories({}, ["r1", "r1"])
    pair = np.array([0]), np.array([1])
    assert Scored(rows, told, Pins(), ["e1", "e1~c2"]).scores(*pair) == [TOLD]
    assert merge_units([one, two], {}).events == {"e1": "e1", "e1~c2": "e1"}
    never = Pins(never=frozenset({("e1", "e1~c2")}))
    assert len(set(merge_units([one, two], {}, never).events.values())) == 2
    assert told_as_one("e1~c2") == "e1"


def test_the_first_claim_of_a_happening_has_its_name() -> None:
    claims = [
        {"id": name, "event": "e", "trigger": {"start": start}}
        for name, start in (("c2", 9), ("c1", 3))
    ]
    assert unit_names(claims) == {"c1": "e", "c2": "e~c2"}


def test_a_report_that_tells_two_claims_as_one_is_no_witness_of_two() -> None:
    pairs = [
        join_tellings([replace(BASE, report=f"r{i}", id=f"c{i}{k}", start=k)], part)
        for i in range(10)
        for k, part in enumerate((f"e{i}", f"e{i}~c"))
    ]
    apart = [replace(told, part=told.id) for told in pairs]
    halves = [range(0, 20, 2), range(1, 20, 2)]
    for some, fits in ((pairs, True), (apart, False)):
        rows = Numbering(claims_judge().deeds).columns(some)
        assert bool(Witnesses(rows, halves)([0], [1])) is fits
