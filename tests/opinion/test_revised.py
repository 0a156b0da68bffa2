from dataclasses import replace

import pytest

from dateline.codebook.plover import load
from dateline.decide import settle_actors
from dateline.model import Action, Actor, Cast, Certainty, Span, Why
from dateline.model.decisions import (
    NOBODY,
    Answered,
    Decision,
    Own,
    Party,
    Question,
    Side,
)
from dateline.opinion.grounding import Found, Judged, Opinion
from dateline.opinion.question import ListedParty
from dateline.opinion.revised import (
    Book,
    Taken,
    answer_question,
    join_acts,
    list_question,
    rate_opinion,
    revise_claims,
)
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


DISPUTE = "Chad condemned Mali. It threatened to fight. Niger urged calm on Mali."
TABLES = load()
CHAD, MALI, IT, NIGER = (
    Span(DISPUTE.index(w), DISPUTE.index(w) + len(w))
    for w in ("Chad", "Mali", "It", "Niger")
)


class Parsed:
    """One sentence over the whole text, which is all that settling needs."""

    text = DISPUTE

    def sentence_at(self, at: int) -> "Parsed":
        return self

    @property
    def span(self) -> Span:
        return Span(0, len(DISPUTE))


def actor(code: str, span: Span) -> Actor:
    return Actor(code.title(), code, ("GOV",), None, "resolved", span, Why("t.v1"))


def act(words: str, deed: str, *actors: Span) -> Action:
    at = Span(DISPUTE.index(words), DISPUTE.index(words) + len(words))
    why = (("what", Why("t.v1")),)
    return Action(at, at, deed, (), (), actors, (), False, 0.9, why)


def side(*chosen: int) -> Side:
    return Side(chosen, dict.fromkeys(chosen, 1.0) or {NOBODY: 1.0}, 0.9)


ACTS = act("condemned", "ACCUSE", CHAD), act("fight", "ASSAULT", IT)
PARTIES = (
    Party(actor("TCD", CHAD), (CHAD, IT)),
    Party(actor("MLI", MALI), (MALI,)),
)
WORDS = {CHAD: ((0, PARTIES[0].who),), MALI: ((1, PARTIES[1].who),)}
MINE = Own((0,), (1,)), Own((0,), ())
QUESTION = Question(Parsed(), None, Cast(), ACTS, PARTIES, WORDS, MINE)  # type: ignore[arg-type]
TELLS = Decision(True, 0.9, 0.8, side(0), side(1))
DOUBTS = Decision(False, 0.3, 0.2, side(0), side())
LISTED = tuple(ListedParty(p.who, p.mentions) for p in PARTIES)
SAME = Judged(0, True, "", "ACCUSE", "", "happened", (0,), (1,))


def answered(*judged: Judged, **more: object) -> Answered:
    decisions = [TELLS, DOUBTS]
    listing = list_question(
        QUESTION, decisions, lambda _: Certainty("happened", Why("t.v1"))
    )
    opinion = Opinion(**{"parties": LISTED, "judged": judged, **more})  # type: ignore[arg-type]
    return answer_question(QUESTION, decisions, listing, opinion, TABLES)


def test_a_question_is_listed_with_its_own_decisions():
    listing = list_question(
        QUESTION, [TELLS, DOUBTS], lambda _: Certainty("planned", Why("t.v1"))
    )
    first, second = listing.sheet.acts
    assert (first.actors, first.recipients, first.doubtful) == ((0,), (1,), False)
    assert (second.deed, second.status, second.doubtful) == ("ASSAULT", "planned", True)
    assert listing.sheet.parties == LISTED
    unlikely = replace(DOUBTS, told=0.05)
    fewer = list_question(
        QUESTION, [unlikely, TELLS], lambda _: Certainty("happened", Why("t.v1"))
    )
    assert (len(fewer.sheet.acts), fewer.acts) == (1, (1,))


def test_what_both_decide_alike_and_what_is_not_judged_stays():
    told = answered(SAME)
    assert [each.reader for each in told.told] == ["both", "own"]
    sure = rate_opinion("both", TELLS.sure)
    assert told.decisions == [replace(TELLS, sure=sure), DOUBTS]
    assert told.question == QUESTION


def test_how_sure_a_claim_is_hangs_on_who_decided():
    assert rate_opinion("own", 0.7) == 0.7
    assert rate_opinion("both", 0.9) > rate_opinion("both", 0.5)
    assert rate_opinion("differ", 0.5) > 0.5
    assert rate_opinion("model", 0.1) == rate_opinion("model", 0.9)


def test_a_dropped_act_is_told_no_more():
    told = answered(Judged(0, False, "a name"), Judged(1, False, ""))
    assert [each.reader for each in told.told] == ["differ", "both"]
    assert [each.tell for each in told.decisions] == [False, False]
    assert (told.told[0].before, told.told[0].why) == (TELLS, "a name")


def test_other_sides_type_and_status_are_the_models():
    other = replace(SAME, deed="THREATEN", mode="violence", recipients=())
    kept = Judged(1, True, "", "ASSAULT", "", "planned", None, (1,))
    told = answered(other, kept)
    first, second = told.told
    assert (first.reader, second.reader) == ("differ", "model")
    assert (first.action.deed, first.action.modes) == ("THREATEN", ("violence",))
    assert first.action.read_as == TABLES.types["THREATEN"].read_as
    assert first.decision.recipients.chosen == ()
    assert (
        settle_actors(told.question, first.action, first.decision.recipients, ()) == ()
    )
    assert second.decision.tell and second.status is not None
    assert second.status.status == "planned"
    assert (first.read, first.before, first.read_status) == (ACTS[0], TELLS, "happened")
    (mali,) = settle_actors(
        told.question, second.action, second.decision.recipients, ()
    )
    assert (mali.span, mali.why) == (MALI, Why("opinion.side.v1", MALI))
    (chad,) = settle_actors(told.question, first.action, first.decision.actors, ())
    assert chad.why.rule == "decide.sentence.v1"
    assert second.decision.actors == DOUBTS.actors
    assert sum(second.decision.recipients.shares.values()) == pytest.approx(1)


def test_a_corrected_party_is_corrected_wherever_its_words_stand():
    sudan = ListedParty(actor("SDN", CHAD), (CHAD, IT))
    told = answered(SAME, parties=(sudan, LISTED[1]), corrected=frozenset({0}))
    first = told.told[0]
    (who,) = settle_actors(
        told.question, first.action, first.decision.actors, first.action.actors
    )
    assert (who.country, who.span) == ("SDN", CHAD)


def test_an_added_act_of_a_new_party_is_asked_about_like_any_other():
    at = Span(DISPUTE.index("urged"), DISPUTE.index("urged") + 5)
    niger = ListedParty(actor("NER", NIGER), (NIGER,))
    sentence = Span(DISPUTE.index("Niger"), len(DISPUTE))
    found = Found(at, sentence, "", "REQUEST", "change", "happened", (2,), (1,))
    told = answered(SAME, parties=(*LISTED, niger), found=(found,), added=1)
    last = told.told[-1]
    assert len(told.question.acts) == len(told.question.own) == 3
    assert (last.reader, last.before, last.action.modes) == ("model", None, ("change",))
    (who,) = settle_actors(
        told.question, last.action, last.decision.actors, last.action.actors
    )
    assert (who.country, who.span) == ("NER", NIGER)
    assert who.why == Why("opinion.side.v1", NIGER)
