"""`dateline code`: reports in, claims out, the record kept."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer

from dateline.cli.screen import claims_table, fail, progress, say

Record = dict[str, Any]


class Format(StrEnum):
    """How claims are printed."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


def code(  # noqa: PLR0913  every flag is an argument
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="Files, folders, globs, or - for a pipe."
        ),
    ],
    format: Annotated[
        Format, typer.Option(help="How to print the claims.")
    ] = Format.table,
    store: Annotated[str, typer.Option(help="Where to keep them: a file or URL.")] = "",
    no_store: Annotated[bool, typer.Option("--no-store", help="Print only.")] = False,
    published: Annotated[
        str, typer.Option(metavar="DATE", help="Day of reports that tell none.")
    ] = "",
    outlet: Annotated[str, typer.Option(help="Outlet of reports that tell none.")] = "",
    codebook: Annotated[str, typer.Option(help="A codebook's name or folder.")] = "",
    actors: Annotated[
        list[str], typer.Option(metavar="CSV", help="Your own actors; later files win.")
    ] = [],  # noqa: B006  Typer copies it
    gazetteer: Annotated[
        str, typer.Option(metavar="CSV", help="Your own places.")
    ] = "",
    countries: Annotated[
        str, typer.Option(help="Restrict places to these: SYR,IRQ.")
    ] = "",
    no_gate: Annotated[
        bool, typer.Option("--no-gate", help="Parse every sentence.")
    ] = False,
) -> None:
    """Code reports: print their claims and keep them in a store."""
    from dateline.cli.settings import settings
    from dateline.parts import Options, coder

    defaults = settings()
    chosen = Options(
        codebook=codebook or defaults.codebook,
        model=defaults.model,
        actors=tuple(actors or defaults.actors),
        gazetteer=gazetteer or defaults.gazetteer,
        countries=tuple(filter(None, countries.upper().split(","))),
        gate=not no_gate,
    )
    kept = None if no_store else keeper(store or defaults.store)
    told = {"published": day(published), "outlet": outlet}
    tally = Tally(coder(chosen), kept, chosen.made_by())
    show(format, tally.run(paths, told))
    raise SystemExit(tally.close())


class Tally:
    """Codes reports one by one, keeps them, and counts what became of each."""

    def __init__(self, coder: Any, store: Any, made_by: dict[str, Any]) -> None:
        """Start with nothing counted."""
        self.coder, self.store, self.made_by = coder, store, made_by
        self.count: Counter[str] = Counter()
        self.refused: list[str] = []

    def run(
        self, paths: list[str], told: dict[str, Any]
    ) -> Iterator[tuple[str, list[Record]]]:
        """Yield each coded report's id and its claims as records."""
        from dateline.model import Problem
        from dateline.read.inputs import reports

        for item in progress(reports(paths), "coding"):
            self.count["read"] += 1
            if isinstance(item, Problem):
                self.refuse(item)
            elif (records := self.one(filled(item, told))) is not None:
                yield item.id, records

    def one(self, report: Any) -> list[Record] | None:
        """Code, keep and count one report; return its claims, None where it failed."""
        from dateline.model import Problem
        from dateline.model.record import record
        from dateline.plugins import MissingPart

        try:
            coding = self.coder.code(report)
        except MissingPart:
            raise
        except Exception as error:  # noqa: BLE001  one report must not stop the others
            what = f"our own fault, please tell us: {type(error).__name__}: {error}"
            self.refuse(Problem(report.id, "code", "internal", what))
            return None
        for problem in coding.problems:
            self.refuse(problem)
        if coding.problems:
            return None
        self.keep(coding)
        self.count["claims"] += len(coding.claims)
        self.count["sentences"] += coding.sentences
        self.count["skipped"] += coding.skipped
        return [record(claim, report.text) for claim in coding.claims]

    def keep(self, coding: Any) -> None:
        """Put one coding into the store, if there is one."""
        if self.store is None:
            self.count["coded"] += 1
            return
        new = self.store.save(
            coding.report, coding.claims, coding.problems, self.made_by, coding.dating
        )
        self.count["coded" if new is not None else "duplicate"] += 1

    def refuse(self, problem: Any) -> None:
        """Count and keep a problem, and say it in one line."""
        self.count["rejected"] += 1
        self.refused.append(problem.code)
        say(f"! {problem.report_id}: {problem.message}")
        if self.store is not None:
            self.store.note(problem)

    def close(self) -> int:
        """Say what became of everything read; return the exit code."""
        n = self.count
        if not n["read"] or set(self.refused) == {"not_found"} and not n["coded"]:
            return 2
        say(
            f"read {n['read']} = coded {n['coded']} + rejected {n['rejected']}"
            f" + duplicate {n['duplicate']}; {n['claims']} claims;"
            f" the gate skipped {n['skipped']} of {n['sentences']} sentences"
        )
        if self.store is not None:
            say(f"kept in {self.store.where}: see `dateline events`")
        return 3 if n["rejected"] else 0


def filled(report: Any, told: dict[str, Any]) -> Any:
    """Return a report with the date and outlet of the flags where it has none."""
    from dataclasses import replace

    return replace(
        report,
        published=report.published or told["published"],
        outlet=report.outlet or told["outlet"],
    )


def day(told: str) -> date | None:
    """Read the day of an option."""
    try:
        return date.fromisoformat(told) if told else None
    except ValueError:
        fail(f"--published {told!r} is no date like 2019-01-08", 2)


def keeper(where: str) -> Any:
    """Open the store to write to."""
    from dateline.store.sql import SqlStore

    return SqlStore(where)


def show(format: Format, coded: Iterator[tuple[str, list[Record]]]) -> None:
    """Print claims as they come."""
    if format is Format.table:
        for name, records in coded:
            if records:
                claims_table(records, name)
            else:
                print(f"{name}: no political event told")
    elif format is Format.jsonl:
        for _, records in coded:
            for found in records:
                print(json.dumps(found, ensure_ascii=False))
    else:
        from dateline.write.flat import COLUMNS, flat

        out = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
        out.writeheader()
        for _, records in coded:
            out.writerows(map(flat, records))
