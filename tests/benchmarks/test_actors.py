from benchmarks.actors import kind_of, score_links


def answer(kind: str, linkable: bool, said: list[tuple[str, list[str]]]) -> dict:
    names = ["Ivo Brandt"]
    where = {"report": "r", "start": 0, "head": 0}
    return {**where, "kind": kind, "names": names, "linkable": linkable, "said": said}


def test_right_is_who_bears_the_name_or_shares_its_distinctive_word():
    told = [
        answer("pronoun", True, [("the general", ["Ivo Brandt"])]),
        answer("pronoun", True, [("Mr. Brandt", [])]),
        answer("pronoun", True, [("Pavel Korda", ["Pavel Korda"])]),
        answer("pronoun", True, []),
    ]
    found = score_links([{"report": "r"}], told)
    assert found["pronouns asked"] == 4
    assert found["pronouns answered"] == 3 / 4
    assert found["pronouns right"] == 2 / 3


def test_a_link_of_words_that_nothing_tells_more_of_is_judged_too():
    found = score_links([{"report": "r"}], [answer("nominal", False, [("Korda", [])])])
    assert (found["nominals asked"], found["nominals right"]) == (0, 0)


def test_names_in_full_are_of_no_kind():
    assert kind_of("President Ivo Brandt", {"Ivo Brandt"}) is None
