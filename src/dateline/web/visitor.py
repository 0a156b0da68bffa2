"""Who visits: a session in a signed cookie, and the word that forms must bring back."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextvars import ContextVar
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from time import time

from fastapi import Request

COOKIE = "dateline"
LASTS = 12 * 3600  # seconds
READER, REVIEWER = "reader", "reviewer"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the door: a role, a name where one is known, the word for forms."""

    role: str = ""
    name: str = ""
    csrf: str = ""

    @property
    def reviews(self) -> bool:
        """Whether this visitor may decide."""
        return self.role == REVIEWER


NOBODY = Visitor()
VISITOR: ContextVar[Visitor] = ContextVar("visitor", default=NOBODY)
"""Who asks for the page that is being made."""


@dataclass(frozen=True, slots=True)
class Sessions:
    """Makes and reads cookies; they end with the server, or after half a day."""

    key: bytes = field(default_factory=lambda: token_bytes(32), repr=False)

    def cookie(self, role: str, name: str = "") -> str:
        """Return the cookie of somebody who has shown a token."""
        told = json.dumps([role, name, int(time()) + LASTS]).encode()
        value = urlsafe_b64encode(told).decode().rstrip("=")
        return f"{value}.{self.sign('session', value)}"

    def visitor(self, request: Request) -> Visitor:
        """Return whom a request's cookie names, nobody where it is none of ours."""
        value, _, sign = request.cookies.get(COOKIE, "").partition(".")
        if not hmac.compare_digest(sign.encode(), self.sign("session", value).encode()):
            return NOBODY
        role, name, until = json.loads(
            urlsafe_b64decode(value + "=" * (-len(value) % 4))
        )
        if until < time():
            return NOBODY
        return Visitor(role, name, self.sign("form", value))

    def sign(self, purpose: str, value: str) -> str:
        """Return a signature that nobody else can make."""
        words = f"{purpose}|{value}".encode("utf-8", "replace")
        return hmac.new(self.key, words, sha256).hexdigest()


def are_equal_secrets(told: str, known: str) -> bool:
    """Whether two secrets are equal, in a time that tells nothing."""
    return bool(known) and hmac.compare_digest(told.encode(), known.encode())


def bearer_token(request: Request) -> str:
    """Return the token that a program bears, "" for none."""
    scheme, _, told = request.headers.get("authorization", "").partition(" ")
    return told.strip() if scheme.lower() == "bearer" else ""
