"""Every pattern of the program over hostile strings, and a bare install."""

import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

import pytest

import dateline

pytestmark = pytest.mark.fault
BOUND = 0.15  # CPU seconds: what is linear takes 15 ms at most
SIZE = 10_000
SOUGHT = re.compile(r"\b([A-Z_]+)\.(?:search|finditer|findall|sub|split)\b")
HOSTILE = {
    "capitals": "A" * 30 + "!",
    "many capitals": "A" * SIZE + "!",
    "brackets": "(" * (SIZE // 2),
    "said": "said " * (SIZE // 5),
    "spaces": " " * SIZE + "x",
    "words": "aB " * (SIZE // 3) + "!",
    "figures": "1," * (SIZE // 2) + "x",
    "lines": "\n" * SIZE + "x",
    "quotes": "“‘\"'" * (SIZE // 4),
    "dashes": "- " * (SIZE // 2) + "x",
    "dateline": "SEOUL, " * (SIZE // 7) + "x",
    "dots": "a." * (SIZE // 2) + "!",
    "by": "By A " * (SIZE // 5),
    "tag": "<" + "a" * SIZE,
    "tags": "<a " * (SIZE // 3),
    "comments": "<!--" * (SIZE // 4),
    "charset": "<meta charset " * (SIZE // 14),
    "address": "http://a/" + "1/" * (SIZE // 2),
    "mail": "a@" * (SIZE // 2),
    "figure": "1" * SIZE + "x",
    "small": "a" * SIZE + "!",
    "Cyrillic": "я " * (SIZE // 2),
    "commas": "a, " * (SIZE // 3),
    "titles": "Aa Bb " * (SIZE // 6) + "!",
    "doubled": "â€" * (SIZE // 2),
}


def everywhere(module: str) -> frozenset[str]:
    """Return the patterns that a module seeks anywhere in a text, not at a place."""
    source = importlib.import_module(module).__file__
    text = Path(str(source)).read_text(encoding="utf-8")
    return frozenset(hit[1] for hit in SOUGHT.finditer(text))


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield every pattern that a module of ours holds."""
    for found in pkgutil.walk_packages(dateline.__path__, "dateline."):
        if "migrations" in found.name:
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            held = value.values() if isinstance(value, dict) else [value]
            for each in held:
                if isinstance(each, re.Pattern):
                    yield f"{found.name}.{name}", each


def test_no_pattern_is_slow_on_any_string() -> None:
    slow = []
    seen: set[str | bytes] = set()
    for name, pattern in patterns():
        if pattern.pattern in seen:
            continue
        seen.add(pattern.pattern)
        module, _, place = name.rpartition(".")
        for text in HOSTILE.values():
            began = process_time()
            seek = pattern.search if place in everywhere(module) else pattern.match
            seek(text.encode() if isinstance(pattern.pattern, bytes) else text)
            if (spent := process_time() - began) > BOUND:
                slow.append(f"{name}: {spent:.1f} s on {text[:12]!r}")
                break
    assert not slow
    assert len(seen) > 50


def test_a_bare_install_brings_what_trafilatura_forgets() -> None:
    given = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    named = tomllib.loads(given)["project"]["dependencies"]
    assert any(line.startswith("lxml_html_clean") for line in named)
    importlib.import_module("trafilatura")
