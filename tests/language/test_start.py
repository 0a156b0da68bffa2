"""The engine comes without its command line, which nobody here asks for."""

import subprocess
import sys

ASKED = """
import sys
from dateline.language.en.engine import import_engine
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
parts = ("sqlalchemy", "alembic", "dateline.record.merging")
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


def test_no_pattern_is_compiled_before_it_is_asked_for() -> None:
    program = (
        "from dateline.language.en.lexicon import load_english_lexicon as load\n"
        "found = load().patterns\n"
        "print(len(found.made), len(found) > 50)\n"
        "print(found['wire.byline'] is found['wire.byline'], len(found.made))"
    )
    assert said(program) == ["0 True", "True 1"]
