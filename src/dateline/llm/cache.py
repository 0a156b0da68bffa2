"""Every answer as it came, kept beside the store: coding again asks nothing.

A question is known by what was asked of which model (guide, text, schema, codebook,
settings); an answer beside it by where it was asked and what the server said of itself.
One SQLite file; of failures the raw bytes are kept too, though they count as no answer.
"""

import errno
import json
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from dateline.llm.messages import Prompt
from dateline.llm.policy import Server
from dateline.model.text import digest_text

TABLES = """
create table if not exists texts (digest text primary key, body text not null);
create table if not exists questions (
  content text primary key,  -- digest of all that follows
  model text not null, guide text not null, user text not null, schema text not null,
  codebook text not null, settings text not null, prompt text not null);
create table if not exists answers (
  id integer primary key, content text not null references questions (content),
  url text not null, about text not null, at text not null, status integer not null,
  raw blob not null, text text, problem text, message text, model text not null,
  finish text not null, tokens_in integer not null, tokens_out integer not null);
create index if not exists by_content on answers (content);
create index if not exists by_user on questions (user);
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A prompt under the digest by which its answers are kept."""

    content: str
    prompt: Prompt
    model: str
    settings: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer that was kept: a text, or why there was none."""

    text: str | None
    problem: str
    message: str
    model: str
    finish: str
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True, slots=True)
class Came:
    """A reply to be kept: its bytes, and what was read in them."""

    status: int
    raw: bytes
    answer: KeptAnswer


def frame_question(prompt: Prompt, server: Server, round_: int = 0) -> Question:
    """Return a question under the digest of all that the answer depends on."""
    told = {"temperature": server.temperature, "max_tokens": prompt.max_tokens, "round": round_}
    settings = write_json(told)
    parts = (
        server.model,
        prompt.system,
        prompt.user,
        write_json(prompt.schema),
        prompt.codebook,
        settings,
    )
    return Question(digest_text(write_json(parts)), prompt, server.model, settings)


def write_json(value: Any) -> str:
    """Return a value as JSON that is the same whatever the order of its keys."""
    return json.dumps(value, sort_keys=True, default=dict)


def place_answers(store: str) -> Path:
    """Return where the answers of a store are kept: beside it, here for a server's.

    >>> str(place_answers("news/dateline.db")), str(place_answers("postgresql://db/x"))
    ('news/dateline.answers.db', 'dateline.answers.db')
    """
    if "://" in store:
        return Path("dateline.answers.db")
    return Path(store).with_suffix(".answers.db")


class AnswerBook:
    """Questions and answers in one SQLite file; threads may share it.

    Raises OSError where the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, making it where there is none."""
        self.path, self.lock = path, Lock()
        with self.faults():
            self.base = sqlite3.connect(path, timeout=30, check_same_thread=False)
            weakref.finalize(self, self.base.close)  # whoever forgets to close it
            self.base.execute("pragma journal_mode = wal")
            self.base.execute("pragma synchronous = normal")
            self.base.executescript(TABLES)

    @contextmanager
    def faults(self) -> Iterator[None]:
        """Tell a fault of the file as one of the system's, with its name."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            why = f"answers cannot be kept there: {error}"
            raise OSError(errno.EIO, why, str(self.path)) from error

    def close(self) -> None:
        """Close the file."""
        self.base.close()

    def rows(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        with self.lock, self.faults():
            return self.base.execute(question, values).fetchall()

    def find(self, question: Question, url: str, about: str) -> KeptAnswer | None:
        """Return the newest answer by the same model at the same address.

        Where a server could not tell of itself, then or now, that does not count.
        """
        found = self.rows(
            f"{SELECT} where content = ? and url = ? and text is not null"
            " and (about = ? or about = '' or ? = '') order by id desc limit 1",
            *(question.content, url, about, about),
        )
        return KeptAnswer(*found[0]) if found else None

    def replay(self, question: Question, url: str) -> KeptAnswer | None:
        """Return what was answered, wherever: at this address and whole if it can be.

        A failure is given back where nothing else ever came.
        """
        found = self.rows(
            f"{SELECT} where content = ? order by text is null, url <> ?, id desc limit 1",
            *(question.content, url),
        )
        return KeptAnswer(*found[0]) if found else None

    def other_guides(self, question: Question) -> int:
        """Return under how many other guides the same text was answered."""
        told = self.rows(
            "select count(distinct guide) from questions join answers using (content)"
            " where user = ? and guide <> ? and text is not null",
            digest_text(question.prompt.user),
            digest_text(question.prompt.system),
        )
        return int(told[0][0])

    def keep_question(self, question: Question) -> None:
        """Keep a question, so that an answer to it can come by another way."""
        prompt = question.prompt
        texts = (prompt.system, prompt.user, write_json(prompt.schema))
        names = [digest_text(each) for each in texts]
        with self.lock, self.faults(), self.base:
            self.base.executemany(
                "insert or ignore into texts values (?, ?)", zip(names, texts, strict=True)
            )
            self.base.execute(
                "insert or ignore into questions values (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    question.content,
                    question.model,
                    *names,
                    prompt.codebook,
                    question.settings,
                    prompt.id,
                ),
            )

    def keep(self, question: Question, url: str, about: str, came: Came) -> None:
        """Keep a reply beside its question."""
        self.keep_question(question)
        self.keep_reply(question.content, url, about, came)

    def keep_reply(self, content: str, url: str, about: str, came: Came) -> None:
        """Keep a reply to a question that is kept already."""
        answer, now = came.answer, datetime.now(UTC).isoformat(timespec="seconds")
        with self.lock, self.faults(), self.base:
            self.base.execute(
                "insert into answers (content, url, about, at, status, raw, text,"
                " problem, message, model, finish, tokens_in, tokens_out)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    content,
                    url,
                    about,
                    now,
                    came.status,
                    came.raw,
                    answer.text,
                    answer.problem,
                    answer.message,
                    answer.model,
                    answer.finish,
                    answer.tokens_in,
                    answer.tokens_out,
                ),
            )

    def question(self, content: str) -> Question | None:
        """Return a kept question by its digest."""
        found = self.rows(
            "select prompt, g.body, u.body, s.body, codebook, model, settings"
            " from questions join texts g on g.digest = guide"
            " join texts u on u.digest = user join texts s on s.digest = schema"
            " where content = ?",
            content,
        )
        if not found:
            return None
        name, system, user, schema, codebook, model, settings = found[0]
        most = json.loads(settings)["max_tokens"]
        prompt = Prompt(name, system, user, json.loads(schema), most, codebook)
        return Question(content, prompt, model, settings)

    def mean_answer(self, model: str) -> tuple[float, int]:
        """Return the tokens that answers of a model had on average, and of how many."""
        told = self.rows(
            "select avg(tokens_out), count(*) from answers join questions using"
            " (content) where questions.model = ? and text is not null"
            " and tokens_out > 0",
            model,
        )
        return float(told[0][0] or 0), int(told[0][1])

    def has_answers(self, url: str) -> bool:
        """Tell whether any answer of an address is kept."""
        return bool(self.rows("select 1 from answers where url = ? limit 1", url))


