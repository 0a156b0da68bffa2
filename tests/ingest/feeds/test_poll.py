"""Feeds polled: conditional, polite, patient; nothing lost in a crash."""

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.ingest.feeds import poll
from dateline.ingest.feeds.fetch import Fetched, NotFetched
from dateline.ingest.feeds.formats import BadList, Feed, State, load_states, read_feeds, save_states
from dateline.ingest.feeds.poll import Watch
from dateline.ingest.reading.inputs import read_reports, sources
from dateline.ingest.run import Ingest, one_by_one
from dateline.store.sql import SqlStore
from tests.faults import builders as make

HOST = "https://coast.example"
ONE = Feed(f"{HOST}/feed", outlet="Coast Wire", every=600)


class Web:
    """A web of a few pages, which notes what is asked of it."""

    agent = "dateline/test"

    def __init__(self, pages: dict[str, Any]) -> None:
        self.pages, self.asked = pages, []  # type: ignore[var-annotated]

    def get(self, url: str, headers: dict[str, str], welcome: Any, _asked_by: str = "") -> Fetched:
        welcome(url)
        self.asked.append((url, headers))
        found = self.pages.get(url, 404)
        if isinstance(found, str):
            return self.get(found, headers, welcome)
        if isinstance(found, Exception):
            raise found
        if isinstance(found, int):
            return Fetched(url, found, {}, b"")
        told, body = found
        if headers.get("If-None-Match") == told.get("etag", "-"):
            return Fetched(url, 304, told, b"")
        return Fetched(url, 200, told, body)


class Silent:
    """A coder that reads no act, in no time."""

    def code(self, report: Any) -> Any:
        from dateline.model.coding import UNDATED, Coding

        return Coding(report, UNDATED, (), ())


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1_000_000.0]
    monkeypatch.setattr(poll, "time", lambda: now[0])
    return now


def watch(folder: Path, pages: dict[str, Any], clock: list[float], **more: Any) -> Watch:
    def wait(seconds: float) -> None:
        clock[0] += seconds

    made: dict[str, Any] = {"version": "1"}
    ingest = Ingest(one_by_one(Silent()), SqlStore(str(folder / "s.db")), made)  # type: ignore[arg-type]
    file = folder / "state.json"
    return Watch(Web(pages), ingest, load_states(file), file, wait=wait, **more)  # type: ignore[arg-type]


def kept(folder: Path) -> int:
    return SqlStore(str(folder / "s.db"), write=False).counts()["reports"]


def test_a_feed_is_asked_for_what_is_new_only(tmp_path: Path, clock: list[float]) -> None:
    pages = {ONE.url: ({"etag": '"1"'}, make.feed(make.item(1) + make.item(2)))}
    first = watch(tmp_path, pages, clock)
    assert [p.told for p in first.once([ONE])] == ["2 new of 2"]
    assert not list(first.once([ONE]))
    clock[0] += 601
    again = watch(tmp_path, pages, clock)
    assert [p.told for p in again.once([ONE])] == ["unchanged of 0"]
    assert again.fetcher.asked[-1][1] == {"If-None-Match": '"1"'}  # type: ignore[attr-defined]
    assert kept(tmp_path) == 2


