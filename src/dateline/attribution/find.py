"""Every attribution of a report, by rules."""

from dateline.attribution.ground import Ground
from dateline.attribution.nouns import noun_sayings
from dateline.attribution.phrases import phrase_sayings
from dateline.attribution.relayed import relayed_sayings
from dateline.attribution.saying import Saying
from dateline.attribution.spread import spread_quotations
from dateline.attribution.turns import find_labelled_turns
from dateline.attribution.verbs import verb_sayings
from dateline.model import Parsed


def attributions(parsed: Parsed) -> tuple[Saying, ...]:
    """Return who says what in a report, in text order, by rules alone."""
    return ruled(Ground.of(parsed))


def ruled(g: Ground) -> tuple[Saying, ...]:
    """Return what the rules find on a report looked over."""
    found = [*verb_sayings(g), *noun_sayings(g), *phrase_sayings(g)]
    found += [*relayed_sayings(g), *find_labelled_turns(g)]
    return tuple(sorted(spread_quotations(g, found), key=lambda s: s.start))
