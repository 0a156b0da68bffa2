from typing import Any

from dateline.events.independent_sources import Item, find_origins, known_to_be, vouching
from dateline.events.text_reuse import compare_texts
from tests.events.story import reports, told

KEN = {"country": "KEN"}


def claim(report: str, *said_by: dict[str, Any], quad: str = "verbal cooperation") -> dict:
    return {
        "report": report,
        "id": f"{report}-1",
        "quad": quad,
        "status": "happened",
        "trigger": {"text": "visit", "start": 0, "end": 5},
        "actors": [{"country": "PRK"}],
        "recipients": [{"country": "CHN"}],
        "said_by": list(said_by),
    }


def speaker(name: str, country: str | None = None, *sector: str) -> dict[str, Any]:
    return {"name": name, "text": name, "kind": "named", "country": country, "sector": list(sector)}


def items(**outlets: str) -> dict[str, Item]:
    return {report: Item(report, outlet) for report, outlet in outlets.items()}


def test_one_announcement_is_one_origin_however_many_relay_it() -> None:
    kcna = speaker("Korean Central News Agency", "PRK", "JRN", "GOV")
    xinhua = speaker("Xinhua", "CHN", "JRN", "GOV")
    claims = [claim("a", kcna), claim("b", xinhua), claim("c", kcna)]
    found = find_origins(claims, items(a="Harbour Times", b="Civic Herald", c="Plains Gazette"))
    assert len(found) == 1
    assert found[0].reports == ("a", "b", "c")
    assert "organs of its own parties: the parties themselves" in found[0].reasons


def test_in_a_conflict_each_side_speaks_for_itself() -> None:
    one = speaker("army spokesman", "PRK", "MIL")
    other = speaker("foreign ministry", "CHN", "GOV")
    claims = [
        claim("a", one, quad="material conflict"),
        claim("b", other, quad="material conflict"),
    ]
    assert len(find_origins(claims, items(a="x", b="y"))) == 2


def test_the_same_innermost_speaker_is_one_witness() -> None:
    doctor = speaker("Ana Roy")
    told_by = speaker("Harbour radio")
    found = find_origins([claim("a", doctor), claim("b", told_by, doctor)], items(a="x", b="y"))
    assert len(found) == 1
    assert found[0].reasons == ("the same speaker: Ana Roy",)


def test_unnamed_officials_are_not_taken_for_the_same() -> None:
    said = {**speaker("officials"), "kind": "unnamed"}
    assert len(find_origins([claim("a", said), claim("b", said)], items(a="x", b="y"))) == 2


def test_outlets_that_run_one_agency_are_one_origin() -> None:
    wired = {n: Item(n, f"paper {n}", "Northern Wire") for n in "ab"}
    found = find_origins([claim("a"), claim("b")], wired)
    assert [o.kind for o in found] == ["agency"]


def test_relayed_copy_is_no_second_witness() -> None:
    rows = {r["id"]: r for r in reports()}
    one, other = (next(t.record for t in told() if t.record["report"] == r) for r in ("r01", "r03"))
    plain = [{**c, "said_by": []} for c in (one, other)]
    known = items(r01="Northern Wire", r03="Plains Gazette")
    assert len(find_origins(plain, known)) == 2
    copy = compare_texts(*((r, rows[r]["text"]) for r in ("r01", "r03")))
    found = find_origins(plain, known, [copy])
    assert len(found) == 1
    assert "share copy" in found[0].reasons[0]


def test_the_rest_of_a_report_rests_on_the_speaker_it_names() -> None:
    police = speaker("police", "KEN", "COP")
    claims = [claim("a", police, quad="material conflict"), claim("a")]
    (found,) = find_origins([claims[0], {**claims[1], "id": "a-2"}], items(a="x"))
    assert found.claims == ("a-1", "a-2")
    assert found.reasons == ("a names no one else for the rest",)


def test_who_denies_does_not_vouch_for_what_the_report_tells() -> None:
    denial = {**claim("a", speaker("Harbour Front")), "status": "denied"}
    told_by_report = {**claim("a"), "id": "a-2"}
    assert len(find_origins([denial, told_by_report], items(a="x"))) == 2


def test_one_speaker_is_one_witness_whatever_codes_reports_gave() -> None:
    """A spokesman is of a ministry in one report, and nobody's in another."""
    known, bare = speaker("James Mwangi", "PRK", "GOV"), speaker("James Mwangi")
    relay = {**bare, "kind": "outlet"}
    claims = [claim("a", known), claim("b", bare), claim("c", relay)]
    here = items(a="x", b="y", c="z")
    (found,) = find_origins(claims, here)
    assert "the same speaker: James Mwangi" in found.reasons
    other = claim("d", speaker("James Mwangi", "CHN", "GOV"))
    conflict = [{**c, "quad": "verbal conflict"} for c in (*claims, other)]
    assert len(find_origins(conflict, {**here, **items(d="w")})) == 3


