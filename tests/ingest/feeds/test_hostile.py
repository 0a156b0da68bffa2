"""What a feed, its pages and its host say never ends the watching of the others."""

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.ingest.feeds import formats, poll
from dateline.ingest.feeds.fetch import Fetched, Fetcher, NotFetched
from dateline.ingest.feeds.formats import Feed, State, load_states, name_feed
from dateline.ingest.feeds.poll import Bounds, Watch, read_figure, retry_after
from dateline.ingest.reading.inputs import read_reports
from dateline.ingest.run import Ingest, one_by_one
from dateline.nlp.report_identity import FIELD, read_kept_header
from tests.faults import builders as make
from tests.ingest.feeds.test_poll import HOST, ONE, Silent, Web, kept, watch

TWO = Feed(f"{HOST}/other", outlet="Lake Wire", every=600)
NUMBERS = ["²", "①", "٣", "-5", "+5", "1e9", "nan", "inf", "", " ", "9" * 40, "0x10"]
NUMBERS += ["1_0", "9" * 5000, "12 0", '"', "\x00", "3.5", "५" * 7]
DAYS = [
    "Mon, 01 Jan 99999 00:00:00 GMT",
    "Mon, 99 Foo 2024 99:99:99 +9999",
    "Fri, 31 Dec 9999 23:59:59 -2359",
    "Mon, 01 Jan 0001 00:00:00 +2359",
    "Mon, 01 Jan 0000 00:00:00 GMT",
    "Tue, 1 Jan 2030",
    "01 Jan 1970 00:00:00 -0000",
    "Mon, ²² Jan 2024 00:00:00 GMT",
    "Wed, 21 Oct 2015 07:28:00 +99999999999",
    "," * 50,
]


def paged(told: dict[str, str], *numbers: int) -> tuple[dict[str, str], bytes]:
    links = (make.item(n, f"<link>{HOST}/news/{n}</link>") for n in numbers)
    return told, make.feed("".join(links))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1_700_000_000.0]
    monkeypatch.setattr(poll, "time", lambda: now[0])
    return now


def light(folder: Path, pages: dict[str, Any], clock: list[float]) -> Watch:
    """Return a watch that keeps nothing, which is made in no time."""

    def wait(seconds: float) -> None:
        clock[0] += seconds

    ingest = Ingest(one_by_one(Silent()), None, {})  # type: ignore[arg-type]
    file = folder / "state.json"
    return Watch(Web(pages), ingest, load_states(file), file, wait=wait)  # type: ignore[arg-type]


def test_no_header_of_a_feed_ends_the_watching(tmp_path: Path, clock: list[float]) -> None:
    run = light(tmp_path, {TWO.url: 503}, clock)
    for told in (*NUMBERS, *DAYS):
        head = {"cache-control": f"public, max-age={told}", "retry-after": told}
        head |= {"etag": told, "last-modified": told}
        head["content-type"] = f"text/xml; charset={told}"
        run.fetcher.pages[ONE.url] = (head, make.feed(make.item(1)))  # type: ignore[attr-defined]
        run.states.pop(ONE.url, None)
        first, *_ = run.once([ONE, TWO])
        assert not first.failed and len(first.done) == 1, told
        for feed in (ONE, TWO):
            due = run.states[feed.url].due - clock[0]
            assert feed.every - 60 <= due <= poll.LONGEST, told
        clock[0] += poll.LONGEST


@pytest.mark.parametrize("told", [*NUMBERS, *DAYS])
def test_a_number_or_a_day_of_a_header_is_one_or_none(told: str) -> None:
    assert 0 <= retry_after(told) < 300e9
    assert read_figure(told) is None


def test_a_day_in_a_header_is_heeded(tmp_path: Path, clock: list[float]) -> None:
    assert retry_after("Tue, 14 Nov 2023 23:13:20 GMT") == 3600
    run = light(tmp_path, {}, clock)
    run.fetcher.pages[ONE.url] = 503  # type: ignore[attr-defined]
    head = {"retry-after": "7200"}
    run.failed(ONE, State(), "HTTP 503", Fetched(ONE.url, 503, head, b""))
    assert run.states[ONE.url].due - clock[0] == 7200
    feed = Fetched(ONE.url, 200, {"cache-control": 'max-age="3600", public'}, b"")
    assert poll.seconds_to_rest(ONE, feed) == 3600


