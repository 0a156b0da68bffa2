"""A Chromium of this machine, the real program to look at, and what goes wrong."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

import dateline
from dateline.store.sql import SqlStore

PATIENCE = 60_000  # milliseconds: a click returns before its page has come
expect.set_options(timeout=PATIENCE)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = ("/usr/lib/chromium/chromium", "/snap/bin/chromium", "/opt/google/chrome/chrome")
RUN = "from dateline.cli import main; main()"
SOURCE = str(Path(dateline.__file__).parents[1])
SERIOUS = """async (runOnly) => {
  const { passes, violations } = await axe.run({ runOnly });
  const serious = violations.filter((v) => ["serious", "critical"].includes(v.impact));
  const told = (v) => (n) => `${v.id}: ${n.html.slice(0, 160)} ${n.failureSummary}`;
  return [passes.length, serious.flatMap((v) => v.nodes.slice(0, 3).map(told(v)))];
}"""
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def chromium_here() -> str:
    """Return the Chromium of this machine: CHROMIUM, one on the path, a known place."""
    told = os.environ.get("CHROMIUM", "")
    found = [told, *map(shutil.which, NAMES), *PLACES]
    return next((str(path) for path in found if path and Path(path).is_file()), "")


CHROMIUM = chromium_here()
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM, reason="no Chromium here: install one, or name it by CHROMIUM=…"
    ),
    pytest.mark.timeout(600),
]


@dataclass(frozen=True)
class Site:
    """The program as it is served: where, over which store, opened beside it too."""

    base: str
    where: str
    desk: SqlStore

    def token(self, name: str = "ana") -> str:
        """Return a token of a reviewer."""
        return self.desk.review.add_reviewer(name)


def command(*words: str) -> list[str]:
    """Return how the command is started as a process of its own."""
    return [sys.executable, "-c", RUN, *words]


def settings(home: Path) -> dict[str, str]:
    """Return the environment of that process: this tree, a private home."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": SOURCE}


@contextmanager
def served(where: str, home: Path) -> Iterator[Site]:
    """Serve a store by `dateline serve`, on a free port, with review."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ("serve", where, "--review", "--port", str(port))
    base = f"http://127.0.0.1:{port}"
    running = subprocess.Popen(command(*words), cwd=home, env=settings(home))
    try:
        answering(base, running)
        with SqlStore(where) as desk:
            yield Site(base, where, desk)
    finally:
        running.terminate()
        running.wait(20)


def answering(base: str, running: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers."""
    ends = monotonic() + 60
    while True:
        try:
            urlopen(f"{base}/login").close()
            return
        except OSError:
            assert running.poll() is None, "the server ended"
            assert monotonic() < ends, "the server does not answer"
            sleep(0.1)


@contextmanager
def visit(chromium: Any, **how: Any) -> Iterator[tuple[Any, list[str]]]:
    """Open a page; give it with a list of what goes wrong on it."""
    context = chromium.new_context(**how)
    page, wrong = context.new_page(), list[str]()
    page.set_default_timeout(PATIENCE)
    page.on("dialog", lambda d: (wrong.append(f"dialog {d.message}"), d.dismiss()))
    page.on("pageerror", lambda error: wrong.append(f"error {error}"))
    page.on("console", lambda m: wrong.append(f"console {m.text}") if hurts(m) else None)
    page.on("request", lambda r: None if "127.0.0.1" in r.url else wrong.append(f"asks {r.url}"))
    try:
        yield page, wrong
    finally:
        context.close()


def hurts(told: Any) -> bool:
    """Say whether a line of the console tells a fault: a newer question ends one."""
    ended = ("htmx:afterRequest", "htmx:sendAbort")
    return bool(told.type == "error") and not told.text.startswith(ended)


def enter(page: Any, site: Site, name: str = "ana") -> None:
    """Come in as a reviewer."""
    page.goto(f"{site.base}/login")
    page.fill("input[name=token]", site.token(name))
    page.click("main button")
    page.wait_for_url("**/review")


def axe(page: Any, *rules: str) -> list[str]:
    """Return what axe finds that is serious or critical, by all rules or by some."""
    spec = find_spec("axe_playwright_python")
    assert spec and spec.submodule_search_locations
    source = Path(spec.submodule_search_locations[0]) / "axe.min.js"
    if not page.evaluate("'axe' in window"):
        page.evaluate(source.read_text(encoding="utf-8"))
    only = {"type": "rule" if rules else "tag", "values": rules or TAGS}
    looked, found = page.evaluate(SERIOUS, only)
    assert looked, "axe looked at nothing"
    return [str(told) for told in found]
