"""What the model read of who says that an act was done, beside what grammar finds."""

from dateline.attribution.saying import Saying
from dateline.model import Action, Span

SURE = 0.7  # of words that the model takes for a speaker
ALONE = 0.5  # where grammar finds nobody who says so


def read_speaker(action: Action, least: float) -> Span | None:
    """Return the words that the model takes for who says so, where it is so sure."""
    some = action.act.speakers if action.act else ()
    best = max(some, key=lambda words: words.sure, default=None)
    return best.span if best is not None and best.sure >= least else None


def heard(action: Action, one: Saying) -> bool:
    """Whether the model, where it read the act, takes these words for a speaker too."""
    if action.act is None:
        return True
    some = (words for words in action.act.speakers if words.sure >= SURE)
    return any(overlaps(words.span, one) for words in some)


def overlaps(span: Span, one: Saying) -> bool:
    """Whether words are those of a saying's speaker, or its cue."""
    return any(span.overlaps(piece) for piece in (*one.source, *one.cue))
