"""What the decision weighs, and what it makes of it."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from dateline.extract.arguments import selection
from dateline.extract.arguments.argument_ranker import ACT_FEATURES, AT, OPTION_FEATURES
from dateline.extract.arguments.features import (
    FEATURES,
    LISTED,
    NOBODY,
    feature_columns,
    is_reason,
    see,
    sure_share_elsewhere,
)
from dateline.extract.arguments.parties import weigh_side
from dateline.extract.arguments.reranker import Scored, cut_windows, lay_out_report
from dateline.extract.arguments.selection import (
    Judges,
    Weights,
    decide_scored,
    describe_answers,
    fitted_weights,
)
from dateline.ml.encoder.reader import Reader
from dateline.model import Act, Action, Actor, Cast, Span, Why, Words
from dateline.model import decisions as kinds
from dateline.model.decisions import Decision, Own, Party, Question, Side

TEXT = "Chad accused Kenya. It denied that. Mali was silent."
CHAD, KENYA, IT, MALI = Span(0, 4), Span(13, 18), Span(20, 22), Span(36, 40)
SENTENCES = (Span(0, 19), Span(20, 35), Span(36, 52))


def actor(code: str, span: Span) -> Actor:
    why = Why("actors.test.v1", span)
    return Actor(code, code, ("GOV",), None, "resolved", span, why)


PARTIES = (
    Party(actor("TCD", CHAD), (CHAD,)),
    Party(actor("KEN", KENYA), (KENYA, IT)),
    Party(actor("MLI", MALI), (MALI,)),
)


def action(traits: frozenset[str] = frozenset(), mutual: bool = False) -> Action:
    at = Span(5, 12)
    words = (Words(CHAD, 0.9),), (Words(KENYA, 0.8),)
    chances = (("ACCUSE", 0.9), ("REJECT", 0.1))
    act = Act(at, SENTENCES[0], 0.9, chances, (), (), (), 0.0, *words)
    sides = (CHAD,), (KENYA,)
    done = Action(at, at, "ACCUSE", (), (), *sides, mutual, 0.9, (), act)
    return replace(done, traits=traits)


def question(act: Action) -> Question:
    spans = [*SENTENCES, Span(53, 60), Span(61, 70)]
    sentences = [SimpleNamespace(span=s, parsed=True) for s in spans]
    parsed = SimpleNamespace(sentences=sentences, text=TEXT)
    words = {CHAD: ((0, PARTIES[0].who),), KENYA: ((1, PARTIES[1].who),)}
    own = (Own((0,), (1,)),)
    return Question(parsed, None, Cast(), (act,), PARTIES, words, own)  # type: ignore[arg-type]


def logits(actors: list[float], recipients: list[float]) -> Scored:
    return Scored((0,), np.array([[actors, recipients]], float), np.array([3.0]))


class Looking:
    """Stands for trees that look at one column alone."""

    def __init__(self, column: int, of: float = 1.0) -> None:
        self.column, self.of = column, of

    def odds(self, rows: np.ndarray) -> np.ndarray:
        return np.clip(rows[:, self.column] * self.of, 0.0, 1.0)


class Fitting:
    """Stands for trees: an answer is right as its share, nobody as nobody's."""

    def odds(self, rows: np.ndarray) -> np.ndarray:
        size, share = rows[:, AT["parties"]], rows[:, AT["share"]]
        few = share
        return np.where(size == 0, rows[:, AT["nobody"]], few)


def plain(hostile: float = 0.5, bars: tuple[float, float] = (0.5, 0.2)) -> Weights:
    """Weights that look at the second reading's shares alone."""
    choices = np.array([float(f.name == "share_of_party") for f in FEATURES])
    sure = Looking(ACT_FEATURES.names.index("act"))
    judges = Judges(Fitting(), sure, sure, bars, bars)  # type: ignore[arg-type]
    return Weights(choices, hostile, judges, judges)


def test_shares_are_of_all_choices_and_the_likeliest_stands() -> None:
    scored = logits([0, 0, 4, 0, 0], [0, 0, 0, 4, 0])
    (told,) = decide_scored(question(action()), scored, plain())
    assert (told.actors.chosen, told.recipients.chosen) == ((0,), (1,))
    assert sum(told.actors.shares.values()) == pytest.approx(1, abs=0.02)
    assert told.actors.sure > 0.8
    assert told.tell


