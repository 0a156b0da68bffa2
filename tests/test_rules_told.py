"""No rule without use: it speaks in reports, or a sentence of ours asks for it."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.texts import parse_question
from dateline.extract.attribution import attributions
from dateline.extract.factuality.rules import judge_event_word
from dateline.extract.place.candidates import Atlas
from dateline.extract.place.report import place_names
from dateline.extract.place.resolve import Home
from dateline.extract.quantities import answer_how_many
from dateline.extract.time import tag_event_times
from dateline.extract.time.dating import date_report
from dateline.model import Dating, Report, Setting, Span
from dateline.nlp.coref import cast
from dateline.nlp.en.lexicon import load_english_lexicon
from dateline.resources.gazetteer import gazetteer
from tests.acts import bare

DAY = date(2019, 1, 8)
SETTING = Setting(Dating(DAY, DAY, True, ()))
HERE = Path(__file__).parent
ROOMS = "actions actors attribution cast certainty places quantities times".split()


def rows(path: Path) -> list[list[str]]:
    lines = path.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def rules() -> set[str]:
    """Return the rules of the question rooms, features apart: they are weighed."""
    told = rows(HERE.parent / "src/dateline/resources/rules/rules.tsv")
    return {rule for rule, _ in told if rule.split(".")[0] in ROOMS}


def told_of_day(text: str) -> set[str]:
    """Return the rules that speak of a report's day; its address may stand before."""
    url, _, words = text.rpartition(" :: ")
    report = Report("r", words.replace(" | ", "\n\n"), url=url)
    return {why.rule for why in date_report(report, load_english_lexicon()).why}


def told(rule: str, text: str) -> set[str]:
    """Return the rules that speak of words in brackets."""
    words = text.replace("[", "").replace("]", "")
    trigger, read = Span(text.index("["), text.index("]") - 1), parse_question(words)
    act = bare(trigger, "ASSAULT")
    match rule.split(".", maxsplit=1)[0]:
        case "attribution":
            return {one.why.rule for one in attributions(read)}
        case "cast":
            return {link.why.rule for link in cast(read).links}
        case "places":
            atlas, home = Atlas(gazetteer(), load_english_lexicon()), Home()
            return {p.rule for p in place_names(atlas, words, [trigger], home)}
        case "quantities":
            return {many.why.rule for many in answer_how_many(read, act, SETTING)}
        case "times":
            return {tag_event_times(read, SETTING)(act).why.rule}
    return {judge_event_word(read, read.head_of(trigger)).why.rule}


@pytest.mark.parametrize(("rule", "text"), rows(HERE / "rules.tsv"))
def test_a_rule_speaks(rule: str, text: str) -> None:
    of_day = rule.startswith("times.dating.")
    assert rule in (told_of_day(text) if of_day else told(rule, text))


def test_no_rule_is_idle() -> None:
    """Else: write a sentence for it into rules.tsv, or take the rule out."""
    fired = {rule for rule, count in rows(HERE / "fired.tsv") if int(count)}
    files = (p for p in HERE.rglob("*.py") if p != Path(__file__))
    words = " ".join(p.read_text("utf-8") for p in files)
    named = {rule for rule in rules() if f'"{rule}"' in words}
    named |= {rule for rule, _ in rows(HERE / "rules.tsv")}
    assert rules() - fired - named == set()


def test_the_table_of_what_spoke_names_rules_that_are_there() -> None:
    """Else: write it anew with tools/idle/fired.py, or take the line out."""
    spoke = {rule for rule, _ in rows(HERE / "fired.tsv")}
    assert len(spoke) > 60
    assert sorted({r for r in spoke if r.split(".")[0] in ROOMS} - rules()) == []
