"""Connections that are waited for only so long, so that nobody holds up the others.

A request's head must be there in ten seconds, an answer must be taken within a minute;
where there are too many connections, who has waited longest without a request goes.
"""

from asyncio import Transport
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD = 10.0  # seconds for the head of a request, however slowly it drips
TAKEN = 60.0  # seconds in which some of an answer must be taken
MOST = 300  # connections at once


class Patient(H11Protocol):
    """One connection of a server, closed where it waits for us to wait for ever."""

    heads: Any = None  # the timer of a head that is not there yet
    takes: Any = None  # the timer of an answer that nobody takes

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request, if need be in the place of another."""
        super().connection_made(transport)
        self.heads = self.later(HEAD, transport.close)
        if len(self.connections) > MOST:
            waiting = (c for c in self.connections if isinstance(c, Patient))
            idle = [c for c in waiting if c is not self and not c.at_work]
            if idle:
                min(idle, key=Patient.since).transport.abort()

    @property
    def at_work(self) -> bool:
        """Whether a request is here whose answer is not."""
        return self.cycle is not None and not self.cycle.response_complete

    def since(self) -> float:
        """Return when the next request will have been waited for too long."""
        return float(self.heads.when()) if self.heads else 0.0

    def data_received(self, data: bytes) -> None:
        """Read on; the clock stops once the head of a request is whole."""
        super().data_received(data)
        if self.at_work and self.heads:
            self.heads.cancel()
            self.heads = None
        elif not self.at_work and self.heads is None:
            self.heads = self.later(HEAD, self.transport.close)

    def on_response_complete(self) -> None:
        """Go on; a next request that came in part already is waited for anew."""
        super().on_response_complete()
        if not self.at_work and self.heads is None and self.conn.trailing_data[0]:
            self.heads = self.later(HEAD, self.transport.close)

    def pause_writing(self) -> None:
        """Stop writing, and leave who takes nothing."""
        super().pause_writing()
        self.takes = self.takes or self.later(TAKEN, self.transport.abort)

    def resume_writing(self) -> None:
        """Write on."""
        super().resume_writing()
        if self.takes:
            self.takes.cancel()
            self.takes = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Let the clocks go with the connection."""
        for timer in (self.heads, self.takes):
            if timer:
                timer.cancel()
        super().connection_lost(exc)

    def later(self, seconds: float, what: Callable[[], None]) -> Any:
        """Do something in so many seconds."""
        return self.loop.call_later(seconds, what)
