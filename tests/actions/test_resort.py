import pytest

TOLD = [
    (
        "Students marched in Lima to protest the raid by Chilean police.",
        "PROTEST",
        ["Chilean police"],
        "purpose",
    ),
    (
        "Riot police were deployed in Tunis to break up a march by the unions.",
        "MOBILIZE",
        ["the unions"],
        "purpose",
    ),
    (
        "Farmers held a rally to urge the minister to resign.",
        "PROTEST",
        ["the minister"],
        "purpose",
    ),
    (
        "Senegal called for sanctions against Mali's generals.",
        "REQUEST",
        ["Mali's generals"],
        "matter",
    ),
    ("Japan lifted sanctions imposed on India.", "RETREAT", ["India"], "matter"),
    (
        "French troops will remain in Chad until Libya pulls out.",
        "MOBILIZE",
        ["Libya"],
        "unless",
    ),
    (
        "Chad said it will not lift the curfew until the rebels surrender.",
        "REJECT",
        ["the rebels"],
        "unless",
    ),
    (
        "Peru took legal action in its dispute with Chile.",
        "ACCUSE",
        ["Chile"],
        "opponent",
    ),
]


@pytest.mark.parametrize(("text", "deed", "whom", "rule"), TOLD)
def test_a_party_outside_the_frame(found, text, deed, whom, rule):
    act = next(a for a in found(text) if a.deed == deed)
    assert [s.of(text) for s in act.recipients] == whom
    assert dict(act.why)["recipient"].rule == f"actions.{rule}.v1"


def test_what_is_done_for_a_friend_is_against_nobody(found):
    (act,) = found("Kenya deployed troops in the valley to help the villagers.")
    assert act.recipients == ()


def test_his_tests_point_forward_to_the_subject(found):
    text = (
        "Fearing the effect of sanctions imposed because of his tests, "
        "Kim turned to diplomacy with Seoul."
    )
    act = next(a for a in found(text) if a.deed == "SANCTION")
    assert [s.of(text) for s in act.recipients] == ["Kim"]
