"""A claim as the record that files, stores and pages share (the form of CONTRACTS)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, get_args

from dateline.model.answers import (
    Actor,
    Advice,
    LeftOut,
    Place,
    Quantity,
    Speaker,
    Status,
    Weighed,
    When,
    Why,
)
from dateline.model.claim import Claim
from dateline.model.text import Report, Span

BESIDE = "~"  # stands between a happening of a report and a further claim that tells it
Record = dict[str, Any]
PRONOUNS = frozenset(
    "i me my we us our you your he him his she her hers it its they them their theirs"
    " who which this that these those himself herself itself themselves".split()
)
SIDES = ("actors", "recipients")
STATUSES: tuple[str, ...] = get_args(Status)


def claim_record(claim: Claim, text: str) -> Record:
    """Return a claim in contract form; offsets refer to `text`, its report's."""
    action = claim.action
    where = place_record(claim.where, text) if claim.where.known else None
    renamed = action.read_as not in ("", action.deed)
    return {
        "report": claim.report_id,
        "id": claim.id,
        "type": claim.type,
        "deed": action.deed,
        **({"read_as": action.read_as} if renamed else {}),
        "mode": list(action.modes),
        "contexts": list(action.contexts),
        "cameo": claim.cameo,
        "quad": claim.quad,
        "score": claim.score,
        "trigger": span_record(action.trigger, text),
        "evidence": span_record(action.evidence, text),
        "actors": [actor_record(who, text) for who in claim.actors],
        "recipients": [actor_record(who, text) for who in claim.recipients],
        "when": when_record(claim.when, text),
        "background": claim.background is not None,
        "where": where,
        "places": [{**place_record(p, text), "role": p.role} for p in claim.places],
        "quantities": [quantity_record(q, text) for q in claim.quantities],
        "said_by": [speaker_record(s, text) for s in claim.attribution.speakers],
        "status": claim.certainty.status,
        **({"decided": decision_record(claim.decided)} if claim.decided else {}),
        "confidence": round(action.sure, 3),
        "event": claim.event,
        "reader": claim.reader,
        **({"opinion": advice_record(claim.advice, text)} if claim.advice else {}),
        "why": [
            {"question": asked, **why_record(w)} for asked, w in reasons_of_claim(claim)
        ],
    }


def decision_record(sides: Sequence[Weighed]) -> Record:
    """Return how both sides were decided; `rival` is the likeliest other answer."""
    return {name: weighed_record(side) for name, side in zip(SIDES, sides, strict=True)}


def weighed_record(side: Weighed) -> Record:
    """Return how one side was decided."""
    told: Record = {"sure": round(side.sure, 2), "spoke": list(side.spoke)}
    if (other := side.rival) is None:
        return told
    who, rest = other.who, {"share": round(other.share, 2), "spoke": list(other.spoke)}
    if who is None:
        return told | {"rival": {"name": None, "country": None, "sector": [], **rest}}
    name = {"name": who.name, "country": who.country, "sector": list(who.sectors)}
    return told | {"rival": name | rest}


def reasons_of_claim(claim: Claim) -> tuple[tuple[str, Why], ...]:
    """Return each question with its reason, and why a claim is background."""
    if claim.background is None:
        return claim.why
    return (*claim.why, ("background", claim.background))


def report_head(report: Report) -> Record:
    """Return what a report says of itself, as flat files have it beside its claims."""
    published = report.published.isoformat() if report.published else None
    names = ("outlet", "title", "url", "language")
    return {**{name: getattr(report, name) for name in names}, "published": published}


def span_record(span: Span | None, text: str) -> Record:
    """Return the words and offsets of a span; an implied one has neither."""
    if span is None:
        return {"text": None, "start": None, "end": None}
    return {"text": span.of(text), "start": span.start, "end": span.end}


def why_record(reason: Why) -> Record:
    """Return a reason: its rule and where it read, and the pattern that decided."""
    span = reason.span
    start, end = (span.start, span.end) if span else (None, None)
    told = {"rule": reason.rule, "start": start, "end": end}
    return told | ({"pattern": reason.pattern} if reason.pattern else {})


