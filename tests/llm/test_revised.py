from dataclasses import replace

import pytest

from dateline.extract.arguments import settle_actors
from dateline.llm.prompt import ListedParty
from dateline.llm.revision import answer_question, list_question, rate_opinion
from dateline.llm.validation import Found, Judged, Opinion
from dateline.model import Action, Actor, Cast, Certainty, Span, Why
from dateline.model.decisions import NOBODY, Answered, Decision, Own, Party, Question, Side
from dateline.resources.codebook.plover import load

TEXT = "Chad condemned Mali. It threatened to fight. Niger urged calm on Mali."
BOOK = load()
CHAD, MALI, IT, NIGER = (
    Span(TEXT.index(w), TEXT.index(w) + len(w)) for w in ("Chad", "Mali", "It", "Niger")
)


class Parsed:
    """One sentence over the whole text, which is all that settling needs."""

    text = TEXT

    def sentence_at(self, at: int) -> "Parsed":
        return self

    @property
    def span(self) -> Span:
        return Span(0, len(TEXT))


def actor(code: str, span: Span) -> Actor:
    return Actor(code.title(), code, ("GOV",), None, "resolved", span, Why("t.v1"))


def act(words: str, deed: str, *actors: Span) -> Action:
    at = Span(TEXT.index(words), TEXT.index(words) + len(words))
    why = (("what", Why("t.v1")),)
    return Action(at, at, deed, (), (), actors, (), False, 0.9, why)


def side(*chosen: int) -> Side:
    return Side(chosen, dict.fromkeys(chosen, 1.0) or {NOBODY: 1.0}, 0.9)


ACTS = act("condemned", "ACCUSE", CHAD), act("fight", "ASSAULT", IT)
PARTIES = (Party(actor("TCD", CHAD), (CHAD, IT)), Party(actor("MLI", MALI), (MALI,)))
WORDS = {CHAD: ((0, PARTIES[0].who),), MALI: ((1, PARTIES[1].who),)}
OWN = Own((0,), (1,)), Own((0,), ())
QUESTION = Question(Parsed(), None, Cast(), ACTS, PARTIES, WORDS, OWN)  # type: ignore[arg-type]
TELLS = Decision(True, 0.9, 0.8, side(0), side(1))
DOUBTS = Decision(False, 0.3, 0.2, side(0), side())
LISTED = tuple(ListedParty(p.who, p.mentions) for p in PARTIES)
AGREED = Judged(0, True, "", "ACCUSE", "", "happened", (0,), (1,))


def answered(*judged: Judged, **more: object) -> Answered:
    decisions = [TELLS, DOUBTS]
    listing = list_question(QUESTION, decisions, lambda _: Certainty("happened", Why("t.v1")))
    opinion = Opinion(**{"parties": LISTED, "judged": judged, **more})  # type: ignore[arg-type]
    return answer_question(QUESTION, decisions, listing, opinion, BOOK)


def test_a_question_is_listed_with_its_own_decisions():
    listing = list_question(QUESTION, [TELLS, DOUBTS], lambda _: Certainty("planned", Why("t.v1")))
    first, second = listing.sheet.acts
    assert (first.actors, first.recipients, first.doubtful) == ((0,), (1,), False)
    assert (second.deed, second.status, second.doubtful) == ("ASSAULT", "planned", True)
    assert listing.sheet.parties == LISTED
    unlikely = replace(DOUBTS, told=0.05)
    fewer = list_question(QUESTION, [unlikely, TELLS], lambda _: Certainty("happened", Why("t.v1")))
    assert (len(fewer.sheet.acts), fewer.acts) == (1, (1,))


def test_what_both_decide_alike_and_what_is_not_judged_stays():
    told = answered(AGREED)
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
    other = replace(AGREED, deed="THREATEN", mode="violence", recipients=())
    kept = Judged(1, True, "", "ASSAULT", "", "planned", None, (1,))
    told = answered(other, kept)
    first, second = told.told
    assert (first.reader, second.reader) == ("differ", "model")
    assert (first.action.deed, first.action.modes) == ("THREATEN", ("violence",))
    assert first.action.read_as == BOOK.types["THREATEN"].read_as
    assert first.decision.recipients.chosen == ()
    assert settle_actors(told.question, first.action, first.decision.recipients, ()) == ()
    assert second.decision.tell and second.status is not None
    assert second.status.status == "planned"
    assert (first.read, first.before, first.read_status) == (ACTS[0], TELLS, "happened")
    (mali,) = settle_actors(told.question, second.action, second.decision.recipients, ())
    assert (mali.span, mali.why) == (MALI, Why("opinion.side.v1", MALI))
    (chad,) = settle_actors(told.question, first.action, first.decision.actors, ())
    assert chad.why.rule == "decide.sentence.v1"
    assert second.decision.actors == DOUBTS.actors
    assert sum(second.decision.recipients.shares.values()) == pytest.approx(1)


def test_a_corrected_party_is_corrected_wherever_its_words_stand():
    sudan = ListedParty(actor("SDN", CHAD), (CHAD, IT))
    told = answered(AGREED, parties=(sudan, LISTED[1]), corrected=frozenset({0}))
    first = told.told[0]
    (who,) = settle_actors(told.question, first.action, first.decision.actors, first.action.actors)
    assert (who.country, who.span) == ("SDN", CHAD)


def test_an_added_act_of_a_new_party_is_asked_about_like_any_other():
    at = Span(TEXT.index("urged"), TEXT.index("urged") + 5)
    niger = ListedParty(actor("NER", NIGER), (NIGER,))
    sentence = Span(TEXT.index("Niger"), len(TEXT))
    found = Found(at, sentence, "", "REQUEST", "change", "happened", (2,), (1,))
    told = answered(AGREED, parties=(*LISTED, niger), found=(found,), added=1)
    last = told.told[-1]
    assert len(told.question.acts) == len(told.question.own) == 3
    assert (last.reader, last.before, last.action.modes) == ("model", None, ("change",))
    (who,) = settle_actors(told.question, last.action, last.decision.actors, last.action.actors)
    assert (who.country, who.span) == ("NER", NIGER)
    assert who.why == Why("opinion.side.v1", NIGER)
