"""Word class and base form of each token, looked up instead of matched.

spaCy's attribute ruler asks 179 patterns of every word, for as long as parsing takes.
Nearly all look at one word: what they make of it depends on the word, its tag and its
relation. So each word is matched once in each place that it takes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

READ = frozenset(("TAG", "DEP", "LOWER", "IS_SPACE"))  # what patterns may look at
MOST = 20_000  # words in their places that are remembered
Row = tuple[int, ...]  # spaCy's numbers of a word, its tag and its relation
Told = tuple[str, str, str, str]  # tag, class, relation, base form
Kind = tuple[str, str, str, bool]  # word if a pattern names it, tag, relation, blank


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
    """The attribute ruler and the lemmatiser of a model, their answers remembered."""

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
        told = [token.get("LOWER", {}) for pattern in every for token in pattern]
        self.named = frozenset(word for some in told for word in words_in_pattern(some))
        alike = [some["REGEX"] for some in told if "REGEX" in some]
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
        return all(set(token) <= READ for pattern in every for token in pattern)

    def of(self, docs: Sequence[Any]) -> list[list[Told]]:
        """Return tag, class, relation and base form of each token of parsed Docs."""
        from spacy.attrs import DEP, ORTH, TAG

        rows = [list(map(tuple, d.to_array([ORTH, TAG, DEP]).tolist())) for d in docs]
        if len(self.told) > MOST:
            self.told.clear()
        self.learn(docs, rows)
        return [
            [self.told[row] for row in some]
            if self.openers.isdisjoint(some)
            else self.matched(doc)
            for doc, some in zip(docs, rows, strict=True)
        ]

    def learn(self, docs: Sequence[Any], rows: Sequence[Sequence[Row]]) -> None:
        """Ask ruler and lemmatiser about words that were not met in such a place."""
        new: dict[Row, Any] = {}
        for doc, some in zip(docs, rows, strict=True):
            new.update((r, doc[n]) for n, r in enumerate(some) if r not in self.told)
        if not new:
            return
        words = self.doc([token.text for token in new.values()])
        forms = [self.form(token) for token in new.values()]
        for token, form in zip(words, forms, strict=True):
            token.pos_ = form.pos
            token.set_morph(form.morph)
        self.lemmatizer(words)
        for row, token, form in zip(new, words, forms, strict=True):
            self.told[row] = (
                form.tag,
                form.pos,
                form.dep,
                form.lemma or token.lemma_,
            )
            if form.opens:
                self.openers.add(row)

    def form(self, token: Any) -> Form:
        """Return what the ruler makes of a token that stands alone."""
        word = token.lower_
        named = word in self.named or self.alike.search(word)
        kind = (word if named else "", token.tag_, token.dep_, token.is_space)
        if kind not in self.kinds:
            self.kinds[kind] = self.asked(token.text, token.tag_, token.dep_)
        return self.kinds[kind]

    def asked(self, word: str, tag: str, dep: str) -> Form:
        """Ask the ruler about one word."""
        doc = self.doc([word], tags=[tag], deps=[dep], heads=[0])
        opens = bool(self.beginnings(doc, allow_missing=True))
        made = self.ruler(doc)[0]
        return Form(
            made.tag_, made.pos_, made.dep_, str(made.morph), made.lemma_, opens
        )

    def matched(self, doc: Any) -> list[Told]:
        """Return the same by the components themselves."""
        made = self.lemmatizer(self.ruler(doc))
        return [(t.tag_, t.pos_, t.dep_, t.lemma_) for t in made]

    def doc(self, texts: Iterable[str], **given: Any) -> Any:
        """Return a Doc of unconnected words."""
        from spacy.tokens import Doc

        return Doc(self.vocab, words=list(texts), **given)


def ruler_patterns(ruler: Any) -> Iterator[list[dict[str, Any]]]:
    """Yield the patterns of an attribute ruler."""
    return (pattern for row in ruler.patterns for pattern in row["patterns"])


def words_in_pattern(told: Any) -> Sequence[str]:
    """Return the words that a pattern names: one, several or none."""
    return (told,) if isinstance(told, str) else told.get("IN", ())
