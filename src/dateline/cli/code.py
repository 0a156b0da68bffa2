"""`dateline code`: reports in, claims out, the record kept, problems and sums told."""

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.options import (
    OPINION,
    CodebookName,
    Columns,
    DayFirst,
    Format,
    Kept,
    OnlyDoubtful,
    OpinionBudget,
    OpinionModel,
    OpinionUrl,
    Outlet,
    Published,
)
from dateline.cli.screen import (
    OPENED,
    Progress,
    claims_table,
    escape_terminal,
    fail,
    open_output,
    print_record,
    say_line,
    telling_end,
)

if TYPE_CHECKING:
    from dateline.ingest.results import Done
    from dateline.ingest.run import Ingest
    from dateline.store.sql import SqlStore

Record = dict[str, Any]
SHOWN = 500  # claims in a table; a longer list is for a file
TOLD = 20  # problems of one kind that are told one by one
ALIKE = 3  # and in the same words
NONE = "no political event told"
ASIDES = {
    "unsupported": "in a language that is not read, stored, not coded",
    "in parts": "too slow as a whole, coded in parts (why: `dateline problems`)",
    "unadvised": "without the second opinion asked for, the program's own record (why:"
    " `dateline problems`; run it again to ask again)",
    "versions": "other versions of reports that were kept",
    "misdated": "with a dateline of another day than --published",
    "files": "files read before and skipped",
}
READERS = {
    "reader both": "by both alike",
    "reader differ": "where they differ",
    "reader model": "by the model alone",
    "reader own": "by the program alone",
}
NAMED = 10  # reports without an event that are named one by one


def code_paths(  # noqa: PLR0913  every flag is an argument
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, globs, archives, or - for a pipe."),
    ],
    format: Annotated[Format, typer.Option(help="How to print the claims.")] = Format.table,
    store: Kept = "",
    no_store: Annotated[bool, typer.Option("--no-store", help="Print only.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Keep only; print problems alone.")
    ] = False,
    sure: Annotated[
        float, typer.Option(min=0, max=1, help="Print only claims at least so sure.")
    ] = 0.0,
    published: Published = "",
    outlet: Outlet = "",
    columns: Columns = "",
    dayfirst: DayFirst = False,
    codebook: CodebookName = "",
    actors: Annotated[
        list[str], typer.Option(metavar="CSV", help="Your own actors; later files win.")
    ] = [],  # noqa: B006  Typer copies it
    gazetteer: Annotated[str, typer.Option(metavar="CSV", help="Your own places.")] = "",
    countries: Annotated[str, typer.Option(help="Restrict places to these: SYR,IRQ.")] = "",
    no_gate: Annotated[bool, typer.Option("--no-gate", help="Parse every sentence.")] = False,
    workers: Annotated[
        int, typer.Option(min=1, help="Processes; the claims are those of one.")
    ] = 1,
    opinion: OpinionUrl = "",
    model: OpinionModel = "",
    budget: OpinionBudget = "",
    replay: Annotated[
        bool, typer.Option("--replay", help="Kept answers alone: no network.", **OPINION)
    ] = False,
    repeat: Annotated[
        int, typer.Option(min=1, help="Ask a sample so often: does it agree?", **OPINION)
    ] = 1,
    yes: Annotated[bool, typer.Option("--yes", help="Agree to what it costs.", **OPINION)] = False,
    only_doubtful: OnlyDoubtful = False,
) -> None:
    """Code reports: print their claims and keep them in a store.

    What is stored under the same versions is skipped and not printed again. With
    --opinion, or where dateline.toml names a language model, that is asked about each
    report, too: what would be sent and what it costs is told before, and wants a yes.
    """
    from dateline.cli.settings import choose_parts, settings
    from dateline.ingest.results import Told
    from dateline.ingest.run import Ingest
    from dateline.ingest.scale.pool import coding_pool

    chosen = choose_parts(
        codebook=codebook,
        actors=tuple(actors),
        gazetteer=gazetteer,
        countries=read_states(countries),
        gate=not no_gate,
    )
    where = store or settings().store
    told = Told(read_day(published), outlet)
    named = read_column_map(columns, dayfirst)
    flags = (opinion, model, budget, replay, repeat, yes, only_doubtful)
    second = choose_opinion(flags, where)
    if second and workers > 1:
        fail("--workers: with a second opinion one process codes, the model is slower", 2)
    if second:
        from dateline.cli.llm import advised_codes

        coding, made_by = advised_codes(second, chosen)
    else:
        coding, made_by = coding_pool(chosen, workers), chosen.made_by()
    kept = None if no_store else open_store(where)
    ingest = Ingest(coding, kept, made_by, told)
    closed = False
    with telling_end(lambda: stopped_words(ingest)):
        try:
            Printer(format, quiet, sure).show(ingest, paths, named)
        except BrokenPipeError:
            if kept is None:
                raise
            say_line("the output was closed: what was coded is kept; run it again to go on")
            closed = True
        ended = print_sums(ingest, quiet) or (3 if closed else 0)
        merge_and_tell(kept, quiet)
    raise SystemExit(ended)


