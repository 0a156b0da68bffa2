"""People in the record: who is official, public, private, a victim or a minor, and why.

Only what a record says is looked at. Whoever is named and is neither of a state's
organs nor known to the tables of actors is private; what a name is is judged by its
capitals, so that a firm that nobody knows is masked too: rather one too many.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dateline.export.source import Merged
from dateline.model import Event
from dateline.model.protocols import ReadStore
from dateline.resources.codebook.plover import load

Record = dict[str, Any]
OFFICIAL = frozenset("GOV MIL COP JUD LEG SPY IGO".split())
PUBLIC = frozenset("PTY OPP ELI".split())
KINDS = ("minor", "victim", "private", "public", "official")  # the most sheltered first
MASKED = ("private", "victim", "minor")
LAST = KINDS[-1]
WORDY = frozenset("text name title byline whose evidence speaker".split())
PLACES = frozenset(("where", "places"))
LEAST = 3  # letters of a part of a name that is masked alone
# A word that begins with a capital, right before.
BEFORE = re.compile(r"(?<![\w'’-])([^\W\d_a-z][\w'’-]*) $")
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
    types = load().types.values()
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
    own = (claim.get("opinion") or {}).get("own") or {}  # beside a model's answer
    for side in SIDES:
        for who in (*claim[side], *own.get(side, ())):
            standing = place_person(who, side, claim["deed"])
            if standing.kind:
                yield who, standing


def name_forms(who: Mapping[str, Any]) -> set[str]:
    """Return the names in somebody's words, without their first words too.

    >>> sorted(name_forms({"name": "Trader Ann Poe", "text": "she"}))
    ['Ann Poe', 'Poe', 'Trader Ann Poe']
    """
    words = filter(None, (who.get("name"), who.get("text")))
    whole = [found[0].split() for told in words for found in NAME.finditer(told)]
    forms = {" ".join(name[at:]) for name in whole for at in range(len(name))}
    return {form for form in forms if len(form) >= LEAST}


def masked_forms(claims: Iterable[Record], kinds: Collection[str] = MASKED) -> dict[str, str]:
    """Return the names to be masked in claims of a report, and what their bearers are.

    A name that another of the claims shows to be an official's, or that of somebody
    whom tables know, is none of them.
    """
    hidden: dict[str, str] = {}
    open_names: set[str] = set()
    for claim in claims:
        for who, standing in people_in(claim):
            for form in name_forms(who):
                if standing.kind not in kinds:
                    open_names.add(form)
                elif KINDS.index(standing.kind) < KINDS.index(hidden.get(form, LAST)):
                    hidden[form] = standing.kind
    return {form: kind for form, kind in hidden.items() if form not in open_names}


def mask_claim(claim: Record) -> Record:
    """Return a claim in which the names of private people, victims and minors are gone.

    Their words are masked wherever the claim has them, its evidence included; offsets
    stay, so that who has the report may look.
    """
    masked: Record = mask_words(claim, masked_forms([claim], MASKED))
    return masked


def replace_names(text: str, forms: Collection[str], told: Callable[[str], str]) -> str:
    """Return a text with names, as whole words, told otherwise; the longest first.

    One word alone is no name of theirs behind another in capitals, but for a short one
    as "Mr": the last word of the Lake Farmers Union is not that of the African Union.
    """
    ways = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))

    def instead(found: re.Match[str]) -> str:
        before = BEFORE.search(text, max(0, found.start() - 40), found.start())
        if " " not in found[0] and before and len(before[1]) > LEAST:
            return found[0]
        return told(found[0])

    return re.sub(rf"(?<!\w)(?:{ways})(?!\w)", instead, text)


def mask_words(told: Any, hidden: Mapping[str, str]) -> Any:
    """Return a claim, event or head of a report with names told as what they are.

    Only words of the report are looked at: ids, addresses, rules and places stay.
    """
    if not hidden:
        return told

    def masked(value: Any, key: str) -> Any:
        if isinstance(value, str):
            if key not in WORDY:
                return value
            return replace_names(value, hidden, lambda name: f"[{hidden[name]}]")
        if isinstance(value, list | tuple):
            return [masked(each, key) for each in value]
        if isinstance(value, dict):
            return {n: v if n in PLACES else masked(v, n) for n, v in value.items()}
        return value

    return masked(told, "")


def blot_names(text: str, forms: Collection[str]) -> str:
    """Return a text with names blotted letter by letter, so that offsets hold.

    >>> blot_names("Ann Poe left; Poehler stayed.", {"Ann Poe", "Poe"})
    '███ ███ left; Poehler stayed.'
    """
    if not forms:
        return text
    return replace_names(text, forms, lambda name: re.sub(r"\S", "█", name))


class Sheltered:
    """A store as writers read it, with private people, victims and minors masked.

    A name is masked in all claims, events and texts of a report in which it is to be.
    """

    def __init__(self, store: ReadStore) -> None:
        """Look through the claims of a store for whom to mask."""
        self.store = store
        by_report = groupby(store.claims({}), key=lambda claim: claim["report"])
        found = ((report, masked_forms(claims)) for report, claims in by_report)
        self.forms = {report: forms for report, forms in found if forms}

    @property
    def many(self) -> int:
        """How many names are masked."""
        forms = {f for found in self.forms.values() for f in found if " " in f}
        return len(forms)

    def claims_and_heads(
        self, where: Mapping[str, str], by_event: bool = False
    ) -> Iterator[tuple[Record, Record]]:
        """Yield claims with the heads of their reports."""
        for claim, head in self.store.claims_and_heads(where, by_event):
            hidden = self.forms.get(claim["report"], {})
            yield mask_words(claim, hidden), mask_words(head, hidden)

    def reports(self) -> Iterator[Record]:
        """Yield the current reports; names are blotted where they stand."""
        for report in self.store.reports():
            hidden = self.forms.get(report["id"], {})
            text = blot_names(report["text"], hidden)
            yield {**mask_words(report, hidden), "text": text}

    def events(self, known: Merged) -> Merged:
        """Return a function that looks up events by their ids, each as `event` does."""
        return lambda ids: {name: self.event(e) for name, e in known(ids).items()}

    def event(self, event: Event) -> Event:
        """Return an event of the store, by the names of the reports that tell it."""
        hidden: dict[str, str] = {}
        for report in event["reports"]:
            hidden |= self.forms.get(report, {})
        masked: Event = mask_words(event, hidden)
        return masked


def list_people(store: ReadStore) -> list[Record]:
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
    return sorted(found.values(), key=lambda row: (KINDS.index(row["kind"]), row["name"]))
