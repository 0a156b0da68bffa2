from benchmarks.places import ask_places, question_about_places, score_places


def test_given_spans_are_answered_and_no_others():
    row = {"doc": "d", "text": "From Oslo to Cairo", "spans": [[5, 9], [-1, 2], [9, 999]]}
    (answer,) = ask_places([row])
    (oslo,) = answer["toponyms"]
    assert (oslo["start"], oslo["end"], oslo["country"]) == (5, 9, "NOR")


def test_raw_text_is_read():
    row = {"doc": "d", "text": "The two sides met in Oslo on Monday.", "published": None}
    (answer,) = ask_places([row])
    assert [t["country"] for t in answer["toponyms"]] == ["NOR"]


def test_only_the_countries_named():
    row = {"doc": "d", "text": "in Mosul and in Paris", "spans": [[3, 8], [16, 21]]}
    (answer,) = ask_places([row], countries=["IRQ"])
    assert answer["toponyms"][0]["country"] == "IRQ"
    assert answer["toponyms"][1]["country"] in ("IRQ", None)


def test_score_of_gold_against_itself():
    top = {"start": 0, "end": 4, "text": "Oslo", "lat": 59.9, "lon": 10.7}
    gold = [{"doc": "d", "toponyms": [{**top, "geonameid": 3143244}]}]
    perfect = score_places(gold, gold)
    assert perfect["acc161"] == perfect["precision"] == perfect["recall"] == 1
    assert score_places(gold, [])["acc161"] == 0
    assert score_places([], [])["acc161"] == 0


def test_a_question_holds_no_answer():
    gold = {"doc": "d", "text": "Oslo", "toponyms": [{"start": 0, "end": 4, "lat": 1}]}
    assert question_about_places(gold) == {"doc": "d", "text": "Oslo", "spans": [[0, 4]]}