def open_store(where: str) -> "SqlStore":
    """Return a store, closed as the command ends; loaded only where something is kept."""
    from dateline.store import sql

    return OPENED.enter_context(sql.SqlStore(where))


def choose_opinion(flags: tuple[Any, ...], store: str) -> Any:
    """Return how a language model is asked, None where nobody wants one.

    Then nothing of one is loaded.
    """
    from dateline.cli.settings import settings

    if flags == ("", "", "", False, 1, False, False) and not settings().opinion.url:
        return None
    from dateline.cli.llm import OpinionFlags, find_opinion

    return find_opinion(OpinionFlags(*flags), store)


def stopped_words(ingest: Any) -> str:
    """Return what is kept of a run that was ended with Ctrl-C."""
    n, kept = ingest.count, ingest.store
    if kept is None:
        return f"ended: {n['stored']} reports were coded, none is kept (--no-store)"
    again = "run it again to go on: it joins them into events"
    return f"ended: the {n['stored']} reports coded are kept in {kept.where}; {again}"


def merge_and_tell(kept: "SqlStore | None", quiet: bool) -> None:
    """Join what a store now holds into events, and say so."""
    if not kept:
        return
    from dateline.events.event_summaries import join

    done = join(kept)
    if done.reports and not quiet:
        say_line(
            f"{done.parts} tellings of {done.events} events; {done.copies} pairs"
            f" share copy; {done.versions} are later versions of others"
        )


def read_day(told: str) -> date | None:
    """Read the day of an option."""
    try:
        return date.fromisoformat(told) if told else None
    except ValueError:
        fail(f"--published {told!r} is no date like 2019-01-08", 2)


def read_states(told: str) -> tuple[str, ...]:
    """Read the states of an option."""
    from dateline.resources.reference import countries
    from dateline.resources.reference.countries import answering

    found: dict[str, None] = {}
    for code in told.replace(",", " ").split():
        state = countries().by_code(code)
        if state is None:
            fail(f"--countries: no country {code!r}: ISO-3166 alpha-3, as SYR,IRQ", 2)
        found[answering(state.code)] = None
    return tuple(found)


def read_column_map(told: str, dayfirst: bool = False) -> Any:
    """Read the column map of an option, and how days are to be read beside it."""
    from dateline.ingest.reading.fields import DAY_FIRST, parse_columns

    try:
        return (*parse_columns(told), *([DAY_FIRST] if dayfirst else ()))
    except ValueError as error:
        fail(f"--columns {error}", 2)


