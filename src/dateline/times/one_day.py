"""Words that tell a day tell the same day to every act beside which they stand."""

from collections.abc import Iterator, Sequence

from dateline.model import Claim, When, Why
from dateline.times.events import EventTimes
from dateline.times.fitting import contradicts_status
from dateline.times.others import of_another

READ = ("reading.time.v1", "times.so-far.v1")
UNTOLD = When(None, None, "unknown", None, Why("times.other-act.v1"))


def keep_own_days(asked: EventTimes, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return claims, each day's words left to the acts that they are told of.

    "Rome agreed on Tuesday to free ten men" cannot be Tuesday last and Tuesday next.
    """
    wrong = set(claims_with_others_day(asked, claims))
    return tuple(
        c.answered("when", UNTOLD) if n in wrong or contradicts_status(c, asked) else c
        for n, c in enumerate(claims)
    )


def claims_with_others_day(asked: EventTimes, claims: Sequence[Claim]) -> Iterator[int]:
    """Yield the numbers of the claims whose words tell the day of another act."""
    for n, claim in enumerate(claims):
        span = claim.when.span if claim.when.why.rule in READ else None
        if span and of_another(asked, claims, claim, span):
            yield n
