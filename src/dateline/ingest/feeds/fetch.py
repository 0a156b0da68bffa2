"""One page from the web, fetched with bounds and only from a public address.

A name is resolved once, its addresses are checked, and the connection goes to a checked
one; so it is at each redirect. Nothing but http and https is spoken. A private host
that was allowed by name is asked only for a feed that lies on such a host itself: no
stranger's link or redirect leads there. What was fetched is kept in a WARC file with
what led to it.
"""

import gzip
import socket
import ssl
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from io import BufferedReader, RawIOBase
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import quote, urljoin, urlsplit
from uuid import uuid4

from dateline.ingest.feeds.addresses import LONGEST, Hosts, mask_secrets, public, usable
from dateline.ingest.reading.readers.warc import DEFLATED, Inflating
from dateline.model.source import Said
from dateline.nlp.report_identity import kept_header_lines

MOST_BYTES = 20 << 20
SECONDS = 30
REDIRECTS = 3
MOVED = (301, 302, 303, 307, 308)
FOR_GOOD = (301, 308)
BREAKS = str.maketrans("", "", "\r\n\t")  # no address holds them
LEFT_AS_IS = "/%:;,=&?~+!$'()*[]@"  # signs of an address; others are quoted
Allowed = Callable[[str], bool]
Welcome = Callable[[str], None]


class NotFetched(Exception):
    """Why nothing came back; `code` is a stable word."""

    def __init__(self, code: str, why: str) -> None:
        """Keep the code beside the reason."""
        super().__init__(why)
        self.code = code


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back from an address, after any redirects."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches pages under a name of its own; `allowed` judges each address.

    `hosts` may be asked though they are private. `seconds` are for all redirects
    together, without what `welcome` takes.
    """

    agent: str
    allowed: Allowed = public
    seconds: float = SECONDS
    hosts: Hosts = Hosts()

    def get(
        self, url: str, headers: Mapping[str, str], welcome: Welcome, asked_by: str = ""
    ) -> Fetched:
        """Return what an address gives. Raises NotFetched.

        `welcome` is called with each address before it is asked, those of redirects
        too: it may wait, or raise NotFetched. `asked_by` is the address of the feed
        that led here, this one itself where none did.
        """
        own = self.hosts.hold(asked_by or url)
        at, moved, lasting = url.strip().translate(BREAKS), "", True
        left = self.seconds
        for _ in range(REDIRECTS + 1):
            welcome(at)
            began = monotonic()
            inside = own and self.hosts.hold(at)
            judged = self.judge_within if inside else self.allowed
            found = self.one(at, headers, began + left, judged)
            left -= monotonic() - began
            where = found.headers.get("location", "")
            if found.status not in MOVED or not where:
                return Fetched(at, found.status, found.headers, found.body, moved)
            try:
                at = urljoin(at, where).strip().translate(BREAKS)
            except ValueError as error:
                why = f"it redirects to no address: {mask_secrets(str(error))}"
                raise NotFetched("bad_redirect", why) from None
            lasting = lasting and found.status in FOR_GOOD
            moved = at if lasting else moved
        told = f"over {REDIRECTS} redirects from {mask_secrets(url)}"
        raise NotFetched("too_many_redirects", told)

    def judge_within(self, address: str) -> bool:
        """Whether an address may be that of an allowed private host."""
        return self.allowed(address) or usable(address)

    def one(
        self, url: str, headers: Mapping[str, str], deadline: float, allowed: Allowed
    ) -> Fetched:
        """Return what one address gives, redirects not followed."""
        connection, path = self.connection(url, deadline, allowed)
        sent = {"User-Agent": self.agent, "Accept-Encoding": "gzip", **headers}
        try:
            connection.request("GET", path, headers=sent)
            with closing(connection.getresponse()) as answer:
                told = {name.lower(): value for name, value in answer.getheaders()}
                return Fetched(url, answer.status, told, bounded_body(answer, told))
        except TimeoutError:
            raise NotFetched("timeout", "it took too long") from None
        except (OSError, HTTPException, ValueError, zlib.error) as error:
            why = f"{type(error).__name__}: {error}"
            raise NotFetched("unreachable", mask_secrets(why)) from None
        finally:
            connection.close()

    def connection(self, url: str, deadline: float, allowed: Allowed) -> tuple[HTTPConnection, str]:
        """Return a connection to a checked address of a host, and the path to ask."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            path = quote(path, LEFT_AS_IS)
        except ValueError as error:
            raise NotFetched("address_not_allowed", mask_secrets(str(error))) from None
        if len(url) > LONGEST:
            why = f"{parts.netloc[:80]}: an address of over {LONGEST:,} characters"
            raise NotFetched("address_not_allowed", mask_secrets(why))
        if "@" in parts.netloc:
            why = "an address with a name or password in it is not asked"
            raise NotFetched("address_not_allowed", f"{mask_secrets(url)}: {why}")
        if parts.scheme not in ("http", "https") or not host:
            why = f"{mask_secrets(url)}: no public web address"
            raise NotFetched("address_not_allowed", why)
        port = port or (443 if parts.scheme == "https" else 80)
        addresses = checked_addresses(host, port, allowed)
        left = max(1.0, deadline - monotonic())
        kind = Secure if parts.scheme == "https" else Plain
        try:
            made = kind(host, port, addresses, left)
        except (HTTPException, ValueError) as error:
            raise NotFetched("address_not_allowed", f"{host}: {error}") from None
        made.response_class = partial(Answer, deadline=deadline)  # type: ignore[assignment]
        return made, path


