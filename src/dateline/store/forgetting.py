"""A person taken out of a store: words are blotted, letter for letter, never moved.

Offsets, ids and counts stay as they were; who was forgotten is kept as a hash alone, so
that a report that brings the name back is known.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    Connection,
    Table,
    Text,
    cast,
    delete,
    insert,
    inspect,
    or_,
    select,
    update,
)

from dateline.store import rows, summaries, tables
from dateline.store.copied import is_one_of
from dateline.store.decisions import audit, decisions
from dateline.store.errors import Missing
from dateline.store.happenings import changes, sketches, versions, waiting
from dateline.store.reviews import decision_time
from dateline.store.searches import searches
from dateline.store.sql import SqlStore

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
        forget_stories(to, keys)
        claims, events = blot_claims(to, last, keys, whole, every)
        other = sum(blot_rows(to, table, names, whole) for table, names in LOOSE)
        other += blot_aside(to, name)
        if inspect(to).has_table(searches.name):
            other += blot_rows(to, searches, ("name", "asked", "fault"), whole)
        for table, names in PLACES:
            blot_places(to, table, names, last, spelled_out(whole))
        if not keys and not claims and not other:
            raise Missing(f"nothing in {store.where} has the name {name!r}")
        summaries.touch(to, events)
        found = Forgotten(len(keys), claims, other)
        told = f"{name_hash(name)}; {found.reports} reports, {claims} claims; {reason}"
        row = {"at": decision_time(), "who": "", "what": FORGOT, "detail": told}
        to.execute(insert(audit).values(**row))
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
        if not any(whole.search(getattr(row, n)) for n in names[:3]) and not (
            slug.search(row.url)
        ):
            continue
        new = {n: blot(getattr(row, n), every) for n in names[:3]}
        new["url"] = "" if slug.search(row.url) else row.url
        to.execute(update(tables.reports).where(R.key == row.key).values(**new))
        note_report(to, row.id)
        keys.add(row.key)
    return keys


def spelled_out(whole: re.Pattern[str]) -> re.Pattern[str]:
    """Return the pattern of a name as paths and addresses spell it.

    >>> bool(spelled_out(match_names(["Ann Poe"])).search("/ann-poe-is-free"))
    True
    """
    return re.compile(whole.pattern.replace(r"\s+", r"[-_+.]?"), re.IGNORECASE)


def forget_stories(to: Connection, keys: set[str]) -> None:
    """Let merging read reports anew: it keeps the words that tell each from others."""
    mine = is_one_of(to, sketches.c.report, [*keys])
    to.execute(update(sketches).where(mine).values(story=b""))
    rows.add_new(to, waiting, [{"report": key} for key in keys])


def blot_places(
    to: Connection,
    table: Table,
    names: Sequence[str],
    last: str,
    slug: re.Pattern[str],
) -> None:
    """Blot a name in paths and addresses."""
    held = or_(*(table.c[n].icontains(last, autoescape=True) for n in names))
    for row in to.execute(select(table).where(held)).mappings().all():
        new = {n: slug.sub(lambda m: LETTER.sub(BLOT, m[0]), row[n]) for n in names}
        if any(new[n] != row[n] for n in names):
            mine = (column == row[column.name] for column in table.primary_key)
            to.execute(delete(table).where(*mine))
            rows.add_new(to, table, [{**row, **new}])


def note_report(to: Connection, report: str) -> None:
    """Keep beside a report that its words are no longer those that were read."""
    row = {"report": report, "stage": FORGOT, "code": "forgotten"}
    p = tables.problems.c
    mine = (p.report == report, p.stage == FORGOT, p.code == "forgotten")
    to.execute(delete(tables.problems).where(*mine))
    told = "a person was taken out of it on request; its text is blotted there"
    to.execute(insert(tables.problems).values(**row, message=told))


def blot_claims(
    to: Connection,
    last: str,
    keys: set[str],
    whole: re.Pattern[str],
    every: re.Pattern[str],
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
    told = or_(
        P.name.icontains(last, autoescape=True),
        P.words.icontains(last, autoescape=True),
    )
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


def blot_rows(
    to: Connection, table: Table, names: Sequence[str], whole: re.Pattern[str]
) -> int:
    """Blot the name in the columns of a table; return how many rows had it."""
    many, keys = 0, list(table.primary_key)
    for row in to.execute(select(table)).mappings().all():
        new = {n: blot(row[n], whole) for n in names}
        if any(new[n] != row[n] for n in names):
            mine = (column == row[column.name] for column in keys)
            to.execute(update(table).where(*mine).values(**new))
            many += 1
    return many


def blot_aside(to: Connection, name: str) -> int:
    """Delete what was set aside unread and has the name; return how many."""
    wanted = name.casefold().encode()
    many = 0
    for row in to.execute(select(Q.found_at, Q.raw)).all():
        if wanted in row.raw.lower():
            to.execute(delete(tables.quarantine).where(Q.found_at == row.found_at))
            many += 1
    return many


def forgotten_hashes(store: SqlStore) -> set[str]:
    """Return the hashes of who was forgotten in a store."""
    a = audit.c
    with store.reading() as to:
        found = to.execute(select(a.detail).where(a.what == FORGOT)).scalars()
        return {told.split(";")[0] for told in found}


def names_back(store: SqlStore) -> set[str]:
    """Return the names of forgotten people that reports have brought back."""
    hashes = forgotten_hashes(store)
    longs = {int(each.split(":")[0]) for each in hashes}
    found = set()
    for report in store.reports() if hashes else ():
        words = re.findall(r"[\w'’.-]+", f"{report['title']} {report['text']}")
        words = [word.strip("'’.-") for word in words]
        for long in longs:
            for start in range(len(words) - long + 1):
                name = " ".join(words[start : start + long])
                if name[:1].isupper() and name_hash(name) in hashes:
                    found.add(name)
    return found
