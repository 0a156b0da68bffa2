"""Reports coded with a second opinion: read once, asked about, then coded.

Nothing is sent before all that would be asked is known and agreed to. Answers come in
the order of the reports, many at once; each report is coded as soon as its answer is
there. Of long reports the parts after the first are asked about one by one, since each
lists who was found in those before.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from typing import Any, Protocol

from dateline.ingest.run import Coded, Codes, Item, attempt_coding
from dateline.llm.adviser import Adviser, Guide
from dateline.llm.cache import AnswerBook
from dateline.llm.client import Door, Terms
from dateline.llm.messages import Answer, Ask, Prompt
from dateline.llm.policy import NotAllowed, Server, allow_server, read_api_key
from dateline.llm.pricing import find_tariff
from dateline.llm.transport import Unconnected
from dateline.model import Problem, Report
from dateline.pipeline.coder import Coder
from dateline.resources import plugins
from dateline.resources.codebook import FolderCodebook

Key = tuple[str, str]
Peek = Callable[[Prompt], Answer | None]
UNSENT = "unsent"


class Asks(Protocol):
    """Asks a model: tells what a run would cost first, then asks as often as needed."""

    def agree(self, prompts: Sequence[Prompt]) -> None:
        """Tell what these questions cost; do not return unless somebody agrees."""
        ...

    def peek(self, prompt: Prompt) -> Answer | None:
        """Return the answer that is kept from before, None where there is none."""
        ...

    def __call__(self, prompts: Iterable[Prompt]) -> Iterator[Answer]:
        """Yield an answer for each question, in their order."""
        ...

    def end(self) -> None:
        """Ask nothing more; tell what was asked."""
        ...


@dataclass(frozen=True, slots=True)
class OpinionTerms:
    """What a second opinion is asked for: by which codebook, whose, about what.

    `abroad` is false where names must not leave the machine: in languages that the
    program cannot read it finds none of them.
    """

    book: FolderCodebook
    model: str
    only_doubtful: bool = False
    abroad: bool = True


@dataclass(slots=True)
class Noted:
    """Notes what is asked; of answers it has those that are kept from before."""

    peek: Peek
    prompts: list[Prompt] = field(default_factory=list)

    def __call__(self, prompts: Iterable[Prompt]) -> Iterator[Answer]:
        """Note each question; without a kept answer, that it was not sent."""
        for prompt in prompts:
            self.prompts.append(prompt)
            unsent = Answer(prompt.id, None, Problem(prompt.id, "opinion", UNSENT, ""))
            yield self.peek(prompt) or unsent


@dataclass(slots=True)
class Coming:
    """Gives the answers that come in the order of the questions, each when asked for.

    What was not foreseen (a later part of a long report) is asked at once, after all
    that was.
    """

    coming: Iterator[Answer]
    order: Iterator[Key]
    asks: Ask
    there: dict[Key, Answer] = field(default_factory=dict)
    over: bool = False

    def __call__(self, prompts: Iterable[Prompt]) -> Iterator[Answer]:
        """Yield the answer to each question."""
        for prompt in prompts:
            key = prompt.id, prompt.user
            while key not in self.there and not self.over:
                self.take()
            found = self.there.get(key)
            yield found if found is not None else next(iter(self.asks([prompt])))

    def take(self) -> None:
        """Take the answer that comes next."""
        key, answer = next(self.order, None), next(self.coming, None)
        if key is None or answer is None:
            self.over = True
        else:
            self.there[key] = answer


def code_advised(
    coder: Coder, terms: OpinionTerms, asks: Asks, say: Callable[[str], None]
) -> Codes:
    """Return what codes reports with a second opinion, in their order."""

    def codes(items: Iterable[Item]) -> Iterator[Coded]:
        every = list(items)
        reports = [item for item in every if isinstance(item, Report)]
        if len(reports) > 1:
            say(f"reading {len(reports):,} reports to know what is to be asked")
        firsts, later = foresee(coder, terms, reports, asks)
        asks.agree([*firsts, *later])
        try:
            order = ((prompt.id, prompt.user) for prompt in firsts)
            answers = Coming(iter(asks(firsts)), order, asks)
            advised = advise(coder, terms, answers)
            for item in every:
                yield (item, attempt_coding(advised, item) if isinstance(item, Report) else None)
        finally:
            asks.end()

    return codes


def advise(coder: Coder, terms: OpinionTerms, ask: Ask) -> Coder:
    """Return a coder that hears a model."""
    adviser = Adviser(terms.book, ask, terms.model, terms.only_doubtful)
    alone = adviser.read_alone if terms.abroad else None
    return replace(coder, advise=adviser, read_alone=alone)


@dataclass(frozen=True, slots=True)
class Way:
    """How a model is reached from Python: where, which, what it may cost.

    `allow` names the hosts that texts may go to beside this machine; the key comes from
    the environment. With `replay` nothing is sent: kept answers alone count.
    """

    url: str
    model: str
    answers: str = "dateline.answers.db"
    allow: tuple[str, ...] = ()
    budget: Decimal | None = None
    replay: bool = False
    only_doubtful: bool = False


def reach_model(way: Way, say: Callable[[str], None]) -> Door:
    """Return the door to a model. Raises NotAllowed (a ValueError) where none opens."""
    if way.replay:
        server = Server("", way.model)
        connection: Any = Unconnected()
    else:
        server = allow_server(way.url, way.model, way.allow, read_api_key(os.environ))
        connection = plugins.load_plugin("models", server.connector)(server)
    tariff = find_tariff(server)
    if way.budget is not None and not tariff.known and not way.replay:
        raise NotAllowed(f"a budget needs a price, and {tariff.why}")
    book = AnswerBook(Path(way.answers))
    return Door(connection, tariff, book, say, Terms(way.budget, way.replay))


def name_opinion(terms: OpinionTerms) -> str:
    """Return what the rows of a run with a second opinion are stamped with."""
    named = f"{terms.model} {Guide.of(terms.book).digest}"
    return f"{named} only doubtful" if terms.only_doubtful else named


def foresee(
    coder: Coder, terms: OpinionTerms, reports: Sequence[Report], asks: Asks
) -> tuple[list[Prompt], list[Prompt]]:
    """Return what will be asked: first parts as they are sent, later ones about so."""
    firsts, later = [], []
    for prompts in note_questions(coder, terms, reports, asks.peek):
        firsts += prompts[:1]
        later += prompts[1:]
    return firsts, later


def find_ready(
    coder: Coder, terms: OpinionTerms, reports: Sequence[Report], peek: Peek
) -> tuple[list[Prompt], int]:
    """Return the questions whose words are known, and how many more there will be.

    Of each report those that have an answer and the first without one: each later part
    of a long report lists who was found in those before it. The same text in two files
    is asked about once.
    """
    ready, waiting = dict[str, Prompt](), 0
    for prompts in note_questions(coder, terms, reports, peek):
        known = list(takewhile(peek, prompts))
        ready |= {each.user: each for each in prompts[: len(known) + 1]}
        waiting += max(0, len(prompts) - len(known) - 1)
    return list(ready.values()), waiting


def note_questions(
    coder: Coder, terms: OpinionTerms, reports: Sequence[Report], peek: Peek
) -> Iterator[list[Prompt]]:
    """Yield the questions about each report; nothing is sent.

    What comes after one without an answer is only about as it will be asked.
    """
    for report in reports:
        noted = Noted(peek)
        attempt_coding(advise(coder, terms, noted), report)
        yield noted.prompts
