"""A server may do what it likes: an answer is whole or it is a problem, told."""

import json
import logging
import sqlite3
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from dateline.llm.client import Door, Terms, read_batch, write_batch
from dateline.llm.messages import Answer
from tests.llm.conftest import Made, prompt
from tests.llm.server import (
    GOOD,
    SCHEMA,
    Fake,
    Manner,
    completion,
    drips,
    hangs,
    refuses,
    resets,
    says,
    speaks_http2,
)

KEY = "sk-secret-0123456789"


def ask(door: Door, *names: str) -> list[Answer]:
    return list(door([prompt(n) for n in names or ("r1",)]))


def test_an_answer_comes_whole(door: Made) -> None:
    (found,) = ask(door())
    assert (found.text, found.problem) == (GOOD, None)
    assert (found.tokens_in, found.tokens_out) == (40, 10)
    assert (found.model, found.finish, found.replayed) == ("small", "stop", False)


def test_the_question_is_sent_as_servers_want_it(door: Made, fake: Fake) -> None:
    ask(door())
    (body,) = fake.bodies
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert body["messages"][0]["content"] == "Choose among the acts."
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert (body["model"], body["max_tokens"], body["temperature"]) == ("small", 64, 0)


MALFORMED = [
    ("truncated", says(GOOD, finish="length")),
    ("schema_echo", says(json.dumps(SCHEMA))),
    ("schema_echo", says('{"type": "object", "properties": {"acts": 1}}')),
    ("prose", says(f"Here you are:\n```json\n{GOOD}\n```")),
    ("prose", says(f"{GOOD} I hope this helps!")),
    ("prose", says(f"<think>well</think>{GOOD}")),
    ("no_words", says(None)),
    ("no_words", says("  ")),
    ("no_json", says('{"acts": [{"act": 1')),
    ("no_json", says('{"acts": NaN}')),
    ("no_json", says('{"acts": "\ud800"}')),
    ("no_json", says("[" * 100_000)),
    ("no_json", refuses(500, "The model produced output that does not match")),
    ("no_object", says("[1, 2]")),
    ("no_words", lambda h: h.give(200, {**completion(GOOD), "choices": []})),
]


@pytest.mark.parametrize(("code", "manner"), MALFORMED)
def test_what_is_no_answer_is_asked_for_once_more_and_told(
    door: Made, fake: Fake, code: str, manner: Manner
) -> None:
    fake.manner = manner
    made = door()
    (found,) = ask(made)
    assert found.text is None and found.problem is not None
    assert (found.problem.report_id, found.problem.stage) == ("r1", "opinion")
    assert found.problem.code == code
    assert found.problem.message.endswith("twice")
    assert len(fake.bodies) == 2
    assert made.tally.twice == {code: 1} and made.tally.problems == {code: 1}


@pytest.mark.parametrize(("code", "manner"), MALFORMED)
def test_a_second_answer_that_is_whole_counts(
    door: Made, fake: Fake, code: str, manner: Manner
) -> None:
    fake.script = [manner]
    made = door()
    (found,) = ask(made)
    assert (found.text, found.problem) == (GOOD, None)
    assert made.tally.twice == {code: 1}
    assert f"1 {code}" in "\n".join(made.tally.words())


def test_a_cut_answer_gets_more_room_and_a_wrong_one_is_shown(door: Made, fake: Fake) -> None:
    fake.script = [says(GOOD, finish="length"), says(GOOD), says("Sure!"), says(GOOD)]
    made = door(Terms(at_once=1))
    ask(made, "r1", "r2")
    first, more, _, again = fake.bodies
    assert (first["max_tokens"], more["max_tokens"]) == (64, 128)
    assert [m["role"] for m in again["messages"]] == [*("system", "user", "assistant", "user")]
    assert again["messages"][2]["content"] == "Sure!"


def test_tokens_of_both_tries_are_counted(door: Made, fake: Fake) -> None:
    fake.script = [says("no")]
    (found,) = ask(door())
    assert (found.tokens_in, found.tokens_out) == (80, 20)


def test_a_report_with_half_a_sign_is_asked_about(door: Made, fake: Fake) -> None:
    (found,) = door()([prompt(user="A mark \ud83d of half a sign.")])
    assert found.text == GOOD
    assert fake.bodies[0]["messages"][1]["content"] == "A mark ? of half a sign."


def test_rate_limits_are_waited_for(door: Made, fake: Fake) -> None:
    fake.script = [
        refuses(429, "too many", Retry_After="7"),
        refuses(429, "too many"),
        refuses(429, "too many"),
    ]
    made: Any = door()
    (found,) = ask(made)
    assert found.text == GOOD
    assert made.pauses == [7.0, 2.0, 4.0]


