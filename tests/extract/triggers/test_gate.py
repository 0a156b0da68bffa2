import time

import numpy as np
import pytest

from dateline.extract.triggers import gate
from tests.extract.triggers.made import ENGLISH

keep = gate.Gate(ENGLISH)
needs_weights = pytest.mark.skipif(not gate.WEIGHTS.exists(), reason="no gate weights")


def test_case_and_digits_do_not_count_and_words_do() -> None:
    hashes, owners = gate.hash_sentence_words(["Talks in 1990", "TALKS, in\n2019", "talk in 1990"])
    assert owners.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert hashes[:3].tolist() == hashes[3:6].tolist()
    assert hashes[0] != hashes[6]


def test_a_word_hashes_alike_wherever_it_stands() -> None:
    some = [f"{'x' * n} ceasefire" for n in range(40)]
    hashes, owners = gate.hash_sentence_words(some)
    last = [hashes[owners == n][-1] for n in range(40)]
    assert len(set(last)) == 1


def test_pairs_do_not_cross_sentences() -> None:
    together, _ = gate.bucket_sentences(["army base"])
    apart, owners = gate.bucket_sentences(["army", "base"])
    assert len(together) == 3
    assert len(apart) == 2
    assert owners.tolist() == [0, 1]


@needs_weights
def test_acts_pass() -> None:
    acts = [
        "Rebels attacked a police station in the north, killing nine officers.",
        "The two foreign ministers met in Geneva on Tuesday.",
        "GUERRILLAS KIDNAPPED THE MAYOR OF THE TOWN LAST NIGHT.",
    ]
    assert keep(acts) == [True, True, True]


@needs_weights
@pytest.mark.parametrize("odd", ["", "\x00", "\ud800", "😀", "\n", "x" * 100_000])
def test_odd_sentences_get_an_answer(odd: str) -> None:
    assert len(keep([odd, "Troops moved in."])) == 2


@needs_weights
def test_no_sentences_no_answers() -> None:
    assert keep([]) == []


@needs_weights
def test_many_sentences_a_second() -> None:
    some = ["The committee said that it would look into the matter next week."] * 20_000
    began = time.process_time()
    found = gate.scores(some)
    assert len(some) / (time.process_time() - began) > 50_000
    assert np.ptp(found) == 0


@needs_weights
def test_a_report_of_business_alone_is_dropped_whole_and_a_lone_act_saves_it() -> None:
    quiet = [
        "Norland Foods said its quarterly profit rose nine percent.",
        "The company offered its retail staff an early pension.",
        "The firm opened two stores in the third quarter.",
        "Shares of the firm closed at $12, down 20 cents.",
    ]
    assert keep(quiet) == [False] * len(quiet)
    act = "Rebels attacked the plant and wounded three guards."
    assert keep([*quiet, act]) == [True] * 5
    assert keep([quiet[0], act]) == [True, True]  # a silent sentence may name him
    assert keep(quiet[:3]) == [False] * 3


@needs_weights
@pytest.mark.parametrize(
    "text",
    [
        "The Lions fired home twice in the first half. Their coach attacked the referee"
        " at half time. Fans bombarded the pitch with paper. The visitors surrendered"
        " late on and go home without a point.",
        "The singer opens her tour in Arva next month. Her third record sold well last"
        " spring. Tickets start at nine crowns. Two shows were added after the first"
        " sold out in an hour.",
        "The store chain will offer free delivery before the holidays. Analysts expect"
        " sales to rise four percent. Its shares gained two cents. Rival chains cut the"
        " price of coats last week.",
    ],
)
def test_sport_in_words_of_war_music_and_trade_are_turned_away(text: str) -> None:
    sentences = [f"{each}." for each in text.removesuffix(".").split(". ")]
    assert keep(sentences) == [False] * 4
