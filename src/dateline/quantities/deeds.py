"""What a word tells was done to those who are counted beside it."""

from collections.abc import Mapping
from functools import cache

from dateline.model import Lexicon, Parsed


@cache
def load_harm_words(lexicon: Lexicon) -> Mapping[tuple[str, str], str]:
    """Return what was done, by word and kind."""
    rows = lexicon.tables["quantities.done"]
    return {(word, kind): what for word, what, kind in rows}


def harm_of_word(parsed: Parsed, lemma: str, *kinds: str) -> str | None:
    """Return what a word of one of these kinds says was done."""
    told = load_harm_words(parsed.lexicon)
    return next((told[lemma, k] for k in kinds if (lemma, k) in told), None)
