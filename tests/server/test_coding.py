"""What the coding process says is JSON, checked: nothing of it is unpickled."""

import os
import pickle
from multiprocessing import Pipe
from threading import Thread
from typing import Any

import pytest

from dateline.server.code_page import Coding, TooLong, checked_answer, serve_coder
from tests.server.conftest import work


class Evil:
    def __reduce__(self) -> Any:
        return os.putenv, ("DATELINE_UNPICKLED", "yes")


@pytest.mark.parametrize(
    "said",
    [
        pickle.dumps((True, {"claims": [], "problems": []})),
        pickle.dumps(Evil()),
        b"",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"found": {"claims": []}}',
        b'{"found": {"claims": [1], "problems": []}}',
        b'{"found": {"claims": {}, "problems": []}}',
        b'{"found": {"claims": [], "problems": [], "more": 1}}',
        b"\xff",
    ],
)
def test_what_is_no_answer_is_none(said: bytes) -> None:
    with pytest.raises(TooLong):
        checked_answer(said)
    assert "DATELINE_UNPICKLED" not in os.environ


def test_an_answer_and_a_fault_come_through_as_json() -> None:
    here, there = Pipe()
    served = Thread(target=serve_coder, args=(work, there), daemon=True)
    served.start()
    made = Coding(work, seconds=5)
    made.pipe, made.child = here, Alive()
    asked = {"text": "a", "title": "", "outlet": "é", "published": "2025-01-01"}
    assert made(asked) == {"claims": [{"report": "é"}], "problems": []}
    with pytest.raises(ValueError, match="another age"):
        made({**asked, "published": "2001-01-01"})
    here.close()
    served.join(5)


class Alive:
    """A child that lives."""

    def is_alive(self) -> bool:
        return True
