"""`dateline review` and `merge`: people decide, beside the program."""

from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.events import open_to_read, open_to_write
from dateline.cli.options import Format, StoreOption
from dateline.cli.reports import print_rows
from dateline.cli.screen import claims_table, escape_terminal, fail, print_record, say_line
from dateline.resources.codebook import A_TYPE

if TYPE_CHECKING:
    from dateline.store.sql import SqlStore

Record = dict[str, Any]
review = typer.Typer(
    help="Confirm, correct or reject answers; every decision is kept beside them.",
    no_args_is_help=True,
)
By = Annotated[str, typer.Option("--reviewer", help="Who decides; else your login.")]
Because = Annotated[str, typer.Option("--reason", help="Why: changes need one.")]
ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="Its id, or the start.")]
Answers = Annotated[
    list[str] | None, typer.Argument(metavar="QUESTION=ANSWER", help=f"type={A_TYPE} …")
]
Two = tuple[str, str]


def open_reviewer(store: str, name: str) -> Any:
    """Open a store to decide about it under a name."""
    from dateline.analysis.review.decisions import Reviewer

    open_to_read(store).close()  # a store that is not there is not made
    return Reviewer(open_to_write(store), name or getuser())


@review.command()
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


@review.command("show")
def show_claim_answers(claim: ClaimId, store: StoreOption = "") -> None:
    """Show a claim's answers as they are written, and what was decided of each."""
    from dateline.analysis.review.decisions import claim_of
    from dateline.analysis.review.forms import QUESTIONS, write_answer

    with open_to_read(store) as kept:
        found = claim_of(kept, claim)
        print(escape_terminal(f"{found['id']}  in {found['report']}"))
        print(escape_terminal(f"“{found['evidence']['text']}”"))
        for question in QUESTIONS:
            print(escape_terminal(f"  {question}={write_answer(question, found)}"))
        for row in kept.review.decisions([found["id"]]):
            print(escape_terminal(decision_in_words(row)))


def decision_in_words(row: Record) -> str:
    """Return a decision in a line."""
    from dateline.analysis.review.forms import WRITE

    told = f"{row['number']}  {row['at']}  {row['reviewer']}: {row['kind']}"
    told += f" {row['question']}" if row["question"] else ""
    if row["kind"] == "correct":
        write = WRITE[row["question"]]
        told += f" “{write(row['told'])}” to “{write(row['answer'])}”"
    about = row["other"] or row["claim"] or row["report"]
    told += f" ({about})" if row["kind"] in ("undo", "merge", "split", "whole") else ""
    return f"{told}: {row['reason']}" if row["reason"] else told


@review.command()
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
    from dateline.analysis.review.decisions import claim_of
    from dateline.analysis.review.forms import QUESTIONS, write_answer

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


@review.command()
def correct(
    claim: ClaimId,
    answers: Answers = None,
    reason: Because = "",
    by: By = "",
    store: StoreOption = "",
) -> None:
    """Correct answers of a claim: type=AID "actors=Kenya = KEN GOV" when=2019-01-07."""
    from dateline.analysis.review.decisions import claim_of

    mine = open_reviewer(store, by)
    tell_kept_decisions(
        mine.judge(claim_of(mine.store, claim)["id"], answers_by_question(answers), reason)
    )


def answers_by_question(answers: list[str] | None) -> dict[str, str]:
    """Return answers by their question."""
    for told in answers or []:
        if "=" not in told:
            fail(f"{told!r} is no answer: write QUESTION=ANSWER", 2)
    if not answers:
        fail("nothing is answered: write QUESTION=ANSWER", 2)
    return {told.partition("=")[0]: told.partition("=")[2] for told in answers}


@review.command()
def reject(claim: ClaimId, reason: Because = "", by: By = "", store: StoreOption = "") -> None:
    """Reject a claim: the report does not say so."""
    from dateline.analysis.review.decisions import claim_of

    mine = open_reviewer(store, by)
    tell_kept_decisions([mine.reject(claim_of(mine.store, claim)["id"], reason)])


@review.command("add")
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


