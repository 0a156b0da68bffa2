"""What `dateline code` and `watch` print: claims as they come, problems, the sums."""

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from dateline.cli.options import Format
from dateline.cli.screen import (
    Progress,
    claims_table,
    open_output,
    print_record,
    say_line,
)
from dateline.ingest import ADVICE, NOT_CODED, Ingest
from dateline.model.record import report_head
from dateline.outcomes import Done

Record = dict[str, Any]
SHOWN = 500  # claims in a table; a longer list is for a file
TOLD = 20  # problems of one kind that are told one by one
ALIKE = 3  # and in the same words
NONE = "no political event told"
ASIDES = {
    "unsupported": "in a language that is not read, stored, not coded",
    "in parts": "too slow as a whole, coded in parts (why: `dateline problems`)",
    "unadvised": "without the second opinion asked for, the program's own record (why:"
    " `dateline problems`; run it again to ask again)",
    "versions": "other versions of reports that were kept",
    "misdated": "with a dateline of another day than --published",
    "files": "files read before and skipped",
}
READERS = {
    "reader both": "by both alike",
    "reader differ": "where they differ",
    "reader model": "by the model alone",
    "reader own": "by the program alone",
}
NAMED = 10  # reports without an event that are named one by one


class Printer:
    """Prints what becomes of each record."""

    def __init__(self, format: Format, quiet: bool = False, sure: float = 0.0) -> None:
        """Print nothing yet."""
        self.format, self.quiet, self.sure = format, quiet, sure
        self.silent: list[str] = []  # the first reports without an event, and why
        self.more = 0  # and how many further ones
        self.doubtful = False  # whether the last report told claims, none sure enough
        self.head: Record = {}  # of the report whose claims are being printed
        self.told: Counter[str] = Counter()
        self.alike: Counter[str] = Counter()  # problems told in the same words

    def show(self, ingest: Ingest, paths: list[str], columns: Any = ()) -> None:
        """Print the claims of everything that the arguments name."""
        coded = self.coded(self.watched(ingest, paths, columns))
        if self.quiet:
            for _ in coded:
                pass
        elif self.format is Format.table:
            self.table(coded)
        else:
            self.lines(coded)

    def watched(self, ingest: Ingest, paths: list[str], columns: Any) -> Iterator[Done]:
        """Yield what is done, under a bar that tells how much is left."""
        from dateline.read.inputs import size_of_inputs, sources

        if self.quiet or not sys.stderr.isatty():
            yield from ingest.run(sources(paths, columns))
            return
        with Progress(size_of_inputs(paths)) as bar:
            for done in ingest.run(sources(paths, columns)):
                bar.at(ingest.place, ingest.count["read"])
                yield done

    def coded(self, items: Iterator[Done]) -> Iterator[tuple[str, list[Record]]]:
        """Yield each coded report's place and claims; tell the problems."""
        for done in items:
            if done.problem and done.outcome != "passed over":
                self.problem(done)
            if done.note:
                say_line(f"! {done.at}: {done.note}")
            whole = done.problem is None or done.problem.code != NOT_CODED
            if done.outcome == "stored" and whole:
                sure = [c for c in done.claims if c["confidence"] >= self.sure]
                self.doubtful = bool(done.claims) and not sure
                if done.report:
                    self.head = report_head(done.report)
                yield done.at, sure

    def problem(self, done: Done) -> None:
        """Tell a problem in one line; after many of a kind they are counted only."""
        problem = done.problem
        if problem is None:
            return
        self.alike[problem.message] += 1
        if (same := self.alike[problem.message]) > ALIKE:
            if same == ALIKE + 1:
                say_line("! more such follow, in the same words: `dateline problems`")
            return
        self.told[problem.code] += 1
        if self.told[problem.code] <= TOLD:
            say_line(f"! {done.at}: {problem.message}")
        elif self.told[problem.code] == TOLD + 1:
            say_line(f"! more of the kind {problem.code!r} follow: `dateline problems`")

    def table(self, coded: Iterator[tuple[str, list[Record]]]) -> None:
        """Print one table of all claims, then the reports without any."""
        rows: list[Record] = []
        names: dict[str, str] = {}
        left = 0
        for at, records in coded:
            if not records:
                self.quietly(at)
            room = SHOWN - len(rows)
            names.update({record["report"]: at for record in records[:room]})
            rows += records[:room]
            left += len(records[room:])
        if rows:
            claims_table(rows, names=names if len(names) > 1 else {})
        if left:
            print(f"… and {left} more claims: `dateline events`, or --format jsonl")
        self.unspoken()

    def quietly(self, at: str) -> None:
        """Note a report that tells no event; of many, the number alone."""
        if len(self.silent) < NAMED:
            why = f"no event {self.sure:g} sure or more" if self.doubtful else NONE
            self.silent.append(f"{at}: {why}")
        else:
            self.more += 1

    def unspoken(self) -> None:
        """Name the reports that tell no political event."""
        from dateline.cli.screen import escape_terminal

        for line in self.silent:
            print(escape_terminal(line))
        if self.more:
            sure = f", or none {self.sure:g} sure or more" if self.sure else ""
            print(f"… and in {self.more} more reports: {NONE}{sure}")

    def lines(self, coded: Iterator[tuple[str, list[Record]]]) -> None:
        """Print claims as they come."""
        if self.format is Format.jsonl:
            for _, records in coded:
                for found in records:
                    print_record(found)
            return
        from dateline.write.table import print_claims

        told = ((claim, self.head) for _, records in coded for claim in records)
        print_claims(open_output(), told)


def print_sums(ingest: Ingest, quiet: bool = False) -> int:
    """Say what became of everything read; return the exit code."""
    n = ingest.count
    missing = n["code not_found"]
    nothing_there = missing and n["read"] == missing
    if not quiet and (not nothing_there or ingest.kinds):
        say_line(equation(ingest))
        for line in asides(ingest):
            say_line(line)
    if nothing_there:
        return 2
    lacking = ("rejected", "quarantined", "unsupported", "in parts", "unadvised")
    return 3 if any(n[name] for name in lacking) else 0


def equation(ingest: Ingest) -> str:
    """Return the sum that must hold, with what was gained."""
    n = ingest.count
    stored = "stored" if ingest.store else "coded"
    return (
        f"read {n['read']} = {stored} {n['stored']} + rejected {n['rejected']}"
        f" + quarantined {n['quarantined']} + duplicate {n['duplicate']};"
        f" {n['claims']} claims;"
        f" the gate skipped {n['skipped']} of {n['sentences']} sentences"
    )


def asides(ingest: Ingest) -> Iterator[str]:
    """Yield what else a person should know."""
    n = ingest.count
    yield from (f"{words}: {n[name]}" for name, words in ASIDES.items() if n[name])
    if heard := [f"{n[key]} {words}" for key, words in READERS.items() if n[key]]:
        yield f"claims by who decided: {', '.join(heard)}"
    refused = {k.split()[1]: v for k, v in n.items() if k.startswith(f"{ADVICE} ")}
    if refused:
        told = ", ".join(f"{v} {k}" for k, v in sorted(refused.items()))
        yield f"of the second opinion refused or missing: {told} (`dateline problems`)"
    if n["told before"]:
        yield "why some were rejected or set aside before: `dateline problems`"
    if ingest.kinds:
        told = ", ".join(f"{k} {v}" for k, v in ingest.kinds.most_common(12))
        yield f"passed over, no reports by their kind: {told}"
    if n["code truncated"]:
        yield f"files that are incomplete: {n['code truncated']}"
    if ingest.store is not None:
        yield f"kept in {ingest.store.where}: see `dateline events`"
