"""Places told outside the sentence that tells the act, by the whole program."""

from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np
import pytest

from dateline.extract.place.cross_sentence import WHERE, Story, open_places, placed_elsewhere
from dateline.ingest.reading.inputs import complete_report
from dateline.model import Report
from dateline.pipeline.factory import Options, make_coder

DAY = date(2024, 8, 28)  # a Wednesday
TEXT = (
    "Violence went on in Kashmir on Tuesday.\n\n"
    "Two soldiers were killed and six were injured when militants threw grenades.\n\n"
    "The president of France condemned the attack in a statement.\n"
)


@pytest.fixture(scope="module")
def asked():
    """The question opened on a report, and its claims before it is asked."""
    kept = []

    def keep(where, claims):
        kept.append((where, claims))
        return claims

    program = replace(make_coder(Options()), where_elsewhere=keep)
    program.code(complete_report(Report("r", TEXT, published=DAY)))
    return kept[0]


def test_every_figure_has_a_name_and_the_nets_know_it(asked):
    every = list(open_places(Story(*asked)))
    assert every
    assert {each.rows.shape[1] for each in every} == {len(WHERE.names)}
    assert all(np.isfinite(each.rows).all() for each in every)
    assert WHERE.learned().figures == WHERE.names


def test_a_silent_clause_has_the_place_of_its_story_and_says_so(asked):
    killed = [c for c in asked[1] if "ASSAULT" in c.type and not c.where.known]
    found = {c.action.trigger: c for c in placed_elsewhere(*asked)}
    assert killed
    for claim in killed:
        where = found[claim.action.trigger].where
        assert (where.name, where.why.rule) == ("Kashmir", "places.elsewhere.v1")
        assert where.span and where.span.of(TEXT) == "Kashmir"
        assert where.role == "site"


def test_what_has_a_place_keeps_it(asked):
    where, claims = asked
    for before, after in zip(claims, placed_elsewhere(where, claims), strict=True):
        assert not before.where.known or after == before


def test_no_place_where_none_is_likely_enough(asked, monkeypatch):
    monkeypatch.setattr("dateline.extract.place.cross_sentence.SURE", 1.01)
    assert [c.where for c in placed_elsewhere(*asked)] == [c.where for c in asked[1]]


def test_another_answer_to_where_is_left_alone(asked):
    where, claims = asked
    assert placed_elsewhere(partial(where), claims) == tuple(claims)


def test_of_a_country_whose_places_are_all_unlikely_the_country_is_told(asked):
    from dateline.extract.place.cross_sentence import likeliest_place

    where = asked[0]
    cities = [
        replace(named.place, entry=entry)
        for named in Story(*asked).places[:1]
        for name in ("Lyon", "Nice", "Lille")
        for entry in where.table.find(name)
        if entry.country == "FRA"
    ][:3]
    odds = np.array([0.25, 0.2, 0.2], np.float32)
    told = likeliest_place(where, cities, odds)
    assert told is not None
    assert (told.country, told.precision) == ("FRA", "country")
    assert likeliest_place(where, cities, odds / 5) is None


def test_where_a_report_is_filed_is_not_where_others_act():
    text = (
        "LONDON, March 5 (Reuters) - Israel demolished the homes of two Palestinians "
        "on Monday. Officials gave no further details."
    )
    claims = make_coder(Options()).code(complete_report(Report("r", text, published=DAY))).claims
    assert claims
    assert {claim.where.country for claim in claims} == {None}
