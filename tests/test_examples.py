"""What the pages of the docs ask a reader to do works, and prints what they show."""

import csv
import gc
import json
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

from dateline.cli.serve import DAYS
from dateline.server.app import Parts, application
from dateline.server.middleware import Guard
from dateline.store.sql import SqlStore
from tests.command import Done, run
from tests.pages import DOCS, Step, alike, split_command, steps

ROOT = DOCS.parent
PAGES = [
    p.relative_to(ROOT).as_posix()
    for p in (
        ROOT / "README.md",
        *(DOCS / f"{n}.md" for n in "python research review stores".split()),
        *sorted((DOCS / "guides").glob("*.md")),
        *sorted((DOCS / "exports").glob("*.md")),
    )
]
TUTORIAL = "docs/tutorial.md"
HERE = frozenset(("testserver", "127.0.0.1"))
ELSEWHERE = {  # what is tried in other tests, or asks of the world outside
    r"git clone|pip install|make |createdb|\.": "installing: test_install.py",
    r"dateline serve": "runs until it is ended: tests/server",
    r"dateline watch": "asks the network: tests/ingest/feeds",
    r"dateline doctor": "tests/cli/test_commands.py",
    r"dateline demo": "tests/test_install.py",
    r"dateline code fetched.warc.gz": "of `watch`: tests/ingest/feeds",
    r"dateline actors import Phoenix": "a stranger's file: tests/extract/actors",
    r"dateline review (correct|add)": "of claims of one's own: tests/analysis/review",
    r"dateline code examples/grain": "the README's example: test_docs.py",
    r"dateline actors find \"Kim\"": "tests/cli",
}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example reports, each of its day, and their record: coded once a run."""
    home = tmp_path_factory.mktemp("record")
    shutil.copytree(ROOT / "examples", home / "reports")
    for odd in (home / "reports").glob("*.ipynb"):
        odd.unlink()
    (home / "reports" / "README.md").unlink()
    for name, day in DAYS.items():
        dated = ["--published", day.isoformat()] if day else []
        told = ("--quiet", "--store", "news.db", "--outlet", "Global Wire", *dated)
        done = run(home, "code", f"reports/{name}", *told)
        assert done.returncode == 0, done.stderr
    run(home, "db", "backup", "dateline.db", "--store", "news.db")
    return home


@pytest.mark.parametrize("page", PAGES)
def test_a_page_does_what_it_says(page: str, request: Any, tmp_path: Path) -> None:
    if asked := list(steps(ROOT / page)):
        home = tmp_path / "home"
        shutil.copytree(request.getfixturevalue("record"), home)
        follow_page(page, asked, home, request)
    gc.collect()  # a connection left open is told here


@pytest.fixture(scope="module")
def tutorial(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the tutorial was followed."""
    home = tmp_path_factory.mktemp("tutorial")
    follow_page(TUTORIAL, list(steps(ROOT / TUTORIAL)), home, request)
    return home


def test_the_tutorial_leads_to_its_chart(tutorial: Path) -> None:
    assert (tutorial / "events.csv").read_text().count("\n") > 6
    with SqlStore(str(tutorial / "news.db"), write=False) as store:
        client = TestClient(application(store, Parts(Guard(hosts=HERE))))
        page = client.get("/dyad?a=KEN&b=UGA").text
    months = dict(re.findall(r"<title>(2025-\d\d): (.*?)</title>", page))
    assert "material conflict" in months["2025-01"]
    assert "material conflict" in months["2025-02"]
    assert "verbal cooperation" in months["2025-04"]
    assert "material cooperation" in months["2025-05"]
    assert months["2025-06"].endswith("1 event, 1 origin")  # the plans count later


def test_the_example_client_reads_the_record(tutorial: Path) -> None:
    source = (DOCS / "page.md").read_text(encoding="utf-8")
    (client,) = re.findall(r"^```python\n(.*?)^```", source, re.DOTALL | re.MULTILINE)
    made: dict[str, Any] = {}
    exec(client.split("\nrecord = Record()")[0], made)
    with SqlStore(str(tutorial / "news.db"), write=False) as store:
        served = application(store, Parts(Guard(hosts=HERE)))
        server = uvicorn.Server(uvicorn.Config(served, port=0, log_level="error"))
        running = threading.Thread(target=server.run)
        running.start()
        while not server.started:
            sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        record = made["Record"](f"http://127.0.0.1:{port}")
        events = list(record.events(actor="KEN", status="happened", origins="2"))
        origins = [record.origins(event["event"]) for event in events]
        server.should_exit = True
        running.join(20)
    assert [event["type"] for event in events] == ["SANCTION"]
    assert len(origins[0]) == 2


def follow_page(page: str, asked: list[Step], home: Path, request: Any) -> None:
    """Do all that a page asks for, in its order."""
    made: dict[str, Any] = {}
    for step in asked:
        follow(step, home, made, request)
        printed = made.pop("printed", None)
        if step.shown is not None and printed is not None and "REGOLD" in os.environ:
            regold(ROOT / page, step, printed)


