"""What claims of one event agree on, who is on either side, what it is part of."""

from typing import Any

from dateline.events import aggregation as agree
from dateline.events.aggregation import holds_part, parties_of_sides, whole_of
from dateline.extract.event_coref.mentions import telling_counts

Record = dict[str, Any]


def claim(report: str, killed: float | None = None, **told: Any) -> dict[str, Any]:
    many = {
        "what": "killed",
        "low": killed,
        "best": killed,
        "high": killed,
        "scope": told.pop("scope", "this act"),
        "start": told.pop("at", 30),
        "end": 32,
    }
    return {
        "report": report,
        "id": told.pop("id", f"{report}-1"),
        "status": "happened",
        "trigger": {"text": "killed", "start": told.pop("start", 20), "end": 26},
        "quantities": [many] if killed is not None else [],
        "said_by": [],
        "when": None,
        "where": None,
        "actors": [],
        "recipients": [],
        **told,
    }


DAYS = {"a": "2025-01-01", "b": "2025-01-02", "c": "2025-01-03", "d": "2025-01-04"}


def says(name: str) -> list[dict[str, str]]:
    return [{"name": name, "text": name}]


def test_tolls_are_a_series_with_speakers_never_a_sum() -> None:
    claims = [
        claim("c", 217),
        claim("a", 82, said_by=says("police")),
        claim("d", 257),
        claim("b", 110),
    ]
    (found,) = agree.agreed_counts(claims, DAYS)
    assert [c.best for c in found.series] == [82, 110, 217, 257]
    assert (found.low, found.best, found.high) == (82, 257, 257)
    assert found.series[0].speaker == "police"
    assert agree.disagreements(claims, [found]) == ["killed: 82 → 110 → 217 → 257"]


def test_a_number_is_told_of_one_event_alone() -> None:
    killing = claim("a", 15, start=20, at=28)
    wounding = claim("a", 15, start=45, at=28, id="a-2")
    assert [c.low for c in agree.agreed_counts([killing], DAYS, [wounding])] == [15]
    assert agree.agreed_counts([wounding], DAYS, [killing]) == []


def test_one_number_read_by_two_claims_of_an_event_is_told_once() -> None:
    claims = [claim("a", 15), claim("a", 15, id="a-2", start=44)]
    (found,) = agree.agreed_counts(claims, DAYS)
    assert len(found.series) == 1


def test_a_running_total_does_not_count_as_the_acts_own() -> None:
    claims = [claim("a", 4), claim("b", 900, scope="running total")]
    (found,) = agree.agreed_counts(claims, DAYS)
    assert (found.low, found.high) == (4, 4)


def test_who_denies_what_others_tell_is_named() -> None:
    claims = [claim("a"), claim("b", status="denied", said_by=says("the army"))]
    assert agree.disagreements(claims, []) == ["the army denies"]
    assert agree.agreed_status(claims) == "happened"
    assert agree.disagreements(claims[1:], []) == []


def test_days_and_places_that_contradict_are_told() -> None:
    def day(told: str) -> dict[str, str]:
        return {"from": told, "to": told, "precision": "day", "answer": "told"}

    def city(name: str) -> dict[str, str]:
        return {"name": name, "precision": "city", "country": "KEN"}

    claims = [
        claim("a", when=day("2025-01-01"), where=city("Lamu")),
        claim("b", when=day("2025-01-02"), where=city("Garissa")),
        claim("c", when=day("2025-01-02"), where=city("Garissa")),
    ]
    assert agree.disagreements(claims, []) == [
        "days told: 2025-01-02 (2), 2025-01-01 (1)",
        "places told: Garissa, Lamu",
    ]
    assert agree.agreed_days(claims) == day("2025-01-02")
    assert (agree.agreed_place(claims) or {})["name"] == "Garissa"


