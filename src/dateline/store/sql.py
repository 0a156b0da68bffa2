"""A store in SQLite (WAL mode) or in PostgreSQL, by the same code."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from functools import cache
from pathlib import Path
from time import sleep
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, func, inspect, select
from sqlalchemy.exc import DBAPIError

from dateline.model import Claim, Dating, Problem, Report
from dateline.model.protocols import ReadStore
from dateline.model.record import Record, claim_record
from dateline.store.cache import Memory
from dateline.store.database import filters, rows, tables
from dateline.store.database.connect import (
    address,
    find_holder,
    make_engine,
    mask_password,
    path_of,
    server_holder,
    translate_faults,
)
from dateline.store.database.filters import HEAD, match_claims
from dateline.store.database.merge_index import MergeStore
from dateline.store.errors import Missing, StoreDamaged, StoreError
from dateline.store.records import Kept, run_id, senses_of
from dateline.store.reviews import ReviewStore

FOLDER = Path(__file__).parent / "migrations" / "versions"


OURS = 0xDA7E  # the number under which servers know that a layout is being changed
TRIES = 5  # writers to a server that cross each other take turns
LISTED = 20  # ids that a message lists
AT_ONCE = 500  # rows fetched together, so that a million need no room
Told = TypeVar("Told")


@cache
def newest_layout() -> str:
    """Return the newest layout: steps are numbered in the order they are taken."""
    return max(file.name[:4] for file in FOLDER.glob("[0-9]*.py"))


def upgrade_store(engine: Engine) -> None:
    """Run every migration that this store has not had, all in one transaction.

    Two programs that do so at once take turns; the second finds nothing to do.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER.parent))
    with engine.connect().execution_options(writes=True) as to, to.begin():
        if to.dialect.name == "postgresql":
            to.exec_driver_sql(f"SELECT pg_advisory_xact_lock({OURS})")
        config.attributes["connection"] = to
        command.upgrade(config, "head")


