"""A report's text cut where answers begin and end, each piece with its reasons."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline.explain.reasons import count_in_words, explain_why
from dateline.model.record import list_speakers

Record = dict[str, Any]
LAYERS = {
    "act": "acts",
    "actor": "actors",
    "recipient": "recipients",
    "speaker": "speakers",
    "reach": "their reach",
    "when": "times",
    "where": "places",
    "count": "numbers",
    "doubt": "hedges, status",
    "wire": "wire marks",
    "rest": "left out",
}
"""The layers of a text: what a span is, and the word for many of them."""
CLAUSE = "clause"
"""What is no layer of its own: the words that tell a claim, answers or not."""
OF_THE_WIRE = "a convention of the wire, no part of the story itself"
UNTOLD = {"rule": ""}
NO_PART = {
    "foreign": "in another language than the report: kept, not read",
    "furniture": "links, buttons and boxes around the story: kept, not read",
}


@dataclass(frozen=True, slots=True)
class Note:
    """A span of the text that an answer was read from: which, and why."""

    layer: str
    start: int
    end: int
    answer: str
    reason: str
    claim: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same notes; `first` where one of them begins.

    `claims` are those whose clause or answers it holds, `acts` those whose act begins
    here.
    """

    text: str
    notes: tuple[Note, ...]
    first: bool
    claims: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()

    @property
    def layers(self) -> list[str]:
        """The layers over this stretch, each once, in the order of the legend."""
        here = {note.layer for note in self.notes}
        return [layer for layer in LAYERS if layer in here]


def notes(
    claims: list[Record], marks: list[list[Any]], rest: list[Record]
) -> Iterator[Note]:
    """Yield what was read, claim by claim, the wire conventions, what was left out."""
    for claim in claims:
        yield from party_notes(claim)
        yield from answer_notes(claim)
    for kind, start, end in marks:
        if kind != "headline":
            yield Note("wire", start, end, kind, NO_PART.get(kind, OF_THE_WIRE), "")
    for each in rest:
        what = f"taken for {each['what']}" if each.get("what") else "not read"
        yield Note("rest", each["start"], each["end"], what, each["because"], "")


def party_notes(claim: Record) -> Iterator[Note]:
    """Yield who acts, who is acted upon and who says so."""
    for layer, side in (("actor", "actors"), ("recipient", "recipients")):
        for who in claim[side]:
            codes = " ".join([who["country"] or "?", *who["sector"]])
            answer = f"{who['name'] or who['text']}: {codes} ({who['answer']})"
            yield from make_note(layer, who, answer, who["why"], claim["id"])
    why = by_question(claim).get("says who", UNTOLD)
    for who in claim["said_by"]:
        answer = f"{who['name'] or who['text']} ({who['kind']})"
        yield from make_note("speaker", who, answer, why, claim["id"])
    if chain := " › ".join(list_speakers(claim)):
        yield from make_note("reach", claim["evidence"], chain, why, claim["id"])


def answer_notes(claim: Record) -> Iterator[Note]:
    """Yield the act, its time, place, numbers and status."""
    asked = by_question(claim)
    yield from make_note(CLAUSE, claim["evidence"], "", UNTOLD, claim["id"])
    act = " ".join([claim["type"], *claim["mode"]])
    what = asked.get("what", UNTOLD)
    yield from make_note("act", claim["trigger"], act, what, claim["id"])
    if when := claim["when"]:
        answer = f"{when['from'] or '…'} to {when['to'] or '…'} ({when['precision']})"
        yield from make_note("when", when, answer, when["why"], claim["id"])
    if where := claim["where"]:
        answer = f"{where['name']}, to the {where['precision']}"
        yield from make_note("where", where, answer, where["why"], claim["id"])
    for many in claim["quantities"]:
        answer = f"{count_in_words(many)} ({many['scope']})"
        yield from make_note("count", many, answer, many["why"], claim["id"])
    if sure := asked.get("how sure"):
        yield from make_note("doubt", sure, claim["status"], sure, claim["id"])


def by_question(claim: Record) -> dict[str, Record]:
    """Return a claim's reasons by what they answer, the first of each."""
    return {why["question"]: why for why in reversed(claim["why"])}


def make_note(
    layer: str, span: Record, answer: str, why: Record, claim: str
) -> Iterator[Note]:
    """Yield a note, unless the text has no words for it."""
    if span.get("start") is not None and span["start"] < span["end"]:
        yield Note(layer, span["start"], span["end"], answer, explain_why(why), claim)


def cut_into_pieces(text: str, found: list[Note]) -> Iterator[Piece]:
    """Yield the text in pieces, in order, none lost."""
    edges = {0, len(text)}
    starts: dict[int, list[Note]] = {}
    for each in found:
        edges |= {min(each.start, len(text)), min(each.end, len(text))}
        starts.setdefault(each.start, []).append(each)
    open_: list[Note] = []
    cuts = sorted(edges)
    for start, end in zip(cuts, cuts[1:], strict=False):
        new = starts.get(start, [])
        open_ = [each for each in open_ if each.end > start] + new
        here = tuple(dict.fromkeys(n for n in open_ if n.layer != CLAUSE))
        yield Piece(
            text[start:end],
            here,
            any(each.layer != CLAUSE for each in new),
            tuple(dict.fromkeys(each.claim for each in open_ if each.claim)),
            tuple(dict.fromkeys(n.claim for n in new if n.layer == "act")),
        )
