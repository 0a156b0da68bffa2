"""Flat files: each column declared once, by kind, by what it says, by what it draws.

The exports, the notebook's tables, the page of columns and the tests follow from these
tables; lists are joined in a cell, codes of states stand apart from others.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from dateline.export.events import pick_count
from dateline.export.source import Given, Record, Told, file_under
from dateline.model import Event
from dateline.model.event import why_undated
from dateline.model.record import list_speakers

Kind = Literal["text", "int", "float", "day"]
COUNTED = tuple("killed injured arrested abducted displaced crowd troops".split())
BEYOND_STATES = frozenset(("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"))
AUXILIARY = {
    "planned": "future",
    "expected": "future",
    "possible": "hypothetical",
    "hypothetical": "hypothetical",
    "denied": "negation",
    "negated": "negation",
}
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(eq=False)
class Line:
    """What a row is drawn from: a claim and its report's head, or an event's claims.

    `published` is the day under which it is filed where it has none of its own.
    """

    found: Mapping[str, Any]
    published: str | None = None
    head: Record = field(default_factory=dict)
    told: Sequence[Told] = ()

    def __getitem__(self, name: str) -> Any:
        """Return a field of the claim or event."""
        return self.found[name]

    @cached_property
    def when(self) -> Mapping[str, Any]:
        """Its time, empty where none is known."""
        return self.found["when"] or {}

    @cached_property
    def where(self) -> Mapping[str, Any]:
        """Its place, empty where none is known."""
        return self.found["where"] or {}

    @cached_property
    def filed(self) -> Record:
        """The day that it is filed under, and what that day is."""
        return file_under(self.found["when"], self.published)

    @cached_property
    def surest(self) -> Record:
        """The surest claim of an event, of its own type if one is."""
        kind = self.found["type"]
        claims = (claim for claim, _ in self.told)
        return max(claims, key=lambda c: (c["type"] == kind, c["confidence"]))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a flat file.

    `draw` gives its cell from what the row is drawn from; without one the cell is the
    field of the column's name.
    """

    name: str
    kind: Kind
    words: str
    draw: Callable[[Any], Any] | None = None


def pick_columns(columns: Iterable[Column], names: str) -> tuple[Column, ...]:
    """Return some columns of a table, in the order of their names."""
    by_name = {column.name: column for column in columns}
    return tuple(by_name[name] for name in names.split())


def draw_row(columns: Iterable[Column], of: Any) -> Record:
    """Return a row of a table."""
    return {c.name: c.draw(of) if c.draw else of[c.name] for c in columns}


def draw_claim(claim: Record, head: Record | None = None) -> Record:
    """Return the row of one claim; `head` is what its report says of itself."""
    head = head or {}
    return draw_row(CLAIM, Line(claim, head.get("published"), head))


def draw_event(event: Event, told: Sequence[Told]) -> Record:
    """Return the row of one event; what claims alone have is taken from its surest."""
    return draw_row(EVENT, Line(event, event["first_told"], told=told))


def draw_table(given: Given) -> tuple[tuple[Column, ...], Iterable[Record]]:
    """Return the columns and the rows of what is to be written."""
    if given.of == "events":
        return EVENT, (draw_event(event, told) for event, told in given.events())
    if given.of == "reports":
        return REPORT, (draw_row(REPORT, report) for report in given.reports())
    return CLAIM, (draw_claim(claim, head) for claim, head in given.claims())


def join_cells(cells: Iterable[Any]) -> str:
    """Return cells in one, parted by semicolons."""
    return "; ".join(filter(None, cells))


def plain_number(cell: Any) -> Any:
    """Return a figure as people write it: no more than two places, no empty ones.

    >>> plain_number(16600000.000000002), plain_number(0.8512), plain_number(-4.05)
    (16600000, 0.8512, -4.05)
    """
    if not isinstance(cell, float):
        return cell
    figure = round(cell, 2) if abs(cell) >= 1000 else cell
    return int(figure) if figure.is_integer() else figure


