"""A claim as the record that files, stores and pages share, and back from it.

The form is that of CONTRACTS.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Any, get_args

from dateline.model.answers import (
    Actor,
    Advice,
    Attribution,
    Certainty,
    Dating,
    LeftOut,
    OwnAnswer,
    Place,
    Quantity,
    Rival,
    Speaker,
    Status,
    Weighed,
    When,
    Why,
)
from dateline.model.coding import Action, Claim
from dateline.model.text import Capture, Mark, Problem, Report, Span

BESIDE = "~"  # stands between a happening of a report and a further claim that tells it
Record = dict[str, Any]
PLAIN_ID = re.compile("[0-9a-z]+")
PRONOUNS = frozenset(
    "i me my we us our you your he him his she her hers it its they them their theirs"
    " who which this that these those himself herself itself themselves".split()
)
SIDES = ("actors", "recipients")
STATUSES: tuple[str, ...] = get_args(Status)
UNTOLD = Why("record.untold.v1")
PLACED = ("name", "country", "admin1", "admin2", "lat", "lon", "geonameid")
COUNTED = ("what", "low", "best", "high", "bound", "whose", "scope", "unit")


def event_name(part: str) -> str:
    """Return the id of an event that goes by a part of a report: letters and digits.

    The name of a further claim's part is no id; what is made of it sorts after others.

    >>> event_name("5aed9648"), event_name("5aed9648~c1")
    ('5aed9648', 'z7b20cc350602521')
    """
    if PLAIN_ID.fullmatch(part):
        return part
    raw = part.encode("utf-8", "surrogatepass")
    return f"z{blake2b(raw, digest_size=8).hexdigest()[1:]}"


def claim_record(claim: Claim, text: str) -> Record:
    """Return a claim in contract form; offsets refer to `text`, its report's."""
    action = claim.action
    where = place_record(claim.where, text) if claim.where.known else None
    renamed = action.read_as not in ("", action.deed)
    sides = [weighed_record(side) for side in claim.decided]
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
        **({"decided": dict(zip(SIDES, sides, strict=True))} if sides else {}),
        "confidence": round(action.sure, 3),
        "event": claim.event,
        "reader": claim.reader,
        **({"opinion": advice_record(claim.advice, text)} if claim.advice else {}),
        "why": [{"question": asked, **why_record(w)} for asked, w in reasons_of_claim(claim)],
    }


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


def revive_claim(told: Record) -> Claim:
    """Return the claim that a record was made of; `record` gives the same again.

    A shard keeps beside a record what the encoder read of its claim, as hex digits.
    """
    reasons = [(w["question"], revive_why(w)) for w in told["why"]]
    by_question = dict(reasons)
    action = Action(
        trigger=must(told["trigger"]),
        evidence=must(told["evidence"]),
        deed=told["deed"],
        modes=tuple(told["mode"]),
        contexts=tuple(told["contexts"]),
        actors=tuple(s for who in told["actors"] if (s := revive_span(who))),
        recipients=tuple(s for who in told["recipients"] if (s := revive_span(who))),
        mutual=False,
        sure=told["confidence"],
        why=(),
        read_as=told.get("read_as", ""),
    )
    says = tuple(revive_speaker(s) for s in told["said_by"])
    return Claim(
        report_id=told["report"],
        action=action,
        type=told["type"],
        cameo=told["cameo"],
        quad=told["quad"],
        score=told["score"],
        actors=tuple(map(revive_actor, told["actors"])),
        recipients=tuple(map(revive_actor, told["recipients"])),
        when=revive_when(told["when"], by_question.get("when", UNTOLD)),
        where=revive_place(told["where"], by_question.get("where", UNTOLD)),
        places=tuple(revive_place(p, UNTOLD) for p in told["places"]),
        quantities=tuple(map(revive_quantity, told["quantities"])),
        attribution=Attribution(says, by_question.get("says who", UNTOLD)),
        certainty=Certainty(told["status"], by_question.get("how sure", UNTOLD)),
        why=tuple(pair for pair in reasons if pair[0] != "background"),
        background=by_question.get("background"),
        decided=tuple(revive_weighed(told["decided"][side]) for side in SIDES)
        if told.get("decided")
        else (),
        event=told["event"],
        reader=told.get("reader", "own"),
        advice=revive_advice(told["opinion"]) if "opinion" in told else None,
        sense=bytes.fromhex(told.get("sense", "")),
    )


