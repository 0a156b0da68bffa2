"""Hostile commands by a seed: odd words, and files that are not what they say.

`python -m tests.cli.hostile 500 36` gives so many commands, made anew by each seed, in
a folder with a store, and prints what became of them. What must hold of each: it ends
with an exit code of the contract, no fault of ours and no traceback; nothing on the
screen that a terminal would obey; under `SECONDS` of CPU; the store is sound after it,
and unchanged by a command that only reads; what lies beside the folder stays.
"""

import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from typer.main import get_command

from dateline.cli import app
from dateline.events.event_summaries import summarise
from dateline.store import maintenance as upkeep
from dateline.store.sql import SqlStore
from dateline.testing import MADE, REPORT, sample
from tests.command import Done, run

SECONDS = 5.0
ENDS = frozenset((0, 2, 3, 4, 5, 6))
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
LEFT = frozenset("watch scale serve mcp doctor demo code".split())
"""Commands that run until they are ended, ask other machines, or load the coder; the
round at the doors (`tools/hostile.py`) and that of the readers cover these."""
WRITES = frozenset("merge forget load db review".split())
ODD = (
    "||  |-|--|-1|0|1|1e9|nan|inf|-inf|1e400|0x10|²|٣|𝟙|99999999999999999999|.7|1.5|N"
    "|KEN|UGA|KEN,UGA|KEN GOV|,|,,|KEN,|ken|XXX|RETREAT|CONSULT|retreat|happened|all"
    "|2025-03-03|2025-13-01|0000-00-00|9999-12-31|2025-3-3|03/04/2025|2025-W10"
    "|%|_|'|\"|`|;|\\|$(id)|${HOME}|{{7*7}}|{0}|%s|%n|[red]x[/red]|[/]|[link=x]y[/link]"
    "|\x1b[31mred|\x9b31m|\u202eevil|\u2066|\udcff|é|𝕏|🜁|a\nb|a\tb|~|~root|*|?|[a|../x"
    "|' OR 1=1 --|x' UNION SELECT 1|NEAR(|\"a|a*|*a|a AND|(a|^a|col:a|SELECT 1"
    "|SELECT type FROM claims|DELETE FROM claims|WITH RECURSIVE n(x) AS (SELECT 1 UNION"
    " ALL SELECT x+1 FROM n) SELECT x FROM n|state:PRK|state:|type=AID|type=|=AID"
    "|actors=Kenya = KEN MIL|trigger=freed|country-month|dyad-week|priogrid-year|gw,cow"
    "|events,killed|place|quad|jsonl|csv|parquet|table|ics|ucdp|geojson|2025.1|CC0"
).split("|")
IDS = ("r0", "r1", "e0", "e1", "e", "r", sample().id, sample().id[:4])
USUAL: dict[str, tuple[str, ...]] = {
    "format": ("csv", "jsonl", "table", "parquet", "ucdp", "ftm", "gdelt", "plover"),
    "type": ("RETREAT", "AID", "RETREAT,AID"),
    "unit": ("dyad-month", "country-year", "priogrid-day", "admin1-quarter"),
    "by": ("type", "quad", "status", "sector", "speaker", "kind", "cause"),
    "status": ("happened", "planned", "all"),
    "since": ("2025-03-01", "1900-01-01"),
    "until": ("2025-03-31", "2100-01-01"),
    "actor": ("KEN", "KEN GOV", "Kenya"),
    "between": ("KEN,UGA",),
    "names": ("Global Wire", "the army", "state:KEN"),
    "question": ("SELECT type FROM claims", "SELECT * FROM reports", "VALUES (1)"),
    "words": ("pilots", '"two Ugandan"', "-pilots"),
    "most": ("1", "2", "1000"),
    "out": ("x.csv", "x", "new/x.csv", "folder"),
    "path": ("sheet.csv", "notes.txt"),
    "paths": ("notes.txt", "shared.jsonl", "."),
    "answers": ("type=AID", "trigger=freed", "status=planned", "when=2025-03"),
    "ids": ("gw,cow", "iso3"),
    "measure": ("events", "killed,origins", "score"),
} | dict.fromkeys(("name", "claim", "report", "one", "other", "explain", "pin"), IDS)
FILES = (
    "s.db notes.txt empty torn.db other.db key.json sheet.csv shared.jsonl folder "
    "loop gone no/such/file . .. /dev/null link.db scope.toml book"
).split()


@dataclass(frozen=True)
class Command:
    """The words of a command, and what it is called."""

    name: tuple[str, ...]
    words: tuple[str, ...]


