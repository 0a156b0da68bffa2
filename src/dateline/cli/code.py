"""`dateline code`: reports in, claims out, the record kept."""

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
from dateline.cli.screen import fail, say_line, telling_end

if TYPE_CHECKING:
    from dateline.store.sql import SqlStore


def code_paths(  # noqa: PLR0913  every flag is an argument
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="Files, folders, globs, archives, or - for a pipe."
        ),
    ],
    format: Annotated[
        Format, typer.Option(help="How to print the claims.")
    ] = Format.table,
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
    gazetteer: Annotated[
        str, typer.Option(metavar="CSV", help="Your own places.")
    ] = "",
    countries: Annotated[
        str, typer.Option(help="Restrict places to these: SYR,IRQ.")
    ] = "",
    no_gate: Annotated[
        bool, typer.Option("--no-gate", help="Parse every sentence.")
    ] = False,
    workers: Annotated[
        int, typer.Option(min=1, help="Processes; the claims are those of one.")
    ] = 1,
    opinion: OpinionUrl = "",
    model: OpinionModel = "",
    budget: OpinionBudget = "",
    replay: Annotated[
        bool,
        typer.Option("--replay", help="Kept answers alone: no network.", **OPINION),
    ] = False,
    repeat: Annotated[
        int,
        typer.Option(min=1, help="Ask a sample so often: does it agree?", **OPINION),
    ] = 1,
    yes: Annotated[
        bool, typer.Option("--yes", help="Agree to what it costs.", **OPINION)
    ] = False,
    only_doubtful: OnlyDoubtful = False,
) -> None:
    """Code reports: print their claims and keep them in a store.

    What is stored under the same versions is skipped and not printed again. With
    --opinion, or where dateline.toml names a language model, that is asked about each
    report, too: what would be sent and what it costs is told before, and wants a yes.
    """
    from dateline.cli.printing import Printer, print_sums
    from dateline.cli.settings import choose_parts, settings
    from dateline.ingest import Ingest
    from dateline.outcomes import Told
    from dateline.scale.pool import coding_pool

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
        fail(
            "--workers: with a second opinion one process codes, the model is slower", 2
        )
    if second:
        from dateline.cli.opinion import advised_codes

        coding, made_by = advised_codes(second, chosen)
    else:
        coding, made_by = coding_pool(chosen, workers), chosen.made_by()
    kept = None if no_store else keeper(where)
    ingest = Ingest(coding, kept, made_by, told)
    closed = False
    with telling_end(lambda: stopped_words(ingest)):
        try:
            Printer(format, quiet, sure).show(ingest, paths, named)
        except BrokenPipeError:
            if kept is None:
                raise
            say_line(
                "the output was closed: what was coded is kept; run it again to go on"
            )
            closed = True
        ended = print_sums(ingest, quiet) or (3 if closed else 0)
        merge_and_tell(kept, quiet)
    raise SystemExit(ended)


def choose_opinion(flags: tuple[Any, ...], store: str) -> Any:
    """Return how a language model is asked, None where nobody wants one.

    Then nothing of one is loaded.
    """
    from dateline.cli.settings import settings

    if flags == ("", "", "", False, 1, False, False) and not settings().opinion.url:
        return None
    from dateline.cli.opinion import OpinionFlags, find_opinion

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
    from dateline.record.happenings import join

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
    from dateline.reference import countries
    from dateline.reference.countries import answering

    found: dict[str, None] = {}
    for code in told.replace(",", " ").split():
        state = countries().by_code(code)
        if state is None:
            fail(f"--countries: no country {code!r}: ISO-3166 alpha-3, as SYR,IRQ", 2)
        found[answering(state.code)] = None
    return tuple(found)


def read_column_map(told: str, dayfirst: bool = False) -> Any:
    """Read the column map of an option, and how days are to be read beside it."""
    from dateline.read.fields import DAY_FIRST, parse_columns

    try:
        return (*parse_columns(told), *([DAY_FIRST] if dayfirst else ()))
    except ValueError as error:
        fail(f"--columns {error}", 2)


def keeper(where: str) -> "SqlStore":
    """Open the store to write to."""
    from dateline.store.sql import SqlStore

    return SqlStore(where)
