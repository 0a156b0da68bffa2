import pickle

import pytest

from dateline.model import Action, Span
from dateline.resources.codebook.book import load, ordered_words, pattern_of_row, words_in_cell
from dateline.resources.codebook.check import find_contradictions
from dateline.resources.codebook.plover import load as plover

BOOK = plover()


def act(text, trigger, deed, modes=()):
    at = text.index(trigger)
    span = Span(at, at + len(trigger))
    whole = Span(0, len(text))
    return Action(span, whole, deed, tuple(modes), (), (), (), False, 0.9, ())


@pytest.mark.parametrize(
    ("deed", "status", "type_"),
    [
        ("CONSULT", "planned", "AGREE"),
        ("CONSULT", "happened", "CONSULT"),
        ("RETREAT", "planned", "CONCEDE"),
        ("ASSAULT", "planned", "THREATEN"),
        ("MOBILIZE", "planned", "MOBILIZE"),
        ("REQUEST", "denied", "REQUEST"),
    ],
)
def test_reading_folds_future_acts(deed, status, type_):
    assert BOOK.reading(deed, status) == type_


def test_quad_and_score():
    assert BOOK.quad("SANCTION") == "material conflict"
    assert BOOK.quad("nothing") == ""
    assert BOOK.score("CONSULT", ["visit"]) == 4.0
    assert BOOK.score("ACCUSE", []) == -3.0
    assert BOOK.score("ASSAULT", ["beat", "drone"]) == -9.5


@pytest.mark.parametrize(
    ("text", "trigger", "deed", "modes", "code"),
    [
        ("the premier visited Oslo", "visited", "CONSULT", ["visit"], "042"),
        ("Oslo hosted the premier", "hosted", "CONSULT", ["visit"], "043"),
        ("they urged Oslo to lift sanctions", "urged", "REQUEST", ["yield"], "1054"),
        ("they asked for food aid", "asked for", "REQUEST", ["assist"], "1033"),
        ("a suicide bomber struck", "struck", "ASSAULT", ["suicide-attack"], "1831"),
        ("they imposed an embargo", "imposed", "SANCTION", ["discontinue"], "163"),
    ],
)
def test_cameo(text, trigger, deed, modes, code):
    assert BOOK.cameo(act(text, trigger, deed, modes), deed, text) == code


def test_cameo_follows_the_reading():
    text = "the premier will visit Oslo"
    visit = act(text, "visit", "CONSULT", ["visit"])
    assert BOOK.cameo(visit, "AGREE", text) == "036"


def test_tables_list_everything():
    kinds = {table for table, _, _ in BOOK.tables()}
    wanted = {"type", "mode", "trait", "context", "sector", "reading", "cameo", "pattern", "guide"}
    assert kinds == wanted
    assert sum(table == "context" for table, _, _ in BOOK.tables()) == 37
    assert sum(table == "type" for table, _, _ in BOOK.tables()) == 16


def test_pickles():
    assert pickle.loads(pickle.dumps(BOOK)).name == "plover"


def test_patterns_of_ours_are_few():
    rows = plover().patterns
    assert 0 < len(rows) <= 300
    assert all(row.because for row in rows)


def test_every_type_tells_what_the_rooms_must_know():
    types = plover().types
    assert types["ASSAULT"].traits >= {"force", "ground"}
    assert types["ASSAULT"].counts[0] == "killed"
    assert types["REQUEST"].traits == {"by-word"}


def test_missing_folder(tmp_path):
    with pytest.raises(ValueError, match="cannot read"):
        load(tmp_path)


def test_cells():
    assert words_in_cell("a, b c, -") == {"a", "b c"}
    assert ordered_words("subj|obj|-", "|") == ("subj", "obj")


def test_a_pattern_adds_or_forbids():
    row = {
        "id": "U1",
        "does": "add",
        "words": "Walked out",
        "type": "REJECT",
        "mode": "-",
        "because": "ours",
    }
    found = pattern_of_row(row)
    assert (found.forbids, found.words, found.mode) == (False, ("walked", "out"), "")
    with pytest.raises(ValueError, match="neither add nor forbid"):
        pattern_of_row({**row, "does": "maybe"})


def test_words_of_a_pattern_are_parted_as_a_parser_parts_them():
    row = dict.fromkeys(("id", "type", "mode", "because"), "-") | {"does": "forbid"}
    told = "Cease-fire didn't U.S.-backed rebels' army's"
    assert pattern_of_row({**row, "words": told}).words == tuple(
        "cease - fire did n't u.s.-backed rebels' army 's".split()
    )


def test_a_table_of_types_alone_is_a_codebook(tmp_path):
    row = "DAM\tmaterial conflict\t-4\tbuild a dam\n"
    (tmp_path / "types.tsv").write_text("type\tquad\tscore\tdefinition\n" + row)
    book = load(tmp_path)
    assert (book.types["DAM"].score, book.types["DAM"].read_as) == (-4.0, "")
    assert (book.modes, book.readings, book.refinements) == ((), {}, ())
    assert "GOV" in book.sectors and book.contexts
    assert find_contradictions(tmp_path, []) == []
