"""What joins tellings of two reports, and what holds them apart."""

from dataclasses import replace

import numpy as np
import pytest

from dateline.events.cross_document import merge_units
from dateline.events.explain_merge import explain_pair
from dateline.extract.event_coref.clustering import nearby
from dateline.extract.event_coref.lexicon import few_words, story
from dateline.extract.event_coref.mention_table import Numbering, axes, pack_senses, sense_size
from dateline.extract.event_coref.mentions import Party, Telling, join_tellings
from dateline.extract.event_coref.pair_scorer import BETWEEN, across_model, claims_judge
from tests.extract.event_coref.test_same import BASE

DAY = 739000
QUETTA = "A suicide bomber killed 19 people at a mosque in Quetta on Tuesday."
BLAST = replace(
    BASE,
    actors=(Party(None, "suicide bomber", "PAK", ("REB",)),),
    recipients=(Party(None, "19 people", "PAK", ("CVL",)),),
    site=replace(BASE.site, name="quetta", country="PAK"),
    counts=(("killed", 19.0),),
    trigger="killed",
    evidence="A suicide bomber killed 19 people at a mosque in Quetta on Tuesday",
    lead="A suicide bomber ",
)
LATER = replace(
    BLAST,
    report="r2",
    id="c2",
    actors=(),
    recipients=(Party(None, "31 people", "PAK", ("CVL",)),),
    counts=(("killed", 31.0),),
    trigger="suicide bombing",
    evidence="Tuesday's suicide bombing at a mosque in Quetta has now killed 31 people",
    lead="Tuesday's ",
    day=DAY + 3,
)
STORIES = {"r1": story(QUETTA), "r2": story(f"{QUETTA} Doctors fear for more.")}


def together(one: Telling, two: Telling) -> bool:
    events = merge_units([one, two], STORIES).events
    return events[one.id] == events[two.id]


def test_a_toll_that_runs_is_one_attack_told_again() -> None:
    assert together(BLAST, LATER)


def test_the_attacks_of_a_year_are_not_one_of_them() -> None:
    whole = replace(
        LATER,
        trigger="Bombings",
        counts=(("killed", 140.0),),
        evidence="Bombings in Quetta have killed 140 people this year",
        lead="",
        first=DAY - 180,
        last=DAY + 180,
    )
    assert not together(BLAST, whole)


def test_days_told_as_a_year_speak_for_nothing() -> None:
    year = replace(LATER, first=DAY - 180, last=DAY + 180)
    near, wide = (explain_pair(BLAST, two, STORIES) for two in (LATER, year))
    assert wide.score < near.score


@pytest.mark.parametrize("side", ["actors", "recipients"])
def test_a_side_of_another_country_is_another_act(side: str) -> None:
    two = (Party(None, "france", "FRA", ("GOV",)), Party(None, "japan", "JPN", ("GOV",)))
    one, other = (replace(t, **{side: (p,)}) for t, p in zip((BLAST, LATER), two, strict=True))
    assert not together(one, other)


def test_the_two_sides_of_a_meeting_may_be_told_the_other_way_round() -> None:
    kenya, ethiopia = (
        (Party(None, "william ruto", "KEN", ("GOV",)),),
        (Party(None, "abiy ahmed", "ETH", ("GOV",)),),
    )
    talks = {"deed": "CONSULT", "type": "CONSULT", "modes": ("meet",), "counts": ()}
    told = {"trigger": "met", "evidence": "the two leaders met in Nairobi on Friday"}
    one = replace(BLAST, actors=kenya, recipients=ethiopia, **talks, **told)
    other = replace(LATER, actors=ethiopia, recipients=kenya, **talks, **told)
    assert together(one, other)


