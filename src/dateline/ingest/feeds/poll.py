"""Feeds asked in turn: conditional, polite, patient, and gone from where unwelcome.

Nothing that a feed, a page or a host says ends the watching of the others: a header
that tells nothing usable is none, and a poll has an end of pages and of seconds.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import sleep, time
from typing import Any

from dateline.ingest.feeds.addresses import mask_secrets
from dateline.ingest.feeds.fetch import Fetched, Fetcher, NotFetched, append_to_archive
from dateline.ingest.feeds.formats import LEAST, Feed, State, name_feed, save_states
from dateline.ingest.reading import formats, inputs
from dateline.ingest.reading.worker import Child
from dateline.ingest.results import Done
from dateline.ingest.run import Ingest
from dateline.model import Capture, Problem, Report, Source
from dateline.model.source import HEAD, Said
from dateline.nlp.report_identity import split_address

WELL, UNCHANGED, GONE, BROKEN = 200, 304, 410, 500
LONGEST = 24 * 3600  # seconds between two polls of a feed that fails
PAUSE = 5.0  # seconds between two requests to one host
ROBOTS_FRESH = 24 * 3600
ROBOTS_KEPT = 500  # hosts
LONGEST_TAG = 1000  # characters of an ETag or a day that is sent back
FIGURE = re.compile(r"\s*\"?([0-9]{1,8})(?![0-9])")
MAX_AGE = re.compile(r"(?:^|,)\s*max-age\s*=([^,]*)", re.I)
# What our reading of a stranger's words may raise where we erred: told, not spread.
FAULTS = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError)
TOOL = "dateline watch"


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll of a feed gave."""

    feed: Feed
    told: str
    done: tuple[Done, ...] = ()
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many pages one poll of a feed asks for, and for how many seconds."""

    pages: int = 50
    seconds: float = 300


@dataclass(slots=True)
class Turn:
    """What one poll found: entries read, those whose page failed, how many wait."""

    known: State
    ends: float
    asked: int = 0
    had: int = 0
    read: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    waiting: int = 0


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
    bounds: Bounds = Bounds()
    wait: Callable[[float], None] = sleep
    asked: dict[str, float] = field(default_factory=dict)
    robots: dict[str, tuple[float, Any]] = field(default_factory=dict)

    def once(self, feeds: list[Feed]) -> Iterator[Polled]:
        """Poll every feed that is due."""
        for feed in feeds:
            known = self.known(feed)
            if not known.gone and known.due <= time():
                yield self.safely(feed, known)

    def forever(self, feeds: list[Feed]) -> Iterator[Polled]:
        """Poll feeds as they fall due, until all are gone."""
        while True:
            yield from self.once(feeds)
            states = [self.known(feed) for feed in feeds]
            due = [known.due for known in states if not known.gone]
            if not due:
                return
            self.wait(min(LONGEST, max(1.0, min(due) - time())))

    def known(self, feed: Feed) -> State:
        """Return what is known of a feed; no feed is left alone beyond its time.

        A clock that was wrong once could have put it off for years.
        """
        found = self.states.get(name_feed(feed.url), State())
        late = found.due > time() + max(LONGEST, feed.every)
        return replace(found, due=0.0) if late else found

    def safely(self, feed: Feed, known: State) -> Polled:
        """Ask one feed; where we err over what it says, the others go on."""
        try:
            return self.poll(feed, known)
        except FAULTS as error:
            told = f"our own fault, please tell us ({type(error).__name__}: {error})"
            return self.failed(feed, known, told)

    def poll(self, feed: Feed, known: State) -> Polled:
        """Ask one feed, keep what it gives, then keep that it was asked."""
        try:
            found = self.request(feed.url, conditional_headers(known), feed.url)
        except NotFetched as error:
            return self.failed(feed, known, f"{error.code}: {error}")
        if found.status == GONE:
            self.keep(feed, replace(known, gone=True, told="gone"))
            return Polled(feed, "gone for good: it is not asked again")
        if found.status not in (WELL, UNCHANGED):
            return self.failed(feed, known, f"HTTP {found.status}", found)
        if found.status == WELL and formats.reader_by_bytes(found.body[:HEAD]) == "html":
            return self.failed(feed, known, "a page, no feed", found)
        turn = Turn(known, time() + self.bounds.seconds)
        done: tuple[Done, ...] = ()
        if found.status == UNCHANGED:
            turn.read, turn.tried = list(known.read), list(known.tried)
        else:
            done = tuple(self.taken(feed, found, turn))
        self.keep(feed, after_poll(feed, found, turn))
        told = f"{sum(each.outcome == 'stored' for each in done)} new"
        told = "unchanged" if found.status == UNCHANGED else told
        told += f" of {len(done)}"
        told += f"; moved to {found.moved}" if found.moved else ""
        if turn.waiting:
            told += f"; {turn.waiting} more pages wait for its next turn"
        return Polled(feed, told, done)

    def failed(self, feed: Feed, known: State, told: str, found: Fetched | None = None) -> Polled:
        """Wait longer after each failure, and as long as we are told to."""
        count = known.failures + 1
        wait = max(feed.every, min(LONGEST, feed.every * 2 ** min(count, 12)))
        if found is not None:
            wait = max(wait, min(LONGEST, retry_after(found.headers.get("retry-after", ""))))
        later = replace(known, due=time() + wait, failures=count, told=told)
        self.keep(feed, later)
        again = f"asked again in {wait / 60:.0f} min"
        return Polled(feed, f"{told}; {again}", failed=True)

    def keep(self, feed: Feed, now: State) -> None:
        """Keep the state of one feed."""
        self.states[name_feed(feed.url)] = replace(now, store=self.store)
        save_states(self.file, self.states)

    def request(self, url: str, headers: dict[str, str], feed: str) -> Fetched:
        """Fetch an address with manners, wherever redirects lead.

        The address that it lies at comes without passwords and tokens.
        """
        try:
            found = self.fetcher.get(url, headers, partial(self.welcome, feed), feed)
        finally:
            self.asked[split_address(url).netloc] = time()
        at, moved = mask_secrets(found.url), mask_secrets(found.moved)
        return replace(found, url=at, moved=moved)

    def welcome(self, feed: str, url: str) -> None:
        """Heed a host's robots rules, then do not hurry it. Raises NotFetched."""
        rules = self.rules(feed, url)
        agent = self.fetcher.agent
        try:
            fine = rules is None or rules.can_fetch(url, agent)
            asked = rules.crawl_delay(agent) if rules else None
        except FAULTS as error:
            why = f"its robots.txt cannot be heeded: {type(error).__name__}"
            raise NotFetched("robots", why) from None
        if not fine:
            raise NotFetched("robots", "its robots.txt asks us to stay away")
        self.pause_before(url, asked or 0.0)

    def pause_before(self, url: str, delay: float = 0.0) -> None:
        """Wait where the last request to an address's host is not long ago."""
        host = split_address(url).netloc
        since = time() - self.asked.get(host, 0.0)
        pause = min(60.0, max(self.pause, delay))
        if since < pause:
            self.wait(min(pause, pause - since))  # the clock may have been set back
        self.asked[host] = time()

    def rules(self, feed: str, url: str) -> Any:
        """Return a host's robots rules; None where it has none."""
        parts = split_address(url)
        root = f"{parts.scheme}://{parts.netloc}"
        fetched, found = self.robots.get(root, (0.0, None))
        if time() - fetched < ROBOTS_FRESH and fetched:
            return found
        from protego import Protego

        answer = self.fetcher.get(f"{root}/robots.txt", {}, self.pause_before, feed)
        if answer.status >= BROKEN:
            raise NotFetched("robots", f"its robots.txt answers {answer.status}")
        words = answer.body[: 500 << 10].decode("utf-8", "replace")
        try:
            found = Protego.parse(words) if answer.status == WELL else None
        except FAULTS as error:
            why = f"its robots.txt cannot be read: {type(error).__name__}"
            raise NotFetched("robots", why) from None
        while len(self.robots) >= ROBOTS_KEPT:
            self.robots.pop(next(iter(self.robots)))
        self.robots[root] = (time(), found)
        return found

    def taken(self, feed: Feed, found: Fetched, turn: Turn) -> Iterator[Done]:
        """Yield what becomes of each entry of a feed."""
        whole = self.source(found, Said(outlet=feed.outlet))
        if feed.pages:
            pages = self.pages(feed, whole, found, turn)
            yield from self.ingest.run(pages)
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
        offset = append_to_archive(self.archive, found, source.capture.fetched, source.said)
        return replace(source, capture=replace(source.capture, offset=offset))

    def pages(
        self, feed: Feed, whole: Source, found: Fetched, turn: Turn
    ) -> Iterator[Source | Report | Problem]:
        """Yield the page of each entry; the entry itself where it cannot be had.

        The page of an entry that was there before, in the same words, is not asked
        for again. What a poll has no room for waits for the next, those whose page
        failed last. The archive keeps with a feed which entries stand for themselves.
        """
        child = Child()
        try:
            entries = list(inputs.read_source(whole, child))
        finally:
            child.close()
        alone: list[int] = []

        def failed_before(entry: Report | Problem) -> bool:
            """Whether an entry's page could not be had at the last poll."""
            known = turn.known.tried
            return isinstance(entry, Report) and digest_of_entry(entry) in known

        for entry in sorted(entries, key=failed_before):
            if isinstance(entry, Problem):
                yield entry
            elif entry.url and (name := digest_of_entry(entry)) in turn.known.read:
                turn.read.append(name)
            elif entry.url and (
                # A poll has asked for as many pages, or as long, as it may.
                turn.asked >= self.bounds.pages or time() >= turn.ends
            ):
                turn.waiting += 1
                turn.tried += [name] * (name in turn.known.tried)
            else:
                for item in self.page(feed, entry, turn):
                    if item is entry:  # its number in the feed
                        alone.append((entry.capture and entry.capture.offset) or 0)
                    yield item
        said = replace(whole.said, entries=tuple(sorted(alone)))
        self.archived(found, replace(whole, said=said))

    def page(self, feed: Feed, entry: Report, turn: Turn) -> Iterator[Source | Report | Problem]:
        """Yield an entry's page, or why it cannot be had and the entry."""
        if not entry.url:
            yield entry
            return
        turn.asked += 1
        try:
            found = self.request(entry.url, {}, feed.url)
        except NotFetched as error:
            turn.tried.append(digest_of_entry(entry))
            yield Problem(mask_secrets(entry.url), "read", error.code, str(error))
            yield entry
            return
        turn.had += 1
        (turn.read if found.status < BROKEN else turn.tried).append(digest_of_entry(entry))
        if found.status != WELL:
            yield entry
            return
        said = Said(entry.title, feed.outlet, entry.byline, entry.published)
        yield self.archived(found, self.source(found, said))


