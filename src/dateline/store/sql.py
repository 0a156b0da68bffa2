"""A store in SQLite (WAL mode) or any database that SQLAlchemy speaks to."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from dateline.model import Claim, Dating, Problem, Report
from dateline.model.record import Record
from dateline.store import rows, tables
from dateline.store.errors import StoreDamaged, StoreError, StoreFull, StoreInUse
from dateline.store.filters import matching

PATIENCE = 20  # seconds to wait for another writer
HEAD = "0001"
NO_ROOM = ("full", "readonly", "unable to open")
WRITING = ("WRITE", "FSYNC", "TRUNCATE", "SHMOPEN", "SHMSIZE", "SHMMAP", "CLOSE")


class SqlStore:
    """Keeps reports, claims, reasons, events, problems, and what made each.

    `where` is a path or a database URL. With `write` false the store is never created
    or changed. Raises StoreError and its kinds, each with a plain message.
    """

    def __init__(self, where: str, write: bool = True) -> None:
        """Open the store; create it or bring it up to date when `write`."""
        self.where = where
        url = where if "://" in where else f"sqlite:///{where}"
        path = Path(where) if "://" not in where else None
        if path and not write and not path.exists():
            raise StoreError(f"no store at {where}: run `dateline code` first")
        if path and path.is_dir():
            raise StoreError(f"{where} is a folder: name a file for the store")
        self.engine = engine(url)
        with self._plainly():
            self._prepare(write)

    def _prepare(self, write: bool) -> None:
        """Create the tables, or bring an older layout up to date, where we may."""
        found = set(inspect(self.engine).get_table_names())
        if found and "claims" not in found:
            raise StoreDamaged(f"{self.where} is no Dateline store: name another file")
        if found and layout(self.engine) == HEAD:
            return
        if not write:
            raise StoreError(
                f"{self.where} has another layout: `dateline code` renews it"
            )
        from dateline.store.migrate import upgrade

        upgrade(self.engine)

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """Turn a database's complaint into one of ours."""
        try:
            yield
        except SQLAlchemyError as error:
            raise told(self.where, error) from error

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
        under an old id is a new version, and the old one stays, no longer current.
        """
        key = report_key(report)
        run = run_id(made_by)
        with self._plainly(), self.engine.begin() as to:
            rows.keep_problems(to, report.id, problems)
            old = to.execute(
                select(tables.reports.c.run, tables.reports.c.current).where(
                    tables.reports.c.key == key
                )
            ).first()
            if old and old.run == run and old.current:
                return None
            before = rows.claim_ids(to, key)
            rows.keep_run(to, run, made_by)
            rows.keep_report(to, key, run, report, dating)
            rows.keep_claims(to, key, claims, report.text)
            return len({claim.id for claim in claims} - before)

    def note(self, problem: Problem) -> None:
        """Keep a problem with an input that never became a report."""
        with self._plainly(), self.engine.begin() as to:
            rows.keep_problems(to, problem.report_id, [problem])

    def claims(self, where: Mapping[str, str]) -> Iterator[Record]:
        """Yield the kept claims that match, in contract form, in order of reports."""
        with self._plainly(), self.engine.connect() as to:
            for row in to.execute(matching(where)):
                yield row.record

    def claim(self, claim_id: str) -> Record | None:
        """Return one claim by its id or the start of it, or None.

        Raises StoreError when several begin that way.
        """
        c = tables.claims.c
        asked = (
            select(c.record)
            .join(tables.reports, tables.reports.c.key == c.report)
            .where(tables.reports.c.current, c.id.startswith(claim_id, autoescape=True))
            .limit(2)
        )
        with self._plainly(), self.engine.connect() as to:
            found = to.execute(asked).all()
        if len(found) > 1:
            raise StoreError(
                f"several claims begin with {claim_id}: give more of the id"
            )
        return found[0].record if found else None

    def report(self, report_id: str) -> Record | None:
        """Return the current version of a report, with its text and marks."""
        c = tables.reports.c
        asked = select(tables.reports).where(c.id == report_id, c.current)
        with self._plainly(), self.engine.connect() as to:
            row = to.execute(asked).mappings().first()
        return dict(row) if row else None

    def report_ids(self) -> list[str]:
        """Return the ids of all current reports."""
        c = tables.reports.c
        with self._plainly(), self.engine.connect() as to:
            return list(
                to.execute(select(c.id).where(c.current).order_by(c.id)).scalars()
            )

    def counts(self) -> dict[str, int]:
        """Return how many rows each table holds."""
        with self._plainly(), self.engine.connect() as to:
            return {
                table.name: rows.count(to, table)
                for table in tables.metadata.sorted_tables
            }

    def sound(self) -> str:
        """Return "ok", or what the database's own check finds."""
        with self._plainly(), self.engine.connect() as to:
            return integrity(to)


def engine(url: str) -> Engine:
    """Return an engine; SQLite gets WAL mode, foreign keys and patience."""
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    try:
        made = create_engine(url)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(f"no such kind of store: {url}") from error
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", tune)
        event.listen(made, "begin", begin)
    return made


def tune(connection: Any, _record: Any) -> None:
    """Set SQLite up so that readers go on while one process writes."""
    connection.isolation_level = None  # else tables are made outside transactions
    connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
    connection.execute("PRAGMA foreign_keys = ON")
    if connection.execute("PRAGMA query_only").fetchone()[0] == 0:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")


def begin(to: Connection) -> None:
    """Begin a transaction, which the driver left to itself would put off."""
    to.exec_driver_sql("BEGIN")


def layout(engine: Engine) -> str:
    """Return the layout that a store is in, as its migrations name it."""
    with engine.connect() as to:
        return str(
            to.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        )


def integrity(to: Connection) -> str:
    """Return what the database says of its own state."""
    if to.dialect.name != "sqlite":
        return "ok"
    found = to.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    return str(found)


def told(where: str, error: SQLAlchemyError) -> StoreError:
    """Return our error for a database's."""
    words = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    if "locked" in words:
        return StoreInUse(f"{where} is in use by another writer: try again later")
    if any(sign in words for sign in NO_ROOM) or unwritten(error):
        return StoreFull(f"{where}: {words} (is there room, and may this user write?)")
    if isinstance(error, DatabaseError) and not isinstance(error, OperationalError):
        return StoreDamaged(
            f"{where} is damaged or no store ({words}): keep a copy, name another"
        )
    if "no such table" in words or "malformed" in words or "disk I/O" in words:
        return StoreDamaged(f"{where} is damaged ({words}): keep a copy, name another")
    return StoreError(f"{where}: {words}")


def unwritten(error: SQLAlchemyError) -> bool:
    """Whether SQLite could not write, as opposed to read."""
    name = getattr(getattr(error, "orig", None), "sqlite_errorname", "")
    return name.startswith("SQLITE_IOERR") and name.endswith(WRITING)


def report_key(report: Report) -> str:
    """Return the key of one version of one report."""
    return digest(f"{report.id}\0{report.text}")


def run_id(made_by: Mapping[str, Any]) -> str:
    """Return the id of what made a row: the same settings give the same id."""
    return digest(repr(sorted(made_by.items())))


def digest(words: str) -> str:
    """Return a short stable hash."""
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
