"""What the encoder saw around an act, laid side by side for the learned judge."""

from collections.abc import Iterable

import numpy as np

from dateline.encoder import Encoded
from dateline.encoder.heads import Floats
from dateline.model import Parsed, Span, Token


def pooled(parsed: Parsed, token: Token, read: Encoded) -> Floats:
    """Return the states of the act, its head, the words on it, and its sentence."""
    head = parsed.tokens[token.head]
    below = [child.span for child in parsed.below(token)]
    parts = ([token.span], [head.span], below, [read.around(token.span)])
    return np.concatenate([mean(read, spans) for spans in parts])


def mean(read: Encoded, spans: Iterable[Span | None]) -> Floats:
    """Return the mean state of some spans; zeros where none was read."""
    found = [state for span in spans if (state := read.mean(span)) is not None]
    wide = read.states.shape[1]
    return np.mean(found, 0) if found else np.zeros(wide, np.float32)
