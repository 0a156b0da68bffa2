"""Characters that are not to be seen, or pose as others, change no claim."""

import pytest

from dateline.model import Report
from dateline.pipeline.factory import Options, make_coder

TEXT = "KAMPALA — Uganda's government released 12 protesters on Friday, police said."


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f"])
def test_a_space_that_holds_words_together_is_a_space(space: str) -> None:
    told = [make_coder(Options()).code(Report("r", t)) for t in (TEXT, bound(space))]
    plain, held = (
        [(c.action.trigger, c.actors, c.recipients, c.when) for c in one.claims] for one in told
    )
    assert plain
    assert held == plain


def bound(space: str) -> str:
    return TEXT.replace(" ", space)
