"""Values back from records: the way that `model.record` takes, walked the other way."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

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
    Weighed,
    When,
    Why,
)
from dateline.model.capture import Capture, Problem
from dateline.model.claim import Action, Claim
from dateline.model.record import SIDES, Record
from dateline.model.text import Mark, Report, Span

UNTOLD = Why("record.untold.v1")
PLACED = ("name", "country", "admin1", "admin2", "lat", "lon", "geonameid")
COUNTED = ("what", "low", "best", "high", "bound", "whose", "scope", "unit")


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
        decided=revive_decision(told.get("decided")),
        event=told["event"],
        reader=told.get("reader", "own"),
        advice=revive_advice(told["opinion"]) if "opinion" in told else None,
        sense=bytes.fromhex(told.get("sense", "")),
    )


def revive_decision(told: Record | None) -> tuple[Weighed, ...]:
    """Return how both sides were decided, as far as a record keeps it."""
    if not told:
        return ()
    return tuple(revive_weighed(told[side]) for side in SIDES)


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
