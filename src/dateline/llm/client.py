"""The door: questions in, answers out, with manners.

What was answered before is not asked again; what fails is asked once more and then
told; rate limits are waited for, budgets kept, and where no answer can come any more
nothing more is asked. Few questions are on their way at once.

Questions may also be written into a batch file for a night's run at half the price: one
JSON line a question under a `custom_id`, as OpenAI's batches and `vllm run-batch` take
them. The id is the digest under which an answer is kept: a file that comes back is read
without the reports, and coding again finds its answers.
"""

import json
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from threading import Event, Lock
from time import monotonic
from typing import Any

from dateline.llm.cache import AnswerBook, Came, KeptAnswer, Question, frame_question, write_json
from dateline.llm.messages import Answer, Prompt
from dateline.llm.policy import CHAT, Server, Veil, veil_prompt
from dateline.llm.pricing import (
    Budget,
    Plan,
    Tariff,
    count_prompt,
    count_tokens,
    plan_run,
    show_money,
)
from dateline.llm.transport import (
    ALOUD,
    Connection,
    Dialect,
    NotReached,
    Refusal,
    Reply,
    Said,
    describe_model,
    make_body,
    mend_text,
    models_of_reply,
    read_reply,
    repeat_body,
)
from dateline.model import Problem
from dateline.model.text import digest_text

Say = Callable[[str], None]
STAGE = "opinion"
PATH = "/v1" + CHAT
TRIES = 3  # of what breaks off or ends in a server's error
WAITS = 8  # pauses for one question under a rate limit
FIRST_PAUSE = 1.0  # seconds; doubled each time where a server names none
LONGEST_PAUSE = 900.0  # a server that wants more is left for today
CUT = 0.5  # share of our count below which a server has cut the question


@dataclass(frozen=True, slots=True)
class Terms:
    """How a run asks: what it may spend, whether it may ask at all, how many at once.

    `round` numbers repeats of one question; `numbered` sends private persons as
    numbers.
    """

    budget: Decimal | None = None
    replay: bool = False
    round: int = 0
    at_once: int = 4
    numbered: bool = False


@dataclass(slots=True)
class Tally:
    """What became of the questions of a run so far."""

    answered: int = 0
    replayed: int = 0
    failed: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    spent: Decimal = Decimal(0)
    began: float = field(default_factory=monotonic)
    twice: Counter[str] = field(default_factory=Counter)  # asked again, by reason
    problems: Counter[str] = field(default_factory=Counter)

    def add(self, answer: Answer) -> None:
        """Count an answer."""
        self.replayed += answer.replayed
        self.answered += answer.text is not None and not answer.replayed
        self.tokens_in += answer.tokens_in
        self.tokens_out += answer.tokens_out
        if answer.problem:
            self.failed += 1
            self.problems[answer.problem.code] += 1

    @property
    def rate(self) -> float:
        """Return answers a second that were asked for."""
        spent = monotonic() - self.began
        return self.answered / spent if spent > 0 else 0.0

    def words(self) -> list[str]:
        """Return what a person should know at the end of a run."""
        lines = [
            f"{self.answered:,} answers asked for, {self.replayed:,} kept from before,"
            f" {self.failed:,} without an answer; {self.tokens_in:,} tokens in,"
            f" {self.tokens_out:,} out, ${show_money(self.spent)}"
        ]
        if self.twice:
            told = ", ".join(f"{n} {code}" for code, n in self.twice.most_common())
            lines.append(f"asked twice, since the first was no answer: {told}")
        if self.problems:
            told = ", ".join(f"{n} {code}" for code, n in self.problems.most_common())
            lines.append(f"no answer: {told}")
        return lines


