def test_the_object_decides(acts):
    told = [deed for deed, *_ in acts("The court released the prisoners.")]
    assert told == ["RETREAT"]
    assert acts("The band released an album.") == []


def test_the_subject_decides(acts):
    assert acts("Prices attacked a new high.") == []


def test_what_one_pulls_out_of_decides(acts):
    told = [deed for deed, *_ in acts("Chad pulled out of the peace treaty.")]
    assert told == ["SANCTION"]