def test_who_accuses_and_is_condemned_in_turn_are_two_happenings() -> None:
    kenya, uganda = (
        (Party(None, "kenya", "KEN", ("GOV",)),),
        (Party(None, "uganda", "UGA", ("GOV",)),),
    )
    talk = {"deed": "ACCUSE", "type": "ACCUSE", "modes": (), "counts": ()}
    first = {"trigger": "accusing", "evidence": "Kenya expelled two, accusing Uganda"}
    then = {"trigger": "condemned", "evidence": "Uganda condemned Kenya on Friday"}
    one = replace(BLAST, actors=kenya, recipients=uganda, **talk, **first)
    other = replace(LATER, actors=uganda, recipients=kenya, **talk, **then)
    assert not together(one, other)


def test_what_was_learned_is_of_the_figures_that_the_program_has() -> None:
    found = across_model()
    assert found.trees.names == BETWEEN
    assert 0.5 < found.threshold < 1


def test_acts_that_the_reader_takes_for_alike_are_likelier_one() -> None:
    told = np.random.RandomState(0).standard_normal((2, axes().shape[1]))
    told = (told / np.linalg.norm(told, axis=1, keepdims=True)).astype(np.float32)
    kept = pack_senses(told, told)
    one = replace(BLAST, sense=kept[0])
    like, unlike = (explain_pair(one, replace(LATER, sense=sense), STORIES) for sense in kept)
    assert like.score > unlike.score
    assert "the reader takes the acts for alike (1.00)" in like.together
    assert any("for unlike" in words for words in unlike.against)


def test_the_verdict_names_the_threshold_of_its_kind() -> None:
    here = explain_pair(BLAST, replace(LATER, report="r1", start=400, clause=(380, 460)))
    assert here.threshold == claims_judge().threshold
    assert explain_pair(BLAST, LATER, STORIES).threshold == across_model().threshold


def test_a_unit_has_the_days_that_most_of_its_tellings_have() -> None:
    wrong = replace(BLAST, id="c0", first=DAY + 1, last=DAY + 1, start=1)
    vague = replace(BLAST, id="c3", first=DAY - 10, last=DAY, start=300)
    found = join_tellings([wrong, BLAST, vague], "p")
    assert (found.first, found.last) == (DAY, DAY)
    undated = replace(BLAST, first=None, last=None)
    assert join_tellings([undated], "p").first is None


@pytest.mark.parametrize(
    ("lead", "trigger", "recalls"),
    [
        ("the anniversary of the ", "bombing", False),
        ("an anniversary ", "march", True),
        ("people marched for the ", "commemoration", True),
        ("at the memorial they ", "attacked", True),
        ("police in the town ", "attacked", False),
    ],
)
def test_an_act_that_recalls_is_told_from_what_it_recalls(
    lead: str, trigger: str, recalls: bool
) -> None:
    numbering = Numbering(claims_judge().deeds)
    assert numbering.memory(few_words(trigger), few_words(lead)) is recalls


@pytest.mark.parametrize("shift", range(14))
def test_days_that_overlap_anywhere_are_compared(shift: int) -> None:
    plain = replace(BLAST, evidence="They killed them", lead="They ")
    began = DAY + shift
    long = replace(plain, first=began, last=began + 30)
    short = replace(plain, report="r2", id="c2", first=began + 15, last=began + 15)
    one, two = nearby(Numbering(claims_judge().deeds).columns([long, short]))
    assert (one.tolist(), two.tolist()) == ([0], [1])


@pytest.mark.parametrize("shift", range(14))
def test_acts_without_days_told_within_a_fortnight_are_compared(shift: int) -> None:
    plain = replace(BLAST, evidence="They killed them", lead="They ")
    plain = replace(plain, first=None, last=None, day=DAY + shift)
    later = replace(plain, report="r2", id="c2", day=DAY + shift + 14)
    one, two = nearby(Numbering(claims_judge().deeds).columns([plain, later]))
    assert (one.tolist(), two.tolist()) == ([0], [1])


def call(report: str, *lands: str, **told: object) -> Telling:
    one, two = (Party(f"person:{land}", land, land, ("GOV",)) for land in lands)
    base = replace(BASE, report=report, id=report, deed="CONSULT", type="CONSULT")
    base = replace(base, modes=("phone",), counts=(), site=None, lead="")
    base = replace(base, actors=(one,), recipients=(two,), trigger="spoke by phone")
    return replace(base, evidence=" spoke by phone with ".join(lands), **told)  # type: ignore[arg-type]


