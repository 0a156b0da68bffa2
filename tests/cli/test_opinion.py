"""What is asked of a language model is told before, agreed to, and counted after."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dateline.cli import doctor
from dateline.cli.llm import (
    Asking,
    Confirm,
    OpinionFlags,
    OpinionSettings,
    merge_opinion,
    on_terminal,
    read_budget,
)
from dateline.cli.settings import OpinionTable, settings
from dateline.llm.messages import Answer, Ask, Prompt
from tests.llm.conftest import prompt
from tests.llm.server import GOOD, Fake, fake_server, refuses, says

KEY = "sk-secret-0123456789"
Chosen = Callable[..., OpinionSettings]


@pytest.fixture
def fake() -> Iterator[Fake]:
    with fake_server() as made:
        yield made


@pytest.fixture
def chosen(fake: Fake, tmp_path: Path) -> Chosen:
    def made(table: OpinionTable | None = None, **told: Any) -> OpinionSettings:
        flags = OpinionFlags(fake.url, "small", **told)
        return merge_opinion(flags, table or OpinionTable(), str(tmp_path / "x.db"))

    return made


def opinion_of(chosen: OpinionSettings, confirm: Confirm | None = None, tell: bool = True) -> Ask:
    """Return what asks a model in one run: told of, agreed to, asked, ended."""
    asking = Asking(chosen, confirm, tell)

    def ask(prompts: Iterable[Prompt]) -> Iterator[Answer]:
        every = list(prompts)
        asking.agree(every)
        try:
            yield from asking(every)
        finally:
            asking.end()

    return ask


def agreed(_: str) -> bool:
    return True


PROMPTS = [prompt("r1"), prompt("r2"), prompt("r3")]


def test_a_run_is_told_before_and_after(
    chosen: Chosen, fake: Fake, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    ask = opinion_of(chosen(), lambda q: not asked.append(q) and not fake.bodies)
    assert [a.text for a in ask(PROMPTS)] == [GOOD] * 3
    told = capsys.readouterr().err
    assert asked == ["Ask?"]
    assert "3 questions for small at 127.0.0.1" in told and "tokens:" in told
    assert "price: nothing (your own machine)" in told
    assert "3 answers asked for, 0 kept from before" in told


def test_without_a_yes_nothing_is_sent(
    chosen: Chosen, fake: Fake, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        list(opinion_of(chosen(), lambda _: False)(PROMPTS))
    assert ended.value.code == 2 and fake.bodies == []
    assert "nothing was sent" in capsys.readouterr().err


def test_where_nobody_can_say_yes_it_must_have_been_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        on_terminal(False)("Ask?")
    assert "--yes" in capsys.readouterr().err
    assert on_terminal(True)("Ask?")


def test_what_is_kept_needs_no_yes_and_no_server(
    chosen: Chosen, fake: Fake, tmp_path: Path
) -> None:
    list(opinion_of(chosen(), agreed, tell=False)(PROMPTS))
    assert (tmp_path / "x.answers.db").exists()
    again = opinion_of(chosen(), lambda _: False, tell=False)(PROMPTS)
    assert all(a.replayed for a in again)
    nowhere = merge_opinion(
        OpinionFlags("", "small", replay=True), OpinionTable(), str(tmp_path / "x.db")
    )
    replay = list(opinion_of(nowhere, tell=False)(PROMPTS))
    assert [a.text for a in replay] == [GOOD] * 3
    far = OpinionFlags("https://far.example/v1", "small", replay=True)
    there = merge_opinion(far, OpinionTable(), str(tmp_path / "x.db"))
    assert all(a.text for a in opinion_of(there, tell=False)(PROMPTS))
    assert len(fake.bodies) == 3


def test_a_replay_without_answers_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = OpinionFlags("", "small", replay=True)
    none = merge_opinion(flags, OpinionTable(), str(tmp_path / "y.db"))
    with pytest.raises(SystemExit):
        opinion_of(none)
    assert "no answers" in capsys.readouterr().err


def test_a_remote_host_is_told_of_before_the_yes(
    chosen: Chosen, capsys: pytest.CaptureFixture[str]
) -> None:
    table = OpinionTable(price_in=Decimal(1), price_out=Decimal(4))
    here = chosen(table)
    far = replace(here, server=replace(here.server, local=False, host="far.example"))
    with pytest.raises(SystemExit):
        list(opinion_of(far, lambda _: False)(PROMPTS))
    told = capsys.readouterr().err
    assert "goes to far.example" in told and "Licences" in told
    assert "price: at most $" in told


def test_repeats_say_how_often_the_model_agrees_with_itself(
    chosen: Chosen, fake: Fake, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.script = [says('{"acts": 1}')] * 3
    fake.manner = says('{"acts": 2}')
    assert len(list(opinion_of(chosen(repeat=3), agreed)(PROMPTS))) == 3
    told = capsys.readouterr().err
    assert "and for --repeat, time 3:" in told
    assert "3 questions asked 3 times: 33% of the answers" in told
    assert len(fake.bodies) == 9


@pytest.mark.parametrize("told", ["five", "-1", "nan", "inf"])
def test_a_budget_is_a_sum(told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert read_budget("$5.00") == Decimal(5)
    with pytest.raises(SystemExit):
        read_budget(told)
    assert "--budget" in capsys.readouterr().err


def test_a_budget_without_a_price_is_refused(
    chosen: Chosen, capsys: pytest.CaptureFixture[str]
) -> None:
    here = chosen(budget="5.00")
    far = replace(here, server=replace(here.server, local=False, host="far.example"))
    with pytest.raises(SystemExit) as ended:
        opinion_of(far)
    assert ended.value.code == 2
    assert "price_in" in capsys.readouterr().err


def test_a_host_that_is_not_allowed_ends_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    flags = OpinionFlags("https://far.example/v1", "small")
    with pytest.raises(SystemExit) as ended:
        merge_opinion(flags, OpinionTable(), "x.db")
    assert ended.value.code == 2
    assert 'allow = ["far.example"]' in capsys.readouterr().err
    allowed = merge_opinion(flags, OpinionTable(allow=["far.example"]), "x.db")
    assert allowed.server.host == "far.example"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Return what writes a configuration."""
    monkeypatch.chdir(tmp_path)

    def write(lines: str) -> None:
        (tmp_path / "dateline.toml").write_text(f"[opinion]\n{lines}\n", "utf-8")
        settings.cache_clear()

    yield write
    settings.cache_clear()


