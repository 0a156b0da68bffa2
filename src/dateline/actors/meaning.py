"""What the words of a mention mean: their vectors, and those of what is said of it."""

import numpy as np

from dateline.actors.evidence import Mention
from dateline.actors.related import Kin
from dateline.actors.wording import head_of
from dateline.encoder.heads import Floats
from dateline.encoder.words import WIDTH, vector, vectors

LONG = 12  # words of a mention that are read
NEAR = 4  # related mentions that are read


def meaning(mention: Mention, kin: Kin) -> Floats:
    """Return the vectors of a mention's head, words, verb and related words."""
    parsed = mention.case.seen.parsed
    _, at = mention.placed
    verb = vector(parsed.tokens[at].lemma) if at >= 0 else np.zeros(WIDTH, np.float32)
    own = vectors(word.key for word in mention.words[:LONG])
    related = (*kin.earlier, *kin.beside, *kin.intro)[:NEAR]
    other = vectors(w.key for there in related for w in there.words[:LONG])
    return np.concatenate([vector(head_of(mention)), own, verb, other])
