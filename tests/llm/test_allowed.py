"""Nothing leaves the machine unless its host was allowed by name."""

import pytest

from dateline.llm.policy import NotAllowed, allow_server, read_api_key, tell_leaving, veil_prompt
from tests.llm.conftest import prompt

KEY = "sk-secret-0123456789"
LOCAL = [
    ("localhost:8080", "http://localhost:8080/v1"),
    ("http://localhost:11434", "http://localhost:11434/v1"),
    ("http://127.0.0.1:8000/v1/", "http://127.0.0.1:8000/v1"),
    ("http://[::1]:1234/v1/chat/completions", "http://[::1]:1234/v1"),
    ("https://localhost/api/openai", "https://localhost/api/openai"),
]


@pytest.mark.parametrize(("told", "url"), LOCAL)
def test_ones_own_machine_is_always_allowed(told: str, url: str) -> None:
    server = allow_server(told, "small", key=KEY)
    assert (server.url, server.local) == (url, True)
    assert tell_leaving(server, False) == ""


REMOTE = [
    "https://api.example.com/v1",
    "http://10.0.0.7:8000/v1",
    "http://192.168.1.2:11434",
    "http://localhost.example.com/v1",
    "http://127.0.0.1.example.com/v1",
    "http://0.0.0.0:8000",
    "//api.example.com/v1",
]


@pytest.mark.parametrize("url", REMOTE)
def test_another_machine_must_be_allowed_by_name(url: str) -> None:
    with pytest.raises(NotAllowed) as told:
        allow_server(url, "small", allow=["example.com", "api.example"])
    assert "allow = [" in str(told.value) or "is no address" in str(told.value)


def test_an_allowed_host_is_told_of() -> None:
    server = allow_server("https://API.example.com/v1", "m", ["api.example.com"], KEY)
    assert (server.host, server.local) == ("api.example.com", False)
    assert "Licences" in tell_leaving(server, False)
    assert "numbers on the way" in tell_leaving(server, True)
    assert allow_server("http://lan:8000", "m", ["lan:8000"]).host == "lan"


WRONG = [
    "",
    "ftp://localhost/v1/x?",
    "http://",
    "http://[bad/",
    "http://localhost:99999999/",
    f"http://me:{KEY}@localhost/v1",
    f"http://localhost/v1?key={KEY}",
    "http://localhost/v1#a",
]


@pytest.mark.parametrize("url", WRONG)
def test_what_is_no_address_is_refused_without_repeating_a_key(url: str) -> None:
    with pytest.raises(NotAllowed) as told:
        allow_server(url, "small", key=KEY)
    assert KEY not in str(told.value)


def test_no_key_goes_over_an_open_line() -> None:
    with pytest.raises(NotAllowed, match="for all to read"):
        allow_server("http://lan:8000", "m", ["lan"], KEY)


def test_a_model_must_be_named() -> None:
    with pytest.raises(NotAllowed, match="--model NAME"):
        allow_server("localhost:8080", " ")


def test_bridges_without_an_address_are_allowed_by_name() -> None:
    with pytest.raises(NotAllowed, match="llm:small"):
        allow_server("llm:", "small")
    server = allow_server("llm:", "small", ["llm:small"])
    assert (server.connector, server.local, server.host) == ("llm", False, "llm:small")
    assert allow_server("openai:localhost:8000", "small").connector == "openai"


def test_a_key_comes_from_the_environment_alone() -> None:
    assert read_api_key({"DATELINE_OPINION_KEY": f" {KEY}\n"}) == KEY
    assert read_api_key({"MY_KEY": KEY}, "MY_KEY") == KEY
    assert read_api_key({}) == ""
    with pytest.raises(NotAllowed) as told:
        read_api_key({}, KEY)
    assert KEY not in str(told.value)
    with pytest.raises(NotAllowed) as told:
        read_api_key({"MY_KEY": "a\nHost: b"}, "MY_KEY")
    assert "Host" not in str(told.value)


def test_names_in_scripts_without_blanks_are_covered_too() -> None:
    asked = prompt(user="王明在北京。Person1 waits.", private=(("王明",),))
    sent, veil = veil_prompt(asked)
    assert sent.user == "PersonX1在北京。Person1 waits."
    assert sent.private == ()
    assert veil.lift('{"a": ["对PersonX1说"]}') == '{"a": ["对王明说"]}'
