"""Our own labelled sentences: exact counts, scope, silence where nothing counts."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.texts import parse_question
from dateline.extract.quantities import answer_how_many, counts_of_sentence
from dateline.model import Dating, Quantity, Setting, Span
from tests.acts import bare

GOLD = Path(__file__).parent / "gold.tsv"


def rows() -> list[tuple[str, Span, dict[str, tuple[str, str]]]]:
    found = []
    for line in GOLD.read_text(encoding="utf-8").split("\n"):
        if not line or line.startswith("#"):
            continue
        text, told = line.split("\t")
        trigger = Span(text.index("["), text.index("]") - 1)
        wanted = {}
        for part in told.split() if told != "none" else ():
            what, value = part.split("=")
            wanted[what] = tuple(value.split(":"))
        found.append((text.replace("[", "").replace("]", ""), trigger, wanted))
    return found


def shown(found: Quantity | None) -> str | None:
    if found is None:
        return None
    return "-" if found.best is None else f"{found.best:.0f}"


def test_an_airliner_shot_down_is_nobody_wounded() -> None:
    text = "The ship shot down an airliner."
    assert counts_of_sentence(parse_question(text), Span(9, 18)) == []


def test_counts_of_our_own_sentences() -> None:
    n: Counter[str] = Counter()
    for text, trigger, wanted in rows():
        got = {q.what: q for q in reversed(counts_of_sentence(parse_question(text), trigger))}
        for what in {"killed", "injured"} & (wanted.keys() | got.keys()):
            n["told"] += 1
            n["exact"] += shown(got.get(what)) == wanted.get(what, (None,))[0]
        for what, (_, scope) in wanted.items():
            if what in got:
                n["scoped"] += 1
                n["scope right"] += (got[what].scope == "this act") == (scope == "a")
        n["silent"] += not wanted and not got
        n["nothing told"] += not wanted
    assert n["exact"] >= 0.90 * n["told"], n
    assert n["scope right"] >= 0.85 * n["scoped"], n
    assert n["silent"] >= 0.95 * n["nothing told"], n


def test_children_included_are_not_counted_twice() -> None:
    text = "The blast killed five people, including two children."
    (found,) = counts_of_sentence(parse_question(text), Span(4, 9))
    assert (found.best, found.whose, found.bound) == (5, "five people", "exact")


@pytest.mark.parametrize(
    ("text", "word", "dead"),
    [
        ("The bomb killed a mayor. Two policemen were also killed.", "killed.", 2),
        ("The priest was shot dead and four nuns were also killed.", "killed", 5),
        ("The judge was killed, along with two of his guards.", "killed", 3),
        ("Rebels killed his bodyguard and driver on Monday.", "killed", 2),
        ("In all 200 people died. A farmer was also killed.", "killed", 1),
    ],
)
def test_those_told_as_more_are_added(text: str, word: str, dead: int) -> None:
    at = text.index(word)
    found = counts_of_sentence(parse_question(text), Span(at, at + len("killed")))
    assert [q.best for q in found if q.what == "killed"] == [dead]


def test_the_day_of_an_attack_is_none_of_its_dead() -> None:
    text = "The April 4 attack on the village of Kerrin killed 87 people."
    (found,) = counts_of_sentence(
        parse_question(text), Span(text.index("attack"), text.index(" on"))
    )
    assert (found.best, found.whose) == (87, "87 people")


def sums(text: str) -> list[tuple[str, float | None, str]]:
    found = counts_of_sentence(parse_question(text), Span(0, 1))
    return [(q.unit or "", q.best, q.bound) for q in found if q.what == "money"]


def test_a_sum_told_again_in_another_currency_is_one_sum() -> None:
    assert sums("She wants $5.7bn (£4.5bn) for a wall.") == [("$", 5.7e9, "exact")]
    both = [("$", 5e6, "exact"), ("$", 2e6, "exact")]
    assert sums("He gave $5m ($2m at once) to the school.") == both


def test_a_sum_has_the_bound_that_its_words_tell() -> None:
    told = [("$", 3e6, "up to"), ("€", 5e6, "at least")]
    assert sums("It paid as much as $3 million and more than €5m.") == told


def test_few_pounds_are_a_weight() -> None:
    assert sums("The shell weighs 1,100 pounds.") == []
    assert sums("The shell cost 10 million pounds.") == [("pound", 1e7, "exact")]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("A sect has claimed responsibility for the raid that killed nine men.", "act"),
        ("It was the worst raid since 2015 and nine men were killed.", "act"),
        ("Thousands took to the streets and nine men were killed.", "act"),
        ("Troops hold a number of towns where they killed nine men.", "act"),
        ("Nine men have been killed since March.", "total"),
        ("The number of dead rose to nine.", "total"),
    ],
)
def test_only_what_goes_on_has_a_running_total(text: str, scope: str) -> None:
    found = counts_of_sentence(parse_question(text), Span(0, 1))
    assert [scope in q.scope for q in found if q.what == "killed"] == [True]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Troops captured the town on Monday.", []),
        ("The man is accused of trying to assassinate Anna Bell.", []),
        ("One man is on life-support after the raid.", []),
        ("Twelve gunmen killed three guards.", [("killed", 3)]),
        ("Three of the 12 hostages were killed.", [("killed", 3)]),
        ("One of the five men killed in the raid was a cook.", [("killed", 5)]),
        ("A boy of 14 was among four killed in the raid.", [("killed", 4)]),
        ("Police fatally shot a teenager.", [("killed", 1)]),
        ("Gunmen seized 250 hostages.", [("abducted", 250)]),
        ("Norden sent 3,000 extra troops.", [("troops", 3000)]),
        ("The 15-member Security Council met.", []),
        ("The ceasefire saved 100 lives.", []),
        ("The medics saved the lives of 12 people.", []),
        ("The raid claimed 12 lives.", [("killed", 12)]),
        ("The raid took the lives of 12 people.", [("killed", 12)]),
        ("Norden paid $5 million in 2024 dollars.", [("money", 5e6)]),
        (
            "A devastating rocket strike on Norden's military headquarters in the east"
            " killed at least 37 people on Tuesday.",
            [("killed", 37)],
        ),
        ("He woke to news that Ann Bell and three guards had been murdered.", [("killed", 4)]),
    ],
)
def test_who_is_counted(text: str, told: list[tuple[str, int]]) -> None:
    found = counts_of_sentence(parse_question(text), Span(0, 1))
    assert [(q.what, q.best) for q in found] == told


def test_thousands_of_troops_are_counted() -> None:
    (found,) = counts_of_sentence(parse_question("Norden sent thousands of troops."), Span(7, 11))
    assert (found.what, found.low, found.high) == ("troops", 2000, 9999)


def test_a_range_told_backwards_is_the_same_range() -> None:
    text = "Between 14,000 and 13,000 troops are stationed there."
    (found,) = counts_of_sentence(parse_question(text), Span(0, 1))
    assert (found.low, found.high) == (13000, 14000)


@pytest.mark.parametrize(
    ("actor", "rest", "act", "crowd"),
    [
        ("Several dozen angry miners", "gathered.", "gathered", 24),
        ("A few hundred miners", "joined the march.", "march", 200),
        ("A group of at least 500 men", "joined a march.", "march", 500),
        ("Nine people", "were arrested at a march.", "march", None),
        ("Channel 13", "joined the march.", "march", None),
    ],
)
def test_those_who_protest_are_a_crowd(actor: str, rest: str, act: str, crowd: int | None) -> None:
    text = f"{actor} {rest}"
    at = text.index(act)
    action = bare(Span(at, at + len(act)), "PROTEST")
    action = replace(action, actors=(Span(0, len(actor)),))
    found = answer_how_many(parse_question(text), action, Setting(Dating(None, None, False, ())))
    lows = [q.low for q in found if q.what == "crowd"]
    assert lows == ([crowd] if crowd else [])


def test_a_thing_that_is_no_party_is_nobody_killed() -> None:
    text = "It was one of the worst massacres of the century."
    setting = Setting(Dating(None, None, False, ()), "UTC", None)
    act = bare(Span(at := text.index("massacres"), at + 9), "ASSAULT")
    act = replace(act, counts=frozenset(("killed",)))
    assert answer_how_many(parse_question(text), act, setting) == ()
    text = "They murdered a peacekeeper in the street."
    act = replace(act, trigger=Span(5, 13), recipients=(Span(14, 27),))
    assert [q.best for q in answer_how_many(parse_question(text), act, setting)] == [1]


def test_those_whom_the_reader_sees_hurt_are_counted_where_no_grammar_tells_it() -> None:
    text = "Three people including a teen shot dead during a march, medics say."
    act = replace(
        bare(Span(at := text.index("shot dead"), at + 9), "ASSAULT"), recipients=(Span(0, at - 1),)
    )
    (many,) = answer_how_many(parse_question(text), act, Setting(Dating(None, None, False, ())))
    assert (many.what, many.best) == ("killed", 3)
