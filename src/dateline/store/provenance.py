"""Where each kept report came from, which inputs are done, and what is set aside."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import Connection, delete, func, or_, select, update

from dateline.model import Capture, Problem, Report
from dateline.model.text import digest_text, hash_words
from dateline.store.database import tables
from dateline.store.database.rows import add_new, overtaken, retold
from dateline.store.records import Input, digest_content, report_key, run_id
from dateline.store.sql import SqlStore
from dateline.store.summaries import names_in_batches

Standing = Literal["new", "kept", "version", "again", "copy"]
REMEMBERED = 5_000  # reports, more than any number of processes has in hand
MOST_ASIDE = 4 << 20  # raw bytes of one input that are kept when it is set aside
COUNTED = ("read", "stored", "rejected", "quarantined", "duplicate")


@dataclass(frozen=True, slots=True)
class Known:
    """How a report stands to what is kept: new, kept as it is, a new version of its id,
    to be coded again for other versions of the program, or a copy of report `other`.
    """

    standing: Standing
    other: str = ""


class Lately:
    """The reports met last, so many that none on its way is forgotten."""

    def __init__(self) -> None:
        """Remember none yet."""
        self.ids: dict[str, str] = {}
        self.contents: dict[str, tuple[str, str]] = {}

    def known(self, report: Report) -> Known | None:
        """Return how a report stands to those met last, None to none of them."""
        key = report_key(report.id, report.text)
        other = self.contents.get(digest_content(report), (report.id, ""))
        if self.ids.get(report.id) == key:
            return Known("kept")
        if other[0] != report.id:
            return Known("copy", other[1])
        return Known("version") if report.id in self.ids else None

    def meet(self, report: Report) -> None:
        """Remember a report in place of the oldest."""
        key = report_key(report.id, report.text)
        self.ids.pop(report.id, None)
        self.ids[report.id] = key
        if told := digest_content(report):
            self.contents.setdefault(told, (report.id, key))
        for memory in (self.ids, self.contents):
            while len(memory) > REMEMBERED:
                del memory[next(iter(memory))]


class Custody:
    """The chain from a kept report back to the bytes it was read from."""

    def __init__(
        self, store: SqlStore, made_by: Mapping[str, Any], told: Mapping[str, Any]
    ) -> None:
        """Look at a store for one run; `told` is what its flags say of reports."""
        self.store, self.run = store, run_id(made_by)
        self.lately = Lately()
        self.way = hash_words(f"{self.run}{sorted((k, str(v)) for k, v in told.items())}")

    def known(self, report: Report) -> Known:
        """Return how a report stands to what is kept, or is about to be.

        Several reports may be on their way at once; the next must know of them.
        """
        found = self.lately.known(report) or self.kept(report)
        self.lately.meet(report)
        return found

    def kept(self, report: Report) -> Known:
        """Return how a report stands to what is kept."""
        r, c = tables.reports.c, tables.captures.c
        head = (r.title, r.outlet, r.url, r.published)
        key = report_key(report.id, report.text)
        asked = select(r.key, r.run, r.current, *head).where(r.id == report.id)
        copies = select(r.id, r.run, c.report).join(tables.reports, r.key == c.report)
        same = copies.where(c.content == digest_content(report), r.id != report.id, r.current)
        with self.store.reading() as to:
            rows = {row.key: row for row in to.execute(asked)}
            copy = to.execute(same.limit(1)).first() if digest_content(report) else None
            old = key in rows and overtaken(to, key, report)
            at = report.capture.found_at if report.capture else ""
            found = select(c.report).where(c.report == key, c.found_at == at)
            here = key in rows and to.execute(found).first() is not None
        if key in rows:
            fresh = rows[key].run == self.run and (rows[key].current or old)
            fresh = fresh and not (here and retold(rows[key], report))
            return Known("kept" if fresh else "again")
        if rows:
            return Known("version")
        if copy is not None:
            return Known("copy", copy.report)
        return Known("new")

    def there(self, report: Report) -> str:
        """Return the id of the current report of these words that was found here."""
        found = report.capture.found_at if report.capture else ""
        if not found or found.startswith("-"):  # what came by a pipe lies nowhere
            return ""
        r, c = tables.reports.c, tables.captures.c
        asked = select(r.id).join(tables.captures, c.report == r.key).where(r.current)
        same = (c.found_at == found, c.text_sha256 == digest_text(report.text))
        with self.store.reading() as to:
            return to.execute(asked.where(*same).limit(1)).scalar() or ""

    def keep(self, kept: Iterable[tuple[Report, str]]) -> None:
        """Keep where reports were found, each with the key it is stored under."""
        c = tables.captures.c
        rows = [
            {
                "report": key,
                "found_at": found.found_at,
                # When nobody else has timed it, it was fetched now.
                "fetched": found.fetched or datetime.now(UTC).isoformat(timespec="seconds"),
                "content": digest_content(report),
                "text_sha256": digest_text(report.text),
                "sha256": found.sha256,
                "offset": found.offset,
                "length": found.length,
                "url": found.url,
                "tool": found.tool,
                "charset": found.charset,
                "given": report.id if report_key(report.id, report.text) != key else None,
            }
            for report, key in kept
            if (found := report.capture)
        ]

        def work(to: Connection) -> None:
            add_new(to, tables.captures, rows)
            for each in rows:  # of what is kept, whose words they now are
                same = (c.report == each["report"], c.found_at == each["found_at"])
                told = update(tables.captures).where(*same)
                told = told.where(c.content != each["content"])
                if each["content"]:
                    to.execute(told.values(content=each["content"]))

        if rows:
            self.store.writing(work)

    def aside(self, problem: Problem) -> None:
        """Set the raw bytes of an input aside, with what was wrong with them."""
        found = problem.capture or Capture()
        aside = {
            "found_at": problem.report_id,
            "code": problem.code,
            "message": problem.message,
            "sha256": found.sha256 or sha256(problem.raw).hexdigest(),
            "raw": problem.raw[:MOST_ASIDE],
        }
        q = tables.quarantine

        def work(to: Connection) -> None:
            to.execute(delete(q).where(q.c.found_at == aside["found_at"]))
            add_new(to, q, [aside])

        self.store.writing(work)

    def way_of(self, found: Input) -> str:
        """Return the way of reading a file: by what run, flags and column map."""
        return hash_words(f"{self.way}{found.columns}") if found.columns else self.way

    def done(self, found: Input) -> Mapping[str, int] | None:
        """Return the counts of an input read before in the same way, else None."""
        i = tables.inputs.c
        asked = select(*(i[name] for name in COUNTED)).where(
            i.found_at == found.found_at,
            i.way == self.way_of(found),
            i.size == found.size,
            i.modified == found.modified,
        )
        with self.store.reading() as to:
            row = to.execute(asked).mappings().first()
        return dict(row) if row else None

    def finish(self, found: Input, counts: Mapping[str, int]) -> None:
        """Keep that an input was read to its end, and what became of its records.

        How it was read before no longer counts: what is kept is of this way.
        """
        i = tables.inputs.c
        kept: dict[str, Any] = {name: counts.get(name, 0) for name in COUNTED}
        kept |= {"size": found.size, "modified": found.modified}
        way = self.way_of(found)
        kept |= {"found_at": found.found_at, "way": way}

        def work(to: Connection) -> None:
            to.execute(delete(tables.inputs).where(i.found_at == found.found_at))
            add_new(to, tables.inputs, [kept])

        self.store.writing(work)


def find_report_id(store: SqlStore, name: str) -> str:
    """Return the id of the report that goes by this id, or was found so or there.

    Where it was found may be told by the end of it ("state-visit.txt"), the id by its
    beginning; what names none, or several, comes back as it is.
    """
    r, c = tables.reports.c, tables.captures.c
    found = select(r.id).join(tables.captures, c.report == r.key).where(r.current)
    begins = r.id.startswith(name, autoescape=True)
    ends = c.found_at.endswith(f"/{name}", autoescape=True)
    ways = (
        select(r.id).where(r.id == name, r.current),
        found.where(c.given == name),
        found.where(or_(c.found_at == name, c.url == name)),
        found.where(ends),
        select(r.id).where(begins, r.current),
    )
    with store.reading() as to:
        for asked in ways:
            ids = set(to.execute(asked.distinct().limit(2)).scalars())
            if len(ids) == 1 and name:
                return str(ids.pop())
    return name


def captures(store: SqlStore) -> Iterator[dict[str, Any]]:
    """Yield every capture with its report's id and text, in order of where it was."""
    c, r = tables.captures.c, tables.reports.c
    asked = select(tables.captures, r.id, r.text).join(tables.reports, r.key == c.report)
    with store.reading() as to:
        for found in to.execute(asked.order_by(c.found_at)).mappings():
            yield dict(found)


