"""A spaCy model's reading of Docs: its own, or the same at a third of the cost.

Of spaCy's small English pipeline, only the dependency moves are quick. Its vectors, its
entity moves and its pattern rules are worked out here from its own weights and tables;
`tests/nlp/test_quick.py` holds both readings to be the same. A model of another
make is read by its own pipeline.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

MADE = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]
BATCH, WORDS = 256, 8192  # sentences read together, and their words
LOOKED_AT = frozenset(("TAG", "DEP", "LOWER", "IS_SPACE"))  # by patterns of the ruler
FORMS_KEPT = 20_000  # words in their places that are remembered
VECTORS_KEPT = 12_000  # words whose vectors are remembered
LAYER = "residual(expand_window>>maxout>>layernorm>>dropout)"
SMALL = 1e-8  # added to a variance, as in training
Floats = npt.NDArray[np.float32]
Told = tuple[str, str, str, str]  # tag, class, relation, base form
Word = tuple[int, int, int, Told]  # start, end and head within the Doc, forms
Found = tuple[int, int, str]  # a name: first token, past-last token, label
Row = tuple[int, ...]  # spaCy's numbers of a word, its tag and its relation
Kind = tuple[str, str, str, bool]  # word if a pattern names it, tag, relation, blank


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
    quick = (
        list(nlp.pipe_names) == MADE
        and Forms.fits(nlp)
        and Names.fits(nlp.get_pipe("ner"))
        and Vectors.fits(nlp.get_pipe("tok2vec").model)
    )
    return Quick(nlp) if quick else Own(nlp)


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
            yield Read(place_tokens(doc, forms), names)


class Quick:
    """The small pipeline's parts, those that are slow in our own making."""

    def __init__(self, nlp: Any) -> None:
        """Take the parts of a pipeline of the make that can be read quickly."""
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
        if not docs:
            return
        for doc, vectors in zip(docs, self.vectors.of(docs), strict=True):
            doc.tensor = vectors
        for part in self.parts:
            part.set_annotations(docs, part.predict(docs))
        every = zip(docs, self.forms.of(docs), self.names.of(docs), strict=True)
        for doc, forms, names in every:
            yield Read(place_tokens(doc, forms), names)


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


def place_tokens(doc: Any, forms: Sequence[Told]) -> tuple[Word, ...]:
    """Return each token's place and head beside its forms."""
    from spacy.attrs import HEAD, IDS, LENGTH

    starts, sizes, heads = doc.to_array([IDS["IDX"], LENGTH, HEAD]).T.astype("int64")
    ends, heads = starts + sizes, heads + np.arange(len(heads))
    places = (starts.tolist(), ends.tolist(), heads.tolist())
    return tuple(zip(*places, forms, strict=True))


@dataclass(frozen=True, slots=True)
class Form:
    """What the ruler makes of a kind of word; `opens`: a longer pattern may begin."""

    tag: str
    pos: str
    dep: str
    morph: str
    lemma: str
    opens: bool