def test_a_range_that_one_telling_gives_is_no_disagreement() -> None:
    crowd = {"what": "crowd", "low": 200, "best": 200, "high": 999, "start": 1}
    one = {**claim("a"), "quantities": [{**crowd, "end": 9, "scope": "this act"}]}
    found = agree.agreed_counts([one], DAYS)
    assert [(many.low, many.high) for many in found] == [(200, 999)]
    assert agree.disagreements([one], found) == []


def test_at_most_so_many_differs_from_another_count_in_words() -> None:
    many = {"what": "killed", "low": None, "best": None, "high": 40.0}
    most = [{**many, "scope": "this act", "start": 30, "end": 32}]
    claims = [claim("a", 30), claim("b", quantities=most)]
    found = agree.agreed_counts(claims, DAYS)
    assert agree.disagreements(claims, found) == ["killed: 30 → 40"]


def test_up_to_so_many_has_no_lowest_figure() -> None:
    many = {"what": "killed", "low": None, "best": 50.0, "high": 50.0, "bound": "up to"}
    one = [{**many, "scope": "this act", "start": 30, "end": 32}]
    (found,) = agree.agreed_counts([claim("a", quantities=one)], DAYS)
    assert (found.low, found.best, found.high) == (None, 50, 50)


def test_a_bound_that_all_tell_is_that_of_the_event() -> None:
    claims = [claim("a", 50), claim("b", 60), claim("c", 60)]
    for each in claims:
        each["quantities"][0]["bound"] = "up to"
    (found,) = agree.agreed_counts(claims, DAYS)
    assert found.bound == "up to"
    claims[2]["quantities"][0]["bound"] = "exact"
    assert agree.agreed_counts(claims, DAYS)[0].bound == "exact"


def test_sums_in_two_currencies_are_neither_one_series_nor_compared() -> None:
    claims = [claim("a", 5), claim("b", 7), claim("c", 7)]
    for each, unit in zip(claims, ("euro", "US$", "dollar"), strict=True):
        each["quantities"][0] |= {"what": "money", "unit": unit}
    found = agree.agreed_counts(claims, DAYS)
    assert [(c.unit, c.low, c.high, len(c.series)) for c in found] == [
        ("US$", 7, 7, 2),
        ("euro", 5, 5, 1),
    ]
    assert agree.disagreements(claims, found) == []
    kinds = [telling_counts(each["quantities"]) for each in claims]
    assert kinds == [(("money euro", 5.0),), (("money dollar", 7.0),), (("money dollar", 7.0),)]


def test_a_visit_told_by_its_days_has_them_all() -> None:
    def days(first: str, last: str, precision: str = "day") -> dict[str, str]:
        told = {"from": first, "to": last, "precision": precision}
        return {**told, "answer": "told"}

    whole = days("2025-06-20", "2025-06-21", "range")
    came, left = (days(d, d) for d in (whole["from"], whole["to"]))
    claims = [claim("a", when=w) for w in (whole, came, left)]
    assert agree.agreed_days(claims) == whole
    assert agree.agreed_days(claims[:2]) == came


def test_at_least_so_many_is_no_other_figure() -> None:
    claims = [claim("a", 20), claim("b", 20)]
    claims[1]["quantities"][0] |= {"bound": "at least", "high": None}
    found = agree.agreed_counts(claims, DAYS)
    assert agree.disagreements(claims, found) == []


def spanning(first: str, last: str, precision: str) -> dict[str, str]:
    return {"from": first, "to": last, "precision": precision, "answer": "told"}


def test_most_tellings_decide_the_days_whatever_their_precision() -> None:
    july = spanning("2011-07-29", "2011-07-29", "day")
    week = spanning("2011-07-25", "2011-07-31", "week")
    odd = spanning("2011-08-07", "2011-08-07", "day")
    year = spanning("2011-01-01", "2011-12-31", "year")
    nine = [claim(f"r{n}", when=july) for n in range(9)]
    assert agree.agreed_days([*nine, claim("odd", when=odd)]) == july
    assert agree.disagreements([*nine, claim("odd", when=odd)], []) == [
        "days told: 2011-07-29 (9), 2011-08-07 (1)"
    ]
    three = [claim(name, when=week) for name in "abc"]
    assert agree.agreed_days([claim("a", when={**week, "precision": "range"})])["to"] == week["to"]
    assert agree.agreed_days([*three, claim("odd", when=odd)]) == week
    twice = [claim("odd", when=odd, id=f"odd-{n}") for n in range(4)]
    assert agree.agreed_days([*nine[:2], *twice, claim("y", when=year)]) == july


