"""What is generated in the docs is what the code says."""

import re
import subprocess
import sys
from pathlib import Path
from runpy import run_path

import pytest

from dateline.ingest.reading.formats import FORMATS

ROOT = Path(__file__).parents[1]
READ = (".md", ".py", ".html", ".ipynb", ".toml")
UNPUBLISHED = re.compile(r"""pip install[ '"]+dateline\b""")


def test_generated_pages_are_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for name in ("COLUMNS", "NO_COLOR", "TERM"):  # it sets them: give them back
        monkeypatch.setenv(name, "")
    monkeypatch.setattr(sys, "argv", ["generate.py", "--check"])
    run_path("tools/generate.py", run_name="__main__")


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "tutorial" / "index.html").exists()
    shown = (tmp_path / "reading" / "index.html").read_text(encoding="utf-8")
    assert all(f"<td>{each.kind}</td>" in shown for each in FORMATS)


def test_nobody_is_told_to_install_a_package_that_is_not_published() -> None:
    files = [p for p in ROOT.iterdir() if p.suffix == ".md" or p.name == "Makefile"]
    for folder in ("docs", "src", "examples"):
        files += (p for p in (ROOT / folder).rglob("*") if p.suffix in READ)
    told = [(p, p.read_text(encoding="utf-8")) for p in files]
    assert len(told) > 400
    wrong = [str(p) for p, text in told if UNPUBLISHED.search(text)]
    assert wrong == []
