def test_one_act_told_twice_is_one(acts):
    found = acts("The two ministers held talks with the rebels.")
    assert [deed for deed, *_ in found] == ["CONSULT"]


def test_noun_tells_who_killed(acts):
    found = acts("Six miners were killed in an attack blamed on separatists.")
    assert ("ASSAULT", "killed", ["separatists"], ["Six miners"]) in found
    assert len(found) == 1


def test_a_rally_called_off_is_no_rally(acts):
    found = acts("The union called off a rally in Lima.")
    assert [deed for deed, *_ in found] == ["CONCEDE"]


def test_one_crowd_protests_once(acts):
    found = acts("Students marched in Lima, burning flags and chanting slogans.")
    assert [deed for deed, *_ in found] == ["PROTEST"]


def test_talks_refused_are_no_talks(acts):
    found = acts("The premier ruled out talks with the rebels.")
    assert [deed for deed, *_ in found] == ["REJECT"]


def test_a_call_refused_is_a_call(acts):
    found = acts("Chad rejected the Malian call for talks.")
    assert {deed for deed, *_ in found} == {"REJECT", "REQUEST"}


def test_a_release_that_is_welcomed_was_a_release(acts):
    found = acts("Mali welcomed the release of the nurses by Chadian rebels.")
    assert ("RETREAT", "release", ["Chadian rebels"], ["nurses"]) in [
        (deed, trigger, actors, [w.split()[-1] for w in whom])
        for deed, trigger, actors, whom in found
    ]


def test_a_vote_is_what_the_paper_says(acts):
    found = acts("The parliament adopted a resolution condemning Chad.")
    assert found == [("ACCUSE", "condemning", ["The parliament"], ["Chad"])]


def test_what_follows_is_another_act(acts):
    found = acts("The major was tortured before he was shot.")
    assert [told for _, told, *_ in found] == ["tortured", "shot"]


def test_talks_pressed_for_are_only_asked_for(acts):
    found = acts("Chad pressed for talks with Mali.")
    assert [deed for deed, *_ in found] == ["REQUEST"]
