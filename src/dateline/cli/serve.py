"""`dateline serve`: the pages and the API, on this machine unless a token is given."""

import errno
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.screen import fail, say_line

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


def serve_store(  # noqa: PLR0913  every flag is an argument
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
    proxy: Annotated[
        list[str],
        typer.Option(
            metavar="ADDRESS", help="A proxy whose X-Forwarded-For is believed."
        ),
    ] = [],  # noqa: B006  Typer copies it
    release: Annotated[
        list[Path],
        typer.Option(metavar="FOLDER", help="A release whose data sheet is shown."),
    ] = [],  # noqa: B006  Typer copies it
) -> None:
    """Serve pages and an API over a store, read-only; `demo` shows the examples.

    With --review people who have a reviewer's token decide in the browser: what they
    say is kept beside the program's answers.
    """
    end_without_web()
    from dateline.cli.settings import settings
    from dateline.web.guard import LEAST_TOKEN, LOOPBACK

    if host not in LOOPBACK and not token:
        fail(f"--host {host} is open to others: give --token, or --token new", 2)
    if token == "new":
        import secrets

        token = secrets.token_urlsafe(24)
        say_line(f"token: {token}")
    if token and len(token) < LEAST_TOKEN:
        short = f"the token has under {LEAST_TOKEN} characters and could be guessed"
        fail(f"{short}: --token new makes one", 2)
    for folder in release:
        if not (folder / "SHA256SUMS").is_file():
            fail(f"--release {folder} is no release: dateline release cut NAME", 2)
    proxies = addresses_of([*settings().proxies, *proxy])
    with listening(host, port) as door, suppress(KeyboardInterrupt):
        if store == DEMO:
            with demo() as made:
                say_line(
                    f"to review, enter at /login with: {demo_reviewer_token(made)}"
                )
                run_server(made, door, Door(host, token, True, proxies, tuple(release)))
        else:
            at = Door(host, token, review, proxies, tuple(release))
            run_server(store or settings().store, door, at)
    say_line(kept_at_end(store or settings().store, review))


@dataclass(frozen=True, slots=True)
class Door:
    """Who may come in, and whom a proxy may speak for."""

    host: str
    token: str
    review: bool
    proxies: list[str]
    releases: tuple[Path, ...] = ()


def kept_at_end(store: str, review: bool) -> str:
    """Return what is left of a server that is ended."""
    from dateline.store.connect import address, mask_password

    if store == DEMO:
        return "ended: the example store and what was decided in it are gone"
    where = mask_password(address(store))
    if review:
        return f"ended: what reviewers decided is kept in {where}"
    return f"ended: {where} is as it was, pages only read it"


def addresses_of(told: list[str]) -> list[str]:
    """Return the addresses and networks of proxies, or end with what is none."""
    from ipaddress import ip_network

    for each in told:
        try:
            ip_network(each, strict=False)
        except ValueError:
            fail(f"--proxy {each!r} is no address like 10.0.0.7 or 10.0.0.0/24", 2)
    return told


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Give the socket that is listened on; end where it cannot be had.

    It is taken before anything is coded or told: an address that is printed is ours.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        made = socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            taken = f"port {port} of {host} is taken by another program"
            fail(f"{taken}: --port {port + 1}, or --port 0 for a free one", 2)
        why = error.strerror or str(error)
        code = 5 if error.errno == errno.EACCES else 2
        fail(f"cannot listen at port {port} of {host}: {why}", code)
    with made:
        yield made


def end_without_web() -> None:
    """End with what to install where the extra is not there."""
    from importlib.util import find_spec

    missing = [n for n in ("fastapi", "jinja2", "uvicorn") if find_spec(n) is None]
    if missing:
        fail(f"serve needs {', '.join(missing)}: pip install '.[web]' in the clone", 2)


def run_server(where: str, door: socket.socket, at: Door) -> None:
    """Serve a store until it is interrupted."""
    import uvicorn

    from dateline.store.sql import SqlStore
    from dateline.web.app import Parts, application
    from dateline.web.guard import LOOPBACK, Guard
    from dateline.web.patience import MOST, Patient
    from dateline.web.ready import ready

    hosts = LOOPBACK if at.host in LOOPBACK else frozenset[str]()
    with ExitStack() as stack:
        kept = stack.enter_context(SqlStore(where, write=False))
        parts = Parts(Guard(at.token, hosts), releases=at.releases)
        if at.review:
            desk = stack.enter_context(SqlStore(where))
            side = desk.review
            guard = Guard(
                at.token, hosts, reviewer=side.who, may=side.may, note=side.note
            )
            parts = Parts(guard, desk=desk, releases=at.releases)
        app: Any = application(kept, parts)
        ready(kept)
        named = f"[{at.host}]" if ":" in at.host else at.host
        port = door.getsockname()[1]
        say_line(f"http://{named}:{port}/ shows {kept.where}; Ctrl+C ends it")
        given = uvicorn.Config(
            app,
            http=Patient,
            ws="none",
            log_level="warning",
            server_header=False,
            proxy_headers=bool(at.proxies),
            forwarded_allow_ips=at.proxies,
            limit_concurrency=MOST + 10,
            timeout_keep_alive=20,
            timeout_graceful_shutdown=3,
        )
        uvicorn.Server(given).run(sockets=[door])


def demo_reviewer_token(where: str) -> str:
    """Return the token of a reviewer of the demo."""
    from dateline.store.sql import SqlStore

    with SqlStore(where) as kept:
        return kept.review.add_reviewer("demo")


@contextmanager
def demo() -> Iterator[str]:
    """Give a store of the example reports, coded now; it is gone at the end."""
    from tempfile import TemporaryDirectory

    from dateline.ingest import Ingest, one_by_one
    from dateline.outcomes import Told
    from dateline.parts import Options, make_coder
    from dateline.read.inputs import sources
    from dateline.record.happenings import join
    from dateline.store.sql import SqlStore

    say_line("coding the example reports: half a minute or so")
    options = Options()
    with TemporaryDirectory(prefix="dateline-demo-") as folder:
        where = str(Path(folder) / "demo.db")
        with SqlStore(where) as kept:
            codes = one_by_one(make_coder(options))
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
