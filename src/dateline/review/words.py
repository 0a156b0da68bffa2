"""What a person wrote, and the words of a report that it names."""

import re
from dataclasses import dataclass
from typing import Any

from dateline.store.errors import StoreError

Record = dict[str, Any]
RULE = "review.decision.v1"


class Unread(StoreError):
    """What a person wrote that cannot be read as an answer."""


@dataclass(frozen=True, slots=True)
class About:
    """What reading an answer needs to know: the report's text, and the ontology."""

    text: str
    book: Any


def known_word(what: str, told: str, known: Any) -> str:
    """Return a word that is known, or tell those that are."""
    if told not in known:
        raise Unread(f"no {what} {told!r}: there are {', '.join(known)}")
    return told


def tidy_answer(words: str | None) -> str:
    """Return words on one line without the signs that part answers."""
    return " ".join(re.sub(r"[();=]", " ", words or "").split())


def nearest_words(words: str, claim: Record, text: str) -> Record:
    """Return where words stand in a text, nearest to the act.

    Raises Unread where they do not.
    """
    loose = r"\s+".join(map(re.escape, words.split()))
    loose = rf"(?<!\w){loose}(?!\w)"
    start = claim["trigger"]["start"] or 0
    places = [match.span() for match in re.finditer(loose, text)]
    if not places:
        raise Unread(f"{words!r} does not stand in the report: - for whom it implies")
    first, last = min(places, key=lambda at: abs(at[0] - start))
    return {"text": text[first:last], "start": first, "end": last}
