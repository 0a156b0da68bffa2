"""`dateline serve`: the pages and the API, on this machine unless a token is given."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from dateline.cli.screen import fail, say

DEMO = "demo"
DAYS = {  # of the example reports that tell no day themselves
    "grain-sanctions.txt": date(2025, 2, 28),
    "checkpoint-attack.txt": date(2025, 3, 4),
    "ceasefire-talks.txt": date(2025, 4, 14),
    "opposition-arrest.txt": date(2025, 4, 22),
    "state-visit.txt": date(2025, 5, 7),
    "bread-protest.txt": date(2025, 5, 18),
    "quiet-day.txt": date(2025, 6, 1),
    "lake-accord.jsonl": None,
    "flood-aid.txt": date(2025, 8, 19),
}


def serve(
    store: Annotated[
        str, typer.Argument(metavar="[STORE|demo]", help="A file or URL, or `demo`.")
    ] = "",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port.")] = 8000,
    host: Annotated[
        str, typer.Option(help="Address to listen on; beyond this machine: --token.")
    ] = "127.0.0.1",
    token: Annotated[
        str,
        typer.Option(
            envvar="DATELINE_TOKEN", help="Who reads must have it; `new` makes one."
        ),
    ] = "",
    review: Annotated[
        bool,
        typer.Option("--review", help="Let reviewers in: `dateline review token`."),
    ] = False,
) -> None:
    """Serve pages and an API over a store, read-only; `demo` shows the examples.

    With --review people who have a reviewer's token decide in the browser: what they
    say is kept beside the program's answers.
    """
    needed()
    from dateline.cli.settings import settings
    from dateline.web.guard import LOOPBACK

    if host not in LOOPBACK and not token:
        fail(f"--host {host} is open to others: give --token, or --token new", 2)
    if token == "new":
        token = secrets.token_urlsafe(24)
        say(f"token: {token}")
    if store == DEMO:
        with demo() as made:
            say(f"to review, enter at /login with: {reviewer(made)}")
            run(made, (host, port), token, True)
    else:
        run(store or settings().store, (host, port), token, review)


def needed() -> None:
    """End with what to install where the extra is not there."""
    from importlib.util import find_spec

    missing = [n for n in ("fastapi", "jinja2", "uvicorn") if find_spec(n) is None]
    if missing:
        fail(f"serve needs {', '.join(missing)}: pip install 'dateline[web]'", 2)


def run(where: str, at: tuple[str, int], token: str, review: bool) -> None:
    """Serve a store until it is interrupted."""
    import uvicorn

    from dateline.store.sql import SqlStore
    from dateline.web.app import Parts, application
    from dateline.web.guard import LOOPBACK, Guard
    from dateline.web.ready import ready

    host, port = at
    hosts = LOOPBACK if host in LOOPBACK else frozenset[str]()
    with ExitStack() as stack:
        kept = stack.enter_context(SqlStore(where, write=False))
        parts = Parts(Guard(token, hosts))
        if review:
            desk = stack.enter_context(SqlStore(where))
            side = desk.review
            guard = Guard(token, hosts, reviewer=side.who, may=side.may)
            parts = Parts(guard, desk=desk)
        app: Any = application(kept, parts)
        ready(kept)
        shown = f"[{host}]" if ":" in host else host
        say(f"http://{shown}:{port}/ shows {kept.where}; Ctrl+C ends it")
        uvicorn.run(
            app,
            host=host,
            port=port,
            log_level="warning",
            server_header=False,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=3,
        )


def reviewer(where: str) -> str:
    """Return the token of a reviewer of the demo."""
    from dateline.store.sql import SqlStore

    with SqlStore(where) as kept:
        return kept.review.add_reviewer("demo")


@contextmanager
def demo() -> Iterator[str]:
    """Give a store of the example reports, coded now; it is gone at the end."""
    from dateline.happenings import join
    from dateline.ingest import Ingest, one_by_one
    from dateline.outcomes import Told
    from dateline.parts import Options, coder
    from dateline.read.inputs import sources
    from dateline.store.sql import SqlStore

    say("coding the example reports: half a minute or so")
    options = Options()
    with TemporaryDirectory(prefix="dateline-demo-") as folder:
        where = str(Path(folder) / "demo.db")
        with SqlStore(where) as kept:
            codes = one_by_one(coder(options))
            for name, day in DAYS.items():
                told = Told(day, "Global Wire")
                ingest = Ingest(codes, kept, options.made_by(), told)
                list(ingest.run(sources([str(examples() / name)])))
            join(kept)
        yield where


def examples() -> Path:
    """Return the folder of example reports, installed or in the source tree."""
    import dateline

    here = Path(dateline.__file__).parent
    places = (here / "examples", here.parents[1] / "examples")
    found = next((folder for folder in places if folder.is_dir()), None)
    return found or fail("the example reports are not installed", 2)
