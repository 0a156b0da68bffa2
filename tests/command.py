"""The command line in this process, as a person would call it in a folder."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from dateline.cli import main
from dateline.cli.settings import settings

COMMAND = str(Path(sys.executable).parent / "dateline")


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def run(folder: Path, *words: str, given: str | None = None, **env: str) -> Done:
    """Call a command here; where a process is the point, `child` starts one."""
    out, told = io.StringIO(), io.StringIO()
    with around(folder, words, given, env), redirect_stdout(out), redirect_stderr(told):
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    return Done(code, out.getvalue(), told.getvalue())


@contextmanager
def around(
    folder: Path, words: tuple[str, ...], given: str | None, env: dict[str, str]
) -> Iterator[None]:
    """Stand in a folder with these words, this pipe and these variables."""
    kept = Path.cwd(), sys.argv, sys.stdin, dict(os.environ)
    os.chdir(folder)
    sys.argv = ["dateline", *words]
    sys.stdin = io.TextIOWrapper(io.BytesIO((given or "").encode()))
    os.environ |= {"HOME": str(folder), "LANG": "C.UTF-8", **env}
    settings.cache_clear()
    try:
        yield
    finally:
        os.chdir(kept[0])
        sys.argv, sys.stdin = kept[1], kept[2]
        os.environ.clear()
        os.environ |= kept[3]
        settings.cache_clear()


def child(folder: Path, *words: str, **env: str) -> Done:
    """Start the installed command in a private home and folder."""
    done = subprocess.run(
        [COMMAND, *words],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **env},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)
