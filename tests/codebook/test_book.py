import pickle

import pytest

from dateline.codebook.plover import load
from dateline.model import Action, Span

BOOK = load()


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
    wanted = {
        "type",
        "mode",
        "trait",
        "context",
        "sector",
        "reading",
        "cameo",
        "pattern",
        "guide",
    }
    assert kinds == wanted
    assert sum(table == "context" for table, _, _ in BOOK.tables()) == 37
    assert sum(table == "type" for table, _, _ in BOOK.tables()) == 16


def test_pickles():
    assert pickle.loads(pickle.dumps(BOOK)).name == "plover"
