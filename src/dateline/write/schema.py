"""The JSON Schema of our full model, made of the values themselves."""

from dataclasses import fields
from datetime import date
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from dateline.model import (
    Action,
    Actor,
    Advice,
    Claim,
    OwnAnswer,
    Place,
    Problem,
    Quantity,
    Report,
    Speaker,
    When,
    Why,
)
from dateline.model.answers import Decider, Status
from dateline.model.record import SIDES

Schema = dict[str, Any]
PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}
WORDS = {
    "text": {"type": ["string", "null"]},
    "start": {"type": ["integer", "null"]},
    "end": {"type": ["integer", "null"]},
}
COUNT = ("what", "low", "best", "high", "bound", "whose", "scope", "unit")
PLACE = ("name", "country", "admin1", "admin2", "lat", "lon", "geonameid")


def schema() -> Schema:
    """Return the schema of a line of `dateline export --format jsonl`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Dateline: one claim, event, report or problem",
        "anyOf": [{"$ref": f"#/$defs/{n}"} for n in ("claim", "event", "report")],
        "$defs": {
            "why": record({**of(Why, "rule", "pattern"), **points()}, ("pattern",)),
            "party": party(),
            "speaker": speaker(),
            "when": when(),
            "place": place(),
            "quantity": quantity(),
            "opinion": opinion(),
            "claim": claim(),
            "event": event(),
            "report": report(),
            "problem": record(of(Problem, "report_id", "stage", "code", "message")),
        },
    }


def kind(hint: Any) -> Schema:
    """Return the schema of a type as Python writes it.

    >>> kind(str | None)
    {'type': ['string', 'null']}
    """
    if hint in PLAIN:
        return {"type": PLAIN[hint]}
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": kind(get_args(hint)[0])}
    if get_origin(hint) in (Union, UnionType):
        return union([arg for arg in get_args(hint) if arg is not NoneType])
    return {"type": "string", "format": "date"} if hint is date else {}


def union(kinds: list[Any]) -> Schema:
    """Return the schema of what may be null."""
    found = kind(kinds[0])
    return {**found, "type": [found["type"], "null"]} if "type" in found else {}


def of(value: type, *names: str) -> Schema:
    """Return the properties that a value's own fields are."""
    hints = get_type_hints(value)
    known = {field.name for field in fields(value)}
    return {name: kind(hints[name]) for name in names if name in known}


