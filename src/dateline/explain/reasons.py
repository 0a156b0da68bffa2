"""Each answer of a claim, its rule in words, and the words it read."""

from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

Record = dict[str, Any]
Line = tuple[str, str, str, str]


def reasons(claim: Record, text: str) -> Iterator[Line]:
    """Yield (question, answer, rule in words, words read) in a reader's order."""
    for why in claim["why"]:
        answer = answered(why["question"], claim)
        yield (why["question"], answer, told(why["rule"]), read(why, text))
    for side in ("actors", "recipients"):
        for who in claim[side]:
            answer = " ".join([who["country"] or "?", *who["sector"]])
            answer = f"{who['name'] or who['text']}: {answer} ({who['answer']})"
            yield (side, answer, told(who["why"]["rule"]), read(who["why"], text))
    for many in claim["quantities"]:
        figure = many["best"] or many["low"] or many["high"]
        answer = f"{figure} {many['what']} ({many['scope']})"
        yield ("how many", answer, told(many["why"]["rule"]), read(many["why"], text))


def what(claim: Record) -> str:
    """Return the coded act."""
    return " ".join([claim["type"], *claim["mode"], claim["cameo"]]).strip()


def when(claim: Record) -> str:
    """Return the interval told."""
    found = claim["when"]
    return f"{found['from'] or '…'} to {found['to'] or '…'}" if found else "not told"


def where(claim: Record) -> str:
    """Return the place told."""
    found = claim["where"]
    return f"{found['name']} ({found['precision']})" if found else "not told"


def says(claim: Record) -> str:
    """Return the chain of speakers."""
    chain = [s["name"] or s["text"] for s in claim["said_by"]]
    return " › ".join(chain) or "the report itself"


ANSWERS: dict[str, Callable[[Record], str]] = {
    "what": what,
    "when": when,
    "where": where,
    "says who": says,
    "how sure": lambda claim: str(claim["status"]),
    "mode": lambda claim: " ".join(claim["mode"]),
    "contexts": lambda claim: " ".join(claim["contexts"]),
}


def answered(question: str, claim: Record) -> str:
    """Return the claim's answer to a question, "" where a rule says all."""
    return ANSWERS[question](claim) if question in ANSWERS else ""


def read(why: Record, text: str) -> str:
    """Return the words that a rule read."""
    if why["start"] is None:
        return ""
    return text[why["start"] : why["end"]]


def told(rule: str) -> str:
    """Return what a rule does, in words, with its name.

    >>> told("no.such.v1")
    'no.such.v1'
    """
    words = rules().get(rule)
    return f"{words} [{rule}]" if words else rule


@cache
def rules() -> dict[str, str]:
    """Return every rule's first sentence, as the docs are generated from it."""
    table = (files("dateline.explain") / "rules.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in table.split("\n") if "\t" in line)
    return {name: words for name, words in lines}
