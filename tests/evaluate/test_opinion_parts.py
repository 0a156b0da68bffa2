"""The parts of a model's recorded opinion, joined with the program's own claims."""

from dataclasses import replace

from dateline.codebook.plover import load
from dateline.evaluate.opinion import Taken, join_acts, revise_claims
from dateline.model import Actor, Span, Why
from dateline.opinion.grounding import Found, Judged, Opinion
from dateline.opinion.question import ListedParty
from dateline.opinion.revised import Book
from tests.claims import REPORT, TEXT, claim, span
from tests.opinion.sheets import list_claims

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
    (both,) = revised(AGREED)
    assert (both.reader, both.claim, both.own) == ("both", OWN, OWN)


def test_where_they_differ_both_answers_are_kept_with_the_reason():
    other = replace(AGREED, status="planned", recipients=(2,), why="only announced")
    (told,) = revised(other)
    assert told.reader == "differ"
    assert told.own is OWN
    assert told.why == "only announced"
    assert told.claim is not None
    assert (told.claim.action.deed, told.claim.type) == ("RETREAT", "CONCEDE")
    assert told.claim.actors == OWN.actors
    assert told.claim.recipients[0].name == "Kenyan army"
    assert told.claim.recipients[0].span is None


def test_a_claim_that_the_model_drops_is_told_no_more_but_not_forgotten():
    (told,) = revised(Judged(0, False, "a name"))
    assert (told.claim, told.own, told.reader) == (None, OWN, "differ")


def test_an_act_that_the_program_doubts_is_told_by_the_model_alone():
    sheet = list_claims([OWN], [OWN])
    (told,) = revised(AGREED, sheet=sheet)
    assert (told.reader, told.own) == ("model", None)
    assert told.claim == OWN
    assert revised(sheet=sheet) == []
    dropped = revised(Judged(0, False, ""), sheet=sheet)
    assert dropped == []


def test_an_act_that_the_model_adds_is_filed_by_the_codebook():
    at = span("the army said")
    added = Found(at, Span(0, len(TEXT)), "", "ACCUSE", "", "happened", (2,), ())
    told = revised(AGREED, found=(added,))[-1]
    assert told.reader == "model"
    assert told.claim is not None
    assert (told.claim.report_id, told.claim.quad) == ("r1", "verbal conflict")
    assert told.claim.actors[0].span == span("the army")
    assert not told.claim.when.known


def test_parts_of_an_opinion_can_be_taken_alone():
    other = replace(AGREED, deed="CONSULT", mode="visit", recipients=())
    (parties,) = revised(other, taken=Taken(kinds=False))
    (kinds,) = revised(other, taken=Taken(parties=False))
    assert parties.claim is not None and kinds.claim is not None
    assert (parties.claim.action.deed, parties.claim.recipients) == ("RETREAT", ())
    assert kinds.claim.action.deed == "CONSULT"
    assert kinds.claim.recipients == OWN.recipients
    (held,) = revised(Judged(0, False, ""), taken=Taken(keep=False))
    assert held.claim == OWN


def test_answers_to_an_older_reading_find_their_acts_by_their_words():
    assert join_acts(SHEET, [OWN]) == {0: OWN}
    moved = replace(OWN, action=replace(OWN.action, trigger=span("freed two")))
    assert join_acts(SHEET, [moved]) == {0: moved}
    (told,) = revised(AGREED, claims={})
    assert told.reader == "model"
    assert told.claim is not None
    assert told.claim.action.trigger == span("freed")
    assert REPORT.text == TEXT
