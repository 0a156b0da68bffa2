"""What the encoder read around a mention, and how a net points at it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dateline.extract.actors.learned.scorer import MOST_SITES, Context, Network, context, scorer
from dateline.extract.actors.report_features import WIDTH, Sites, sites, survey
from dateline.ml.ranker import log_shares, squeezed
from dateline.model import Span, States
from dateline.model.encoder_output import Places, Stretch
from dateline.resources.knowledge_base import base
from tests.extract.actors.test_resolve import at, parsed, setting

TEXT = "Kenya and Uganda met today. Kenyan police watched. The government thanked them."


def read() -> tuple[Sites, Span]:
    whole = parsed(TEXT)
    seen = survey(whole, setting(), base())
    return seen.sites, at(TEXT, "The government")


def surround(
    text: str,
    spans: Sequence[Span],
    sentences: Sequence[int],
    codes: Sequence[Sequence[str]],
    told: Sites,
) -> Context:
    whole = parsed(text)
    heads = [whole.head_of(span) for span in spans]
    return context(whole, spans, heads, sentences, codes, told)


def test_each_candidate_has_the_places_that_tell_it() -> None:
    told, span = read()
    around = surround(TEXT, [span], [2], [("UGA", "FRA", "KEN")], told)
    assert around.which.tolist() == [0, 2, 2]
    starts = told.rows[around.sites, 0].tolist()
    assert starts[0] == TEXT.index("Uganda")
    assert sorted(starts[1:]) == [TEXT.index("Kenya"), TEXT.index("Kenyan")]
    assert around.rows[0, 2] == 1  # two sentences back


def test_each_of_several_mentions_has_its_own_places() -> None:
    told, span = read()
    first, codes = at(TEXT, "Kenyan police"), ("UGA", "FRA", "KEN")
    both = surround(TEXT, [first, span], [1, 2], [("KEN",), codes], told)
    alone = surround(TEXT, [span], [2], [codes], told)
    mine = both.party == 1
    assert (both.own[1] == alone.own[0]).all()
    assert both.sites[mine].tolist() == alone.sites.tolist()
    assert (both.which[mine] - 1).tolist() == alone.which.tolist()
    assert (both.rows[mine] == alone.rows).all()


def test_of_many_places_the_nearest_speak() -> None:
    rows = np.zeros((30, 6), np.float32)
    rows[:, 0] = np.arange(30) * 10
    told = Sites(rows, np.zeros((30, WIDTH), np.float32), {"KEN": [(n * 10, n) for n in range(30)]})
    around = surround(TEXT, [Span(290, 300)], [0], [("KEN",)], told)
    assert sorted(around.sites.tolist()) == list(range(30 - MOST_SITES, 30))


def test_without_states_all_is_nought() -> None:
    bare = replace(parsed(TEXT), states=States())
    told = survey(bare, setting(), base()).sites
    assert not told.states.any()
    assert not context(bare, [Span(0, 5)], [None], [2], [("KEN",)], told).own.any()


def test_a_report_without_places_has_no_sites() -> None:
    told = sites(parsed("Nobody came."), [()])
    around = surround("Nobody came.", [Span(0, 6)], [0], [("KEN",)], told)
    assert (len(around.sites), len(around.rows)) == (0, 0)


def test_the_states_of_a_span_are_the_mean_of_its_pieces() -> None:
    one = Stretch(Span(0, 5), Places((0, 3), (2, 5)), np.eye(2, 3, dtype="f"), 0)
    two = Stretch(Span(6, 9), Places((6,), (9,)), np.full((1, 3), 7, "f"), 0)
    told = States((one, two)).of([Span(0, 5), Span(6, 9), Span(40, 44)], 3)
    assert told.tolist() == [[0.5, 0.5, 0], [7, 7, 7], [0, 0, 0]]


def test_a_mention_points_at_the_place_that_is_like_it() -> None:
    rng = np.random.default_rng(5)
    wide, point = 4, 4
    eye = np.eye(wide, dtype=np.float32)
    net = Network(
        {
            "asks_weight": eye,
            "tells_weight": eye,
            "placed_weight": np.zeros((3, 2), np.float32),
            "both_weight": np.concatenate([np.ones((point, 1)), np.zeros((2, 1))]),
            "alone_weight": np.zeros((point, 1)),
            "point_weight": np.full((1, 1), 5.0),
        }
    )
    places = rng.normal(size=(3, wide)).astype(np.float32)
    own = np.concatenate([places[1], np.zeros(wide)]).astype(np.float32)
    every, rows = np.arange(3), np.zeros((3, 3), np.float32)
    around = Context(own[None], every, every, np.zeros(3, np.int64), rows)
    told = net.pointed(3, around, places)
    assert told[:, 1].argmax() == 1
    assert np.isclose(told[:, 1].sum(), 1)
    assert told[:, 2].tolist() == [1, 1, 1]


def test_shares_sum_to_one() -> None:
    scores, unknown = np.array([800.0, 801.0], "f"), np.array([-5.0], "f")
    told = log_shares(scores, unknown, np.array([0]))
    assert np.isclose(np.exp(told).sum(), 1)


def test_far_numbers_are_brought_near() -> None:
    told = squeezed(np.array([-999.0, 0.0, 999.0], np.float32))
    assert np.allclose(told, [-6.9078, 0, 6.9078], atol=1e-3)


def test_a_net_has_a_place_for_whoever_is_unknown() -> None:
    net = Network.of(
        {
            "net_mean": np.zeros(2),
            "net_scale": np.ones(2),
            "net_low_weight": np.zeros((3, 1)),
            "net_read_weight": np.zeros((6, 1)),
            "net_own_weight": np.zeros((3, 4)),
            "net_each_weight": np.ones((2, 4)),
            "net_pool_weight": np.zeros((3, 4)),
            "net_out_weight": np.ones((4, 1)),
            "net_none_weight": np.ones((4, 1)),
        },
        "net",
    )
    rows = np.array([[0.0, 0.0], [5.0, 5.0]], np.float32)
    none = np.zeros(0, np.int64)
    around = Context(np.zeros((1, 6), "f"), none, none, none, np.zeros((0, 3), "f"))
    given = np.zeros((1, 1), "f"), np.zeros((1, 3), "f"), around, np.zeros((0, 3), "f")
    told = net.candidates(net.scaled(rows), np.array([0]), *given)
    assert told[1] > told[0]
    assert np.isclose(np.exp(told).sum(), 1 - np.exp(told[0]))


def test_the_weights_that_ship_fit_the_features() -> None:
    held = scorer()
    assert len(held.nets) > 1
    for net in held.nets:
        assert net.at["mean"].shape == net.at["each_weight"].shape[:1]
    assert all(codes for codes in held.hints.values())
