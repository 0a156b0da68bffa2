"""What the words of a mention mean: their vectors, and those of what is said of it."""

from collections.abc import Sequence

import numpy as np

from dateline.actors.evidence import Mention
from dateline.actors.related import Kin
from dateline.encoder.heads import Floats
from dateline.encoder.pieces import vectors, words_met

LONG = 12  # words of a mention that are read
NEAR = 4  # related mentions that are read


def mention_meanings(every: Sequence[tuple[Mention, Kin]]) -> list[Floats]:
    """Return what several mentions mean; words not met before are read at once."""
    read = [meaning_words(*each) for each in every]
    words_met().of([word for some in read for part in some for word in part])
    means = {part: vectors(part) for part in {part for some in read for part in some}}
    return [np.concatenate([means[part] for part in some]) for some in read]


def meaning_words(mention: Mention, kin: Kin) -> tuple[tuple[str, ...], ...]:
    """Return a mention's head, words, verb and related words."""
    _, at = mention.placed
    head = mention.head_noun
    verb = (mention.case.seen.parsed.tokens[at].lemma,) if at >= 0 else ()
    own = tuple([word.key for word in mention.words[:LONG]])
    related = (*kin.earlier, *kin.beside, *kin.intro)[:NEAR]
    other = [word.key for there in related for word in there.words[:LONG]]
    return (head,), own, verb, tuple(other)
