"""A server of language models on loopback that behaves as badly as it is told to."""

import json
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

GOOD = '{"acts": [{"act": 1, "keep": true}]}'
SCHEMA = {"type": "object", "properties": {"acts": {"type": "array"}}}
Manner = Callable[["Handler"], None]


@dataclass
class Fake:
    """What the server does in turn, then for ever; what it was sent."""

    script: list[Manner] = field(default_factory=list)
    manner: Manner = field(default_factory=lambda: says(GOOD))
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    models: list[dict[str, Any]] = field(
        default_factory=lambda: [{"id": "small", "owned_by": "us", "created": 7}]
    )
    url: str = ""
    lock: Any = field(default_factory=Lock)
    over: Event = field(default_factory=Event)

    def next(self) -> Manner:
        """Return what is to be done now."""
        with self.lock:
            return self.script.pop(0) if self.script else self.manner


class Handler(BaseHTTPRequestHandler):
    """Does what its fake wants."""

    fake: Fake

    def do_GET(self) -> None:  # noqa: N802
        self.give(200, {"object": "list", "data": self.fake.models})

    def do_POST(self) -> None:  # noqa: N802
        size = int(self.headers["Content-Length"])
        self.fake.bodies.append(json.loads(self.rfile.read(size)))
        self.fake.headers.append(dict(self.headers))
        self.fake.next()(self)

    def give(self, status: int, body: Any, **headers: str) -> None:
        """Send one answer."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def completion(content: Any, **told: Any) -> dict[str, Any]:
    """Return a chat completion as servers send it."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": content},
        "finish_reason": told.pop("finish", "stop"),
    }
    usage = {"prompt_tokens": 40, "completion_tokens": 10, "total_tokens": 50}
    return {"model": "small", "choices": [choice], "usage": usage, **told}


def says(content: Any, **told: Any) -> Manner:
    """Answer with these words."""
    body = completion(content, **told)
    return lambda handler: handler.give(200, body)


def refuses(status: int, message: str, code: str = "", **headers: str) -> Manner:
    """Refuse with an error."""
    body = {"error": {"message": message, "code": code}}
    return lambda handler: handler.give(status, body, **headers)


def resets(handler: Handler) -> None:
    """Cut the connection off in the middle of an answer."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{")
    handler.wfile.flush()
    linger = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.connection.close()


def speaks_http2(handler: Handler) -> None:
    """Answer with a frame of HTTP/2 that resets the stream."""
    handler.wfile.write(b"\x00\x00\x04\x03\x00\x00\x00\x00\x01\x00\x00\x00\x02")
    handler.close_connection = True


def hangs(handler: Handler) -> None:
    """Answer nothing for as long as the test lasts."""
    handler.fake.over.wait(5)
    handler.close_connection = True


def drips(handler: Handler) -> None:
    """Send a byte now and then, and never end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
    try:
        while not handler.fake.over.wait(0.03):
            handler.wfile.write(b" ")
            handler.wfile.flush()
    except OSError:
        pass
    handler.close_connection = True


@contextmanager
def fake_server() -> Iterator[Fake]:
    """Run a server until the block ends."""
    fake = Fake()
    made = type("Made", (Handler,), {"fake": fake})
    server = ThreadingHTTPServer(("127.0.0.1", 0), made)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield fake
    finally:
        fake.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
