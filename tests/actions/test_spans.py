import numpy as np
import pytest

from dateline.actions.spans import RULE, completed
from dateline.codebook.plover import load


class Marks:
    """A model that marks words of a sentence for actor and recipient, surely."""

    def __init__(self, parsed, actor="", recipient=""):
        self.rows = np.zeros((len(parsed.tokens), 5))
        for column, words in ((1, actor), (3, recipient)):
            for token in parsed.tokens:
                self.rows[token.i, column] = 0.95 if token.text in words.split() else 0

    def parties(self, trigger, first=0, last=None):
        return self.rows[first:last]


@pytest.fixture
def ask(parsed, found):
    def asked(text, deed, **marks):
        p = parsed(text)
        act = next(a for a in found(text) if a.deed == deed)
        sentence = p.sentence_at(act.trigger.start)
        done = completed(load(), Marks(p, **marks), p, sentence, act)
        words = [[s.of(text) for s in side] for side in (done.actors, done.recipients)]
        rules = {question: why.rule for question, why in done.why}
        return (*words, rules)

    return asked


def test_who_is_missing_is_filled_in_and_the_reason_says_so(ask):
    text = "Two editors were arrested in Kampala by night in a raid of Ugandan police."
    actors, recipients, rules = ask(
        text, "COERCE", actor="Ugandan police", recipient="editors"
    )
    assert actors == ["Ugandan police"]
    assert recipients == ["Two editors"]
    assert rules["actor"] == RULE
    assert rules["recipient"] != RULE


def test_words_that_the_model_believes_stay(ask):
    text = "Rebels attacked the army."
    actors, recipients, rules = ask(
        text, "ASSAULT", actor="Rebels", recipient="the army"
    )
    assert (actors, recipients) == (["Rebels"], ["the army"])
    assert RULE not in rules.values()


def test_doubted_words_stay_where_the_model_has_none_better(ask):
    actors, recipients, _ = ask("Rebels attacked the army.", "ASSAULT")
    assert (actors, recipients) == (["Rebels"], ["the army"])


def test_a_pronoun_stays_for_grammar_knows_whom_it_means(ask):
    text = "Norway was silent, and it attacked the rebels."
    actors, _, _ = ask(text, "ASSAULT", actor="Norway", recipient="rebels")
    assert actors == ["it"]


def test_an_act_aside_is_not_overruled_from_afar(ask):
    text = "Norway said that rebels had attacked the army."
    actors, _, _ = ask(text, "ASSAULT", actor="Norway", recipient="army")
    assert actors == ["rebels"]


def test_a_meeting_told_with_one_party_gets_the_second(ask):
    text = "Talks with Kenya were held in the camp of Norway."
    actors, recipients, _ = ask(text, "CONSULT", actor="Norway")
    assert len({*actors, *recipients}) == 2
