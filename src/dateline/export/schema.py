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


def export_schema() -> Schema:
    """Return the schema of a line of `dateline export --format jsonl`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Dateline: one claim, event, report or problem",
        "anyOf": [{"$ref": f"#/$defs/{n}"} for n in ("claim", "event", "report")],
        "$defs": {
            "why": record_schema(
                {**field_properties(Why, "rule", "pattern"), **points()}, ("pattern",)
            ),
            "party": party_record_schema(),
            "speaker": speaker_schema(),
            "when": interval_schema(),
            "place": place_schema(),
            "quantity": quantity_schema(),
            "opinion": opinion(),
            "claim": claim_schema(),
            "event": event_schema(),
            "report": report_schema(),
            "problem": record_schema(
                field_properties(Problem, "report_id", "stage", "code", "message")
            ),
        },
    }


def type_schema(hint: Any) -> Schema:
    """Return the schema of a type as Python writes it.

    >>> type_schema(str | None)
    {'type': ['string', 'null']}
    """
    if hint in PLAIN:
        return {"type": PLAIN[hint]}
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": type_schema(get_args(hint)[0])}
    if get_origin(hint) in (Union, UnionType):
        return union([arg for arg in get_args(hint) if arg is not NoneType])
    return {"type": "string", "format": "date"} if hint is date else {}


def union(kinds: list[Any]) -> Schema:
    """Return the schema of what may be null."""
    found = type_schema(kinds[0])
    return {**found, "type": [found["type"], "null"]} if "type" in found else {}


def field_properties(value: type, *names: str) -> Schema:
    """Return the properties that a value's own fields are."""
    hints = get_type_hints(value)
    known = {field.name for field in fields(value)}
    return {name: type_schema(hints[name]) for name in names if name in known}


