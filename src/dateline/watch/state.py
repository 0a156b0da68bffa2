"""What is known of each feed between polls: kept in a file, so that a crash costs none.

A state is written only after what it stands for is in the store: after a crash a feed
is asked again, and what was kept is a duplicate.
"""

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class State:
    """When to ask a feed again, and what spares it its repetition."""

    due: float = 0.0
    etag: str = ""
    modified: str = ""
    failures: int = 0
    gone: bool = False
    told: str = ""
    store: str = ""  # what it gave is kept there
    read: tuple[str, ...] = ()  # entries it has now whose pages were read


def load(path: Path, store: str = "") -> dict[str, State]:
    """Return the states of a file; none where there is none or it is damaged.

    What is in one store need not be in another: that begins with none.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    names = {each.name for each in fields(State)}
    rows = found.items() if isinstance(found, dict) else ()
    good = ((url, row) for url, row in rows if isinstance(row, dict))
    states = {url: {k: row[k] for k in row if k in names} for url, row in good}
    made = {
        url: State(**{**row, "read": tuple(row.get("read", ()))})
        for url, row in states.items()
    }
    return {url: known for url, known in made.items() if known.store in ("", store)}


def save(path: Path, states: dict[str, State]) -> None:
    """Write the states: the old file or the new one is there, never half of one."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    rows = {url: asdict(state) for url, state in states.items()}
    with aside.open("w", encoding="utf-8") as file:
        json.dump(rows, file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
