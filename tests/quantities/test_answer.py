"""Our own labelled sentences: exact counts, scope, silence where nothing counts."""

from collections import Counter
from pathlib import Path

import pytest

from dateline.evaluate.parsing import parsed
from dateline.model import Quantity, Span
from dateline.quantities import counts

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
    assert counts(parsed(text), Span(9, 18)) == []


def test_counts_of_our_own_sentences() -> None:
    n: Counter[str] = Counter()
    for text, trigger, wanted in rows():
        got = {q.what: q for q in reversed(counts(parsed(text), trigger))}
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
    (found,) = counts(parsed(text), Span(4, 9))
    assert (found.best, found.whose, found.bound) == (5, "five people", "exact")


@pytest.mark.parametrize(
    ("text", "word", "dead"),
    [
        ("The bomb killed a mayor. Two policemen were also killed.", "killed.", 3),
        ("The priest was shot dead and four nuns were also killed.", "killed", 5),
        ("The judge was killed, along with two of his guards.", "killed", 3),
        ("Rebels killed his bodyguard and driver on Monday.", "killed", 2),
        ("In all 200 people died. A farmer was also killed.", "killed", 1),
    ],
)
def test_those_told_as_more_are_added(text: str, word: str, dead: int) -> None:
    at = text.index(word)
    found = counts(parsed(text), Span(at, at + len("killed")))
    assert [q.best for q in found if q.what == "killed"] == [dead]


def test_the_day_of_an_attack_is_none_of_its_dead() -> None:
    text = "The April 4 attack on the village of Kerrin killed 87 people."
    (found,) = counts(parsed(text), Span(text.index("attack"), text.index(" on")))
    assert (found.best, found.whose) == (87, "87 people")
