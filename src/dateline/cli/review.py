"""`dateline review`: people decide, beside the program; export, agreement, tokens."""

from getpass import getuser
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.events import open_to_read
from dateline.cli.options import Format, StoreOption
from dateline.cli.screen import (
    claims_table,
    escape_terminal,
    fail,
    print_record,
    say_line,
)
from dateline.codebook.examples import A_TYPE

Record = dict[str, Any]
app = typer.Typer(
    help="Confirm, correct or reject answers; every decision is kept beside them.",
    no_args_is_help=True,
)
By = Annotated[str, typer.Option("--reviewer", help="Who decides; else your login.")]
Because = Annotated[str, typer.Option("--reason", help="Why: changes need one.")]
ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="Its id, or the start.")]
Answers = Annotated[
    list[str] | None, typer.Argument(metavar="QUESTION=ANSWER", help=f"type={A_TYPE} …")
]


def open_reviewer(store: str, name: str) -> Any:
    """Open a store to decide about it under a name."""
    from dateline.cli.settings import settings
    from dateline.review.decide import Reviewer
    from dateline.store.sql import SqlStore

    where = store or settings().store
    SqlStore(where, write=False).close()
    return Reviewer(SqlStore(where), name or getuser())


@app.command()
def queue(
    store: StoreOption = "",
    by: By = "",
    most: Annotated[int, typer.Option(min=1, help="Claims to list.")] = 20,
    format: Annotated[Format, typer.Option(help="table or jsonl.")] = Format.table,
) -> None:
    """List what to look at first: little confidence, much that hangs on it."""
    with open_to_read(store) as kept:
        found = [row["record"] for row in kept.review.queue(by or getuser(), most)]
    if format is Format.table:
        claims_table(found)
        return
    for claim in found:
        print_record(claim)


@app.command("show")
def show_claim_answers(claim: ClaimId, store: StoreOption = "") -> None:
    """Show a claim's answers as they are written, and what was decided of each."""
    from dateline.review.decide import claim_of
    from dateline.review.forms import QUESTIONS, write_answer

    with open_to_read(store) as kept:
        found = claim_of(kept, claim)
        print(escape_terminal(f"{found['id']}  in {found['report']}"))
        print(escape_terminal(f"“{found['evidence']['text']}”"))
        for question in QUESTIONS:
            print(escape_terminal(f"  {question}={write_answer(question, found)}"))
        for row in kept.review.decisions([found["id"]]):
            print(escape_terminal(decision(row)))


def decision(row: Record) -> str:
    """Return a decision in a line."""
    from dateline.review.forms import WRITE

    told = f"{row['number']}  {row['at']}  {row['reviewer']}: {row['kind']}"
    told += f" {row['question']}" if row["question"] else ""
    if row["kind"] == "correct":
        write = WRITE[row["question"]]
        told += f" “{write(row['told'])}” to “{write(row['answer'])}”"
    about = row["other"] or row["claim"] or row["report"]
    told += f" ({about})" if row["kind"] in ("undo", "merge", "split", "whole") else ""
    return f"{told}: {row['reason']}" if row["reason"] else told


@app.command()
def confirm(
    claim: ClaimId,
    questions: Annotated[
        list[str] | None, typer.Argument(metavar="QUESTION", help="Else all of them.")
    ] = None,
    reason: Because = "",
    by: By = "",
    store: StoreOption = "",
) -> None:
    """Confirm answers of a claim, or all of them."""
    from dateline.review.decide import claim_of
    from dateline.review.forms import QUESTIONS, write_answer

    mine = open_reviewer(store, by)
    found = claim_of(mine.store, claim)
    wrong = sorted(set(questions or ()) - set(QUESTIONS))
    if wrong:
        fail(f"no question {wrong[0]!r}: there are {', '.join(QUESTIONS)}", 2)
    if not questions:
        tell_kept_decisions([mine.confirm(found["id"], reason)])
        return
    same = {question: write_answer(question, found) for question in questions}
    tell_kept_decisions(mine.judge(found["id"], same, reason))


@app.command()
def correct(
    claim: ClaimId,
    answers: Answers = None,
    reason: Because = "",
    by: By = "",
    store: StoreOption = "",
) -> None:
    """Correct answers of a claim: type=AID "actors=Kenya = KEN GOV" when=2019-01-07."""
    from dateline.review.decide import claim_of

    mine = open_reviewer(store, by)
    tell_kept_decisions(
        mine.judge(
            claim_of(mine.store, claim)["id"], answers_by_question(answers), reason
        )
    )


