"""What is known decides: attributes that conflict keep two reports' events apart."""

from typing import Any

import numpy as np
import pytest

from dateline.extract.event_coref.constraints import (
    ATTRIBUTES,
    CONFLICT,
    EXCHANGED,
    SAME,
    compare_attributes,
    exchanged_kinds,
    first_conflict,
)
from dateline.extract.event_coref.identity import (
    KIND_BITS,
    MONEY,
    NUMBER_WORD,
    kind_number,
    name_skeleton,
    name_words,
    number_value,
    polarity,
    sentence_at,
    sentence_facts,
)
from dateline.extract.event_coref.mention_table import Columns, Numbering
from dateline.extract.event_coref.pair_scorer import claims_judge
from dateline.pipeline.factory import Options, make_coder
from tests.adversarial.measure import code_reports, mentions

APART = [
    ("party", "Kenya expelled a Ugandan diplomat.", "Chad expelled a Ugandan diplomat."),
    ("party", "Kenya expelled a Ugandan diplomat.", "Kenya expelled a Rwandan diplomat."),
    ("role", "Rwanda accused Burundi of arming rebels.", "Burundi accused Rwanda of arming rebels."),
    ("place", "Militants attacked a market in Mosul on Tuesday, killing 14 people.", "Militants attacked a market in Basra on Tuesday, killing 14 people."),
    ("day", "Kenya expelled a Ugandan diplomat on 3 March 2025.", "Kenya expelled a Ugandan diplomat on 27 February 2025."),
    ("status", "Germany expelled the Russian ambassador.", "Germany will expel the Russian ambassador next month."),
    ("polarity", "Turkey imposed sanctions on Armenia.", "Turkey lifted sanctions on Armenia."),
    ("number", "The Security Council adopted resolution 2231 on Iran.", "The Security Council adopted resolution 2397 on Iran."),
    ("number", "France gave Senegal a loan of 200 million euros.", "France gave Senegal a loan of 350 million euros."),
    ("type", "Norway accused Sweden in Oslo.", "Norway met Sweden in Oslo."),
]  # fmt: skip
TOGETHER = [
    ("Kenya expelled a Ugandan diplomat.", "Nairobi ordered out an envoy of Uganda."),
    ("Militants attacked a market in Mosul on Tuesday, killing 14 people.", "Militants attacked a market in Mosul on Tuesday, killing 17 people."),
    ("Turkey imposed sanctions on Armenia on Monday.", "Ankara slapped sanctions on Armenia."),
    ("Kenya expelled a Ugandan diplomat on 3 March 2025.", "Kenya on Monday expelled a Ugandan diplomat."),
]  # fmt: skip


@pytest.fixture(scope="module")
def program() -> Any:
    return make_coder(Options())


def rows_of(program: Any, one: str, two: str) -> Columns:
    ends = {
        side: {"text": text, "outlet": f"Outlet {side}", "published": "2025-03-04"}
        for side, text in (("a", one), ("b", two))
    }
    coded = list(code_reports(program, {"id": "p", **ends}))
    found = [next(iter(mentions(report, claims).values())) for report, claims in coded]
    return Numbering(claims_judge().deeds).columns(found)


@pytest.mark.parametrize(("attribute", "one", "two"), APART)
def test_a_known_attribute_that_conflicts_is_named(
    program: Any, attribute: str, one: str, two: str
) -> None:
    rows = rows_of(program, one, two)
    ends = np.array([0], np.intp), np.array([1], np.intp)
    levels = compare_attributes(rows, claims_judge().kinds, *ends)
    assert [*levels] == [*ATTRIBUTES]
    assert levels[attribute][0] == CONFLICT
    assert first_conflict(rows, claims_judge().kinds, 0, 1)


@pytest.mark.parametrize(("one", "two"), TOGETHER)
def test_other_words_and_rising_tolls_conflict_in_nothing(program: Any, one: str, two: str) -> None:
    assert first_conflict(rows_of(program, one, two), claims_judge().kinds, 0, 1) == ""


def test_two_readings_of_one_sentence_are_the_same_in_all_that_is_known(program: Any) -> None:
    text = "Kenya expelled a Ugandan diplomat on Monday."
    rows = rows_of(program, text, text)
    ends = np.array([0], np.intp), np.array([1], np.intp)
    levels = compare_attributes(rows, claims_judge().kinds, *ends)
    assert {levels[name][0] for name in ("day", "status", "type")} == {SAME}


@pytest.mark.parametrize("kind", EXCHANGED)
def test_a_word_in_anothers_place_conflicts_by_its_kind(kind: int) -> None:
    frame = [8 * n for n in range(1, 9)]
    one, two = (tuple([*frame, KIND_BITS * n + kind]) for n in (50, 60))
    assert exchanged_kinds(one, two) == {kind}
    assert exchanged_kinds(one, tuple(frame)) == set()


def test_spellings_of_a_name_agree_and_titles_name_nobody() -> None:
    assert name_skeleton("Gadhafi") == name_skeleton("Qaddafi")
    assert name_words("President Maria Lindqvist") == name_words("Maria Lindqvist")
    assert name_words("President") == name_words("the Kenyan Army") == ()


@pytest.mark.parametrize(
    ("word", "value"), [("third", 3), ("22nd", 22), ("2,231", 2231), ("twelve", 12), ("no", None)]
)
def test_numbers_are_read_in_words_and_figures(word: str, value: int | None) -> None:
    assert number_value(word) == value


def test_failing_turns_an_act_round() -> None:
    signed, failed = polarity("signed", False), polarity("failed to sign", False)
    assert signed and failed and signed[0] == failed[0]
    assert signed[1] == -failed[1]
    assert polarity("said", False) is None


def test_an_age_a_brigade_and_a_sum_identify_and_a_toll_does_not() -> None:
    kinds = dict(sentence_facts("The 3rd Brigade held a 34-year-old man.", "held", False))
    assert kinds[kind_number("brigade", NUMBER_WORD)] == 3
    assert kinds[kind_number("age", NUMBER_WORD)] == 34
    assert sentence_facts("Clashes killed 12 people.", "killed", False) == ()
    ((kind, _),) = sentence_facts("It lent 200 million euros.", "lent", False)
    assert kind % KIND_BITS == MONEY


def test_the_sentence_about_an_offset_is_found() -> None:
    text = "It rained. Kenya expelled a diplomat. Nobody spoke."
    start, end = sentence_at(text, text.index("expelled"))
    assert text[start:end] == "Kenya expelled a diplomat."
