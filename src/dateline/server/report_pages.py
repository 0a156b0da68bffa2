"""What lies before a reader: a text with its reasons, two outlets side by side.

A report's text is cut where answers begin and end. Of two outlets on one event it is
told who tells what, who first, by whose word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.analysis.review.forms import QUESTIONS, write_answer
from dateline.model.record import instant, list_speakers
from dateline.resources.rules.reasons import count_in_words, explain_why

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


def list_notes(claims: list[Record], marks: list[list[Any]], rest: list[Record]) -> Iterator[Note]:
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


def make_note(layer: str, span: Record, answer: str, why: Record, claim: str) -> Iterator[Note]:
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


Told = tuple[Record, Record]
OWN = "its own voice"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one outlet answers: since when, in which claims, by whose word."""

    words: str
    since: str
    day: str
    claims: tuple[Record, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One question with the answers of both; `first` is 0 or 1, None for neither."""

    question: str
    answers: tuple[tuple[Answer, ...], tuple[Answer, ...]]
    first: int | None

    @property
    def alike(self) -> bool:
        """Whether both outlets give the same answers."""
        one, other = ({a.words for a in some} for some in self.answers)
        return one == other

    def only(self, side: int, words: str) -> bool:
        """Whether no telling of the other outlet gives this answer."""
        return words not in {a.words for a in self.answers[1 - side]}


def outlet_of(head: Record, report: str) -> str:
    """Return who ran a report, the report itself where that is not told."""
    return str(head["outlet"] or f"report {report}")


def answers_to(question: str, told: Sequence[Told]) -> tuple[Answer, ...]:
    """Return what the tellings of one outlet answer, each answer once, in time."""
    groups: dict[str, list[Told]] = {}
    for claim, head in told:
        if words := write_answer(question, claim):
            groups.setdefault(words, []).append((claim, head))
    found = [
        Answer(
            words,
            min((instant(h["published"]) for _, h in some if h["published"]), default=""),
            min((h["published"][:10] for _, h in some if h["published"]), default=""),
            tuple(claim for claim, _ in some),
            # By whose word it is told, the innermost speaker last.
            tuple(dict.fromkeys(" › ".join(list_speakers(c)) or OWN for c, _ in some)),
        )
        for words, some in groups.items()
    ]
    return tuple(sorted(found, key=lambda a: (a.since or "~", a.words)))


def compare_outlets(whole: Record, told: Sequence[Told], asked: tuple[str, str]) -> Record:
    """Return two outlets laid beside each other on an event, for a page.

    `asked` are their names; where one is "", or tells nothing of it, the first others
    that told the event take its place. `pair` is empty where there are no two.
    """
    ran = {claim["report"]: outlet_of(head, claim["report"]) for claim, head in told}
    first: dict[str, str] = {}
    for claim, head in told:
        name, at = ran[claim["report"]], instant(head["published"]) or "~"
        first[name] = min(at, first.get(name, at))
    outlets = sorted(first, key=lambda name: (first[name], name))
    found: Record = {"outlets": outlets, "told": told, "pair": ()}
    if len(outlets) < 2:
        return found
    one = asked[0] if asked[0] in outlets else ""
    other = asked[1] if asked[1] in outlets and asked[1] != one else ""
    one = one or next(name for name in outlets if name != other)
    other = other or next(name for name in outlets if name != one)
    pair = one, other
    behind = [
        [o for o in whole["origin_list"] if any(ran.get(r) == n for r in o["reports"])]
        for n in pair
    ]
    rows = []
    for question in QUESTIONS:
        ones, others = (
            answers_to(question, [(c, h) for c, h in told if ran[c["report"]] == name])
            for name in pair
        )
        since = [min((a.since for a in some), default="") for some in (ones, others)]
        ahead = None
        if all(since) and since[0] != since[1]:
            ahead = since.index(min(since))
        elif bool(ones) != bool(others):
            ahead = 0 if ones else 1
        rows.append(Row(question, (ones, others), ahead))
    named = [{o["name"] for o in some} for some in behind]
    found |= {"pair": pair, "rows": rows, "behind": behind, "first": rows[0].first}
    found["same_origin"] = named[0] == named[1]
    # How much of its words one outlet's report shares with the other's.
    shares = (
        row["shared"]
        for row in whole["copies"]
        if {ran.get(row["a"], ""), ran.get(row["b"], "")} == set(pair)
    )
    return {**found, "ran": ran, "shared": max(shares, default=0.0)}
