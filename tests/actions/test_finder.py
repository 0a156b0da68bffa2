import pickle

import pytest

TOLD = [
    (
        "Rebels attacked the town of Marn.",
        ("ASSAULT", "attacked", ["Rebels"], ["the town of Marn"]),
    ),
    (
        "Two soldiers were killed by rebels.",
        ("ASSAULT", "killed", ["rebels"], ["Two soldiers"]),
    ),
    (
        "French President Luc Arnaud visited Kenya on Monday.",
        ("CONSULT", "visited", ["French President Luc Arnaud"], ["Kenya"]),
    ),
    (
        "Talks between Norway and Sweden ended.",
        ("CONSULT", "Talks", ["Norway", "Sweden"], []),
    ),
    (
        "Canada urged Peru to release the prisoners.",
        ("REQUEST", "urged", ["Canada"], ["Peru"]),
    ),
    (
        "Chad brushed off Mali's reproach.",
        ("REJECT", "brushed off", ["Chad"], ["Mali"]),
    ),
    (
        "Mali left the door open to talks with Chad.",
        ("AGREE", "left the door open", ["Mali"], ["Chad"]),
    ),
    (
        '"All options are on the table," President Biya said.',
        ("THREATEN", "are on the table", ["President Biya"], []),
    ),
    (
        "Mali told Chad to pull back its troops.",
        ("REQUEST", "told", ["Mali"], ["Chad"]),
    ),
    (
        "Chad lodged solemn representations with Mali.",
        ("ACCUSE", "lodged solemn representations", ["Chad"], ["Mali"]),
    ),
    (
        "Ghana won the backing of Togo for the plan.",
        ("SUPPORT", "won the backing", ["Togo"], ["Ghana"]),
    ),
    (
        "Chad is not ready to talk to Mali.",
        ("REJECT", "is not ready", ["Chad"], ["Mali"]),
    ),
    (
        '"The rebels must leave the town," President Biya said.',
        ("REQUEST", "must leave", ["President Biya"], ["The rebels"]),
    ),
    (
        '"The army has to leave the town," President Biya said.',
        ("REQUEST", "has to leave", ["President Biya"], ["The army"]),
    ),
    (
        "Mali's premier is in Togo for talks with the Ghanaian president.",
        ("CONSULT", "talks", ["Mali's premier", "the Ghanaian president"], []),
    ),
    (
        "The premier called on Japan to pay in a meeting with the king of Chad.",
        ("REQUEST", "called on", ["The premier"], ["Japan"]),
    ),
    (
        "The minister hit back at Mali, saying it had lied.",
        ("ACCUSE", "hit back", ["The minister"], ["Mali"]),
    ),
    (
        "Japan condemned Iran over the launch.",
        ("ACCUSE", "condemned", ["Japan"], ["Iran"]),
    ),
    (
        "Germany imposed sanctions on Belarus.",
        ("SANCTION", "imposed sanctions", ["Germany"], ["Belarus"]),
    ),
    (
        "Turkey sent food aid to Somalia.",
        ("AID", "sent", ["Turkey"], ["Somalia"]),
    ),
    (
        "The government released 40 prisoners.",
        ("RETREAT", "released", ["The government"], ["40 prisoners"]),
    ),
    (
        "Police arrested three students.",
        ("COERCE", "arrested", ["Police"], ["three students"]),
    ),
    (
        "Students protested against the government.",
        ("PROTEST", "protested", ["Students"], ["the government"]),
    ),
    (
        "Russia deployed troops along the border.",
        ("MOBILIZE", "deployed", ["Russia"], []),
    ),
    (
        "The court found the governor guilty of theft.",
        ("SANCTION", "found the governor guilty", ["The court"], ["the governor"]),
    ),
    (
        "In Skopje, the leader of the union, Petar Ilic, called off a strike.",
        (
            "CONCEDE",
            "called off a strike",
            ["the leader of the union, Petar Ilic"],
            [],
        ),
    ),
    (
        "The minister said the talks had failed and accused Ghana of bad faith.",
        ("ACCUSE", "accused", ["The minister"], ["Ghana"]),
    ),
    (
        "Kenya and Uganda are alone in warning Rwanda that they would attack.",
        ("THREATEN", "warning", ["Kenya", "Uganda"], ["Rwanda"]),
    ),
    (
        "Iraq can expect air strikes if it refuses, the Pentagon said.",
        ("THREATEN", "expect", ["the Pentagon"], ["Iraq"]),
    ),
    (
        "Bolivia has violated the treaty, Chile's foreign minister said.",
        ("ACCUSE", "violated", ["Chile's foreign minister"], ["Bolivia"]),
    ),
    (
        "Fiji moved ships into the strait and said it would attack Tonga.",
        ("ASSAULT", "attack", ["Fiji"], ["Tonga"]),
    ),
    (
        "Jordan stopped providing the Syrian delegation with visas.",
        ("REJECT", "stopped providing", ["Jordan"], ["the Syrian delegation"]),
    ),
    (
        "Brazil dismissed the Peruvian offer as a trick.",
        ("REJECT", "dismissed", ["Brazil"], ["Peruvian"]),
    ),
    (
        "There would be no talks with the rebels, the president said.",
        ("REJECT", "be no talks", ["the president"], ["the rebels"]),
    ),
    (
        "Five U.N. inspection teams visited nine sites in Iran.",
        ("ACCUSE", "visited", ["Five U.N. inspection teams"], ["Iran"]),
    ),
    (
        "Turkish commandos landed on the islet.",
        ("MOBILIZE", "landed", ["Turkish commandos"], []),
    ),
    (
        "The rebels seized farms in the valley.",
        ("COERCE", "seized", ["The rebels"], ["farms"]),
    ),
    (
        "Ties between Chad and Libya have improved since May.",
        ("SUPPORT", "improved", ["Chad", "Libya"], []),
    ),
    (
        "Relations have improved as Mr. Modi courts Russia.",
        ("SUPPORT", "improved", ["Mr. Modi", "Russia"], []),
    ),
    (
        "Canada plans to give Nepal $1.5 billion a year in civil aid.",
        ("AID", "give", ["Canada"], ["Nepal"]),
    ),
    (
        "A Security Council resolution condemned Togo.",
        ("ACCUSE", "condemned", ["Security Council"], ["Togo"]),
    ),
    (
        "Riot police surrounded the union's headquarters.",
        ("MOBILIZE", "surrounded", ["Riot police"], ["the union's headquarters"]),
    ),
    (
        "Rebels rained mortars on the town of Marn.",
        ("ASSAULT", "rained", ["Rebels"], ["the town of Marn"]),
    ),
    (
        "The town of Marn fell to the rebels on Monday.",
        ("ASSAULT", "fell", ["the rebels"], ["The town of Marn"]),
    ),
    (
        "Nigerian gunboats opened up on the barracks.",
        ("ASSAULT", "opened up", ["Nigerian gunboats"], ["the barracks"]),
    ),
    (
        "Ossetian volunteers retook a hill.",
        ("ASSAULT", "retook", ["Ossetian volunteers"], ["a hill"]),
    ),
    (
        "Officers hauled off two students.",
        ("COERCE", "hauled off", ["Officers"], ["two students"]),
    ),
    (
        "Brussels tore up its fishing accord with Morocco.",
        ("SANCTION", "tore up", ["Brussels"], ["Morocco"]),
    ),
    (
        "Bolivia turned over two smugglers to Peru.",
        ("COOPERATE", "turned over", ["Bolivia"], ["Peru"]),
    ),
    (
        "The two navies drilled together off the coast.",
        ("COOPERATE", "drilled together", ["The two navies"], []),
    ),
    (
        "France flew in tents for the refugees.",
        ("AID", "flew in", ["France"], ["the refugees"]),
    ),
    (
        "Troops pulled out of Marn.",
        ("RETREAT", "pulled out", ["Troops"], ["Marn"]),
    ),
    (
        "Farmers threw up barricades on the road.",
        ("PROTEST", "threw up barricades", ["Farmers"], []),
    ),
    (
        "The minister gave way to the strikers.",
        ("CONCEDE", "gave way", ["The minister"], ["the strikers"]),
    ),
    (
        "Nepal revoked the visas of three Indian reporters.",
        ("COERCE", "revoked", ["Nepal"], ["three Indian reporters"]),
    ),
    (
        "Angola sent soldiers to the border with Zambia.",
        ("MOBILIZE", "sent", ["Angola"], ["Zambia"]),
    ),
    (
        "Officials described the Cuban move as encouraging.",
        ("SUPPORT", "described", ["Officials"], ["the Cuban move"]),
    ),
    (
        "The islet, where Turkish commandos landed, is small.",
        ("MOBILIZE", "landed", ["Turkish commandos"], []),
    ),
    (
        "Farmers vowed to continue their strike.",
        ("THREATEN", "vowed", ["Farmers"], []),
    ),
]