class Forms:
    """The attribute ruler and the lemmatiser of a model, their answers remembered.

    The ruler asks 179 patterns of every word, for as long as parsing takes. Nearly all
    look at one word: what they make of it depends on the word, its tag and its
    relation. So each word is matched once in each place that it takes.
    """

    def __init__(self, nlp: Any) -> None:
        """Note the words that patterns name, and how their longer patterns begin."""
        from spacy.matcher import Matcher

        self.vocab = nlp.vocab
        self.ruler = nlp.get_pipe("attribute_ruler")
        self.lemmatizer = nlp.get_pipe("lemmatizer")
        index = self.lemmatizer.lookups.get_table("lemma_index")
        for key, lemmas in index.items():  # lists of up to 57,000 words
            index[key] = frozenset(lemmas)
        every = list(ruler_patterns(self.ruler))
        self.beginnings = Matcher(nlp.vocab)
        for n, pattern in enumerate(every):
            if len(pattern) > 1:
                self.beginnings.add(str(n), [pattern[:1]])
        named: set[str] = set()  # a pattern names a word, several, or what they match
        alike: list[str] = []
        for some in (t.get("LOWER", {}) for pattern in every for t in pattern):
            if isinstance(some, str):
                named.add(some)
            else:
                named.update(some.get("IN", ()))
                alike += [some["REGEX"]] if "REGEX" in some else []
        self.named = frozenset(named)
        self.alike = re.compile("|".join(alike) or "(?!)")
        self.kinds: dict[Kind, Form] = {}
        self.told: dict[Row, Told] = {}
        self.openers: set[Row] = set()

    @classmethod
    def fits(cls, nlp: Any) -> bool:
        """Whether a model's patterns look at nothing but what is kept in a kind."""
        if not {"attribute_ruler", "lemmatizer"} <= set(nlp.pipe_names):
            return False
        every = ruler_patterns(nlp.get_pipe("attribute_ruler"))
        return all(set(token) <= LOOKED_AT for pattern in every for token in pattern)

    def of(self, docs: Sequence[Any]) -> list[list[Told]]:
        """Return tag, class, relation and base form of each token of parsed Docs."""
        from spacy.attrs import DEP, ORTH, TAG

        rows = [list(map(tuple, d.to_array([ORTH, TAG, DEP]).tolist())) for d in docs]
        if len(self.told) > FORMS_KEPT:
            self.told.clear()
        new: dict[Row, Any] = {}
        for doc, some in zip(docs, rows, strict=True):
            new.update((r, doc[n]) for n, r in enumerate(some) if r not in self.told)
        if new:
            self.learn(new)
        found = []
        for doc, some in zip(docs, rows, strict=True):
            if self.openers.isdisjoint(some):
                found.append([self.told[row] for row in some])
            else:  # a longer pattern may hold: the components themselves are asked
                made = self.lemmatizer(self.ruler(doc))
                found.append([(t.tag_, t.pos_, t.dep_, t.lemma_) for t in made])
        return found

    def learn(self, new: dict[Row, Any]) -> None:
        """Ask ruler and lemmatiser about words that were not met in such a place."""
        words = self.doc([token.text for token in new.values()])
        forms = [self.form(token) for token in new.values()]
        for token, form in zip(words, forms, strict=True):
            token.pos_ = form.pos
            token.set_morph(form.morph)
        self.lemmatizer(words)
        for row, token, form in zip(new, words, forms, strict=True):
            lemma = form.lemma or token.lemma_
            self.told[row] = (form.tag, form.pos, form.dep, lemma)
            if form.opens:
                self.openers.add(row)

    def form(self, token: Any) -> Form:
        """Return what the ruler makes of a token that stands alone."""
        word, tag, dep = token.lower_, token.tag_, token.dep_
        named = word in self.named or self.alike.search(word)
        kind = (word if named else "", tag, dep, token.is_space)
        if kind not in self.kinds:
            doc = self.doc([token.text], tags=[tag], deps=[dep], heads=[0])
            opens = bool(self.beginnings(doc, allow_missing=True))
            made = self.ruler(doc)[0]
            told = made.tag_, made.pos_, made.dep_, str(made.morph), made.lemma_
            self.kinds[kind] = Form(*told, opens)
        return self.kinds[kind]

    def doc(self, texts: Iterable[str], **given: Any) -> Any:
        """Return a Doc of unconnected words."""
        from spacy.tokens import Doc

        return Doc(self.vocab, words=list(texts), **given)


def ruler_patterns(ruler: Any) -> Iterator[list[dict[str, Any]]]:
    """Yield the patterns of an attribute ruler."""
    return (pattern for row in ruler.patterns for pattern in row["patterns"])