@pytest.mark.parametrize("told", ['"a"\r\n X: y', "é", "x" * 5000, "\x00"])
def test_a_tag_that_cannot_be_sent_back_is_not(told: str) -> None:
    known = State(etag=told, modified="Tue, 14 Nov 2023 23:13:20 GMT")
    assert list(poll.conditional_headers(known)) == ["If-Modified-Since"]


@pytest.mark.parametrize(
    "where", ["http://[", "http://[::1", "//[", "http://[v1.x]/", "http://a]b/"]
)
def test_a_redirect_to_no_address_is_told(where: str) -> None:
    class Moved(Fetcher):
        def one(self, url: str, *_: Any) -> Fetched:
            return Fetched(url, 302, {"location": where}, b"")

    with pytest.raises(NotFetched) as told:
        Moved("test").get(ONE.url, {}, lambda _: None)
    assert told.value.code in ("bad_redirect", "too_many_redirects")


def test_no_robots_rules_end_the_watching(tmp_path: Path, clock: list[float]) -> None:
    for rules in (b"\xff\xfe\x00", b"Crawl-delay: nan", b"*" * 999, b"Crawl-delay: 1e999"):
        told = b"User-agent: *\nAllow: /\n" + rules
        pages = {f"{HOST}/robots.txt": ({}, told), ONE.url: ({}, make.feed(make.item(1)))}
        (polled,) = light(tmp_path, pages, clock).once([ONE])
        assert polled.told == "1 new of 1"
        clock[0] += poll.LONGEST


def test_where_we_err_over_one_feed_the_others_go_on(tmp_path: Path, clock: list[float]) -> None:
    pages = {ONE.url: ValueError("odd"), TWO.url: ({}, make.feed(make.item(1)))}
    first, second = light(tmp_path, pages, clock).once([ONE, TWO])
    assert first.failed and "our own fault" in first.told
    assert second.told == "1 new of 1"


def test_a_poll_asks_for_so_many_pages_and_the_rest_wait(
    tmp_path: Path, clock: list[float]
) -> None:
    pages: dict[str, Any] = {
        f"{HOST}/news/{n}": ({"content-type": "text/html"}, make.page(n)) for n in range(1, 6)
    }
    pages[ONE.url] = paged({"etag": '"1"'}, 1, 2, 3, 4, 5)
    feed = Feed(ONE.url, pages=True, every=3600)
    run = watch(tmp_path, pages, clock, bounds=Bounds(pages=2))
    told = []
    for _ in range(3):
        told += [polled.told for polled in run.once([feed])]
        clock[0] = run.states[ONE.url].due
    assert told == [
        "2 new of 2; 3 more pages wait for its next turn",
        "2 new of 2; 1 more pages wait for its next turn",
        "1 new of 1",
    ]
    assert kept(tmp_path) == 5
    assert run.states[ONE.url].etag == '"1"'


def test_slow_pages_do_not_hold_up_other_feeds(tmp_path: Path, clock: list[float]) -> None:
    class Slow(dict[str, Any]):
        def get(self, url: str, other: Any = None) -> Any:
            clock[0] += 30 * ("/news/" in url)
            return super().get(url, other)

    pages = Slow({ONE.url: paged({}, *range(1, 60)), TWO.url: ({}, make.feed(""))})
    pages |= {f"{HOST}/news/{n}": NotFetched("timeout", "slow") for n in range(60)}
    run = light(tmp_path, pages, clock)
    began = clock[0]
    first, _ = run.once([Feed(ONE.url, pages=True, every=900), TWO])
    assert clock[0] - began < 400
    assert "pages wait" in first.told
    assert run.states[ONE.url].due - clock[0] > 800  # nothing could be had


