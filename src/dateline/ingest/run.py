"""Reports into the record: every record read ends in exactly one of four ways.

`read = stored + rejected + quarantined + duplicate`. What a container holds that is no
report by its kind (a request, a picture) is passed over and counted apart.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dateline.ingest.reading import inputs
from dateline.ingest.reading.worker import Child
from dateline.ingest.results import (
    Done,
    FileEnd,
    Same,
    Told,
    kind_of_problem,
    measure_input,
    where_found,
)
from dateline.model import Problem, Report, Source
from dateline.model.coding import Coding
from dateline.model.record import claim_record, left_out_record
from dateline.nlp.report_identity import identify_report
from dateline.nlp.wire import days_from_publication
from dateline.pipeline.coder import Coder
from dateline.resources.plugins import MissingPart
from dateline.store.records import Input, Kept, digest_content, report_key, senses_of

if TYPE_CHECKING:
    from dateline.store.provenance import Custody, Mended
    from dateline.store.sql import SqlStore

BATCH = 100  # captures kept in one transaction
FAR = 3  # days between a dateline and the day of publication that are told
PASSING = frozenset("needs_extra unreadable internal timeout crashed".split())
NOT_CODED = "unsupported_language"  # stored, and marked as not coded
IN_PARTS = "coded_in_parts"
STILL_KEPT = (NOT_CODED, IN_PARTS)
ADVICE = "opinion"  # the stage of problems of a second opinion, and its setting


Item = Report | Problem | Same | FileEnd
Coded = tuple[Item, Coding | Problem | None]
Codes = Callable[[Iterable[Item]], Iterator[Coded]]


def one_by_one(coder: Coder) -> Codes:
    """Return what codes reports in this process, in their order."""

    def codes(items: Iterable[Item]) -> Iterator[Coded]:
        for item in items:
            yield (item, attempt_coding(coder, item) if isinstance(item, Report) else None)

    return codes


def attempt_coding(coder: Coder, report: Report) -> Coding | Problem:
    """Return a report's coding, or our own fault, which must not stop the others."""
    try:
        return coder.code(report)
    except MissingPart:
        raise
    except Exception as error:  # noqa: BLE001  one report must not stop the others
        what = f"our own fault, please tell us: {type(error).__name__}: {error}"
        raw = report.text.encode("utf-8", "surrogatepass")
        return Problem(report.id, "code", "internal", what, report.capture, raw)


def kept_coding(coding: Coding) -> Kept:
    """Return a coding as a store keeps it, its claims in contract form."""
    report = coding.report
    records = tuple(claim_record(claim, report.text) for claim in coding.claims)
    rest = [left_out_record(each) for each in coding.left_out]
    told = coding.problems, coding.dating, coding.sentences, rest
    return Kept(report, records, *told, senses_of(coding.claims))


def stamp_coding(coding: Coding, made_by: Mapping[str, Any]) -> dict[str, Any]:
    """Return what made a coding; without its second opinion it is as without any.

    So the next run with one asks again.
    """
    stays = (name for name in made_by if not (coding.unadvised and name == ADVICE))
    return {name: made_by[name] for name in stays}


def open_keepers(
    store: "SqlStore | None", made_by: Mapping[str, Any], flags: Mapping[str, Any]
) -> "tuple[Custody | None, Mended | None]":
    """Return what keeps where reports came from, and what was wrong, in a store.

    Nothing of a database is loaded where none is wanted.
    """
    if store is None:
        return None, None
    from dateline.store.provenance import Custody, Mended

    return Custody(store, made_by, flags), Mended(store)