class Vectors:
    """spaCy's word vectors in context, worked out here: each word is embedded but once.

    These are the weights of a `Tok2Vec` that mixes each word with the two beside it;
    its numbers are the same to the fifth decimal, in under half the time.
    """

    def __init__(self, model: Any) -> None:
        """Part the model into features, embedding and the layers that mix."""
        embed, context = model.layers
        self.features, *self.embed = embed.layers
        self.layers = [Layer(layer) for layer in context.layers[0].layers]
        self.gap = context.attrs["pad"]
        self.known: dict[bytes, int] = {}
        self.table: Floats = np.zeros((0, model.get_dim("nO")), np.float32)

    @classmethod
    def fits(cls, model: Any) -> bool:
        """Whether a model is of the make that is read here."""
        parts = [layer.name for layer in model.layers]
        if len(parts) != 2 or not parts[0].startswith("extract_features>>list2ragged"):
            return False
        inside = [n for layer in model.layers[1].layers for n in layer.layers]
        sides = [m.attrs["window_size"] for m in model.walk() if m.name == "expand_window"]
        return {layer.name for layer in inside} == {LAYER} and set(sides) == {1}

    def of(self, docs: Sequence[Any]) -> list[Floats]:
        """Return the vectors of each Doc's tokens; the Docs do not see each other.

        They lie in one batch, with a gap on either side of each.
        """
        places: list[slice] = []
        at = self.gap
        for doc in docs:
            places.append(slice(at, at + len(doc)))
            at += len(doc) + self.gap
        flat = np.zeros((at, self.table.shape[1]), np.float32)
        embedded, done = self.embedded(docs), 0
        for place, doc in zip(places, docs, strict=True):
            flat[place] = embedded[done : done + len(doc)]
            done += len(doc)
        for layer in self.layers:
            flat += layer.of(flat)
        return [flat[place] for place in places]

    def embedded(self, docs: Sequence[Any]) -> Floats:
        """Return the vectors of the tokens by themselves, Docs end to end."""
        if len(self.known) > VECTORS_KEPT:
            self.known.clear()
        known = self.known
        rows = np.concatenate(self.features.predict(docs))
        keys = rows.view(f"V{rows.itemsize * rows.shape[1]}").ravel().tolist()
        new = {k: n for n, k in enumerate(keys) if k not in known}
        if new:
            made: Any = [rows[list(new.values())]]
            for layer in self.embed:
                made = layer.predict(made)
            at = len(known)
            end = at + len(new)
            if end > len(self.table):
                grown = np.zeros((2 * end, self.table.shape[1]), np.float32)
                grown[:at] = self.table[:at]
                self.table = grown
            self.table[at:end] = made[0]
            known.update((key, at + n) for n, key in enumerate(new))
        out: Floats = self.table[[known[key] for key in keys]]
        return out


class Layer:
    """One mixing of neighbours: the best of some pieces, made of even spread."""

    def __init__(self, layer: Any) -> None:
        """Take the weights, those of one piece side by side."""
        maxout, norm = layer.layers[0].layers[1].layers[0].layers
        weights = maxout.get_param("W")
        self.wide, self.pieces, seen = weights.shape
        self.weights: Floats = weights.transpose(2, 1, 0).reshape(seen, -1).copy()
        self.bias: Floats = maxout.get_param("b").T.reshape(-1).copy()
        self.grow, self.add = norm.get_param("G"), norm.get_param("b")

    def of(self, flat: Floats) -> Floats:
        """Return what a layer adds to each word."""
        wide = self.wide
        seen = np.empty((len(flat), 3 * wide), np.float32)
        seen[0, :wide] = seen[-1, 2 * wide :] = 0
        seen[1:, :wide] = flat[:-1]
        seen[:, wide : 2 * wide] = flat
        seen[:-1, 2 * wide :] = flat[1:]
        mixed = seen @ self.weights
        mixed += self.bias
        made = mixed.reshape(len(flat), self.pieces, wide)
        out: Floats = made[:, 0]
        for n in range(1, self.pieces):
            np.maximum(out, made[:, n], out=out)
        out -= out.mean(1, keepdims=True)
        out /= np.sqrt(np.einsum("ij,ij->i", out, out) / wide + SMALL)[:, None]
        out *= self.grow
        out += self.add
        return out