def test_a_pause_until_an_hour_is_read(door: Made, fake: Fake) -> None:
    past = "Wed, 21 Oct 2015 07:28:00 GMT"
    fake.script = [refuses(429, "too many", Retry_After=past)]
    made: Any = door()
    assert ask(made)[0].text == GOOD
    assert made.pauses == [0.0]


def test_a_pause_of_hours_ends_the_run(door: Made, fake: Fake) -> None:
    fake.manner = refuses(429, "daily limit", Retry_After="7200")
    made: Any = door(Terms(at_once=1))
    first, second = ask(made, "r1", "r2")
    assert first.problem and first.problem.code == "rate_limited"
    assert second.problem and second.problem.code == "not_asked"
    assert "120 minutes" in second.problem.message
    assert len(fake.bodies) == 1


STOPS = [
    ("no_quota", refuses(429, "You exceeded your current quota", "insufficient_quota")),
    ("no_quota", refuses(402, "Insufficient Balance")),
    ("wrong_key", refuses(401, f"Incorrect API key provided: {KEY}")),
    ("unknown_model", refuses(404, "model 'small' not found", "model_not_found")),
    ("unknown_model", lambda h: h.give(404, {"error": "model 'small' not found"})),
    ("no_chat", lambda h: h.give(404, b"<html>nothing here</html>")),
    ("no_chat", lambda h: h.give(200, b"<html>welcome</html>")),
    ("no_chat", lambda h: h.give(200, {"hello": 1})),
    ("sent_on", lambda h: h.give(307, b"", Location="https://other.example/v1")),
    ("another_model", says(GOOD, model="gigantic-7b")),
]


@pytest.mark.parametrize(("code", "manner"), STOPS)
def test_where_no_answer_can_come_nothing_more_is_asked(
    door: Made, fake: Fake, code: str, manner: Manner
) -> None:
    fake.manner = manner
    made: Any = door(Terms(at_once=1), key=KEY)
    answers = ask(made, "r1", "r2", "r3")
    codes = [a.problem.code for a in answers if a.problem]
    assert codes == [code, "not_asked", "not_asked"]
    assert len(fake.bodies) == 1 and made.pauses == []
    assert len(made.lines) == 1 and "Nothing more is asked" in made.lines[0]


def test_a_model_that_is_not_there_is_told_with_those_that_are(door: Made, fake: Fake) -> None:
    fake.models = [{"id": "tiny"}, {"id": "huge"}]
    fake.manner = refuses(404, "The model `small` does not exist.")
    made: Any = door()
    ask(made)
    assert "it has huge, tiny" in made.lines[0]


def test_dated_releases_and_files_are_the_model_asked(door: Made, fake: Fake) -> None:
    names = ["small-2026-03-01", "/models/Small.gguf", "owner/small", "small:latest"]
    fake.script = [says(GOOD, model=name) for name in names]
    answers = ask(door(Terms(at_once=1)), *"abcd")
    assert [a.model for a in answers] == names
    fake.script = [says(GOOD, model="gpt-x")]
    assert ask(door(called="gpt-x"), "e")[0].text == GOOD


BROKEN = [
    ("broken_off", resets),
    ("broken_off", speaks_http2),
    ("server_error", refuses(500, "out of memory")),
    ("server_error", refuses(503, "loading the model")),
    ("server_error", lambda h: h.give(200, {"error": {"message": "no", "code": 502}})),
]


@pytest.mark.parametrize(("code", "manner"), BROKEN)
def test_what_breaks_is_tried_thrice(door: Made, fake: Fake, code: str, manner: Manner) -> None:
    fake.manner = manner
    made: Any = door()
    (found,) = ask(made)
    assert found.problem and found.problem.code == code
    assert "3 tries" in found.problem.message
    assert len(fake.bodies) == 3 and made.pauses == [1.0, 2.0]


@pytest.mark.parametrize(("code", "manner"), BROKEN)
def test_what_broke_once_is_answered(door: Made, fake: Fake, code: str, manner: Manner) -> None:
    fake.script = [manner]
    assert ask(door())[0].text == GOOD


@pytest.mark.parametrize("manner", [hangs, drips])
def test_time_is_bounded(door: Made, fake: Fake, manner: Manner) -> None:
    fake.manner = manner
    (found,) = ask(door(seconds=0.1))
    assert found.problem and found.problem.code == "too_slow"
    assert "0.1 seconds" in found.problem.message


