"""Made-up values for tests that need a claim but no coder."""

from datetime import date
from functools import partial

from dateline import testing
from dateline.model import Attribution, Certainty, Claim, Place, Report, Speaker, When, Why

TEXT = "Kenya freed two Ugandan pilots on Monday, the army said."
REPORT = Report("r1", TEXT, outlet="Global Wire", published=date(2025, 3, 4))


span = partial(testing.span, text=TEXT)
actor = partial(testing.party, text=TEXT)


def claim(deed: str = "RETREAT", status: str = "happened", report: str = "r1") -> Claim:
    action = testing.freeing(deed, TEXT)
    day = date(2025, 3, 3)
    nowhere = (None,) * 7
    return Claim(
        report_id=report,
        action=action,
        type=deed,
        cameo="0841",
        quad="material cooperation",
        score=6.5,
        actors=(actor("Kenya", "KEN", "GOV"),),
        recipients=(actor("two Ugandan pilots", "UGA", "CVL"),),
        when=When(day, day, "day", span("Monday"), Why("times.test.v1", span("Monday"))),
        where=Place("", *nowhere, "unknown", None, Why("places.unknown.v1")),
        places=(),
        quantities=(),
        attribution=Attribution(
            (Speaker("the army", "named", span("the army"), actor("the army", "KEN", "MIL")),),
            Why("attribution.test.v1", span("said")),
        ),
        certainty=Certainty(status, Why("certainty.test.v1")),  # type: ignore[arg-type]
        why=action.why,
        event="e1",
    )