class Ingest:
    """Reads, codes and keeps reports, and counts what became of each record."""

    def __init__(
        self,
        codes: Codes,
        store: "SqlStore | None",
        made_by: dict[str, Any],
        told: Told = Told(),  # noqa: B008  frozen
    ) -> None:
        """Start with nothing counted."""
        self.codes, self.store, self.made_by, self.told = codes, store, made_by, told
        flags = {"published": told.published, "outlet": told.outlet}
        self.custody, self.mended = open_keepers(store, made_by, flags)
        self.count: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.place, self._passed = 0, 0  # bytes
        self._found: list[tuple[Report, str]] = []
        self._near: dict[str, str] = {}  # content to key, of what was just found
        self._seen: set[str] = set()
        self._versions: list[str] = []
        self._since: Counter[str] = Counter()

    def run(self, sources: Iterable[Source | Report | Problem]) -> Iterator[Done]:
        """Yield what becomes of each record of the sources, in order."""
        child = Child()
        try:
            for item, coding in self.codes(self.items(sources, child)):
                if isinstance(item, FileEnd):
                    self.end(item)
                else:
                    yield self.one(item, coding)
        finally:
            child.close()
            self.flush()

    def items(self, sources: Iterable[Source | Report | Problem], child: Child) -> Iterator[Item]:
        """Yield what is read, without what is known; after each file, its end."""
        for source in sources:
            if isinstance(source, Problem):
                yield source
                continue
            if isinstance(source, Report):
                yield self.standing(self.told.fill(source))
                continue
            file = measure_input(source)
            if file and self.custody and (counts := self.custody.done(file)):
                self.again(file, counts)
                continue
            if self.mended:
                self.mended.forget(source.found_at)
            for item in inputs.read_source(source, child):
                filled = self.told.fill(item) if isinstance(item, Report) else item
                yield self.standing(filled) if isinstance(filled, Report) else filled
            yield FileEnd(file, file.size if file else 0)

    def standing(self, report: Report) -> Report | Same:
        """Return a report to be coded, or that it is known as it is."""
        if moored := self.moored(report):
            report = replace(report, id=moored)
        key = report_key(report.id, report.text)
        if self.custody is None:
            names = {key, digest_content(report)} - {""}
            same = bool(names & self._seen)
            self._seen |= names
            return Same(report, key) if same else report
        if name := self._near.get(digest_content(report)):
            return Same(report, name)
        known = self.custody.known(report)
        if known.standing in ("kept", "copy"):
            return Same(report, known.other or key)
        self._versions += [key] * (known.standing == "version")
        return report

    def moored(self, report: Report) -> str:
        """Return by what id the same words in the same place are kept, "" for none.

        An outlet that is told later makes no second report of one file; an own id does.
        """
        made = report.id == identify_report(replace(report, id=""))
        return self.custody.there(report) if self.custody and made else ""

    def one(self, item: Report | Problem | Same, coding: Any) -> Done:
        """Count one record, keep it, and return what became of it."""
        if isinstance(item, Problem):
            return self.refuse(item)
        if isinstance(item, Same):
            return self.duplicate(item.report, item.key)
        if isinstance(coding, Problem):
            return self.refuse(coding)
        hindering = (p for p in coding.problems if p.stage != ADVICE)
        problem = next(hindering, None)
        if problem and problem.code not in STILL_KEPT:
            found = replace(problem, report_id=where_found(item), capture=item.capture)
            return self.refuse(found)
        return self.keep(coding, problem)

    def keep(self, coding: Coding, problem: Problem | None) -> Done:
        """Keep one coding, unless another writer was faster."""
        report, kept = coding.report, kept_coding(coding)
        key = report_key(report.id, report.text)
        if self.store is not None:
            if key in self._versions:
                self.flush()  # of two versions the one fetched later counts
            stamp = stamp_coding(coding, self.made_by)
            if self.store.save_all([kept], stamp)[0] is None:
                return self.duplicate(report, key)
        self.note_found(report, key)
        self.count["read"] += 1
        self.count["stored"] += 1
        if problem:
            coded = problem.code != NOT_CODED
            self.count["in parts" if coded else "unsupported"] += 1
        self.advised(coding)
        self.count["claims"] += len(kept.claims)
        self.count["sentences"] += coding.sentences
        self.count["skipped"] += coding.skipped
        return Done(
            "stored",
            where_found(report),
            report,
            problem,
            tuple(kept.claims),
            self.note(report, key),
        )

    def advised(self, coding: Coding) -> None:
        """Count what a second opinion gave, and what of it was refused."""
        if ADVICE in self.made_by:
            self.count.update(f"reader {claim.reader}" for claim in coding.claims)
        self.count["unadvised"] += coding.unadvised
        for problem in coding.problems:
            if problem.stage == ADVICE:
                self.count[f"{ADVICE} {problem.code}"] += 1

    def note(self, report: Report, key: str) -> str:
        """Return what a person should know of a report that was kept."""
        if key in self._versions:
            self._versions.remove(key)
            self.count["versions"] += 1
            current = self.store.report(report.id) if self.store else None
            if current and current["key"] != key:
                return f"an older version of {report.id}: the later one stays current"
            return f"a new version of {report.id}: the old one stays, no longer current"
        if days_from_publication(report, self.told.published) > FAR:
            self.count["misdated"] += 1
            return (
                f"its dateline tells another day than --published"
                f" {self.told.published}, which is used"
            )
        return ""

    def duplicate(self, report: Report, key: str) -> Done:
        """Count a report that is kept, and where else it was found."""
        self.note_found(report, key)
        self.count["read"] += 1
        self.count["duplicate"] += 1
        return Done("duplicate", where_found(report), report)

    def refuse(self, problem: Problem) -> Done:
        """Count and keep a problem; raw bytes under suspicion are set aside."""
        outcome = problem.outcome
        if problem.code == "settled":  # no record, but something a person should know
            return Done(outcome, problem.report_id, note=problem.message)
        if outcome == "passed over":
            self.kinds[kind_of_problem(problem)] += 1
            return Done(outcome, problem.report_id, problem=problem)
        self.count["read"] += 1
        self.count[outcome] += 1
        self.count[f"code {problem.code}"] += 1
        if self.store is not None:
            self.store.note(problem)
        if self.mended:
            self.mended.note(problem.report_id)
        if self.custody and outcome == "quarantined":
            self.custody.aside(problem)
        return Done(outcome, problem.report_id, problem=problem)

    def note_found(self, report: Report, key: str) -> None:
        """Note where a report was found, to be kept with others in one transaction."""
        offset = report.capture.offset if report.capture else None
        self.place = self._passed + (offset or 0)
        self._found.append((report, key))
        if words := digest_content(report):
            self._near.setdefault(words, key)
        if len(self._found) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Keep where reports were found."""
        if self.custody:
            self.custody.keep(self._found)
        self._found.clear()
        self._near.clear()

    def again(self, file: Input, counts: Mapping[str, int]) -> None:
        """Count the records of a file that was read before, without reading it."""
        self.count["files"] += 1
        self.count["read"] += counts["read"]
        self.count["duplicate"] += counts["stored"] + counts["duplicate"]
        for name in ("rejected", "quarantined"):
            self.count[name] += counts[name]
            self.count["told before"] += counts[name]
        self._passed += file.size
        self._since = self.count.copy()

    def end(self, end: FileEnd) -> None:
        """Keep that a file was read to its end, unless it may read better next time."""
        self.flush()
        self._passed += end.size
        self.place = self._passed
        counts = {k: self.count[k] - self._since[k] for k in self.count}
        self._since = self.count.copy()
        passing = any(counts.get(f"code {code}") for code in PASSING)
        passing = passing or bool(counts.get("unadvised"))
        if self.custody and end.file and not passing:
            self.custody.finish(end.file, counts)