@review.command("whole")
def mark_read_whole(
    report: Annotated[str, typer.Argument(help="The report's id.")],
    reason: Because = "",
    by: By = "",
    store: StoreOption = "",
) -> None:
    """Say that a whole report was read: what is not told there is not in it."""
    tell_kept_decisions([open_reviewer(store, by).whole(report, reason)])


@review.command()
def undo(
    number: Annotated[int, typer.Argument(help="The decision's number.")],
    reason: Because = "",
    by: By = "",
    store: StoreOption = "",
) -> None:
    """Take a decision back; that it was made stays in the record."""
    tell_kept_decisions([open_reviewer(store, by).undo(number, reason)])


@review.command("merge")
def join_claims(
    one: ClaimId, other: ClaimId, reason: Because = "", by: By = "", store: StoreOption = ""
) -> None:
    """Decide that two claims tell one event."""
    decide_on_pair(open_reviewer(store, by), "merge", (one, other), reason)


@review.command("split")
def hold_claims_apart(
    one: ClaimId, other: ClaimId, reason: Because = "", by: By = "", store: StoreOption = ""
) -> None:
    """Decide that two claims never tell one event."""
    decide_on_pair(open_reviewer(store, by), "split", (one, other), reason)


def decide_on_pair(mine: Any, kind: str, two: tuple[str, str], reason: str) -> None:
    """Decide about two claims, and say what became of it."""
    done = mine.pair(kind, *two, reason)
    told = f"they are {'one event' if done.together else 'two events'}"
    say_line(f"{told}: decision {done.number}{settled_words(done)}")


def tell_kept_decisions(numbers: list[int]) -> None:
    """Say which decisions were kept."""
    say_line(f"kept: decision {', '.join(map(str, numbers))}")


@review.command("export")
def export_reviewed(
    out: Annotated[Path, typer.Argument(help="A folder, made where it is not there.")],
    store: StoreOption = "",
    whole: Annotated[
        bool, typer.Option("--whole", help="Only reports that somebody read whole.")
    ] = False,
) -> None:
    """Write reviewed reports as gold files and as tasks for Label Studio.

    OUT gets gold/ and texts/, which `python -m benchmarks score reports` reads, and
    label-studio.json with label-studio.xml, its interface.
    """
    from dateline.analysis.review.decisions import book_of
    from dateline.analysis.review.gold import write_review_files
    from dateline.model import Report
    from dateline.pipeline.factory import Options, make_language

    def report_sentences(report: Record) -> list[tuple[int, int]]:
        """Return where the sentences of a report begin and end."""
        told = Report(report["id"], report["text"], outlet=report["outlet"])
        cut = make_language(Options()).sentences(told)
        return [(s.span.start, s.span.end) for s in cut]

    with open_to_read(store) as kept:
        many = write_review_files(kept, out, report_sentences, book_of(kept), whole)
    say_line(f"{many} reviewed reports in {out}")


@review.command("apply")
def apply_decisions(
    out: Annotated[Path, typer.Argument(help="The store to write.")], store: StoreOption = ""
) -> None:
    """Write a copy of a store in which decisions have taken the place of answers."""
    from dateline.analysis.review.decisions import write_reviewed_copy

    if out.exists():
        fail(f"{out} is there already: name another file", 2)
    with open_to_read(store) as kept, write_reviewed_copy(kept, str(out)) as copy:
        say_line(f"{copy.where}: {copy.counts()['claims']} claims as reviewed")


@review.command("agreement")
def show_agreement(store: StoreOption = "") -> None:
    """Tell how far each two reviewers agree: Cohen's kappa, question by question."""
    from dateline.analysis.review.reviewed import agreements

    with open_to_read(store) as kept:
        found = agreements(kept.review.decisions())
    if not found:
        fail("no two reviewers have judged the same answers yet", 3)
    names = ("one", "other", "question", "answers", "alike", "kappa")
    rows = [
        (
            a.one,
            a.other,
            a.question,
            a.items,
            f"{a.observed:.3f}",
            "undefined: one answer only" if a.kappa is None else f"{a.kappa:.3f}",
        )
        for a in found
    ]
    print_rows(names, rows, Format.table)


