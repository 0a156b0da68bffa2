from dataclasses import replace

import pytest

from dateline.merge.versions import Edition, names_itself, supersedes

OLD = Edition("a", "Harbour Times", "", "Bomb kills 12 in market", 100)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("CORRECTION: Toll in market blast was 12", "correction"),
        ("Corrected: Toll in market blast was 12", "correction"),
        ("Market blast (Corrects date in second paragraph)", "correction"),
        ("UPDATE 2 - Market blast kills 15", "update"),
        ("Market blast kills 15 - 2nd lead", "update"),
        ("Police update citizens on blast", ""),
        ("House of correction burns", ""),
        ("Leaders take the lead in talks", ""),
    ],
)
def test_a_later_version_names_itself(head: str, kind: str) -> None:
    assert names_itself(head) == kind


def test_the_same_id_or_address_with_another_text_is_a_new_version() -> None:
    assert "same id" in supersedes(OLD, OLD, 0.0)
    here = replace(OLD, url="https://harbour.example/1")
    assert "same address" in supersedes(replace(here, report="b"), here, 0.0)


def test_a_correction_takes_the_place_of_what_it_copies() -> None:
    new = replace(OLD, report="b", head="CORRECTION: Bomb kills 11", day=101)
    assert supersedes(new, OLD, 0.8).startswith("correction")
    assert supersedes(new, OLD, 0.1) == ""
    assert supersedes(replace(new, outlet="Civic Herald"), OLD, 0.8) == ""
    assert supersedes(replace(new, day=140), OLD, 0.8) == ""
    assert supersedes(replace(OLD, report="b"), OLD, 0.9) == ""


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("Bomb kills 12 in market", "Bomb kills 15 in market - 2nd lead"),
        ("Bomb kills 15 in market - 2nd lead", "Bomb kills 18 in market - 3rd lead"),
        ("UPDATE 1 - Bomb kills 12", "UPDATE 2 - Bomb kills 15"),
    ],
)
def test_leads_of_one_day_follow_each_other_by_their_number(
    older: str, newer: str
) -> None:
    old, new = replace(OLD, head=older), replace(OLD, report="b", head=newer)
    assert supersedes(new, old, 0.8).startswith("update")
    assert supersedes(old, new, 0.8) == ""