def digest_of_entry(entry: Report) -> str:
    """Return a short name for an entry as it stands, which changes with its words."""
    told = "\n".join((entry.url, entry.text, str(entry.published)))
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def conditional_headers(known: State) -> dict[str, str]:
    """Return the headers that spare a feed its repetition.

    What its host gave is sent back as it came, or not at all.
    """
    told = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {
        name: value
        for name, value in told.items()
        if 0 < len(value) <= LONGEST_TAG and value.isascii() and value.isprintable()
    }


def after_poll(feed: Feed, found: Fetched, turn: Turn) -> State:
    """Return what is known of a feed after a poll that went well.

    Where pages wait it is asked for all it has, and soon if any could be had.
    """
    soon = turn.waiting and turn.had
    due = time() + (LEAST if soon else seconds_to_rest(feed, found))
    read, tried = tuple(turn.read), tuple(turn.tried)
    if turn.waiting:
        return State(due, read=read, tried=tried)
    return State(
        due,
        read=read,
        tried=tried,
        etag=found.headers.get("etag", turn.known.etag),
        modified=found.headers.get("last-modified", turn.known.modified),
    )


def seconds_to_rest(feed: Feed, found: Fetched) -> float:
    """Return how long to leave a feed alone: as we wish, or longer where it asks."""
    asked = MAX_AGE.search(found.headers.get("cache-control", ""))
    fresh = read_figure(asked[1]) if asked else None
    return float(max(feed.every, min(LONGEST, fresh or 0)))


def read_figure(told: str) -> int | None:
    """Return the number that a header tells, None where it tells none.

    >>> [read_figure(told) for told in ("120", "\u00b2", "-5", "9" * 5000)]
    [120, None, None, None]
    """
    found = FIGURE.fullmatch(told.strip().rstrip('"'))
    return int(found[1]) if found else None


def retry_after(told: str) -> float:
    """Return the seconds of a Retry-After header, 0 for what is none.

    >>> retry_after("120")
    120.0
    >>> retry_after("\u00b2")
    0.0
    >>> retry_after("Mon, 99 Foo 99999 99:99:99 +9999")
    0.0
    """
    if (seconds := read_figure(told)) is not None:
        return float(seconds)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time())
    except (*FAULTS, OSError):
        return 0.0
