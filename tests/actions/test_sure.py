def test_both_parties_raise_it(found):
    full = found("Rebels attacked the army.")[0]
    bare = found("Two soldiers were killed in an ambush.")[0]
    assert full.sure > bare.sure


def test_what_was_not_done_is_told_where_both_parties_are(acts):
    (act,) = acts("The rebels did not attack the town.")
    assert act == ("ASSAULT", "attack", ["The rebels"], ["the town"])


def test_what_was_not_done_by_nobody_falls_under_the_floor(acts):
    assert acts("The town was not attacked.") == []
    assert acts("The town was not attacked.", floor=0.0)