@pytest.mark.parametrize(("text", "act"), TOLD)
def test_told(acts, text, act):
    assert act in acts(text)


QUIET = [
    "The minister said the weather was fine.",
    "Brazil beat Chile 2-0 in the final match.",
    "The company launched a website.",
    "He died of a heart attack.",
    "If rebels attack the town, many will flee.",
    "The museum stands near the old barracks.",
    "Three people were killed in an earthquake.",
    "The spokesman declined to comment.",
    "The two countries were close to war.",
]


@pytest.mark.parametrize("text", QUIET)
def test_quiet(acts, text):
    assert acts(text) == []


def test_what_is_asked_for_is_no_deed(acts):
    found = acts("Britain demanded that Sudan withdraw its troops from Abal.")
    assert [deed for deed, *_ in found] == ["REQUEST"]


def test_shared_subject(acts):
    found = acts("The rebels attacked the village and kidnapped two nuns.")
    assert ("ASSAULT", "kidnapped", ["The rebels"], ["two nuns"]) in found


def test_relative(acts):
    found = acts("The rebels who attacked the base fled.")
    assert found[0][2] == ["The rebels"]


def test_mutual_acts_have_all_as_actors(found):
    act = found("The premier met the king in Oslo.")[0]
    assert act.mutual
    assert len(act.actors) == 2
    assert act.recipients == ()


def test_must_under_say(acts):
    found = acts("Egypt said Israel must stop the raids.")
    assert ("REQUEST", "must stop", ["Egypt"], ["Israel"]) in found


def test_every_act_says_why(found):
    for act in found("Police arrested three students in Lima."):
        assert [question for question, _ in act.why] == ["what", "actor", "recipient"]
        assert all(why.rule.startswith("actions.") for _, why in act.why)


def test_odd_input(found):
    for text in ("", "!!!", "1 2 3", "AAAA " * 50, "\U0001f600 \U0001f680"):
        found(text)


def test_actions_pickle(found):
    acts = found("Rebels attacked the town.")
    assert pickle.loads(pickle.dumps(acts)) == acts
