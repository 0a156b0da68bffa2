from typing import Any

from dateline.merge.wholes import holds_part, whole_of

DAY = {"from": "2011-06-08", "to": "2011-06-08", "precision": "day", "answer": "told"}


def party(name: str) -> dict[str, Any]:
    return {"name": name, "text": name, "country": None, "sector": [], "entity": None}


def call(
    event: str, *names: str, when: Any = DAY, kind: str = "REQUEST"
) -> dict[str, Any]:
    return {
        "event": event,
        "report": "r1",
        "id": f"c-{event}",
        "type": kind,
        "quad": "verbal conflict",
        "confidence": 0.9,
        "when": when,
        "actors": [party(name) for name in names],
        "recipients": [party("the council")],
    }


def test_the_call_of_one_is_part_of_the_call_of_many() -> None:
    one, many = call("e1", "Ana Roy"), call("e2", "Ana Roy", "Jo Park", "Lee Sun")
    assert whole_of(one, [one, many]) == "e2"
    assert whole_of(many, [one, many]) is None


def test_another_day_type_or_party_is_no_whole() -> None:
    one = call("e1", "Ana Roy")
    later = {**DAY, "from": "2011-06-20", "to": "2011-06-20"}
    for other in (
        call("e2", "Ana Roy", "Jo Park", when=later),
        call("e2", "Ana Roy", "Jo Park", when=None),
        call("e2", "Ana Roy", "Jo Park", kind="ACCUSE"),
        call("e2", "Kim Poe", "Jo Park"),
        call("e2", "Ana Roy"),
    ):
        assert whole_of(one, [one, other]) is None


def test_of_several_wholes_the_one_that_names_most_is_told() -> None:
    one = call("e1", "Ana Roy")
    more = [
        call("e2", "Ana Roy", "Jo Park"),
        call("e3", "Ana Roy", "Jo Park", "Lee Sun"),
    ]
    assert whole_of(one, [one, *more]) == "e3"


def test_what_one_does_to_one_is_part_of_what_he_does_to_many() -> None:
    def told(actors: str, recipients: str) -> dict[str, set[str]]:
        return {"actors": set(actors), "recipients": set(recipients)}

    assert holds_part(told("a", "bc"), told("a", "b"))
    assert holds_part(told("ax", "b"), told("a", "b"))
    assert not holds_part(told("a", "b"), told("a", "b"))
    assert not holds_part(told("x", "bc"), told("a", "b"))
    assert not holds_part(told("a", "bc"), told("", "b"))
