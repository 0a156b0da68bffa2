"""What a reader infers where no words tell when, and what is background."""

from datetime import date

import pytest

from dateline.ingest.reading.inputs import complete_report
from dateline.model import Claim, Report
from dateline.model.record import claim_record, revive_claim
from dateline.pipeline.factory import Options, make_coder

DAY = date(2024, 8, 28)  # a Wednesday
NEWS = "Rebels attacked a convoy near Mopti in Mali on Monday, the army said.\n\n"


def coded(text: str, day: date | None = DAY) -> list[Claim]:
    return list(
        make_coder(Options()).code(complete_report(Report("r", text, published=day))).claims
    )


def of(claims: list[Claim], deed: str) -> Claim:
    return next(claim for claim in claims if claim.action.deed == deed)


def test_a_bare_past_in_a_report_of_these_days_is_of_these_days():
    text = "Rebels in Chad burned a fort. The army had left the fort on Monday."
    found = of(coded(text), "ASSAULT")
    when = found.when
    assert (when.answer, when.why.rule) == ("inferred", "times.inferred.news.v1")
    assert (when.first, when.last) == (date(2024, 8, 24), DAY)  # two days before Monday
    assert when.span is None
    assert ("when", when.why) in found.why


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested forty protesters in Chad.",  # of no week that is told
        NEWS + "France left Mali in 2022. Its army closed a camp. Troops killed ten.",
        NEWS + "Police had arrested forty protesters in Chad.",
        NEWS + "Police may arrest forty protesters in Chad.",
        "Rebels attacked a convoy near Mopti in Mali in May, the army said.\n\n"
        "Police arrested forty protesters in Chad.",
    ],
)
def test_what_may_be_older_or_to_come_gets_no_day(text):
    for claim in coded(text):
        assert claim.when.answer != "inferred"


def test_an_undated_report_gets_none():
    for claim in coded(NEWS + "Police arrested forty protesters in Chad.", None):
        assert claim.when.answer != "inferred"


def test_a_time_that_is_told_stands_and_names_the_day_it_is_counted_from():
    found = of(coded(NEWS), "ASSAULT")
    assert (found.when.answer, found.when.first) == ("told", date(2024, 8, 26))
    assert found.when.base == DAY
    own = of(coded("Rebels attacked a convoy in Mali on May 3, 2024."), "ASSAULT")
    assert own.when.known
    assert own.when.base is None


def test_no_week_is_counted_from_a_year_that_is_named():
    text = "Kenya will host a summit in 2031. Police arrested ten men in the past week."
    assert not of(coded(text, None), "COERCE").when.known


def test_a_war_of_the_past_and_an_old_attack_are_background():
    old = coded("Iraq's invasion of Kuwait led to sanctions.")
    assert of(old, "ASSAULT").background.rule == "times.background.named.v1"
    text = NEWS + "Police arrested forty protesters in Chad in 1998."
    claims = coded(text)
    old = [claim for claim in claims if claim.background]
    assert of(old, "COERCE").background.rule == "times.background.long-ago.v1"
    assert of(claims, "ASSAULT").background is None  # Monday's
    kept = claim_record(of(old, "COERCE"), text)
    assert kept["background"] is True
    assert kept["why"][-1]["question"] == "background"
    assert claim_record(revive_claim(kept), text) == kept
