"""A spaCy model's reading of Docs: its own, or the same at a third of the cost.

Of spaCy's small English pipeline, only the dependency moves are quick. Its vectors, its
entity moves and its pattern rules are worked out here from its own weights and tables;
`tests/language/test_quick.py` holds both readings to be the same. A model of another
make is read by its own pipeline.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from dateline.language.en.forms import Forms, Told
from dateline.language.en.names import Found, Names
from dateline.language.en.vectors import Vectors

MADE = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]
BATCH, WORDS = 256, 8192  # sentences read together, and their words
Word = tuple[int, int, int, Told]  # start, end and head within the Doc, forms


@dataclass(frozen=True, slots=True)
class Read:
    """The words of one Doc, and the names in it by their tokens."""

    words: Sequence[Word]
    names: Sequence[Found]


class Reader(Protocol):
    """Whatever reads Docs whose sentence bounds are set."""

    def read_docs(self, docs: Iterable[Any]) -> Iterator[Read]:
        """Yield what stands in each Doc; of many few are held at a time."""
        ...


def quick_reader(nlp: Any) -> Reader:
    """Return the quick reading of a model, or its own where it is of another make."""
    return Quick(nlp) if quick(nlp) else Own(nlp)


def quick(nlp: Any) -> bool:
    """Whether a model is of the make that can be read quickly."""
    if list(nlp.pipe_names) != MADE or not Forms.fits(nlp):
        return False
    return Names.fits(nlp.get_pipe("ner")) and Vectors.fits(
        nlp.get_pipe("tok2vec").model
    )


class Own:
    """A model's own pipeline."""

    def __init__(self, nlp: Any) -> None:
        """Keep the pipeline."""
        self.nlp = nlp

    def read_docs(self, docs: Iterable[Any]) -> Iterator[Read]:
        """Yield what the pipeline says of each Doc."""
        for doc in self.nlp.pipe(docs):
            forms = [(t.tag_, t.pos_, t.dep_, t.lemma_) for t in doc]
            names = [(e.start, e.end, e.label_) for e in doc.ents]
            yield Read(tuple(place_tokens(doc, forms)), names)


class Quick:
    """The small pipeline's parts, those that are slow in our own making."""

    def __init__(self, nlp: Any) -> None:
        """Take the parts of a pipeline that is `quick`."""
        self.vectors = Vectors(nlp.get_pipe("tok2vec").model)
        self.parts = [nlp.get_pipe(name) for name in ("tagger", "parser")]
        self.names = Names(nlp.get_pipe("ner"))
        self.forms = Forms(nlp)

    def read_docs(self, docs: Iterable[Any]) -> Iterator[Read]:
        """Yield what the pipeline would say of each Doc."""
        for some in batch_docs(docs):
            found = self.batch([doc for doc in some if len(doc)])
            yield from (next(found) if len(doc) else Read((), ()) for doc in some)

    def batch(self, docs: Sequence[Any]) -> Iterator[Read]:
        """Yield what stands in Docs that fit into memory together."""
        for doc, vectors in zip(docs, self.vectors.of(docs), strict=True):
            doc.tensor = vectors
        for part in self.parts:
            part.set_annotations(docs, part.predict(docs))
        every = zip(docs, self.forms.of(docs), self.names.of(docs), strict=True)
        for doc, forms, names in every:
            yield Read(tuple(place_tokens(doc, forms)), names)


def batch_docs(docs: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield Docs in batches of bounded length, in order; what is empty counts as none.

    >>> [len(some) for some in batch_docs(["Mali", "", *["won"] * 256])]
    [257, 1]
    """
    some: list[Any] = []
    read = words = 0
    for doc in docs:
        if len(doc) and read and (read == BATCH or words + len(doc) > WORDS):
            yield some
            some, read, words = [], 0, 0
        some.append(doc)
        read += bool(len(doc))
        words += len(doc)
    if some:
        yield some


def place_tokens(doc: Any, forms: Sequence[Told]) -> Iterator[Word]:
    """Yield each token's place and head beside its forms."""
    from spacy.attrs import HEAD, LENGTH

    rows = doc.to_array([HEAD, LENGTH]).astype("int64").tolist()
    for n, (token, (head, size), form) in enumerate(zip(doc, rows, forms, strict=True)):
        yield token.idx, token.idx + size, n + head, form
