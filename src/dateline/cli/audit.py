"""`dateline audit`: a blind sheet drawn by chance, and what it says of the record."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.events import open_to_read
from dateline.cli.options import StoreOption
from dateline.cli.panel import rows_table, split_list
from dateline.cli.screen import fail, say_line

app = typer.Typer(help="Say how wrong the record is, from a sample that people judge.")


@app.command("draw")
def draw(  # noqa: PLR0913  every choice is a flag
    out: Annotated[Path, typer.Option(help="The sheet to write (CSV).")] = Path(
        "audit.csv"
    ),
    n: Annotated[int, typer.Option("-n", min=4, help="Claims to draw.")] = 200,
    strata: Annotated[
        str,
        typer.Option(help="type, deed, country, status, confidence, outlet."),
    ] = "type,confidence",
    skipped: Annotated[
        int, typer.Option(min=0, help="Passages that were skipped unread, for recall.")
    ] = 50,
    seed: Annotated[int, typer.Option(help="The same seed draws the same.")] = 1,
    store: StoreOption = "",
) -> None:
    """Draw a blind sheet: the act in its words, and none of the program's answers.

    Whoever fills it in writes of each row the type (or none), the countries of actor
    and recipient (codes, or - for nobody) and, if wanted, the status of the act in
    [[brackets]]. The key beside it holds the answers and the chance of each draw.
    """
    from dateline.research.audit import draw_audit, write_audit

    if out.exists():
        fail(f"{out} is there already: name another file", 2)
    with open_to_read(store) as kept:
        key, rows, gaps = draw_audit(kept, n, split_list(strata) or (), seed, skipped)
    for file in write_audit(out, key, rows, gaps):
        say_line(f"written: {file}")
    pooled = f", {len(key.pooled)} small ones as one" if key.pooled else ""
    say_line(
        f"{len(rows)} of {sum(key.sizes.values())} claims of {len(key.sizes)} strata"
        f"{pooled}; {len(gaps)} of {key.skipped} skipped passages"
    )


@app.command("report")
def report_audit(
    sheet: Annotated[Path, typer.Argument(help="The sheet as it was filled in.")],
    second: Annotated[
        Path | None, typer.Option(help="The same sheet filled in by somebody else.")
    ] = None,
    skipped: Annotated[
        Path | None, typer.Option(help="The sheet of skipped passages, filled in.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(help="The key; it lies beside the sheet.")
    ] = None,
) -> None:
    """Say how many claims are right, with 95% intervals, by stratum and confidence."""
    from dateline.research.audit import appraise, key_path, read_audit_key, read_sheet

    drawn = read_audit_key(key or key_path(sheet))
    sheets = [read_sheet(path, drawn) for path in (sheet, second) if path]
    gaps = read_sheet(skipped, drawn) if skipped else None
    found = appraise(drawn, sheets, gaps)
    rows = [
        ("all claims", q, *estimate_in_words(e)) for q, e in found["precision"].items()
    ]
    rows += [(name, value, *estimate_in_words(e)) for name, value, e in found["strata"]]
    rows_table(("of", "right", "share", "95%", "judged"), rows)
    sure = found["calibration"]
    rows = [
        (name, f"{mean:.2f}", *estimate_in_words(e)) for name, mean, e in sure["bins"]
    ]
    rows_table(("confidence", "mean", "right", "95%", "judged"), rows)
    say_line(
        f"calibration: how sure and how right lie {sure['gap']:.3f} apart on average"
    )
    if "recall" in found:
        gate = found["recall"]
        share, spread, judged = estimate_in_words(gate["of gate"])
        say_line(
            f"of the events in all sentences the gate keeps {share} ({spread}),"
            f" by {judged} skipped passages; what was read and missed is not in it"
        )
    for name, alpha in found.get("agreement", {}).items():
        if name != "items":
            told = "undefined (all alike)" if alpha is None else f"{alpha:.3f}"
            say_line(f"agreement of two coders, Krippendorff's alpha, {name}: {told}")


def estimate_in_words(found: Any) -> tuple[str, str, int]:
    """Return an estimate in words: its value, its interval, on how many it rests."""
    if not found.judged:
        return "–", "–", 0
    return f"{found.value:.3f}", f"{found.low:.3f} to {found.high:.3f}", found.judged
