"""What a word tells was done to those who are counted beside it."""

from collections.abc import Mapping
from functools import cache

from dateline.model import Lexicon, Parsed


@cache
def deeds(lexicon: Lexicon) -> Mapping[tuple[str, str], str]:
    """Return what was done, by word and kind."""
    rows = lexicon.tables["quantities.done"]
    return {(word, kind): what for word, what, kind in rows}


def done(parsed: Parsed, lemma: str, *kinds: str) -> str | None:
    """Return what a word of one of these kinds says was done."""
    told = deeds(parsed.lexicon)
    return next((told[lemma, k] for k in kinds if (lemma, k) in told), None)