def test_a_total_over_months_is_no_toll_of_the_act() -> None:
    since = spanning("2011-03-15", "2011-11-18", "range")
    claims = [claim("a", 27), claim("b", 3500, when=since), claim("c", 3600, when=since)]
    (found,) = agree.agreed_counts(claims, DAYS)
    assert (found.low, found.high) == (27, 27)
    (beside,) = agree.totals(claims, DAYS)
    assert (beside.low, beside.high, len(beside.series)) == (3600, 3600, 2)
    (alone,) = agree.agreed_counts(claims[1:], DAYS)
    assert (alone.low, alone.high) == (3600, 3600)
    assert agree.totals(claims[1:], DAYS) == []


def test_a_victim_who_is_named_is_no_toll_beside_a_number() -> None:
    named = claim("a", 1)
    named["quantities"][0] |= {"text": "Roy", "whose": "Ana Roy"}
    (found,) = agree.agreed_counts([named, claim("b", 20)], DAYS)
    assert (found.low, found.high) == (20, 20)
    assert [c.best for c in agree.agreed_counts([named], DAYS)[0].series] == [1]


def who(name: str, country: str | None = None, *sector: str, entity: str = "") -> Record:
    told = {"name": name, "text": name, "country": country, "sector": list(sector)}
    return {**told, "entity": entity or None, "answer": "resolved"}


TRUMP = who("Donald Trump", "USA", "GOV", entity="person:donald-trump")
KIM = who("Kim Jong Un", "PRK", "GOV", entity="person:kim-jong-un")
SHABAB = who("Al-Shabab", "SOM", "REB", entity="armed-group:al-shabab")


def told(actors: list[Record], recipients: list[Record] | None = None, **more: Any) -> Record:
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
    states = told([who("United States", "USA", "GOV"), who("North Korea", "PRK", "GOV")])
    assert names([told([TRUMP], [KIM]), states]) == (["Donald Trump"], ["Kim Jong Un"])


def test_who_expels_a_states_envoys_is_not_those_envoys() -> None:
    one = told([who("United Kingdom", "GBR", "GOV")], [who("23 Russians", "RUS", "GOV")])
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
    claims = [told([], [who("Syria", "SYR", "GOV")]), told([], [who("three people", "SYR", "CVL")])]
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
    assert [(p["name"], p["told"]) for p in found] == [("40 Kenyans", 2), ("Mara Sela", 1)]


DAY = {"from": "2011-06-08", "to": "2011-06-08", "precision": "day", "answer": "told"}


def party(name: str) -> dict[str, Any]:
    return {"name": name, "text": name, "country": None, "sector": [], "entity": None}


def call(event: str, *names: str, when: Any = DAY, kind: str = "REQUEST") -> dict[str, Any]:
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
    more = [call("e2", "Ana Roy", "Jo Park"), call("e3", "Ana Roy", "Jo Park", "Lee Sun")]
    assert whole_of(one, [one, *more]) == "e3"


def test_what_one_does_to_one_is_part_of_what_he_does_to_many() -> None:
    def told(actors: str, recipients: str) -> dict[str, set[str]]:
        return {"actors": set(actors), "recipients": set(recipients)}

    assert holds_part(told("a", "bc"), told("a", "b"))
    assert holds_part(told("ax", "b"), told("a", "b"))
    assert not holds_part(told("a", "b"), told("a", "b"))
    assert not holds_part(told("x", "bc"), told("a", "b"))
    assert not holds_part(told("a", "bc"), told("", "b"))