def test_an_answer_without_end_is_cut(door: Made, fake: Fake) -> None:
    fake.manner = lambda handler: handler.give(200, b" " * (5 << 20))
    (found,) = ask(door())
    assert found.problem and found.problem.code == "too_large"


def test_a_server_that_is_not_there_is_told(door: Made, fake: Fake) -> None:
    made: Any = door(Terms(at_once=1), url="http://127.0.0.1:9/v1")
    first, second = ask(made, "r1", "r2")
    assert first.problem and first.problem.code == "not_asked"
    assert "is the server running" in made.lines[0] and len(made.lines) == 1
    assert second.problem and second.problem.code == "not_asked"


def test_a_context_that_is_too_small_is_told_for_its_report(door: Made, fake: Fake) -> None:
    long = "This model's maximum context length is 512 tokens, max_completion_tokens"
    fake.script = [refuses(400, long, "context_length_exceeded")]
    first, second = ask(door(Terms(at_once=1)), "r1", "r2")
    assert first.problem and first.problem.code == "context_too_small"
    assert "larger context" in first.problem.message
    assert second.text == GOOD


def test_a_question_that_was_cut_silently_is_told(door: Made, fake: Fake) -> None:
    made: Any = door()
    usage = {"prompt_tokens": 5, "completion_tokens": 9}
    fake.manner = says(GOOD, usage=usage)
    assert ask(made)[0].text == GOOD
    assert "counted 5 tokens" in made.lines[0]


PARTS = [
    ("response_format", "'response_format' of type 'json_schema' is not supported"),
    ("temperature", "Unsupported value: 'temperature' does not support 0 here"),
    ("seed", "unknown field `seed`"),
    ("max_tokens", "Use 'max_completion_tokens' instead of 'max_tokens'"),
]


@pytest.mark.parametrize(("part", "words"), PARTS)
def test_a_part_that_a_server_does_not_take_is_left_out_and_said_once(
    door: Made, fake: Fake, part: str, words: str
) -> None:
    fake.script = [refuses(400, words)]
    made: Any = door(Terms(at_once=1))
    answers = ask(made, "r1", "r2")
    assert [a.text for a in answers] == [GOOD, GOOD]
    assert [part in body for body in fake.bodies] == [True, False, False]
    assert len(made.lines) == 1
    if part == "response_format":
        system = fake.bodies[-1]["messages"][0]["content"]
        assert system.startswith("Choose among")
        assert system.endswith(json.dumps(SCHEMA, sort_keys=True))


def test_a_part_refused_for_ever_is_a_failure(door: Made, fake: Fake) -> None:
    fake.manner = refuses(400, "response_format is not supported")
    made: Any = door()
    (found,) = ask(made)
    assert found.problem and found.problem.code == "refused"
    assert len(fake.bodies) == 2


def test_answers_come_in_the_order_of_the_questions(door: Made, fake: Fake) -> None:
    def late(handler: Any) -> None:
        handler.fake.over.wait(0.1)
        says(GOOD)(handler)

    fake.script = [late]
    names = [f"r{n}" for n in range(12)]
    assert [a.id for a in ask(door(Terms(at_once=4)), *names)] == names


def test_few_questions_are_on_their_way_at_once(door: Made, fake: Fake) -> None:
    now, most = [], 0

    def counts(handler: Any) -> None:
        nonlocal most
        now.append(1)
        most = max(most, len(now))
        handler.fake.over.wait(0.02)
        now.pop()
        says(GOOD)(handler)

    fake.manner = counts
    ask(door(Terms(at_once=3)), *[f"r{n}" for n in range(12)])
    assert 1 < most <= 3


def test_who_stops_listening_ends_the_run(door: Made, fake: Fake) -> None:
    def first_alone(handler: Any) -> None:
        asked = handler.fake.bodies[-1]["messages"][1]["content"]
        (says(GOOD) if " r0:" in asked else hangs)(handler)

    fake.manner = first_alone
    made = door(Terms(at_once=1))
    coming = made(prompt(f"r{n}") for n in range(9))
    assert next(coming).text == GOOD
    began = monotonic()
    coming.close()
    assert monotonic() - began < 3  # it is hung for five
    assert len(fake.bodies) <= 3


def test_coding_again_asks_nothing(door: Made, fake: Fake) -> None:
    ask(door(), "r1", "r2")
    again = ask(door(), "r1", "r2", "r3")
    assert [a.replayed for a in again] == [True, True, False]
    assert [a.text for a in again] == [GOOD] * 3
    assert (again[0].tokens_in, again[0].model) == (0, "small")
    assert len(fake.bodies) == 3


