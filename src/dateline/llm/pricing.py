"""What asking costs: tokens counted, a price found, a budget kept.

Tokens are counted by a rule whose error is measured (docs/guides/opinion.md), since
each model cuts words in its own way and most tell how only to their own libraries.
What was paid goes by the server's own count.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from threading import Condition

from dateline.llm.cache import write_json
from dateline.llm.messages import Prompt
from dateline.llm.policy import Server

MILLION = Decimal(1_000_000)
AROUND = 12  # tokens around the messages of a request
LATIN, LONG = "A-Za-z\u00c0-\u024f", 6
CYRILLIC_GREEK = "\u0370-\u052f"
SEMITIC = "\u0590-\u077f"
EAST_ASIAN = "\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
RATES = tuple(  # tokens for each match
    (re.compile(pattern), rate)
    for pattern, rate in (
        (f"[{LATIN}]+", 1.05),
        (f"(?<=[{LATIN}]{{{LONG}}})[{LATIN}]", 0.03),  # each letter of a long word
        (f"(?<![{LATIN}])[A-Z]", 0.18),
        ("[\u00c0-\u024f]", 1.5),
        (r"\d", 0.85),
        (r"[^\w\s]+|_+", 0.77),
        (r"\n+", 0.05),
        (f"[{CYRILLIC_GREEK}]", 0.36),
        (f"[{SEMITIC}]", 0.42),
        (f"[{EAST_ASIAN}]", 1.0),
        (rf"[^\W\d_{LATIN}{CYRILLIC_GREEK}{SEMITIC}{EAST_ASIAN}]", 0.8),
    )
)


def count_tokens(text: str) -> int:
    """Return how many tokens a model reads in a text, by rule.

    Within a twentieth for English news on the models measured; for other languages
    and older models it can be a third too few.

    >>> count_tokens("Norwegian police arrested two men on Tuesday.")
    9
    """
    return round(sum(rate * len(each.findall(text)) for each, rate in RATES))


def count_guide(prompt: Prompt) -> int:
    """Return how many tokens of a question are the same for all: guide and schema."""
    schema = write_json(prompt.schema)
    return AROUND + count_tokens(prompt.system) + count_tokens(schema)


def count_prompt(prompt: Prompt) -> int:
    """Return how many tokens a question has: guide, report and schema."""
    return count_guide(prompt) + count_tokens(prompt.user)


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a server asks for tokens; `cost` is None where nobody knows.

    `own` are prices for a million tokens in and out from the configuration; `listed`
    that genai-prices has the model.
    """

    server: Server
    own: tuple[Decimal, Decimal] | None = None
    listed: bool = False
    why: str = ""

    @property
    def known(self) -> bool:
        """Whether a price can be told."""
        return self.own is not None or self.listed or self.server.local

    def cost(self, tokens_in: int, tokens_out: int) -> Decimal | None:
        """Return the price of one question in dollars."""
        if self.own is not None:
            price_in, price_out = self.own
            return (price_in * tokens_in + price_out * tokens_out) / MILLION
        if self.server.local:
            return Decimal(0)
        if not self.listed:
            return None
        from genai_prices import Usage, calc_price

        used = Usage(input_tokens=tokens_in, output_tokens=tokens_out)
        url = self.server.url or None
        return calc_price(used, self.server.model, provider_api_url=url).total_price


