"""spaCy's reading turned into our own values."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from dateline.language.en.recase import recase
from dateline.model import Entity, Parsed, Report, Sentence, Span, Token
from dateline.plugins import MissingPart

LONE = re.compile("[\ud800-\udfff]")  # halves of a pair: no engine takes them


@cache
def engine(model: str) -> Any:
    """Load a spaCy model once a process.

    Raises MissingPart where it is not installed.
    """
    import spacy

    try:
        return spacy.load(model)
    except OSError as error:
        message = f"no spaCy model {model!r} here: pip install it, or name another"
        raise MissingPart(message) from error


def parse(
    model: str, report: Report, every: Sequence[Sentence], keep: Iterable[Sentence]
) -> Parsed:
    """Parse the sentences of `keep` and number tokens through the whole report."""
    nlp = engine(model)
    wanted = {sentence.span for sentence in keep}
    spans = [sentence.span for sentence in every if sentence.span in wanted]
    words = recase(report.text)
    docs = dict(zip(spans, nlp.pipe(fixed(nlp, words, spans)), strict=True))
    sentences: list[Sentence] = []
    tokens: list[Token] = []
    entities: list[Entity] = []
    for sentence in every:
        first = len(tokens)
        if (doc := docs.get(sentence.span)) is not None:
            tokens.extend(tokens_of(doc, sentence.span.start, first, report.text))
            entities.extend(entities_of(doc, sentence.span.start))
        sentences.append(Sentence(sentence.span, first, len(tokens)))
    below = children(tokens)
    return Parsed(report, tuple(sentences), tuple(tokens), below, tuple(entities))


def fixed(nlp: Any, text: str, spans: Sequence[Span]) -> Iterable[Any]:
    """Yield one Doc a sentence, its bounds fixed so that no parser moves them."""
    for span in spans:
        words = LONE.sub("?", span.of(text))
        words = words.replace("\n", " ").replace("\r", " ").replace("’", "'")
        doc = nlp.make_doc(words)
        for token in doc:
            token.is_sent_start = token.i == 0
        yield doc


def tokens_of(doc: Any, start: int, first: int, text: str) -> Iterable[Token]:
    """Yield our tokens of one parsed sentence; white space keeps its place as SPACE."""
    for token in doc:
        a = start + token.idx
        b = a + len(token)
        yield Token(
            first + token.i,
            a,
            b,
            text[a:b],
            token.lemma_.lower() if token.pos_ != "PROPN" else token.lemma_,
            token.pos_,
            token.tag_,
            token.dep_,
            first + token.head.i,
        )


def entities_of(doc: Any, start: int) -> Iterable[Entity]:
    """Yield the tagger's entity spans of one sentence."""
    for ent in doc.ents:
        yield Entity(Span(start + ent.start_char, start + ent.end_char), ent.label_)


def children(tokens: Sequence[Token]) -> tuple[tuple[int, ...], ...]:
    """Return for each token the indices of those that hang on it."""
    below: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i:
            below[token.head].append(token.i)
    return tuple(tuple(found) for found in below)
