"""`dateline serve`, `mcp`, `demo`: pages and an API, an assistant, the examples."""

import errno
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.events import agenda_table, open_to_read, print_dossier
from dateline.cli.options import StoreOption
from dateline.cli.screen import fail, say_line

if TYPE_CHECKING:
    from dateline.store.sql import SqlStore

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
SINCE = "2025-03-01"


def serve_store(  # noqa: PLR0913  every flag is an argument
    store: Annotated[
        str, typer.Argument(metavar="[STORE|demo]", help="A file or URL, or `demo`.")
    ] = "",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port.")] = 8000,
    host: Annotated[
        str, typer.Option(help="Address to listen on; beyond this machine: --token.")
    ] = "127.0.0.1",
    token: Annotated[
        str, typer.Option(envvar="DATELINE_TOKEN", help="Who reads must have it; `new` makes one.")
    ] = "",
    review: Annotated[
        bool, typer.Option("--review", help="Let reviewers in: `dateline review token`.")
    ] = False,
    proxy: Annotated[
        list[str],
        typer.Option(metavar="ADDRESS", help="A proxy whose X-Forwarded-For is believed."),
    ] = [],  # noqa: B006  Typer copies it
    release: Annotated[
        list[Path], typer.Option(metavar="FOLDER", help="A release whose data sheet is shown.")
    ] = [],  # noqa: B006  Typer copies it
) -> None:
    """Serve pages and an API over a store, read-only; `demo` shows the examples.

    With --review people who have a reviewer's token decide in the browser: what they
    say is kept beside the program's answers.
    """
    wanted = ("fastapi", "jinja2", "uvicorn")
    if missing := [name for name in wanted if find_spec(name) is None]:
        fail(f"serve needs {', '.join(missing)}: pip install '.[web]' in the clone", 2)
    from dateline.cli.settings import settings
    from dateline.server.middleware import LEAST_TOKEN, LOOPBACK
    from dateline.store.sql import SqlStore

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
                with SqlStore(made) as kept:
                    reviewer = kept.review.add_reviewer("demo")
                say_line(f"to review, enter at /login with: {reviewer}")
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
    from dateline.store.database.connect import address, mask_password

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


def run_server(where: str, door: socket.socket, at: Door) -> None:
    """Serve a store until it is interrupted."""
    import uvicorn

    from dateline.server.app import Parts, application, ready
    from dateline.server.middleware import LOOPBACK, MOST_CONNECTIONS, Guard, Patient
    from dateline.store.sql import SqlStore

    hosts = LOOPBACK if at.host in LOOPBACK else frozenset[str]()
    with ExitStack() as stack:
        kept = stack.enter_context(SqlStore(where, write=False))
        parts = Parts(Guard(at.token, hosts), releases=at.releases)
        if at.review:
            desk = stack.enter_context(SqlStore(where))
            side = desk.review
            guard = Guard(at.token, hosts, reviewer=side.who, may=side.may, note=side.note)
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
            limit_concurrency=MOST_CONNECTIONS + 10,
            timeout_keep_alive=20,
            timeout_graceful_shutdown=3,
        )
        uvicorn.Server(given).run(sockets=[door])


@contextmanager
def demo() -> Iterator[str]:
    """Give a store of the example reports, coded now; it is gone at the end."""
    from tempfile import TemporaryDirectory

    from dateline.store.sql import SqlStore

    with TemporaryDirectory(prefix="dateline-demo-") as folder:
        where = str(Path(folder) / "demo.db")
        with SqlStore(where) as kept:
            code_examples(kept)
        yield where


def examples() -> Path:
    """Return the folder of example reports, installed or in the source tree."""
    import dateline

    here = Path(dateline.__file__).parent
    places = (here / "examples", here.parents[1] / "examples")
    found = next((folder for folder in places if folder.is_dir()), None)
    return found or fail("the example reports are not installed", 2)


def show_demo(
    store: Annotated[str, typer.Option(help="The file to keep them in.")] = "demo.db",
) -> None:
    """Code the example reports, which are invented, and show what a record knows.

    One happening told by three outlets that have one origin; what is planned, by whose
    word. `dateline serve demo` shows the same in a browser.
    """
    from dateline.events.event_detail import dossier, event_lines
    from dateline.export.agenda import list_agenda
    from dateline.store.sql import SqlStore

    with SqlStore(store) as kept:
        code_examples(kept)
        events = list(event_lines(kept))
        claims = sum(len(event["claims"]) for event in events)
        print(f"{len(DAYS)} files: {claims} claims of {len(events)} events in {store}")
        told = max(events, key=lambda event: (event["outlets"], len(event["claims"])))
        print(f"\nTold by most outlets: dateline event {told['event'][:8]}")
        print_dossier(dossier(kept, told["event"]))
        print(f"\nWhat is planned, by whose word: dateline agenda --from {SINCE}")
        agenda_table(list_agenda(kept, SINCE))


def code_examples(kept: "SqlStore") -> None:
    """Code the example reports into a store, each with its day and outlet."""
    from dateline.events.event_summaries import join
    from dateline.ingest.reading.inputs import sources
    from dateline.ingest.results import Told
    from dateline.ingest.run import Ingest, one_by_one
    from dateline.pipeline.factory import Options, make_coder

    say_line("coding the example reports: half a minute or so")
    options = Options()
    codes = one_by_one(make_coder(options))
    for name, day in DAYS.items():
        ingest = Ingest(codes, kept, options.made_by(), Told(day, "Global Wire"))
        list(ingest.run(sources([str(examples() / name)])))
    join(kept)


def mcp(store: StoreOption = "") -> None:
    """Serve the record to an assistant over stdio (Model Context Protocol), read-only.

    Its tools are events, event, explain, report and origins.
    """
    if find_spec("mcp") is None:
        fail("mcp needs the SDK: pip install '.[mcp]' in the clone", 2)
    from dateline.server.mcp import assistant_server

    with open_to_read(store) as kept:
        assistant_server(kept).run("stdio")
