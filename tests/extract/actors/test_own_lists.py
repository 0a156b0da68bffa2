"""A list of the user's own, as the guide has it, in every way in and on every page."""

import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import dateline
from dateline.events.event_summaries import join
from dateline.model.record import Record
from dateline.server.app import Parts, application
from dateline.server.middleware import Guard
from dateline.store.sql import SqlStore
from tests.command import run

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "actors.md"
FRONT, ORLU = "list:own.csv:2", "list:own.csv:3"
TEXTS = {
    "speaks": "Lena Orlu said that Kenya would send food to Uganda. She said that"
    " Kenya had condemned the attack. The lawmaker also accused Uganda of shelling"
    " the border.",
    "acts": "The Tavo Front attacked a village in Mali on Tuesday, killing three.",
    "suffers": "Tanzania condemned the Tavo Front on Tuesday. A Tavo Front spokesman"
    " said that France had attacked a market.",
}
PUBLISHED = "2019-05-08"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the guide's own list, and a store coded by the command with it."""
    made = tmp_path_factory.mktemp("own")
    listed = re.search(r"```csv\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert listed is not None
    (made / "own.csv").write_text(listed[1])
    lines = (
        json.dumps({"id": name, "text": text, "published": PUBLISHED})
        for name, text in TEXTS.items()
    )
    (made / "reports.jsonl").write_text("\n".join(lines))
    words = ("--actors", "own.csv", "--store", "s.db", "--format", "jsonl")
    done = run(made, "code", "reports.jsonl", *words)
    assert done.returncode == 0, done.told
    assert "quarantined 0" in done.stderr
    (made / "claims.jsonl").write_text(done.stdout)
    return made


def entities(claims: list[Record], side: str) -> set[str | None]:
    return {who["entity"] for claim in claims for who in claim[side]}


def check(claims: list[Record]) -> None:
    """Look for the list's people as speaker, actor and recipient."""
    assert {FRONT, ORLU} <= entities(claims, "said_by")
    assert FRONT in entities(claims, "actors")
    assert FRONT in entities(claims, "recipients")


def test_the_command_codes_every_report(folder: Path) -> None:
    lines = (folder / "claims.jsonl").read_text().splitlines()
    claims = list(map(json.loads, lines))
    assert {claim["report"] for claim in claims} == set(TEXTS)
    check(claims)
    for claim in claims:
        assert run(folder, "explain", claim["id"], "--store", "s.db").returncode == 0


def test_python_codes_and_keeps_every_report(folder: Path, tmp_path: Path) -> None:
    coder = dateline.load(actors=str(folder / "own.csv"))
    claims = []
    with dateline.open(str(tmp_path / "s.db"), write=True) as store:
        for text in TEXTS.values():
            coding = coder.code(text, published=PUBLISHED)
            assert coding.problems == ()
            store.add(coding)
            claims += coding.claims
    check(claims)


@pytest.mark.parametrize(
    "format", ["csv", "jsonl", "ftm", "plover", "polecat", "gdelt", "ucdp", "geojson"]
)
def test_each_format_is_written(folder: Path, tmp_path: Path, format: str) -> None:
    out = str(tmp_path / "x")
    words = ("--format", format, "--out", out, "--store", "s.db", "--day-or-published")
    assert run(folder, "export", *words).returncode == 0


def test_the_pages_and_the_api_show_them(folder: Path) -> None:
    with SqlStore(str(folder / "s.db")) as kept:
        join(kept)
        guard = Guard(hosts=frozenset(("testserver",)))
        with TestClient(application(kept, Parts(guard))) as client:
            for entity, name in ((FRONT, "Tavo Front"), (ORLU, "Lena Orlu")):
                page = client.get(f"/actor/{entity}")
                assert page.status_code == 200
                assert name in page.text
                told = client.get(f"/api/v1/actors/{entity}").json()
                assert name in {row["name"] for row in told["names"]}
            listed = client.get("/api/v1/actors").json()["actors"]
            assert {FRONT, ORLU} <= {row["id"] for row in listed}
            events = client.get("/api/v1/events", params={"actor": FRONT}).json()
            assert events["events"]