def test_pages_that_failed_do_not_stand_before_the_others(
    tmp_path: Path, clock: list[float]
) -> None:
    pages: dict[str, Any] = {ONE.url: paged({}, 1, 2, 3)}
    pages[f"{HOST}/news/1"] = NotFetched("timeout", "slow")
    pages[f"{HOST}/news/2"] = NotFetched("timeout", "slow")
    pages[f"{HOST}/news/3"] = ({"content-type": "text/html"}, make.page(3))
    run = watch(tmp_path, pages, clock, bounds=Bounds(pages=2))
    for _ in range(2):
        list(run.once([Feed(ONE.url, pages=True)]))
        clock[0] = run.states[ONE.url].due
    asked = [u for u, _ in run.fetcher.asked if "/news/" in u]  # type: ignore[attr-defined]
    assert [u[-1] for u in asked] == ["1", "2", "3", "1"]


def test_a_clock_set_back_puts_nobody_off(tmp_path: Path, clock: list[float]) -> None:
    pages = {ONE.url: ({}, make.feed(make.item(1)))}
    run = light(tmp_path, pages, clock)
    list(run.once([ONE]))
    waits: list[float] = []
    run.wait = waits.append
    clock[0] -= 10 * 365 * 86400
    assert len(list(run.once([ONE]))) == 1
    assert max(waits) <= 60


@pytest.mark.parametrize(
    "row",
    [
        {"due": "x"},
        {"due": float("nan")},
        {"due": float("inf")},
        {"due": 1e300},
        {"due": None, "failures": -3, "gone": "no"},
        {"read": 3, "tried": {"a": 1}, "etag": 7, "failures": "x", "store": []},
        {"read": [1, None, "a"], "due": [], "modified": {}},
        {"due": 10**400},
    ],
)
def test_no_state_ends_the_watching(
    tmp_path: Path, clock: list[float], row: dict[str, Any]
) -> None:
    (tmp_path / "state.json").write_text(json.dumps({ONE.url: row}))
    run = light(tmp_path, {ONE.url: ({}, make.feed(make.item(1)))}, clock)
    assert [polled.told for polled in run.once([ONE])] == ["1 new of 1"]


def test_no_password_of_a_feed_is_kept_or_told(tmp_path: Path, clock: list[float]) -> None:
    feed = Feed(f"{HOST}/feed?token=S3CRET", "Coast Wire", pages=True)
    bad = Feed("https://me:S3CRET@coast.example/feed")
    pages = {
        feed.url: paged({}, 1),
        f"{HOST}/news/1": NotFetched("timeout", "slow"),
        bad.url: NotFetched("timeout", "slow"),
    }
    archive = tmp_path / "a.warc.gz"
    run = watch(tmp_path, pages, clock, archive=archive)
    polled = list(run.once([feed, bad]))
    assert all("S3CRET" not in each.told for each in polled)
    assert "S3CRET" not in (tmp_path / "state.json").read_text()
    assert b"S3CRET" not in (tmp_path / "s.db").read_bytes()
    found = [r for r in read_reports([str(archive)]) if hasattr(r, "text")]
    assert found and all("S3CRET" not in repr(each) for each in found)
    assert name_feed(feed.url) in load_states(tmp_path / "state.json")
    assert name_feed(feed.url) != name_feed(feed.url.replace("S3", "T3"))
    assert not list(run.once([feed]))


def test_no_number_of_an_archive_ends_its_reading() -> None:
    assert read_kept_header({f"{FIELD}Entries": "1 ² -3 x 5"}).entries == (1, 5)


def test_no_line_break_of_an_address_gets_into_the_archive() -> None:
    class Plain(Fetcher):
        def one(self, url: str, *_: Any) -> Fetched:
            return Fetched(url, 200, {}, b"")

    found = Plain("test").get(f"{HOST}/a\r\nWARC-Type: x\t", {}, lambda _: None)
    assert found.url == f"{HOST}/aWARC-Type: x"
    assert formats.name_feed(ONE.url) == ONE.url
