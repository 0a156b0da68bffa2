"""The gazetteer beside the words by which a language tells of places."""

from dataclasses import dataclass

from dateline.gazetteer import Entry, Gazetteer
from dateline.model import Lexicon


@dataclass(frozen=True, slots=True)
class Atlas:
    """The places that there are, and what a language tells of words for places."""

    table: Gazetteer
    lexicon: Lexicon

    def find(self, name: str) -> tuple[Entry, ...]:
        """Return the places called `name`."""
        return self.table.find(name)

    def words(self, name: str) -> frozenset[str]:
        """Return a class of words of the language."""
        return self.lexicon.words[name]
