"""`dateline code --opinion`: asked once, heard, kept beside the own answer."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command import Done, run
from tests.llm.analyst import Answer, nods
from tests.llm.server import Fake, fake_server, says

REPORT = """\
GREYHAVEN, March 3 - Police in Nairobi arrested two opposition activists on Monday, the\
 interior ministry said.

Uganda condemned the arrests and urged Kenya to release the activists.

Protesters marched through Kampala on Tuesday. Rebels later ransacked the town hall.
"""


@pytest.fixture
def fake() -> Iterator[Fake]:
    with fake_server() as made:
        yield made


def number_of(words: str, user: str) -> str:
    """Return the number of the act of these words."""
    (line,) = (each for each in user.splitlines() if f' "{words}" ' in each)
    return line.split()[0].rstrip("?")


def differ(user: str, told: Answer) -> None:
    """Deny the arrest, drop the protest, add what the program may have missed."""
    denied, dropped = number_of("arrested", user), number_of("marched", user)
    for at, act in enumerate(told["acts"]):
        if act["act"] == denied:
            act |= {"status": "denied", "why": "Nairobi denies it"}
        if act["act"] == dropped:
            told["acts"][at] = {"act": dropped, "why": "a parade", "drop": True}
    nobody: dict[str, Any] = {"mode": "", "actors": [], "recipients": []}
    row = {"words": "said", "sentence": "the interior ministry said", "why": "blame"}
    told["missed"].append(
        {**row, "type": "ACCUSE", "status": "happened", **nobody, "actors": ["M99"]}
    )


def code(folder: Path, fake: Fake, *more: str) -> Done:
    asked = ("--opinion", fake.url, "--model", "small", "--yes", *more)
    return run(folder, "code", "a.txt", "--published", "2025-03-05", *asked)


def claims(done: Done) -> dict[str, dict[str, Any]]:
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {row["trigger"]["text"]: row for row in rows}


def test_two_opinions_stand_in_the_record(tmp_path: Path, fake: Fake) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    fake.manner = nods(differ)
    done = code(tmp_path, fake, "--format", "jsonl")
    assert done.returncode == 0
    assert "1 questions for small" in done.stderr
    assert "claims by who decided:" in done.stderr
    assert "1 wrong_number" in done.stderr
    found = claims(done)
    assert "marched" not in found
    arrested, condemned, said = (found[w] for w in ("arrested", "condemned", "said"))
    assert (arrested["reader"], arrested["status"]) == ("differ", "denied")
    own = arrested["opinion"]["own"]
    assert (own["deed"], own["status"], own["actors"][0]["country"]) == (
        "COERCE",
        "happened",
        "KEN",
    )
    assert arrested["opinion"]["why"] == "Nairobi denies it"
    assert condemned["reader"] == "both"
    assert condemned["opinion"] == {"model": "small", "why": "", "own": None}
    assert (said["reader"], said["deed"]) == ("model", "ACCUSE")
    assert {w["question"] for w in said["why"]} > {"when", "where", "says who"}
    explained = run(tmp_path, "explain", arrested["id"], COLUMNS="160").stdout
    assert "the program differs" in explained and "Nairobi denies it" in explained
    assert "COERCE arrest, happened" in explained
    queue = run(tmp_path, "review", "queue", "--format", "jsonl").stdout.splitlines()
    assert json.loads(queue[0])["reader"] == "differ"
    left = run(tmp_path, "show", "a.txt").stdout
    assert "a parade" in left
    run(tmp_path, "export", "--format=csv", "--of=claims", "--out", "flat.csv")
    flat = (tmp_path / "flat.csv").read_text()
    assert ",reader," in flat and ",differ," in flat
    replayed = run(
        *(tmp_path, "code", "a.txt", "--published", "2025-03-05", "--no-store"),
        *("--format", "jsonl", "--replay", "--model", "small"),
    )
    assert len(fake.bodies) == 1
    assert replayed.stdout == done.stdout


def test_a_report_without_its_opinion_keeps_its_own_record_and_is_asked_again(
    tmp_path: Path, fake: Fake
) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    fake.manner = says("Certainly! Here it is.")
    done = code(tmp_path, fake, "--format", "jsonl")
    assert done.returncode == 3
    assert "without the second opinion" in done.stderr
    found = claims(done)
    assert {row["reader"] for row in found.values()} == {"own"}
    assert "marched" in found
    problems = run(tmp_path, "problems").stdout
    assert "no_json" in problems and "twice" in problems
    fake.manner = nods()
    again = code(tmp_path, fake, "--format", "jsonl")
    assert again.returncode == 0
    assert {row["reader"] for row in claims(again).values()} == {"both"}
    assert "0 claims" in code(tmp_path, fake).stderr


def test_without_a_yes_or_an_address_nothing_is_coded(tmp_path: Path, fake: Fake) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    silent = run(tmp_path, "code", "a.txt", "--opinion", fake.url, "--model", "small")
    assert (silent.returncode, fake.bodies) == (2, [])
    assert "--yes" in silent.stderr
    lone = run(tmp_path, "code", "a.txt", "--budget", "5")
    assert lone.returncode == 2
    assert "--budget wants --opinion URL" in lone.stderr
    many = code(tmp_path, fake, "--workers", "2")
    assert many.returncode == 2 and "--workers" in many.stderr


WATER = Path(__file__).parents[1] / "llm/water"
ADDED = (
    ("takes water", "DIVERT", "happened", ["N1"], ["N2"]),
    ("blamed", "CLAIM", "happened", ["N3"], ["N1"]),
    ("take the matter", "SUE", "planned", ["N3"], ["N1"]),
    ("blew up", "WRECK", "happened", [], []),
    ("agreed", "PACT", "happened", ["N1", "N2"], []),
    ("released some water", "SHARE", "happened", ["N1"], ["N3"]),
    ("met", "CONSULT", "happened", ["N1"], []),
)


def water(user: str, told: Answer) -> None:
    """Answer by the ten types of water, and with one that is none of them."""
    assert "ACTS\nnone found" in user
    named = {"N1": "Ruria", "N2": "Karvia", "N3": "Karvia's farmers"}
    for number, name in named.items():
        row = {"party": number, "words": name, "name": name, "country": None}
        told["parties"].append(row | {"sectors": []})
    for words, kind, status, who, whom in ADDED:
        row = {"words": words, "sentence": "", "why": "", "type": kind, "mode": ""}
        sides = {"status": status, "actors": who, "recipients": whom}
        told["missed"].append(row | sides)


def test_an_ontology_of_definitions_alone_is_coded(tmp_path: Path, fake: Fake) -> None:
    fake.manner = nods(water)
    done = run(
        *(tmp_path, "code", str(WATER / "canal.txt"), "--no-store", "--yes"),
        *("--codebook", str(WATER), "--published", "2025-05-07"),
        *("--opinion", fake.url, "--model", "small", "--format", "jsonl"),
    )
    assert done.returncode == 0
    found = [json.loads(line) for line in done.stdout.splitlines()]
    told = {row["trigger"]["text"]: row["type"] for row in found}
    assert told == {words: kind for words, kind, *_ in ADDED[:-1]}
    assert {row["reader"] for row in found} == {"model"}
    first = found[0]
    assert (first["quad"], first["score"]) == ("material conflict", -6.0)
    assert [who["name"] for who in first["actors"]] == ["Ruria"]
    assert first["when"] is not None
    assert "1 no_such_words" in done.stderr
