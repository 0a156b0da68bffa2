"""`dateline review`: people decide, beside the program; export, agreement, tokens."""

from getpass import getuser
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.events import opened
from dateline.cli.options import Format, StoreOption
from dateline.cli.screen import claims_table, fail, plain, print_record, say
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


def reviewer(store: str, name: str) -> Any:
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
    with opened(store) as kept:
        found = [row["record"] for row in kept.review.queue(by or getuser(), most)]
    if format is Format.table:
        claims_table(found)
        return
    for claim in found:
        print_record(claim)


@app.command()
def show(claim: ClaimId, store: StoreOption = "") -> None:
    """Show a claim's answers as they are written, and what was decided of each."""
    from dateline.review.decide import claim_of
    from dateline.review.forms import QUESTIONS, written

    with opened(store) as kept:
        found = claim_of(kept, claim)
        print(plain(f"{found['id']}  in {found['report']}"))
        print(plain(f"“{found['evidence']['text']}”"))
        for question in QUESTIONS:
            print(plain(f"  {question}={written(question, found)}"))
        for row in kept.review.decisions([found["id"]]):
            print(plain(decision(row)))


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
    from dateline.review.forms import QUESTIONS, written

    mine = reviewer(store, by)
    found = claim_of(mine.store, claim)
    wrong = sorted(set(questions or ()) - set(QUESTIONS))
    if wrong:
        fail(f"no question {wrong[0]!r}: there are {', '.join(QUESTIONS)}", 2)
    if not questions:
        kept([mine.confirm(found["id"], reason)])
        return
    same = {question: written(question, found) for question in questions}
    kept(mine.judge(found["id"], same, reason))


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

    mine = reviewer(store, by)
    kept(mine.judge(claim_of(mine.store, claim)["id"], pairs(answers), reason))


def pairs(answers: list[str] | None) -> dict[str, str]:
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

    mine = reviewer(store, by)
    kept([mine.reject(claim_of(mine.store, claim)["id"], reason)])


@app.command()
def add(
    report: Annotated[str, typer.Argument(help="The report's id.")],
    answers: Answers = None,
    reason: Because = "",
    by: By = "",
    store: StoreOption = "",
) -> None:
    """Add a claim that was missed: trigger=freed type=RETREAT "actors=Kenya = KEN"."""
    mine = reviewer(store, by)
    say(f"added: claim {mine.add(report, pairs(answers), reason)}")


@app.command()
def whole(
    report: Annotated[str, typer.Argument(help="The report's id.")],
    reason: Because = "",
    by: By = "",
    store: StoreOption = "",
) -> None:
    """Say that a whole report was read: what is not told there is not in it."""
    kept([reviewer(store, by).whole(report, reason)])


@app.command()
def undo(
    number: Annotated[int, typer.Argument(help="The decision's number.")],
    reason: Because = "",
    by: By = "",
    store: StoreOption = "",
) -> None:
    """Take a decision back; that it was made stays in the record."""
    kept([reviewer(store, by).undo(number, reason)])


@app.command()
def merge(
    one: ClaimId,
    other: ClaimId,
    reason: Because = "",
    by: By = "",
    store: StoreOption = "",
) -> None:
    """Decide that two claims tell one event."""
    paired(reviewer(store, by), "merge", (one, other), reason)


@app.command()
def split(
    one: ClaimId,
    other: ClaimId,
    reason: Because = "",
    by: By = "",
    store: StoreOption = "",
) -> None:
    """Decide that two claims never tell one event."""
    paired(reviewer(store, by), "split", (one, other), reason)


def paired(mine: Any, kind: str, two: tuple[str, str], reason: str) -> None:
    """Decide about two claims, and say what became of it."""
    from dateline.cli.merge import settled_words

    done = mine.pair(kind, *two, reason)
    told = f"they are {'one event' if done.together else 'two events'}"
    say(f"{told}: decision {done.number}{settled_words(done)}")


def kept(numbers: list[int]) -> None:
    """Say which decisions were kept."""
    say(f"kept: decision {', '.join(map(str, numbers))}")


@app.command()
def export(
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
    from dateline.review.files import write

    with opened(store) as kept:
        many = write(kept, out, sentences, book_of(kept), whole)
    say(f"{many} reviewed reports in {out}")


def sentences(report: Record) -> list[tuple[int, int]]:
    """Return where the sentences of a report begin and end."""
    from dateline.model import Report
    from dateline.parts import Options, language

    told = Report(report["id"], report["text"], outlet=report["outlet"])
    cut = language(Options()).sentences(told)
    return [(s.span.start, s.span.end) for s in cut]


@app.command()
def apply(
    out: Annotated[Path, typer.Argument(help="The store to write.")],
    store: StoreOption = "",
) -> None:
    """Write a copy of a store in which decisions have taken the place of answers."""
    from dateline.review.copy import written

    if out.exists():
        fail(f"{out} is there already: name another file", 2)
    with opened(store) as kept, written(kept, str(out)) as copy:
        say(f"{copy.where}: {copy.counts()['claims']} claims as reviewed")