def test_nobody_stands_where_nobody_is_likeliest() -> None:
    scored = logits([4, 0, 0, 0, 0], [0, 0, 0, 4, 0])
    (told,) = decide_scored(question(action()), scored, plain())
    assert told.actors.chosen == ()


def test_a_party_stands_on_one_side_of_an_act_of_one_way() -> None:
    scored = logits([0, 0, 4, 0, 0], [0, 0, 3, 2, 0])
    (told,) = decide_scored(question(action()), scored, plain())
    assert told.actors.chosen == (0,)
    assert 0 not in told.recipients.chosen


def test_several_stand_on_a_side_where_that_answer_is_likeliest() -> None:
    scored = logits([0, 0, 9, 9, 0], [4, 0, 0, 0, 0])
    (told,) = decide_scored(question(action(mutual=True)), scored, plain())
    assert set(told.actors.chosen) == {0, 1}


def test_harm_is_put_on_whom_no_words_name_only_where_that_is_sure() -> None:
    act = action(frozenset(("force",)))
    scored = logits([0, 0, 0, 0, 2], [0, 0, 0, 4, 0])
    (unsure,) = decide_scored(question(act), scored, plain(hostile=0.9))
    (sure,) = decide_scored(question(act), scored, plain(hostile=0.3))
    assert 2 not in unsure.actors.chosen
    assert sure.actors.chosen == (2,)


def test_of_what_is_done_together_nobody_stands_twice() -> None:
    asked = question(action(mutual=True))
    both = replace(asked, own=(Own((0, 1), (1,)),))
    scored = logits([0, 0, 4, 4, 0], [0, 0, 0, 4, 0])
    (told,) = decide_scored(both, scored, plain())
    assert (told.actors.chosen, told.recipients.chosen) == ((0, 1), ())


def test_a_users_pattern_is_always_told() -> None:
    own = action()
    assert own.act is not None
    asked = replace(own, act=replace(own.act, asked=True))
    scored = logits([4, 0, 0, 0, 0], [4, 0, 0, 0, 0])
    weights = plain(bars=(0.99, 0.99))
    assert not decide_scored(question(own), scored, weights)[0].tell
    assert decide_scored(question(asked), scored, weights)[0].tell


def test_each_answer_of_a_side_is_described_by_every_feature() -> None:
    known = describe_answers(question(action()), logits([0] * 5, [0] * 5), plain().choices)
    (both,) = known.options()
    options = both[1]
    assert options.answers[:2] == ((), (1,))
    assert options.rows.shape == (len(options.answers), len(OPTION_FEATURES))
    own = dict(zip(OPTION_FEATURES.names, options.rows[1], strict=True))
    assert (own["as named"], own["parties"], own["sentences away"]) == (1, 1, 0)
    acts = known.act(0, both, [np.ones(len(each.answers)) for each in both])
    assert len(acts) == len(ACT_FEATURES)


def test_a_decision_names_what_spoke_for_it_and_its_rival() -> None:
    weights = plain()
    weights.choices[FEATURES.names.index("named_on_side")] = 2.0
    scored = logits([0, 0, 3, 3, 0], [3, 0, 0, 3, 0])
    (told,) = decide_scored(question(action()), scored, weights)
    assert (told.actors.chosen, told.actors.rival) == ((0,), 1)
    assert told.actors.spoke[0] == "named_on_side"
    assert (told.recipients.chosen, told.recipients.rival) == ((1,), kinds.NOBODY)
    weighed = weigh_side(question(action()), told.actors)
    assert weighed.rival is not None and weighed.rival.who is not None
    assert (weighed.rival.who.country, weighed.sure) == ("KEN", told.actors.sure)
    assert 0 < weighed.rival.share < 0.5


def test_every_feature_has_words_for_who_asks_why() -> None:
    prior = {each.name for each in FEATURES if not each.reason}
    assert prior == {"nobody", "nobody_done_to", "unlisted"}
    assert all(each.words for each in FEATURES)


def test_what_was_fitted_to_speak_the_other_way_is_no_reason() -> None:
    at = {feature.name: feature for feature in FEATURES}
    assert is_reason(at["named_on_side"], 0.7)
    assert not is_reason(at["named_on_side"], -0.7)
    assert is_reason(at["not_known"], -1.0)
    assert not is_reason(at["not_known"], 1.0)
    assert not is_reason(at["nobody"], 1.0)


