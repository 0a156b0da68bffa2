"""The command line: parses flags, calls the floors below, prints for an analyst."""

import os
import sys
from typing import Annotated, NoReturn

import typer

from dateline import __version__
from dateline.cli import (
    bulk,
    code,
    doctor,
    events,
    lists,
    panel,
    release,
    reports,
    review,
    serve,
    watch,
)
from dateline.cli.screen import OPENED, fail

app = typer.Typer(
    name="dateline",
    help="News reports in, auditable political event data out: who did what to whom, "
    "when, where, according to whom and how certain.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def begin_command(
    version: Annotated[bool, typer.Option("--version", help="Tell the version and end.")] = False,
) -> None:
    """Tell the version where it is asked for."""
    if version:
        print(f"dateline {__version__}")
        raise SystemExit(0)


app.command("code")(code.code_paths)
app.command("demo")(serve.show_demo)
app.command("watch")(watch.watch)
app.command("verify")(doctor.verify_store)
app.command("reports")(reports.show_reports)
app.command("problems")(reports.show_problems)
app.command("events")(events.list_events_or_claims)
app.command("event")(events.show_event)
app.command("agenda")(events.show_agenda)
app.command("merge")(review.merge_claims)
app.command("show")(reports.show_any)
app.command("explain")(reports.explain_claim)
app.command("speakers")(reports.table_speakers)
app.command("export")(release.export_record)
app.command("panel")(panel.panel)
app.command("without")(panel.show_without)
app.command("promises")(panel.promises)
app.add_typer(bulk.batch, name="batch")
app.add_typer(panel.audit, name="audit")
app.add_typer(release.release, name="release")
app.command("share")(release.share_claims)
app.command("rehydrate")(release.rehydrate)
app.command("people")(release.show_people)
app.command("forget")(release.forget)
app.command("query", cls=reports.Question)(reports.query_store)
app.command("search")(reports.search_reports)
app.command("scale")(bulk.scale_out)
app.command("load")(bulk.load_shards)
app.command("serve")(serve.serve_store)
app.add_typer(watch.searches, name="searches")
app.command("mcp")(serve.mcp)
app.add_typer(lists.codebook, name="codebook")
app.add_typer(lists.actors, name="actors")
app.add_typer(doctor.db, name="db")
app.add_typer(review.review, name="review")
app.command("doctor")(doctor.doctor)


def main() -> None:
    """Run the command line; whatever goes wrong is told in one line."""
    try:
        with OPENED:
            app()
    except SystemExit as error:
        end_as_asked(error)
    except BrokenPipeError:
        end_closed_pipe()
    except Exception as error:  # noqa: BLE001  all is told in one line
        end_with_fault(error)


def end_as_asked(error: SystemExit) -> NoReturn:
    """End as a command asks for; Typer itself ends with 1 where a pipe is closed."""
    if isinstance(error.__context__, BrokenPipeError):
        end_closed_pipe()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        silenced()
    raise error


def end_with_fault(error: Exception) -> NoReturn:
    """End with what went wrong in one line."""
    from dateline.resources.plugins import MissingPart
    from dateline.store.errors import StoreError

    if isinstance(error, StoreError):
        fail(str(error), error.exit)
    if isinstance(error, MissingPart):
        fail(str(error), 2)
    if isinstance(error, PermissionError):
        fail(f"{error.filename}: no permission", 5)
    if isinstance(error, OSError):
        why = error.strerror or str(error) or type(error).__name__
        fail(f"{error.filename or 'input or output'}: {why}", 5)
    if "DATELINE_DEBUG" in os.environ:
        raise error
    what = f"{type(error).__name__}: {error}"
    fail(f"our own fault, please tell us ({what}); DATELINE_DEBUG=1 shows where", 1)


def end_closed_pipe() -> NoReturn:
    """End well: who reads the output, as `head` does, has had enough."""
    silenced()
    raise SystemExit(0) from None


def silenced() -> None:
    """Let what is still to be printed go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
