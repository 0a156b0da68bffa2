"""Batch files: questions written for a night's run at half the price, answers read.

One JSON line a question under a `custom_id`, as OpenAI's batches and `vllm run-batch`
take them. The id is the digest under which an answer is kept: a file that comes back
is read without the reports, and coding again finds its answers.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dateline.opinion.allowed import CHAT
from dateline.opinion.asked import Prompt
from dateline.opinion.client import (
    Dialect,
    Refusal,
    Reply,
    Said,
    make_body,
    read_reply,
)
from dateline.opinion.door import Door, frame_reply

PATH = "/v1" + CHAT


def write_batch(door: Door, prompts: Iterable[Prompt], out: Path) -> tuple[int, int]:
    """Write the questions that have no kept answer; return how many, and how many had.

    Nothing is sent. Raises OSError where the file cannot be written.
    """
    written = kept = 0
    with out.open("w", encoding="utf-8") as lines:
        for prompt in prompts:
            question, _ = door.frame(prompt)
            if door.book.find(question, door.server.url, ""):
                kept += 1
                continue
            door.book.keep_question(question)
            body = make_body(door.server, question.prompt, Dialect(), door.terms.round)
            line = {
                "custom_id": question.content,
                "method": "POST",
                "url": PATH,
                "body": body,
            }
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")
            written += 1
    return written, kept


def read_batch(door: Door, path: Path) -> Counter[str]:
    """Keep the answers of a file that came back; return what became of its lines.

    "answered", or why a line is no answer: "unreadable", "unknown_question" (not
    written for these answers), else the code of the failure.
    """
    count: Counter[str] = Counter()
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.strip():
                count[read_line(door, line)] += 1
    return count


def read_line(door: Door, line: str) -> str:
    """Keep the answer of one line; return what became of it."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return "unreadable"
    if not isinstance(told, dict):
        return "unreadable"
    question = door.book.question(str(told.get("custom_id")))
    if question is None or question.model != door.server.model:
        return "unknown_question"
    reply = reply_of_line(told)
    outcome = read_reply(reply, door.server, question.prompt.schema)
    came = frame_reply(reply, outcome, door.server.key)
    door.book.keep_reply(question.content, door.server.url, "", came)
    return "answered" if isinstance(outcome, Said) else name_failure(outcome)


def reply_of_line(told: Mapping[str, Any]) -> Reply:
    """Return the reply that a line holds, or the error in its place."""
    response = told.get("response")
    if isinstance(response, dict):
        status = response.get("status_code")
        body = json.dumps(response.get("body"), ensure_ascii=False)
        status = status if isinstance(status, int) else 0
        return Reply(status, {}, body.encode("utf-8", "backslashreplace"))
    body = json.dumps({"error": told.get("error")}, ensure_ascii=False)
    return Reply(500, {}, body.encode("utf-8", "backslashreplace"))


def name_failure(refusal: Refusal) -> str:
    """Return the code of a failure; an error of the batch itself is one of its own."""
    return "batch_error" if refusal.what in ("again", "adapt") else refusal.code