def test_who_calls_and_who_is_called_is_one_call() -> None:
    read = bytes(range(1, sense_size() + 1))  # alike, as the encoder reads "spoke" and "call"
    one = call("r1", "USA", "TUR", sense=read)
    two = call("r2", "TUR", "USA", trigger="telephone call", sense=read)
    assert together(one, two)


def test_envoys_expelled_in_turn_are_two_happenings() -> None:
    def expelled(report: str, *lands: str) -> Telling:
        told = call(report, *lands, deed="SANCTION", type="SANCTION")
        return replace(told, modes=("expel",), trigger="expelled envoys")

    assert not together(expelled("r1", "GBR", "RUS"), expelled("r2", "RUS", "GBR"))


def test_what_a_report_tells_as_two_is_not_joined_by_its_own_story() -> None:
    arrest = replace(BLAST, deed="COERCE", type="COERCE", modes=("arrest",), counts=())
    home = replace(
        arrest,
        actors=(Party(None, "soldiers", "UGA", ("MIL",)),),
        recipients=(Party("person:roy", "ana roy", "UGA", ("OPP",)),),
        trigger="surrounded the home",
        evidence="Soldiers surrounded the home of Ana Roy in Kampala on Friday",
    )
    aides = replace(
        home,
        id="c3",
        start=400,
        clause=(390, 430),
        actors=(Party(None, "police", "UGA", ("COP",)),),
        recipients=(Party(None, "four of her aides", "UGA", ("OPP",)),),
        trigger="arrested",
        evidence="Police arrested four of her aides",
    )
    assert not together(home, aides)


def test_who_invites_and_who_promises_is_less_likely_one_than_who_promises() -> None:
    promise = call("r1", "PRK", "USA", deed="AGREE", type="AGREE", trigger="promised")
    promise = replace(promise, recipients=(), modes=(), evidence="Kim promised")
    invite = call("r2", "PRK", "USA", deed="AGREE", type="AGREE", trigger="invited")
    again = replace(promise, report="r2", id="r2")
    apart = explain_pair(promise, replace(invite, modes=()), STORIES).score
    assert apart < explain_pair(promise, again, STORIES).score


def test_a_launch_that_names_one_side_is_compared_with_one_that_names_two() -> None:
    launch = call("r1", "PRK", "JPN", deed="MOBILIZE", type="MOBILIZE")
    launch = replace(launch, modes=("weapons",), trigger="fired", evidence="a missile")
    bare = replace(launch, report="r2", id="r2", recipients=(), evidence="its launch")
    assert len(nearby(Numbering(claims_judge().deeds).columns([launch, bare]))[0])


def test_a_day_long_past_is_recalled_for_one_act_whatever_the_story() -> None:
    tale = {
        "r1": story("Ministers agreed a budget for schools and roads in Muscat."),
        "r2": story("A film festival opened with a comedy by a young director."),
    }
    raid = {"trigger": "raid", "evidence": "since the raid on Kutum that killed 15"}
    one = replace(BASE, day=BASE.day + 200, **raid)
    two = replace(one, report="r2", id="c2", trigger="attack", day=BASE.day + 300)
    assert len(set(merge_units([one, two], tale).events.values())) == 1


UNLIKE = {
    "r1": story("Ministers agreed a budget for schools and roads in Muscat."),
    "r2": story("A film festival opened with a comedy by a young director."),
}
OASIS = replace(BASE.site, name="bamri oasis", country="TCD", exact=False)
SEIZED = replace(
    BASE,
    deed="COERCE",
    type="COERCE",
    modes=("seize",),
    counts=(),
    actors=(Party("state:LBY", "libya", "LBY", ("GOV",)),),
    recipients=(Party("state:TCD", "chad", "TCD", ("GOV",)),),
    first=736330,
    last=736694,
    site=OASIS,
    trigger="annexation",
    evidence="since the annexation of the oasis in 2017",
    lead="the ",
)


