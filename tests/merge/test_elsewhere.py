from dataclasses import replace

from dateline.merge import completed
from dateline.model import Report, Why
from dateline.parts import coder
from tests.claims import actor, claim


def told(at: int, event: str, **answers):
    base = claim()
    trigger = replace(base.action.trigger, start=at, end=at + 3)
    action = replace(base.action, trigger=trigger)
    return replace(base, action=action, event=event, **answers)


def test_what_one_telling_lacks_the_nearest_other_one_gives() -> None:
    lead = told(6, "e")
    far = told(400, "e", recipients=(actor("Kenya", "KEN"),))
    later = told(60, "e", recipients=())
    found = completed([lead, later, far])
    assert found[0] == lead
    assert found[2] == far
    (who,) = found[1].recipients
    assert (who.name, who.span) == (lead.recipients[0].name, None)
    assert who.why == Why("merge.elsewhere.v1", lead.recipients[0].span)


def test_other_events_and_other_deeds_give_no_party() -> None:
    lead = told(6, "e")
    other = told(60, "f", recipients=())
    deed = replace(other, event="e", action=replace(other.action, deed="AID"))
    assert completed([lead, other])[1] == other
    assert completed([lead, deed])[1].recipients == ()


def test_nobody_comes_to_stand_on_both_sides() -> None:
    lead = told(6, "e")
    turned = told(60, "e", actors=(actor("two Ugandan pilots", "UGA"),), recipients=())
    assert completed([lead, turned])[1].recipients == ()


def test_a_party_of_no_known_state_is_the_one_of_another_telling() -> None:
    lead = told(6, "e")
    (known,) = lead.recipients
    stranger = replace(known, name="the captives", country=None, answer="unknown")
    later = told(60, "e", recipients=(stranger,))
    (who,) = completed([lead, later])[1].recipients
    assert (who.name, who.country, who.answer) == ("the captives", "UGA", "guess")
    assert who.why == Why("merge.elsewhere.v1", known.span)


def test_a_party_of_another_sector_gives_no_state() -> None:
    lead = told(6, "e")
    (known,) = lead.recipients
    other = replace(known, name="rebels", country=None, sectors=("REB",))
    assert completed([lead, told(60, "e", recipients=(other,))])[1].recipients == (
        other,
    )


def test_who_meets_with_all_who_take_part_told_meets_nobody_else() -> None:
    some = (actor("Kenya", "KEN"), actor("two Ugandan pilots", "UGA"))
    lead = told(6, "e", recipients=(actor("the army", "KEN"),))
    met = told(60, "e", actors=some, recipients=())
    met = replace(met, action=replace(met.action, mutual=True))
    assert completed([lead, met])[1].recipients == ()


def test_tellings_are_joined_again_once_it_is_known_what_each_leaves_out() -> None:
    text = (
        "Kenya and Uganda sign border deal\n\n"
        "NAIROBI - Kenya's President William Ruto and Uganda's President Yoweri "
        "Museveni met in Nairobi on Friday. The talks lasted two hours. They signed "
        "an agreement on the border. The meeting was the first since 2021. Ruto "
        "thanked Museveni for the visit."
    )
    claims = coder().code(Report(id="r", text=text)).claims
    signed = [c for c in claims if c.action.trigger.of(text).startswith("sign")]
    assert len(signed) > 1
    assert len({claim.event for claim in signed}) == 1


def test_of_tellings_that_differ_most_are_believed() -> None:
    lead = told(6, "e")
    other = replace(lead.recipients[0], name="Rwanda", country="RWA")
    wrong = replace(told(30, "e"), recipients=(other,))
    bare = told(60, "e", recipients=())
    again = told(90, "e")
    (who,) = completed([lead, wrong, bare, again])[2].recipients
    assert who.country == "UGA"


def test_a_weapons_test_is_done_to_nobody_told_elsewhere() -> None:
    lead = told(6, "e")
    bare = told(60, "e", recipients=())
    alone = replace(bare, action=replace(bare.action, traits=frozenset({"alone"})))
    assert completed([lead, alone])[1].recipients == ()
