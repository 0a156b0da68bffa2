"""The grammar of times: patterns over the letters of words, and who reads a match.

The letters are those of numerals.py and of a language's vocabulary: M month, W weekday,
n a number of figures that may be a day, Y year, U unit, V units, e "the", L "last", A
"ago" and so on. The patterns are in grammar.tsv. Longer matches win; among equals the
earlier rule. A reader may refuse a match.
"""

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from types import ModuleType

from dateline.times import dates, relative, spans
from dateline.times.match import Match, Value

Reader = Callable[[Match], Value | None]
MACROS = {
    "{COUNT}": "(?:[nNq]|a(?=[+]?[UV]))",
    "{DAYPART}": "(?:[iLEFPB]?W,?|D|e)",
}
MODULES: dict[str, ModuleType] = {"dates": dates, "relative": relative, "spans": spans}


@cache
def load_time_grammar() -> tuple[tuple[str, re.Pattern[str], Reader], ...]:
    """Return the grammar: rule, pattern, reader."""
    rows = (files("dateline.times") / "grammar.tsv").read_text("utf-8").splitlines()
    return tuple(compile_rule(row) for row in rows if row and not row.startswith("# "))


def compile_rule(row: str) -> tuple[str, re.Pattern[str], Reader]:
    """Return one row of the grammar, its pattern compiled."""
    name, reader, pattern = row.split("\t")
    for macro, meaning in MACROS.items():
        pattern = pattern.replace(macro, meaning)
    module, function = reader.split(".")
    return name, re.compile(pattern), getattr(MODULES[module], function)