class Printer:
    """Prints what becomes of each record."""

    def __init__(self, format: Format, quiet: bool = False, sure: float = 0.0) -> None:
        """Print nothing yet."""
        self.format, self.quiet, self.sure = format, quiet, sure
        self.doubtful = False  # whether the last report told claims, none sure enough
        self.head: Record = {}  # of the report whose claims are being printed
        self.told: Counter[str] = Counter()
        self.alike: Counter[str] = Counter()  # problems told in the same words

    def show(self, ingest: "Ingest", paths: list[str], columns: Any = ()) -> None:
        """Print the claims of everything that the arguments name."""
        coded = self.coded(self.watched(ingest, paths, columns))
        if self.quiet:
            for _ in coded:
                pass
        elif self.format is Format.table:
            self.table(coded)
        else:
            self.lines(coded)

    def watched(self, ingest: "Ingest", paths: list[str], columns: Any) -> "Iterator[Done]":
        """Yield what is done, under a bar that tells how much is left."""
        from dateline.ingest.reading.inputs import size_of_inputs, sources

        if self.quiet or not sys.stderr.isatty():
            yield from ingest.run(sources(paths, columns))
            return
        with Progress(size_of_inputs(paths)) as bar:
            for done in ingest.run(sources(paths, columns)):
                bar.at(ingest.place, ingest.count["read"])
                yield done

    def coded(self, items: "Iterator[Done]") -> Iterator[tuple[str, list[Record]]]:
        """Yield each coded report's place and claims; tell the problems."""
        from dateline.ingest.run import NOT_CODED
        from dateline.model.record import report_head

        for done in items:
            if done.problem and done.outcome != "passed over":
                self.problem(done)
            if done.note:
                say_line(f"! {done.at}: {done.note}")
            whole = done.problem is None or done.problem.code != NOT_CODED
            if done.outcome == "stored" and whole:
                sure = [c for c in done.claims if c["confidence"] >= self.sure]
                self.doubtful = bool(done.claims) and not sure
                if done.report:
                    self.head = report_head(done.report)
                yield done.at, sure

    def problem(self, done: "Done") -> None:
        """Tell a problem in one line; after many of a kind they are counted only."""
        problem = done.problem
        if problem is None:
            return
        self.alike[problem.message] += 1
        if (same := self.alike[problem.message]) > ALIKE:
            if same == ALIKE + 1:
                say_line("! more such follow, in the same words: `dateline problems`")
            return
        self.told[problem.code] += 1
        if self.told[problem.code] <= TOLD:
            say_line(f"! {done.at}: {problem.message}")
        elif self.told[problem.code] == TOLD + 1:
            say_line(f"! more of the kind {problem.code!r} follow: `dateline problems`")

    def table(self, coded: Iterator[tuple[str, list[Record]]]) -> None:
        """Print one table of all claims, then the reports without any."""
        rows: list[Record] = []
        names: dict[str, str] = {}
        silent: list[str] = []  # the first reports without an event, and why
        left = more = 0
        for at, records in coded:
            if not records and len(silent) < NAMED:
                why = f"no event {self.sure:g} sure or more" if self.doubtful else NONE
                silent.append(f"{at}: {why}")
            elif not records:
                more += 1
            room = SHOWN - len(rows)
            names.update({record["report"]: at for record in records[:room]})
            rows += records[:room]
            left += len(records[room:])
        if rows:
            claims_table(rows, names=names if len(names) > 1 else {})
        if left:
            print(f"… and {left} more claims: `dateline events`, or --format jsonl")
        for line in silent:
            print(escape_terminal(line))
        if more:
            sure = f", or none {self.sure:g} sure or more" if self.sure else ""
            print(f"… and in {more} more reports: {NONE}{sure}")

    def lines(self, coded: Iterator[tuple[str, list[Record]]]) -> None:
        """Print claims as they come."""
        if self.format is Format.jsonl:
            for _, records in coded:
                for found in records:
                    print_record(found)
            return
        from dateline.export.table import print_claims

        told = ((claim, self.head) for _, records in coded for claim in records)
        print_claims(open_output(), told)


def print_sums(ingest: "Ingest", quiet: bool = False) -> int:
    """Say what became of everything read; return the exit code."""
    n = ingest.count
    missing = n["code not_found"]
    nothing_there = missing and n["read"] == missing
    if not quiet and (not nothing_there or ingest.kinds):
        stored = "stored" if ingest.store else "coded"
        say_line(
            f"read {n['read']} = {stored} {n['stored']} + rejected {n['rejected']}"
            f" + quarantined {n['quarantined']} + duplicate {n['duplicate']};"
            f" {n['claims']} claims;"
            f" the gate skipped {n['skipped']} of {n['sentences']} sentences"
        )
        for line in asides(ingest):
            say_line(line)
    if nothing_there:
        return 2
    lacking = ("rejected", "quarantined", "unsupported", "in parts", "unadvised")
    return 3 if any(n[name] for name in lacking) else 0


def asides(ingest: "Ingest") -> Iterator[str]:
    """Yield what else a person should know."""
    from dateline.ingest.run import ADVICE

    n = ingest.count
    yield from (f"{words}: {n[name]}" for name, words in ASIDES.items() if n[name])
    if heard := [f"{n[key]} {words}" for key, words in READERS.items() if n[key]]:
        yield f"claims by who decided: {', '.join(heard)}"
    refused = {k.split()[1]: v for k, v in n.items() if k.startswith(f"{ADVICE} ")}
    if refused:
        told = ", ".join(f"{v} {k}" for k, v in sorted(refused.items()))
        yield f"of the second opinion refused or missing: {told} (`dateline problems`)"
    if n["told before"]:
        yield "why some were rejected or set aside before: `dateline problems`"
    if ingest.kinds:
        told = ", ".join(f"{k} {v}" for k, v in ingest.kinds.most_common(12))
        yield f"passed over, no reports by their kind: {told}"
    if n["code truncated"]:
        yield f"files that are incomplete: {n['code truncated']}"
    if ingest.store is not None:
        yield f"kept in {ingest.store.where}: see `dateline events`"
