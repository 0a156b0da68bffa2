"""Care of a store: is it sound, a copy of it, its room given back, a person taken out.

Of a person words are blotted, letter for letter, never moved: offsets, ids and counts
stay as they were. Who was forgotten is kept as a hash alone, so that a report that
brings the name back is known.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection, Table, Text, cast, delete, insert, inspect, or_, select, update

from dateline.model.atomic_write import write_aside
from dateline.store import summaries
from dateline.store.database import rows, tables
from dateline.store.database.connect import address, path_of, read_only_options
from dateline.store.database.rows import is_one_of
from dateline.store.database.tables import audit, changes, decisions, sketches, versions, waiting
from dateline.store.errors import Missing, StoreDamaged, StoreError, StoreFull, StoreInUse
from dateline.store.records import report_key
from dateline.store.reviews import decision_time
from dateline.store.saved_searches import searches
from dateline.store.sql import AT_ONCE, SqlStore, streamed

BLOT = "█"
FORGOT = "forget"  # what the log calls it
LETTER = re.compile(r"[^\W_]")
LEAST = 3  # letters of a part of a name that is blotted alone
C, K, P = tables.claims.c, tables.records.c, tables.parties.c
R, Q = tables.reports.c, tables.quarantine.c
LOOSE: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (tables.problems, ("message",)),
    (decisions, ("told", "answer", "reason")),
    (audit, ("detail",)),
    (changes, ("detail",)),
    (versions, ("why",)),
)
"""Tables that are of no one report, and their columns that may name somebody."""
PLACES: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (tables.captures, ("found_at", "url")),
    (tables.inputs, ("found_at",)),
    (tables.quarantine, ("found_at",)),
)
"""Tables of paths and addresses, and their columns that may spell a name."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows of each kind a name was taken out of."""

    reports: int
    claims: int
    other: int


def find_store_faults(store: SqlStore) -> list[str]:
    """Return what is wrong with a store: its pages, its links, its words."""
    try:
        with store.reading() as to:
            if to.dialect.name == "sqlite":
                lines = to.exec_driver_sql("PRAGMA integrity_check(20)").scalars()
                found = [str(line) for line in lines if line != "ok"]
                lost = to.exec_driver_sql("PRAGMA foreign_key_check")
                found += [
                    f"a row of {table} names a row of {parent} that is not there"
                    for table, _, parent, _ in lost
                ]
                if found:
                    return found
            found = [*find_broken_links(to), *find_misfit_words(to)]
        # A report whose text is no longer what its key was made of; one that a person
        # was taken out of says so itself.
        forgotten = {p["report"] for p in store.problems() if p["code"] == "forgotten"}
        return found + [
            f"report {row['id']}: its text has been changed"
            for row in store.reports()
            if row["id"] not in forgotten and report_key(row["id"], row["text"]) != row["key"]
        ]
    except StoreDamaged as error:
        return [str(error)]


def find_broken_links(to: Connection) -> Iterator[str]:
    """Yield rows that belong to a claim that is not there, and claims that lack one."""
    for column in rows.NAMING:
        owner = select(C.number).where(C.number == column)
        asked = select(column).where(~owner.exists()).distinct().limit(5)
        for number in to.execute(asked).scalars():
            yield f"{column.table.name}: there is no claim of number {number}"
    asked = select(C.id).where(~select(K.number).where(K.number == C.number).exists())
    for claim in to.execute(asked.limit(5)).scalars():
        yield f"claim {claim} has no record"


def find_misfit_words(to: Connection) -> Iterator[str]:
    """Yield claims whose columns or words are not those of their report."""
    asked = (
        select(R.key, R.id, R.text, C.id.label("claim"), C.type, C.status, K.record)
        .join_from(tables.claims, tables.reports, R.key == C.report)
        .join(tables.records, K.number == C.number)
        .order_by(R.key)
    )
    with streamed(to, asked) as found:
        for row in found.mappings():
            claim, at = row["record"], f"claim {row['claim']} of {row['id']}"
            for name in ("type", "status"):
                if claim[name] != row[name]:
                    told = f"{row[name]} in its column, {claim[name]} in itself"
                    yield f"{at}: {name} is {told}"
            for part in ("trigger", "evidence"):
                told = claim[part]
                if row["text"][told["start"] : told["end"]] != told["text"]:
                    yield f"{at}: the words of its {part} are not in the report"


def compact_store(store: SqlStore) -> None:
    """Give room back, merge the index of words, renew what the planner knows."""
    if store.engine.dialect.name == "sqlite":
        statements = ["INSERT INTO reports_text(reports_text) VALUES ('optimize')"]
        store.writing(lambda to: [to.exec_driver_sql(s) for s in statements])
        statements = ["VACUUM", "ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"]
    else:
        statements = ["VACUUM ANALYZE"]
    with store.plainly():
        raw = store.engine.raw_connection()
        with closing(raw):
            if store.engine.dialect.name != "sqlite":
                raw.driver_connection.autocommit = True  # type: ignore[union-attr]
            for statement in statements:
                raw.cursor().execute(statement)


