from dataclasses import replace
from functools import cache

import pytest

from dateline.extract.place import EventPlaces, placed_elsewhere
from dateline.ml.encoder import Reader
from dateline.model import Dating, Mark, Report, Setting, Span
from dateline.nlp.en import pack
from dateline.resources.codebook.plover import load
from tests.acts import bare
from tests.claims import claim

SETTING = Setting(Dating(None, None, False, ()))


@cache
def parse(text, dateline=""):
    marks = ()
    if dateline:
        end = text.index("— ") + 2
        marks = (Mark("dateline", Span(0, end)),)
    report = Report("r", text, dateline=dateline, marks=marks)
    return pack.parse(report, pack.sentences(report))


@pytest.fixture
def parsed():
    return parse


@pytest.fixture
def where():
    """Where an act is, by what the reader reads in it and what the report tells."""
    answer, reader = EventPlaces(), Reader.load()

    def ask(text, trigger, deed, dateline=""):
        start = text.rindex(trigger)
        at = Span(start, start + len(trigger))
        parsed = parse(text, dateline)
        parsed = replace(parsed, states=reader.encode(parsed.text, parsed.runs))
        (act,) = (a for a in reader(parsed, [at]).acts if a.asked)
        traits = load().types[deed].traits
        action = replace(bare(at, deed), act=act, traits=traits)
        asked = answer(parsed, SETTING)
        place, others = asked(action)
        told = replace(claim(), action=action, where=place, actors=(), recipients=())
        (found,) = placed_elsewhere(asked, [told])
        return found.where, others

    return ask