class SqlStore:
    """Keeps reports, claims, reasons, events, problems, and what made each.

    `where` is a path or a database URL. With `write` false the store is never created
    or changed. Raises StoreError and its kinds, each with a plain message.
    """

    def __init__(self, where: str, write: bool = True) -> None:
        """Open the store; create it or bring it up to date when `write`."""
        url = address(where)
        self.memory: Memory | None = None  # of counts
        self.where, self.file = mask_password(url), path_of(url)
        if self.file and not write and not self.file.exists():
            raise StoreError(f"no store at {where}: run `dateline code` first")
        if self.file and self.file.is_dir():
            raise StoreError(f"{where} is a folder: name a file for the store")
        self.engine = make_engine(url, write)
        try:
            with self.plainly():
                self._prepare(write)
        except BaseException:
            self.close()
            raise

    def _prepare(self, write: bool) -> None:
        """Create the tables, or bring an older layout up to date, where we may."""
        found = set(inspect(self.engine).get_table_names())
        if found and not {tables.reports.name, "alembic_version"} <= found:
            raise StoreDamaged(f"{self.where} is no Dateline store: name another")
        at, old = "", bool(found) and tables.claims.name not in found
        if found:
            with self.engine.connect() as to:
                asked = to.exec_driver_sql("SELECT version_num FROM alembic_version")
                at = str(asked.scalar())
        if at == newest_layout() and not old:
            return
        if old or at and at < min(file.name[:4] for file in FOLDER.glob("[0-9]*.py")):
            told = f"{self.where} has layout {at}, of before the first release: code"
            raise StoreError(f"{told} its reports into a new store")
        if at > newest_layout():
            told = f"{self.where} has layout {at}, made by a newer Dateline than this"
            raise StoreError(told)
        if not write:
            what = f"layout {at}: `dateline db upgrade`" if at else "no tables: code"
            raise StoreError(f"{self.where} has {what} renews it")
        upgrade_store(self.engine)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def __enter__(self) -> "SqlStore":
        """Close the store at the end of a `with` block."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close it whatever went wrong."""
        self.close()

    def plainly(self) -> AbstractContextManager[None]:
        """Turn a database's complaint into one of ours."""
        return translate_faults(self.where, self.holder)

    def holder(self) -> str:
        """Return who is writing to this store, as far as the system tells."""
        return find_holder(self.file) if self.file else server_holder(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection that sees one state of the store from first to last."""
        with self.plainly(), self.engine.connect() as to:
            server = to.dialect.name == "postgresql"
            level = {"isolation_level": "REPEATABLE READ"} if server else {}
            yield to.execution_options(**level)

    def writing(self, work: Callable[[Connection], Told]) -> Told:
        """Do work in one transaction; try again where another writer crossed it."""
        for left in range(TRIES - 1, -1, -1):
            try:
                with (
                    self.plainly(),
                    self.engine.connect().execution_options(writes=True) as to,
                    to.begin(),
                ):
                    return work(to)
            except StoreError as error:
                cause = error.__cause__
                state = getattr(getattr(cause, "orig", None), "sqlstate", None) or ""
                crossed = isinstance(cause, DBAPIError) and state[:2] in ("40", "23")
                if not left or not crossed:
                    raise
                sleep(0.05 * (TRIES - left))
        raise AssertionError("the last try returns or raises")

    def save(
        self,
        report: Report,
        claims: Sequence[Claim],
        problems: Sequence[Problem],
        made_by: Mapping[str, Any],
        dating: Dating | None = None,
    ) -> int | None:
        """Keep one report's coding in one transaction; return how many claims are new.

        The same coding of the same text changes nothing and gives None; a new text
        under an old id is a new version; of several the last published is current.
        """
        records = [claim_record(claim, report.text) for claim in claims]
        kept = Kept(report, records, problems, dating, senses=senses_of(claims))
        return self.save_all([kept], made_by)[0]

    def save_all(self, codings: Sequence[Kept], made_by: Mapping[str, Any]) -> list[int | None]:
        """Keep several codings in one transaction, each as `save` keeps one."""
        run = run_id(made_by)

        def work(to: Connection) -> list[int | None]:
            rows.keep_run(to, run, made_by)
            return rows.keep_codings(to, codings, run)

        return self.writing(work)

    def note(self, problem: Problem) -> None:
        """Keep a problem with an input that never became a report."""
        self.writing(lambda to: rows.keep_problems(to, problem.report_id, [problem]))

    def claims(self, where: Mapping[str, str]) -> Iterator[Record]:
        """Yield the kept claims that match, in contract form, in order of reports.

        Raises StoreError for a filter or a value that does not exist.
        """
        return (claim for claim, _ in self.claims_and_heads(where))

    def claims_and_heads(
        self, where: Mapping[str, str], by_event: bool = False
    ) -> Iterator[tuple[Record, Record]]:
        """Yield each claim that matches, with what its report says of itself.

        In order of reports, or of events where those are to be gathered.
        """
        with self.reading() as to:
            filters.check_filter(to, where)
            asked = match_claims(where, to.dialect.name, by_event)
            with streamed(to, asked) as found:
                for row in found:
                    yield row.record, {name: getattr(row, name) for name in HEAD}

    def claim(self, claim_id: str) -> Record | None:
        """Return one claim by its id or the start of it, or None.

        Raises StoreError, which lists them, where several ids begin so and none is it.
        """
        found = self.claim_ids(claim_id)
        if len(found) > 1:
            ids = list_ids(found)
            raise StoreError(f"several claims begin with {claim_id}: {ids}")
        c, k = tables.claims.c, tables.records.c
        asked = select(k.record).join(tables.claims, c.number == k.number)
        asked = asked.join(tables.reports, tables.reports.c.key == c.report)
        asked = asked.where(tables.reports.c.current, c.id.in_(found))
        with self.reading() as to:
            record: Record | None = to.execute(asked).scalar()
        return record

    def claim_ids(self, start: str) -> list[str]:
        """Return the claim of this id, else the first of those whose ids begin so."""
        c = tables.claims.c
        asked = select(c.id).join(tables.reports, tables.reports.c.key == c.report)
        asked = asked.where(tables.reports.c.current)
        begins = c.id.startswith(start, autoescape=True)
        with self.reading() as to:
            if to.execute(asked.where(c.id == start)).first() is not None:
                return [start]
            found = asked.where(begins).distinct().order_by(c.id).limit(LISTED)
            return list(to.execute(found).scalars())

    def report(self, report_id: str) -> Record | None:
        """Return the current version of a report, with its text and marks."""
        with closing(self.reports(report_id)) as found:
            return next(found, None)

    def reports(self, report_id: str | None = None) -> Generator[Record, None, None]:
        """Yield the current reports, or the one of an id, with texts and marks."""
        c = tables.reports.c
        asked = select(tables.reports).where(c.current).order_by(c.id)
        if report_id is not None:
            asked = asked.where(c.id == report_id)
        with self.reading() as to, streamed(to, asked) as found:
            for row in found.mappings():
                yield dict(row)

    def report_ids(self) -> list[str]:
        """Return the ids of all current reports."""
        c = tables.reports.c
        with self.reading() as to:
            asked = select(c.id).where(c.current).order_by(c.id)
            return list(to.execute(asked).scalars())

    def problems(self) -> Iterator[Record]:
        """Yield every kept problem, in order of reports."""
        c = tables.problems.c
        with self.reading() as to:
            asked = select(tables.problems).order_by(c.report, c.stage, c.code)
            for row in to.execute(asked).mappings():
                yield dict(row)

    def search(self, words: str, limit: int = 50) -> list[Record]:
        """Return the current reports that hold these words, the best first."""
        lite = "snippet(reports_text, -1, '[', ']', ' … ', 16)"
        shape = "StartSel=[, StopSel=], MaxWords=24, MinWords=12, MaxFragments=1"
        r = tables.reports.c
        columns = (r.id, r.title, r.outlet, r.published)
        with self.reading() as to:
            ranked = filters.rank_reports(words, to.dialect.name, lite, shape, *columns)
            return [dict(row) for row in to.execute(ranked.limit(limit)).mappings()]

    @property
    def review(self) -> ReviewStore:
        """The side of the store on which people decide."""
        return ReviewStore(self.reading, self.writing)

    @property
    def merging(self) -> MergeStore:
        """The side of the store on which claims become events."""
        return MergeStore(self.engine, self.plainly)

    def counts(self) -> dict[str, int]:
        """Return how many rows each table holds."""
        with self.reading() as to:
            return {
                tables.SEEN_AS.get(table.name, table.name): to.execute(
                    select(func.count()).select_from(table)
                ).scalar_one()
                for table in tables.metadata.sorted_tables
            }

    def sound(self) -> str:
        """Return "ok", or what the database's own check finds."""
        with self.reading() as to:
            if to.dialect.name != "sqlite":
                return "ok"
            return str(to.exec_driver_sql("PRAGMA quick_check(1)").scalar())


def streamed(to: Connection, asked: Any) -> Any:
    """Ask for rows some at a time; the answer is closed like a file."""
    return to.execution_options(yield_per=AT_ONCE).execute(asked)


def list_ids(ids: Sequence[str]) -> str:
    """Return ids as a message lists them.

    >>> list_ids(["a1", "a2"])
    'a1, a2'
    """
    more = ", …" if len(ids) >= LISTED else ""
    return ", ".join(ids[:LISTED]) + more


def require_report(store: ReadStore, report_id: str) -> Record:
    """Return the current version of a report; raises Missing where there is none."""
    found = store.report(report_id)
    if found is None:
        raise Missing(f"no report {report_id!r} in this store")
    return found


def require_claim(store: ReadStore, claim_id: str) -> Record:
    """Return a claim by its id or how it begins; raises Missing where there is none."""
    found = store.claim(claim_id) if claim_id else None
    if found is None:
        raise Missing(f"no claim {claim_id!r} in this store")
    return found
