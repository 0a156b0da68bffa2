"""What becomes of a record on its way into the store, as values."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dateline.model import Problem, Report, Source
from dateline.model.record import Record
from dateline.model.source import spelled
from dateline.nlp.report_identity import identify_report, split_address
from dateline.store.records import Input


@dataclass(frozen=True, slots=True)
class Told:
    """What flags say of reports that tell nothing themselves."""

    published: date | None = None
    outlet: str = ""

    def fill(self, report: Report) -> Report:
        """Return a report with the date and outlet it lacks."""
        bare = replace(report, id="")
        own = report.id != identify_report(bare)
        host = split_address(report.url).hostname or ""
        unnamed = report.outlet in ("", host.removeprefix("www."))
        outlet = (unnamed and self.outlet) or report.outlet
        published = report.published or self.published
        filled = replace(report, published=published, outlet=outlet)
        if own:
            return filled
        return replace(filled, id=identify_report(replace(bare, outlet=outlet)))


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one record; `claims` are those of a report coded just now."""

    outcome: str
    at: str
    report: Report | None = None
    problem: Problem | None = None
    claims: tuple[Record, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Same:
    """A report that is kept already, under this key."""

    report: Report
    key: str


@dataclass(frozen=True, slots=True)
class FileEnd:
    """The last record of a file has been read."""

    file: Input | None
    size: int


def measure_input(source: Source) -> Input | None:
    """Return a file's name, size and time; None for a pipe."""
    if not source.path:
        return None
    try:
        path = Path(source.path).resolve()
        told = path.stat()
    except (OSError, RuntimeError):  # a link that leads to itself
        return None
    return Input(spelled(path), told.st_size, told.st_mtime_ns, source.columns)


def where_found(report: Report) -> str:
    """Return where a report was found, or its id."""
    return (report.capture.found_at if report.capture else "") or report.id


def kind_of_problem(problem: Problem) -> str:
    """Return of what kind a record is that holds no report."""
    if problem.code == "no_report_record":
        return problem.message
    if problem.message.endswith("hidden"):
        return "hidden"
    return Path(problem.report_id).suffix or "no ending"