def test_an_act_of_a_year_long_past_is_one_whatever_the_story() -> None:
    one = replace(SEIZED, evidence="Libya's annexation of the oasis in 2017")
    two = replace(SEIZED, report="r2", id="c2", day=BASE.day + 300)
    assert len(set(merge_units([one, two], UNLIKE).events.values())) == 1


def test_an_act_long_past_is_known_by_its_place_and_rare_names() -> None:
    plane = (Party(None, "zagros airways", "USA", ("BUS",)),)
    one = replace(BASE, recipients=plane, trigger="blowing up", counts=(), site=OASIS)
    one = replace(one, evidence="suspects of blowing up Zagros Airways flight 61")
    past = replace(one, first=734503, last=734868)
    bare = replace(one, report="r2", id="c2", first=None, last=None)
    assert len(set(merge_units([past, bare], UNLIKE).events.values())) == 1
    other = replace(bare, recipients=(Party(None, "meridian lines", "USA", ("BUS",)),))
    other = replace(other, evidence="they shot at a Meridian Lines jet", site=None)
    assert len(set(merge_units([past, other], UNLIKE).events.values())) == 2


def test_what_goes_on_in_two_reports_of_near_days_is_one() -> None:
    fleet = replace(
        SEIZED,
        deed="MOBILIZE",
        type="MOBILIZE",
        status="ongoing",
        modes=("troops",),
        first=None,
        last=None,
        site=None,
        recipients=(),
        trigger="build-up",
        evidence="Libya's military build-up on the border",
    )
    later = replace(fleet, report="r2", id="c2", day=BASE.day + 6)
    later = replace(later, trigger="military build-up", evidence="the build-up")
    near = explain_pair(fleet, later, STORIES).score
    assert near >= explain_pair(fleet, replace(later, day=BASE.day + 40), STORIES).score
    assert near > explain_pair(fleet, replace(later, status="happened"), STORIES).score


def test_words_alone_join_no_two_reports() -> None:
    far = replace(BASE, first=None, last=None, site=None)
    other = replace(far, report="r2", id="c2", day=BASE.day + 60)
    assert explain_pair(far, other, UNLIKE).score == 0
    assert explain_pair(far, replace(other, day=BASE.day + 6), UNLIKE).score > 0


def test_a_second_letter_is_another() -> None:
    words = "wrote a letter to Oman"
    one = replace(call("r1", "KEN", "OMN", trigger="wrote"), evidence=words, modes=())
    other = replace(one, id="c2", start=300, evidence="wrote a second letter to Oman")
    assert explain_pair(one, other).score == 0
    killed = replace(BLAST, trigger="killed", evidence="the blast killed fifteen")
    more = replace(killed, id="c2", start=300, evidence="it killed another man")
    assert explain_pair(killed, more).score > 0


def test_talks_that_one_report_says_were_not_held_are_not_those_of_another() -> None:
    held = call("r1", "TUR", "USA", trigger="talks")
    none = call("r2", "TUR", "USA", trigger="talks", status="negated")
    assert explain_pair(held, none, STORIES).score == 0
    denied = explain_pair(held, replace(none, status="denied"), STORIES)
    assert (denied.score, denied.constraint) == (0, "status")
    assert explain_pair(held, replace(none, report="r1", start=300)).score > 0


def test_what_one_report_alone_tells_as_one_stays_one() -> None:
    first = replace(BLAST, id="e1", part="e1")
    more = replace(
        BLAST,
        id="e1~c2",
        part="e1",
        start=900,
        deed="COERCE",
        type="COERCE",
        actors=(Party(None, "police", "PAK", ("COP",)),),
        counts=(),
        trigger="arrested",
        evidence="Police arrested a cleric over a land quarrel in Lahore",
        lead="Police ",
    )
    alone = merge_units([first, more], STORIES).events
    assert alone["e1"] == alone["e1~c2"]
    told = merge_units([first, more, replace(LATER, id="c2")], STORIES).events
    assert told["e1"] == told["c2"] != told["e1~c2"]
