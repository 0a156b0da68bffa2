"""The example notebook runs from a folder of reports to a corrected panel."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_api import RUN

NOTEBOOK = Path(__file__).parents[2] / "examples" / "research.ipynb"
WORDS = {"reports_read", "events_corrected", "flips"}


def told(cells: list[dict[str, object]]) -> set[str]:
    """Return the words that the outputs of cells show."""
    outputs = [cell.get("outputs", []) for cell in cells]
    return set(json.dumps(outputs).replace('"', " ").replace("\\n", " ").split())


def test_the_notebook_is_kept_with_what_it_showed() -> None:
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    assert told(cells) >= WORDS
    assert "ename" not in NOTEBOOK.read_text("utf-8")


@pytest.mark.slow
def test_the_notebook_runs(tmp_path: Path) -> None:
    out = tmp_path / "research.ipynb"
    env = {**os.environ, "PYDEVD_DISABLE_FILE_VALIDATION": "1", "HOME": str(tmp_path)}
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(NOTEBOOK), str(out)],
        capture_output=True,
        text=True,
        check=False,
        cwd=NOTEBOOK.parent,
        env=env,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert told(json.loads(out.read_text("utf-8"))["cells"]) >= WORDS