class Names:
    """spaCy's entity tagger, its moves chosen here: all words of a batch at once.

    spaCy's own loop asks 74 moves of every word whether they are allowed, and costs a
    third of a whole parse. Most words stand in no name, and what scores highest there
    can be told for all of them in one product; only the words of a name are read one
    after the other.
    """

    def __init__(self, tagger: Any) -> None:
        """Take the weights of a trained `EntityRecognizer` with three places."""
        vectors, lower, upper = tagger.model.layers
        self.vectors = Vectors(vectors.layers[0])
        self.narrow: Floats = vectors.layers[2].get_param("W").T.copy()
        self.shift: Floats = vectors.layers[2].get_param("b")
        weights = lower.get_param("W")
        places, self.wide, self.pieces, width = weights.shape
        self.lower: Floats = weights.reshape(-1, width).T.copy()
        self.pad: Floats = lower.get_param("pad").reshape(places, -1)
        self.bias: Floats = lower.get_param("b").reshape(-1)
        self.upper: Floats = upper.get_param("W").T.copy()
        self.add: Floats = upper.get_param("b")
        count = tagger.moves.n_moves
        names = [tagger.moves.get_class_name(n) for n in range(count)]
        self.moves = [tuple(name.partition("-")[::2]) for name in names]
        self.at = {move: n for n, move in enumerate(self.moves)}
        self.opening = np.array([m[0] in "BUO" and m != ("U", "") for m in self.moves])
        self.closed = np.array([m[0] in "UO" and m != ("U", "") for m in self.moves])

    @classmethod
    def fits(cls, tagger: Any) -> bool:
        """Whether a tagger is of the make that is read here."""
        vectors, lower, *_ = tagger.model.layers
        names = [layer.name for layer in vectors.layers[1:]]
        sizes = (lower.get_dim("nF"), lower.get_dim("nP"), tagger.cfg.get("beam_width"))
        alike = names == ["list2array", "linear"] and sizes == (3, 2, 1)
        return alike and Vectors.fits(vectors.layers[0])

    def of(self, docs: Sequence[Any]) -> list[list[Found]]:
        """Return the names in each Doc; none of them is empty."""
        vectors = np.concatenate(self.vectors.of(docs))
        seen = (vectors @ self.narrow + self.shift) @ self.lower
        cells = np.asarray(seen.reshape(len(seen), len(self.pad), -1), np.float32)
        scores = self.scores(cells[:, 0] + self.pad[1:].sum(0))
        last = np.cumsum([len(doc) for doc in docs])
        barred = np.float32(-np.inf)  # with the last word no name begins that goes on
        best = np.where(self.opening, scores, barred).argmax(1)
        best[last - 1] = np.where(self.closed, scores[last - 1], barred).argmax(1)
        parts = zip(np.split(cells, last[:-1]), np.split(best, last[:-1]), strict=True)
        return [
            list(self.read_names(doc, cells, best.tolist()))
            for doc, (cells, best) in zip(docs, parts, strict=True)
        ]

    def scores(self, summed: Floats) -> Floats:
        """Return the scores of the moves from the summed places of a state."""
        cells = (summed + self.bias).reshape(-1, self.wide, self.pieces)
        top = np.maximum(cells[:, :, 0], cells[:, :, 1])
        out: Floats = top @ self.upper + self.add
        return out

    def read_names(self, doc: Any, cells: Floats, best: list[int]) -> Iterator[Found]:
        """Yield the names of one Doc; `best` is each word's move outside of a name."""
        at, last = 0, len(doc) - 1
        while at <= last:
            action, label = self.moves[best[at]]
            begun = at
            at += 1
            if action == "O" or doc[begun].is_space:
                continue
            if action == "B":
                while at < last and self.goes_on(cells, begun, at, label):
                    at += 1
                at += 1
            yield begun, at, label

    def goes_on(self, cells: Floats, first: int, at: int, label: str) -> bool:
        """Whether word `at` is inside the name that began, and not its last."""
        summed = cells[at, 0] + cells[first, 1] + cells[at - 1, 2]
        scores = self.scores(summed[None])[0]
        return bool(scores[self.at["I", label]] > scores[self.at["L", label]])