def record(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    """Return the schema of an object whose fields are all there, but some."""
    needed = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": needed}


def ref(name: str, null: bool = False) -> Schema:
    """Return a reference, to what may be null."""
    there = {"$ref": f"#/$defs/{name}"}
    return {"anyOf": [there, {"type": "null"}]} if null else there


def listed(name: str) -> Schema:
    """Return a list of references."""
    return {"type": "array", "items": ref(name)}


def points() -> Schema:
    """Return the properties of offsets without words."""
    return {name: WORDS[name] for name in ("start", "end")}


def codes() -> Schema:
    """Return the properties of who somebody is."""
    hints = get_type_hints(Actor)
    return {
        **of(Actor, "name", "country"),
        "sector": kind(hints["sectors"]),
        **of(Actor, "entity"),
    }


def party() -> Schema:
    """Return the schema of an actor or recipient."""
    told = {**WORDS, "implied": {"const": True}, **codes(), **of(Actor, "answer")}
    return record({**told, "why": ref("why")}, optional=("implied",))


def speaker() -> Schema:
    """Return the schema of one link of the chain of speakers."""
    name = {"name": {"type": ["string", "null"]}}
    return record({**WORDS, **codes(), **name, **of(Speaker, "kind")})


def when() -> Schema:
    """Return the schema of an interval of days."""
    hints = get_type_hints(When)
    days = {"from": kind(hints["first"]), "to": kind(hints["last"])}
    told = {**of(When, "precision", "answer"), "counted_from": kind(hints["base"])}
    told = {**days, **told, **WORDS, "why": ref("why")}
    return record(told, optional=("answer", "counted_from"))


def place() -> Schema:
    """Return the schema of a place; its part in the event is told of some."""
    told = of(Place, *PLACE, "feature_code", "precision", "role")
    return record({**told, **WORDS, "why": ref("why")}, optional=("role",))


def quantity() -> Schema:
    """Return the schema of a count."""
    return record({**of(Quantity, *COUNT), **WORDS, "why": ref("why")})


def side_weights() -> Schema:
    """Return the schema of how a side was decided, and of its likeliest rival."""
    share = {"type": "number", "minimum": 0, "maximum": 1}
    spoke = {"type": "array", "items": kind(str)}
    name = {"name": kind(str | None), "country": kind(str | None)}
    sector = {"type": "array", "items": kind(str)}
    rival = record({**name, "sector": sector, "share": share, "spoke": spoke})
    told = {"sure": share, "spoke": spoke, "rival": rival}
    return record(told, optional=("rival",))


def claim() -> Schema:
    """Return the schema of a claim; the head of its report stands beside it."""
    hints = get_type_hints(Action)
    head = {**of(Report, "outlet", "title", "url", "language"), **published()}
    reason = {"question": kind(str), **of(Why, "rule", "pattern"), **points()}
    told: Schema = {
        "report": kind(str),
        "id": kind(str),
        **of(Claim, "type"),
        **of(Action, "deed", "read_as"),
        "mode": kind(hints["modes"]),
        **of(Action, "contexts"),
        **of(Claim, "cameo", "quad", "score"),
        "trigger": record(WORDS),
        "evidence": record(WORDS),
        "actors": listed("party"),
        "recipients": listed("party"),
        "when": ref("when", null=True),
        "background": kind(bool),
        "where": ref("place", null=True),
        "places": listed("place"),
        "quantities": listed("quantity"),
        "said_by": listed("speaker"),
        "status": kind(Status),
        "decided": record({side: side_weights() for side in SIDES}),
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "event": kind(str),
        "reader": kind(Decider),
        "opinion": ref("opinion"),
        "why": {"type": "array", "items": record(reason, ("pattern",))},
    }
    rare = ("read_as", "background", "decided", "reader", "opinion")
    return record({**told, **head}, optional=(*rare, *head))


def opinion() -> Schema:
    """Return the schema of what a language model was asked about a claim."""
    own = {
        **of(OwnAnswer, "deed"),
        "mode": kind(get_type_hints(Action)["modes"]),
        "status": kind(Status),
        "actors": listed("party"),
        "recipients": listed("party"),
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    }
    both = {"anyOf": [record(own), {"type": "null"}]}
    told = {**of(Advice, "model", "language", "why"), "own": both}
    return record(told, optional=("language",))


def event() -> Schema:
    """Return the schema of an event."""
    number = {"type": "integer", "minimum": 0}
    span = of(Quantity, *(name for name in COUNT if name != "whose"))
    told: Schema = {
        "event": kind(str),
        **of(Claim, "type"),
        **of(Action, "deed"),
        "status": kind(Status),
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "actors": listed("party"),
        "recipients": listed("party"),
        "when": ref("when", null=True),
        "no_day": kind(str | None),
        "background": kind(bool),
        "where": ref("place", null=True),
        "quantities": {"type": "array", "items": record(span)},
        "reports": {"type": "array", "items": kind(str)},
        "outlets": number,
        "origins": number,
        "first_told": {"type": ["string", "null"]},
        "last_told": {"type": ["string", "null"]},
        "claims": {"type": "array", "items": kind(str)},
    }
    return record(told)


def report() -> Schema:
    """Return the schema of a report."""
    names = ("id", "outlet", "title", "url", "language", "agency", "byline", "dateline")
    day = {"type": ["string", "null"], "format": "date"}
    told = {**of(Report, *names, "text"), **published()}
    return record({**told, "dated_from": day, "dated_to": day})


def published() -> Schema:
    """Return the property of a day or moment of publication."""
    return {"published": {"type": ["string", "null"]}}