def fill_home(home: Path) -> None:
    """Make a folder with a store and with files that are none, or not what they say."""
    with SqlStore(str(home / "s.db")) as kept:
        for n, words in enumerate(("Global Wire", "\x1b[2JWire", "=cmd|' /C'!A0", "")):
            report = replace(REPORT, id=f"r{n}", outlet=words, title=f"{words} \u202ex")
            made = replace(sample(), report_id=f"r{n}", event=f"e{n % 2}")
            kept.save(report, [made], [], MADE)
        summarise(kept)
    raw = (home / "s.db").read_bytes()
    (home / "torn.db").write_bytes(raw[: len(raw) // 2])
    (home / "other.db").write_bytes(b"SQLite format 3\0" + b"\x5a" * 5000)
    (home / "link.db").symlink_to("s.db")
    (home / "loop").symlink_to("loop")
    (home / "folder").mkdir()
    (home / "book").mkdir()
    (home / "book" / "types.tsv").write_text("type\tquad\n\x1b[0m\t\n")
    told = {"notes.txt": "Kenya freed two.", "empty": "", "key.json": '{"items": [1]}'}
    told |= {"sheet.csv": "item,type\nc1,aid\n", "scope.toml": "types = 3\n[x\n"}
    told |= {"shared.jsonl": '{"form": "dateline-share-1"}\n{"form": 3}\n[]\n'}
    for name, text in told.items():
        (home / name).write_text(text)


def leaves(command: Any = None, name: tuple[str, ...] = ()) -> Iterator[Any]:
    """Yield every command with its name, in order."""
    command = command or get_command(app)
    inner = getattr(command, "commands", None)
    if not inner:
        yield name, command
        return
    for word in sorted(inner):
        if name or word not in LEFT:
            yield from leaves(inner[word], (*name, word))


def commands(seed: int, count: int) -> Iterator[Command]:
    """Yield so many commands of a seed, each kind in its turn."""
    every = list(leaves())
    for number in range(count):
        dice = Random(seed * 1_000_003 + number)
        name, made = every[number % len(every)]
        words: list[str] = []
        free = [p.name for p in made.params if p.param_type_name == "option"]
        picked = dice.sample(free, min(len(free), dice.choice((0, 1, 1, 2, 3))))
        for param in made.params:
            if param.param_type_name == "argument":
                often = dice.choice((1, 1, 1, 1, 0, 2 if param.nargs != 1 else 1))
                words += [value(dice, param.name) for _ in range(often)]
            elif param.name == "store" and dice.random() < 0.85:
                words += ["--store", "s.db"]
            elif param.name != "store" and (param.name in picked or param.required):
                words.append(param.opts[-1])
                if not getattr(param, "is_flag", False):
                    words.append(value(dice, param.name))
        yield Command(name, (*name, *words))


def value(dice: Random, name: str) -> str:
    """Return what an option or argument is given."""
    if name in USUAL and dice.random() < 0.6:
        return dice.choice(USUAL[name])
    if dice.random() < (0.7 if name in ("out", "path", "sheet", "folder") else 0.15):
        return dice.choice(FILES)
    some = [dice.choice(ODD) for _ in range(dice.choice((1, 1, 1, 2)))]
    return dice.choice(("", " ", ",")).join(some) * dice.choice((1, 1, 1, 1, 400))


def judge(one: Command, home: Path) -> tuple[str, list[str]]:
    """Return how a command ended, and what is wrong with that."""
    before = told_of(home / "s.db")
    began = process_time()
    try:
        done = run(home, *one.words, given="n\n", COLUMNS="90", TERM="dumb")
    except Exception as error:  # noqa: BLE001  the question is what is raised
        done = Done(1, "", f"{type(error).__name__}: {error}")
    spent = process_time() - began
    screen = done.stderr if "json" in str(one.words) else done.stdout + done.stderr
    wrong = {
        f"ended with {done.returncode}": done.returncode not in ENDS,
        "a fault of ours": "fault, please tell us" in done.stderr,
        "a traceback": "Traceback" in done.stderr,
        "silence": done.returncode and not done.told.strip(),
        f"obeyed {OBEYED.findall(screen)[:3]}": OBEYED.search(screen),
        f"took {spent:.1f} s": spent > SECONDS,
        "the store changed": one.name[0] not in WRITES and told_of(home / "s.db") != before,
        "beside it": (home.parent / "beside.txt").read_text() != "stays",
    }
    said = done.stderr.strip().splitlines()[-1:] or [""]
    faults = [f"{why}: {said[0][:200]}" for why, so in wrong.items() if so]
    return str(done.returncode), [*faults, *unsound(home / "s.db", one)]


def told_of(where: Path) -> tuple[Any, ...]:
    """Return what a store holds."""
    try:
        with SqlStore(str(where), write=False) as kept:
            claims = list(kept.claims({}))
            return kept.report_ids(), claims, len(kept.review.decisions())
    except Exception as error:  # noqa: BLE001  the next line of `judge` tells of it
        return (type(error).__name__,)


def unsound(where: Path, one: Command) -> list[str]:
    """Return the faults of a store, but for what forgetting blots."""
    if one.name[0] not in WRITES:
        return []
    try:
        with SqlStore(str(where), write=False) as kept:
            blotted = one.name[0] == "forget"
            return [] if blotted else [f"unsound: {f}" for f in upkeep.find_store_faults(kept)]
    except Exception as error:  # noqa: BLE001
        return [f"unsound: {type(error).__name__}: {error}"]


def play(seed: int, count: int) -> tuple[Counter[str], list[str]]:
    """Give so many commands; return how they ended, and what went wrong."""
    ends: Counter[str] = Counter()
    wrong: list[str] = []
    with TemporaryDirectory() as made:
        (Path(made) / "beside.txt").write_text("stays")
        model = Path(made) / "model"
        model.mkdir()
        fill_home(model)
        for number, one in enumerate(commands(seed, count)):
            home = Path(made) / f"h{number}"
            shutil.copytree(model, home, symlinks=True)
            end, faults = judge(one, home)
            ends[end] += 1
            wrong += [f"{one.words!r}: {fault}" for fault in faults]
            shutil.rmtree(home)
    return ends, wrong


def main(count: int, seed: int) -> int:
    """Give so many commands of a seed; print what became of them."""
    began = process_time()
    ends, wrong = play(seed, count)
    for fault in wrong:
        print(fault.encode("ascii", "backslashreplace").decode())  # noqa: T201
    spent = process_time() - began
    print(count, "commands", dict(ends), len(wrong), "faults", f"{spent:.0f} s CPU")  # noqa: T201
    return len(wrong)


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]), int(sys.argv[2]))))