def test_the_configuration_names_the_server(
    config: Callable[[str], None], fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    config(f'url = "{fake.url}"\nmodel = "small"\nkey_variable = "MY_KEY"\nat_once = 2')
    monkeypatch.setenv("MY_KEY", KEY)
    found = merge_opinion(OpinionFlags(), settings().opinion, "x.db")
    assert (found.server.url, found.server.key) == (fake.url, KEY)
    assert found.terms.at_once == 2


@pytest.mark.parametrize("name", ["key", "api_key", "token"])
def test_a_key_in_the_configuration_is_refused_and_not_repeated(
    config: Callable[[str], None], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    config(f'{name} = "{KEY}"')
    with pytest.raises(SystemExit):
        settings()
    told = capsys.readouterr().err
    assert KEY not in told and "does not belong into a file" in told


def test_a_key_in_a_wrong_place_is_not_repeated(
    config: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    config(f'autorisation = "{KEY}"\nat_once = "{KEY}"')
    with pytest.raises(SystemExit):
        settings()
    assert KEY not in capsys.readouterr().err


UNDERSTOOD = '{"actor": "Police", "act": "arrested", "recipient": "two students"}'


def test_the_doctor_says_what_a_model_understood(
    config: Callable[[str], None], fake: Fake, tmp_path: Path
) -> None:
    config("")
    fake.script = [says(UNDERSTOOD), says(UNDERSTOOD.replace("two", "three"))]
    ((name, told, well),) = doctor.try_opinion(fake.url, "small")
    assert (name, well) == ("opinion", True)
    assert "understood: Police – arrested – two students" in told
    assert "40 tokens in, 10 out" in told
    ((_, told, well),) = doctor.try_opinion(fake.url, "small")
    assert not well and "misunderstood" in told
    fake.manner = refuses(401, "no")
    ((_, told, well),) = doctor.try_opinion(fake.url, "small")
    assert not well and "it wants a key" in told
    assert [p.name for p in tmp_path.iterdir()] == ["dateline.toml"]


def test_the_doctor_asks_no_other_machine_unasked(config: Callable[[str], None]) -> None:
    config('url = "https://far.example/v1"\nmodel = "m"\nallow = ["far.example"]')
    ((_, told, well),) = doctor.try_opinion("", "")
    assert well and "--opinion https://far.example/v1" in told


def test_the_doctor_says_nothing_of_models_where_none_is_named(
    config: Callable[[str], None],
) -> None:
    config("")
    assert list(doctor.try_opinion("", "")) == []
