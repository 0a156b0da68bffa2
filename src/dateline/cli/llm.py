"""`--opinion`: what is asked of a language model, told before and counted after.

Nothing is sent without a yes, on the terminal or by `--yes`; what is kept is not asked
again.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from math import isnan
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

import typer

from dateline.cli.screen import fail, say_line
from dateline.cli.settings import OpinionTable
from dateline.llm.cache import AnswerBook, place_answers
from dateline.llm.client import Door, Say, Terms
from dateline.llm.messages import Answer, Prompt, measure_agreement
from dateline.llm.policy import NotAllowed, Server, allow_server, read_api_key, tell_leaving
from dateline.llm.pricing import find_tariff, show_money

LOCAL = "http://localhost:11434/v1"  # where Ollama listens
SAMPLE = 20  # questions that --repeat asks again
EVERY = 60.0  # seconds between lines of progress where there is no terminal
Confirm = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class OpinionFlags:
    """The flags of a command; what is left empty is as the configuration has it."""

    url: str = ""
    model: str = ""
    budget: str = ""
    replay: bool = False
    repeat: int = 1
    yes: bool = False
    only_doubtful: bool = False


NO_FLAGS = OpinionFlags()


@dataclass(frozen=True, slots=True)
class OpinionSettings:
    """How a language model is asked, flags and configuration put together."""

    server: Server
    answers: Path
    terms: Terms = Terms()
    prices: tuple[Decimal | None, Decimal | None] = (None, None)
    repeat: int = 1
    yes: bool = False
    only_doubtful: bool = False


def merge_opinion(flags: OpinionFlags, table: OpinionTable, store: str) -> OpinionSettings:
    """Return how a model is asked; a wrong flag or table ends the command in a line."""
    if flags.repeat < 1 or (flags.replay and flags.repeat > 1):
        fail("--repeat asks at least once, and not with --replay", 2)
    url, model = flags.url or table.url, flags.model or table.model
    try:
        if flags.replay:  # nothing is sent, so nothing need be allowed
            if not model:
                raise NotAllowed("--replay wants --model NAME: whose answers?")
            server = Server("", model)  # with no address, anybody's answers
            if url:
                named = url.partition("://")[2].partition("/")[0]
                hosts = named.rpartition(":")[0], named
                server = Server(url, model)
                with suppress(NotAllowed):
                    server = allow_server(url, model, hosts)
        else:
            key = read_api_key(os.environ, table.key_variable)
            server = allow_server(url or LOCAL, model, table.allow, key)
    except NotAllowed as error:
        fail(f"--opinion: {error}", 2)
    server = replace(
        server, called=table.called, seconds=table.seconds, temperature=table.temperature
    )
    told = Terms(
        read_budget(flags.budget or table.budget),
        flags.replay,
        at_once=table.at_once,
        numbered=table.names == "numbers",
    )
    answers = Path(table.answers) if table.answers else place_answers(store)
    prices = table.price_in, table.price_out
    doubtful = flags.only_doubtful or table.only_doubtful
    rest = prices, flags.repeat, flags.yes, doubtful
    return OpinionSettings(server, answers, told, *rest)


def find_opinion(flags: OpinionFlags, store: str) -> OpinionSettings | None:
    """Return how a model is asked, None where nobody wants one asked.

    A flag that belongs to an opinion, without an address anywhere, ends the command.
    """
    from dateline.cli.settings import settings

    table = settings().opinion
    if not (flags.url or table.url or flags.replay):
        if flags != NO_FLAGS:
            names = ("model", "budget", "repeat", "yes", "only_doubtful")
            given = (n for n in names if getattr(flags, n) != getattr(NO_FLAGS, n))
            flag = "--" + next(given, "model")
            if flag == "--only_doubtful":
                flag = "--opinion-only-doubtful"
            told = "wants --opinion URL beside it, or [opinion] url in dateline.toml"
            fail(f"{flag} {told}", 2)
        return None
    return merge_opinion(flags, table, store)


def advised_codes(chosen: OpinionSettings, options: Any) -> tuple[Any, dict[str, Any]]:
    """Return what codes reports with a second opinion, and what made its rows."""
    from dateline.ingest.llm_coding import code_advised, name_opinion
    from dateline.pipeline.factory import make_coder

    told = advised_terms(chosen, options)
    made_by = {**options.made_by(), "opinion": name_opinion(told)}
    return code_advised(make_coder(options), told, Asking(chosen), say_line), made_by


def advised_terms(chosen: OpinionSettings, options: Any) -> Any:
    """Return what is asked for; a codebook that has no tables ends the command."""
    from dateline.ingest.llm_coding import OpinionTerms
    from dateline.pipeline.factory import make_coder
    from dateline.resources.codebook import FolderCodebook

    book = make_coder(options).codebook
    if not isinstance(book, FolderCodebook):
        fail("--opinion wants a codebook of tables (a folder), as `plover` is", 2)
    abroad = not chosen.terms.numbered
    return OpinionTerms(book, chosen.server.model, chosen.only_doubtful, abroad)


def watching_coder(chosen: OpinionSettings, options: Any) -> tuple[Any, dict[str, Any]]:
    """Return a coder that asks about each report as it comes, and what made its rows.

    How many will come nobody knows: where texts go is told, and one yes is for all.
    """
    from dateline.ingest.llm_coding import advise, name_opinion
    from dateline.pipeline.factory import make_coder

    told, door = advised_terms(chosen, options), open_door(chosen)
    if not chosen.terms.replay:
        say_line(f"every report that comes goes to {told.model} at {door.server.host}")
        if leaving := tell_leaving(chosen.server, chosen.terms.numbered):
            say_line(leaving)
        if not on_terminal(chosen.yes)("Ask about all of them?"):
            fail("nothing was sent", 2)
    made_by = {**options.made_by(), "opinion": name_opinion(told)}
    return advise(make_coder(options), told, door), made_by


def read_budget(told: str) -> Decimal | None:
    """Read a sum of dollars, such as 5.00 or $5."""
    if not told:
        return None
    try:
        found = Decimal(told.strip().lstrip("$"))
    except InvalidOperation:
        found = Decimal(-1)
    if not found.is_finite() or found < 0:
        fail(f"--budget {told!r} is no sum of dollars such as 5.00", 2)
    return found


class Asking:
    """Asks a model in a run: what it would cost is told and agreed to, then it asks.

    A refusal ends the command. Nothing is asked after `end`, which tells the sums.
    """

    def __init__(
        self, chosen: OpinionSettings, confirm: Confirm | None = None, tell: bool = True
    ) -> None:
        """Open the door; send nothing."""
        self.chosen, self.tell = chosen, tell
        self.confirm = confirm or on_terminal(chosen.yes)
        self.door = open_door(chosen)
        self.again: list[Prompt] = []
        self.peek = self.door.peek

    def agree(self, prompts: Sequence[Prompt]) -> None:
        """Tell how many questions, tokens, dollars, whose texts leave; want a yes."""
        self.again = []
        if self.chosen.repeat > 1:  # the same sample for the same run
            luck, most = Random(len(prompts)), min(SAMPLE, len(prompts))
            self.again = luck.sample(list(prompts), most)
        if not self.chosen.terms.replay:
            agree_to_cost(self.door, self.chosen, prompts, self.again, self.confirm)

    def __call__(self, prompts: Iterable[Prompt]) -> Iterator[Answer]:
        """Yield an answer for each question, in their order."""
        yield from show_answers(self.door, list(prompts), self.tell)

    def end(self) -> None:
        """Ask the sample of --repeat again, tell the sums, close the door."""
        try:
            if self.again:
                repeat_answers(self.door, self.chosen, self.again)
        finally:
            if self.tell:
                for line in self.door.tally.words():
                    say_line(line)
            self.door.connection.close()
            self.door.book.close()


def open_door(chosen: OpinionSettings, terms: Terms | None = None, tell: Say = say_line) -> Door:
    """Return the door to a server. Raises plugins.MissingPart without its bridge."""
    from dateline.resources import plugins

    server = chosen.server
    tariff = find_tariff(server, *chosen.prices)
    told = terms or chosen.terms
    if told.budget is not None and not tariff.known and not told.replay:
        fail(
            f"--budget needs a price, and {tariff.why}: give [opinion] price_in and"
            " price_out, in dollars for a million tokens",
            2,
        )
    if told.replay:
        from dateline.llm.transport import Unconnected

        connection: Any = Unconnected()
        if not chosen.answers.exists():
            fail(f"--replay: there are no answers at {chosen.answers}", 2)
    else:
        connection = plugins.load_plugin("models", server.connector)(server)
    return Door(connection, tariff, AnswerBook(chosen.answers), tell, told)


def agree_to_cost(
    door: Door,
    chosen: OpinionSettings,
    prompts: Sequence[Prompt],
    again: Sequence[Prompt],
    confirm: Confirm,
) -> None:
    """Tell what a run would send and cost, and end it unless the person agrees."""
    plan = door.plan(prompts)
    rounds = [door.in_round(n).plan(again) for n in range(1, chosen.repeat) if again]
    if plan.questions == plan.kept and all(r.questions == r.kept for r in rounds):
        return
    lines = plan.words()
    for number, each in enumerate(rounds, 2):
        lines += [f"and for --repeat, time {number}:", *each.words()]
    for line in lines:
        say_line(line)
    leaving = tell_leaving(chosen.server, chosen.terms.numbered)
    if leaving:
        say_line(leaving)
    if not confirm("Ask?"):
        fail("nothing was sent", 2)


def on_terminal(yes: bool) -> Confirm:
    """Return what asks a person; where nobody can answer, --yes must have been said."""

    def confirm(question: str) -> bool:
        if yes:
            return True
        if not sys.stdin.isatty():
            fail("nobody is here to say yes: nothing was sent; --yes agrees before", 2)
        return typer.confirm(question, err=True)

    return confirm


def show_answers(door: Door, prompts: Sequence[Prompt], tell: bool) -> Iterator[Answer]:
    """Yield answers under a bar with rate, cost so far and time left.

    Where there is no terminal a line tells now and then how far the run is.
    """
    if not tell or len(prompts) < 2:
        yield from door(prompts)
        return
    if not sys.stderr.isatty():
        last = began = monotonic()
        for number, answer in enumerate(door(prompts), 1):
            now = monotonic()
            if now - last >= EVERY:
                last = now
                left = (now - began) / number * (len(prompts) - number)
                rate, spent = door.tally.rate, show_money(door.tally.spent)
                say_line(
                    f"{number:,} of {len(prompts):,} answers, {rate:.1f} a second,"
                    f" ${spent} so far, {left / 60:.0f} minutes left"
                )
            yield answer
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        TextColumn("answers"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.1f}/s  ${task.fields[spent]}  left"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("", total=len(prompts), rate=0.0, spent="0.00")
    with bar:
        for answer in door(prompts):
            spent = show_money(door.tally.spent)
            bar.update(task, advance=1, rate=door.tally.rate, spent=spent)
            yield answer


def repeat_answers(door: Door, chosen: OpinionSettings, prompts: Sequence[Prompt]) -> None:
    """Ask a sample again, and say how often the model agrees with itself."""
    rounds = [[answer.text for answer in door.in_round(n)(prompts)] for n in range(chosen.repeat)]
    whole, by_value = measure_agreement(rounds)
    if isnan(whole):
        say_line("--repeat: no question was answered twice")
        return
    say_line(
        f"{len(prompts)} questions asked {chosen.repeat} times: {whole:.0%} of the"
        f" answers are the same in all, {by_value:.0%} of their values are"
    )
