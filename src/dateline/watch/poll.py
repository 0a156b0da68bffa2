"""Feeds asked in turn: conditional, polite, patient, and gone from where unwelcome."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from time import sleep, time
from typing import Any

from dateline.ingest import Ingest
from dateline.model import Capture, Problem, Report, Source
from dateline.model.said import Said
from dateline.model.source import HEAD
from dateline.outcomes import Done
from dateline.read import inputs, sniff
from dateline.read.address import split
from dateline.read.child import Child
from dateline.watch import state
from dateline.watch.archive import archived
from dateline.watch.feeds import Feed
from dateline.watch.fetch import Fetched, Fetcher, NotFetched
from dateline.watch.state import State

WELL, UNCHANGED, GONE, BROKEN = 200, 304, 410, 500
LONGEST = 24 * 3600  # seconds between two polls of a feed that fails
PAUSE = 5.0  # seconds between two requests to one host
ROBOTS_FRESH = 24 * 3600
TOOL = "dateline watch"


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll of a feed gave."""

    feed: Feed
    told: str
    done: tuple[Done, ...] = ()
    failed: bool = False


@dataclass(slots=True)
class Watch:
    """Asks feeds when they are due and hands what they give to the ingest."""

    fetcher: Fetcher
    ingest: Ingest
    states: dict[str, State]
    file: Path
    archive: Path | None = None
    store: str = ""
    pause: float = PAUSE
    wait: Callable[[float], None] = sleep
    asked: dict[str, float] = field(default_factory=dict)
    robots: dict[str, tuple[float, Any]] = field(default_factory=dict)

    def once(self, feeds: list[Feed]) -> Iterator[Polled]:
        """Poll every feed that is due."""
        for feed in feeds:
            known = self.states.get(feed.url, State())
            if not known.gone and known.due <= time():
                yield self.poll(feed, known)

    def forever(self, feeds: list[Feed]) -> Iterator[Polled]:
        """Poll feeds as they fall due, until all are gone."""
        while True:
            yield from self.once(feeds)
            states = [self.states.get(feed.url, State()) for feed in feeds]
            due = [known.due for known in states if not known.gone]
            if not due:
                return
            self.wait(max(1.0, min(due) - time()))

    def poll(self, feed: Feed, known: State) -> Polled:
        """Ask one feed, keep what it gives, then keep that it was asked."""
        try:
            found = self.request(feed.url, conditions(known))
        except NotFetched as error:
            return self.failed(feed, known, f"{error.code}: {error}")
        if found.status == GONE:
            self.keep(feed, replace(known, gone=True, told="gone"))
            return Polled(feed, "gone for good: it is not asked again")
        if found.status not in (WELL, UNCHANGED):
            return self.failed(feed, known, f"HTTP {found.status}", found)
        if found.status == WELL and sniff.told(found.body[:HEAD]) == "html":
            return self.failed(feed, known, "a page, no feed", found)
        read = list(known.read) if found.status == UNCHANGED else []
        done = (
            tuple(self.taken(feed, found, known.read, read))
            if found.status == WELL
            else ()
        )
        now = State(
            read=tuple(read),
            due=time() + rest(feed, found),
            etag=found.headers.get("etag", known.etag),
            modified=found.headers.get("last-modified", known.modified),
        )
        self.keep(feed, now)
        moved = f"; moved to {found.moved}" if found.moved else ""
        new = sum(each.outcome == "stored" for each in done)
        unchanged = "unchanged" if found.status == UNCHANGED else f"{new} new"
        return Polled(feed, f"{unchanged} of {len(done)}{moved}", done)

    def failed(
        self, feed: Feed, known: State, told: str, found: Fetched | None = None
    ) -> Polled:
        """Wait longer after each failure, and as long as we are told to."""
        count = known.failures + 1
        wait = min(LONGEST, feed.every * 2 ** min(count, 12))
        if found is not None:
            wait = max(wait, min(LONGEST, after(found.headers.get("retry-after", ""))))
        later = replace(known, due=time() + wait, failures=count, told=told)
        self.keep(feed, later)
        again = f"asked again in {wait / 60:.0f} min"
        return Polled(feed, f"{told}; {again}", failed=True)

    def keep(self, feed: Feed, now: State) -> None:
        """Keep the state of one feed."""
        self.states[feed.url] = replace(now, store=self.store)
        state.save(self.file, self.states)

    def request(self, url: str, headers: dict[str, str]) -> Fetched:
        """Fetch an address with manners, wherever redirects lead."""
        try:
            return self.fetcher.get(url, headers, self.welcome)
        finally:
            self.asked[split(url).netloc] = time()

    def welcome(self, url: str) -> None:
        """Heed a host's robots rules, then do not hurry it. Raises NotFetched."""
        rules = self.rules(url)
        if rules is not None and not rules.can_fetch(url, self.fetcher.agent):
            raise NotFetched("robots", "its robots.txt asks us to stay away")
        asked = rules.crawl_delay(self.fetcher.agent) if rules else None
        self.pause_before(url, asked or 0.0)

    def pause_before(self, url: str, delay: float = 0.0) -> None:
        """Wait where the last request to an address's host is not long ago."""
        host = split(url).netloc
        since = time() - self.asked.get(host, 0.0)
        pause = min(60.0, max(self.pause, delay))
        if since < pause:
            self.wait(pause - since)
        self.asked[host] = time()

    def rules(self, url: str) -> Any:
        """Return a host's robots rules; None where it has none."""
        parts = split(url)
        root = f"{parts.scheme}://{parts.netloc}"
        fetched, found = self.robots.get(root, (0.0, None))
        if time() - fetched < ROBOTS_FRESH and fetched:
            return found
        from protego import Protego

        answer = self.fetcher.get(f"{root}/robots.txt", {}, self.pause_before)
        if answer.status >= BROKEN:
            raise NotFetched("robots", f"its robots.txt answers {answer.status}")
        words = answer.body[: 500 << 10].decode("utf-8", "replace")
        found = Protego.parse(words) if answer.status == WELL else None
        self.robots[root] = (time(), found)
        return found

    def taken(
        self, feed: Feed, found: Fetched, before: Sequence[str], read: list[str]
    ) -> Iterator[Done]:
        """Yield what becomes of each entry of a feed."""
        whole = self.source(found, Said(outlet=feed.outlet))
        if feed.pages:
            yield from self.ingest.run(self.pages(whole, found, before, read))
            return
        self.archived(found, whole)
        yield from self.ingest.run([whole])

    def source(self, found: Fetched, said: Said) -> Source:
        """Return what was fetched as a source, with what led to it says of it."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        kind = found.headers.get("content-type", "")
        charset = kind.partition("charset=")[2].partition(";")[0].strip()
        at = found.url
        capture = Capture(found_at=at, url=at, fetched=now, tool=TOOL, charset=charset)
        return Source(found.url, raw=found.body, capture=capture, said=said)

    def archived(self, found: Fetched, source: Source) -> Source:
        """Keep what was fetched in the archive, if there is one."""
        if not self.archive:
            return source
        offset = archived(self.archive, found, source.capture.fetched, source.said)
        return replace(source, capture=replace(source.capture, offset=offset))

    def pages(
        self, whole: Source, found: Fetched, before: Sequence[str], read: list[str]
    ) -> Iterator[Source | Report | Problem]:
        """Yield the page of each entry; the entry itself where it cannot be had.

        The page of an entry that was there `before`, in the same words, is not asked
        for again. The archive keeps with a feed which entries stand for themselves.
        """
        child = Child()
        try:
            entries = list(inputs.each(whole, child))
        finally:
            child.close()
        alone: list[int] = []
        for entry in entries:
            if isinstance(entry, Problem):
                yield entry
            elif entry.url and (name := words_of(entry)) in before:
                read.append(name)
            else:
                for item in self.page(entry, whole.said.outlet, read):
                    alone += [number_of(entry)] * (item is entry)
                    yield item
        self.archived(
            found, replace(whole, said=replace(whole.said, entries=tuple(alone)))
        )

    def page(
        self, entry: Report, outlet: str, read: list[str]
    ) -> Iterator[Source | Report | Problem]:
        """Yield an entry's page, or why it cannot be had and the entry."""
        if not entry.url:
            yield entry
            return
        try:
            found = self.request(entry.url, {})
        except NotFetched as error:
            yield Problem(entry.url, "read", error.code, str(error))
            yield entry
            return
        if found.status < BROKEN:
            read.append(words_of(entry))
        if found.status != WELL:
            yield entry
            return
        said = Said(entry.title, outlet, entry.byline, entry.published)
        yield self.archived(found, self.source(found, said))


def number_of(entry: Report) -> int:
    """Return the number of an entry in its feed."""
    return (entry.capture.offset if entry.capture else None) or 0


def words_of(entry: Report) -> str:
    """Return a short name for an entry as it stands, which changes with its words."""
    told = "\n".join((entry.url, entry.text, str(entry.published)))
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def conditions(known: State) -> dict[str, str]:
    """Return the headers that spare a feed its repetition."""
    told = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in told.items() if value}


def rest(feed: Feed, found: Fetched) -> float:
    """Return how long to leave a feed alone: as we wish, or longer where it asks."""
    asked = found.headers.get("cache-control", "").partition("max-age=")[2]
    digits = asked.partition(",")[0].strip()
    fresh = int(digits) if digits.isdigit() and len(digits) < 9 else 0
    return float(min(LONGEST, max(feed.every, fresh)))


def after(told: str) -> float:
    """Return the seconds of a Retry-After header, 0 for what is none."""
    if told.isdigit() and len(told) < 9:
        return float(told)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time())
    except (ValueError, TypeError, IndexError):
        return 0.0
