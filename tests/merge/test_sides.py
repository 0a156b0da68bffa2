from typing import Any

from dateline.merge.sides import parties_of_sides

Record = dict[str, Any]


def who(
    name: str, country: str | None = None, *sector: str, entity: str = ""
) -> Record:
    told = {"name": name, "text": name, "country": country, "sector": list(sector)}
    return {**told, "entity": entity or None, "answer": "resolved"}


TRUMP = who("Donald Trump", "USA", "GOV", entity="person:donald-trump")
KIM = who("Kim Jong Un", "PRK", "GOV", entity="person:kim-jong-un")
SHABAB = who("Al-Shabab", "SOM", "REB", entity="armed-group:al-shabab")


def told(
    actors: list[Record], recipients: list[Record] | None = None, **more: Any
) -> Record:
    sides = {"actors": actors, "recipients": recipients or []}
    return {"confidence": 0.5, "quad": "verbal cooperation", **sides, **more}


def names(claims: list[Record]) -> tuple[list[str], list[str]]:
    found = parties_of_sides(claims)
    one, two = ([p["name"] for p in found[side]] for side in ("actors", "recipients"))
    return one, two


def test_each_stands_on_the_side_where_most_tellings_have_them() -> None:
    claims = [told([TRUMP], [KIM]), told([TRUMP], [KIM]), told([KIM], [TRUMP])]
    assert names(claims) == (["Donald Trump"], ["Kim Jong Un"])


def test_of_as_many_tellings_the_surest_decides() -> None:
    claims = [told([TRUMP], [KIM], confidence=0.9), told([KIM], [TRUMP])]
    assert names(claims) == (["Donald Trump"], ["Kim Jong Un"])


def test_who_is_told_on_both_sides_of_one_claim_acts() -> None:
    assert names([told([TRUMP, KIM], [KIM])]) == (["Donald Trump", "Kim Jong Un"], [])


def test_a_state_is_its_leader_where_they_meet() -> None:
    states = told(
        [who("United States", "USA", "GOV"), who("North Korea", "PRK", "GOV")]
    )
    assert names([told([TRUMP], [KIM]), states]) == (["Donald Trump"], ["Kim Jong Un"])


def test_who_expels_a_states_envoys_is_not_those_envoys() -> None:
    one = told(
        [who("United Kingdom", "GBR", "GOV")], [who("23 Russians", "RUS", "GOV")]
    )
    two = told([who("Russia", "RUS", "GOV")], [who("23 Britons", "GBR", "GOV")])
    claims = [{**claim, "quad": "material conflict"} for claim in (one, two)]
    assert names(claims)[0] == ["United Kingdom", "Russia"]


def test_the_most_telling_name_is_shown() -> None:
    vague = told([who("its fighter", "SOM", "REB")])
    assert names([vague, vague, told([SHABAB])])[0] == ["Al-Shabab"]
    assert names([told([who("they", None, "REB")]), told([SHABAB])])[0] == ["Al-Shabab"]


def test_a_pronoun_of_known_country_goes_by_the_country() -> None:
    (found,) = parties_of_sides([told([who("his", "PRK", "GOV", "MIL")])])["actors"]
    assert (found["name"], found["sector"]) == ("North Korea", ["GOV", "MIL"])


def test_words_for_several_countries_name_none_of_them() -> None:
    both = "U.S. and British forces"
    claims = [told([who(both, "USA", "MIL"), who(both, "GBR", "MIL")])]
    assert names(claims)[0] == ["United Kingdom", "United States"]


def test_a_sentences_capital_is_no_name() -> None:
    assert names([told([TRUMP, KIM]), told([who("The two men", None, "GOV")])])[0] == [
        "Donald Trump",
        "Kim Jong Un",
    ]


def test_victims_are_not_their_state() -> None:
    claims = [
        told([], [who("Syria", "SYR", "GOV")]),
        told([], [who("three people", "SYR", "CVL")]),
    ]
    assert names(claims)[1] == ["three people", "Syria"]


def test_a_state_stands_once_whether_it_was_looked_up_or_not() -> None:
    known = who("North Korea", "PRK", "GOV", entity="state:PRK")
    both = who("North Korea", "PRK", "GOV", "MIL")
    assert names([told([TRUMP], [known]), told([TRUMP], [both])])[1] == ["North Korea"]


def test_one_of_the_hostages_gives_none_of_the_others_a_name() -> None:
    some = who("40 Kenyans", "KEN", "CVL")
    one = who("Mara Sela", "KEN", "CVL")
    claims = [told([SHABAB], [some]), told([SHABAB], [some]), told([SHABAB], [one])]
    found = parties_of_sides(claims)["recipients"]
    assert [(p["name"], p["told"]) for p in found] == [
        ("40 Kenyans", 2),
        ("Mara Sela", 1),
    ]
