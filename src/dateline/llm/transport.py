"""One question to one server: the request, the bytes that come back, what they mean.

The request is that of `/v1/chat/completions`, which vLLM, llama.cpp, Ollama, LM Studio
and most clouds understand. What a server does not take is left out and said, once.
"""

import json
import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Any, Literal, Protocol
from weakref import WeakSet

from dateline.llm.messages import Prompt
from dateline.llm.policy import CHAT, Server, redact_key
from dateline.resources.plugins import MissingPart

MOST_BYTES = 4 << 20
CONNECT = 10.0  # seconds until a server must have taken a connection
SHOWN = 240  # characters of a server's own words in a message
What = Literal["stop", "fail", "wait", "again", "adapt", "repeat"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, unread; names of headers in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class NotReached(Exception):
    """Nothing whole came back; `code` is a stable word, `lasting` that none will."""

    def __init__(self, code: str, why: str, lasting: bool = False) -> None:
        """Keep the code beside the reason."""
        super().__init__(why)
        self.code, self.lasting = code, lasting


class Connection(Protocol):
    """What carries questions to a server: our own client, or a bridge to another."""

    def send(self, body: Mapping[str, Any]) -> Reply:
        """Return what comes back for a request. Raises NotReached."""

    def list_models(self) -> Reply | None:
        """Return what the server says of its models, None where it cannot."""

    def close(self) -> None:
        """Let connections go; what is waited for ends with NotReached."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a model said, read from a reply and found whole."""

    text: str
    tokens_in: int = 0
    tokens_out: int = 0
    model: str = ""
    finish: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a reply is no answer, and what is to be done about it.

    `what`: "stop" asks nothing more, "fail" gives this question up, "wait" asks again
    after a pause, "again" asks again soon, "adapt" leaves `feature` out of requests,
    "repeat" asks the model once more. `after` is the pause a server wants, in seconds.
    """

    what: What
    code: str
    message: str
    after: float | None = None
    feature: str = ""
    said: Said = Said("")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a server does not take; grows by what it refuses."""

    lacks: frozenset[str] = field(default_factory=frozenset)

    def without(self, feature: str) -> "Dialect":
        """Return the dialect that lacks a feature too."""
        return Dialect(self.lacks | {feature})


ALOUD = {
    "schema": "{host} takes no schema of an answer: the schema is put into words, and"
    " more answers may be refused",
    "max_tokens": "{host} wants `max_completion_tokens` for `max_tokens`: done",
    "temperature": "{host} takes no temperature: its own is used, so answers may vary",
    "seed": "{host} takes no seed: answers may vary",
}
FEATURES = (  # words by which servers refuse a part of a request
    ("max_tokens", re.compile("max_completion_tokens")),
    ("temperature", re.compile("temperature", re.I)),
    ("seed", re.compile(r"\bseed\b", re.I)),
    ("schema", re.compile(r"response_format|json_?\s?schema|structured|grammar|guided", re.I)),
)
CONTEXT = re.compile(
    r"context.{0,12}(?:length|size|window)|too long|too many tokens"
    r"|exceeds? .{0,20}token",
    re.I,
)
NO_MONEY = re.compile(
    r"insufficient.(?:quota|balance|credit|funds)|exceeded your current quota"
    r"|billing_hard|credit balance|out of credit|not enough credit",
    re.I,
)
SOON = re.compile("(?:re)?try (?:again )?in ", re.I)
UNREAD = re.compile("model produced output", re.I)  # as llama.cpp says of its own
NO_MODEL = re.compile(
    r"model.{0,80}(?:not|n't|no |unknown|invalid|exist|found)"
    r"|(?:no such|unknown|invalid).{0,20}model",
    re.I | re.S,
)
LASTING = ("id", "owned_by", "root", "parent", "meta")
SETTING = "n_ctx"  # in llama.cpp's `meta`: how it was started, not what it is
LARGER = (
    "start it with a larger context (llama-server -c 8192, OLLAMA_CONTEXT_LENGTH=8192,"
    " vllm --max-model-len 8192)"
)


def make_body(server: Server, prompt: Prompt, dialect: Dialect, round_: int = 0) -> dict[str, Any]:
    """Return the request for a question; `round_` counts repeats of the same one."""
    system = prompt.system
    if "schema" in dialect.lacks:
        told = json.dumps(prompt.schema, ensure_ascii=False, sort_keys=True)
        system += f"\n\nAnswer with one JSON object of this schema alone:\n{told}"
    most = "max_completion_tokens" if "max_tokens" in dialect.lacks else "max_tokens"
    body: dict[str, Any] = {
        "model": server.model,
        "messages": [
            {"role": "system", "content": system},
            {"role": "user", "content": prompt.user},
        ],
        most: prompt.max_tokens,
        "temperature": server.temperature,
        "seed": round_,
    }
    if "schema" not in dialect.lacks:
        shape = {"name": "answer", "strict": True, "schema": dict(prompt.schema)}
        body["response_format"] = {"type": "json_schema", "json_schema": shape}
    for feature in ("temperature", "seed"):
        if feature in dialect.lacks:
            del body[feature]
    return body


def repeat_body(body: Mapping[str, Any], refusal: Refusal) -> dict[str, Any]:
    """Return the request that asks once more, told what was wrong the first time."""
    again = dict(body)
    if refusal.code == "truncated":
        for name in ("max_tokens", "max_completion_tokens"):
            if name in again:
                again[name] *= 2
    elif refusal.said.text:
        shown = mend_text(refusal.said.text[:2_000])
        wrong = {"role": "assistant", "content": shown}
        plea = f"That was no answer: {refusal.message}. Give the JSON object alone."
        asked = {"role": "user", "content": plea}
        again["messages"] = [*body["messages"], wrong, asked]
    if "seed" in again:
        again["seed"] += 1_000_003
    return again


def mend_text(text: str) -> str:
    """Return a text that can be sent: halves of a sign, which UTF-8 lacks, are "?".

    >>> mend_text("a" + chr(0xD800))
    'a?'
    """
    return text.encode("utf-8", "replace").decode("utf-8")


def read_reply(reply: Reply, server: Server, schema: Mapping[str, Any]) -> Said | Refusal:
    """Return what a model said where it is one whole JSON object, else the refusal."""
    told = parse_body(reply.body)
    status = reply.status
    if 200 <= status < 300 and isinstance(told, dict) and told.get("error"):
        inner = told["error"].get("code") if isinstance(told["error"], dict) else None
        status = inner if isinstance(inner, int) and 400 <= inner < 600 else 502
    if not 200 <= status < 300:
        return judge_status(status, reply.headers, told, server)
    if not isinstance(told, dict) or not isinstance(told.get("choices"), list):
        why = f"what {server.host} answers is no chat completion: is the address right?"
        return Refusal("stop", "no_chat", why)
    return judge_answer(read_choice(told), server, schema)


def parse_body(body: bytes) -> Any:
    """Return the JSON of a body, None where it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def judge_status(status: int, headers: Mapping[str, str], told: Any, server: Server) -> Refusal:
    """Return what a refused request means, in the server's words where they help."""
    host, after = server.host, pause_wanted(headers)
    words = redact_key(error_words(told), server.key)[:SHOWN]
    said = f": {words}" if words else ""
    soon = after is not None or SOON.search(words)
    poor = status == 402 or (not soon and bool(NO_MONEY.search(words)))
    have = "the key is refused" if server.key else "it wants a key"
    rows: tuple[tuple[bool, What, str, str], ...] = (
        (
            poor and status in (402, 403, 429),
            "stop",
            "no_quota",
            f"{host}: no money or quota is left{said}",
        ),
        (status in (401, 403), "stop", "wrong_key", f"{host}: {have} ({status})"),
        (status == 429, "wait", "rate_limited", f"{host}: too many requests{said}"),
        (
            300 <= status < 400,
            "stop",
            "sent_on",
            f"{host} sends us on to {headers.get('location', 'elsewhere')[:SHOWN]}:"
            " name that address, if texts may go there",
        ),
        (
            status in (400, 404, 422) and bool(NO_MODEL.search(words)),
            "stop",
            "unknown_model",
            f"{host} has no model {server.model!r}{said}",
        ),
        (
            status == 500 and bool(UNREAD.search(words)),
            "repeat",
            "no_json",
            f"{host} could not read what its model answered",
        ),
        (
            status in (404, 405),
            "stop",
            "no_chat",
            f"{host} takes no questions at {server.url}{CHAT}: is the address right?",
        ),
        (
            status == 413 or (status < 502 and bool(CONTEXT.search(words))),
            "fail",
            "context_too_small",
            f"the question is longer than {host} can read{said}; {LARGER}",
        ),
    )
    for holds, what, code, message in rows:
        if holds:
            return Refusal(what, code, message, after)
    if status in (400, 422, 500, 501):
        for feature, pattern in FEATURES:
            if pattern.search(words):
                why = f"{host} refuses the question ({status}){said}"
                return Refusal("adapt", "refused", why, None, feature)
    if status in (408, 409, 425) or status >= 500:
        return Refusal("again", "server_error", f"{host}: error {status}{said}", after)
    return Refusal("fail", "refused", f"{host} refuses the question ({status}){said}")


def error_words(told: Any) -> str:
    """Return a server's words for an error, wherever it puts them.

    >>> error_words({"error": {"message": "no such model", "code": "model_not_found"}})
    'no such model model_not_found'
    """
    if not isinstance(told, dict):
        return ""
    found = told.get("error", told)
    if isinstance(found, str):
        return found
    if not isinstance(found, dict):
        return json.dumps(found)[:SHOWN]
    if isinstance(found.get("detail"), list):  # as FastAPI tells what it refuses
        found = {**found, "detail": json.dumps(found["detail"])}
    names = ("message", "detail", "code", "param")
    return " ".join(found[n] for n in names if isinstance(found.get(n), str))


def pause_wanted(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a server wants us to wait, None where it says nothing.

    >>> pause_wanted({"retry-after": "7"}), pause_wanted({"retry-after-ms": "250"})
    (7.0, 0.25)
    """
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1_000)
        told = headers.get("retry-after", "")
        if re.fullmatch(r"\s*\d+(\.\d+)?\s*", told):
            return float(told)
        when = parsedate_to_datetime(told)
    except (ValueError, TypeError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def read_choice(told: Mapping[str, Any]) -> Said:
    """Return the first choice of a completion; no words where it has none."""
    first = told["choices"][0] if told["choices"] else {}
    first = first if isinstance(first, dict) else {}
    message = first.get("message")
    content = message.get("content") if isinstance(message, dict) else None
    if isinstance(content, list):  # parts, as some servers send them
        parts = (p.get("text") for p in content if isinstance(p, dict))
        content = "".join(p for p in parts if isinstance(p, str))
    usage = told.get("usage")
    usage = usage if isinstance(usage, dict) else {}
    return Said(
        content if isinstance(content, str) else "",
        read_token_count(usage.get("prompt_tokens")),
        read_token_count(usage.get("completion_tokens")),
        str(told.get("model") or ""),
        str(first.get("finish_reason") or ""),
    )


def read_token_count(told: Any) -> int:
    """Return a count of tokens, 0 where it is none."""
    return told if isinstance(told, int) and 0 <= told < 1 << 40 else 0


def judge_answer(said: Said, server: Server, schema: Mapping[str, Any]) -> Said | Refusal:
    """Return an answer that is one whole JSON object by the model asked."""
    if said.model and not same_model(server, said.model):
        why = (
            f"{server.host} answered as {said.model!r}, asked was {server.model!r}:"
            " name it so by --model, or say [opinion] called = … where both are one"
        )
        return Refusal("stop", "another_model", why, said=said)
    if said.finish == "content_filter":
        why = "the server's filter kept the answer back"
        return Refusal("fail", "filtered", why, said=said)
    text = said.text.strip()
    wrong = ("truncated", "the answer was cut off")
    if said.finish != "length":
        wrong = judge_text(text, schema)
    if wrong[0]:
        return Refusal("repeat", *wrong, said=said)
    return replace(said, text=text)


def judge_text(text: str, schema: Mapping[str, Any]) -> tuple[str, str]:
    """Return code and words for what is wrong with an answer, "" twice for nothing."""
    if not text:
        return "no_words", "the answer has no words"
    try:
        text.encode("utf-8")
        found = json.loads(text, parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        return tell_prose(text)
    if not isinstance(found, dict):
        return "no_object", "the answer is JSON, but no object"
    if is_echo(found, schema):
        return "schema_echo", "the answer repeats the schema"
    return "", ""


def refuse_constant(name: str) -> None:
    """Refuse NaN and its like, which are no JSON."""
    raise ValueError(name)


def tell_prose(text: str) -> tuple[str, str]:
    """Return code and words for an answer that is no JSON alone.

    >>> tell_prose("Sure! {}")[0], tell_prose('{"acts": [')[0]
    ('prose', 'no_json')
    """
    if text.startswith("<think>"):
        return "prose", "the model thinks aloud before the JSON: switch that off"
    first, last = text.find("{"), text.rfind("}")
    if first > 0 or 0 <= first < last < len(text) - 1:
        return "prose", "there are other words around the JSON"
    return "no_json", "the answer is no JSON"


def is_echo(found: Mapping[str, Any], schema: Mapping[str, Any]) -> bool:
    """Tell whether an answer is the schema given back.

    >>> is_echo({"type": "object", "properties": {}}, {"type": "object"})
    True
    """
    own = schema.get("properties") or {}
    marks = {"properties", "$schema", "$defs"} - set(own)
    return found == schema or ("type" in found and bool(marks & set(found)))


def same_model(server: Server, said: str) -> bool:
    """Tell whether a server's name for what answered means the model asked.

    A dated release of it does ("small-2026-03-01" for "small"), a path or an owner
    before it does not matter, nor the ending of a file.
    """
    wanted = {bare_model(n) for n in (server.model, server.called) if n}
    found = bare_model(said)
    release = r"(?:-\d[\d-]*|-latest)?"
    return any(re.fullmatch(re.escape(w) + release, found) for w in wanted)


def bare_model(name: str) -> str:
    """Return the name of a model without path, ending and tag of the newest.

    >>> bare_model("/models/Small-7B.gguf"), bare_model("small:latest")
    ('small-7b', 'small')
    """
    last = re.split(r"[/\\]", name.strip().lower().rstrip("/\\"))[-1]
    return last.removesuffix(".gguf").removesuffix(":latest")


def models_of_reply(reply: Reply | None) -> list[dict[str, Any]]:
    """Return what a server says of each model that it has; nothing where it cannot."""
    told = parse_body(reply.body) if reply and reply.status == 200 else None
    every = told.get("data") if isinstance(told, dict) else None
    return [e for e in every if isinstance(e, dict)] if isinstance(every, list) else []


def describe_model(models: list[dict[str, Any]], server: Server) -> dict[str, Any]:
    """Return what a server says of a model that stays the same at each asking."""
    for each in models:
        if same_model(server, str(each.get("id"))):
            found = {name: each[name] for name in LASTING if name in each}
            if isinstance(meta := found.get("meta"), dict):
                found["meta"] = {k: v for k, v in meta.items() if k != SETTING}
            return found
    return {}


class HttpConnection:
    """Our own client: no redirects, no proxy to this machine, all within bounds."""

    def __init__(self, server: Server) -> None:
        """Open a pool of connections; the key goes into one header."""
        import httpx2

        from dateline import __version__

        headers = {"User-Agent": f"dateline/{__version__}", "Accept-Encoding": "identity"}
        if server.key:
            headers["Authorization"] = f"Bearer {server.key}"
        soon = min(CONNECT, server.seconds)
        self.server = server
        self.pool = httpx2.Client(
            headers=headers,
            timeout=httpx2.Timeout(server.seconds, connect=soon),
            follow_redirects=False,
            trust_env=not server.local,
            verify=server.url.startswith("https:"),  # else there is nothing to verify
        )
        self.sockets: WeakSet[socket.socket] = WeakSet()
        self.closed = False

    def send(self, body: Mapping[str, Any]) -> Reply:
        """Return what comes back for a request. Raises NotReached."""
        return self.fetch("POST", CHAT, dict(body))

    def list_models(self) -> Reply | None:
        """Return what the server says of its models, None where it cannot."""
        try:
            return self.fetch("GET", "/models", None)
        except NotReached as error:
            if error.lasting:
                raise
            return None

    def close(self) -> None:
        """Let connections go; who waits for a server is told so at once."""
        self.closed = True
        for each in list(self.sockets):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self.pool.close()

    def note_socket(self, event: str, told: Mapping[str, Any]) -> None:
        """Note each socket that is opened; one that comes too late goes at once."""
        if not event.endswith(("connect_tcp.complete", "start_tls.complete")):
            return
        opened = told["return_value"].get_extra_info("socket")
        self.sockets.add(opened)
        if self.closed:
            with suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)

    def fetch(self, method: str, path: str, body: Mapping[str, Any] | None) -> Reply:
        """Return a reply that is whole by its time, however slowly its bytes drip."""
        import httpx2

        server, deadline = self.server, monotonic() + self.server.seconds
        late = f"{server.host} gave no whole answer within {server.seconds:g} seconds"
        asked = method, server.url + path
        told_of = {"trace": self.note_socket}
        try:
            with self.pool.stream(*asked, json=body, extensions=told_of) as answer:
                found = bytearray()
                for chunk in answer.iter_raw():
                    found += chunk
                    if len(found) > MOST_BYTES:
                        raise NotReached("too_large", f"over {MOST_BYTES:,} bytes came")
                    if monotonic() > deadline:
                        raise NotReached("too_slow", late)
                told = {name.lower(): value for name, value in answer.headers.items()}
                return Reply(answer.status_code, told, bytes(found))
        except httpx2.ConnectError as error:
            why = redact_key(str(error), server.key)
            why = f"nothing answers at {server.url} ({why})"
            if server.local:
                why += ": is the server running (ollama serve, llama-server, vllm serve)?"
            raise NotReached("no_server", why, True) from None
        except httpx2.TimeoutException:
            raise NotReached("too_slow", late) from None
        except (httpx2.HTTPError, OSError, RuntimeError) as error:
            why = redact_key(f"{type(error).__name__}: {error}", server.key)
            raise NotReached("broken_off", f"{server.host}: {why}") from None


class Unconnected:
    """Carries nothing anywhere: for runs that only replay."""

    def send(self, body: Mapping[str, Any]) -> Reply:
        """Refuse."""
        raise NotReached("no_server", "nothing is sent by --replay", True)

    def list_models(self) -> Reply | None:
        """Return nothing."""
        return None

    def close(self) -> None:
        """Do nothing."""


def connect(server: Server) -> Connection:
    """Return our own client of a server. Raises plugins.MissingPart without httpx2."""
    try:
        return HttpConnection(server)
    except ImportError as error:
        why = f"a language model needs {error.name}: pip install '.[opinion]'"
        raise MissingPart(why) from error