def test_another_question_model_or_round_is_another_answer(door: Made, fake: Fake) -> None:
    ask(door())
    fake.models += [{"id": "large"}]
    list(door()([prompt(codebook="mine 1")]))
    list(door()([prompt(user="another text")]))
    ask(door(Terms(round=1)))
    assert len(fake.bodies) == 4
    ask(door(temperature=0.5))
    assert len(fake.bodies) == 5
    fake.manner = says(GOOD, model="large")
    ask(door(model="large"))
    assert len(fake.bodies) == 6


def test_a_server_that_says_something_else_of_itself_is_asked_anew(door: Made, fake: Fake) -> None:
    ask(door())
    fake.models[0]["created"] = 8  # the hour of asking, for some servers
    ask(door())
    assert len(fake.bodies) == 1
    fake.models[0]["root"] = "other weights"
    ask(door())
    assert len(fake.bodies) == 2


def test_replay_works_with_the_server_down(door: Made, fake: Fake) -> None:
    fake.script = [says(GOOD), says("no"), says("no")]
    ask(door(Terms(at_once=1)), "r1", "r2")
    made = door(Terms(replay=True), url="http://127.0.0.1:9/v1")
    kept, failed, never = ask(made, "r1", "r2", "r3")
    assert kept.text == GOOD and kept.replayed
    assert failed.problem and failed.problem.code == "no_json"
    assert never.problem and never.problem.code == "no_kept_answer"
    assert len(fake.bodies) == 3


def test_answers_to_another_guide_are_told(door: Made, fake: Fake) -> None:
    ask(door())
    other = replace(prompt(), system="Another guide.")
    (found,) = door(Terms(replay=True))([other])
    assert found.problem and found.problem.code == "another_guide"
    plan = door().plan([other, prompt("r2")])
    assert (plan.questions, plan.kept, plan.stale) == (2, 0, 1)
    assert "another guide" in "\n".join(plan.words())


def test_raw_answers_are_kept_as_they_came(door: Made, fake: Fake, tmp_path: Path) -> None:
    fake.script = [says("Sure!"), says(GOOD)]
    ask(door())
    base = sqlite3.connect(tmp_path / "x.answers.db")
    rows = base.execute("select raw, text, problem from answers order by id").fetchall()
    base.close()
    assert [json.loads(r[0])["choices"][0]["message"]["content"] for r in rows] == [
        *("Sure!", GOOD)
    ]
    assert [r[1:] for r in rows] == [(None, "no_json"), (GOOD, "")]


