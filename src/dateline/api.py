"""The Python API: code a text, open a store, get tables for pandas and polars."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict, Unpack
from warnings import warn

from dateline.events.event_summaries import merged_events
from dateline.export.columns import CLAIM, EVENT, REPORT, Column, draw_claim, draw_event, draw_row
from dateline.export.events import FIRM
from dateline.export.source import Given
from dateline.export.tables import Row, Table, nested_rows
from dateline.ingest.reading import fields
from dateline.ingest.reading.charset import replace_surrogates
from dateline.ingest.reading.inputs import judge_report
from dateline.ingest.run import ADVICE, IN_PARTS, kept_coding, stamp_coding
from dateline.model import Problem, Report
from dateline.model.coding import Coding as Coded
from dateline.model.record import Record, claim_record, report_head
from dateline.nlp import date_formats
from dateline.pipeline.coder import Coder as Pipeline
from dateline.pipeline.factory import Options, make_coder
from dateline.store.sql import SqlStore

MONTH = (
    Column("month", "day", "first day of the month"),
    Column("events", "int", "how many events happened in it"),
    Column("cooperation_events", "int", "of these, co-operation"),
    Column("conflict_events", "int", "of these, conflict"),
    Column("cooperation_score", "float", "sum of their PLOVER scores"),
    Column("conflict_score", "float", "sum of the scores of conflict, below zero"),
)


@dataclass(frozen=True)
class Coding:
    """What was read in one text: its claims, its problems, its day.

    `coded` is the pipeline's own value, which `Store.add` keeps; None where nothing
    could be coded. `made_by` are the options of the coder.
    """

    report: Report
    claims: list[Row]
    problems: tuple[Problem, ...]
    dating: Any = None
    coded: Coded | None = field(default=None, repr=False)
    made_by: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def table(self) -> Table:
        """The claims as rows of a table."""
        top = report_head(self.report)
        return Table(CLAIM, lambda: (draw_claim(claim, top) for claim in self.claims))

    def to_frame(self) -> Any:
        """Return the claims as a pandas DataFrame, a row each."""
        return self.table.to_pandas()

    to_pandas = to_frame

    def to_polars(self) -> Any:
        """Return the claims as a polars DataFrame."""
        return self.table.to_polars()

    def _repr_html_(self) -> str:
        """Return the claims as a notebook shows them."""
        return self.table._repr_html_()


@dataclass(frozen=True)
class Coder:
    """Codes texts; made once, since its models take a few seconds to load."""

    pipeline: Pipeline
    options: Options
    opinion: str = ""

    def with_opinion(self, url: str, model: str, **way: Any) -> "Coder":
        """Return a coder that asks a language model about each text, too.

        Calling it agrees to what is sent: each text is asked about as it is coded,
        once; answers are kept in the file `answers` ("dateline.answers.db"). `allow`
        names the hosts beside this machine that texts may go to, `budget` the dollars
        that may be spent; `replay` asks nothing, `only_doubtful` where the program is
        unsure.
        The key comes from DATELINE_OPINION_KEY. Raises ValueError for an address that
        is not allowed and a codebook without tables, TypeError for another option.
        """
        from dateline.ingest.llm_coding import OpinionTerms, Way, advise, name_opinion, reach_model
        from dateline.resources.codebook import FolderCodebook

        if way.get("budget") is not None:
            way["budget"] = Decimal(str(way["budget"]))
        if isinstance(way.get("allow"), str):
            way["allow"] = (way["allow"],)
        book = self.pipeline.codebook
        if not isinstance(book, FolderCodebook):
            raise ValueError("a second opinion wants a codebook of tables (a folder)")
        chosen = Way(url, model, **way)
        terms = OpinionTerms(book, model, chosen.only_doubtful)
        advised = advise(self.pipeline, terms, reach_model(chosen, warn))
        return Coder(advised, self.options, name_opinion(terms))

    @property
    def made_by(self) -> dict[str, Any]:
        """What the rows of this coder are stamped with."""
        told = {"opinion": self.opinion} if self.opinion else {}
        return self.options.made_by() | told

    def code(
        self,
        text: str,
        published: date | datetime | str | None = None,
        outlet: str | None = None,
        title: str = "",
        url: str = "",
    ) -> Coding:
        """Code one report; a day that is not told comes from its own words or not.

        Raises ValueError for a `published` that is no date, TypeError for a text that
        is no string.
        """
        day = moment_of_stamp(published)
        given = make_report(text, title, outlet or "", url, day)
        found = judge_report(given)
        if isinstance(found, Problem):
            return Coding(given, [], (found,))
        return notebook_coding(self.pipeline.code(found), self.made_by)

    def code_all(self, texts: Iterable[str | Report], workers: int = 1) -> Iterator[Coding]:
        """Yield the coding of each text in order, on so many processes."""
        from dateline.ingest.run import one_by_one
        from dateline.ingest.scale.pool import coding_pool

        if self.opinion and workers > 1:
            raise ValueError("with a second opinion one process codes: workers=1")
        made = one_by_one(self.pipeline) if workers == 1 else None
        run = made or coding_pool(self.options, workers)
        given = (t if isinstance(t, Report) else make_report(t) for t in texts)
        for item, found in run(map(judge_report, given)):
            if isinstance(item, Report) and isinstance(found, Coded):
                yield notebook_coding(found, self.made_by)
            else:
                problem = item if isinstance(item, Problem) else found
                report = item if isinstance(item, Report) else Report("", "")
                yield Coding(report, [], (problem,))  # type: ignore[arg-type]


def notebook_coding(found: Coded, made_by: dict[str, Any]) -> Coding:
    """Return a coding of the pipeline in the form of notebooks."""
    text = found.report.text
    claims = [nested_rows(claim_record(claim, text)) for claim in found.claims]
    told = found.report, claims, found.problems, found.dating
    return Coding(*told, found, made_by)


def make_report(
    text: str, title: str = "", outlet: str = "", url: str = "", day: Any = None
) -> Report:
    """Return a report of a text. Raises TypeError where it is no string."""
    if not isinstance(text, str):
        raise TypeError(f"a text is a string, not {type(text).__name__}: {text!r:.40}")
    return Report("", replace_surrogates(text), title, outlet, url, language="", published=day)


def moment_of_stamp(told: Any) -> date | datetime | None:
    """Return the day or moment of a stamp or of what pandas has for one."""
    try:
        return date_formats.parse_moment(fields.none_for_nan(told))
    except (ValueError, OverflowError):
        raise ValueError(f"published {told!r} is no date like 2019-01-08") from None


def load(**options: Any) -> Coder:
    """Return a coder; options are those of `parts.Options` (codebook, actors …).

    Raises TypeError for another option, with those that there are.
    """
    known = asdict(Options())
    if wrong := next((name for name in options if name not in known), ""):
        raise TypeError(f"no option {wrong!r}: there are {', '.join(known)}")
    many = {name for name, value in known.items() if isinstance(value, tuple)}
    listed: Any = {
        n: ((v,) if isinstance(v, str) else tuple(v)) if n in many else v
        for n, v in options.items()
    }
    chosen = replace(Options(), **listed)
    return Coder(make_coder(chosen), chosen)


class Where(TypedDict, total=False):
    """The filters of `claims`, `events`, `monthly`; a list is any of its values."""

    actor: str
    recipient: str
    between: str | list[str] | tuple[str, str]
    said_by: str
    own_voice: bool
    type: str | list[str]
    deed: str | list[str]
    mode: str
    status: str | list[str]
    country: str | list[str]
    since: str | date
    until: str | date
    report: str
    event: str
    sure: float
    text: str
    search: str


def filters_as_words(where: Mapping[str, Any]) -> dict[str, str]:
    """Return filters as words: of a list each of its values, of a day its name.

    >>> filters_as_words(
    ...     {"type": ["AID", "CONSULT"], "since": date(2024, 1, 1), "actor": None}
    ... )
    {'type': 'AID,CONSULT', 'since': '2024-01-01'}
    """
    found = {}
    for name, value in where.items():
        if value is None or value is False:
            continue
        many = value if isinstance(value, list | tuple) else [value]
        days = (v.date() if isinstance(v, datetime) else v for v in many)
        found[name] = ",".join(map(str, days))
    return found


class Store:
    """A store: claims, events and reports as tables; codings are added to it."""

    def __init__(self, where: str, write: bool = False) -> None:
        """Open a store by its file or URL; with `write` it is made where it is not."""
        self.kept = SqlStore(str(where), write=write)

    def claims(self, **where: Unpack[Where]) -> Table:
        """Return the claims that pass filters, those of `Where`."""
        given = Given(self.kept, filters_as_words(where))
        return Table(CLAIM, lambda: (draw_claim(claim, top) for claim, top in given.claims()))

    def events(self, **where: Unpack[Where]) -> Table:
        """Return the events that pass filters: one of their claims passes them all.

        How sure an event must be is asked of the event itself.
        """

        def rows() -> Iterator[Record]:
            known = merged_events(self.kept)
            given = Given(self.kept, filters_as_words(where), known=known)
            return (draw_event(event, told) for event, told in given.events())

        return Table(EVENT, rows)

    def monthly(self, **where: Unpack[Where]) -> Table:
        """Return how many events that happened each month has, and their scores.

        A row a month of the first day, with conflict and co-operation apart; what has
        no month of its own, is denied or only planned does not count.
        """
        return Table(MONTH, lambda: by_month(self.events(**where)))

    def agenda(self, **where: Unpack[Where]) -> Table:
        """Return what is planned or expected, the nearest first, `since` some day.

        Without one it is what is to come from the day of the newest report on.
        """
        from dateline.export.agenda import COLUMNS, list_agenda

        told = filters_as_words(where)
        days = told.pop("since", ""), told.pop("until", "")
        return Table(COLUMNS, lambda: list_agenda(self.kept, *days, told))

    def add(self, coding: Coding) -> int:
        """Keep a coding of `Coder.code`, merged with what is there; return new claims.

        The same coding again adds nothing. Raises StoreError where the store was opened
        to be read alone: open it with `write=True`.
        """
        from dateline.events.event_summaries import join

        found = coding.coded
        hindering = [p for p in coding.problems if p.stage != ADVICE and p.code != IN_PARTS]
        if found is None or hindering:
            told = "; ".join(problem.message for problem in hindering)
            raise ValueError(f"nothing was coded: {told}")
        stamp = stamp_coding(found, coding.made_by)
        (claims,) = self.kept.save_all([kept_coding(found)], stamp)
        join(self.kept)
        return claims or 0

    def reports(self) -> Table:
        """Return the reports, with their texts."""
        return Table(REPORT, lambda: (draw_row(REPORT, each) for each in self.kept.reports()))

    def records(self, **where: Unpack[Where]) -> list[Row]:
        """Return claims whole, as `dateline export --of claims --format jsonl` does."""
        return [nested_rows(claim) for claim in self.kept.claims(filters_as_words(where))]

    def panel(self, scope: Any = None, **asked: Any) -> Any:
        """Return a panel: `unit="dyad-month"`, `by`, `measures`, `ids`, `since` …

        `scope` is a mapping of choices, as `scope.toml` has them. The panel has
        `to_pandas()` and `to_polars()`. Raises StoreError for a wrong choice.
        """
        from dateline.analysis.frames import Frame
        from dateline.analysis.panel import Asked, count_panel
        from dateline.analysis.scope import make_scope

        with Frame(self.kept, make_scope(scope or {})) as frame:
            return count_panel(frame, Asked(**asked))

    def search(self, words: str, most: int = 50) -> list[Row]:
        """Return the reports that hold these words, the best first."""
        return [nested_rows(found) for found in self.kept.search(words, most)]

    def query(self, question: str, seconds: float = 10, rows: int = 10_000) -> list[Row]:
        """Return the rows that one SELECT gives: read-only and time-limited.

        Warns where there are more than `rows` of them.
        """
        from dateline.store.database.sql_query import Limits, ask_store, unlike

        answer = ask_store(self.kept, question, Limits(seconds, rows))
        if answer.cut:
            warn(f"only the first {rows:,} rows: rows= gives more", stacklevel=2)
        columns = unlike(answer.columns)
        return [Row(zip(columns, r, strict=True)) for r in answer.rows]

    def close(self) -> None:
        """Close the store."""
        self.kept.close()

    def __enter__(self) -> "Store":
        """Close the store at the end of a `with` block."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close it whatever went wrong."""
        self.close()


def open(where: str = "dateline.db", write: bool = False) -> Store:  # noqa: A001
    """Open a store by its file or URL, to be read, or to be added to."""
    return Store(where, write)


def by_month(events: Iterable[Row]) -> list[Record]:
    """Return how many events each month has, from the first to the last with any."""
    sums: dict[str, Record] = {}
    for event in events:
        first, last = event["when_from"] or "", event["when_to"] or ""
        if event["status"] not in FIRM or not first or first[:7] != last[:7]:
            continue
        month = f"{first[:7]}-01"
        row = sums.setdefault(month, dict.fromkeys((c.name for c in MONTH), 0))
        kind = "cooperation" if event["score"] >= 0 else "conflict"
        row["month"] = month
        row["events"] += 1
        row[f"{kind}_events"] += 1
        row[f"{kind}_score"] += event["score"]
    return [sums[month] for month in sorted(sums)]
