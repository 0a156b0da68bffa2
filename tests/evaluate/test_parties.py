from dateline.evaluate.parties import score


def claim(
    actors: list[list[int]], recipients: list[list[int]], sure: float = 0.5
) -> dict:  # type: ignore[type-arg]
    sides = {
        "actors": [{"start": a, "end": b} for a, b in actors],
        "recipients": [{"start": a, "end": b} for a, b in recipients],
    }
    return {"report": "1", "confidence": sure, **sides}


GOLD = [{"id": "1", "text": "x", "actor": [[0, 5]], "recipient": [[9, 14]], "both": []}]


def test_the_better_of_two_claims_counts() -> None:
    found = score(GOLD, [claim([[9, 14]], []), claim([[0, 5]], [[9, 14]])])
    assert (found["exact_f1"], found["overlap_f1"], found["silent"]) == (1, 1, 0)


def test_a_third_claim_does_not() -> None:
    wrong = [claim([[20, 22]], [], 0.9), claim([[20, 22]], [], 0.8)]
    assert score(GOLD, [*wrong, claim([[0, 5]], [[9, 14]], 0.1)])["overlap_f1"] == 0


def test_overlap_is_kinder_than_exact() -> None:
    found = score(GOLD, [claim([[0, 4]], [[9, 14]])])
    assert found["exact_f1"] == 0.5
    assert found["overlap_f1"] == 1


def test_parties_of_mutual_acts_may_stand_on_either_side() -> None:
    gold = [{"id": "1", "text": "x", "actor": [], "recipient": [], "both": [[0, 5]]}]
    assert score(gold, [claim([], [[0, 5]])])["exact_f1"] == 1
    assert score(gold, [])["silent"] == 1