def test_the_key_is_nowhere_but_in_its_header(
    door: Made, fake: Fake, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fake.script = [
        refuses(400, f"bad request with {KEY}"),
        says(f'{{"acts": "{KEY}"}}', finish="length"),
        refuses(500, f"broken by {KEY}"),
        says(GOOD),
        refuses(401, f"Incorrect API key: {KEY}"),
    ]
    made: Any = door(Terms(at_once=1), key=KEY)
    answers = ask(made, "r1", "r2", "r3")
    assert {h["Authorization"] for h in fake.headers} == {f"Bearer {KEY}"}
    told = [repr(answers), repr(made.server), *made.lines, caplog.text]
    raw = (tmp_path / "x.answers.db").read_bytes()
    assert KEY not in "\n".join(told) and KEY.encode() not in raw
    assert "[key]" in answers[0].problem.message  # type: ignore[union-attr]


def test_a_budget_stops_cleanly_and_goes_on(door: Made, fake: Fake) -> None:
    # a question has some 60 tokens in and at most 64 out: 1.3 cents set aside, and
    # .5 paid (40 in, 10 out)
    prices = {"prices": (Decimal(100), Decimal(100))}
    made: Any = door(Terms(Decimal("0.020"), at_once=1), **prices)
    answers = ask(made, *[f"r{n}" for n in range(8)])
    done = [a for a in answers if a.text]
    assert 1 <= len(done) < 8 and made.budget.spent <= Decimal("0.020")
    assert made.budget.spent == Decimal("0.005") * len(done)
    assert answers[len(done)].problem.code == "budget_spent"  # type: ignore[union-attr]
    assert "run again with a --budget" in made.lines[0]
    sent = len(fake.bodies)
    again = ask(door(Terms(at_once=1), **prices), *[f"r{n}" for n in range(8)])
    assert all(a.text for a in again) and len(fake.bodies) == 8
    assert sum(a.replayed for a in again) == sent


def test_a_budget_is_never_passed_by_many_at_once(door: Made, fake: Fake) -> None:
    prices = {"prices": (Decimal(100), Decimal(100))}
    made = door(Terms(Decimal("0.03"), at_once=6), **prices)
    answers = ask(made, *[f"r{n}" for n in range(12)])
    assert made.budget.spent <= Decimal("0.03")
    assert sum(a.text is not None for a in answers) == len(fake.bodies) >= 3


def test_a_plan_counts_what_is_kept_apart(door: Made, fake: Fake) -> None:
    prices = {"prices": (Decimal(1), Decimal(4))}
    ask(door(**prices), "r1")
    made = door(**prices)
    plan = made.plan([prompt(n) for n in ("r1", "r2", "r3")])
    assert (plan.questions, plan.kept, plan.tokens_out) == (3, 1, 128)
    assert (plan.seen, plan.expected_out) == (1, 20)
    assert plan.cost == (plan.tokens_in + 4 * 128) / Decimal(1_000_000)
    words = "\n".join(plan.words())
    assert "2 questions for small" in words and "1 more are answered" in words
    assert len(fake.bodies) == 1


def test_private_persons_are_numbers_on_the_way(door: Made, fake: Fake) -> None:
    fake.manner = says('{"acts": [{"words": "Person1_2 met Person2\'s aide"}]}')
    asked = prompt(
        user="Ana Roy met Li. Roy met Lima, and ROY's aide.", private=(("Ana Roy", "Roy"), ("Li",))
    )
    (found,) = door(Terms(numbered=True))([asked])
    sent = fake.bodies[0]["messages"][1]["content"]
    assert sent == "Person1 met Person2. Person1_2 met Lima, and ROY's aide."
    assert json.loads(found.text or "") == {"acts": [{"words": "Roy met Li's aide"}]}
    (again,) = door(Terms(numbered=True, replay=True))([asked])
    assert again.text == found.text and again.replayed


def lines_back(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a batch as a server answers them."""
    asked = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        {
            "id": f"batch_{n}",
            "custom_id": each["custom_id"],
            "response": {"status_code": 200, "body": completion(GOOD)},
            "error": None,
        }
        for n, each in enumerate(asked)
    ]


def write_lines(path: Path, lines: list[Any]) -> None:
    told = (x if isinstance(x, str) else json.dumps(x) for x in lines)
    path.write_text("\n".join(told) + "\n", "utf-8")


def test_a_batch_comes_back_and_is_not_asked_again(door: Made, fake: Fake, tmp_path: Path) -> None:
    out, back = tmp_path / "out.jsonl", tmp_path / "back.jsonl"
    prompts = [prompt("r1"), prompt("r2")]
    assert write_batch(door(), prompts, out) == (2, 0)
    first = json.loads(out.read_text("utf-8").splitlines()[0])
    assert (first["method"], first["url"]) == ("POST", "/v1/chat/completions")
    assert first["body"]["messages"][1]["content"] == prompts[0].user
    assert len(first["custom_id"]) <= 64
    write_lines(back, lines_back(out))
    assert read_batch(door(), back) == {"answered": 2}
    answers = list(door()(prompts))
    assert [(a.text, a.replayed) for a in answers] == [(GOOD, True)] * 2
    assert fake.bodies == []
    assert write_batch(door(), prompts, out) == (0, 2)


def test_lines_that_are_no_answer_are_counted_and_asked_again(door: Made, tmp_path: Path) -> None:
    out, back = tmp_path / "out.jsonl", tmp_path / "back.jsonl"
    prompts = [prompt(f"r{n}") for n in range(5)]
    write_batch(door(), prompts, out)
    lines: list[Any] = lines_back(out)
    lines[0]["response"]["body"] = completion("Sure!")
    lines[1]["response"] = None
    lines[1]["error"] = {"code": "batch_expired", "message": "not within 24 hours"}
    lines[2]["custom_id"] = "somebody else's"
    lines[3]["response"]["body"] = "no object"
    write_lines(back, [*lines, "{cut", "[1]", ""])
    assert read_batch(door(), back) == {
        "no_json": 1,
        "batch_error": 1,
        "unknown_question": 1,
        "no_chat": 1,
        "answered": 1,
        "unreadable": 2,
    }
    assert write_batch(door(), prompts, out) == (4, 1)
    replay = list(door(Terms(replay=True))(prompts))
    codes = [a.problem.code if a.problem else "" for a in replay]
    assert codes == ["no_json", "server_error", "no_kept_answer", "no_chat", ""]
