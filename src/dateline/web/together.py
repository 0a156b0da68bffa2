"""Several people at one desk: a queue each, who else is here, the last thing undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock
from time import time
from typing import Any

from dateline.review.decide import Reviewer
from dateline.review.forms import write_answer, write_party
from dateline.review.reviewed import standing_decisions
from dateline.store import pages
from dateline.store.errors import StoreError
from dateline.store.sql import SqlStore

Record = dict[str, Any]
HERE = 600.0  # seconds for which somebody who opened a claim is taken to look at it
MOST_OPEN = 5000
TWICE = 8  # one claim in so many is in two queues: agreement is measured on these
LOOKED = 20  # times as many claims as are listed are looked through for one's own
JUDGED = {"confirm", "correct"}
AT_ONCE = "taken back at once"


@dataclass(slots=True)
class Presence:
    """Who has which claim open; it is forgotten with the server."""

    opened: dict[tuple[str, str], float] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def come(self, claim: str, name: str) -> list[tuple[str, int]]:
        """Note that somebody looks at a claim; return who else does, and since when.

        Since when is in whole minutes.
        """
        now = time()
        with self.lock:
            old = [key for key, at in self.opened.items() if now - at > HERE]
            for key in old[:MOST_OPEN]:
                del self.opened[key]
            if len(self.opened) < MOST_OPEN:
                self.opened[claim, name] = now
            return sorted(
                (other, int((now - at) // 60))
                for (which, other), at in self.opened.items()
                if which == claim and other != name
            )

    def leave(self, claim: str, name: str) -> None:
        """Note that somebody has decided about a claim and gone on."""
        with self.lock:
            self.opened.pop((claim, name), None)


def turns(claim: str, names: Sequence[str]) -> list[str]:
    """Return in whose queues a claim stands: one person's, of some claims two people's.

    It depends on the claim alone, so that everybody's queue is the same tomorrow.

    >>> turns("c1", ["ana"]), len(turns("c1", ["ana", "ben", "eva"])) in (1, 2)
    (['ana'], True)
    """
    if not names:
        return []
    number = int.from_bytes(blake2b(claim.encode(), digest_size=8).digest())
    at, often = number % len(names), (number >> 20) % TWICE
    mine = [names[at]]
    if often == 0 and len(names) > 1:
        mine.append(names[(at + 1) % len(names)])
    return mine


def own_queue(desk: SqlStore, name: str, most: int) -> tuple[list[Record], list[str]]:
    """Return what one reviewer should look at first, and between whom claims are dealt.

    Where one's own share is done, the others' claims follow.
    """
    names = [row["name"] for row in desk.review.reviewers() if not row["revoked"]]
    rows = desk.review.queue(name, most * (LOOKED if len(names) > 1 else 1))
    own, rest = [], []
    for row in rows:
        dealt = turns(row["record"]["id"], names)
        if name in dealt:
            own.append(row | {"with": [n for n in dealt if n != name]})
        else:
            rest.append(row)
    return (own or rest)[:most], names


def decided_since(decided: Sequence[Record], seen: str, name: str) -> list[Record]:
    """Return what others decided about a claim since its page was made.

    `seen` is the number of the last decision that the page knew.
    """
    last = int(seen) if seen.isascii() and seen.isdecimal() else 0
    return [
        row
        for row in standing_decisions(decided)
        if row["number"] > last and row["reviewer"] != name
    ]


def last_act(desk: SqlStore, name: str) -> list[Record]:
    """Return the decisions that somebody made last in one go, if they still stand."""
    mine = [r for r in desk.review.decisions() if r["reviewer"] == name]
    if not (kept := standing_decisions(mine)):
        return []
    last = kept[-1]
    alike = [r for r in kept if all(r[n] == last[n] for n in ("at", "claim", "report"))]
    # Of answers that were judged together some may be confirmed, others corrected.
    kinds = JUDGED if last["kind"] in JUDGED else {last["kind"]}
    return [row for row in alike if row["kind"] in kinds]


def undo_last(desk: SqlStore, name: str) -> list[Record]:
    """Take back what somebody decided last; return what it was.

    Raises StoreError where nothing of theirs stands.
    """
    rows = last_act(desk, name)
    if not rows:
        raise StoreError("nothing that you decided stands any more")
    for row in reversed(rows):
        Reviewer(desk, name).undo(row["number"], AT_ONCE)
    return rows


def cast_of(desk: SqlStore, claim: Record) -> list[Record]:
    """Return the parties of a claim's report, each once, as a person writes them.

    `written` is how a form has it, `text` the words it stands for, `many` in how many
    claims it is; the most frequent first.
    """
    found: dict[str, Record] = {}
    claims = pages.claims_after(desk, {"report": claim["report"]}, None, 500)
    for each in [*claims, claim]:
        for who in [*each["actors"], *each["recipients"]]:
            told = write_party(who)
            row = {"written": told, "text": who["text"] or who["name"] or "", "many": 0}
            found.setdefault(told, row)["many"] += 1
    return sorted(found.values(), key=lambda row: (-row["many"], row["written"]))


def with_picked(form: Mapping[str, str], claim: Record) -> dict[str, str]:
    """Return a form in which those picked from the cast stand among the parties."""
    told = dict(form)
    for side in ("actors", "recipients"):
        picked = told.pop(f"pick-{side}", "").strip()
        now = told.get(f"a-{side}", write_answer(side, claim))
        parts = [part.strip() for part in now.split(";") if part.strip()]
        if picked and picked not in parts:
            told[f"a-{side}"] = "; ".join([*parts, picked])
    return told
