"""Both sides and the two countries of a report that tells of two."""

from tests.actors.test_resolve import who

TRUCE = (
    "Eritrea and Ethiopia agreed on a truce. Eritrea said Ethiopian troops had "
    "left Eritrean soil. Ethiopia denied it. Ethiopia and Eritrea will meet again. "
    "Norway welcomed the truce, and a Swedish envoy praised {}."
)


def codes(text: str, mention: str) -> list[str | None]:
    return sorted(actor.country or "" for actor in who(mention, text))


def test_both_sides_are_the_two_of_the_report_and_not_the_two_named_last() -> None:
    for mention in ("both sides", "the two countries", "the two armies"):
        assert codes(TRUCE.format(mention), mention) == ["ERI", "ETH"]
    found = who("both sides", TRUCE.format("both sides"))
    assert {actor.why.rule for actor in found} == {"actors.two-of-report.v1"}
    assert {actor.answer for actor in found} == {"guess"}


def test_a_report_of_one_country_or_of_many_tells_no_two() -> None:
    one = "Kenya sent police. Kenya said Kenyan rebels fled. Kenya urged both sides."
    assert codes(one, "both sides") == [""]
    many = (
        "Mali, Chad, Niger, Togo, Benin and Ghana met, and Mali urged both countries."
    )
    assert codes(many, "both countries") == [""]


def test_leaders_of_the_opposition_are_of_the_report_and_ministers_are_not() -> None:
    text = "Police in Lima arrested nine. {} met."
    assert codes(text.format("Opposition leaders"), "Opposition leaders") == ["PER"]
    assert codes(text.format("Foreign ministers"), "Foreign ministers") == [""]


def test_a_counterpart_in_a_capital_is_of_its_country() -> None:
    assert codes("He telephoned his counterparts in Lima.", "counterparts in Lima") == [
        "PER"
    ]


def test_two_states_of_one_name_are_told_together() -> None:
    text = "Norway urged {} to sign a treaty on fishing."
    for mention in ("the two Koreas", "both Koreas"):
        assert codes(text.format(mention), mention) == ["KOR", "PRK"]
    assert len(codes(text.format("the two Guineas"), "the two Guineas")) == 1
