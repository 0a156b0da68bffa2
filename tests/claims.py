"""Made-up values for tests that need a claim but no coder."""

from datetime import date

from dateline.model import (
    Action,
    Actor,
    Attribution,
    Certainty,
    Claim,
    Place,
    Report,
    Span,
    Speaker,
    When,
    Why,
)

TEXT = "Kenya freed two Ugandan pilots on Monday, the army said."
REPORT = Report("r1", TEXT, outlet="Global Wire", published=date(2025, 3, 4))


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def actor(words: str, country: str | None, *sectors: str) -> Actor:
    at = span(words)
    answer = "resolved" if country else "unknown"
    return Actor(words, country, sectors, None, answer, at, Why("actors.test.v1", at))


def claim(deed: str = "RETREAT", status: str = "happened", report: str = "r1") -> Claim:
    why = Why("actions.test.v1", span("freed"))
    action = Action(
        trigger=span("freed"),
        evidence=span("Kenya freed two Ugandan pilots on Monday"),
        deed=deed,
        modes=("release",),
        contexts=("military",),
        actors=(span("Kenya"),),
        recipients=(span("two Ugandan pilots"),),
        mutual=False,
        sure=0.8,
        why=(("what", why),),
    )
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
        when=When(
            day, day, "day", span("Monday"), Why("times.test.v1", span("Monday"))
        ),
        where=Place("", *nowhere, "unknown", None, Why("places.unknown.v1")),
        places=(),
        quantities=(),
        attribution=Attribution(
            (
                Speaker(
                    "the army",
                    "named",
                    span("the army"),
                    actor("the army", "KEN", "MIL"),
                ),
            ),
            Why("attribution.test.v1", span("said")),
        ),
        certainty=Certainty(status, Why("certainty.test.v1")),  # type: ignore[arg-type]
        why=(("what", why),),
        event="e1",
    )
