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


def attack(found):
    return found("Rebels attacked the town.")[0]


def test_veto(found):
    assert judged(Says(NONE=0.95, ASSAULT=0.02), attack(found)) is None


def test_a_hesitant_model_does_not_veto(found):
    act = judged(Says(NONE=0.7, ASSAULT=0.2), attack(found))
    assert act is not None
    assert act.deed == "ASSAULT"


def test_retyped(found):
    act = judged(Says(NONE=0.02, ASSAULT=0.03, ACCUSE=0.95), attack(found))
    assert act.deed == "ACCUSE"
    assert act.why[0][1].rule == "actions.model-deed.v1"


def test_agreement_raises(found):
    act = attack(found)
    assert judged(Says(ASSAULT=0.99, NONE=0.0), act).sure > act.sure


def test_finder_asks_the_encoder(parsed):
    p = parsed("Rebels attacked the town.")
    finder = FrameFinder(load(), Says(NONE=0.99, ASSAULT=0.0))
    assert finder(p, None) == ()
    finder = FrameFinder(load(), Says(ASSAULT=0.99, NONE=0.0))
    assert len(finder(p, None)) == 1
