from functools import cache

import pytest

from dateline.actions import FrameFinder
from dateline.codebook.plover import load
from dateline.language.en import pack
from dateline.model import Dating, Report, Setting

SETTING = Setting(Dating(None, None, False, ()))


@cache
def parse(text):
    report = Report("r", text)
    return pack.parse(report, pack.sentences(report))


@pytest.fixture
def parsed():
    return parse


@pytest.fixture
def book():
    return load()


@pytest.fixture
def acts():
    def find(text, floor=None):
        finder = FrameFinder(load(), floor=floor)
        return [
            (
                a.deed,
                a.trigger.of(text),
                [s.of(text) for s in a.actors],
                [s.of(text) for s in a.recipients],
            )
            for a in finder(parse(text), SETTING)
        ]

    return find


@pytest.fixture
def found():
    def find(text):
        return FrameFinder(load())(parse(text), SETTING)

    return find
