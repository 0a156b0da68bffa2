"""How words of English stand in a text: a module a room, a constant a pattern.

Each is compiled when it is first asked for: most reports need a few of them.
"""

import re
from collections.abc import Iterator, Mapping
from re import Pattern
from typing import NamedTuple


class Expression(NamedTuple):
    """A regular expression in words, with its flags."""

    words: str
    flags: int = 0


class Compiled(Mapping[str, Pattern[str]]):
    """Regular expressions by their names, each compiled once it is asked for."""

    def __init__(self, expressions: dict[str, Expression]) -> None:
        """Compile nothing yet."""
        self.expressions = expressions
        self.made: dict[str, Pattern[str]] = {}

    def __getitem__(self, name: str) -> Pattern[str]:
        """Return the pattern of a name. Raises KeyError where there is none."""
        found = self.made.get(name)
        if found is None:
            found = self.made[name] = re.compile(*self.expressions[name])
        return found

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self.expressions)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.expressions)