def find_tariff(
    server: Server, price_in: Decimal | None = None, price_out: Decimal | None = None
) -> Tariff:
    """Return the tariff of a server: one's own prices, else those of genai-prices.

    Nothing is asked of the network: the list is that of the installed package.
    """
    if price_in is not None and price_out is not None:
        return Tariff(server, (price_in, price_out))
    if server.local:
        return Tariff(server, why="your own machine")
    try:
        from genai_prices import Usage, calc_price
    except ImportError:
        why = "genai-prices is not installed: pip install '.[opinion]'"
        return Tariff(server, why=why)
    url = server.url or None
    try:
        calc_price(Usage(input_tokens=1), server.model, provider_api_url=url)
    except LookupError:
        why = f"genai-prices has no {server.model!r} at {server.host}"
        return Tariff(server, why=why)
    return Tariff(server, listed=True, why="by the list of genai-prices")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would ask: told before anything is sent."""

    server: Server
    questions: int
    kept: int
    tokens_in: int
    tokens_out: int  # at most
    expected_out: int = 0
    seen: int = 0  # kept answers by which `expected_out` was told
    cost: Decimal | None = None  # at most
    expected_cost: Decimal | None = None
    why: str = ""
    stale: int = 0  # of those to ask, how many have answers to another guide

    def words(self) -> list[str]:
        """Return the lines that a person reads before saying yes."""
        to_ask = self.questions - self.kept
        lines = [f"{to_ask:,} questions for {self.server.model} at {self.server.host}"]
        if self.kept:
            lines[0] += f"; {self.kept:,} more are answered and kept"
        if self.stale:
            lines.append(
                f"{self.stale:,} of them have an answer to another guide, which does"
                " not count: they are asked again, and the old answers stay"
            )
        out = f"at most {self.tokens_out:,} out"
        if self.seen:
            out = f"some {self.expected_out:,} out by {self.seen:,} kept answers, {out}"
        lines.append(f"tokens: {self.tokens_in:,} in (by our count), {out}")
        if self.cost is None:
            lines.append(f"price: unknown ({self.why})")
        elif not self.cost:
            lines.append(f"price: nothing ({self.why})" if self.why else "price: 0")
        else:
            told = f"at most ${show_money(self.cost)}"
            if self.seen and self.expected_cost is not None:
                told = f"some ${show_money(self.expected_cost)}, {told}"
            lines.append(f"price: {told}" + (f" ({self.why})" if self.why else ""))
        return lines


def show_money(sum_: Decimal) -> str:
    """Return dollars, to the cent or to two figures where it is less.

    >>> show_money(Decimal("12.345")), show_money(Decimal("0.000417"))
    ('12.34', '0.00042')
    """
    return f"{sum_:,.2f}" if sum_ >= 1 or not sum_ else f"{float(sum_):.2g}"


def plan_run(tariff: Tariff, prompts: Iterable[Prompt], kept: int, mean: tuple[float, int]) -> Plan:
    """Return what asking these questions would take, beside `kept` answered ones.

    `mean` tells how many tokens earlier answers had on average, and of how many.
    """
    tokens_in = most = expected = asked = 0
    cost: Decimal | None = Decimal(0)
    likely: Decimal | None = Decimal(0)
    last, guide = "", 0
    for prompt in prompts:
        asked += 1
        if prompt.system != last:  # the schema of a run is one with its guide
            last, guide = prompt.system, count_guide(prompt)
        size = guide + count_tokens(prompt.user)
        usual = min(round(mean[0]), prompt.max_tokens)
        tokens_in, most = tokens_in + size, most + prompt.max_tokens
        expected += usual
        one, two = tariff.cost(size, prompt.max_tokens), tariff.cost(size, usual)
        cost = None if cost is None or one is None else cost + one
        likely = None if likely is None or two is None else likely + two
    return Plan(
        tariff.server,
        asked + kept,
        kept,
        tokens_in,
        most,
        expected,
        mean[1],
        cost,
        likely,
        tariff.why,
    )


@dataclass(slots=True)
class Budget:
    """Money that a run may spend; threads share it.

    What a question may cost at most is set aside before it is sent, so that the limit
    is never passed; what it did cost is told afterwards.
    """

    limit: Decimal | None = None
    spent: Decimal = Decimal(0)
    aside: Decimal = Decimal(0)
    turn: Condition = field(default_factory=Condition, repr=False)

    def reserve(self, most: Decimal) -> bool:
        """Set a sum aside; wait for questions on their way where it may still fit."""
        with self.turn:
            while self.limit is not None and self.spent + self.aside + most > (self.limit):
                if not self.aside:
                    return False
                self.turn.wait()
            self.aside += most
            return True

    def settle(self, most: Decimal, spent: Decimal) -> None:
        """Give back what was set aside, and count what was paid."""
        with self.turn:
            self.aside -= most
            self.spent += spent
            self.turn.notify_all()
