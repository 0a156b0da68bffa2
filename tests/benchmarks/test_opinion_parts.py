"""The parts of a model's recorded opinion, joined with the program's own claims."""

from dataclasses import replace

from benchmarks.opinion import Taken, join_acts, revise_claims
from dateline.llm.prompt import ListedParty
from dateline.llm.revision import Book
from dateline.llm.validation import Found, Judged, Opinion
from dateline.model import Actor, Span, Why
from dateline.resources.codebook.plover import load
from tests.claims import REPORT, TEXT, claim, span
from tests.llm.sheets import list_claims

BOOK = Book(load(), "r1", TEXT)
OWN = claim()
SHEET = list_claims([OWN])
AGREED = Judged(0, True, "", "RETREAT", "release", "happened", (0,), (1,))
ARMY = Actor("Kenyan army", "KEN", ("MIL",), None, "resolved", None, Why("t.v1"))


def revised(*judged, found=(), sheet=SHEET, claims=None, taken=None):
    parties = (*SHEET.parties, ListedParty(ARMY, (span("the army"),)))
    opinion = Opinion(parties, judged, found)
    own = {0: OWN} if claims is None else claims
    return list(revise_claims(own, sheet, opinion, BOOK, taken or Taken()))


def test_where_both_agree_the_claim_stands_as_it_was():
    assert revised(AGREED) == [OWN]


def test_where_they_differ_the_models_answer_stands():
    other = replace(AGREED, status="planned", recipients=(2,), why="only announced")
    (told,) = revised(other)
    assert (told.action.deed, told.type) == ("RETREAT", "CONCEDE")
    assert told.actors == OWN.actors
    assert told.recipients[0].name == "Kenyan army"
    assert told.recipients[0].span is None


def test_a_claim_that_the_model_drops_is_told_no_more():
    assert revised(Judged(0, False, "a name")) == []


def test_an_act_that_the_program_doubts_is_told_by_the_model_alone():
    sheet = list_claims([OWN], [OWN])
    assert revised(AGREED, sheet=sheet) == [OWN]
    assert revised(sheet=sheet) == []
    assert revised(Judged(0, False, ""), sheet=sheet) == []


def test_an_act_that_the_model_adds_is_filed_by_the_codebook():
    at = span("the army said")
    added = Found(at, Span(0, len(TEXT)), "", "ACCUSE", "", "happened", (2,), ())
    told = revised(AGREED, found=(added,))[-1]
    assert (told.report_id, told.quad) == ("r1", "verbal conflict")
    assert told.actors[0].span == span("the army")
    assert not told.when.known


def test_parts_of_an_opinion_can_be_taken_alone():
    other = replace(AGREED, deed="CONSULT", mode="visit", recipients=())
    (parties,) = revised(other, taken=Taken(kinds=False))
    (kinds,) = revised(other, taken=Taken(parties=False))
    assert (parties.action.deed, parties.recipients) == ("RETREAT", ())
    assert kinds.action.deed == "CONSULT"
    assert kinds.recipients == OWN.recipients
    assert revised(Judged(0, False, ""), taken=Taken(keep=False)) == [OWN]


def test_answers_to_an_older_reading_find_their_acts_by_their_words():
    assert join_acts(SHEET, [OWN]) == {0: OWN}
    moved = replace(OWN, action=replace(OWN.action, trigger=span("freed two")))
    assert join_acts(SHEET, [moved]) == {0: moved}
    (told,) = revised(AGREED, claims={})
    assert told.action.trigger == span("freed")
    assert REPORT.text == TEXT
