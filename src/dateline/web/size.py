"""Bodies that are too large, or do not come, are refused before they are read whole."""

from asyncio import timeout
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST = 1 << 18  # bytes of a body
SECONDS = 15  # that it may take to come


class Bounded:
    """Counts what comes in, told beforehand or not, and waits only so long for it."""

    def __init__(
        self, app: ASGIApp, most: int = MOST, seconds: float = SECONDS
    ) -> None:
        """Stand before `app`."""
        self.app, self.most, self.seconds = app, most, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as long as its body is small enough and there in time."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body: bytes | None = b""
        try:
            async with timeout(self.seconds):
                body = await self.body(receive)
        except TimeoutError:
            await refuse_body(408, "the body did not come")(scope, receive, send)
            return
        except OverflowError:
            told = f"over {self.most:,} bytes"
            await refuse_body(413, told)(scope, receive, send)
            return
        if body is not None:
            await self.app(scope, replay_body(body, receive), send)

    async def body(self, receive: Receive) -> bytes | None:
        """Return a body, None where the asker is gone. Raises OverflowError."""
        body, more = bytearray(), True
        while more:
            message: Any = await receive()
            if message["type"] != "http.request":
                return None
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self.most:
                raise OverflowError
        return bytes(body)


def refuse_body(status: int, told: str) -> JSONResponse:
    """Return why a body is not read, after which the connection is closed."""
    return JSONResponse({"error": told}, status, headers={"Connection": "close"})


def replay_body(body: bytes, receive: Receive) -> Receive:
    """Return a body that was read, then whatever else comes."""
    left = [body]

    async def again() -> Message:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        return await receive()

    return again
