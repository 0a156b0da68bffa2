"""Broken inputs through the installed command, in a child with limits.

Each test's first words name the case; what must happen stands in its asserts.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.command import Bounded, limited, sums
from tests.database import database
from tests.faults import builders as make

pytestmark = pytest.mark.fault
MB = 1 << 20
SCRIPT = "&lt;script&gt;alert(1)&lt;/script&gt;"
DEPTHS = [260, 5_000, 50_000]
KOREAN = "대통령은 화요일 베이징에 도착했다고 통신이 보도했다. 회담은 수요일에 열린다."
RUSSIAN = "Президент прибыл в Пекин во вторник, сообщили в министерстве. " * 3
CHINESE = "总统星期二抵达北京,外交部官员说。会谈将于星期三举行,双方将讨论贸易问题。"
WALL = "We use cookies. Accept all cookies or manage your preferences. Cookie policy."


@dataclass(frozen=True)
class Ingested:
    """A folder of broken inputs after the command has read it."""

    folder: Path
    done: Bounded

    def ask(self, sql: str, *values: str) -> list[tuple[str, ...]]:
        with database(self.folder / "s.db") as to:
            return to.execute(sql, values).fetchall()

    def texts(self, name: str) -> list[str]:
        asked = (
            "SELECT r.text FROM reports r JOIN captures c ON c.report = r.key"
            " WHERE c.found_at LIKE ? ORDER BY c.rowid"
        )
        return [text for (text,) in self.ask(asked, f"%{name}%")]

    def codes(self, name: str) -> list[str]:
        asked = "SELECT code FROM problems WHERE report LIKE ? ORDER BY rowid"
        return [code for (code,) in self.ask(asked, f"%{name}%")]


def deep(count: int) -> bytes:
    words = f"<p>{make.story(DEPTHS.index(count))}</p>"
    return make.page(body="<div>" * count + words + "</div>" * count)


def fill(folder: Path) -> None:  # noqa: PLR0915  a list of inputs
    """Write everything that is wrong but small."""
    make.cut_warc(folder / "cut.warc.gz")
    make.hurt_warc(folder / "hurt.warc.gz")
    make.mixed_warc(folder / "mixed.warc")
    for count in DEPTHS:
        (folder / f"deep{count}.html").write_bytes(deep(count))
    for name, text, charset in (
        ("cp1251", RUSSIAN, "cp1251"),
        ("koi8", RUSSIAN, "koi8-r"),
        ("utf16", f"\ufeff{make.story(1)}", "utf-16-le"),
        ("gb", CHINESE * 3, "gb18030"),
        ("euckr", KOREAN * 3, "euc-kr"),
        ("arabic", "وصل الرئيس إلى بكين يوم الثلاثاء، حسبما ذكرت الوزارة. " * 3, "cp1256"),
    ):
        (folder / f"{name}.txt").write_bytes(text.encode(charset))
    quoted = f"“We’re free,” a pilot said. – {make.story(2)}"
    (folder / "twice.txt").write_text(make.misread(quoted))
    wrong = make.page(3).replace(b"Pilots are", "Pilots’ café".encode("cp1252"))
    (folder / "wrong.html").write_bytes(wrong.replace(b"<title>", b'<meta charset="utf-8"><title>'))
    (folder / "lost.txt").write_text("�" * 40 + make.story(4))
    make.lines(
        folder / "controls.jsonl",
        [
            {"id": "nul", "text": f"\x00{make.story(5)}"},
            {"id": "esc", "text": f"\x1b[31m\x9b31m{make.story(6)}\ufeff"},
            {
                "id": "rlo",
                "title": "\u202eabc",
                "text": make.story(7).replace("free", "f\u202eree"),
            },
            {
                "id": "shy",
                "published": "2024-03-05",
                "text": make.story(8).replace("Monday", "Mon\u00adday"),
            },
            {"id": "zwsp", "text": make.story(9).replace("Kenya", "Ken\u200bya")},
            {"id": "pose", "text": make.story(12).replace("Kenya", "K\u0435ny\u0430")},
        ],
    )
    with (folder / "controls.jsonl").open("a") as file:
        file.write('{"id": "half", "text": "Kenya freed \\ud800 two pilots."}\n')
    make.entities(folder / "entities")
    (folder / "secret.txt").write_text("The secret minister met nobody at all on Monday.")
    (folder / "feed.rss").write_bytes(
        make.feed(
            make.item(1, "<guid>g1</guid><pubDate>Mon, 01 Jan 0001 00:00:00 GMT</pubDate>")
            + make.item(2, "<link>javascript:alert(1)</link>")
            + f"<item><title>Kenya {SCRIPT} frees</title></item>"
        )
    )
    others = folder / "others"
    others.mkdir()
    (others / "korean.txt").write_text(KOREAN)
    (others / "empty.html").write_bytes(b"")
    (others / "emoji.txt").write_text("😀")
    (others / "wall.html").write_bytes(make.page(body=f"<p>{WALL}</p>"))
    (others / "gone.html").write_bytes(
        make.page(body="<p>Page not found. The page you are looking for is gone.</p>")
    )
    (others / "stub.html").write_bytes(
        make.page(body="<p>Kenya freed two pilots. Subscribe to continue reading.</p>")
    )
    (others / "really.html").write_bytes(b"%PDF-1.7\n%broken")
    (others / "picture.png").write_bytes(b"\x89PNG\r\n")
    (folder / ".git").mkdir()
    (folder / ".git" / "page.txt").write_text(make.story(1))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Ingested:
    folder = tmp_path_factory.mktemp("broken")
    (folder / "in").mkdir()
    fill(folder / "in")
    done = limited(folder, "code", "in", "--store", "s.db")
    again = limited(folder, "code", "in", "--store", "s.db")
    assert "Traceback" not in done.stderr + again.stderr
    counts = sums(again.stderr)
    assert counts["stored"] == 0
    assert again.returncode == done.returncode
    return Ingested(folder, done)


def test_every_record_ends_in_one_of_four_ways(broken: Ingested) -> None:
    counts = sums(broken.done.stderr)
    (stored,) = broken.ask("SELECT count(*) FROM reports")
    assert stored[0] == counts["stored"]
    assert counts["rejected"] > 12 and counts["quarantined"] == 1
    assert broken.done.returncode == 3


def test_a_cut_archive_gives_its_whole_records_and_says_so(broken: Ingested) -> None:
    assert len(broken.texts("cut.warc.gz")) == make.cut_warc(broken.folder / "x.gz")
    assert broken.codes("cut.warc.gz") == ["truncated"]
    ((told,),) = broken.ask("SELECT message FROM problems WHERE report LIKE '%cut.w%'")
    assert "at byte" in told and "file incomplete" in told


def test_damage_costs_one_record_and_the_next_are_read(broken: Ingested) -> None:
    assert len(broken.texts("hurt.warc.gz")) == 9
    assert broken.codes("hurt.warc.gz") == ["damaged"]


def test_records_without_reports_are_passed_over_and_wrong_ones_told(broken: Ingested) -> None:
    assert len(broken.texts("mixed.warc@")) == 3
    assert broken.codes("mixed.warc@") == ["bad_length", "bad_length"]
    for kind in ("warcinfo", "request", "metadata", "HTTP 404", "revisit", "robots"):
        assert kind in broken.done.stderr


@pytest.mark.parametrize("count", DEPTHS)
def test_no_depth_loses_the_text(broken: Ingested, count: int) -> None:
    (text,) = broken.texts(f"deep{count}.")
    assert make.story(DEPTHS.index(count)) in text


@pytest.mark.parametrize(
    ("name", "words", "language"),
    [
        ("cp1251", "Президент", "ru"),
        ("koi8", "Президент", "ru"),
        ("gb", "总统星期二", "zh"),
        ("euckr", "대통령은", "ko"),
        ("arabic", "الرئيس", "ar"),
        ("utf16", "Kenya freed", "en"),
        ("twice", "“We’re free,”", "en"),
        ("wrong", "Pilots’ café", "en"),
    ],
)
def test_a_wrong_charset_is_read_right(
    broken: Ingested, name: str, words: str, language: str
) -> None:
    (text,) = broken.texts(f"/{name}.")
    assert words in text
    asked = "SELECT r.language, c.charset FROM reports r JOIN captures c"
    asked += " ON c.report = r.key WHERE c.found_at LIKE ?"
    ((told, charset),) = broken.ask(asked, f"%/{name}.%")
    assert told == language
    assert charset or name == "utf16"


def test_a_text_of_lost_characters_is_set_aside_whole(broken: Ingested) -> None:
    asked = "SELECT code, raw FROM quarantine WHERE found_at LIKE '%lost.txt'"
    ((code, raw),) = broken.ask(asked)
    assert code == "garbled"
    assert raw == (broken.folder / "in/lost.txt").read_bytes()  # type: ignore[comparison-overlap]


@pytest.mark.parametrize("name", ["nul", "esc", "rlo", "shy", "zwsp", "pose"])
def test_hidden_characters_are_kept_and_hide_no_act(broken: Ingested, name: str) -> None:
    given = [
        json.loads(line) for line in (broken.folder / "in/controls.jsonl").read_text().splitlines()
    ]
    text = next(row["text"] for row in given if row["id"] == name)
    ((kept,),) = broken.ask("SELECT text FROM reports WHERE id = ?", name)
    assert kept == text
    asked = "SELECT c.record FROM claims c JOIN reports r ON r.key = c.report"
    found = [json.loads(r) for (r,) in broken.ask(f"{asked} WHERE r.id = ?", name)]
    assert "RETREAT" in {claim["type"] for claim in found}
    for claim in found:
        at = claim["trigger"]
        assert text[at["start"] : at["end"]] == at["text"]
    if name == "shy":
        assert any(c["when"] and "Mon\u00adday" in c["when"]["text"] for c in found)


def test_half_a_character_becomes_one_sign(broken: Ingested) -> None:
    ((kept,),) = broken.ask("SELECT text FROM reports WHERE id = 'half'")
    assert kept == "Kenya freed \ufffd two pilots."


def test_the_terminal_is_not_commanded(broken: Ingested) -> None:
    for words in (("show", "esc"), ("show", "rlo"), ("events", "--report", "esc")):
        done = limited(broken.folder, *words, "--store", "s.db")
        assert done.returncode == 0
        assert not set("\x1b\x9b\u202e\x00") & set(done.stdout + done.stderr)


def test_entities_are_refused_and_open_nothing(broken: Ingested) -> None:
    assert broken.codes("/entities/") == ["xml_entities"] * 5
    assert not broken.ask("SELECT 1 FROM reports WHERE title LIKE '%secret minister%'")


def test_a_feed_gives_no_date_it_does_not_have(broken: Ingested) -> None:
    asked = "SELECT r.id, r.published, r.url, r.title FROM reports r JOIN captures c"
    rows = broken.ask(f"{asked} ON c.report = r.key WHERE c.found_at LIKE '%feed.rss#%'")
    assert len(rows) == 3
    assert [row[1:3] for row in rows] == [(None, "")] * 3
    assert not any("<" in title for _, _, _, title in rows)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("korean.txt", "unsupported_language"),
        ("empty.html", "not_a_report"),
        ("emoji.txt", "not_a_report"),
        ("wall.html", "not_a_report"),
        ("gone.html", "not_a_report"),
        ("stub.html", "not_a_report"),
        ("really.html", "damaged"),
    ],
)
def test_what_is_no_report_is_told_as_such(broken: Ingested, name: str, code: str) -> None:
    if name == "korean.txt":
        asked = "SELECT r.id FROM reports r JOIN captures c ON c.report = r.key"
        ((name,),) = broken.ask(f"{asked} WHERE c.found_at LIKE '%korean.txt'")
    assert broken.codes(name) == [code]


def test_what_is_hidden_stays_unread(broken: Ingested) -> None:
    assert not broken.texts("/.git")
    assert not broken.codes("/.git")
