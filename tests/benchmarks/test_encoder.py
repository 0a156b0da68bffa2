from pathlib import Path

import numpy as np
import pytest

from benchmarks.engines.encoder import Encoded, Encoder, Shape, available, fold_statuses
from benchmarks.engines.heads import Heads
from dateline.model import Parsed, Report, Sentence, Span, Token

needs_weights = pytest.mark.skipif(not available(), reason="no encoder weights here")
FILES = (
    *(f"{part}.onnx.gz" for part in ("embed", "lower", "upper")),
    *("heads.npz", "tokenizer.json.gz"),
)
TEXT = "Rebels shelled the town of Arva. The weather was mild."


def parsed(text: str = TEXT) -> Parsed:
    tokens, sentences, at = [], [], 0
    for part in text.split(". "):
        first = len(tokens)
        start = at
        for word in part.split(" "):
            i = len(tokens)
            tokens.append(Token(i, at, at + len(word), word, word, "X", "X", "x", i))
            at += len(word) + 1
        sentences.append(Sentence(Span(start, at - 1), first, len(tokens)))
        at += 1
    below = tuple(() for _ in tokens)
    return Parsed(Report("r", text), tuple(sentences), tuple(tokens), below)


def test_weights_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="no encoder weights"):
        Encoder.load(tmp_path)


def test_skipped_sentences_part_the_runs() -> None:
    three_of = (Sentence(Span(0, 1), 0, 1), Sentence(Span(2, 3), 0, 0), Sentence(Span(4, 5), 1, 2))
    text = Report("r", "a b c")
    assert Parsed(text, three_of, (), ()).runs == [[Span(0, 1)], [Span(4, 5)]]


@needs_weights
def test_an_attack_is_told_from_the_weather() -> None:
    found = Encoder.load().read_report(parsed())
    act = found.act(Span(7, 14))
    assert max(act, key=lambda k: act[k]) == "ASSAULT"
    assert found.holds(found.sentences[0]) > found.holds(found.sentences[1])
    assert fold_statuses(found.certainty(Span(7, 14)))["happened"] > 0.5
    assert found.tags("act").shape == (len(parsed().tokens), 3)


@needs_weights
@pytest.mark.parametrize(
    "odd",
    ["", "\x00\x01", "😀" * 3, "A" * 5000, "word " * 5000, "\ud800 x", "\n\n", "THE ARMY"],
    ids=["empty", "control", "emoji", "word", "long", "surrogate", "breaks", "capitals"],
)
def test_odd_text_gets_an_answer(odd: str) -> None:
    (found,) = Encoder.load().read_text([odd])
    whole = Span(0, len(odd))
    assert np.isfinite(found.holds(whole))
    assert len(found.tags("cue")) == len(found.spans) == len(found.starts)


@needs_weights
def test_company_changes_nothing() -> None:
    encoder = Encoder.load()
    alone = encoder.read_text([TEXT])[0].states
    among = encoder.read_text(["Short.", TEXT, "word " * 100])[1].states
    assert np.array_equal(alone, among)


@needs_weights
def test_only_the_sentences_asked_for_are_read_each_alone() -> None:
    report = parsed()
    first, second = (s.span for s in report.sentences)
    found = Encoder.load().read_report(report, only=[Span(3, 5)])
    assert found.mean(first) is not None and found.mean(second) is None
    alone = Encoder.load().read_text([first.of(TEXT)])[0].states
    assert np.array_equal(found.states, alone)


@needs_weights
def test_readers_believe_what_is_told_more_than_what_is_denied() -> None:
    told, denied = (
        Encoder.load().read_as_sentence(text).commitment(Span(*at))
        for text, at in (
            ("Rebels shelled the town on Monday .", (7, 14)),
            ("Rebels never shelled the town .", (13, 20)),
        )
    )
    assert told is not None and denied is not None
    assert told.numbers[0] > denied.numbers[0]  # happened, as news
    assert told.numbers[2] < denied.numbers[2]  # did not happen
    assert told.manner.shape == (384,)


@needs_weights
def test_weights_without_a_second_top_say_nothing_of_it(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).symlink_to(Encoder.load().path / name)
    read = Encoder.load(tmp_path).read_as_sentence("Rebels shelled the town .")
    assert read.commitment(Span(7, 14)) is None