class Door:
    """Carries questions to one server. Calling it is `Ask`; one call at a time.

    Lines for the person go to `say`, each once. Raises OSError where answers cannot
    be kept.
    """

    def __init__(
        self,
        connection: Connection,
        tariff: Tariff,
        book: AnswerBook,
        say: Say,
        terms: Terms = Terms(),  # noqa: B008  frozen
    ) -> None:
        """Ask nothing yet."""
        self.connection, self.tariff, self.book = connection, tariff, book
        self.server: Server = tariff.server
        self.terms, self.dialect, self.tally = terms, Dialect(), Tally()
        self.budget = Budget(terms.budget)
        self.about: str | None = None
        self.models: list[str] = []
        self._say, self._said = say, set[str]()
        self._lock, self._ended = Lock(), Event()
        self._stopped: Refusal | None = None
        self._quiet_until = 0.0
        self.pause: Callable[[float], object] = self._ended.wait

    def __call__(self, prompts: Iterable[Prompt]) -> Iterator[Answer]:
        """Yield an answer for each question, in their order."""
        self._ended.clear()
        coming: deque[Future[Answer]] = deque()
        workers = ThreadPoolExecutor(self.terms.at_once, "opinion")
        try:
            for prompt in prompts:
                if self.about is None and not self.terms.replay:
                    self.greet()
                coming.append(workers.submit(self.answer, prompt))
                while len(coming) > 2 * self.terms.at_once or (coming and coming[0].done()):
                    yield self.counted(coming.popleft().result())
            while coming:
                yield self.counted(coming.popleft().result())
        finally:
            self._ended.set()
            for each in coming:
                each.cancel()
            if any(not each.done() for each in coming):
                self.connection.close()  # ends what is waited for
            workers.shutdown(wait=True, cancel_futures=True)

    def in_round(self, number: int) -> "Door":
        """Return a door for another asking of the same questions, on the same purse."""
        other = copy(self)
        other.terms = replace(self.terms, round=number)
        return other

    def counted(self, answer: Answer) -> Answer:
        """Count an answer and return it."""
        self.tally.add(answer)
        self.tally.spent = self.budget.spent
        return answer

    def plan(self, prompts: Iterable[Prompt]) -> Plan:
        """Return what asking these questions would take; sends none of them.

        Where answers of this server are kept it is asked first what it is now.
        """
        kept, stale, fresh = 0, 0, []
        if self.about is None and self.book.has_answers(self.server.url):
            self.greet()
        for prompt in prompts:
            question, _ = self.frame(prompt)
            if self.book.find(question, self.server.url, self.about or ""):
                kept += 1
            else:
                fresh.append(question.prompt)
                stale += self.book.other_guides(question) > 0
        mean = self.book.mean_answer(self.server.model)
        return replace(plan_run(self.tariff, fresh, kept, mean), stale=stale)

    def peek(self, prompt: Prompt) -> Answer | None:
        """Return the answer that is kept for a question, None where there is none."""
        if self.about is None and not self.terms.replay:
            if not self.book.has_answers(self.server.url):
                return None
            self.greet()
        question, veil = self.frame(prompt)
        if self.terms.replay:
            found = self.book.replay(question, self.server.url)
        else:
            found = self.book.find(question, self.server.url, self.about or "")
        if found is None:
            return None
        return self.unveil_answer(prompt, veil, found, replayed=True)

    def frame(self, prompt: Prompt) -> tuple[Question, Veil]:
        """Return a question as it is sent and kept, and what lifts its numbers."""
        whole = mend_text(prompt.system), mend_text(prompt.user)
        sent, veil = replace(prompt, system=whole[0], user=whole[1]), Veil()
        if self.terms.numbered:
            sent, veil = veil_prompt(sent)
        return frame_question(sent, self.server, self.terms.round), veil

    def greet(self) -> None:
        """Ask the server what it is, before anything else; without it there is none."""
        reply: Reply | None = None
        for turn in range(TRIES):
            try:
                reply = self.connection.list_models()
            except NotReached as error:
                if turn == TRIES - 1:
                    self.stop(Refusal("stop", error.code, str(error)))
            else:
                if reply is None or reply.status < 500:
                    break
            self.pause(FIRST_PAUSE * 2**turn)
        models = models_of_reply(reply)
        self.models = [str(each["id"]) for each in models if "id" in each]
        found = describe_model(models, self.server)
        self.about = digest_text(write_json(found)) if found else ""

    def answer(self, prompt: Prompt) -> Answer:
        """Return the answer to one question: kept, or asked for."""
        found = self.peek(prompt)
        if found is not None:
            return found
        question, veil = self.frame(prompt)
        if self.terms.replay:
            if others := self.book.other_guides(question):
                why = (
                    f"{self.book.path} has answers to this report under {others} other"
                    " guide(s), none to this one: run without --replay to ask again"
                )
                return refuse_prompt(prompt, "another_guide", why)
            why = f"{self.book.path} has no answer to this question: run without --replay"
            return refuse_prompt(prompt, "no_kept_answer", why)
        if self._stopped is not None:
            why = f"not asked, since {self._stopped.message}"
            return refuse_prompt(prompt, "not_asked", why)
        return self.unveil_answer(prompt, veil, Exchange(self, question).run())

    def unveil_answer(
        self, prompt: Prompt, veil: Veil, found: KeptAnswer, replayed: bool = False
    ) -> Answer:
        """Return an answer as the asker gets it, names for numbers."""
        text = None if found.text is None else veil.lift(found.text)
        problem = None
        if text is None:
            problem = Problem(prompt.id, STAGE, found.problem, found.message)
        spent = (0, 0) if replayed else (found.tokens_in, found.tokens_out)
        return Answer(prompt.id, text, problem, *spent, found.model, found.finish, replayed)

    def say(self, line: str) -> None:
        """Say a line aloud, once a run."""
        with self._lock:
            if line in self._said:
                return
            self._said.add(line)
        self._say(line)

    def stop(self, refusal: Refusal) -> None:
        """Ask nothing more, and say why."""
        with self._lock:
            first, self._stopped = self._stopped is None, self._stopped or refusal
        if first:
            self.say(f"{refusal.message}. Nothing more is asked; what is answered stays.")

    def quiet(self, seconds: float) -> None:
        """Leave the server alone for a while, all questions alike."""
        with self._lock:
            self._quiet_until = max(self._quiet_until, monotonic() + seconds)
        if seconds >= 5:
            self.say(f"{self.server.host} wants a pause of {seconds:.0f} seconds: waiting")

    def adapt(self, feature: str) -> None:
        """Leave a part out of all requests to come, and say so."""
        with self._lock:
            self.dialect = self.dialect.without(feature)
        self.say(ALOUD[feature].format(host=self.server.host))


