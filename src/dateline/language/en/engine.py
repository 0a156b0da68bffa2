"""spaCy's reading turned into our own values."""

import gc
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np

from dateline.language.en.lexicon import load_english_lexicon
from dateline.language.en.loading import load_pipeline
from dateline.language.en.quick import Read, Reader, quick_reader
from dateline.language.en.recase import recase
from dateline.language.en.tails import tailed
from dateline.language.en.terms import FORMS, RELATIONS
from dateline.model import Entity, Parsed, Report, Sentence, Span, Token
from dateline.plugins import MissingPart

LONE = re.compile("[\ud800-\udfff]")  # halves of a pair: no engine takes them
OFFICE = re.compile(  # "vice-president": the model takes its hyphen for a noun
    r"(?<=\b[Vv]ice)-(?=[A-Za-z])|(?<=\b[Tt]hen)-(?=[A-Za-z])"
    r"|(?<=[a-z])-(?=[Gg]eneral\b)"
)
RANKS = ("Brig", "Capt", "Cmdr", "Col", "Cpl", "Lt", "Maj", "Sgt")
MOST = 40_000  # words that an engine meets until it is loaded afresh


def import_engine() -> Any:
    """Import spaCy without its command line, a third of the time that it takes.

    Whoever asks for that command line later gets it.
    """
    parts = ("spacy.cli", "spacy.cli.info")
    if "spacy" in sys.modules:
        return import_module("spacy")
    for name in parts:
        sys.modules[name] = ModuleType(name)
    sys.modules[parts[1]].info = tell_engine  # type: ignore[attr-defined]
    try:
        return import_module("spacy")
    finally:
        for name in parts:
            sys.modules.pop(name, None)


def tell_engine(*given: Any, **named: Any) -> Any:
    """Return what `spacy.info` tells, its command line loaded first."""
    return import_module("spacy.cli").info(*given, **named)


@cache
def load_engine(model: str) -> Any:
    """Load a spaCy model once a process.

    Raises MissingPart where it is not installed.
    """
    import_engine()
    try:
        made: Any = load_pipeline(model)
    except OSError as error:
        message = f"no spaCy model {model!r} here: pip install it, or name another"
        raise MissingPart(message) from error
    for rank in RANKS:  # "Col. Brandt", whose stop would be a name of its own
        made.tokenizer.add_special_case(f"{rank}.", [{"ORTH": f"{rank}."}])
    return made


@cache
def load_reading(model: str) -> tuple[Any, Reader, int]:
    """Return a model, what reads its Docs, and how many words it knows of itself."""
    nlp = load_engine(model)
    return nlp, quick_reader(nlp), len(nlp.vocab.strings)


def lean_reading(model: str) -> tuple[Any, Reader]:
    """Return a model and what reads its Docs, afresh where it has met many words.

    An engine keeps every word that it ever meets, so a long run would fill memory.
    """
    nlp, made, own = load_reading(model)
    if len(nlp.vocab.strings) - own > MOST:
        load_engine.cache_clear()
        load_reading.cache_clear()
        del nlp, made
        gc.collect()  # the parts of an engine hold each other
        nlp, made, own = load_reading(model)
    return nlp, made


def parse(
    model: str, report: Report, every: Sequence[Sentence], keep: Iterable[Sentence]
) -> Parsed:
    """Parse the sentences of `keep` and number tokens through the whole report."""
    nlp, made = lean_reading(model)
    wanted = {sentence.span for sentence in keep}
    spans = [sentence.span for sentence in every if sentence.span in wanted]
    reads = made.read_docs(fix_sentences(nlp, recase(report.text), spans))
    sentences: list[Sentence] = []
    tokens: list[Token] = []
    entities: list[Entity] = []
    for sentence in every:
        first = len(tokens)
        if sentence.span in wanted:  # read as it is needed: few Docs at a time
            read = tailed(next(reads), sentence.span.of(report.text))
            tokens.extend(tokens_of(read, sentence.span.start, first, report.text))
            entities.extend(entities_of(read, sentence.span.start))
        sentences.append(Sentence(sentence.span, first, len(tokens)))
    below = children(tokens)
    return Parsed(
        report,
        tuple(sentences),
        tuple(tokens),
        below,
        tuple(entities),
        lexicon=load_english_lexicon(),
    )


def fix_sentences(nlp: Any, text: str, spans: Sequence[Span]) -> Iterable[Any]:
    """Yield one Doc a sentence, its bounds fixed so that no parser moves them."""
    for span in spans:
        words = LONE.sub("?", span.of(text))
        words = words.replace("\n", " ").replace("\r", " ").replace("’", "'")
        words = OFFICE.sub(" ", words)
        doc = nlp.make_doc(words)
        starts = np.full(len(doc), -1, np.int64)  # but for the first, none starts one
        starts[:1] = 1
        yield doc.from_array("SENT_START", starts.view(np.uint64))


def tokens_of(read: Read, start: int, first: int, text: str) -> Iterator[Token]:
    """Yield our tokens of one parsed sentence; white space keeps its place as SPACE."""
    for i, (begin, end, head, forms) in enumerate(read.words, first):
        tag, pos, dep, lemma = forms
        told = lemma if pos == "PROPN" else lemma.lower()
        a, b = start + begin, start + end
        form, relation = FORMS.get(tag, "unknown"), RELATIONS.get(dep, "unclear")
        yield Token(i, a, b, text[a:b], told, pos, form, relation, first + head)


def entities_of(read: Read, start: int) -> Iterator[Entity]:
    """Yield the tagger's entity spans of one sentence."""
    for first, last, label in read.names:
        a, b = read.words[first][0], read.words[last - 1][1]
        yield Entity(Span(start + a, start + b), label)


def children(tokens: Sequence[Token]) -> tuple[tuple[int, ...], ...]:
    """Return for each token the indices of those that hang on it."""
    below: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i:
            below[token.head].append(token.i)
    return tuple(tuple(found) for found in below)
