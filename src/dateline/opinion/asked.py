"""What is asked of a language model and what comes back: one question, one answer.

Who writes the question knows reports, codebooks and parties; who carries it knows
servers, prices and what was answered before. They share these two values alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.model import Problem


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question as it is sent: the guide, the report, the shape of the answer.

    `system` is the guide: the same for all questions of a run, so that servers keep
    it. `schema` is a JSON Schema whose root is an object; `max_tokens` bounds the
    answer. `codebook` names the codebook by name and digest; it is not sent, but an
    answer is kept under it. `private` tells the private persons of the report, for each
    every form of the name that `user` has: where names must not leave the machine they
    are numbers on the way, and names again in the answer.
    """

    id: str
    system: str
    user: str
    schema: Mapping[str, Any]
    max_tokens: int = 2_048
    codebook: str = ""
    private: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for the prompt of the same `id`: a text or a problem, never both.

    `text` is one JSON object, alone and whole; that its values fit the schema and the
    report is for the asker to check. `problem` is of stage `opinion` and bears the
    prompt's id in place of a report's. Tokens are what the server counted, else our
    count, and are summed over the tries; 0 where it was `replayed`, since nothing was
    paid. `model` is what the server says answered, `finish` why it stopped ("stop",
    "length", "" where nothing came).
    """

    id: str
    text: str | None
    problem: Problem | None
    tokens_in: int = 0
    tokens_out: int = 0
    model: str = ""
    finish: str = ""
    replayed: bool = False


Ask = Callable[[Iterable[Prompt]], Iterator[Answer]]
"""Questions in, as many answers out in the order of the questions, each as it comes."""
