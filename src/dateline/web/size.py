"""Bodies that are too large are refused before they are read whole."""

from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST = 1 << 18  # bytes of a body


class Bounded:
    """Counts what comes in, told beforehand or not."""

    def __init__(self, app: ASGIApp, most: int = MOST) -> None:
        """Stand before `app`."""
        self.app, self.most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as long as its body is small enough."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = b""
        more = True
        while more:
            message: Any = await receive()
            if message["type"] != "http.request":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self.most:
                told = {"error": f"over {self.most:,} bytes"}
                await JSONResponse(told, 413)(scope, receive, send)
                return
        await self.app(scope, once(body, receive), send)


def once(body: bytes, receive: Receive) -> Receive:
    """Return a body that was read, then whatever else comes."""
    left = [body]

    async def again() -> Message:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        return await receive()

    return again
