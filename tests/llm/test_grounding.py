import json

import pytest

from dateline.llm.prompt import ListedAct, ListedParty, Sheet
from dateline.llm.validation import Checker, Opinion, Unusable, ground_answer
from dateline.model import Actor, Span, Why
from dateline.resources.codebook.plover import load

TEXT = (
    "Ruria’s army shelled Telm on Friday. The rebels called for talks.\n"
    "The minister met envoys. Later the minister left Telm."
)
BOOK = load()


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


ARMY = Actor("army", "KEN", ("MIL",), None, "resolved", span("army"), Why("t.v1"))
ACTS = (
    ListedAct(span("shelled"), "ASSAULT", "", "happened", (0,)),
    ListedAct(span("called for"), "REQUEST", "", "happened"),
)
SHEET = Sheet(ACTS, (ListedParty(ARMY, (span("army"),)),))
KEPT = {"why": "", "type": "ASSAULT", "mode": "", "status": "happened"}
SIDES = {"actors": ["M1"], "recipients": []}
REBELS = {"party": "N1", "words": "the rebels", "name": "Telm Front"}
CODES = {"country": None, "sectors": ["REB"]}


def answer(**lists: object) -> Opinion:
    dropped = {"act": "A2", "why": "no act", "drop": True}
    told = {"parties": [], "acts": [{"act": "A1", **KEPT, **SIDES}, dropped]}
    raw = json.dumps({**told, "missed": [], **lists})
    ends = [span("Friday.").end, span("talks.").end, span("envoys.").end, len(TEXT)]
    starts = [0, *ends]
    sentences = [Span(a, b) for a, b in zip(starts, ends, strict=False)]
    whole = Span(0, len(TEXT))
    return ground_answer(raw, Checker("r", TEXT, sentences, SHEET, BOOK, whole))


def codes(opinion: Opinion) -> list[str]:
    assert all(p.stage == "opinion" for p in opinion.problems)
    return [problem.code for problem in opinion.problems]


def test_what_names_acts_parties_and_codes_of_the_question_stands():
    found = answer()
    first, second = found.judged
    assert (first.kept, first.deed, first.actors, first.recipients) == (True, "ASSAULT", (0,), ())
    assert (second.act, second.kept, second.why) == (1, False, "no act")
    assert not found.problems


def test_a_new_party_needs_words_of_the_report():
    acts = [{"act": "A1", **KEPT, "actors": ["N1"], "recipients": []}]
    found = answer(parties=[{**REBELS, **CODES}], acts=acts)
    assert found.judged[0].actors == (1,)
    assert found.parties[1].who.name == "Telm Front"
    assert found.parties[1].mentions == (span("The rebels"),)
    assert (found.added, codes(found)) == (1, ["unanswered"])
    gone = answer(parties=[{**REBELS, **CODES, "words": "the militia"}], acts=acts)
    assert codes(gone) == ["no_such_words", "wrong_number", "unanswered"]
    assert gone.judged[0].actors is None


def test_a_party_on_the_list_may_be_somebody_else():
    row = {"party": "M1", "words": "Ruria's army", "name": "Army of Ruria"}
    found = answer(parties=[{**row, "country": "uga", "sectors": ["MIL"]}])
    assert found.parties[0].who.country == "UGA"
    assert found.corrected == {0}


def test_a_party_said_again_as_it_is_listed_stays_as_it_was():
    row = {"party": "M1", "words": "Ruria's army", "name": "Army", "country": "KEN"}
    found = answer(parties=[{**row, "sectors": ["MIL"]}])
    assert (found.parties, found.corrected) == (SHEET.parties, frozenset())
    other = answer(parties=[{**row, "sectors": ["COP"]}])
    assert other.parties[0].who.why.rule == "opinion.identity.v1"
    assert not found.problems and not other.problems


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"type": "DANCE"}, "wrong_code"),
        ({"status": "perhaps"}, "wrong_code"),
        ({"act": "A7"}, "wrong_number"),
        ({"act": "A2"}, "wrong_number"),
    ],
)
def test_an_act_with_a_code_or_number_of_its_own_is_refused(change, code):
    rows = [{"act": "A2", **KEPT, **SIDES}, {"act": "A1", **KEPT, **SIDES, **change}]
    found = answer(acts=rows)
    assert codes(found) == [code, "unanswered"]
    assert [each.act for each in found.judged] == [1]


def test_a_country_or_sector_of_its_own_is_refused():
    for wrong in ({"country": "Ruria"}, {"sectors": ["KING"]}):
        assert codes(answer(parties=[{**REBELS, **CODES, **wrong}])) == ["wrong_code"]


def test_a_mode_of_another_type_is_left_out():
    rows = [{"act": "A1", **KEPT, **SIDES, "mode": "visit"}]
    found = answer(acts=rows)
    assert codes(found) == ["wrong_code", "unanswered"]
    assert (found.judged[0].deed, found.judged[0].mode) == ("ASSAULT", "")


def missed(words: str, sentence: str = "") -> Opinion:
    row = {"words": words, "sentence": sentence, **KEPT, "type": "CONSULT", **SIDES}
    return answer(missed=[row])


def test_a_missed_act_is_the_words_that_the_report_has_once():
    (found,) = missed("MET  envoys").found
    assert found.trigger == span("met envoys")
    assert found.sentence.of(TEXT).strip() == "The minister met envoys."
    assert codes(missed("met delegates")) == ["no_such_words"]
    assert codes(missed("et envoys")) == ["no_such_words"]
    assert codes(missed("called for")) == ["told_before"]


def test_of_words_told_twice_the_sentence_named_decides():
    assert codes(missed("the minister")) == ["no_such_words"]
    (found,) = missed("the minister", "Later the minister").found
    assert found.trigger == span("the minister left").__class__(
        span("the minister left").start, span("the minister left").end - 5
    )


@pytest.mark.parametrize("raw", ["", "Sure! {}", "[]", '{"type": "object"}', "null"])
def test_what_is_no_answer_is_told_as_such(raw):
    with pytest.raises(Unusable):
        ground_answer(raw, Checker("r", TEXT, [], SHEET, BOOK, Span(0, 9)))
    rows = answer(acts=["A1", None, 7], parties=["x"], missed=["y"])
    assert set(codes(rows)) == {"wrong_shape", "wrong_number", "unanswered"}
