"""People in the record: who is official, public, private, a victim or a minor, and why.

Only what a record says is looked at. Whoever is named and is neither of a state's
organs nor known to the tables of actors is private; what a name is is judged by its
capitals, so that a firm that nobody knows is masked too: rather one too many.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.codebook.taught import taught

Record = dict[str, Any]
OFFICIAL = frozenset("GOV MIL COP JUD LEG SPY IGO".split())
PUBLIC = frozenset("PTY OPP ELI".split())
KINDS = ("minor", "victim", "private", "public", "official")  # the most sheltered first
MASKED = ("private", "victim", "minor")
SIDES = ("actors", "recipients", "said_by")
PERSON = "person:"  # how the ids of persons begin in the tables of actors
# A name: two words or more that begin with capitals, one after the other.
NAME = re.compile(
    r"(?<![\w'’.-])[^\W\d_a-z][\w'’.-]*(?:\s+(?:(?:al|bin|de|el|van|von|da|di)\s+)?"
    r"[^\W\d_a-z][\w'’.-]*)+"
)
AGE = re.compile(r"\b(?:aged?\s+|)(\d{1,2})(?:[- ]years?[- ]old|\s+years\s+old)?\b")
UNDER = 18


def harmful_deeds() -> frozenset[str]:
    """Return the deeds that people are the victims of, by what a codebook counts."""
    types = taught().types.values()
    return frozenset(t.name for t in types if {"killed", "arrested"} & set(t.counts))


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is in one claim, by which rule; "" for what is no named person."""

    kind: str
    rule: str
    because: str


def place_person(who: Mapping[str, Any], side: str, deed: str) -> Standing:
    """Return what somebody is, in a claim of this deed, on this side.

    The first rule that holds counts.

    >>> who = {"name": "Ann Poe", "text": "Ann Poe", "sector": ["CVL"], "entity": None}
    >>> place_person(who, "recipients", sorted(harmful_deeds())[0]).kind
    'victim'
    >>> place_person(who, "actors", "PROTEST").kind
    'private'
    """
    words = " ".join(filter(None, (who.get("text"), who.get("name"))))
    known = who.get("entity") or ""
    sector = (who.get("sector") or [""])[0]
    age = told_age(words)
    harmed = side == "recipients" and deed in harmful_deeds() and not known
    young = age is not None and age < UNDER
    body = known and not known.startswith(PERSON)
    rules = (
        (body, "", "people.body.v1", "a body that tables know"),
        (not known and not NAME.search(words), "", "people.unnamed.v1", "no name"),
        (young, "minor", "people.age.v1", f"aged {age}"),
        (sector in OFFICIAL, "official", "people.organ.v1", f"of {sector}"),
        (harmed, "victim", "people.harmed.v1", f"{deed} was done to them"),
        (known, "public", "people.known.v1", "the tables of actors know them"),
        (sector in PUBLIC, "public", "people.politics.v1", f"of {sector}"),
        (True, "private", "people.named.v1", "neither known nor an organ"),
    )
    kind, rule, because = next(rest for holds, *rest in rules if holds)
    return Standing(kind, rule, because)


RULES = {
    "people.body.v1": "A body that the tables of actors know is no person.",
    "people.unnamed.v1": "Whoever has no name is no person that could be known by it.",
    "people.age.v1": "Whoever is told to be under 18 is a minor.",
    "people.organ.v1": "Whoever is of a state's organs is official.",
    "people.harmed.v1": "Whoever is attacked or coerced, and unknown, is a victim.",
    "people.known.v1": "A person whom the tables of actors know is public.",
    "people.politics.v1": "Whoever is of a party or the opposition is public.",
    "people.named.v1": "Whoever else is named is private.",
}


def told_age(words: str) -> int | None:
    """Return the age that words tell, as in "aged 12" or "12-year-old".

    >>> told_age("a 12-year-old boy"), told_age("Ann Poe, aged 40"), told_age("12 men")
    (12, 40, None)
    """
    for found in AGE.finditer(words):
        if found[0] != found[1]:
            return int(found[1])
    return None


def people_in(claim: Record) -> Iterator[tuple[Record, Standing]]:
    """Yield the persons among a claim's parties and speakers, each with standing."""
    for side in SIDES:
        for who in claim[side]:
            standing = place_person(who, side, claim["deed"])
            if standing.kind:
                yield who, standing


def mask_claim(claim: Record, kinds: Iterable[str] = MASKED) -> Record:
    """Return a claim in which the names of private people, victims and minors are gone.

    Their words are masked wherever the claim has them, its evidence included; offsets
    stay, so that who has the report may look.
    """
    hidden = {
        word: standing.kind
        for who, standing in people_in(claim)
        if standing.kind in set(kinds)
        for word in (who.get("name"), who.get("text"))
        if word
    }
    if not hidden:
        return claim
    forms = {m[0]: kind for word, kind in hidden.items() for m in NAME.finditer(word)}
    masked: Record = mask_words(claim, forms)
    return masked


def mask_words(told: Any, hidden: Mapping[str, str]) -> Any:
    """Return a record with some words replaced by what their bearers are."""
    if isinstance(told, str):
        for words in sorted(hidden, key=len, reverse=True):
            told = told.replace(words, f"[{hidden[words]}]")
        return told
    if isinstance(told, list):
        return [mask_words(each, hidden) for each in told]
    if isinstance(told, dict):
        return {name: mask_words(value, hidden) for name, value in told.items()}
    return told


def list_people(store: Any) -> list[Record]:
    """Return the named people of a store with what they are, why, and how often told.

    Of several standings the most sheltered counts: minor, victim, private.
    """
    found: dict[str, Record] = {}
    for claim in store.claims({}):
        for who, standing in people_in(claim):
            name = who.get("name") or who["text"]
            row = found.setdefault(
                name, {"name": name, "kind": "official", "claims": 0, "rule": ""}
            )
            row["claims"] += 1
            if not row["rule"] or KINDS.index(standing.kind) < KINDS.index(row["kind"]):
                row |= {"kind": standing.kind, "rule": standing.rule}
                row["because"] = standing.because
    return sorted(
        found.values(), key=lambda row: (KINDS.index(row["kind"]), row["name"])
    )