@review.command()
def token(
    name: Annotated[str, typer.Argument(help="The reviewer's name.")], store: StoreOption = ""
) -> None:
    """Let somebody review in the browser: make a token, printed once, kept hashed."""
    print(open_reviewer(store, name).store.review.add_reviewer(name))


@review.command()
def revoke(
    name: Annotated[str, typer.Argument(help="The reviewer's name.")], store: StoreOption = ""
) -> None:
    """Let somebody review no longer; what was decided stays."""
    open_reviewer(store, name).store.review.revoke(name)
    say_line(f"{name} may review no longer")


@review.command()
def reviewers(store: StoreOption = "") -> None:
    """List who may review in the browser, and what each has decided."""
    with open_to_read(store) as kept:
        done = kept.review.done()
        known = {row["name"]: row for row in kept.review.reviewers()}
    names = sorted({*known, *(row["reviewer"] for row in done)})
    rows = []
    for name in names:
        row = known.get(name)
        state = "revoked" if row and row["revoked"] else "may review" if row else "—"
        made = (f"{d['kind']} {d['many']}" for d in done if d["reviewer"] == name)
        rows.append((name, state, ", ".join(made)))
    print_rows(("reviewer", "in the browser", "decisions"), rows, Format.table)


@review.command()
def log(
    store: StoreOption = "", most: Annotated[int, typer.Option(min=1, help="Lines to print.")] = 100
) -> None:
    """Print the audit log, newest first: who came in, who decided what."""
    with open_to_read(store) as kept:
        for row in kept.review.audited(most):
            print(escape_terminal(f"{row['at']}  {row['who']}  {row['what']}  {row['detail']}"))


def merge_claims(  # noqa: PLR0913  every flag is an argument
    explain: Annotated[
        Two, typer.Option(metavar="A B", help="Why two claims are one event or not.")
    ] = ("", ""),
    pin: Annotated[
        Two, typer.Option(metavar="A B", help="Two claims are one event, whatever comes.")
    ] = ("", ""),
    split: Annotated[Two, typer.Option(metavar="A B", help="Two claims are never one event.")] = (
        "",
        "",
    ),
    unpin: Annotated[
        Two, typer.Option(metavar="A B", help="Take back what was decided of two claims.")
    ] = ("", ""),
    again: Annotated[bool, typer.Option("--again", help="Merge the whole store afresh.")] = False,
    store: StoreOption = "",
) -> None:
    """Merge the claims of a store into events; explain or decide a merge by hand.

    What is pinned or split by hand stays so in every later run.
    """
    from dateline.events.event_summaries import join

    if any(explain):
        explain_merge(open_to_read(store), explain)
        return
    open_to_read(store)  # a store that is not there is not made
    kept = open_to_write(store)
    asked = ((pin, "must"), (split, "never"), (unpin, ""))
    decisions = [(two, kind) for two, kind in asked if any(two)]
    for two, kind in decisions:
        keep_merge_decision(kept, two, kind)
    if again or not decisions or kept.merging.unread():
        done = join(kept, again)
        told = f"merged {done.reports} reports: {done.parts} tellings,"
        told += f" {done.events} events"
        told += f", {done.split} split" if done.split else ""
        told += f"; {done.copies} pairs share copy" if done.copies else ""
        told += f"; {done.versions} later versions" if done.versions else ""
        say_line(told)


def keep_merge_decision(kept: "SqlStore", two: Two, kind: str) -> None:
    """Keep what a person decided of two claims, and merge what it touches."""
    one, other = (find_claim(kept, name) for name in two)
    if one["id"] == other["id"]:
        fail("that is one claim: name two", 2)
    more = settled_by_hand(kept, (one["id"], other["id"]), kind)
    now = [find_claim(kept, c["id"])["event"] for c in (one, other)]
    told = "are one event" if now[0] == now[1] else "are two events"
    say_line(f"{one['id'][:8]} and {other['id'][:8]} {told}{more}")


