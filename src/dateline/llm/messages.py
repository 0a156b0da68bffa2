"""What is asked of a language model and what comes back: one question, one answer.

Who writes the question knows reports, codebooks and parties; who carries it knows
servers, prices and what was answered before. They share these two values alone.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
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


def measure_agreement(rounds: Sequence[Sequence[str | None]]) -> tuple[float, float]:
    """Return how often answers to the same questions agree: whole, and value by value.

    `rounds` are the answers of each round in one order; a pair in which one failed is
    left out. Both are shares of 0 to 1; nan where no pair is left. Of two answers the
    second share is that of values that stand in both, among those in either.

    >>> measure_agreement([['{"a": 1, "b": 2}'], ['{"b": 2, "a": 3}']])
    (0.0, 0.3333333333333333)
    """
    same, shares = 0, []
    for n, one in enumerate(rounds):
        for other in rounds[n + 1 :]:
            for a, b in zip(one, other, strict=True):
                if a is None or b is None:
                    continue
                left, right = list_leaves(json.loads(a)), list_leaves(json.loads(b))
                same += left == right
                union = (left | right).total()
                shares.append((left & right).total() / union if union else 1.0)
    if not shares:
        return float("nan"), float("nan")
    return same / len(shares), sum(shares) / len(shares)


def list_leaves(value: Any, path: str = "") -> Counter[str]:
    """Return the values of an answer, each under its path.

    What stands in a list is named by its own number or words, not by its place.

    >>> sorted(list_leaves({"acts": [{"act": 3, "keep": True}]}))
    ['/acts[3]/act=3', '/acts[3]/keep=true']
    """
    if isinstance(value, dict):
        told = (list_leaves(v, f"{path}/{k}") for k, v in value.items())
        return Counter(chain.from_iterable(each.elements() for each in told))
    if isinstance(value, list):
        found: Counter[str] = Counter()
        for each in value:
            first = next(iter(each.values()), "") if isinstance(each, dict) else ""
            name = f"[{first}]" if isinstance(first, str | int) else "[]"
            found += list_leaves(each, path + name)
        return found
    return Counter([f"{path}={json.dumps(value)}"])