def revive_weighed(told: Record) -> Weighed:
    """Return how one side was decided."""
    sure, spoke = told["sure"], tuple(told["spoke"])
    if (other := told.get("rival")) is None:
        return Weighed(sure, spoke)
    who = None
    if other["name"] is not None:
        sectors = tuple(other["sector"])
        name, country = other["name"], other["country"]
        who = Actor(name, country, sectors, None, "guess", None, UNTOLD)
    return Weighed(sure, spoke, Rival(who, other["share"], tuple(other["spoke"])))


def revive_span(told: Mapping[str, Any]) -> Span | None:
    """Return the span that a record names, None where it names none."""
    return None if told["start"] is None else Span(told["start"], told["end"])


def must(told: Mapping[str, Any]) -> Span:
    """Return a span that is always there."""
    return Span(told["start"], told["end"])


def revive_why(told: Mapping[str, Any]) -> Why:
    """Return a reason."""
    return Why(told["rule"], revive_span(told), told.get("pattern", ""))


def revive_actor(told: Record) -> Actor:
    """Return a party."""
    sectors = tuple(told["sector"])
    codes = (told["country"], sectors, told["entity"], told["answer"])
    return Actor(told["name"], *codes, revive_span(told), revive_why(told["why"]))


def revive_advice(told: Record) -> Advice:
    """Return what a language model was asked about a claim."""
    own = told["own"] and OwnAnswer(
        deed=told["own"]["deed"],
        modes=tuple(told["own"]["mode"]),
        status=told["own"]["status"],
        actors=tuple(map(revive_actor, told["own"]["actors"])),
        recipients=tuple(map(revive_actor, told["own"]["recipients"])),
        sure=told["own"]["confidence"],
    )
    return Advice(told["model"], told["why"], own, told.get("language", ""))


def revive_speaker(told: Record) -> Speaker:
    """Return a speaker; one who was resolved is a party too."""
    at = revive_span(told)
    known = told["country"] or told["sector"] or told["entity"]
    codes = (told["country"], tuple(told["sector"]), told["entity"])
    found: Any = told["name"] != told["text"] or known or None
    who = Actor(told["name"], *codes, "resolved", at, UNTOLD) if found else None
    return Speaker(told["text"], told["kind"], at, who)


def revive_when(told: Record | None, reason: Why) -> When:
    """Return an interval, or that none is known and why."""
    if told is None:
        return When(None, None, "unknown", None, reason)
    first, last = revive_day(told["from"]), revive_day(told["to"])
    read = told["precision"], revive_span(told), revive_why(told["why"])
    base = revive_day(told.get("counted_from"))
    return When(first, last, *read, told.get("answer", "told"), base)


def revive_day(told: str | None) -> date | None:
    """Return a day of an ISO string."""
    return date.fromisoformat(told) if told else None


def revive_place(told: Record | None, reason: Why) -> Place:
    """Return a place, or that none is known and why."""
    if told is None:
        return Place("", *(None,) * 7, "unknown", None, reason)
    codes: Any = [told[name] for name in (*PLACED, "feature_code", "precision")]
    rest: Any = (revive_span(told), revive_why(told["why"]), told.get("role", "about"))
    return Place(*codes, *rest)


def revive_quantity(told: Record) -> Quantity:
    """Return a count."""
    codes: Any = [told[name] for name in COUNTED]
    rest: Any = (must(told), revive_why(told["why"]))
    return Quantity(*codes, *rest)


def revive_left_out(told: Record) -> LeftOut:
    """Return a stretch of which no claim was made."""
    rest = (told.get(name, "") for name in ("what", "pattern", "said"))
    return LeftOut(told["rule"], must(told), *rest)


def revive_dating(told: Record) -> Dating:
    """Return the day of a report."""
    reasons = tuple(map(revive_why, told["why"]))
    first, last = revive_day(told["earliest"]), revive_day(told["latest"])
    return Dating(first, last, told["told"], reasons)


def revive_report(told: Record) -> Report:
    """Return a report."""
    kept = dict(told)
    at = kept["published"]
    if at:
        whole = len(at) > len("2019-01-08")
        kept["published"] = datetime.fromisoformat(at) if whole else revive_day(at)
    kept["contributors"] = tuple(kept["contributors"])
    kept["marks"] = tuple(Mark(kind, Span(a, b)) for kind, a, b in kept["marks"])
    kept["capture"] = Capture(**kept["capture"]) if kept["capture"] else None
    return Report(**kept)


def revive_problem(told: Record) -> Problem:
    """Return a problem; its raw bytes are not in a record."""
    capture = Capture(**told["capture"]) if told["capture"] else None
    names = ("report_id", "stage", "code", "message")
    return Problem(**{name: told[name] for name in names}, capture=capture)