def settled_by_hand(kept: "SqlStore", two: Two, kind: str) -> str:
    """Keep or take back a decision of whoever runs this; return more to say of it."""
    from getpass import getuser

    from dateline.analysis.review.decisions import Reviewer
    from dateline.analysis.review.reviewed import latest_about
    from dateline.events.event_summaries import summarise
    from dateline.events.merging import remerge

    mine = Reviewer(kept, getuser())
    if kind:
        asked = "split" if kind == "never" else "merge"
        done = mine.pair(asked, *two, "decided by `dateline merge`")
        return f": decision {done.number}{settled_words(done)}"
    if last := latest_about(*two, kept.review.decisions()):
        mine.undo(last["number"], "taken back by `dateline merge --unpin`")
        return f": decision {last['number']} is taken back"
    if not any({p["a"], p["b"]} == {*two} for p in kept.merging.pinned()):
        told = " and ".join(name[:8] for name in two)
        fail(f"nothing was decided of {told} by hand: there is no pin to take back", 2)
    kept.merging.pin(*two, "")
    remerge(kept, [find_claim(kept, name) for name in two])
    summarise(kept)
    return ""


def settled_words(done: Any) -> str:
    """Return in words what a decision lifted, and how to take it back."""
    told = ""
    if many := len(done.lifted):
        pairs = ", ".join(f"{a[:8]} from {b[:8]}" for a, b in done.lifted[:3])
        more = f" and {many - 3} more" if many > 3 else ""
        told = f"; lifted what held apart {pairs}{more}"
    return f"{told}; `dateline review undo {done.number}` takes it back"


def find_claim(kept: "SqlStore", name: str) -> Record:
    """Return a claim by its id or the start of it, or end with what is wrong."""
    claim: Record | None = kept.claim(name) if name else None
    if claim is None:
        told = f"no claim {name!r} of a current report in {kept.where}"
        fail(f"{told}: see `dateline events --claims`", 2)
    return claim


def explain_merge(kept: "SqlStore", two: Two) -> None:
    """Print why two claims are, or are not, one event."""
    from dateline.events.explain_merge import verdict

    one, other = (find_claim(kept, name) for name in two)
    judged, pinned = verdict(kept, one, other)
    joined = one["event"] == other["event"]
    said = "one event" if joined else "two events"
    for claim in (one, other):
        print(
            escape_terminal(f"{claim['id'][:8]}  {claim['report']}: “{claim['evidence']['text']}”")
        )
    print(f"{said}: score {judged.score:.2f}, joined from {judged.threshold:.2f}")
    if pinned:
        print(f"  decided by hand: {pinned}")
    if judged.together:
        print(f"  for:     {', '.join(judged.together)}")
    if judged.against:
        print(f"  against: {', '.join(judged.against)}")
    if joined and judged.score < judged.threshold and not pinned:
        print("  joined through other claims of the event, whose scores hold on average")
    if not joined and judged.score >= judged.threshold and not pinned:
        print(f"  kept apart: {kept_apart(kept, one, other)}")


def kept_apart(kept: "SqlStore", one: Record, two: Record) -> str:
    """Return in words why two events stay two, though two of their claims agree."""
    from dateline.events.aggregation import exact
    from dateline.events.cross_document import MOST, days_spanned
    from dateline.extract.event_coref.pair_scorer import LONG

    rows = [r for c in (one, two) for r in kept.merging.of_event(c["event"])]
    days = days_spanned([row["record"]["when"] for row in rows if row["current"]])
    if days > LONG:
        return f"their tellings would lie {days} days apart, of {LONG} at the most"
    names = []  # the points on a map where the current claims of each are told
    for claim in (one, two):
        told = [r for r in kept.merging.of_event(claim["event"]) if r["current"]]
        places = (r["record"]["where"] for r in told)
        names.append({at["name"] for at in places if exact(at)})
    if len(rows) > MOST and all(names) and not set.intersection(*names):
        towns = " and in ".join(", ".join(sorted(some)[:3]) for some in names)
        return f"so many tell of them that places part them: they are told in {towns}"
    return "the other claims of the two events do not agree on average"
