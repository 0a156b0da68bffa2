"""What review reads from a store and writes to it: decisions, reviewers, the audit."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, func, insert, select, update

from dateline.store.database import rows
from dateline.store.database.tables import (
    audit,
    claims,
    decisions,
    records,
    reports,
    reviewers,
    waiting,
)
from dateline.store.errors import StoreError
from dateline.store.summaries import names_in_batches, summaries, touch

if TYPE_CHECKING:
    from dateline.store.sql import SqlStore

Row = dict[str, Any]
Reading = Callable[[], AbstractContextManager[Connection]]
Writing = Callable[[Callable[[Connection], Any]], Any]
D = decisions.c
KEPT = ("reviewer", "kind", "report", "claim", "other", "question")


class ReviewStore:
    """The side of a store on which people decide; no decision is ever changed."""

    def __init__(self, reading: Reading, writing: Writing) -> None:
        """Work on an open store."""
        self.reading, self.writing = reading, writing

    def decide(self, rows: Sequence[Row]) -> list[int]:
        """Keep decisions in one transaction, with the moment; return their numbers."""
        at = decision_time()

        def work(to: Connection) -> list[int]:
            numbers = []
            for row in rows:
                values = {name: row.get(name, "") for name in KEPT}
                values |= {"told": row.get("told"), "answer": row.get("answer")}
                values |= {"at": at, "reason": row.get("reason", "")}
                asked = insert(decisions).values(**values).returning(D.number)
                numbers.append(int(to.execute(asked).scalar_one()))
            return numbers

        numbers: list[int] = self.writing(work)
        return numbers

    def decisions(self, claims: Sequence[str] | None = None, report: str = "") -> list[Row]:
        """Return decisions, oldest first: all, those about claims, or of a report."""
        asked = select(decisions).order_by(D.number)
        if report:
            asked = asked.where(D.report == report)
        if claims is None:
            return self._rows(asked)
        found = [
            row
            for some in names_in_batches(claims)
            for row in self._rows(asked.where(D.claim.in_(some) | D.other.in_(some)))
        ]
        once = {row["number"]: row for row in found}
        return [once[number] for number in sorted(once)]

    def queue(self, reviewer: str, most: int, skip: int = 0) -> list[Row]:
        """Return claims that a reviewer has not judged: least sure, most telling first.

        Before all others stand those of which the program and a language model differ.
        How much a claim tells is the weight of its event, how doubtful it is what is
        lacking in its confidence.
        """
        c, r, s, k = claims.c, reports.c, summaries.c, records.c
        weight = func.coalesce(s.weight, 1.0)
        rank = ((1.05 - c.confidence) * weight).label("rank")
        judged = select(D.number).where(D.claim == c.id, D.reviewer == reviewer)
        asked = (
            select(k.record, r.title, r.outlet, r.published, rank, s.origins)
            .join_from(claims, records, k.number == c.number)
            .join(reports, r.key == c.report)
            .join(summaries, s.event == c.event, isouter=True)
            .where(r.current, ~judged.exists())
            .order_by((c.reader == "differ").desc(), rank.desc(), c.id)
        )
        return self._rows(asked.limit(most).offset(skip))

    def done(self) -> list[Row]:
        """Return how many decisions of each kind each reviewer has made."""
        many = func.count().label("many")
        asked = select(D.reviewer, D.kind, many).group_by(D.reviewer, D.kind)
        return self._rows(asked.order_by(D.reviewer, D.kind))

    def judged_reports(self) -> list[str]:
        """Return the reports of which something was decided."""
        asked = select(D.report).where(D.report != "").distinct().order_by(D.report)
        return [row["report"] for row in self._rows(asked)]

    def add_reviewer(self, name: str) -> str:
        """Let somebody review; return the token, of which only a hash is kept.

        A new token takes the place of an older one of the same name.
        """
        if not name.strip() or len(name) > 80 or not name.isprintable():
            raise StoreError("a reviewer's name is 1 to 80 printable characters")
        token = token_urlsafe(24)
        row = {"token": hash_token(token), "made": decision_time(), "revoked": False}

        def work(to: Connection) -> None:
            mine = reviewers.c.name == name
            if not to.execute(update(reviewers).where(mine).values(**row)).rowcount:
                to.execute(insert(reviewers).values(name=name, **row))

        self.writing(work)
        self.note(name, "token", "a reviewer's token was made")
        return token

    def revoke(self, name: str) -> None:
        """Let somebody review no longer; what was decided stays.

        Raises StoreError where nobody has that name.
        """

        def work(to: Connection) -> int:
            mine = update(reviewers).where(reviewers.c.name == name)
            return int(to.execute(mine.values(revoked=True)).rowcount)

        if not self.writing(work):
            raise StoreError(f"no reviewer {name!r}: see `dateline review reviewers`")
        self.note(name, "revoke", "the reviewer's token was revoked")

    def reviewers(self) -> list[Row]:
        """Return who may or might review, without their tokens."""
        r = reviewers.c
        return self._rows(select(r.name, r.made, r.revoked).order_by(r.name))

    def who(self, token: str) -> str:
        """Return the reviewer who has a token, "" for nobody."""
        r = reviewers.c
        asked = select(r.name).where(r.token == hash_token(token), ~r.revoked)
        found = self._rows(asked)
        return str(found[0]["name"]) if found else ""

    def may(self, name: str) -> bool:
        """Whether somebody may review now."""
        r = reviewers.c
        return bool(self._rows(select(r.name).where(r.name == name, ~r.revoked)))

    def note(self, who: str, what: str, detail: str) -> None:
        """Add a line to the audit log."""
        row = {"at": decision_time(), "who": who, "what": what, "detail": detail}
        self.writing(lambda to: to.execute(insert(audit).values(**row)))

    def audited(self, most: int = 1000) -> list[Row]:
        """Return the newest lines of the audit log, newest first."""
        asked = select(audit).order_by(audit.c.number.desc()).limit(most)
        return self._rows(asked)

    def _rows(self, asked: Select[Any]) -> list[Row]:
        with self.reading() as to:
            return [dict(row) for row in to.execute(asked).mappings()]


def decision_time() -> str:
    """Return now, in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def hash_token(token: str) -> str:
    """Return what is kept of a token, which is long and random enough for a hash."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def replace_claim(store: "SqlStore", old: Row, new: Row | None) -> None:
    """Put a claim in the place of one that may be there; None takes that one out."""

    def work(to: Connection) -> None:
        c, r = claims.c, reports.c
        asked = select(r.key).where(r.id == old["report"], r.current)
        key = to.execute(asked).scalar()
        if key is None:
            return
        mine = (c.report == key) & (c.id == old["id"])
        there = to.execute(select(c.rank, c.part).where(mine)).first()
        rows.take_claims_out(to, mine)
        if new is not None:
            most = to.execute(select(func.max(c.rank)).where(c.report == key)).scalar()
            after = 0 if most is None else most + 1
            rank, part = there or (after, new["event"])
            row = rows.claim_row(key, rank, new) | {"part": part}
            rows.insert_claims(to, [(row, new, None)])
        if there is None:  # what takes the place of another stands in its event
            rows.add_new(to, waiting, [{"report": key}])
        touch(to, {old["event"], (new or old)["event"]})

    store.writing(work)
