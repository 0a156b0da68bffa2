"""The tutorial's reports and commands do what the tutorial says; so does its client."""

import re
import shlex
import threading
from pathlib import Path
from time import sleep
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from dateline.cli import app
from dateline.store.sql import SqlStore
from dateline.web.app import Parts, application
from dateline.web.guard import Guard

DOCS = Path(__file__).parents[1] / "docs"
TUTORIAL = (DOCS / "tutorial.md").read_text(encoding="utf-8")
HERE = frozenset(("testserver", "127.0.0.1"))
LEFT = ("pip", "dateline doctor", "dateline serve")  # what is tried elsewhere

pytestmark = pytest.mark.slow


def blocks(language: str) -> list[str]:
    parts = re.findall(r"^```(\w*)\n(.*?)^```$", TUTORIAL, re.DOTALL | re.MULTILINE)
    return [text for name, text in parts if name == language]


def commands() -> list[str]:
    lines = [line for block in blocks("") for line in block.splitlines()]
    return [line for line in lines if not line.startswith(LEFT)]


def own_ids(line: str) -> str:
    """Return a command with an id that this store's list shows, as the text asks."""
    if not re.search(r" (event|explain) [0-9a-f]{4}", line):
        return line
    with SqlStore("news.db", write=False) as store:
        first = next(iter(store.claims({"actor": "KEN", "recipient": "UGA"})))
    name = first["event"] if " event " in line else first["id"]
    return re.sub(r"(event|explain) [0-9a-f]+", rf"\1 {name}", line)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder in which the tutorial was followed, and what its commands printed."""
    folder = tmp_path_factory.mktemp("tutorial")
    (folder / "reports").mkdir()
    (reports,) = blocks("json")
    (folder / "reports" / "lake.jsonl").write_text(reports, encoding="utf-8")
    printed = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for line in commands():
            done = CliRunner().invoke(app, shlex.split(own_ids(line))[1:])
            assert done.exit_code == 0, f"{line}: {done.output}"
            printed.append(done.output)
    return folder, "".join(printed)


def test_each_command_does_what_it_says(told: tuple[Path, str]) -> None:
    folder, printed = told
    assert len(commands()) == 6
    assert "read 6 = stored 6 + rejected 0 + quarantined 0 + duplicate 0" in printed, (
        printed
    )
    assert (folder / "events.csv").read_text().count("\n") > 6


def test_the_chart_shows_what_the_reports_tell(told: tuple[Path, str]) -> None:
    with SqlStore(str(told[0] / "news.db"), write=False) as store:
        client = TestClient(application(store, Parts(Guard(hosts=HERE))))
        page = client.get("/dyad?a=KEN&b=UGA").text
    months = dict(re.findall(r"<title>(2025-\d\d): (.*?)</title>", page))
    assert "material conflict" in months["2025-01"]
    assert "material conflict" in months["2025-02"]
    assert "verbal cooperation" in months["2025-04"]
    assert "material cooperation" in months["2025-05"]
    assert months["2025-06"].endswith("1 event, 1 origin")  # the plans count later


def test_the_example_client_reads_the_record(told: tuple[Path, str]) -> None:
    source = (DOCS / "page.md").read_text(encoding="utf-8")
    (client,) = re.findall(r"^```python\n(.*?)^```", source, re.DOTALL | re.MULTILINE)
    made: dict[str, Any] = {}
    exec(client.split("\nrecord = Record()")[0], made)
    with SqlStore(str(told[0] / "news.db"), write=False) as store:
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
