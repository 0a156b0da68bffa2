"""What is built for browsers is what its sources say, with the licences beside it."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "tools" / "page"
STATIC = ROOT / "src" / "dateline" / "server" / "static"
BUILT = json.loads((PAGE / "built.json").read_text(encoding="utf-8"))


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def test_the_bundle_was_built_from_these_sources() -> None:
    there = {f"src/{file.name}" for file in (PAGE / "src").iterdir()}
    own = {"package.json", "package-lock.json", "build.mjs", "states.mjs"}
    assert set(BUILT["sources"]) == own | there
    stale = [n for n, told in BUILT["sources"].items() if digest(PAGE / n) != told]
    assert not stale, "run `make bundle`: these are newer than what was built"


def test_what_was_built_was_not_changed_by_hand() -> None:
    changed = [n for n, told in BUILT["files"].items() if digest(STATIC / n) != told]
    assert not changed, "run `make bundle`: change tools/page, not what it builds"


@pytest.mark.parametrize("name", ["htmx.org", "d3-force", "d3-geo", "world-atlas"])
def test_licences_are_shipped_with_the_versions_of_the_lock(name: str) -> None:
    lock = json.loads((PAGE / "package-lock.json").read_text(encoding="utf-8"))
    version = lock["packages"][f"node_modules/{name}"]["version"]
    assert f"{name} {version} (" in (STATIC / "LICENCES.txt").read_text("utf-8")


def test_the_bundle_is_small_and_asks_no_other_host() -> None:
    script = (STATIC / "page.js").read_text(encoding="utf-8")
    assert len(script) < 100_000
    assert "https://" not in script.replace("https://htmx.org", "")
