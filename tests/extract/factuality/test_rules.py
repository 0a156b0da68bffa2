"""Our own labelled sentences, and what must never be told as having happened."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.texts import parse_question
from dateline.extract.factuality.rules import UNSURE, judge_event_word, judge_status_of_act
from dateline.model import Act, Action, Certainty, Dating, Setting, Span
from dateline.model.record import STATUSES
from tests.acts import bare

SETTING = Setting(Dating(None, None, False, ()))
GOLD = Path(__file__).parent / "gold.tsv"


def rows() -> list[tuple[str, str, set[str]]]:
    lines = GOLD.read_text(encoding="utf-8").split("\n")
    found = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(text, deed, set(told.split("/"))) for text, deed, told in found]


def of(marked: str, deed: str = "") -> Certainty:
    trigger = Span(marked.index("["), marked.index("]") - 1)
    read = parse_question(marked.replace("[", "").replace("]", ""))
    return judge_event_word(read, read.head_of(trigger))


def test_statuses_of_our_own_sentences() -> None:
    told = [(of(text, deed).status, wanted) for text, deed, wanted in rows()]
    for half in (told[::2], told[1::2]):
        assert sum(got in wanted for got, wanted in half) >= 0.90 * len(half)


def test_all_nine_statuses_are_asked_for() -> None:
    assert len(set.union(*(wanted for _, _, wanted in rows()))) == 9


@pytest.mark.parametrize(
    ("marked", "rule"),
    [
        ("She said she would [resign].", "certainty.said-planned.v1"),
        ("Observers said she would [resign].", "certainty.said-expected.v1"),
        ("She would [resign] if they lost.", "certainty.if-clause.v1"),
        ("They have yet to [reply].", "certainty.yet-to.v1"),
        ("He said he had not [fired].", "certainty.own-denial.v1"),
        ("Both sides are to [meet] in Rome.", "certainty.is-to.v1"),
        ("Monks [march] every Sunday.", "certainty.repeated.v1"),
        ("The guards were too weak to [resist].", "certainty.degree.v1"),
        ("The raiders [killed] no one.", "certainty.nobody.v1"),
        ("The settlers have [killed] zero people.", "certainty.nobody.v1"),
        ("The talks did not result in any [arrests].", "certainty.negation.v1"),
        ("Chad may cancel the [talks].", "certainty.kept-open.v1"),
        ("Chad has not cancelled the [talks].", "certainty.kept-open.v1"),
        ("Chad is weighing an [attack].", "certainty.considered.v1"),
        ("Only if Oman [asks] will Chad send police.", "certainty.condition.v1"),
    ],
)
def test_a_construction_has_a_reason_of_its_own(marked: str, rule: str) -> None:
    assert of(marked).why.rule == rule


def weigh(marked: str, status: str, traits: frozenset[str], other: float = 0.05) -> Certainty:
    """What a model that is fairly sure of one status makes of a sentence."""
    trigger = Span(marked.index("["), marked.index("]") - 1)
    read = parse_question(marked.replace("[", "").replace("]", ""))
    rest = tuple((name, other) for name in STATUSES if name != status and other)
    act = Act(
        trigger=trigger,
        sentence=read.sentences[0].span,
        sure=0.9,
        deeds=(("X", 1.0),),
        statuses=((status, 0.6), *rest),
        modes=(),
        contexts=(),
        mutual=0.0,
    )
    told = Action(trigger, trigger, "X", (), (), (), (), False, 1.0, (), act, traits)
    return judge_status_of_act(read, told, SETTING)


def test_a_rule_that_sees_a_no_outweighs_a_model_that_does_not() -> None:
    told = weigh("The raiders [killed] no one.", "happened", frozenset())
    assert (told.status, told.why.rule) == ("negated", "certainty.nobody.v1")


def test_what_came_about_did_so_where_a_model_tells_only_that_it_is_planned() -> None:
    told = weigh("The [trip] began.", "planned", frozenset(), other=0)
    assert told.status == "happened"


def test_what_is_done_by_saying_it_is_done_whatever_it_says() -> None:
    spoken = frozenset(("by-word",))
    told = weigh("Oman said it would [strike] back.", "happened", spoken)
    assert (told.status, told.why.rule) == ("happened", "reading.status.v1")


def test_what_would_have_been_said_was_not_said() -> None:
    spoken = frozenset(("by-word",))
    told = weigh("A vote that would have [blocked] the deal failed.", "happened", spoken)
    assert told.status == "hypothetical"


@pytest.mark.parametrize(
    ("marked", "status", "told"),
    [
        ("Mexico [mulls tariffs] on goods.", "happened", "possible"),
        ("Chad may [lift] the curfew.", "happened", "possible"),
        ("Chad is weighing an [attack].", "ongoing", "possible"),
        ("The US has [not ruled out providing] arms.", "possible", "possible"),
        ("Chad threatens to cancel the [summit].", "happened", "planned"),
        ("Chad did not stop [shelling] the port.", "happened", "happened"),
    ],
)
def test_what_is_thought_of_or_due_did_not_happen(marked: str, status: str, told: str) -> None:
    assert weigh(marked, status, frozenset()).status == told


def test_what_arms_will_be_sent_is_not_yet_decided() -> None:
    text = "Chad has yet to decide what arms it will [send]."
    assert weigh(text, "planned", frozenset()).status == "planned"


def test_the_model_sees_a_status_that_no_rule_reads() -> None:
    told = weigh("The [talks] of next week matter.", "planned", frozenset())
    assert (told.status, told.why.rule) == ("planned", "reading.status.v1")


def test_what_began_or_was_imposed_is_not_still_to_come() -> None:
    for marked in ("The [trip] began.", "It felt [sanctions] imposed by Chad."):
        assert weigh(marked, "planned", frozenset()).status not in UNSURE
    stay = "The envoy is expected to stay in Oslo, with [talks] held at the palace."
    assert weigh(stay, "planned", frozenset()).status == "planned"


def test_who_is_on_a_visit_is_there() -> None:
    assert of("The king is on a [visit] to Oman this week.").status == "ongoing"


def test_could_not_before_a_word_that_denies() -> None:
    assert of("Oman could not rule out an [attack].").status == "possible"
    assert of("Police could not stop the [attack].").status == "happened"
    assert of("Police could not [attack] the camp.").status == "negated"


def test_one_no_is_counted_once() -> None:
    assert of("No marine [landing] had begun.").status == "negated"
    assert of("The army was not able to [retake] the port.").status == "negated"
    assert of("It said it was not able to [retake] the port.").status == "negated"


def test_want_of_evidence_is_no_negation() -> None:
    told = of("There is no evidence that Chad [bombed] the camp.")
    assert told.status == "possible"
    assert of("There are signs that Chad [bombed] the camp.").status == "happened"


def test_a_hedge_belongs_to_its_own_clause() -> None:
    told = of("Possibly fearing a revolt, the king [freed] the editors.")
    assert told.status == "happened"


@pytest.mark.parametrize("text", ["[?]", "[“]", "If [if] if", "[Attack]!!! 😀"])
def test_odd_text_gets_an_answer(text: str) -> None:
    assert of(text).status


@pytest.mark.parametrize(
    ("marked", "status"),
    [
        ("It was not clear whether Chad had [shelled] the camp.", "possible"),
        ("It was not immediately clear if Chad had [shelled] the camp.", "possible"),
        ("Nobody knew whether Chad had [shelled] the camp.", "possible"),
        ("It would be odd if Chad [shelled] the camp.", "hypothetical"),
        ("Oman could not confirm that Chad had [shelled] the camp.", "happened"),
        ("Oman did not think that Chad had [shelled] the camp.", "negated"),
        ("Oman asked who [shelled] the camp.", "happened"),
        ("The ministers were to have [met] on Monday.", "negated"),
        ("The ministers were due to have [met] on Monday.", "negated"),
        ("The ministers are to [meet] on Monday.", "planned"),
        ("Oman will not talk until Chad [frees] the pilots.", "hypothetical"),
        ("Oman will leave after Chad [frees] the pilots.", "expected"),
        ("Oman must wait at least until Chad [frees] the pilots.", "hypothetical"),
        ("Oman wants to wait until Chad [frees] the pilots.", "hypothetical"),
        ("Oman waited until Chad [freed] the pilots.", "happened"),
        ("Oman left after Chad [freed] the pilots.", "happened"),
    ],
)
def test_the_form_of_a_clause_tells_of_it(marked: str, status: str) -> None:
    assert of(marked).status == status


def test_two_words_that_undo_each_other_outweigh_a_model_that_sees_one() -> None:
    told = weigh("Oman did not rule out an [attack].", "negated", frozenset())
    assert (told.status, told.why.rule) == ("possible", "certainty.turned.v1")


def test_the_not_of_a_refusal_is_the_refusal_itself() -> None:
    refusal = frozenset(("by-word", "refusal"))
    said = "Oman said it [would not sign] the pact."
    assert weigh(said, "happened", refusal).status == "happened"
    assert weigh("Oman did not [reject] it.", "negated", refusal).status == "negated"


def test_words_of_an_act_that_undo_it() -> None:
    told = weigh("Oman [denied shelling] the camp.", "happened", frozenset())
    assert told.status == "denied"
    told = weigh("The guard [chose not to shoot] him.", "happened", frozenset())
    assert told.status == "negated"


@pytest.mark.parametrize(
    "marked",
    [
        "Oman [called off] its planned June 12 summit with Chad.",
        "Oman [cancelled joint drills] with Chad.",
    ],
)
def test_what_two_were_to_do_together_is_undone_when_called_off(marked: str) -> None:
    told = weigh(marked, "happened", frozenset(("ground", "talk", "mutual")))
    assert told.status == "negated"


def test_tense_tells_that_it_is_to_come_not_by_whose_word() -> None:
    told = weigh("Oman said Chad would [shell] the camp.", "planned", frozenset())
    assert told.status == "planned"
    told = weigh("The two kings will [meet] on Monday.", "expected", frozenset())
    assert told.status == "expected"


@pytest.mark.parametrize(
    "marked",
    [
        "The [raid] on the camp was not a mistake.",
        "The [raid] on the camp is unlikely to be the last.",
        "Oman asked whether the [raid] on the camp was a crime.",
    ],
)
def test_what_a_known_act_is_called_does_not_undo_it(marked: str) -> None:
    assert of(marked).status == "happened"
    assert of("The [talks] are unlikely.").status == "negated"
    assert of("A [raid] on the camp would be a crime.").status == "hypothetical"


def test_a_condition_without_if_outweighs_a_model_that_misses_it() -> None:
    told = weigh("Had Oman [bombed] it, war would have come.", "happened", frozenset())
    assert told.status == "hypothetical"


def test_who_and_why_are_asked_of_what_is_known() -> None:
    assert of("Who [killed] the envoy?").status == "happened"
    assert of("Why does Chad [shell] the camp?").status == "happened"
    told = weigh("Was the envoy [arrested]?", "happened", frozenset())
    assert (told.status, told.why.rule) == ("possible", "certainty.asked.v1")


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("Chad and Mali [hold] talks in Bamako on May 15.", "planned"),
        ("Port workers [strike] on Friday, May 15.", "planned"),
        ("The envoy is [visiting] Lagos on 20 May.", "planned"),
        ("The king [visits] Oslo on May 15, 2021.", "planned"),
        ("Chad [recalls] its envoy from Lagos on May 15.", "planned"),
        ("Chad [imposes] a ban on coal from May 15.", "planned"),
        ("Police [arrest] ten in Lagos on May 3.", "happened"),
        ("The king [visits] Oslo on April 15, 2020.", "happened"),
        ("Chad [bars] visitors until May 15.", "happened"),
        ("Chad [condemns] the May 15 vote.", "happened"),
        ("The guards [left] the post on May 15.", "happened"),
        ("Chad [hosts] the Mayoral 15.", "happened"),
    ],
)
def test_a_present_tense_with_a_day_to_come_is_planned(marked: str, wanted: str):
    day = date(2020, 5, 10)
    setting = Setting(Dating(day, day, True, ()))
    trigger = Span(marked.index("["), marked.index("]") - 1)
    read = parse_question(marked.replace("[", "").replace("]", ""))
    told = judge_status_of_act(read, bare(trigger, "CONSULT"), setting)
    assert told.status == wanted
    assert (told.why.rule == "certainty.day-to-come.v1") == (wanted == "planned")


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("Guards [shot] at a priest, locals said; the army denied it.", "happened"),
        ("Oman says Chad [mined] the port, which Chad denies.", "happened"),
        ("Chad denied it, but Oman said Chad [mined] the port.", "happened"),
        ("Chad denied an Omani report that its navy had [mined] the port.", "denied"),
    ],
)
def test_only_who_denies_an_act_makes_it_denied(marked: str, told: str) -> None:
    assert weigh(marked, "denied", frozenset()).status == told


def test_who_is_not_among_those_arrested_was_not():
    text = "Police said the two brothers were not among those [arrested] on Friday."
    assert of(text).status == "negated"
    assert of(text.replace("not ", "")).status == "happened"
    assert of("Two brothers not among those [arrested]").status == "negated"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The minister chose to [visit] Oslo first.", "happened"),
        ("Chad has opted to [expel] the envoy.", "happened"),
        ("Chad chose not to [expel] the envoy.", "negated"),
        ("Chad will choose to [expel] the envoy.", "planned"),
    ],
)
def test_what_somebody_chose_to_do_was_done(text: str, status: str) -> None:
    assert of(text).status == status


def test_what_is_to_be_is_planned_but_in_a_condition() -> None:
    told = of("Kenya is to [sign] the pact in May.")
    assert (told.status, told.why.rule) == ("planned", "certainty.is-to.v1")
    told = of("Uganda complained because Kenya is to [sign] the pact.")
    assert (told.status, told.why.rule) == ("planned", "certainty.is-to.v1")
    told = of("If Kenya is to [sign] the pact, Uganda must pay.")
    assert told.why.rule != "certainty.is-to.v1"
    assert told.status in ("hypothetical", "possible")
