"""The command line: parses flags, calls the floors below, prints for an analyst."""

import os
import sys
from typing import Annotated, NoReturn

import typer

from dateline import __version__
from dateline.cli import (
    actors,
    agenda,
    ask,
    audit,
    batch,
    code,
    codebook,
    db,
    demo,
    doctor,
    event,
    events,
    export,
    mcp,
    merge,
    panel,
    release,
    reports,
    reviewers,
    scale,
    searches,
    serve,
    share,
    speakers,
    verify,
    watch,
)
from dateline.cli import query as asking
from dateline.cli.screen import fail

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
def begin(
    version: Annotated[
        bool, typer.Option("--version", help="Tell the version and end.")
    ] = False,
) -> None:
    """Tell the version where it is asked for."""
    if version:
        print(f"dateline {__version__}")
        raise SystemExit(0)


app.command("code")(code.code)
app.command("demo")(demo.show_demo)
app.command("watch")(watch.watch)
app.command("verify")(verify.verify)
app.command("reports")(reports.reports)
app.command("problems")(reports.problems)
app.command("events")(events.events)
app.command("event")(event.event)
app.command("agenda")(agenda.agenda)
app.command("merge")(merge.merge)
app.command("show")(events.show)
app.command("explain")(events.explain)
app.command("speakers")(speakers.speakers)
app.command("export")(export.export)
app.command("panel")(panel.panel)
app.command("without")(panel.without)
app.command("promises")(panel.promises)
app.add_typer(batch.app, name="batch")
app.add_typer(audit.app, name="audit")
app.add_typer(release.app, name="release")
app.command("share")(share.share)
app.command("rehydrate")(share.rehydrate)
app.command("people")(share.people)
app.command("forget")(share.forget)
app.command("query", cls=asking.Question)(asking.query)
app.command("search")(asking.search)
app.command("scale")(scale.scale)
app.command("load")(scale.load)
app.command("serve")(serve.serve)
app.add_typer(searches.app, name="searches")
app.command("mcp")(mcp.mcp)
app.command("ask")(ask.ask)
app.command("evaluate")(ask.evaluate)
app.add_typer(codebook.app, name="codebook")
app.add_typer(actors.app, name="actors")
app.add_typer(db.app, name="db")
app.add_typer(reviewers.app, name="review")
app.command("doctor")(doctor.doctor)


def main() -> None:
    """Run the command line; whatever goes wrong is told in one line."""
    try:
        app()
    except SystemExit as error:
        ended(error)
    except BrokenPipeError:
        closed()
    except Exception as error:  # noqa: BLE001  all is told in one line
        failed(error)


def ended(error: SystemExit) -> NoReturn:
    """End as a command asks for; Typer itself ends with 1 where a pipe is closed."""
    if isinstance(error.__context__, BrokenPipeError):
        closed()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        silenced()
    raise error


def failed(error: Exception) -> NoReturn:
    """End with what went wrong in one line."""
    from dateline.plugins import MissingPart
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


def closed() -> NoReturn:
    """End well: who reads the output, as `head` does, has had enough."""
    silenced()
    raise SystemExit(0) from None


def silenced() -> None:
    """Let what is still to be printed go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