def refuse_prompt(prompt: Prompt, code: str, message: str) -> Answer:
    """Return an answer that is a problem."""
    return Answer(prompt.id, None, Problem(prompt.id, STAGE, code, message))


class Exchange:
    """One question on its way: its tries, its pauses, what it cost."""

    def __init__(self, door: Door, question: Question) -> None:
        """Begin with nothing tried."""
        self.door, self.question = door, question
        self.count: Counter[str] = Counter()
        self.repeated: Refusal | None = None
        self.tokens_in = self.tokens_out = 0
        self.counted = count_prompt(question.prompt)
        told = question.prompt.system, question.prompt.user
        self.words = sum(map(count_tokens, told))  # a schema may cost no tokens

    def run(self) -> KeptAnswer:
        """Return the answer, or why there is none."""
        door = self.door
        while True:
            while (  # the server wants to be left alone
                left := door._quiet_until - monotonic()
            ) > 0 and not door._ended.is_set():
                door.pause(left)
            if door._stopped is not None or door._ended.is_set():
                told = door._stopped.message if door._stopped else "the run was ended"
                return self.ended(Refusal("stop", "not_asked", f"not asked, since {told}"))
            dialect = door.dialect
            sent = make_body(door.server, self.question.prompt, dialect, door.terms.round)
            if self.repeated is not None:
                sent = repeat_body(sent, self.repeated)
            outcome = self.send(sent)
            if isinstance(outcome, Said):
                return KeptAnswer(
                    outcome.text,
                    "",
                    "",
                    outcome.model,
                    outcome.finish,
                    self.tokens_in,
                    self.tokens_out,
                )
            if not self.goes_on(outcome, dialect):
                return self.ended(outcome)

    def send(self, body: Mapping[str, Any]) -> Said | Refusal:
        """Send a request within the budget, read the reply, keep it."""
        door = self.door
        most = self.price(
            self.counted, int(body.get("max_tokens") or body.get("max_completion_tokens") or 0)
        )
        if not door.budget.reserve(most):
            spent, limit = door.budget.spent, door.budget.limit or Decimal(0)
            return Refusal(
                "stop",
                "budget_spent",
                f"${show_money(spent)} of ${show_money(limit)} is spent and the next"
                " question may not fit: run again with a --budget to go on",
            )
        spent = Decimal(0)
        try:
            reply = door.connection.send(body)
            outcome = read_reply(reply, door.server, self.question.prompt.schema)
            spent = self.charge(outcome)
        except NotReached as error:
            if error.code == "too_slow":
                spent = most  # it may have been answered, and paid for
            reply = Reply(0, {}, b"")
            outcome = Refusal("again", error.code, str(error))
        finally:
            door.budget.settle(most, spent)
        if isinstance(outcome, Said) or outcome.what in ("repeat", "fail"):
            came = frame_reply(reply, outcome, door.server.key)
            door.book.keep(self.question, door.server.url, door.about or "", came)
        return outcome

    def price(self, tokens_in: int, tokens_out: int) -> Decimal:
        """Return what a request costs; nothing where nobody knows."""
        return self.door.tariff.cost(tokens_in, tokens_out) or Decimal(0)

    def charge(self, outcome: Said | Refusal) -> Decimal:
        """Return what a reply cost, by the server's count or else by ours."""
        said = outcome if isinstance(outcome, Said) else outcome.said
        if not said.text and not said.tokens_in and not said.tokens_out:
            return Decimal(0)
        used = said.tokens_in or self.counted
        if said.tokens_in and said.tokens_in < CUT * self.words:
            self.door.say(
                f"{self.door.server.host} counted {used:,} tokens where we count"
                f" {self.words:,}: its context may be too small and cut the question"
            )
        self.tokens_in += used
        self.tokens_out += said.tokens_out
        return self.price(used, said.tokens_out)

    def goes_on(self, refusal: Refusal, dialect: Dialect) -> bool:
        """Do what a refusal asks for; tell whether the question is asked again."""
        door, what = self.door, refusal.what
        self.count[what] += 1
        if what == "adapt" and refusal.feature not in dialect.lacks:
            if refusal.feature not in door.dialect.lacks:
                door.adapt(refusal.feature)
            return True
        if what == "repeat" and self.repeated is None:
            door.tally.twice[refusal.code] += 1
            self.repeated = refusal
            return True
        if what in ("wait", "again"):
            return self.waits(refusal)
        if what == "stop":
            if refusal.code == "unknown_model" and door.models:
                has = ", ".join(sorted(door.models)[:8])
                refusal = replace(refusal, message=f"{refusal.message}; it has {has}")
            door.stop(refusal)
        return False

    def waits(self, refusal: Refusal) -> bool:
        """Wait as long as a refusal asks for; tell whether to ask again."""
        turn, door = self.count[refusal.what], self.door
        pause = refusal.after
        if pause is None:
            pause = FIRST_PAUSE * 2 ** (turn - 1)
        if pause > LONGEST_PAUSE:
            why = f"{refusal.message}; it wants a pause of {pause / 60:.0f} minutes"
            door.stop(replace(refusal, what="stop", message=why))
            return False
        if turn >= (WAITS if refusal.what == "wait" else TRIES):
            if refusal.code in ("no_server", "rate_limited"):
                door.stop(replace(refusal, what="stop"))
            return False
        door.quiet(pause) if refusal.what == "wait" else door.pause(pause)
        return True

    def ended(self, refusal: Refusal) -> KeptAnswer:
        """Return that no answer came."""
        said, message = refusal.said, refusal.message
        if refusal.what == "repeat":
            message = f"{message}, twice"
        elif refusal.what in ("again", "wait"):
            message = f"{message} ({self.count[refusal.what]} tries)"
        return KeptAnswer(
            None, refusal.code, message, said.model, said.finish, self.tokens_in, self.tokens_out
        )


