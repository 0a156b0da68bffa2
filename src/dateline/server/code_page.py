"""Codes a text in a process of its own, which is ended where it takes too long.

What the process says is JSON that is checked, since it has read a stranger's text.
"""

import json
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any

Record = dict[str, Any]
Work = Callable[[Record], Record]
MOST_SAID = 64 << 20  # bytes of an answer
SAID = {"claims", "problems"}  # what an answer holds: lists of records


class TooLong(Exception):
    """A text that took more time than it may."""


class Busy(Exception):
    """Another text is being coded."""


def code_pasted_text(asked: Record) -> Record:
    """Code one text by the usual coder; nothing is stored."""
    from dateline.api import load

    given = ("text", "published", "outlet", "title", "url")
    made = load().code(**{name: asked[name] for name in given if asked.get(name)})
    problems = [{"stage": p.stage, "code": p.code, "message": p.message} for p in made.problems]
    return {"claims": [dict(claim) for claim in made.claims], "problems": problems}


def serve_coder(work: Work, pipe: Connection) -> None:
    """Answer what comes through a pipe until it is closed."""
    while True:
        try:
            asked = json.loads(pipe.recv_bytes())
        except EOFError:
            return
        try:
            told: Record = {"found": work(asked)}
        except ValueError as error:
            told = {"wrong": str(error)}
        pipe.send_bytes(json.dumps(told).encode())


def checked_answer(said: bytes) -> Record:
    """Return what a child found. Raises ValueError with what it says is wrong.

    Raises TooLong for what is no answer of ours.
    """
    try:
        told = json.loads(said)
        found, wrong = told.get("found"), told.get("wrong")
    except (ValueError, AttributeError, RecursionError) as error:
        raise TooLong("the process that codes did not answer: try again") from error
    if isinstance(wrong, str):
        raise ValueError(wrong)
    fine = isinstance(found, dict) and set(found) == SAID
    if not fine or not all(
        isinstance(found[name], list) and all(isinstance(x, dict) for x in found[name])
        for name in SAID
    ):
        raise TooLong("the process that codes did not answer: try again")
    made: Record = found
    return made


class Coding:
    """One child that codes one text at a time; it is started when first asked."""

    def __init__(
        self, work: Work = code_pasted_text, seconds: float = 60, wait: float = 10
    ) -> None:
        """Prepare for `work`, in so many seconds; others wait `wait` for their turn."""
        self.work, self.seconds, self.wait = work, seconds, wait
        self.turn = Lock()
        self.child: Any = None
        self.pipe: Any = None

    def __call__(self, asked: Record) -> Record:
        """Return what was read; raise Busy, TooLong, or ValueError for a bad day."""
        if not self.turn.acquire(timeout=self.wait):
            raise Busy("another text is being coded: try again")
        try:
            return self._answer(asked)
        finally:
            self.turn.release()

    def _answer(self, asked: Record) -> Record:
        if self.child is None or not self.child.is_alive():
            self._start()
        try:
            self.pipe.send_bytes(json.dumps(asked).encode())
            ready = self.pipe.poll(self.seconds)
            said = self.pipe.recv_bytes(MOST_SAID) if ready else b""
        except (EOFError, OSError):
            said = b""
        if not said:
            self.close()
            raise TooLong(f"not coded within {self.seconds:g} seconds: send less text")
        try:
            return checked_answer(said)
        except TooLong:
            self.close()
            raise

    def _start(self) -> None:
        context = get_context("spawn")
        self.pipe, other = context.Pipe()
        self.child = context.Process(target=serve_coder, args=(self.work, other), daemon=True)
        self.child.start()
        other.close()

    def close(self) -> None:
        """End the child, if there is one."""
        if self.child is not None:
            self.child.kill()
            self.child.join()
            self.pipe.close()
            self.child = None
