"""Who does something to a deed has not done the deed."""

from dataclasses import replace

from dateline.actions import Decoder
from dateline.codebook.plover import load
from dateline.model import Reading, Span, Words
from tests.actions.made import act
from tests.actions.test_parties import read


def actors(text: str, *told: tuple[str, str]) -> dict[str, list[str]]:
    """Return the actors of acts by trigger; the reader has "Norway" for each."""
    text += " The streets of the city were quiet after dark."
    who = Span(at := text.index("Norway"), at + 6)

    def one(words: str, deed: str):
        span = Span(start := text.index(words), start + len(words))
        own = replace(act("shelled", deed), trigger=span, sentence=Span(0, 60))
        return replace(own, sure=0.95, actors=(Words(who, 0.9),), recipients=())

    found = Decoder(load())(read(text), Reading(tuple(one(*each) for each in told)))
    return {a.trigger.of(text): [s.of(text) for s in a.actors] for a in found}


def test_who_condemns_a_raid_has_not_raided() -> None:
    text = "The raid on the village was condemned by Norway on Monday."
    found = actors(text, ("raid", "ASSAULT"), ("condemned", "ACCUSE"))
    assert found == {"raid": [], "condemned": ["Norway"]}


def test_who_launches_a_raid_has_raided() -> None:
    text = "The raid on the village was launched by Norway on Monday."
    assert actors(text, ("raid", "ASSAULT")) == {"raid": ["Norway"]}
