import pytest

from dateline.codebook.folder import conditions, expand, frame, load, ordered, words
from dateline.codebook.plover import load as plover


def test_plover_is_broad():
    frames = plover().lexicon.frames
    deeds = {f.deed for f in frames if f.deed}
    assert len(deeds) == 16
    assert sum(bool(f.deed) for f in frames) > 1000


def test_missing_folder(tmp_path):
    with pytest.raises(ValueError, match="cannot read"):
        load(tmp_path)


def test_cells():
    assert words("a, b c, -") == {"a", "b c"}
    assert ordered("subj|obj|-", "|") == ("subj", "obj")
    assert expand(["@x", "@PARTY", "y"], {"x": frozenset("ab")}) == {
        "a",
        "b",
        "@PARTY",
        "y",
    }


def test_conditions():
    plain, limits = conditions("mutual only=a|b p:on", {})
    assert plain == {"mutual"}
    assert dict(limits) == {"only": frozenset("ab"), "p": frozenset(["on"])}


def test_frame_of_a_refusal():
    row = {
        "kind": "verb",
        "modes": "-",
        "actor": "subj",
        "recipient": "obj",
        "needs": "will",
        "cameo": "120",
    }
    found = frame("REJECT", "not cease-fire", row, {})
    assert found.negative
    assert found.unit == ("cease", "fire")
    assert found.words == "not cease fire"
