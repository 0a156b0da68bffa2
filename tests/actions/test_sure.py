def test_both_parties_raise_it(found):
    full = found("Rebels attacked the army.")[0]
    bare = found("Two soldiers were killed in an ambush.")[0]
    assert full.sure > bare.sure


def test_negated_acts_fall_under_the_floor(acts):
    assert acts("The rebels did not attack the town.") == []
    assert acts("The rebels did not attack the town.", floor=0.0)
