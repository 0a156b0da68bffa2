"""A language whose pack has no words yet: everything runs, and acts are still read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from dateline.extract.triggers.gate import Gate
from dateline.ingest.reading.inputs import complete_report
from dateline.model import Lexicon, Parsed, Report, Sentence
from dateline.pipeline.coder import Coder
from dateline.pipeline.factory import make_coder

QUIET = "quiet-day"  # tells no act
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))
NEVER = re.compile(r"(?!)")


def emptied(full: Lexicon) -> Lexicon:
    """Return a lexicon that has every name and no word."""
    return Lexicon(
        words=dict.fromkeys(full.words, frozenset()),
        senses={name: {} for name in full.senses},
        tables=dict.fromkeys(full.tables, ()),
        patterns=dict.fromkeys(full.patterns, NEVER),
    )


@dataclass(frozen=True)
class Bare:
    """A pack that parses as another does, and has no words."""

    pack: Any
    lexicon: Lexicon
    code: str = "en"

    def cased(self, text: str) -> str:
        """Return the text as the other pack does."""
        told: str = self.pack.cased(text)
        return told

    def sentences(self, report: Report) -> tuple[Sentence, ...]:
        """Cut a report as the other pack does."""
        cut: tuple[Sentence, ...] = self.pack.sentences(report)
        return cut

    def parse(
        self, report: Report, sentences: Sequence[Sentence], keep: Sequence[Sentence] | None = None
    ) -> Parsed:
        """Parse as the other pack does."""
        parsed: Parsed = self.pack.parse(report, sentences, keep)
        return replace(parsed, lexicon=self.lexicon)


@pytest.fixture(scope="module")
def bare() -> Coder:
    """The program with a language that has no words."""
    usual = make_coder()
    lexicon = emptied(usual.language.lexicon)
    return replace(usual, language=Bare(usual.language, lexicon), keep=Gate(lexicon))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_language_without_words_is_coded(bare: Coder, path: Path) -> None:
    report = complete_report(Report(path.stem, path.read_text("utf-8"), language="en"))
    assert isinstance(report, Report)
    found = bare.code(report)
    assert found.problems == ()
    names = {who.name for c in found.claims for who in (*c.actors, *c.recipients)}
    assert any(names) == (path.stem != QUIET)