def checked_addresses(host: str, port: int, allowed: Allowed) -> list[str]:
    """Return the addresses of a host; every one of them must be allowed.

    One that is not could be connected to, or be all that the name tells next time.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:
        raise NotFetched("unreachable", f"{host}: {error}") from None
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(map(allowed, addresses)):
        raise NotFetched("address_not_allowed", f"{host} is no public address")
    return list(dict.fromkeys(addresses))


class Plain(HTTPConnection):
    """A connection whose addresses were checked."""

    def __init__(self, host: str, port: int, checked: list[str], left: float) -> None:
        """Remember where to connect."""
        super().__init__(host, port, timeout=left)
        self.checked, self.left = checked, left

    def connect(self) -> None:
        """Connect to a checked address, whatever the name now says."""
        self.sock = connected(self.checked, self.port, self.left)


class Secure(HTTPSConnection):
    """A connection whose addresses were checked, under the host's certificate."""

    def __init__(self, host: str, port: int, checked: list[str], left: float) -> None:
        """Remember where to connect."""
        self.safe = ssl.create_default_context()
        super().__init__(host, port, timeout=left, context=self.safe)
        self.checked, self.left = checked, left

    def connect(self) -> None:
        """Connect to a checked address; the certificate must be the host's."""
        self.sock = connected(self.checked, self.port, self.left)
        self.sock = self.safe.wrap_socket(self.sock, server_hostname=self.host)


def connected(addresses: list[str], port: int, left: float) -> socket.socket:
    """Return a connection to the first of some addresses that takes one."""
    each = left / len(addresses)
    for address in addresses[:-1]:
        try:
            return socket.create_connection((address, port), each)
        except OSError:
            continue
    return socket.create_connection((addresses[-1], port), each)


class Answer(HTTPResponse):
    """An answer that is whole by a moment, however slowly its bytes drip."""

    def __init__(self, sock: socket.socket, *told: Any, deadline: float, **m: Any):
        """Read from a connection up to a moment."""
        super().__init__(sock, *told, **m)
        self.fp = BufferedReader(Until(self.fp.detach(), sock, deadline))


class Until(RawIOBase):
    """The bytes of a connection up to a moment."""

    def __init__(self, raw: Any, sock: socket.socket, deadline: float) -> None:
        """Begin where the connection stands."""
        self.raw, self.sock, self.deadline = raw, sock, deadline

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Wait for bytes no longer than is left."""
        left = self.deadline - monotonic()
        if left <= 0:
            raise TimeoutError
        self.sock.settimeout(left)
        return self.raw.readinto(buffer) or 0

    def close(self) -> None:
        """Let the connection go."""
        self.raw.close()
        super().close()


def bounded_body(answer: HTTPResponse, told: Mapping[str, str]) -> bytes:
    """Return the decoded body of an answer, within its bounds."""
    packed = told.get("content-encoding", "").lower()
    engine = Inflating(MOST_BYTES) if packed in DEFLATED else None
    found = bytearray()
    while chunk := answer.read(1 << 16):
        found += engine.feed(chunk) if engine else chunk
        if len(found) > MOST_BYTES:
            raise NotFetched("too_large", f"over {MOST_BYTES:,} bytes")
    if answer.length or (engine and found and not engine.ended):
        raise NotFetched("truncated", "the answer breaks off")
    return bytes(found)


def append_to_archive(file: Path, found: Fetched, now: str, said: Said) -> int:
    """Append what was fetched to a WARC file; return the offset of its record."""
    kind = found.headers.get("content-type", "")
    lines = [
        "WARC/1.1",
        "WARC-Type: resource",
        f"WARC-Target-URI: {found.url}",
        f"WARC-Date: {now.replace('+00:00', 'Z')}",
        f"WARC-Record-ID: <urn:uuid:{uuid4()}>",
        *kept_header_lines(said),
        *([f"Content-Type: {' '.join(kind.split())}"] if kind else []),
        f"Content-Length: {len(found.body)}",
    ]
    raw = "\r\n".join(lines).encode() + b"\r\n\r\n" + found.body + b"\r\n\r\n"
    with file.open("ab") as out:
        offset = out.tell()
        out.write(gzip.compress(raw))
    return offset