def copy_store(store: SqlStore, out: str) -> None:
    """Copy a store as it is at one moment, while others go on writing.

    A file is written aside, made safe and put in place in one step; into an empty
    store on a server the rows are copied.
    """
    target = path_of(address(out))
    if target is None or store.file is None:
        copy_rows(store, out)
        return
    log = target.with_name(f"{target.name}-wal")
    if log.exists() and log.stat().st_size:
        told = f"{out} is a store that is written to (or its writer was killed)"
        raise StoreInUse(f"{told}: name another file")
    if target.exists() and target.samefile(store.file):
        raise StoreError(f"{out} is this store itself: name another file")
    file: Any = store.file
    asked = urlencode({**read_only_options(file), "uri": "true"})
    name = f"{file.absolute().as_uri()}?{asked}"
    try:
        with (
            write_aside(target) as path,
            closing(sqlite3.connect(name, uri=True)) as source,
            closing(sqlite3.connect(path)) as to,
        ):
            source.backup(to)
    except (sqlite3.Error, OSError) as error:
        raise StoreFull(f"{out}: {error}") from error


def copy_rows(store: SqlStore, out: str) -> None:
    """Copy all rows into an empty store of another kind."""

    def copy_all(source: Connection, to: Connection) -> None:
        for table in tables.metadata.sorted_tables:
            with streamed(source, select(table)) as found:
                for some in found.mappings().partitions(AT_ONCE):
                    to.execute(insert(table), [dict(row) for row in some])
            # A server numbers new rows after those that came with their numbers.
            counted = table.autoincrement_column
            many = counted is not None and counted.name == "number"
            if to.dialect.name == "postgresql" and many:
                to.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'number'),"
                    f" coalesce(max(number), 0) + 1, false) FROM {table.name}"
                )

    with SqlStore(out) as other:
        if other.counts()["reports"]:
            told = f"{other.where} holds reports already: name an empty store"
            raise StoreError(told)
        with store.reading() as source:
            other.writing(partial(copy_all, source))


def name_hash(name: str) -> str:
    """Return a name as it is kept of who was forgotten: how many words, and a hash.

    >>> name_hash("Ann  POE") == name_hash("ann poe")
    True
    """
    words = name.casefold().split()
    return f"{len(words)}:{sha256(' '.join(words).encode()).hexdigest()}"


