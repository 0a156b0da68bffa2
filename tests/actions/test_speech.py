def test_the_speaker_is_the_doer(acts):
    found = acts("Chad said it would expel the ambassador.")
    assert any(deed == "SANCTION" and who == ["Chad"] for deed, _, who, _ in found)


def test_number_must_agree(acts):
    found = acts("Chad said they would expel the ambassador.")
    assert all(who != ["Chad"] for _, _, who, _ in found)
