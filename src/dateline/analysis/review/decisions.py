"""A named person decides: confirm, correct, reject, add, merge, split, take back.

Each decision is kept with its moment and reason; the program's own answers stay. In a
copy of a store decisions have taken the place of answers: everything that reads a store
reads it, filters, events, every export.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dateline.analysis.review.forms import (
    QUESTIONS,
    RULE,
    About,
    Unread,
    nearest_words,
    read_answer,
    write_answer,
)
from dateline.analysis.review.reviewed import (
    PINS,
    Pin,
    Settled,
    added_claims,
    by_claim,
    joining,
    pin_change,
    reviewed_claim,
    standing_decisions,
    undoing,
)
from dateline.events.event_summaries import join, summarise
from dateline.events.merging import remerge
from dateline.model.protocols import ReadStore
from dateline.model.text import hash_words
from dateline.store import maintenance
from dateline.store.errors import Missing
from dateline.store.reviews import replace_claim
from dateline.store.sql import SqlStore, require_report

Record = dict[str, Any]
LONGEST = 2000  # characters of a reason
MOST_PINS = 5000  # claims held apart from one in one go
MOST_PAIRS = 100  # of them, those whose reports are merged anew


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who decides about what a store holds, under a name."""

    store: SqlStore
    name: str

    def judge(self, claim_id: str, answers: Mapping[str, str], reason: str = "") -> list[int]:
        """Keep what somebody says of a claim's answers; return the decisions' numbers.

        What is written as the program has it is confirmed, anything else corrects it.
        Raises Unread for an answer that cannot be read, and where a correction lacks
        its reason; then nothing is kept.
        """
        claim = claim_of(self.store, claim_id)
        about = About(text_of_kept_report(self.store, claim["report"]), book_of(self.store))
        rows = []
        for question, told in answers.items():
            given = read_answer(question, told, claim, about)
            same = given == claim[question] or told == write_answer(question, claim)
            kind = "confirm" if same else "correct"
            answer = claim[question] if same else given
            rows.append(self.row(kind, claim, question, claim[question], answer))
        require_reason(reason, [row for row in rows if row["kind"] == "correct"])
        return self.keep(rows, reason)

    def confirm(self, claim_id: str, reason: str = "") -> int:
        """Keep that every answer of a claim is right."""
        claim = claim_of(self.store, claim_id)
        told = {question: claim[question] for question in QUESTIONS}
        return self.keep([self.row("confirm", claim, "", told, None)], reason)[0]

    def reject(self, claim_id: str, reason: str) -> int:
        """Keep that a claim is none: the report does not say so."""
        require_reason(reason)
        claim = claim_of(self.store, claim_id)
        return self.keep([self.row("reject", claim, "", None, None)], reason)[0]

    def whole(self, report_id: str, reason: str = "") -> int:
        """Keep that a whole report was read: what is not told there is not in it."""
        text_of_kept_report(self.store, report_id)
        row = {"kind": "whole", "report": report_id, "reviewer": self.name}
        return self.keep([row], reason)[0]

    def add(self, report_id: str, told: Mapping[str, str], reason: str) -> str:
        """Add a claim that the program missed; return its id.

        `told` has `trigger`, the words of the act (`start` tells which, where they
        stand there more than once), and answers as they are written.
        """
        require_reason(reason)
        text = text_of_kept_report(self.store, report_id)
        claim = self.missed(report_id, text, told)
        added = added_claims(self.store.review.decisions(report=report_id))
        if any(c["id"] == claim["id"] for c in added):
            raise Unread("this claim has been added already")
        self.keep([self.row("add", claim, "", None, claim)], reason)
        return str(claim["id"])

    def missed(self, report_id: str, text: str, told: Mapping[str, str]) -> Record:
        """Return a claim from what a person wrote of it."""
        book = book_of(self.store)
        start = told.get("start", "")
        near = {"trigger": {"start": int(start) if start.isdecimal() else 0}}
        trigger = nearest_words(told.get("trigger", "").strip() or "?", near, text)
        claim = blank(report_id, text, trigger)
        about = About(text, book)
        if not told.get("type"):
            raise Unread("an added claim needs its type")
        for question in QUESTIONS:
            if words := told.get(question, ""):
                claim[question] = read_answer(question, words, claim, about)
        kind = claim["type"]
        score = book.score(kind, claim["mode"])
        claim |= {"deed": kind, "quad": book.quad(kind), "score": score}
        name = hash_words(f"{report_id}|{trigger['start']}-{trigger['end']}|{kind}|added")
        return {**claim, "id": name, "event": hash_words(f"event|{name}")}

    def merge(self, one: str, other: str, reason: str) -> Settled:
        """Keep that two claims tell one event; what held the two events apart goes."""
        return self.pair("merge", one, other, reason)

    def split(self, one: str, other: str, reason: str) -> Settled:
        """Keep that two claims never tell one event."""
        return self.pair("split", one, other, reason)

    def apart(self, claim_id: str, reason: str) -> Settled:
        """Take a claim out of its event: it is never one with any other claim of it."""
        mine = claim_of(self.store, claim_id)
        others = sorted(self.told_with(mine) - {mine["id"]})
        return self.settle("split", mine["id"], others, reason)

    def pair(self, kind: str, one: str, other: str, reason: str) -> Settled:
        """Keep a decision about two claims, and merge what it touches."""
        return self.settle(kind, one, [other], reason)

    def settle(self, kind: str, one: str, others: Sequence[str], reason: str) -> Settled:
        """Keep one decision about a claim and others, and merge what it touches."""
        require_reason(reason)
        claim = claim_of(self.store, one)
        found = [claim_of(self.store, name) for name in others[:MOST_PINS]]
        if not found or claim["id"] in [other["id"] for other in found]:
            raise Unread("that is one claim alone: name two")
        names, pins = [other["id"] for other in found], self.store.merging.pinned()
        if kind == "merge":
            sides = [self.told_with(told) for told in (claim, found[0])]
            made = joining(claim["id"], names[0], sides, pins)
        else:
            made = [pin_change(claim["id"], name, "never", pins) for name in names]
        row = self.row(kind, claim, "event", [claim["event"], found[0]["event"]], None)
        kept = {"pins": [[p.a, p.b, p.before, p.after] for p in made]}
        (number,) = self.keep([{**row, "other": names[0], "answer": kept}], reason)
        self.pin(made)
        lifted = tuple((p.a, p.b) for p in made if p.before == "never" and not p.after)
        return Settled(number, self.together([claim, *found[:MOST_PAIRS]]), lifted)

    def told_with(self, claim: Record) -> set[str]:
        """Return the claims of the event that a claim tells, with itself."""
        rows = self.store.merging.of_event(claim["event"])
        return {claim["id"], *(row["record"]["id"] for row in rows)}

    def pin(self, made: Sequence[Pin]) -> None:
        """Set pins, and merge anew the reports whose own claims were held apart."""
        for each in made:
            self.store.merging.pin(each.a, each.b, each.after)
        every = (
            (self.store.claim(each.a), self.store.claim(each.b))
            for each in made[:MOST_PINS]
            if each.before != each.after
        )
        here = [a for a, b in every if a and b and a["report"] == b["report"]]
        if here:
            remerge(self.store, here)

    def together(self, claims: Sequence[Record]) -> bool:
        """Merge anew around claims; return whether they are one event."""
        kept = [c for c in claims if self.store.claim(c["id"])]
        if kept:
            remerge(self.store, kept)
            summarise(self.store)
        now = {claim_of(self.store, c["id"])["event"] for c in claims}
        return len(now) == 1

    def undo(self, number: int, reason: str) -> int:
        """Take a decision back; that it was made stays in the record."""
        require_reason(reason)
        every = self.store.review.decisions()
        found = next((r for r in standing_decisions(every) if r["number"] == number), None)
        if found is None:
            raise Missing(f"no decision {number} that stands")
        row = {name: found[name] for name in ("report", "claim", "question")}
        told = {"kind": "undo", "other": str(number), "reviewer": self.name}
        made = self.keep([{**row, **told}], reason)[0]
        if found["kind"] in PINS:
            pins = undoing(number, every)
            self.pin(pins)
            ids = dict.fromkeys(x for p in pins for x in (p.a, p.b))
            there = (self.store.claim(name) for name in [*ids][:MOST_PAIRS])
            self.together([claim for claim in there if claim])
        return made

    def row(self, kind: str, claim: Record, question: str, told: Any, answer: Any) -> Record:
        """Return a decision about a claim as the store keeps it."""
        about = {"report": claim["report"], "claim": claim["id"], "question": question}
        given = {"told": told, "answer": answer}
        return {"kind": kind, "reviewer": self.name, **about, **given}

    def keep(self, rows: Sequence[Record], reason: str) -> list[int]:
        """Keep decisions under one reason, and note them in the audit log."""
        if len(reason) > LONGEST:
            raise Unread(f"a reason has {LONGEST:,} characters at the most")
        side = self.store.review
        numbers: list[int] = side.decide([{**r, "reason": reason} for r in rows])
        for number, row in zip(numbers, rows, strict=True):
            about = " ".join(filter(None, (row.get("claim"), row.get("question"))))
            side.note(self.name, row["kind"], f"decision {number} {about}".strip())
        return numbers