def test_who_only_denies_vouches_for_nothing() -> None:
    army = speaker("the army", "PRK", "MIL")
    claims = [claim("a"), {**claim("b", army, quad="material conflict")}]
    claims[1]["status"] = "denied"
    found = find_origins(claims, items(a="Harbour Times", b="Civic Herald"))
    assert [o.denies for o in found] == [False, True]
    assert vouching(found) == 1
    assert vouching(find_origins(claims[1:], items(b="Civic Herald"))) == 1


def test_a_civilian_is_no_organ_of_a_party() -> None:
    one = speaker("Ana Roy", "PRK", "CVL", "GOV")
    two = speaker("Jo Park", "PRK", "GOV")
    assert len(find_origins([claim("a", one), claim("b", two)], items(a="x", b="y"))) == 2


def test_one_entity_is_one_speaker_however_it_is_spelled() -> None:
    names = ("al Shabaab", "Al-Shabab")
    same = [{**speaker(n), "entity": "armed-group:al-shabab"} for n in names]
    claims = [claim(report, s) for report, s in zip("ab", same, strict=True)]
    assert len(find_origins(claims, items(a="x", b="y"))) == 1


def later(one: dict[str, Any], start: int) -> dict[str, Any]:
    at = {"text": "visit", "start": start, "end": start + 5}
    return {**one, "id": f"{one['report']}-{start}", "trigger": at}


def test_a_report_that_tells_it_itself_first_is_the_witness() -> None:
    senator = speaker("Ana Roy", "KEN", "LEG")
    claims = [claim("a"), later(claim("a", senator), 900), claim("b", senator)]
    found = find_origins(claims, items(a="Harbour Times", b="Civic Herald"))
    assert [o.name for o in found] == ["Harbour Times", "Ana Roy"]
    assert found[0].reasons == ("a tells it itself first: whom it quotes later only comment",)


def test_what_somebody_does_by_saying_it_is_told_by_who_heard_it() -> None:
    minister = speaker("Ana Roy", "KEN", "GOV")
    accusing = {"quad": "verbal conflict", "actors": [{"name": "Ana Roy", **KEN}]}
    claims = [{**claim(r, minister), **accusing} for r in "ab"]
    assert len(find_origins(claims, items(a="x", b="y"))) == 2
    relayed = [{**c, "actors": [{"name": "Kenya", **KEN}]} for c in claims]
    assert len(find_origins(relayed, items(a="x", b="y"))) == 1


def test_people_and_bodies_are_one_however_they_are_spelled() -> None:
    for one, other, same in (
        (speaker("Sergei Lavrov", "RUS"), speaker("Mr Lavrov"), True),
        (speaker("Ana B. Roy", "KEN"), speaker("Ana Roy", "KEN"), True),
        (speaker("Ana Roy", "KEN"), speaker("Jo Roy", "KEN"), False),
        (speaker("Rights groups", None, "SOC"), speaker("human rights groups", None, "SOC"), True),
        (speaker("Syrian officials", "SYR", "GOV"), speaker("the authorities", "SYR", "GOV"), True),
        (speaker("a villager", "SYR", "CVL"), speaker("another villager", "SYR", "CVL"), False),
    ):
        found = find_origins([claim("a", one), claim("b", other)], items(a="x", b="y"))
        assert (len(found) == 1) == same, (one, other)


def test_the_organs_of_one_state_are_several_witnesses_of_what_is_done_within() -> None:
    court, ministry = speaker("Court", "KEN", "JUD"), speaker("Ministry", "KEN", "GOV")
    within = {"actors": [{"country": "KEN"}], "recipients": [{"country": "KEN"}]}
    claims = [{**claim(r, who), **within} for r, who in zip("ab", (court, ministry), strict=True)]
    assert len(find_origins(claims, items(a="x", b="y"))) == 2


def test_what_no_report_names_is_a_least_number() -> None:
    said = {**speaker("officials"), "kind": "unnamed"}
    here = items(a="Harbour Times", b="Civic Herald")
    assert known_to_be(find_origins([claim("a", said), claim("b")], here)) == "at least 2"
    assert known_to_be(find_origins([claim("a"), claim("b")], here)) == "2"
