"""The record asked by a real client of the Model Context Protocol, over stdio."""

import json
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

import dateline
from dateline.events.event_summaries import summarise
from dateline.store.sql import SqlStore
from tests.server.conftest import fill

RUN = "from dateline.cli import main; main()"


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> str:
    found = str(tmp_path_factory.mktemp("mcp") / "s.db")
    with SqlStore(found) as kept:
        fill(kept)
        summarise(kept)
    return found


def asked(where: str, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """Start the command, ask it, and return the answers in order."""
    command = ["-c", RUN, "mcp", "--store", where]
    source = str(Path(dateline.__file__).parents[1])
    named = StdioServerParameters(command=sys.executable, args=command, env={"PYTHONPATH": source})

    async def ask() -> list[Any]:
        async with Client(named) as client:
            tools = (await client.list_tools()).tools
            return [tools, *[await client.call_tool(n, given) for n, given in calls]]

    return anyio.run(ask)


def told(answer: Any) -> Any:
    assert not answer.is_error
    return answer.structured_content or json.loads(answer.content[0].text)


def test_an_assistant_asks_the_record(where: str) -> None:
    asking = [
        ("events", {"filters": {"status": "happened"}}),
        ("event", {"event": "e1"}),
        ("origins", {"event": "e1"}),
        ("report", {"report": "r1"}),
        ("explain", {"claim": claim_id(where)}),
        ("events", {"filters": {"sort": "x; DROP TABLE claims"}}),
        ("event", {"event": "nothing"}),
        ("events", {"filter": {"status": "happened"}}),
        ("search", {"words": "pilot -summit"}),
        ("actors", {"words": "Kenya"}),
        ("events", {"whole": True, "limit": 1}),
    ]
    tools, *answers = asked(where, *asking)
    events, event, origins, report, explained, wrong, missing, misspelt = answers[:8]
    found, who, whole = map(told, answers[8:])
    names = {"events", "event", "explain", "report", "origins", "search", "actors"}
    assert {tool.name for tool in tools} == names
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert [e["event"] for e in told(events)["events"]] == ["e1"]
    assert told(events)["events"][0]["origins"] == told(event)["origins"]
    assert len(told(event)["tellings"]) == 2
    assert told(origins)["origin_list"][0]["reports"]
    assert "Kenya freed" in told(report)["text"]
    assert {r["question"] for r in told(explained)["reasons"]} >= {"what", "actors"}
    assert wrong.is_error and "recipient" in wrong.content[0].text
    assert missing.is_error and "no event 'nothing'" in missing.content[0].text
    assert misspelt.is_error and "filter" in misspelt.content[0].text
    assert found["total"] == 3 and "two Ugandan pilots" in str(found["reports"][0])
    assert who["actors"][0]["id"] == "KEN" and who["actors"][0]["events"] >= 1
    assert "UGA" in str(who["beside"])
    (brief,) = told(events)["events"]
    assert len(str(brief)) < 1000 < len(str(whole["events"][0]))
    assert all(t.input_schema["additionalProperties"] is False for t in tools)


def claim_id(where: str) -> str:
    with SqlStore(where, write=False) as kept:
        return str(next(iter(kept.claims({"report": "r1"})))["id"])