def require_reason(reason: str, rows: Sequence[Record] | None = None) -> None:
    """Refuse a change without a reason."""
    if not reason.strip() and (rows is None or rows):
        raise Unread("a change needs a reason")


def claim_of(store: SqlStore, claim_id: str) -> Record:
    """Return a claim by its id, be it the program's or one that a person added.

    Raises Missing where there is none.
    """
    if claim_id and (found := store.claim(claim_id)):
        return dict(found)
    made = added_claims(store.review.decisions([claim_id]) if claim_id else [])
    if not made:
        raise Missing(f"no claim {claim_id!r} in this store")
    return made[0]


def text_of_kept_report(store: ReadStore, report_id: str) -> str:
    """Return the text of a report; raises Missing where there is none."""
    return str(require_report(store, report_id)["text"])


def book_of(store: SqlStore) -> Any:
    """Return the ontology that a store was coded with."""
    from dateline.store.database.filters import books

    with store.reading() as to:
        return book(next(iter(books(to)), "plover"))


@cache
def book(name: str) -> Any:
    """Return an ontology by its name or folder, read once."""
    from dateline.pipeline.factory import choose_codebook

    return choose_codebook(name)


def blank(report_id: str, text: str, trigger: Record) -> Record:
    """Return a claim that a person adds, before its questions are answered."""
    start = text.rfind("\n", 0, trigger["start"]) + 1
    stop = max(text.rfind(sign, start, trigger["start"]) for sign in (". ", "? ", "! "))
    start = stop + 2 if stop >= 0 else start
    ends = [text.find(sign, trigger["end"]) for sign in (". ", "? ", "! ", "\n")]
    end = min((e for e in ends if e >= 0), default=len(text.rstrip(" .!?\n")))
    clause = {"text": text[start:end], "start": start, "end": end}
    why = {"question": "what", "rule": RULE, "start": trigger["start"]}
    nothing: Record = {"mode": [], "contexts": [], "actors": [], "recipients": []}
    nothing |= {"when": None, "where": None, "places": [], "quantities": []}
    return {
        "report": report_id,
        "cameo": "",
        "trigger": trigger,
        "evidence": clause,
        **nothing,
        "said_by": [],
        "status": "happened",
        "confidence": 1.0,
        "why": [{**why, "end": trigger["end"]}],
    }


@contextmanager
def reviewed_copy(store: SqlStore) -> Iterator[SqlStore]:
    """Give a copy of a store as reviewed; it is gone at the end."""
    with (
        TemporaryDirectory(prefix="dateline-reviewed-") as folder,
        write_reviewed_copy(store, str(Path(folder) / "reviewed.db")) as copy,
    ):
        yield copy


def write_reviewed_copy(store: SqlStore, out: str) -> SqlStore:
    """Write a copy of a store as reviewed, and open it; the store stays as it is."""
    maintenance.copy_store(store, out)
    copy = SqlStore(out)
    decisions = copy.review.decisions()
    ontology = book_of(copy)
    added = {claim["id"]: claim for claim in added_claims(decisions)}
    for name, rows in sorted(by_claim(decisions).items()):
        claim = added.get(name) or (copy.claim(name) if name else None)
        if claim:
            replace_claim(copy, claim, reviewed_claim(claim, rows, ontology))
    join(copy)
    return copy
