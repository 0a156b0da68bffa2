"""Who may be meant: each party once, with all its words."""

from dateline.extract.arguments.parties import gather_parties, name_own
from dateline.model import Action, Actor, Cast, Member, Span, Why


def actor(name: str, country: str | None, span: Span, answer: str = "resolved") -> Actor:
    why = Why("actors.test.v1", span)
    return Actor(name, country, ("GOV",), None, answer, span, why)  # type: ignore[arg-type]


def action(actors: tuple[Span, ...], recipients: tuple[Span, ...]) -> Action:
    at = Span(20, 23)
    return Action(at, at, "ACCUSE", (), (), actors, recipients, False, 0.9, ())


KENYA, NAIROBI, IT, CHAD = Span(0, 5), Span(30, 37), Span(40, 42), Span(50, 54)


def test_words_of_one_member_and_code_are_one_party_with_its_pronouns() -> None:
    cast = Cast((Member(KENYA, "state", (KENYA, NAIROBI, IT), True),))
    people = {
        CHAD: (actor("Chad", "TCD", CHAD),),
        NAIROBI: (actor("Nairobi", "KEN", NAIROBI, "guess"),),
        KENYA: (actor("Kenya", "KEN", KENYA),),
    }
    parties, named = gather_parties(people, cast)
    assert [p.who.name for p in parties] == ["Kenya", "Chad"]
    assert parties[0].mentions == (KENYA, NAIROBI, IT)
    numbers = {span: [n for n, _ in rows] for span, rows in named.items()}
    assert numbers == {KENYA: [0], NAIROBI: [0], CHAD: [1]}


def test_two_names_of_one_country_are_two_parties() -> None:
    people = {KENYA: (actor("army", "KEN", KENYA),), CHAD: (actor("police", "KEN", CHAD),)}
    parties, _ = gather_parties(people, Cast())
    assert [p.who.name for p in parties] == ["army", "police"]


def test_own_words_are_told_by_number() -> None:
    both = (actor("Kenya", "KEN", KENYA), actor("Chad", "TCD", KENYA))
    people = {KENYA: both, CHAD: (actor("Chad", "TCD", CHAD),)}
    parties, named = gather_parties(people, Cast())
    (own,) = name_own([action((KENYA,), (CHAD, NAIROBI))], named)
    assert len(parties) == 2
    assert own.actors == (0, 1)
    assert own.recipients == (1,)
