"""FollowTheMoney: events, who took part, and the articles that prove it."""

import json
from collections.abc import Iterator
from hashlib import sha1
from pathlib import Path
from typing import Any

from dateline.export.crosswalk import (
    country,
    entity_of_party,
    is_body,
    is_known_entity_person,
    party_kind,
)
from dateline.export.events import CODED, name_voices
from dateline.export.source import Given, Record, Told
from dateline.model.atomic_write import write_aside

Properties = dict[str, list[Any]]
STATES = {"KOS": "xk"}
LANGUAGES = {"en": "eng"}  # that we read


def write(given: Given, out: Path) -> None:
    """Write one entity a line; parties and articles come before what names them."""
    with write_aside(out) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        for found in entities(given):
            file.write(json.dumps(found, ensure_ascii=False) + "\n")


def entities(given: Given) -> Iterator[Record]:
    """Yield each article and party once, and each event."""
    known: set[str] = set()
    for event, told in given.dated_events():
        if event["status"] not in CODED:
            given.left_out(event["event"], event["status"])
            continue
        parts = [*event_participants(event), *telling_articles(told)]
        for found in parts:
            if found["id"] not in known:
                known.add(found["id"])
                yield found
        yield happening(event, told)


def happening(event: Record, told: list[Told]) -> Record:
    """Return the event; who acts organizes it, all take part."""
    when, place = event["when"] or {}, event["where"] or {}
    claim = told[0][0]
    name = f"{event['type']}: {claim['evidence']['text']}"
    return ftm_entity(
        "Event",
        f"event {event['event']}",
        {
            "name": [name],
            "startDate": [when.get("from")],
            "endDate": [when.get("to")],
            "location": [place.get("name")],
            "country": [two_letter_state(place.get("country"))],
            "summary": [claim["evidence"]["text"]],
            "keywords": [event["type"], event["status"], *claim["mode"]],
            "notes": [
                f"independent origins: {event['origins']}",
                f"confidence: {event['confidence']}",
                f"day: {event['day_is']}",
                f"said by: {name_voices(told) or 'the reports'}",
            ],
            "organizer": [party_id(who) for who in event["actors"]],
            "involved": [party_id(w) for w in (*event["actors"], *event["recipients"])],
            "proof": [make_entity_id("article", report) for report in event["reports"]],
            "recordId": [event["event"]],
        },
    )


def event_participants(event: Record) -> Iterator[Record]:
    """Yield those who act or are acted upon."""
    for who in (*event["actors"], *event["recipients"]):
        found = entity_of_party(who)
        told: Properties = {
            "name": [who["name"] or who["text"]],
            "country": [two_letter_state(who["country"])],
            "sector": who["sector"],
            "wikidataId": [found.wikidata if found else ""],
        }
        yield ftm_entity(party_schema(who), party_identifier(who), told)


def party_schema(who: Record) -> str:
    """Return what a party is: a person, a body, or a legal entity where unknown."""
    if is_known_entity_person(who):
        return "Person"
    if party_kind(who["sector"], who["country"]) == "state":
        return "PublicBody"
    return "Organization" if is_body(who) else "LegalEntity"


def telling_articles(told: list[Told]) -> Iterator[Record]:
    """Yield the articles that tell an event."""
    for claim, head in told:
        found: Properties = {
            "title": [head["title"]],
            "publishedAt": [head["published"]],
            "publisher": [head["outlet"]],
            "sourceUrl": [head["url"] if head["url"].startswith("http") else ""],
            "language": [LANGUAGES.get(head["language"].split("-")[0].lower(), "")],
            "fileName": [claim["report"]],
        }
        yield ftm_entity("Article", f"article {claim['report']}", found)


def party_identifier(who: Record) -> str:
    """Return what tells one party from others: its entity, else name and codes."""
    codes = " ".join([who["country"] or "", *who["sector"]])
    return f"party {who['entity'] or ''}{who['name'] or who['text']} {codes}"


def party_id(who: Record) -> str:
    """Return the id of a party."""
    return make_entity_id(*party_identifier(who).split(" ", 1))


def two_letter_state(code: str | None) -> str:
    """Return a state's two letters, as this model has them."""
    known = STATES.get(code or "", "")
    return known or (country(code).get("iso2", "").lower() if code else "")


def make_entity_id(kind: str, name: str) -> str:
    """Return the id of an entity, the same on every machine."""
    raw = f"{kind} {name}".encode("utf-8", "surrogatepass")
    return f"dateline-{kind}-{sha1(raw, usedforsecurity=False).hexdigest()[:20]}"


def ftm_entity(schema: str, name: str, told: Properties) -> Record:
    """Return an entity without its empty properties."""
    kept = {n: list(dict.fromkeys(filter(None, v))) for n, v in told.items()}
    properties = {n: v for n, v in kept.items() if v}
    return {"id": make_entity_id(*name.split(" ", 1)), "schema": schema, "properties": properties}
