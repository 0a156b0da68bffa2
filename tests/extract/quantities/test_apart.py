"""A count belongs to the acts of its sentence that it can be of."""

from dataclasses import replace
from datetime import date

from benchmarks.texts import parse_question
from dateline.extract.quantities import counted_apart, counts_of_sentence
from dateline.model import Certainty, Span, When, Why
from tests.acts import bare
from tests.claims import claim

WHY = Why("test.v1")
ON = date(2009, 3, 18)


def claims(text, *told, types=()):
    """Claims of acts of one sentence, each with its words, status and day."""
    read = parse_question(text)
    made = []
    kinds = types or ["ASSAULT"] * len(told)
    for (trigger, status, day), kind in zip(told, kinds, strict=True):
        start = text.index(trigger)
        at = Span(start, start + len(trigger))
        one = replace(
            claim(),
            action=bare(at, kind),
            type=kind,
            when=When(day, day, "day" if day else "unknown", None, WHY),
            certainty=Certainty(status, WHY),
            quantities=tuple(counts_of_sentence(read, at)),
        )
        made.append(one)
    return [[q.best for q in c.quantities] for c in counted_apart(read, made)]


def test_acts_of_two_days_share_no_count():
    text = "Rebels killed nine men on Wednesday, two days after they raided a camp."
    before = date(2009, 3, 16)
    told = ("killed", "happened", ON), ("raided", "happened", before)
    assert claims(text, *told) == [[9], []]


def test_what_is_only_planned_has_no_count_of_what_is_done():
    text = "Police arrested nine men accused of plotting to bomb a train."
    told = ("arrested", "happened", ON), ("bomb", "planned", None)
    assert claims(text, *told) == [[9], []]


def test_two_words_of_one_happening_share_its_count():
    text = "Nine men were killed in an attack on a camp on Wednesday."
    told = ("killed", "happened", ON), ("attack", "happened", ON)
    assert claims(text, *told) == [[9], [9]]


def test_an_arrest_beside_the_dead_does_not_count_them():
    text = "Soldiers arrested six men in the town on Wednesday after nine people were killed there."
    told = ("arrested", "happened", ON), ("killed", "happened", ON)
    assert claims(text, *told) == [[6], [9]]


def test_those_arrested_are_not_of_the_protest() -> None:
    text = "Police arrested nine men during a protest on Wednesday."
    told = ("arrested", "happened", ON), ("protest", "happened", ON)
    assert claims(text, *told, types=("COERCE", "PROTEST")) == [[9], []]


def test_acts_that_count_their_own_dead_do_not_share_them() -> None:
    text = "Rebels killed 25 men in the port and murdered four men in the town."
    told = ("killed", "happened", ON), ("murdered", "happened", ON)
    assert claims(text, *told) == [[25], [4]]


def test_a_clause_tells_the_count_of_the_act_that_it_hangs_on() -> None:
    text = "Police stormed the camp after a raid that left four hostages dead."
    told = ("stormed", "happened", ON), ("raid", "happened", ON)
    assert claims(text, *told) == [[], [4]]


def test_an_act_that_counts_rockets_may_have_its_wounded() -> None:
    text = "Eight rockets hit the base, wounding four men."
    assert claims(text, ("hit", "happened", ON)) == [[8, 4]]


def test_hostages_and_the_dead_are_of_the_acts_that_took_them() -> None:
    text = "The war began when rebels kidnapped 20 men."
    told = ("war", "happened", ON), ("kidnapped", "happened", ON)
    assert claims(text, *told) == [[], [20]]
    text = "Gunmen fired at a march, killing five men."
    told = ("march", "happened", ON), ("fired", "happened", ON)
    assert claims(text, *told, types=("PROTEST", "ASSAULT")) == [[], [5]]
    text = "Police arrested 20 men in a crackdown."
    told = ("arrested", "happened", ON), ("crackdown", "happened", ON)
    assert claims(text, *told, types=("COERCE", "COERCE")) == [[20], [20]]


def test_a_sum_is_of_the_nearest_act_alone() -> None:
    text = "Norden gave $5 million and Sudland received 300 families."
    told = ("gave", "happened", ON), ("received", "happened", ON)
    assert claims(text, *told, types=("AID", "AID")) == [[5e6], []]


def test_a_far_sum_is_of_no_act() -> None:
    text = (
        "Norden imposed sanctions on Sudland, whose neighbours want to buy gas that is"
        " said to be worth $3 billion."
    )
    assert claims(text, ("imposed sanctions", "happened", ON), types=["SANCTION"]) == [[]]


def test_of_two_tolls_an_act_has_the_nearer() -> None:
    text = (
        "A mosque was targeted on Sunday, killing 25 people, while a strike on a school"
        " killed four people."
    )
    told = ("targeted", "happened", ON), ("strike", "happened", ON)
    assert claims(text, *told) == [[25], [4]]


def test_a_clause_on_another_act_tells_nothing_of_this_one() -> None:
    text = "The blast followed a raid on Monday that killed 16 people."
    told = ("blast", "happened", ON), ("raid", "happened", ON)
    assert claims(text, *told) == [[], [16]]


def test_a_killing_that_led_to_clashes_is_none_of_their_dead() -> None:
    text = "The clashes were sparked by the killing of nine men."
    told = ("clashes", "happened", ON), ("killing", "happened", ON)
    assert claims(text, *told)[1] == [9]
    text = "They spoke of days of clashes over the killing of nine men."
    assert claims(text, *told) == [[], [9]]
    text = "The murder of nine men in Arva and an attack in Norden shook them."
    told = ("murder", "happened", ON), ("attack", "happened", ON)
    assert claims(text, *told) == [[9], []]
    text = "The attack with the loss of nine lives went on."
    assert claims(text, ("attack", "happened", ON)) == [[9]]


def test_who_was_killed_before_a_protest_is_none_of_its_dead() -> None:
    text = "They held signs about the deaths of nine men."
    assert claims(text, ("held signs", "happened", ON), types=["PROTEST"]) == [[]]
