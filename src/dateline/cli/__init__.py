"""The command line: parses flags, calls the floors below, prints for an analyst."""

import os
import sys
from typing import Annotated

import typer

from dateline import __version__
from dateline.cli import (
    actors,
    ask,
    code,
    codebook,
    db,
    doctor,
    event,
    events,
    export,
    mcp,
    merge,
    reports,
    review,
    scale,
    serve,
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
app.command("watch")(watch.watch)
app.command("verify")(verify.verify)
app.command("reports")(reports.reports)
app.command("problems")(reports.problems)
app.command("events")(events.events)
app.command("event")(event.event)
app.command("merge")(merge.merge)
app.command("show")(events.show)
app.command("explain")(events.explain)
app.command("speakers")(speakers.speakers)
app.command("export")(export.export)
app.command("query")(asking.query)
app.command("search")(asking.search)
app.command("scale")(scale.scale)
app.command("load")(scale.load)
app.command("serve")(serve.serve)
app.command("mcp")(mcp.mcp)
app.command("ask")(ask.ask)
app.command("evaluate")(ask.evaluate)
app.add_typer(codebook.app, name="codebook")
app.add_typer(actors.app, name="actors")
app.add_typer(db.app, name="db")
app.add_typer(review.app, name="review")
app.command("doctor")(doctor.doctor)


def main() -> None:
    """Run the command line; whatever goes wrong is told in one line."""
    from dateline.plugins import MissingPart
    from dateline.store.errors import StoreError

    try:
        app()
    except StoreError as error:
        fail(str(error), error.exit)
    except MissingPart as error:
        fail(str(error), 2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except PermissionError as error:
        fail(f"{error.filename}: no permission", 5)
    except OSError as error:
        fail(f"{error.filename or 'input or output'}: {error.strerror}", 5)
    except Exception as error:
        if "DATELINE_DEBUG" in os.environ:
            raise
        what = f"{type(error).__name__}: {error}"
        fail(f"our own fault, please tell us ({what}); DATELINE_DEBUG=1 shows where", 1)
