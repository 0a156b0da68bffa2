from pathlib import Path

import numpy as np
import pytest

from dateline.encoder import Encoder, available, fold_statuses
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
    three_of = (
        Sentence(Span(0, 1), 0, 1),
        Sentence(Span(2, 3), 0, 0),
        Sentence(Span(4, 5), 1, 2),
    )
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
    [
        "",
        "\x00\x01",
        "😀" * 3,
        "A" * 5000,
        "word " * 5000,
        "\ud800 x",
        "\n\n",
        "THE ARMY",
    ],
    ids=[
        "empty",
        "control",
        "emoji",
        "word",
        "long",
        "surrogate",
        "breaks",
        "capitals",
    ],
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
