"""Whose text may go where: addresses, keys, and the names of private persons.

Nothing leaves the machine unless its host was allowed by name. A key comes from the
environment and goes into one header; a private person's name can be a number on the
way.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from dateline.llm.messages import Prompt

KEY_VARIABLE = "DATELINE_OPINION_KEY"
VARIABLE = re.compile("[A-Z][A-Z0-9_]*")
CHAT = "/chat/completions"
HTTP = ("http", "https")
SHOWN = 6  # letters that a key must have to be worth hiding
LEAVES = (
    "The whole text of each report, with the names in it, goes to {host}. Licences of"
    " news text often forbid it, and the host may keep what it gets: see that you may"
    " send these reports."
)
NUMBERED = (
    "The text of each report goes to {host}; names of private persons that were found"
    " are numbers on the way. Licences of news text often forbid it, and the host may"
    " keep what it gets: see that you may send these reports."
)


class NotAllowed(ValueError):
    """An address, key or setting that must not be used; says what to do instead."""


@dataclass(frozen=True, slots=True)
class Server:
    """One model at one address, and how it is asked.

    `url` ends before `/chat/completions`; `connector` names the part that carries the
    questions (`http`, or a bridge); `called` is another name by which the server may
    answer for `model`; `seconds` is the longest that one answer may take.
    """

    url: str
    model: str
    host: str = "localhost"
    local: bool = True
    connector: str = "http"
    key: str = field(default="", repr=False)
    called: str = ""
    seconds: float = 300.0
    temperature: float = 0.0


def allow_server(url: str, model: str, allow: Sequence[str] = (), key: str = "") -> Server:
    """Return the server at an address, where texts may go there. Raises NotAllowed.

    `allow` are the hosts that the configuration allows; one's own machine always is.
    An address may begin with the name of a bridge: `openai:https://…`, `llm:`.

    >>> allow_server("localhost:11434", "small").url
    'http://localhost:11434/v1'
    """
    if not model.strip():
        raise NotAllowed("no model is named: --model NAME, as the server calls it")
    connector, rest = split_connector(url)
    if not rest:
        host = f"{connector}:{model}"  # only its own settings know where texts go
        if host not in allow and f"{connector}:" not in allow:
            raise NotAllowed(
                f"where {host} sends texts is known to {connector} alone: it is used"
                f' only where dateline.toml allows it, by [opinion] allow = ["{host}"]'
            )
        return Server("", model, host, False, connector, key)
    try:
        parts = urlsplit(rest)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise NotAllowed(f"{redact_key(rest, key)!r} is no address") from None
    if parts.username or parts.password or parts.query or parts.fragment:
        raise NotAllowed(
            "an address of a server has no name, key or question in it: the key comes"
            f" from the environment ({KEY_VARIABLE})"
        )
    if parts.scheme not in HTTP or not host:
        raise NotAllowed(f"{rest!r} is no address such as http://localhost:11434/v1")
    local = is_loopback(host)
    names = {each.strip().lower() for each in allow}
    if not (local or host in names or (port is not None and f"{host}:{port}" in names)):
        raise NotAllowed(
            f"{host} is not this machine: texts go there only where dateline.toml"
            f' allows it, by [opinion] allow = ["{host}"]'
        )
    if not local and key and parts.scheme == "http":
        raise NotAllowed(
            f"http://{host} would send the key for all to read: use https, or a tunnel"
            f" to this machine (ssh -L 8000:localhost:8000 {host})"
        )
    path = parts.path.rstrip("/").removesuffix(CHAT) or "/v1"
    base = f"{parts.scheme}://{parts.netloc.lower()}{path}"
    return Server(base, model, host, local, connector, key)


def split_connector(url: str) -> tuple[str, str]:
    """Return the part that carries the questions, and the address it is given.

    >>> split_connector("openai:https://a.example/v1")
    ('openai', 'https://a.example/v1')
    >>> split_connector("localhost:8080"), split_connector("llm:")
    (('http', 'http://localhost:8080'), ('llm', ''))
    """
    told = re.match(r"([a-z][a-z0-9_-]*):(?!\d)", url)
    if told is None:
        return "http", f"http://{url}"
    if told[1] in HTTP:
        return "http", url
    rest = url[told.end() :]
    return told[1], f"http://{rest}" if rest and "://" not in rest else rest


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine by its very name.

    >>> [is_loopback(h) for h in ("localhost", "127.0.0.1", "::1", "10.0.0.7")]
    [True, True, True, False]
    """
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def tell_leaving(server: Server, numbered: bool) -> str:
    """Return what the first run must say of texts that leave the machine, else ""."""
    if server.local:
        return ""
    return (NUMBERED if numbered else LEAVES).format(host=server.host)