def test_after_a_crash_nothing_is_lost_or_doubled(
    tmp_path: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = {ONE.url: ({"etag": '"1"'}, make.feed(make.item(1) + make.item(2)))}

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(poll, "save_states", crash)
        with pytest.raises(KeyboardInterrupt):
            list(watch(tmp_path, pages, clock).once([ONE]))
    assert [p.told for p in watch(tmp_path, pages, clock).once([ONE])] == ["0 new of 2"]
    assert kept(tmp_path) == 2


def test_who_fails_is_asked_less_and_less(tmp_path: Path, clock: list[float]) -> None:
    run = watch(tmp_path, {ONE.url: 503}, clock)
    waits = []
    for _ in range(12):
        list(run.once([ONE]))
        waits.append(run.states[ONE.url].due - clock[0])
        clock[0] = run.states[ONE.url].due
    assert waits[:3] == [1200, 2400, 4800]
    assert waits[-1] == poll.LONGEST
    run.fetcher.pages[ONE.url] = NotFetched("unreachable", "x")  # type: ignore[attr-defined]
    assert "unreachable" in next(run.once([ONE])).told


def test_robots_are_heeded(tmp_path: Path, clock: list[float]) -> None:
    rules = b"User-agent: *\nDisallow: /feed\n"
    pages = {f"{HOST}/robots.txt": ({}, rules), ONE.url: ({}, make.feed(make.item(1)))}
    run = watch(tmp_path, pages, clock)
    assert "robots" in next(run.once([ONE])).told
    assert [url for url, _ in run.fetcher.asked] == [f"{HOST}/robots.txt"]  # type: ignore[attr-defined]


def test_robots_are_heeded_where_a_redirect_leads(tmp_path: Path, clock: list[float]) -> None:
    far = "https://far.example"
    pages = {
        ONE.url: f"{far}/feed",
        f"{far}/robots.txt": ({}, b"User-agent: *\nDisallow: /feed\n"),
        f"{far}/feed": ({}, make.feed(make.item(1))),
    }
    run = watch(tmp_path, pages, clock)
    assert "robots" in next(run.once([ONE])).told
    assert f"{far}/feed" not in [url for url, _ in run.fetcher.asked]  # type: ignore[attr-defined]


def test_one_page_that_cannot_be_had_brings_its_own_entry_alone(
    tmp_path: Path, clock: list[float]
) -> None:
    items = [make.item(n, f"<link>{HOST}/news/{n}</link>") for n in (1, 2, 3)]
    pages = {
        ONE.url: ({"content-type": "application/rss+xml"}, make.feed("".join(items))),
        f"{HOST}/news/1": ({"content-type": "text/html"}, make.page(1)),
        f"{HOST}/news/2": ({"content-type": "text/html"}, make.page(2)),
        f"{HOST}/news/3": NotFetched("unreachable", "no route"),
    }
    (polled,) = watch(tmp_path, pages, clock).once([Feed(ONE.url, pages=True)])
    assert [d.outcome for d in polled.done] == [*["stored"] * 2, "rejected", "stored"]
    last = polled.done[-1].report
    assert last and last.capture and last.capture.found_at == f"{ONE.url}#3"
    assert kept(tmp_path) == 3


def test_the_page_of_an_entry_is_asked_for_once_until_the_entry_changes(
    tmp_path: Path, clock: list[float]
) -> None:
    def feed(*told: int) -> tuple[dict[str, str], bytes]:
        items = (make.item(n, f"<link>{HOST}/news/1</link>") for n in told)
        return {}, make.feed("".join(items))

    page = ({"content-type": "text/html"}, make.page(1))
    pages = {ONE.url: feed(1), f"{HOST}/news/1": page}
    asked = []
    for told in (1, 1, 2):
        pages[ONE.url] = feed(told)
        run = watch(tmp_path, pages, clock)
        list(run.once([Feed(ONE.url, pages=True, every=600)]))
        asked.append([url for url, _ in run.fetcher.asked].count(f"{HOST}/news/1"))  # type: ignore[attr-defined]
        clock[0] += 3600
    assert asked == [1, 0, 1]


def test_a_page_in_the_place_of_a_feed_is_no_report(tmp_path: Path, clock: list[float]) -> None:
    run = watch(tmp_path, {ONE.url: ({"content-type": "text/html"}, make.page(1))}, clock)
    (polled,) = run.once([ONE])
    assert polled.failed
    assert "a page, no feed" in polled.told
    assert kept(tmp_path) == 0


def test_what_one_store_has_is_not_held_to_be_in_another(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    save_states(path, {ONE.url: State(etag="1", store="/a.db", read=("x",)), "v": State(due=5)})
    assert load_states(path, "/a.db") == {
        ONE.url: State(etag="1", store="/a.db", read=("x",)),
        "v": State(due=5),
    }
    assert load_states(path, "/b.db") == {"v": State(due=5)}


def test_a_host_is_not_hurried(tmp_path: Path, clock: list[float]) -> None:
    rules = b"User-agent: *\nCrawl-delay: 9\n"
    feed = ({}, make.feed(make.item(1)))
    other = Feed(f"{HOST}/other", every=600)
    pages = {f"{HOST}/robots.txt": ({}, rules), ONE.url: feed, other.url: feed}
    began = clock[0]
    list(watch(tmp_path, pages, clock).once([ONE, other]))
    assert clock[0] - began == pytest.approx(18)


def test_a_feed_that_is_gone_is_left_alone(tmp_path: Path, clock: list[float]) -> None:
    run = watch(tmp_path, {ONE.url: 410}, clock)
    assert "gone for good" in next(run.once([ONE])).told
    assert list(run.forever([ONE])) == []


def test_pages_are_read_where_wanted_and_kept_in_an_archive(
    tmp_path: Path, clock: list[float]
) -> None:
    link = f"<link>{HOST}/news/1</link>"
    pages = {
        ONE.url: ({"content-type": "application/rss+xml"}, make.feed(make.item(3, link))),
        f"{HOST}/news/1": ({"content-type": "text/html"}, make.page(1)),
    }
    archive = tmp_path / "a.warc.gz"
    run = watch(tmp_path, pages, clock, archive=archive)
    feed = Feed(ONE.url, pages=True)
    (polled,) = run.once([feed])
    (done,) = polled.done
    assert done.report and done.report.text.startswith("Pilots are freed")
    assert done.report.capture and done.report.capture.url == f"{HOST}/news/1"
    found = {r.text for r in read_reports([str(archive)]) if hasattr(r, "text")}
    assert done.report.text in found


def test_an_archive_read_again_gives_the_same_reports(tmp_path: Path, clock: list[float]) -> None:
    """The first page names neither day, title nor outlet, the second is not there."""
    bare = f"<html><body><article><p>{make.story(1)}</p></article></body></html>"
    day = "<pubDate>Tue, 04 Mar 2025 08:00:00 +0300</pubDate>"
    items = (make.item(n, f"<link>{HOST}/news/{n}</link>{day}") for n in (1, 2))
    pages = {
        ONE.url: ({"content-type": "application/rss+xml"}, make.feed("".join(items))),
        f"{HOST}/news/1": ({"content-type": "text/html"}, bare.encode()),
    }
    archive = tmp_path / "a.warc.gz"
    run = watch(tmp_path, pages, clock, archive=archive)
    (polled,) = run.once([Feed(ONE.url, "Lake Wire", pages=True)])
    first = next(done.report for done in polled.done if done.report)
    assert first.published and first.title and first.outlet == "Lake Wire"
    heads = ("id", "text", "title", "outlet", "published", "byline", "url")

    def told(many: Any) -> list[Any]:
        return [[getattr(r, n) for n in heads] for r in many if hasattr(r, "text")]

    again = told(read_reports([str(archive)]))
    assert again == told(done.report for done in polled.done)
    assert len(again) == 2
    list(run.ingest.run(sources([str(archive)])))
    assert kept(tmp_path) == 2
    assert run.ingest.count["duplicate"] == 2


def test_an_archive_keeps_what_the_answers_said_of_themselves(
    tmp_path: Path, clock: list[float]
) -> None:
    words = "Пілоти вийшли на волю у понеділок, сказало міністерство в столиці. " * 3
    koi = f"<html><body><article><p>{words}</p></article></body></html>".encode("koi8-u")
    pages = {
        ONE.url: ({}, make.feed(make.item(3))),
        f"{HOST}/all": ({}, make.feed(make.item(4, f"<link>{HOST}/news/1</link>"))),
        f"{HOST}/news/1": ({"content-type": "text/html; charset=koi8-u"}, koi),
    }
    archive = tmp_path / "a.warc.gz"
    run = watch(tmp_path, pages, clock, archive=archive)
    list(run.once([ONE, Feed(f"{HOST}/all", pages=True)]))
    found = [r.text for r in read_reports([str(archive)]) if hasattr(r, "text")]
    assert len(found) == 2
    assert "Пілоти вийшли" in found[1]


def test_the_outlet_of_a_feed_counts_for_pages_that_name_none(
    tmp_path: Path, clock: list[float]
) -> None:
    page = make.page(1).replace(b'content="Coast Wire"', b'content=""')
    pages = {
        ONE.url: ({}, make.feed(make.item(3, f"<link>{HOST}/news/1</link>"))),
        f"{HOST}/news/1": ({"content-type": "text/html"}, page),
    }
    run = watch(tmp_path, pages, clock)
    (polled,) = run.once([Feed(ONE.url, "Lake Wire", pages=True)])
    assert [d.report.outlet for d in polled.done if d.report] == ["Lake Wire"]


def test_lists_in_toml_and_opml(tmp_path: Path) -> None:
    (tmp_path / "f.toml").write_text(
        f'[[feed]]\nurl = "{ONE.url}"\nevery = "10m"\noutlet = "Coast Wire"\n'
    )
    assert read_feeds(tmp_path / "f.toml") == [ONE]
    (tmp_path / "f.opml").write_text(
        f'<opml><body><outline text="A"><outline xmlUrl="{ONE.url}" text="Coast Wire"/>'
        '<outline xmlUrl="file:///etc/passwd"/></outline></body></opml>'
    )
    assert read_feeds(tmp_path / "f.opml") == [Feed(ONE.url, "Coast Wire")]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "[[feed]]\n",
        '[[feed]]\nurl = "file:///x"\n',
        '[[feed]]\nurl="http://a"\nx=1\n',
        "feed = 3\n",
        'feed = ["http://a"]\n',
        "<opml",
    ],
)
def test_a_bad_list_is_told(tmp_path: Path, words: str) -> None:
    path = tmp_path / "f.toml"
    path.write_text(words)
    with pytest.raises(BadList):
        read_feeds(path)


def test_a_damaged_state_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text("{half")
    assert load_states(path) == {}
    path.write_text(json.dumps({"u": {"due": 5, "later": 1}, "v": 3}))
    assert load_states(path) == {"u": State(due=5)}