def list_current_reports(store: SqlStore, most: int) -> Iterator[dict[str, Any]]:
    """Yield the current reports, where each was found and how many claims it has."""
    c, r, k = tables.captures.c, tables.reports.c, tables.claims.c
    claims = select(func.count()).where(k.report == r.key).scalar_subquery()
    found = select(func.min(c.found_at)).where(c.report == r.key).scalar_subquery()
    names = (r.id, r.outlet, r.published, r.language, r.title)
    asked = select(*names, claims.label("claims"), found.label("found_at"))
    asked = asked.where(r.current).order_by(r.id).limit(most)
    with store.reading() as to:
        for row in to.execute(asked).mappings():
            yield dict(row)


def stream_problems(store: SqlStore, most: int) -> Iterator[dict[str, Any]]:
    """Yield what could not be read or coded, with where it was found."""
    p = tables.problems.c
    asked = select(p.report, p.stage, p.code, p.message).order_by(p.code, p.report)
    with store.reading() as to:
        for row in to.execute(asked.limit(most)).mappings():
            yield dict(row)


PARTS = re.compile("[!:#@]")  # signs behind which a place within an input is told


class Mended:
    """The problems that a store knows, by the inputs in which they lie."""

    def __init__(self, store: SqlStore) -> None:
        """Look at a store; what it knows is asked once, when it is first needed."""
        self.store = store
        self.places: defaultdict[str, set[str]] | None = None

    def note(self, place: str) -> None:
        """Remember that a problem was met at a place."""
        if self.places is not None:
            for name in enclosing_places(place):
                self.places[name].add(place)

    def forget(self, found_at: str) -> None:
        """Take out the problems of an input that is about to be read."""
        if self.places is None:
            self.places = defaultdict(set)
            p = tables.problems.c
            with self.store.reading() as to:
                for place in to.execute(select(p.report).distinct()).scalars():
                    self.note(place)
        told, every = tables.problems, self.places.pop(found_at, set())

        def work(to: Connection) -> None:
            for some in names_in_batches(every):
                to.execute(delete(told).where(told.c.report.in_(some)))

        if every:
            self.store.writing(work)


def enclosing_places(place: str) -> Iterator[str]:
    """Yield a place and all in which it may lie.

    >>> list(enclosing_places("in/a.zip!b.csv:3"))
    ['in/a.zip!b.csv:3', 'in/a.zip', 'in/a.zip!b.csv']
    """
    yield place
    for sign in PARTS.finditer(place):
        yield place[: sign.start()]
