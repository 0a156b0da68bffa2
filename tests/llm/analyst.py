"""An analyst in place of a language model: answers a question by what stands in it."""

import json
import re
from collections.abc import Callable
from typing import Any

from tests.llm.server import Handler, Manner, completion

ACT = re.compile(r'^(A\d+)\?? "(.*)" ([A-Z_]+)(?:/(\S+))? ([a-z]+) (.+) > (.+)$', re.M)
Answer = dict[str, Any]
Change = Callable[[str, Answer], None]


def agree(user: str) -> Answer:
    """Return the answer that repeats what the program reads."""
    acts = [
        {
            "act": number,
            "why": "",
            "type": deed,
            "mode": mode,
            "status": status,
            "actors": [] if who == "-" else who.split(),
            "recipients": [] if whom == "-" else whom.split(),
        }
        for number, _, deed, mode, status, who, whom in ACT.findall(user)
    ]
    return {"parties": [], "acts": acts, "missed": []}


def nods(*changes: Change) -> Manner:
    """Answer as the program reads, with changes that see the question."""

    def manner(handler: Handler) -> None:
        user = handler.fake.bodies[-1]["messages"][-1]["content"]
        told = agree(user)
        for change in changes:
            change(user, told)
        usage = {"prompt_tokens": 5_000, "completion_tokens": 900}
        handler.give(200, completion(json.dumps(told), usage=usage))

    return manner
