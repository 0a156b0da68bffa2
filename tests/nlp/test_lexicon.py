"""English stands in its pack alone: what rooms ask for is there, nothing is idle."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dateline
from dateline.model import Lexicon, Parsed, Report
from dateline.nlp.en.engine import FORMS, RELATIONS
from dateline.resources import plugins

ROOT = Path(dateline.__file__).parent
ROOMS = ("extract", "events", "ml/encoder", "nlp/coref", "ingest/reading")
HTTP = ROOT / "ingest" / "reading" / "readers" / "warc.py"  # whose words are of no language
MODULES = sorted({p for r in ROOMS for p in (ROOT / r).rglob("*.py")} - {HTTP})
EVERYWHERE = sorted(p for p in ROOT.rglob("*.py") if not p.is_relative_to(ROOT / "nlp" / "en"))
SAID = ("lemma", "text", "lower", "key", "fold", "casefold")
LETTERS = re.compile(r"[A-Za-z]{2}")


def named(lexicon: Lexicon) -> set[str]:
    """Return the names of everything in a lexicon."""
    kinds = (lexicon.words, lexicon.senses, lexicon.tables, lexicon.patterns)
    return {name for kind in kinds for name in kind}


def strings(tree: ast.AST) -> Iterator[str]:
    """Yield the strings of a module; of one with holes, what is before the first."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and isinstance(first := node.values[0], ast.Constant):
            yield f"{first.value}*"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def asked() -> set[str]:
    """Return every string outside the language pack."""
    return {s for p in EVERYWHERE for s in strings(ast.parse(p.read_text("utf-8")))}


def test_what_rooms_ask_for_is_there() -> None:
    known = named(plugins.shared_lexicon())
    rooms = "|".join(sorted({name.split(".")[0] for name in known}))
    like = re.compile(rf"(?:words|senses|tables|patterns)[\[(]\s*\"((?:{rooms})\.[^\"]+)")
    wanted = {w for p in EVERYWHERE for w in like.findall(p.read_text("utf-8"))}
    assert len(wanted) > 100
    assert wanted - known == set()


def test_what_is_there_is_asked_for() -> None:
    told = asked()
    heads = tuple(s[:-1] for s in told if s.endswith("*") and "." in s)
    idle = {name for name in named(plugins.shared_lexicon()) - told}
    assert {name for name in idle if not name.startswith(heads)} == set()


def test_a_class_has_words_and_a_name_once() -> None:
    lexicon = plugins.shared_lexicon()
    assert not [n for n, words in lexicon.words.items() if not words - {""}]
    assert not [n for n, words in lexicon.senses.items() if not words]
    twice = set(lexicon.words) & set(lexicon.senses)
    assert twice == set()


def test_no_two_classes_of_a_room_are_the_same() -> None:
    seen: dict[tuple[str, frozenset[str]], str] = {}
    for name, words in plugins.shared_lexicon().words.items():
        other = seen.setdefault((name.split(".")[0], words), name)
        assert other == name


def test_an_unknown_class_is_an_error() -> None:
    parsed = Parsed(Report("r", ""), (), (), (), lexicon=plugins.shared_lexicon())
    with pytest.raises(KeyError):
        parsed.words("actions.no-such-class")


def test_a_language_without_a_pack_lends_words() -> None:
    assert plugins.shared_lexicon("xx") is plugins.shared_lexicon("en")


def spoken(node: ast.AST) -> bool:
    """Whether an expression is a word of a text: its lemma, its letters made small."""
    if isinstance(node, ast.Call):
        node = node.func
    return (isinstance(node, ast.Attribute) and node.attr in SAID) or (
        isinstance(node, ast.Name) and node.id in SAID
    )


def own_words(node: ast.Compare) -> list[str]:
    """Return the words that a comparison itself holds, one by one or in a tuple."""
    sides = [node.left, *node.comparators]
    each = [e for s in sides for e in (s.elts if isinstance(s, ast.Tuple) else [s])]
    told = [e.value for e in each if isinstance(e, ast.Constant)]
    return [s for s in told if isinstance(s, str) and LETTERS.search(s)]


def words_compared(tree: ast.AST) -> list[str]:
    """Return the lines on which a module compares a text's word with its own."""
    return [
        f"line {node.lineno}: {own_words(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        if any(map(spoken, (node.left, *node.comparators))) and own_words(node)
    ]


def labels_known(tree: ast.AST) -> set[str]:
    """Return the labels and tags of a parser that a module has in its strings."""
    labels = set(RELATIONS) - set(RELATIONS.values())
    tags = {tag for tag in FORMS if tag[:2].isalpha()} - {"SYM", "DT"}  # a pos, a clock
    return set(strings(tree)) & (tags | labels - {"mark", "dep", "prep", "neg"})


def test_no_room_has_words_or_labels_of_its_own() -> None:
    trees = {str(p): ast.parse(p.read_text("utf-8")) for p in MODULES}
    assert len(trees) > 100
    assert {p: found for p, t in trees.items() if (found := words_compared(t))} == {}
    assert {p: found for p, t in trees.items() if (found := labels_known(t))} == {}


def test_words_and_labels_of_ones_own_are_seen() -> None:
    assert words_compared(ast.parse("x = token.lower == 'said'")) != []
    assert words_compared(ast.parse("x = room == 'said'")) == []
    assert labels_known(ast.parse("x = 'nsubj'")) == {"nsubj"}


def test_short_forms_stand_with_either_apostrophe() -> None:
    """What a room compares with a text as printed has "’ve" beside "'ve"."""
    short = {"'ve", "'re", "'m", "'d", "'ll", "'s"}
    printed = ("actions.", "actors.", "certainty.", "places.", "times.had")
    for name, words in plugins.shared_lexicon().words.items():
        if name.startswith(printed):
            curly = {word.replace("'", "’") for word in words & short}
            assert curly <= words, name