def read_api_key(environ: Mapping[str, str], variable: str = KEY_VARIABLE) -> str:
    """Return the key that a variable of the environment holds, "" for none.

    Raises NotAllowed where the configuration holds what looks like a key itself, or
    the key could not stand in a header; neither is repeated in the message.
    """
    if not VARIABLE.fullmatch(variable):
        raise NotAllowed(
            "[opinion] key_variable is the NAME of a variable such as OPENAI_API_KEY;"
            " a key itself does not belong into a file"
        )
    key = environ.get(variable, "").strip()
    if not key.isascii() or not key.isprintable() or " " in key:
        raise NotAllowed(f"what {variable} holds is no key: it has blanks or line ends")
    return key


def redact_key(words: str, key: str) -> str:
    """Return words without the key, whoever put it there.

    >>> redact_key("Incorrect API key: sk-12345678", "sk-12345678")
    'Incorrect API key: [key]'
    """
    return words.replace(key, "[key]") if len(key) >= SHOWN else words


@dataclass(frozen=True, slots=True)
class Veil:
    """Names that are numbers on the way: each form of a name has a token of its own."""

    tokens: tuple[tuple[str, str], ...] = ()  # name, token; the longest names first

    def cover(self, words: str) -> str:
        """Return words with tokens for names."""
        if not self.tokens:
            return words
        told = dict(self.tokens)
        pattern = "|".join(map(edged_name, told))
        return re.sub(pattern, lambda m: told[m[0]], words)

    def lift(self, text: str) -> str:
        """Return the text of an answer, one JSON object, with names for tokens."""
        if not self.tokens:
            return text
        named = {token: name for name, token in self.tokens}
        edge = "[A-Za-z0-9_]"
        pattern = re.compile(f"(?<!{edge})(?:{'|'.join(named)})(?!{edge})")

        def lifted(value: Any) -> Any:
            if isinstance(value, str):
                return pattern.sub(lambda m: named[m[0]], value)
            if isinstance(value, list):
                return [lifted(each) for each in value]
            if isinstance(value, dict):
                return {lifted(k): lifted(v) for k, v in value.items()}
            return value

        return json.dumps(lifted(json.loads(text)), ensure_ascii=False)


def edged_name(name: str) -> str:
    r"""Return the pattern of a name: whole words in scripts that have capitals.

    Others write no blanks between words, or join words to a name.

    >>> edged_name("Roy"), edged_name("\u738b\u660e")
    ('(?<!\\w)Roy(?!\\w)', '\u738b\u660e')
    """
    before = r"(?<!\w)" if name[0].upper() != name[0].lower() else ""
    after = r"(?!\w)" if name[-1].upper() != name[-1].lower() else ""
    return f"{before}{re.escape(name)}{after}"


def veil_prompt(prompt: Prompt) -> tuple[Prompt, Veil]:
    """Return a question in which private persons are numbers, and what undoes it.

    Forms of one person's name share a number: `Person1`, `Person1_2`.
    """
    stem = "Person"
    while re.search(rf"{stem}\d", prompt.user):
        stem += "X"
    found = dict(number_private_names(prompt.private, stem))
    every = sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0]))
    veil = Veil(tuple(every))
    return replace(prompt, user=veil.cover(prompt.user), private=()), veil


def number_private_names(private: Sequence[Sequence[str]], stem: str) -> Iterable[tuple[str, str]]:
    """Yield each form of each name with its token; a form counts for who has it first.

    >>> list(number_private_names([["Ana Roy", "Roy"]], "Person"))
    [('Ana Roy', 'Person1'), ('Roy', 'Person1_2')]
    """
    seen: set[str] = set()
    for number, forms in enumerate(private, 1):
        fresh = [f for f in dict.fromkeys(forms) if f.strip() and f not in seen]
        seen.update(fresh)
        for place, form in enumerate(fresh):
            yield form, f"{stem}{number}" + (f"_{place + 1}" if place else "")