def disarmed(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula.

    >>> disarmed("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    """
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULAS):
        return f"'{cell}"
    return cell


def side_columns(name: str, side: str, who: str) -> tuple[Column, ...]:
    """Return the columns of one side, states apart from other codes."""

    def names(line: Line) -> str:
        return join_cells(each["name"] or each.get("text") for each in line[side])

    def words(line: Line) -> str:
        return join_cells(each.get("text") for each in line[side])

    def countries(line: Line) -> str:
        codes = (each["country"] for each in line[side])
        return join_cells(code for code in codes if code not in BEYOND_STATES)

    def others(line: Line) -> str:
        codes = (each["country"] for each in line[side])
        return join_cells(code for code in codes if code in BEYOND_STATES)

    def sectors(line: Line) -> str:
        return join_cells(" ".join(each["sector"]) for each in line[side])

    beyond = "codes of those that are no state's: IGO UNO EUR NGO ISM IMG MNC"
    states = "their states, ISO-3166 alpha-3 (KOS for Kosovo)"
    first = "their sectors, the primary one of each first"
    return (
        Column(f"{name}_names", "text", f"names, parted by semicolons, of {who}", names),
        Column(f"{name}_words", "text", "the report's own words for them", words),
        Column(f"{name}_countries", "text", states, countries),
        Column(f"{name}_others", "text", beyond, others),
        Column(f"{name}_sectors", "text", first, sectors),
    )


def head_column(name: str, kind: Kind, words: str) -> Column:
    """Return a column that the head of a claim's report fills."""
    return Column(name, kind, words, lambda line: line.head.get(name))


def when_column(name: str, part: str, kind: Kind, words: str) -> Column:
    """Return a column of a time."""
    return Column(name, kind, words, lambda line: line.when.get(part))


def where_column(name: str, part: str, kind: Kind, words: str) -> Column:
    """Return a column of a place."""
    return Column(name, kind, words, lambda line: line.where.get(part))


def count_column(name: str, what: str, end: str, words: str) -> Column:
    """Return a column of a figure: its "low", "best" or "high"."""

    def draw(line: Line) -> Any:
        return pick_count(line["quantities"], what)[end]

    return Column(name, "float", words, draw)


def length_column(name: str, words: str) -> Column:
    """Return a column of how many a list of that name holds."""
    return Column(name, "int", words, lambda line: len(line[name]))


def surest_column(name: str, kind: Kind, words: str) -> Column:
    """Return a column of an event that its surest claim fills."""
    return Column(name, kind, words, lambda line: line.surest[name])


def reason_undated(line: Line) -> str | None:
    """Return the rule by which a claim or event has no day, None where it has one."""
    found = line.found
    return found["no_day"] if "no_day" in found else why_undated([found])


def modes_of_event(line: Line) -> str:
    """Return the modes of an event's claims, each once."""
    return join_cells(dict.fromkeys(m for claim, _ in line.told for m in claim["mode"]))


def auxiliary_mode(line: Line) -> str:
    """Return PLOVER's auxiliary mode of a claim, "" for none."""
    past = "historical" if line.found.get("background") else ""
    return AUXILIARY.get(line["status"], past)


ACT = (
    Column("type", "text", "event type as the ontology files it"),
    Column("deed", "text", "the act itself"),
)
PARTIES = (
    *side_columns("actor", "actors", "who acts"),
    *side_columns("recipient", "recipients", "whom it is done to"),
)
WHEN_WHERE = (
    when_column("when_from", "from", "day", "first day on which it may have happened"),
    when_column("when_to", "to", "day", "last day"),
    when_column("when_precision", "precision", "text", "day, week, month, season, year or range"),
    Column(
        "day_or_published",
        "day",
        "that first day, or the day of publication where there is none",
        lambda line: line.filed["day_or_published"],
    ),
    Column(
        "day_is",
        "text",
        "what that day is: told, told_elsewhere, inferred, published, unknown",
        lambda line: line.filed["day_is"],
    ),
    Column("no_day", "text", "the rule by which no day is known", reason_undated),
    Column(
        "background",
        "text",
        "yes: a war or a history of before, no news of its report",
        lambda line: "yes" if line.found.get("background") else None,
    ),
    where_column("where_name", "name", "text", "place"),
    where_column("where_country", "country", "text", "its state, ISO-3166 alpha-3"),
    where_column("where_admin1", "admin1", "text", "its province"),
    where_column("where_admin2", "admin2", "text", "its district"),
    where_column("lat", "lat", "float", "latitude in degrees"),
    where_column("lon", "lon", "float", "longitude in degrees"),
    where_column("geonameid", "geonameid", "int", "number in GeoNames"),
    where_column(
        "where_precision",
        "precision",
        "text",
        "site, city, admin2, admin1, country or region: never finer",
    ),
)
CLAIM = (
    Column("report", "text", "id of the report"),
    head_column("published", "day", "day (or moment) of publication, where told"),
    head_column("outlet", "text", "who published it"),
    head_column("title", "text", "headline"),
    head_column("url", "text", "address"),
    Column("id", "text", "id of the claim"),
    Column("event", "text", "id of the happening it tells"),
    *ACT,
    Column("mode", "text", "modes, parted by semicolons", lambda line: join_cells(line["mode"])),
    Column("contexts", "text", "contexts", lambda line: join_cells(line["contexts"])),
    Column("cameo", "text", "CAMEO code that stands beside it"),
    Column("quad", "text", "verbal or material, cooperation or conflict"),
    Column("score", "float", "conflict (-10) to cooperation (10)"),
    Column("status", "text", "happened, ongoing, planned, expected, possible … as the text says"),
    Column(
        "auxiliary",
        "text",
        "PLOVER's auxiliary mode: future, hypothetical, negation, historical",
        auxiliary_mode,
    ),
    *PARTIES,
    *WHEN_WHERE,
    *(
        count_column(what, what, "best", "how many in this act: the best figure")
        for what in COUNTED
    ),
    count_column("killed_low", "killed", "low", "lowest figure told"),
    count_column("killed_high", "killed", "high", "highest figure told"),
    count_column("injured_low", "injured", "low", "lowest figure told"),
    count_column("injured_high", "injured", "high", "highest figure told"),
    count_column("money", "money", "best", "sum of money in this act"),
    Column(
        "money_unit",
        "text",
        "its currency",
        lambda line: pick_count(line["quantities"], "money")["unit"],
    ),
    Column(
        "said_by",
        "text",
        "speakers, outermost first, parted by >; empty: the report itself",
        lambda line: " > ".join(list_speakers(line.found)),
    ),
    Column("confidence", "float", "probability that type and both parties are right"),
    Column(
        "reader",
        "text",
        "who decided: own, model, both alike, or differ (the model's answer stands)",
        lambda line: line.found.get("reader", "own"),
    ),
    Column("trigger", "text", "words of the act", lambda line: line["trigger"]["text"]),
    Column("evidence", "text", "clause that tells it", lambda line: line["evidence"]["text"]),
    Column(
        "start",
        "int",
        "where the trigger starts in the report's text",
        lambda line: line["trigger"]["start"],
    ),
    Column("end", "int", "where it ends", lambda line: line["trigger"]["end"]),
)
EVENT = (
    Column("event", "text", "id of the happening"),
    *ACT,
    Column("status", "text", "happened, ongoing, planned … as the surest claim has it"),
    Column("confidence", "float", "probability that type and parties are right"),
    Column("mode", "text", "modes", modes_of_event),
    surest_column("cameo", "text", "CAMEO code"),
    surest_column("quad", "text", "verbal or material, cooperation or conflict"),
    surest_column("score", "float", "conflict (-10) to cooperation (10)"),
    *PARTIES,
    *WHEN_WHERE,
    *(
        count_column(f"{what}_{end}", what, end, f"{words} told by any claim")
        for what in ("killed", "injured", "arrested", "crowd")
        for end, words in (
            ("low", "lowest figure"),
            ("best", "last figure"),
            ("high", "highest figure"),
        )
    ),
    length_column("claims", "how many claims tell it"),
    length_column("reports", "how many reports"),
    Column("outlets", "int", "how many outlets"),
    Column("origins", "int", "how many independent origins: read this, not the number of reports"),
    Column("first_told", "day", "first publication"),
    Column("last_told", "day", "last publication"),
    Column("report_ids", "text", "ids of the reports", lambda line: join_cells(line["reports"])),
)
REPORT = (
    Column("id", "text", "id of the report"),
    Column("published", "text", "day or moment of publication, where told"),
    Column("dated_from", "day", "first day that it may be of"),
    Column("dated_to", "day", "last day"),
    Column("outlet", "text", "who published it"),
    Column("title", "text", "headline"),
    Column("url", "text", "address"),
    Column("language", "text", "code of its language"),
    Column("agency", "text", "agency credited"),
    Column("byline", "text", "author"),
    Column("dateline", "text", "place and day that it opens with"),
    Column("text", "text", "the report, unchanged"),
)
