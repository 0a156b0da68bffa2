import numpy as np

from dateline.actions import FrameFinder
from dateline.actions.judge import judged
from dateline.codebook.plover import load


class Says:
    def __init__(self, **said):
        self.said = said

    def read(self, parsed, only=None):
        return self

    def deed(self, actor, recipient, trigger):
        return self.said

    def contexts(self, trigger):
        return {"military": 0.4, "health": 0.1}

    def parties(self, trigger, first=0, last=None):
        sure_of_all = np.array([0.0, 0.5, 0.0, 0.5, 0.0])
        return np.tile(sure_of_all, (last - first, 1))


def attack(found):
    return found("Rebels attacked the town.")[0]


def test_the_model_alone_neither_drops_nor_retypes(found):
    act = attack(found)
    doubted = judged(Says(NONE=0.95, ACCUSE=0.03, ASSAULT=0.02), act)
    assert doubted.deed == "ASSAULT"
    assert doubted.sure < act.sure


def test_where_both_agree_the_reason_says_so(found):
    act = judged(Says(ASSAULT=0.9, NONE=0.1), attack(found))
    assert act.why[0][1].rule == "actions.both.v1"


def test_agreement_raises(found):
    act = attack(found)
    assert judged(Says(ASSAULT=0.99, NONE=0.0), act).sure > act.sure


def test_finder_asks_the_encoder(parsed):
    p = parsed("Rebels attacked the town.")
    (doubted,) = FrameFinder(load(), Says(NONE=0.99, ASSAULT=0.0), floor=0)(p, None)
    (agreed,) = FrameFinder(load(), Says(ASSAULT=0.99, NONE=0.0), floor=0)(p, None)
    assert doubted.sure < agreed.sure


def test_what_the_report_is_about_is_told_by_its_acts_too(parsed):
    p = parsed("Rebels attacked the town.")
    (act,) = FrameFinder(load(), Says(NONE=0.0, ASSAULT=0.9), floor=0)(p, None)
    assert act.contexts == ("military",)