def match_names(forms: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of some names, longest first, however they are spaced."""
    ways = [r"\s+".join(map(re.escape, form.split())) for form in forms]
    ways.sort(key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)", re.IGNORECASE)


def blot(told: Any, pattern: re.Pattern[str]) -> Any:
    """Return words, or all words of a record, with a name blotted letter by letter.

    >>> blot({"a": ["Ann Poe left"]}, match_names(["Ann Poe"]))
    {'a': ['███ ███ left']}
    """
    if isinstance(told, str):
        return pattern.sub(lambda m: re.sub(r"\S", BLOT, m[0]), told)
    if isinstance(told, list):
        return [blot(each, pattern) for each in told]
    if isinstance(told, dict):
        return {name: blot(value, pattern) for name, value in told.items()}
    return told


def forget_person(store: SqlStore, name: str, reason: str = "") -> Forgotten:
    """Take a person out of every table and index of a store, and log that it was done.

    In reports that have the whole name its parts are blotted too ("Poe said"). The log
    keeps a hash of the name and the reason. Raises Missing where nothing has the name.
    """
    whole = match_names([name])
    parts = [part for part in name.split() if len(part) >= LEAST]
    every = match_names([name, *parts])
    last = name.rsplit(maxsplit=1)[-1]

    def work(to: Connection) -> Forgotten:
        keys = blot_reports(to, last, whole, every)
        # Merging reads these reports anew: it keeps the words that tell each apart.
        mine = is_one_of(to, sketches.c.report, [*keys])
        to.execute(update(sketches).where(mine).values(story=b""))
        rows.add_new(to, waiting, [{"report": key} for key in keys])
        claims, events = blot_claims(to, last, keys, whole, every)
        other = sum(blot_rows(to, table, names, whole) for table, names in LOOSE)
        for row in to.execute(select(Q.found_at, Q.raw)).all():  # what was set aside
            if name.casefold().encode() in row.raw.lower():
                gone = delete(tables.quarantine).where(Q.found_at == row.found_at)
                other += to.execute(gone).rowcount
        if inspect(to).has_table(searches.name):
            other += blot_rows(to, searches, ("name", "asked", "fault"), whole)
        for table, names in PLACES:
            blot_places(to, table, names, last, spelled_out(whole))
        if not keys and not claims and not other:
            raise Missing(f"nothing in {store.where} has the name {name!r}")
        summaries.touch(to, events)
        found = Forgotten(len(keys), claims, other)
        told = f"{name_hash(name)}; {found.reports} reports, {claims} claims; {reason}"
        line = {"at": decision_time(), "who": "", "what": FORGOT, "detail": told}
        to.execute(insert(audit).values(**line))
        return found

    return store.writing(work)


def blot_reports(
    to: Connection, last: str, whole: re.Pattern[str], every: re.Pattern[str]
) -> set[str]:
    """Blot the name in every version of the reports that have it; return their keys."""
    names = ("text", "title", "byline", "url")
    held = or_(*(R[n].icontains(last, autoescape=True) for n in names))
    asked = select(R.key, R.id, *(R[n] for n in names)).where(held)
    keys, slug = set(), spelled_out(whole)
    for row in to.execute(asked).all():
        if not any(whole.search(getattr(row, n)) for n in names[:3]) and not (slug.search(row.url)):
            continue
        new = {n: blot(getattr(row, n), every) for n in names[:3]}
        new["url"] = "" if slug.search(row.url) else row.url
        to.execute(update(tables.reports).where(R.key == row.key).values(**new))
        note = {"report": row.id, "stage": FORGOT, "code": "forgotten"}
        p = tables.problems.c
        mine = (p[name] == value for name, value in note.items())
        to.execute(delete(tables.problems).where(*mine))
        told = "a person was taken out of it on request; its text is blotted there"
        to.execute(insert(tables.problems).values(**note, message=told))
        keys.add(row.key)
    return keys


def spelled_out(whole: re.Pattern[str]) -> re.Pattern[str]:
    """Return the pattern of a name as paths and addresses spell it.

    >>> bool(spelled_out(match_names(["Ann Poe"])).search("/ann-poe-is-free"))
    True
    """
    return re.compile(whole.pattern.replace(r"\s+", r"[-_+.]?"), re.IGNORECASE)


def blot_places(
    to: Connection, table: Table, names: Sequence[str], last: str, slug: re.Pattern[str]
) -> None:
    """Blot a name in paths and addresses."""
    held = or_(*(table.c[n].icontains(last, autoescape=True) for n in names))
    for row in to.execute(select(table).where(held)).mappings().all():
        new = {n: slug.sub(lambda m: LETTER.sub(BLOT, m[0]), row[n]) for n in names}
        if any(new[n] != row[n] for n in names):
            mine = (column == row[column.name] for column in table.primary_key)
            to.execute(delete(table).where(*mine))
            rows.add_new(to, table, [{**row, **new}])


def blot_claims(
    to: Connection, last: str, keys: set[str], whole: re.Pattern[str], every: re.Pattern[str]
) -> tuple[int, set[str]]:
    """Blot the name in claims and parties; return how many claims, and their events."""
    events = {}
    held = cast(K.record, Text).icontains(last, autoescape=True)
    asked = select(C.report, C.event, K.number, K.record)
    asked = asked.join(tables.records, K.number == C.number).where(held)
    for row in to.execute(asked).all():
        pattern = every if row.report in keys else whole
        new = blot(row.record, pattern)
        if new != row.record:
            for side in ("actors", "recipients", "said_by"):
                for who, old in zip(new[side], row.record[side], strict=True):
                    if who["name"] != old["name"]:
                        who["entity"] = None
            kept = update(tables.records).where(K.number == row.number)
            to.execute(kept.values(record=new))
            events[row.number] = row.event
    told = or_(P.name.icontains(last, autoescape=True), P.words.icontains(last, autoescape=True))
    asked = select(tables.parties, C.report).join(tables.claims, C.number == P.claim)
    for row in to.execute(asked.where(told)).all():
        pattern = every if row.report in keys else whole
        new = {n: blot(getattr(row, n), pattern) for n in ("name", "words")}
        if new["name"] != row.name:
            new["entity"] = None
        names = ("claim", "side", "rank")
        mine = tuple(P[n] == getattr(row, n) for n in names)
        to.execute(update(tables.parties).where(*mine).values(**new))
    return len(events), set(events.values())


def blot_rows(to: Connection, table: Table, names: Sequence[str], whole: re.Pattern[str]) -> int:
    """Blot the name in the columns of a table; return how many rows had it."""
    many, keys = 0, list(table.primary_key)
    for row in to.execute(select(table)).mappings().all():
        new = {n: blot(row[n], whole) for n in names}
        if any(new[n] != row[n] for n in names):
            mine = (column == row[column.name] for column in keys)
            to.execute(update(table).where(*mine).values(**new))
            many += 1
    return many


def names_back(store: SqlStore) -> set[str]:
    """Return the names of forgotten people that reports have brought back."""
    with store.reading() as to:
        found = to.execute(select(audit.c.detail).where(audit.c.what == FORGOT))
        hashes = {told.split(";")[0] for told in found.scalars()}
    longs = {int(each.split(":")[0]) for each in hashes}
    back = set()
    for report in store.reports() if hashes else ():
        words = re.findall(r"[\w'’.-]+", f"{report['title']} {report['text']}")
        words = [word.strip("'’.-") for word in words]
        for long in longs:
            for start in range(len(words) - long + 1):
                name = " ".join(words[start : start + long])
                if name[:1].isupper() and name_hash(name) in hashes:
                    back.add(name)
    return back
