def test_one_act_told_twice_is_one(acts):
    found = acts("The two ministers held talks with the rebels.")
    assert [deed for deed, *_ in found] == ["CONSULT"]


def test_noun_tells_who_killed(acts):
    found = acts("Six miners were killed in an attack blamed on separatists.")
    assert ("ASSAULT", "killed", ["separatists"], ["Six miners"]) in found
    assert len(found) == 1
