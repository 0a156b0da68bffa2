def test_arms_make_a_test(acts):
    assert acts("Iran conducted a missile test.")
    assert acts("The school conducted a reading test.") == []


def test_sport_is_no_fight(acts):
    assert acts("Spain fought with France in the cup final.") == []
