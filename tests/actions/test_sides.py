"""Words of both sides: read from the tree."""

from dateline.actions import FrameFinder
from dateline.codebook.plover import load
from dateline.language.en import pack
from dateline.model import Action, Report


def acts(text: str) -> list[Action]:
    report = Report("r", text)
    return list(FrameFinder(load())(pack.parse(report, pack.sentences(report)), None))  # type: ignore[arg-type]


def words(text: str) -> list[tuple[str, list[str], list[str]]]:
    return [
        (a.deed, [s.of(text) for s in a.actors], [s.of(text) for s in a.recipients])
        for a in acts(text)
    ]


def test_the_accused_is_named_without_the_charge() -> None:
    assert words("Peru accused the rebels of treason.") == [
        ("ACCUSE", ["Peru"], ["the rebels"])
    ]


def test_a_thing_is_no_party_but_for_its_owner() -> None:
    assert words("Norway condemned the raid.") == [("ACCUSE", ["Norway"], [])]


def test_a_called_off_strike_is_no_attack() -> None:
    assert [w[0] for w in words("Kenyan teachers called off a strike.")] == ["CONCEDE"]


def test_the_name_behind_a_clause_names_the_party(acts):
    text = "Ms. Mutua met the one minister who has backed her plan, Luc Arnaud."
    ((_, _, actors, _),) = [a for a in acts(text) if a[0] == "CONSULT"]
    assert actors == ["Ms. Mutua", "Luc Arnaud"]