def answers_by_question(answers: list[str] | None) -> dict[str, str]:
    """Return answers by their question."""
    for told in answers or []:
        if "=" not in told:
            fail(f"{told!r} is no answer: write QUESTION=ANSWER", 2)
    if not answers:
        fail("nothing is answered: write QUESTION=ANSWER", 2)
    return {told.partition("=")[0]: told.partition("=")[2] for told in answers}


@app.command()
def reject(
    claim: ClaimId, reason: Because = "", by: By = "", store: StoreOption = ""
) -> None:
    """Reject a claim: the report does not say so."""
    from dateline.review.decide import claim_of

    mine = open_reviewer(store, by)
    tell_kept_decisions([mine.reject(claim_of(mine.store, claim)["id"], reason)])


@app.command("add")
def add_missed_claim(
    report: Annotated[str, typer.Argument(help="The report's id.")],
    answers: Answers = None,
    reason: Because = "",
    by: By = "",
    store: StoreOption = "",
) -> None:
    """Add a claim that was missed: trigger=freed type=RETREAT "actors=Kenya = KEN"."""
    mine = open_reviewer(store, by)
    say_line(f"added: claim {mine.add(report, answers_by_question(answers), reason)}")


@app.command("whole")
def mark_read_whole(
    report: Annotated[str, typer.Argument(help="The report's id.")],
    reason: Because = "",
    by: By = "",
    store: StoreOption = "",
) -> None:
    """Say that a whole report was read: what is not told there is not in it."""
    tell_kept_decisions([open_reviewer(store, by).whole(report, reason)])


@app.command()
def undo(
    number: Annotated[int, typer.Argument(help="The decision's number.")],
    reason: Because = "",
    by: By = "",
    store: StoreOption = "",
) -> None:
    """Take a decision back; that it was made stays in the record."""
    tell_kept_decisions([open_reviewer(store, by).undo(number, reason)])


@app.command("merge")
def join_claims(
    one: ClaimId,
    other: ClaimId,
    reason: Because = "",
    by: By = "",
    store: StoreOption = "",
) -> None:
    """Decide that two claims tell one event."""
    decide_on_pair(open_reviewer(store, by), "merge", (one, other), reason)


@app.command("split")
def hold_claims_apart(
    one: ClaimId,
    other: ClaimId,
    reason: Because = "",
    by: By = "",
    store: StoreOption = "",
) -> None:
    """Decide that two claims never tell one event."""
    decide_on_pair(open_reviewer(store, by), "split", (one, other), reason)


def decide_on_pair(mine: Any, kind: str, two: tuple[str, str], reason: str) -> None:
    """Decide about two claims, and say what became of it."""
    from dateline.cli.merge import settled_words

    done = mine.pair(kind, *two, reason)
    told = f"they are {'one event' if done.together else 'two events'}"
    say_line(f"{told}: decision {done.number}{settled_words(done)}")


def tell_kept_decisions(numbers: list[int]) -> None:
    """Say which decisions were kept."""
    say_line(f"kept: decision {', '.join(map(str, numbers))}")


@app.command("export")
def export_reviewed(
    out: Annotated[Path, typer.Argument(help="A folder, made where it is not there.")],
    store: StoreOption = "",
    whole: Annotated[
        bool, typer.Option("--whole", help="Only reports that somebody read whole.")
    ] = False,
) -> None:
    """Write reviewed reports as gold files and as tasks for Label Studio.

    OUT gets gold/ and texts/, which `dateline evaluate reports` reads, and
    label-studio.json with label-studio.xml, its interface.
    """
    from dateline.review.decide import book_of
    from dateline.review.files import write_review_files

    with open_to_read(store) as kept:
        many = write_review_files(kept, out, report_sentences, book_of(kept), whole)
    say_line(f"{many} reviewed reports in {out}")


def report_sentences(report: Record) -> list[tuple[int, int]]:
    """Return where the sentences of a report begin and end."""
    from dateline.model import Report
    from dateline.parts import Options, make_language

    told = Report(report["id"], report["text"], outlet=report["outlet"])
    cut = make_language(Options()).sentences(told)
    return [(s.span.start, s.span.end) for s in cut]


@app.command("apply")
def apply_decisions(
    out: Annotated[Path, typer.Argument(help="The store to write.")],
    store: StoreOption = "",
) -> None:
    """Write a copy of a store in which decisions have taken the place of answers."""
    from dateline.review.copy import write_reviewed_copy

    if out.exists():
        fail(f"{out} is there already: name another file", 2)
    with open_to_read(store) as kept, write_reviewed_copy(kept, str(out)) as copy:
        say_line(f"{copy.where}: {copy.counts()['claims']} claims as reviewed")
