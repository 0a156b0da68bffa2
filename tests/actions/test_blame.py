import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Separatists were blamed for the bombing of the bridge.",
        "Separatists were involved in the murder of a judge.",
        "Separatists were behind the killing of a judge.",
    ],
)
def test_blame(acts, text):
    found = acts(text)
    assert any(
        deed == "ASSAULT" and who == ["Separatists"] for deed, _, who, _ in found
    ), found
