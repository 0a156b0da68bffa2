"""Bridges for who has them already: the `openai` library, and the plugins of `llm`.

Each carries the very request that our own client sends and hands back the answer in
the same shape, so that all that is checked, kept and counted stays the same.
"""

import json
from collections.abc import Mapping
from typing import Any

from dateline.llm.policy import Server, redact_key
from dateline.llm.transport import NotReached, Reply
from dateline.resources.plugins import MissingPart


def connect_openai(server: Server) -> "OpenAiBridge":
    """Return a bridge through the `openai` library (`--opinion openai:URL`)."""
    try:
        import openai
    except ImportError as error:
        raise MissingPart("--opinion openai: needs `pip install openai`") from error
    return OpenAiBridge(server, openai)


def connect_llm(server: Server) -> "LlmBridge":
    """Return a bridge through a model that `llm` knows (`--opinion llm:`)."""
    try:
        import llm
    except ImportError as error:
        raise MissingPart("--opinion llm: needs `pip install llm`") from error
    try:
        return LlmBridge(server, llm.get_model(server.model))
    except llm.UnknownModelError as error:
        told = f"llm knows no model {server.model!r}: `llm models` lists those it has"
        raise MissingPart(told) from error


class OpenAiBridge:
    """Requests through the `openai` library; its own retries are switched off."""

    def __init__(self, server: Server, library: Any) -> None:
        """Open a client of the library for the same address and key."""
        self.server, self.library = server, library
        self.client = library.OpenAI(
            api_key=server.key or "none",  # it insists on one
            base_url=server.url or None,
            timeout=server.seconds,
            max_retries=0,
        )

    def send(self, body: Mapping[str, Any]) -> Reply:
        """Return what comes back for a request. Raises NotReached."""
        library, server = self.library, self.server
        try:
            raw = self.client.chat.completions.with_raw_response.create(**body)
        except library.APIStatusError as error:
            return copy_reply(error.response)
        except library.APITimeoutError:
            late = f"{server.host} gave no answer within {server.seconds:g} seconds"
            raise NotReached("too_slow", late) from None
        except library.APIConnectionError as error:
            cause = error.__cause__ or error
            why = redact_key(f"{type(cause).__name__}: {cause}", server.key)
            raise NotReached("no_server", f"{server.host}: {why}") from None
        return copy_reply(raw.http_response)

    def list_models(self) -> Reply | None:
        """Return what the server says of its models, None where it cannot."""
        try:
            raw = self.client.models.with_raw_response.list()
        except self.library.APIStatusError as error:
            return copy_reply(error.response)
        except self.library.APIConnectionError:
            return None
        return copy_reply(raw.http_response)

    def close(self) -> None:
        """Let connections go."""
        self.client.close()


def copy_reply(response: Any) -> Reply:
    """Return the reply that another library read."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Reply(response.status_code, headers, response.content)


class LlmBridge:
    """Prompts through `llm`, whose plugins know their own servers and keys.

    Temperature and seed are the plugin's own: plugins do not agree on options.
    """

    def __init__(self, server: Server, model: Any) -> None:
        """Take a model that `llm` has found."""
        self.server, self.model = server, model

    def send(self, body: Mapping[str, Any]) -> Reply:
        """Return what comes back for a request. Raises NotReached."""
        system, *rest = body["messages"]
        asked = "\n\n".join(each["content"] for each in rest)
        shape = body.get("response_format")
        told: dict[str, Any] = {}
        if shape:
            if not getattr(self.model, "supports_schema", False):
                lacks = {"error": {"message": "response_format is not supported"}}
                return Reply(400, {}, json.dumps(lacks).encode())
            told["schema"] = shape["json_schema"]["schema"]
        key = {"key": self.server.key} if self.server.key else {}
        try:
            answer = self.model.prompt(asked, system=system["content"], stream=False, **told, **key)
            text, used = answer.text(), answer.usage()
        except Exception as error:  # noqa: BLE001  each plugin has errors of its own
            why = redact_key(f"{type(error).__name__}: {error}", self.server.key)
            raise NotReached("broken_off", f"{self.server.host}: {why}") from None
        choice = {"message": {"content": text}, "finish_reason": "stop"}
        usage = {"prompt_tokens": used.input, "completion_tokens": used.output}
        found = {"model": self.server.model, "choices": [choice], "usage": usage}
        return Reply(200, {}, json.dumps(found).encode("utf-8", "backslashreplace"))

    def list_models(self) -> Reply | None:
        """Return nothing: `llm` does not ask servers what they are."""
        return None

    def close(self) -> None:
        """Leave connections to `llm`."""
