"""The command line in this process, as a person would call it in a folder."""

import io
import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from dateline.cli import main
from dateline.cli.settings import settings

COMMAND = str(Path(sys.executable).parent / "dateline")


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str

    @property
    def told(self) -> str:
        """All that was printed."""
        return self.stdout + self.stderr


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


@dataclass(frozen=True)
class Bounded(Done):
    """How a command ended within its bounds, with the most memory it held."""

    memory: int  # bytes resident, of the command and of each child it had


def limited(
    folder: Path, *words: str, cpu: int = 300, wall: int = 600, room: int = 6 << 30
) -> Bounded:
    """Start the installed command with limits on memory, CPU and time."""

    def bounds() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (room, room))
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))

    with (folder / ".out").open("w+b") as out, (folder / ".err").open("w+b") as err:
        process = subprocess.Popen(
            [COMMAND, *words],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder)},
            stdout=out,
            stderr=err,
            preexec_fn=bounds,  # noqa: PLW1509  this process has one thread
        )
        most = peak(process, wall)
        out.seek(0)
        err.seek(0)
        told = out.read().decode(), err.read().decode()
    return Bounded(process.returncode, *told, most)


def peak(process: subprocess.Popen[bytes], wall: int) -> int:
    """Wait for a process; return the most memory that it or its children held."""
    began, most = monotonic(), 0
    while process.poll() is None:
        if monotonic() - began > wall:
            process.kill()
            raise AssertionError(f"over {wall} s")
        most = max(most, *map(resident, family(process.pid)))
        sleep(0.02)
    return most


def family(pid: int) -> list[int]:
    """Return a process and its children."""
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        told = ""
    return [pid, *map(int, told.split())]


def resident(pid: int) -> int:
    """Return the most memory that a process has held so far."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    held = [line.split()[1] for line in lines if line.startswith("VmHWM")]
    return int(held[0]) * 1024 if held else 0


def sums(told: str) -> dict[str, int]:
    """Return the counts of the sum that a command prints, which must hold."""
    lines = [line for line in told.splitlines() if line.startswith("read ")]
    found = re.findall(r"([a-z]+) (\d+)(?= [=+]|;)", lines[-1])
    counts = {name: int(number) for name, number in found}
    parts = ("stored", "coded", "rejected", "quarantined", "duplicate")
    assert counts["read"] == sum(counts.get(name, 0) for name in parts), lines[-1]
    return counts
