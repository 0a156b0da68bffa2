def test_the_clause_not_the_sentence(found):
    text = "Rain fell for days, and rebels attacked the town while people slept."
    act = found(text)[0]
    said = act.evidence.of(text)
    assert said == "rebels attacked the town"
    assert act.evidence.covers(act.trigger)