def follow(step: Step, home: Path, made: dict[str, Any], request: Any) -> None:
    """Do what a page asks for, and compare what is printed."""
    assert step.kind != "unknown", f"a block of {step.name}: nothing says what it is"
    if step.kind == "file":
        file = home / step.name
        file.parent.mkdir(exist_ok=True)
        file.write_text(step.text, encoding="utf-8")
    elif step.kind == "python":
        with standing_in(home):
            exec(step.text, made)  # noqa: S102
    elif step.kind == "sql":
        grant(step.text, home)
    elif step.kind == "comment":
        HANDS[step.text](home)
    elif step.kind == "command" and not any(re.match(p, step.text) for p in ELSEWHERE):
        done = command(own_ids(step.text, home), home, request)
        made["printed"] = done.stderr if " > " in step.text else done.told
        assert done.returncode in (0, 3), f"{step.text}\n{done.stderr}"
        if step.shown is not None and "REGOLD" not in os.environ:
            assert alike(made["printed"], step.shown), f"{step.text}\n{done.stdout}"


def command(line: str, home: Path, request: Any) -> Done:
    """Run a command of a page; a database of a server of its own for that of a page."""
    for url in re.findall(r"postgresql://\S+", line):
        line = line.replace(url, made_once(url, request, home))
    words, out = split_command(line)
    if words[:2] == ["python", "-c"]:
        with standing_in(home):
            exec(words[2], {})
        return Done(0, "", "")
    assert words[0] == "dateline", line
    done = run(home, *words[1:], COLUMNS="110", NO_COLOR="1", TERM="dumb")
    if out:
        (home / out).write_text(done.stdout, encoding="utf-8")
    return done


def made_once(url: str, request: Any, home: Path) -> str:
    """Return the URL of a database of ours that stands for one of a page."""
    kept = home / f".{url.partition('@')[2].replace('/', '.')}"
    if not kept.exists():
        make: Callable[[], str] = request.getfixturevalue("new_database")
        kept.write_text(make())
    return kept.read_text()


def grant(text: str, home: Path) -> None:
    """Give readers what a page says they need, and read as one of them."""
    url = (home / ".db.example.news").read_text()
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as to:
        to.exec_driver_sql("CREATE ROLE readers")
        named = to.exec_driver_sql("SELECT current_database()").scalar()
        for statement in filter(str.strip, text.split(";")):
            to.exec_driver_sql(statement.replace("DATABASE news", f"DATABASE {named}"))
        to.exec_driver_sql("SET ROLE readers")
        assert to.exec_driver_sql("SELECT count(*) FROM claims").scalar()
        to.exec_driver_sql("RESET ROLE")
        to.exec_driver_sql("DROP OWNED BY readers; DROP ROLE readers")
    engine.dispose()


def fill_sheets(home: Path) -> None:
    """Fill in an audit as two people do who agree with the program but for one row."""
    key = json.loads((home / "audit.key.json").read_text())["items"]
    for name in ("audit.csv", "audit.skipped.csv"):
        with (home / name).open(newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            told = key[row["item"]]
            row["type"] = told.get("type", "none").lower()
            row["actor"] = " ".join(told.get("actor", ())) or "-"
            row["recipient"] = " ".join(told.get("recipient", ())) or "-"
        rows[0]["type"] = "none"
        with (home / name).open("w", newline="") as file:
            out = csv.DictWriter(file, list(rows[0]))
            out.writeheader()
            out.writerows(rows)
    shutil.copy(home / "audit.csv", home / "other.csv")
    shutil.copytree(home / "reports", home / "my-copies")


HANDS = {  # what a page asks people to do
    "# people fill in audit.csv (and audit.skipped.csv)": fill_sheets
}


def own_ids(line: str, home: Path) -> str:
    """Return a command with an id that this store's list shows, as the text asks."""
    if not re.search(r" (event|explain|--explain) [0-9a-f]{4}", line):
        return line
    with SqlStore(str(home / "news.db"), write=False) as store:
        first = next(iter(store.claims({"actor": "KEN", "recipient": "UGA"})))
    name = first["event"] if " event " in line else first["id"]
    return re.sub(r"(event|explain) [0-9a-f]+", rf"\1 {name}", line)


def regold(page: Path, step: Step, printed: str) -> None:
    """Write what a command printed below it."""
    shown = "".join(f"{line.rstrip()}\n" for line in printed.strip().splitlines())
    text = page.read_text(encoding="utf-8")
    old = f"$ {step.text}\n{step.shown}"
    assert text.count(old) == 1, step.text
    page.write_text(text.replace(old, f"$ {step.text}\n{shown}"), encoding="utf-8")


@contextmanager
def standing_in(folder: Path) -> Iterator[None]:
    """Stand in a folder for a while."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def test_a_wrong_output_is_seen() -> None:
    assert alike("sure 0.81 of 1234abcd\n", "sure 0.84 of 99ffee00")
    assert not alike("sure 0.81 of 1234abcd", "sure 0.91 of 1234abcd")
    assert not alike("read 6 = stored 6", "read 6 = stored 5")


def test_what_is_tried_elsewhere_is_still_asked_for() -> None:
    lines = [s.text for p in (*PAGES, TUTORIAL) for s in steps(ROOT / p) if s.kind == "command"]
    assert len(lines) > 40
    for pattern in ELSEWHERE:
        assert any(re.match(pattern, line) for line in lines), pattern