def record_schema(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    """Return the schema of an object whose fields are all there, but some."""
    needed = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": needed}


def ref(name: str, null: bool = False) -> Schema:
    """Return a reference, to what may be null."""
    there = {"$ref": f"#/$defs/{name}"}
    return {"anyOf": [there, {"type": "null"}]} if null else there


def list_schema(name: str) -> Schema:
    """Return a list of references."""
    return {"type": "array", "items": ref(name)}


def points() -> Schema:
    """Return the properties of offsets without words."""
    return {name: WORDS[name] for name in ("start", "end")}


def codes_schema() -> Schema:
    """Return the properties of who somebody is."""
    hints = get_type_hints(Actor)
    return {
        **field_properties(Actor, "name", "country"),
        "sector": type_schema(hints["sectors"]),
        **field_properties(Actor, "entity"),
    }


def party_record_schema() -> Schema:
    """Return the schema of an actor or recipient."""
    told = {
        **WORDS,
        "implied": {"const": True},
        **codes_schema(),
        **field_properties(Actor, "answer"),
    }
    return record_schema({**told, "why": ref("why")}, optional=("implied",))


def speaker_schema() -> Schema:
    """Return the schema of one link of the chain of speakers."""
    name = {"name": {"type": ["string", "null"]}}
    return record_schema({**WORDS, **codes_schema(), **name, **field_properties(Speaker, "kind")})


def interval_schema() -> Schema:
    """Return the schema of an interval of days."""
    hints = get_type_hints(When)
    days = {"from": type_schema(hints["first"]), "to": type_schema(hints["last"])}
    told = {
        **field_properties(When, "precision", "answer"),
        "counted_from": type_schema(hints["base"]),
    }
    told = {**days, **told, **WORDS, "why": ref("why")}
    return record_schema(told, optional=("answer", "counted_from"))


def place_schema() -> Schema:
    """Return the schema of a place; its part in the event is told of some."""
    told = field_properties(Place, *PLACE, "feature_code", "precision", "role")
    return record_schema({**told, **WORDS, "why": ref("why")}, optional=("role",))


def quantity_schema() -> Schema:
    """Return the schema of a count."""
    return record_schema({**field_properties(Quantity, *COUNT), **WORDS, "why": ref("why")})


def side_weights() -> Schema:
    """Return the schema of how a side was decided, and of its likeliest rival."""
    share = {"type": "number", "minimum": 0, "maximum": 1}
    spoke = {"type": "array", "items": type_schema(str)}
    name = {"name": type_schema(str | None), "country": type_schema(str | None)}
    sector = {"type": "array", "items": type_schema(str)}
    rival = record_schema({**name, "sector": sector, "share": share, "spoke": spoke})
    told = {"sure": share, "spoke": spoke, "rival": rival}
    return record_schema(told, optional=("rival",))


def claim_schema() -> Schema:
    """Return the schema of a claim; the head of its report stands beside it."""
    hints = get_type_hints(Action)
    head = {**field_properties(Report, "outlet", "title", "url", "language"), **published_schema()}
    reason = {"question": type_schema(str), **field_properties(Why, "rule", "pattern"), **points()}
    told: Schema = {
        "report": type_schema(str),
        "id": type_schema(str),
        **field_properties(Claim, "type"),
        **field_properties(Action, "deed", "read_as"),
        "mode": type_schema(hints["modes"]),
        **field_properties(Action, "contexts"),
        **field_properties(Claim, "cameo", "quad", "score"),
        "trigger": record_schema(WORDS),
        "evidence": record_schema(WORDS),
        "actors": list_schema("party"),
        "recipients": list_schema("party"),
        "when": ref("when", null=True),
        "background": type_schema(bool),
        "where": ref("place", null=True),
        "places": list_schema("place"),
        "quantities": list_schema("quantity"),
        "said_by": list_schema("speaker"),
        "status": type_schema(Status),
        "decided": record_schema({side: side_weights() for side in SIDES}),
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "event": type_schema(str),
        "reader": type_schema(Decider),
        "opinion": ref("opinion"),
        "why": {"type": "array", "items": record_schema(reason, ("pattern",))},
    }
    rare = ("read_as", "background", "decided", "reader", "opinion")
    return record_schema({**told, **head}, optional=(*rare, *head))


def opinion() -> Schema:
    """Return the schema of what a language model was asked about a claim."""
    own = {
        **field_properties(OwnAnswer, "deed"),
        "mode": type_schema(get_type_hints(Action)["modes"]),
        "status": type_schema(Status),
        "actors": list_schema("party"),
        "recipients": list_schema("party"),
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    }
    both = {"anyOf": [record_schema(own), {"type": "null"}]}
    told = {**field_properties(Advice, "model", "language", "why"), "own": both}
    return record_schema(told, optional=("language",))


def event_schema() -> Schema:
    """Return the schema of an event."""
    number = {"type": "integer", "minimum": 0}
    span = field_properties(Quantity, *(name for name in COUNT if name != "whose"))
    told: Schema = {
        "event": type_schema(str),
        **field_properties(Claim, "type"),
        **field_properties(Action, "deed"),
        "status": type_schema(Status),
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "actors": list_schema("party"),
        "recipients": list_schema("party"),
        "when": ref("when", null=True),
        "no_day": type_schema(str | None),
        "background": type_schema(bool),
        "where": ref("place", null=True),
        "quantities": {"type": "array", "items": record_schema(span)},
        "reports": {"type": "array", "items": type_schema(str)},
        "outlets": number,
        "origins": number,
        "first_told": {"type": ["string", "null"]},
        "last_told": {"type": ["string", "null"]},
        "claims": {"type": "array", "items": type_schema(str)},
    }
    return record_schema(told)


def report_schema() -> Schema:
    """Return the schema of a report."""
    names = ("id", "outlet", "title", "url", "language", "agency", "byline", "dateline")
    day = {"type": ["string", "null"], "format": "date"}
    told = {**field_properties(Report, *names, "text"), **published_schema()}
    return record_schema({**told, "dated_from": day, "dated_to": day})


def published_schema() -> Schema:
    """Return the property of a day or moment of publication."""
    return {"published": {"type": ["string", "null"]}}
