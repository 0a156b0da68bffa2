from functools import cache

import pytest

from dateline.language.en import pack
from dateline.model import Dating, Mark, Report, Setting, Span
from dateline.places import EventPlaces
from tests.acts import bare

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
    answer = EventPlaces()

    def ask(text, trigger, deed, dateline=""):
        start = text.rindex(trigger)
        at = Span(start, start + len(trigger))
        return answer(parse(text, dateline), SETTING)(bare(at, deed))

    return ask
