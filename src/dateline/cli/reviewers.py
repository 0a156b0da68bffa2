"""`dateline review`: how far reviewers agree, who may review, and the audit log."""

from typing import Annotated

import typer

from dateline.cli.events import open_to_read
from dateline.cli.options import Format, StoreOption
from dateline.cli.review import app, open_reviewer
from dateline.cli.screen import escape_terminal, fail, say_line

__all__ = ["app"]


@app.command("agreement")
def show_agreement(store: StoreOption = "") -> None:
    """Tell how far each two reviewers agree: Cohen's kappa, question by question."""
    from dateline.cli.query import print_rows
    from dateline.review.agreement import agreements

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
            kappa_in_words(a.kappa),
        )
        for a in found
    ]
    print_rows(names, rows, Format.table)


def kappa_in_words(kappa: float | None) -> str:
    """Return a kappa, told where it is not defined."""
    return "undefined: one answer only" if kappa is None else f"{kappa:.3f}"


@app.command()
def token(
    name: Annotated[str, typer.Argument(help="The reviewer's name.")],
    store: StoreOption = "",
) -> None:
    """Let somebody review in the browser: make a token, printed once, kept hashed."""
    print(open_reviewer(store, name).store.review.add_reviewer(name))


@app.command()
def revoke(
    name: Annotated[str, typer.Argument(help="The reviewer's name.")],
    store: StoreOption = "",
) -> None:
    """Let somebody review no longer; what was decided stays."""
    open_reviewer(store, name).store.review.revoke(name)
    say_line(f"{name} may review no longer")


@app.command()
def reviewers(store: StoreOption = "") -> None:
    """List who may review in the browser, and what each has decided."""
    from dateline.cli.query import print_rows

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


@app.command()
def log(
    store: StoreOption = "",
    most: Annotated[int, typer.Option(min=1, help="Lines to print.")] = 100,
) -> None:
    """Print the audit log, newest first: who came in, who decided what."""
    with open_to_read(store) as kept:
        for row in kept.review.audited(most):
            print(
                escape_terminal(
                    f"{row['at']}  {row['who']}  {row['what']}  {row['detail']}"
                )
            )