SELECT = (
    "select text, coalesce(problem, ''), coalesce(message, ''), model, finish,"
    " tokens_in, tokens_out from answers"
)


def list_answers(path: Path, words: bool = False) -> Iterator[dict[str, Any]]:
    """Yield what a file of answers holds, without the questions; none has no rows.

    In the order of the questions' digests. The answer's own words, which quote reports
    and name people, only where they are wanted; else their digest.
    """
    if not path.exists():
        return
    asked = (
        "select q.content, q.model, q.guide, q.codebook, q.settings, a.about,"
        " a.problem, a.finish, a.tokens_in, a.tokens_out, a.text from answers a"
        " join questions q on q.content = a.content order by q.content, a.id"
    )
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as to:
        to.row_factory = sqlite3.Row
        for row in to.execute(asked):
            told = dict(row)
            del told["text"]
            told["sha256"] = digest_text(row["text"] or "")
            yield told | ({"answer": row["text"]} if words else {})


def forget_answers(path: Path, name: str) -> int:
    """Take all questions and answers that have a name out of a file; return how many.

    What was asked with it is asked again by the next run, if the report still has it.
    """
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as to:
        with to:
            named = "instr(lower({0}), lower(?)) > 0".format
            texts = f"select digest from texts where {named('body')}"
            many = to.execute(
                f"delete from answers where {named('cast(raw as text)')}"
                f" or {named('ifnull(text, 0)')}"
                " or content in (select content from questions where user in"
                f" ({texts}))",
                (name, name, name),
            ).rowcount
            to.execute(f"delete from questions where user in ({texts})", (name,))
            to.execute(f"delete from texts where {named('body')}", (name,))
        to.execute("vacuum")
    return int(many)
