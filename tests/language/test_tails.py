"""Names whose last syllable follows a hyphen in lower case."""

import pytest

from dateline.language.en import pack
from dateline.model import Report


def people(text: str) -> list[str]:
    report = Report("r", text)
    parsed = pack.parse(report, pack.sentences(report))
    return [m.span.of(text) for m in parsed.mentions if m.sort == "person"]


@pytest.mark.parametrize("name", ["Moon Jae-in", "Kang Kyung-wha", "Kim Yo-jong"])
def test_a_name_goes_on_to_its_last_syllable(name: str) -> None:
    assert people(f"Envoys from the North met {name} on Friday.") == [name]


def test_what_stands_before_a_noun_is_no_syllable() -> None:
    assert "Tony Blair" in people("A Tony Blair-era deal with Libya lapsed on Friday.")
