"""Codes a text in a process of its own, which is ended where it takes too long."""

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any

Record = dict[str, Any]
Work = Callable[[Record], Record]


class TooLong(Exception):
    """A text that took more time than it may."""


class Busy(Exception):
    """Another text is being coded."""


def code(asked: Record) -> Record:
    """Code one text by the usual coder; nothing is stored."""
    from dateline.notebook import load

    given = ("text", "published", "outlet", "title", "url")
    made = load().code(**{name: asked[name] for name in given if asked.get(name)})
    problems = [
        {"stage": p.stage, "code": p.code, "message": p.message} for p in made.problems
    ]
    return {"claims": [dict(claim) for claim in made.claims], "problems": problems}


def serve(work: Work, pipe: Connection) -> None:
    """Answer what comes through a pipe until it is closed."""
    while True:
        try:
            asked = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send((True, work(asked)))
        except ValueError as error:
            pipe.send((False, str(error)))


class Coding:
    """One child that codes one text at a time; it is started when first asked."""

    def __init__(
        self, work: Work = code, seconds: float = 60, wait: float = 10
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
        self.pipe.send(asked)
        try:
            ready = self.pipe.poll(self.seconds)
            fine, found = self.pipe.recv() if ready else (None, {})
        except EOFError:
            fine = None
        if fine is None:
            self.close()
            raise TooLong(f"not coded within {self.seconds:g} seconds: send less text")
        if not fine:
            raise ValueError(found)
        told: Record = found
        return told

    def _start(self) -> None:
        context = get_context("spawn")
        self.pipe, other = context.Pipe()
        self.child = context.Process(target=serve, args=(self.work, other), daemon=True)
        self.child.start()
        other.close()

    def close(self) -> None:
        """End the child, if there is one."""
        if self.child is not None:
            self.child.kill()
            self.child.join()
            self.pipe.close()
            self.child = None
