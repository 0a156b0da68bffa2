"""Tokens are counted, prices found or unknown, budgets never passed."""

from decimal import Decimal
from threading import Thread

import pytest

from dateline.llm import pricing
from dateline.llm.policy import Server, allow_server
from dateline.llm.pricing import Budget, count_tokens, find_tariff, plan_run
from tests.llm.conftest import prompt

# Invented copy, with the tokens that o200k, Qwen and Tekken cut it into (mean)
COUNTED = [
    (
        "El ministro de Exteriores de Costa Azul viajó el martes a la capital vecina"
        " para reunirse con su homólogo. Según fuentes oficiales, ambos firmaron un"
        " acuerdo de pesca que pone fin a meses de tensiones.",
        48,
    ),
    ("反对派称该协议为“投降”，并呼吁星期六在议会前举行抗议。", 26),
    ("Оппозиция призвала к протестам в субботу у здания парламента.", 16),
]


@pytest.mark.parametrize(("text", "tokens"), COUNTED)
def test_other_languages_are_counted_within_a_third(text: str, tokens: int) -> None:
    assert count_tokens(text) == pytest.approx(tokens, rel=0.35)


def test_nothing_has_no_tokens() -> None:
    assert count_tokens("") == count_tokens("  ") == 0


def listed(url: str, model: str) -> Server:
    return allow_server(url, model, ["api.openai.com", "x.example"])


def test_a_price_is_that_of_the_list() -> None:
    pytest.importorskip("genai_prices", reason="the price list is an extra")
    tariff = find_tariff(listed("https://api.openai.com/v1", "gpt-4o-mini"))
    assert tariff.known and tariff.listed
    one, two = tariff.cost(1_000_000, 0), tariff.cost(0, 1_000_000)
    assert one and two and 0 < one < two < 10


def test_a_price_that_nobody_knows_is_unknown() -> None:
    tariff = find_tariff(listed("https://x.example/v1", "our-own-7b"))
    assert not tariff.known and tariff.cost(5, 5) is None
    plan = plan_run(tariff, [prompt()], 0, (0.0, 0))
    assert plan.cost is None and "price: unknown" in plan.words()[-1]


def test_ones_own_machine_costs_nothing_and_own_prices_win() -> None:
    server = allow_server("localhost:8080", "small")
    assert find_tariff(server).cost(10**9, 10**9) == 0
    tariff = find_tariff(server, Decimal("0.5"), Decimal(2))
    assert tariff.cost(1_000_000, 500_000) == Decimal("1.5")


def test_without_the_list_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "genai_prices", None)
    tariff = pricing.find_tariff(listed("https://api.openai.com/v1", "gpt-4o-mini"))
    assert not tariff.known and "pip install" in tariff.why


def test_a_budget_waits_for_what_is_on_its_way() -> None:
    budget = Budget(Decimal(10))
    assert budget.reserve(Decimal(6))
    told: list[bool] = []
    waiting = Thread(target=lambda: told.append(budget.reserve(Decimal(6))))
    waiting.start()
    budget.settle(Decimal(6), Decimal(3))
    waiting.join(5)
    assert told == [True]
    budget.settle(Decimal(6), Decimal(6))
    assert not budget.reserve(Decimal(6))