def test_features_say_what_their_names_say() -> None:
    q = question(action())
    scores = logits([0] * 5, [0] * 5).choices
    seen = see(q.acts, q.parties, q.own, SENTENCES, scores)
    columns = feature_columns(seen)
    found = {f.name: columns[0, ..., n] for n, f in enumerate(FEATURES)}
    assert found["words_on_side"][0, LISTED] == 0.9
    assert found["named_on_side"][1].tolist() == [0, 0, 0, 1, 0]
    assert found["in_the_sentence"][0].tolist() == [0, 0, 1, 1, 0]
    assert found["nobody"][0, NOBODY] == 1


def test_weights_of_other_features_are_refused(tmp_path: Path) -> None:
    kept = json.loads(selection.WEIGHTS.read_text("utf-8"))
    kept["choices"] = {"another": 1.0}
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(kept), "utf-8")
    with pytest.raises(ValueError, match="other features"):
        fitted_weights(path)


def test_a_feature_that_is_not_fitted_weighs_nothing(tmp_path: Path) -> None:
    kept = json.loads(selection.WEIGHTS.read_text("utf-8"))
    weight = kept["choices"].pop("named_on_side")
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(kept), "utf-8")
    at = FEATURES.names.index("named_on_side")
    assert fitted_weights().choices[at] == weight != 0
    assert fitted_weights(path).choices[at] == 0
    np.testing.assert_equal(
        np.delete(fitted_weights(path).choices, at), np.delete(fitted_weights().choices, at)
    )


def test_what_ships_was_fitted_for_these_features() -> None:
    assert fitted_weights().few.right.names == OPTION_FEATURES.names


def test_the_layout_finds_acts_and_mentions_among_the_pieces() -> None:
    read = Reader.load().encode(TEXT, [SENTENCES]).stretches
    found = lay_out_report(read, [action()], PARTIES)
    assert found.acts[:, 2].tolist() == [0]
    assert found.mentions[:, 2:].tolist() == [[0, 0], [0, 1], [1, 1], [2, 2]]
    assert found.windows == ((0, sum(len(part.rows) for part in read)),)


def test_windows_cover_every_piece_once() -> None:
    windows = cut_windows([0, 500, 700, 1900, 1950])
    assert [low for low, _ in windows[1:]] == [high for _, high in windows[:-1]]
    assert windows[-1][1] == 1950


@dataclass(frozen=True)
class Read:
    """Stands for a parsed report: its sentences and text."""

    sentences: tuple[SimpleNamespace, ...]
    text: str


def test_a_block_of_a_long_report_keeps_what_stands_around_its_acts() -> None:
    spans = [Span(10 * n, 10 * n + 9) for n in range(100)]
    sentences = tuple(SimpleNamespace(span=s, parsed=True) for s in spans)
    parties = tuple(Party(actor("KEN", s), (s,)) for s in (spans[0], spans[40], spans[90]))
    acts = tuple(replace(action(), trigger=spans[n]) for n in (38, 41))
    own = (Own((1,), (2,)), Own((0,), ()))
    asked = Question(Read(sentences, ""), None, Cast(), acts, parties, {}, own)  # type: ignore[arg-type]
    block, numbers = selection.cut_block(asked, 0, [[0], [40], [90]])
    assert numbers == [0, 1]
    assert block.own == (Own((1,), ()), Own((0,), ()))
    assert len(block.parsed.sentences) == 2 + 8 + 4 + 8
    sides = Side((1,), {1: 1.0}, 1.0), Side((), {-1: 1.0}, 1.0)
    told = selection.renumber(Decision(True, 1.0, 1.0, *sides), [0, 7])
    assert (told.actors.chosen, told.recipients.shares) == ((7,), {-1: 1.0})


def test_a_share_elsewhere_is_of_an_act_of_the_same_deed() -> None:
    one = action()
    acts = [one, one, replace(one, deed="REJECT")]
    own = [Own((0,)), Own((1,)), Own((2,))]
    seen = see(acts, PARTIES, own, SENTENCES, np.zeros((3, 2, LISTED + 3)))
    first = sure_share_elsewhere.of(seen)[0, 0, LISTED:]
    assert first[1] > 0  # Kenya, whom the other accusation names
    assert first[0] == 0  # Chad, whom only this act names
    assert first[2] == 0  # Mali, whom an act of another deed names