def left_out_record(found: LeftOut) -> Record:
    """Return a stretch of which no claim was made, and why."""
    span = found.span
    told = {"rule": found.rule, "start": span.start, "end": span.end}
    rest = {"what": found.what, "pattern": found.pattern, "said": found.said}
    return told | {name: value for name, value in rest.items() if value}


def actor_record(who: Actor, text: str) -> Record:
    """Return one party."""
    implied = {"implied": True} if who.span is None else {}
    return {
        **span_record(who.span, text),
        **implied,
        "name": who.name,
        "country": who.country,
        "sector": list(who.sectors),
        "entity": who.entity,
        "answer": who.answer,
        "why": why_record(who.why),
    }


def advice_record(told: Advice, text: str) -> Record:
    """Return what a language model said, the program's own answer beside it."""
    own = told.own
    abroad = {"language": told.language} if told.language else {}
    return {
        "model": told.model,
        **abroad,
        "why": told.why,
        "own": own
        and {
            "deed": own.deed,
            "mode": list(own.modes),
            "status": own.status,
            "actors": [actor_record(who, text) for who in own.actors],
            "recipients": [actor_record(who, text) for who in own.recipients],
            "confidence": round(own.sure, 3),
        },
    }


def when_record(told: When, text: str) -> Record | None:
    """Return an interval of days, or None where the text tells no time."""
    if not told.known:
        return None
    return {
        "from": iso_day_or_none(told.first),
        "to": iso_day_or_none(told.last),
        "precision": told.precision,
        "answer": told.answer,
        "counted_from": iso_day_or_none(told.base),
        **span_record(told.span, text),
        "why": why_record(told.why),
    }


def iso_day_or_none(at: date | None) -> str | None:
    """Return an ISO day, or None for an open end."""
    return at.isoformat() if at else None


def place_record(where: Place, text: str) -> Record:
    """Return one place."""
    names = ("name", "country", "admin1", "admin2", "lat", "lon", "geonameid")
    return {
        **{name: getattr(where, name) for name in names},
        "feature_code": where.feature_code,
        "precision": where.precision,
        **span_record(where.span, text),
        "why": why_record(where.why),
    }


def quantity_record(many: Quantity, text: str) -> Record:
    """Return one count; sums are given to the cent."""
    names = ("what", "bound", "whose", "scope", "unit")
    found = {name: getattr(many, name) for name in names}
    for name in ("low", "best", "high"):
        figure = getattr(many, name)
        found[name] = round(figure, 2) if isinstance(figure, float) else figure
    return {**found, **span_record(many.span, text), "why": why_record(many.why)}


def speaker_record(says: Speaker, text: str) -> Record:
    """Return one link of the chain of speakers."""
    who = says.who
    return {
        "text": says.span.of(text) if says.span else says.text,
        "start": says.span.start if says.span else None,
        "end": says.span.end if says.span else None,
        "name": who.name if who else says.text,
        "kind": says.kind,
        "country": who.country if who else None,
        "sector": list(who.sectors) if who else [],
        "entity": who.entity if who else None,
    }


def who_is(who: Record) -> tuple[Any, ...]:
    """Return what makes two parties of one event one."""
    if who["entity"]:
        return (who["entity"],)
    if who["country"]:
        return who["country"], *who["sector"][:1]
    return ((who["name"] or "").casefold(),)


def list_speakers(claim: Mapping[str, Any]) -> list[str]:
    """Return what each speaker of a claim is called, the outermost first."""
    return [who["name"] or who["text"] for who in claim["said_by"]]


def instant(published: str | None) -> str:
    """Return when a report was published as it compares with others; "" is not told.

    >>> instant("2024-03-05T01:00:00+09:00") < instant("2024-03-04T20:00:00+00:00")
    True
    """
    if not published or "T" not in published:
        return published or ""
    moment = datetime.fromisoformat(published)
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).isoformat()
