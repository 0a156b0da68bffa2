"""What is known of each feed between polls: kept in a file, so that a crash costs none.

A state is written only after what it stands for is in the store: after a crash a feed
is asked again, and what was kept is a duplicate.
"""

import json
import os
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from dateline.watch.addresses import mask_secrets


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
    tried: tuple[str, ...] = ()  # and those whose pages could not be had


def name_feed(url: str) -> str:
    """Return the name of a feed in the file: its address, without any password.

    Two that differ by their password alone have a short hash of it.
    """
    shown = mask_secrets(url)
    if shown == url:
        return url
    return (
        f"{shown} {blake2b(url.encode('utf-8', 'replace'), digest_size=4).hexdigest()}"
    )


def load_states(path: Path, store: str = "") -> dict[str, State]:
    """Return the states of a file; none where there is none or it is damaged.

    What is in one store need not be in another: that begins with none.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    rows = found.items() if isinstance(found, dict) else ()
    made = {url: state_of(row) for url, row in rows if isinstance(row, dict)}
    return {url: known for url, known in made.items() if known.store in ("", store)}


def state_of(row: dict[str, Any]) -> State:
    """Return the state of a row; what is not of its kind in it is passed over."""
    told: dict[str, Any] = {}
    for name in ("etag", "modified", "told", "store"):
        if isinstance(row.get(name), str):
            told[name] = row[name]
    for name in ("read", "tried"):
        if isinstance(row.get(name), list):
            told[name] = tuple(each for each in row[name] if isinstance(each, str))
    due, failures = row.get("due"), row.get("failures")
    if isinstance(due, int | float) and abs(due) < 1e11:
        told["due"] = float(due)
    if isinstance(failures, int) and failures > 0:
        told["failures"] = failures
    return State(**told, gone=row.get("gone") is True)


def save_states(path: Path, states: dict[str, State]) -> None:
    """Write the states: the old file or the new one is there, never half of one."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    rows = {url: asdict(state) for url, state in states.items()}
    with aside.open("w", encoding="utf-8") as file:
        json.dump(rows, file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
