"""Who is told to have done harm, and what is no act: short reports of our own."""

from dateline.ingest.reading.inputs import complete_report
from dateline.model import Claim, Report
from dateline.pipeline.factory import make_coder


def claims(text: str) -> tuple[Claim, ...]:
    return make_coder().code(complete_report(Report("r", text))).claims


HARM = (
    "JEDDAH - Ministers discussed Iran's response to the killing of Hamas leader"
    " Ismail Haniyeh. Tensions have soared since Haniyeh's assassination in Tehran"
    " last week.",
    "At least 50 worshippers were killed in the attacks on two mosques last week."
    " The foreign minister praised Jacinda Ardern's reaction to the terror attacks.",
    "The ministers weighed Egypt's response to the bombing of a church in"
    " Alexandria. Police have made no arrests over the bombing.",
    "Brazil's inquiry into the killing of two reporters has stalled, their families"
    " said on Monday.",
    "The prime minister of Norway praised Denmark's handling of the attack on a"
    " synagogue in Copenhagen.",
    "Germany mourned the victims of the massacre in Bamako. Officials in Berlin said"
    " the massacre would not change its plans.",
    "Turkey's reaction to the shooting of its envoy was swift: it closed the border.",
    "Survivors of the attack on the market in Maiduguri thanked Cameroon for its help.",
    "The anniversary of the assassination of the Lebanese premier was marked in Beirut on Friday.",
)
SEEMING = (
    ("ASSAULT", "In October the two states seemed close to war, envoys recalled."),
    ("ASSAULT", "For weeks the two neighbours had seemed on the brink of war."),
    ("RETREAT", "Analysts are skeptical that the North will give up its arsenal."),
    ("COERCE", "A police spokesman in Lagos cleared the senator of wrongdoing."),
    ("COERCE", "The president did not order the arrest of the editor, he said."),
    ("ACCUSE", "Two swimmers who received threats withdrew, organisers said."),
    ("ASSAULT", "No troops crossed the border, the Rwandan army said."),
)


def test_who_answers_harm_has_not_done_it() -> None:
    """Machines differ by a hair: one of these may go wrong on some of them."""
    done = [[c for c in claims(t) if c.action.deed == "ASSAULT"] for t in HARM]
    assert all(done)
    blamed = [some for some in done if any(claim.actors for claim in some)]
    assert len(blamed) <= 1, [claim.actors for some in blamed for claim in some]


def test_what_only_seems_or_is_undone_is_no_act() -> None:
    undone = ("negated", "denied")
    told = [
        text
        for deed, text in SEEMING
        for claim in claims(text)
        if claim.action.deed == deed and claim.certainty.status not in undone
    ]
    assert len(told) <= 1, told


def test_where_people_meet_is_nobody_that_they_meet() -> None:
    (met,) = claims("The foreign ministers of Peru and Chile met in Lima on Thursday.")
    assert {who.country for who in met.actors} == {"PER", "CHL"}
    assert met.recipients == ()


def test_who_only_suffered_is_the_one_acted_on() -> None:
    (shelled,) = claims(
        "Pakistan denied on Sunday that its soldiers had shelled an Afghan village."
    )
    assert [who.country for who in shelled.actors] == ["PAK"]
    assert [who.country for who in shelled.recipients] == ["AFG"]
    assert shelled.certainty.status == "denied"