def frame_reply(reply: Reply, outcome: Said | Refusal, key: str = "") -> Came:
    """Return a reply as it is kept: its bytes without the key, what was read in it."""
    hidden = key.encode()
    raw = reply.body.replace(hidden, b"[key]") if len(hidden) > 5 else reply.body
    said = outcome if isinstance(outcome, Said) else outcome.said
    text: str | None = said.text
    code = message = ""
    if isinstance(outcome, Refusal):
        text, code, message = None, outcome.code, outcome.message
    answer = KeptAnswer(
        text, code, message, said.model, said.finish, said.tokens_in, said.tokens_out
    )
    return Came(reply.status, raw, answer)


def write_batch(door: Door, prompts: Iterable[Prompt], out: Path) -> tuple[int, int]:
    """Write the questions that have no kept answer; return how many, and how many had.

    Nothing is sent. Raises OSError where the file cannot be written.
    """
    written = kept = 0
    with out.open("w", encoding="utf-8") as lines:
        for prompt in prompts:
            question, _ = door.frame(prompt)
            if door.book.find(question, door.server.url, ""):
                kept += 1
                continue
            door.book.keep_question(question)
            body = make_body(door.server, question.prompt, Dialect(), door.terms.round)
            line = {"custom_id": question.content, "method": "POST", "url": PATH, "body": body}
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")
            written += 1
    return written, kept


def read_batch(door: Door, path: Path) -> Counter[str]:
    """Keep the answers of a file that came back; return what became of its lines.

    "answered", or why a line is no answer: "unreadable", "unknown_question" (not
    written for these answers), else the code of the failure.
    """
    count: Counter[str] = Counter()
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.strip():
                count[keep_batch_line(door, line)] += 1
    return count


def keep_batch_line(door: Door, line: str) -> str:
    """Keep the answer of one line; return what became of it."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return "unreadable"
    if not isinstance(told, dict):
        return "unreadable"
    question = door.book.question(str(told.get("custom_id")))
    if question is None or question.model != door.server.model:
        return "unknown_question"
    response = told.get("response")
    status: Any = 500
    body: Any = {"error": told.get("error")}
    if isinstance(response, dict):
        status, body = response.get("status_code"), response.get("body")
    raw = json.dumps(body, ensure_ascii=False).encode("utf-8", "backslashreplace")
    reply = Reply(status if isinstance(status, int) else 0, {}, raw)
    outcome = read_reply(reply, door.server, question.prompt.schema)
    came = frame_reply(reply, outcome, door.server.key)
    door.book.keep_reply(question.content, door.server.url, "", came)
    if isinstance(outcome, Said):
        return "answered"
    # an error of the batch itself is one of its own
    return "batch_error" if outcome.what in ("again", "adapt") else outcome.code
