import pytest


@pytest.mark.parametrize(
    ("text", "deed", "actor", "recipient"),
    [
        ("The raid by the army on the camp failed.", "ASSAULT", "the army", "the camp"),
        ("Chad's invasion of Libya went on.", "ASSAULT", "Chad", "Libya"),
        ("The U.S. sanctions against Cuba remain.", "SANCTION", "U.S.", "Cuba"),
        (
            "The rebels launched an attack on the base.",
            "ASSAULT",
            "The rebels",
            "the base",
        ),
        (
            "The army staged a series of raids on villages.",
            "ASSAULT",
            "The army",
            "villages",
        ),
        (
            "The police were behind the killing of Maro.",
            "ASSAULT",
            "The police",
            "Maro",
        ),
        ("Japan gave Nepal a loan.", "AID", "Japan", "Nepal"),
        (
            "The court rejected the appeal by the union.",
            "REJECT",
            "The court",
            "the union",
        ),
    ],
)
def test_parties(acts, text, deed, actor, recipient):
    found = acts(text)
    assert any(
        d == deed and actor in actors and recipient in recipients
        for d, _, actors, recipients in found
    ), found


def test_backed_rebels_act_themselves(acts):
    found = acts("U.S.-backed rebels attacked the base.")
    assert "rebels" in found[0][2][0]


def test_who_killed_stands_after_the_victims(acts):
    found = acts("Crowds came to protest the killings of monks by Burmese police.")
    assert ("ASSAULT", "killings", ["Burmese police"], ["monks"]) in found


def test_a_warning_reaches_into_the_clause_after_the_day(acts):
    found = acts("Warnings from Moscow on Friday that Turkish ships could harm trade.")
    assert found == [("THREATEN", "Warnings", ["Moscow"], ["Turkish"])]


@pytest.mark.parametrize(
    ("text", "deed", "actor", "recipient"),
    [
        (
            "A resolution urging Chad to withdraw was passed by the council.",
            "REQUEST",
            "the council",
            "Chad",
        ),
        (
            "The plan was given a frosty reception by the rebels.",
            "REJECT",
            "the rebels",
            None,
        ),
        (
            "The premier, on a stopover in Lima, said prices would fall.",
            "CONSULT",
            "The premier",
            "Lima",
        ),
        (
            "Chad and Mali left the room, each accusing Togo of lying.",
            "ACCUSE",
            "Mali",
            "Togo",
        ),
        (
            "Chad and Mali ended their feud with the signing of a treaty.",
            "SUPPORT",
            "Chad",
            None,
        ),
        (
            "Envoys of Mali were refused an audience by the king.",
            "REJECT",
            "the king",
            "Envoys of Mali",
        ),
        ("The envoy shuttled between the two camps.", "CONSULT", "The envoy", None),
    ],
)
def test_verbal_parties(acts, text, deed, actor, recipient):
    found = acts(text)
    assert any(
        d == deed
        and actor in actors
        and (recipient is None or recipient in (*recipients, *actors))
        for d, _, actors, recipients in found
    ), found


def test_tents_are_no_camp_of_a_dispute(acts):
    assert acts("The envoy drove between the camps of the refugees.") == []


def test_a_hint_at_what_was_done_is_no_threat(acts):
    told = acts("Mali hinted that Chad had attacked a base.")
    assert "THREATEN" not in [deed for deed, *_ in told]
    told = acts("Mali hinted that it would attack Chad.")
    assert ("THREATEN", "hinted", ["Mali"], ["Chad"]) in told


def test_a_thing_called_by_a_bad_name(acts):
    told = acts("The deal was a sham, Mali said.")
    assert [deed for deed, *_ in told] == ["ACCUSE"]


def test_those_who_did_so_too(acts):
    (told,) = acts("Chad hailed the truce, as did Mali and Togo.")
    assert told[2] == ["Chad", "Mali", "Togo"]


def test_a_vow_beside_a_claim_is_the_speakers(acts):
    text = "The envoy alleged that Chad had lied and vowed that Mali would attack Togo."
    told = {deed: actors for deed, _, actors, _ in acts(text)}
    assert told["THREATEN"] == ["The envoy"]


def test_what_a_thing_is_called_is_shown(acts):
    found = acts('"This is an act of piracy," the envoy said.')
    assert ("ACCUSE", "is an act", ["the envoy"]) in [told[:3] for told in found]


def test_leaders_meeting_somewhere_do_what_follows(acts):
    found = acts("Regional leaders meeting in Lima on Sunday accused Chad of lying.")
    assert ("ACCUSE", "accused", ["Regional leaders"], ["Chad"]) in found