WIDE = 4
KINDS = ["CONSULT", "ASSAULT", "NONE"]


def heads() -> Heads:
    rng = np.random.default_rng(1)
    shapes = {
        "mix": (3, 4 * WIDE),
        "kind": (3, 3 + 4 * WIDE),
        "deed": (3, 3 + 4 * WIDE),
        "status.0": (3, 2 * WIDE),
        "status.2": (9, 3),
        "mode": (2, 2 * WIDE),
        "context": (2, 2 * WIDE),
        "tag": (6, WIDE),
        "near": (3, WIDE),
        "trigger": (3, WIDE),
        "party": (5, 3),
    }
    weights = {f"{k}.weight": rng.normal(size=v) for k, v in shapes.items()}
    statuses = "happened ongoing recurring planned expected possible hypothetical"
    return Heads(
        {
            **weights,
            "null": rng.normal(size=(4, WIDE)),
            "kind.temperature": np.float32(1),
            "deed.temperature": np.float32(1),
            "status.shift": np.zeros(9),
            "labels": np.zeros(0),
        }
        | {
            "kind": np.array(KINDS),
            "status": np.array([*statuses.split(), "denied", "negated"]),
            "mode": np.array(["visit", "phone"]),
            "context": np.array(["legal", "military"]),
            "tag": np.array(["source", "act"]),
        }
    )


def encoded() -> Encoded:
    """Two sentences; the second was skipped, so that its words have no pieces."""
    states = np.random.default_rng(2).normal(size=(4, WIDE)).astype(np.float32)
    starts, ends = np.array([0, 4, 8, 12]), np.array([3, 7, 12, 17])
    tokens = [Span(0, 3), Span(4, 7), Span(8, 17), Span(20, 25)]
    return Encoded(heads(), states, starts, ends, Shape(tokens, [Span(0, 18), Span(20, 25)]))


def test_pair_names_every_type_and_sums_to_one() -> None:
    found = encoded().pair(Span(0, 3), Span(8, 17), Span(4, 7))
    assert list(found) == KINDS
    assert sum(found.values()) == pytest.approx(1)


def test_a_party_without_pieces_answers_as_none_does() -> None:
    read = encoded()
    there = Span(4, 7)
    assert read.pair(Span(20, 25), None, there) == read.pair(None, None, there)


def test_roles_matter() -> None:
    read = encoded()
    one, other = Span(0, 3), Span(8, 17)
    assert read.pair(one, other, None) != read.pair(other, one, None)


def test_tags_follow_the_tokens_and_skipped_words_are_outside() -> None:
    found = encoded().tags("source")
    assert found.shape == (4, 3)
    assert found.sum(1) == pytest.approx([1, 1, 1, 1])
    assert found[3].tolist() == [1, 0, 0]


def test_actor_tags_are_the_parties_of_any_act() -> None:
    read = encoded()
    assert read.tags("actor")[:3, 1:] == pytest.approx(read.parties(None)[:3, 1:3])
    assert read.parties(Span(4, 7)).shape == (4, 5)


def test_certainty_folds_into_three() -> None:
    found = fold_statuses(encoded().certainty(Span(4, 7)))
    assert set(found) == {"happened", "uncertain", "not"}
    assert sum(found.values()) == pytest.approx(1)


def test_many_labelled_heads_answer_each_label() -> None:
    read = encoded()
    assert set(read.modes(Span(4, 7))) == {"visit", "phone"}
    assert all(0 <= p <= 1 for p in read.contexts(Span(4, 7)).values())


def test_holds_is_a_probability() -> None:
    assert 0 <= encoded().holds(Span(0, 18)) <= 1


def test_nothing_read_answers_all_the_same() -> None:
    empty = np.zeros(0, np.int64)
    read = Encoded(heads(), np.zeros((0, WIDE), np.float32), empty, empty, Shape([Span(0, 2)], []))
    assert read.tags("act").tolist() == [[1, 0, 0]]
    assert read.parties(None).tolist() == [[1, 0, 0, 0, 0]]
    assert sum(read.act(Span(0, 2)).values()) == pytest.approx(1)
