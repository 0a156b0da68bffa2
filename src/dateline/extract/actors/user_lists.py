"""The user's own lists of actors: read, checked, asked, made of other dictionaries."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dateline.extract.actors.lexicon import Word, fold
from dateline.model import Lexicon
from dateline.resources.knowledge_base import Entity, Role, base
from dateline.resources.reference import NONSTATE, countries, load_sectors

COLUMNS = ("name", "country", "sector", "from", "to", "source")
NEEDED = ("name", "country", "sector")
CODE = re.compile(r"\[([^\]]{0,200})\]")
DATED = re.compile(r"^(\S{0,30})\s*(?:([<>])\s*(\d{6,8})|(\d{6,8})\s*-\s*(\d{6,8}))?$")
OLD = {  # codes of CAMEO that PLOVER spells otherwise or leaves out
    "MED": "JRN",
    "HLH": "MED",
    "INS": "REB",
    "SEP": "REB",
    "IMM": "REF",
    "SET": "CVL",
    "UIS": "UAF",
    "ENV": "SOC",
    "HRI": "SOC",
    "DEV": "GOV",
    "LLY": "GOV",
    "ANT": "OPP",
    "MOD": "",
    "RAD": "REB",
    "SLM": "",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a user's list: who, of what country and sectors, since when."""

    name: str
    country: str | None
    sectors: tuple[str, ...]
    since: date | None
    until: date | None
    source: str
    file: str
    line: int

    def covers(self, first: date | None, last: date | None) -> bool:
        """Whether the row holds on some day of an interval; an unknown day fits all."""
        if first is None or last is None:
            return True
        begun = self.since is None or self.since <= last
        return begun and (self.until is None or self.until >= first)

    @property
    def entity(self) -> str:
        """The id that claims carry: it names the file and the line."""
        return f"list:{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line of a list (line 1 is the header)."""

    line: int
    message: str

    def __str__(self) -> str:
        """Return the line number and the message."""
        return f"line {self.line}: {self.message}"


class Lists:
    """Several lists as one: a later file wins over an earlier one, name by name."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Read the files; ValueError names the first line that is wrong."""
        self._rows: dict[str, list[Row]] = {}
        self._reach: dict[str, int] = {}
        for path in paths:
            for key, rows in rows_by_name(path).items():
                self._rows[key] = rows
                first = key.split(" ", 1)[0]
                length = key.count(" ") + 1
                self._reach[first] = max(length, self._reach.get(first, 0))

    def __bool__(self) -> bool:
        """Whether there is any row."""
        return bool(self._rows)

    def find(
        self, words: Sequence[Word], first: date | None, last: date | None, lexicon: Lexicon
    ) -> Row | None:
        """Return the row of the longest name among the words that holds on the day.

        Whose somebody is, is another: "Foo's critics" and "fans of Foo" are not Foo.
        """
        best: tuple[int, Row] | None = None
        for at, word in enumerate(until_owned(words, lexicon)):
            for size in range(min(self._reach.get(word.key, 0), len(words) - at), 0, -1):
                row = self._held(words[at : at + size], first, last)
                owns = words[at + size - 1].owns and at + size < len(words)
                if row and not owns and (best is None or size > best[0]):
                    best = (size, row)
        return best[1] if best else None

    def _held(self, words: Sequence[Word], first: date | None, last: date | None) -> Row | None:
        key = " ".join(word.key for word in words)
        rows = self._rows.get(key, ())
        return next((row for row in rows if row.covers(first, last)), None)


def until_owned(words: Sequence[Word], lexicon: Lexicon) -> Sequence[Word]:
    """Return the words before a preposition that tells whose or where they are.

    >>> from dateline.resources import plugins
    >>> from dateline.extract.actors.lexicon import split_words
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> found = list(split_words("critics of Foo", english))
    >>> [w.key for w in until_owned(found, english)]
    ['critics']
    """
    preps = lexicon.words["actors.preposition"]
    ends = (n for n, word in enumerate(words) if n and word.key in preps)
    return words[: next(ends, len(words))]


def rows_by_name(path: Path) -> dict[str, list[Row]]:
    """Return the rows of one file by folded name."""
    found: dict[str, list[Row]] = {}
    for each in read_actor_list(path):
        if isinstance(each, Fault):
            raise ValueError(f"{path}: {each}")
        found.setdefault(listed_name_key(each.name), []).append(each)
    return found


def listed_name_key(name: str) -> str:
    """Return a name as look-ups know it."""
    return " ".join(fold(word) for word in name.replace("-", " ").split())


def read_actor_list(path: Path) -> Iterator[Row | Fault]:
    """Yield the rows of a list, and a fault for each line that cannot be one."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Fault(1, f"not UTF-8 text (byte {error.start})")
        return
    reader = csv.reader(text.splitlines())
    header = [cell.strip().lower() for cell in next(reader, [])]
    missing = [column for column in NEEDED if column not in header]
    if missing:
        told = f"no column {', '.join(missing)}; a list has {', '.join(COLUMNS)}"
        yield Fault(1, told)
        return
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield parse_list_row(header, cells, path.name, reader.line_num)


def parse_list_row(header: list[str], cells: list[str], file: str, line: int) -> Row | Fault:
    """Return one line as a row, or what is wrong with it."""
    if len(cells) > len(header):
        return Fault(line, f"{len(cells)} cells for {len(header)} columns")
    told = dict(zip(header, (cell.strip() for cell in cells), strict=False))
    codes = tuple(told.get("sector", "").upper().replace("|", " ").split())
    country = told.get("country", "").upper()
    try:
        since, until = (
            parse_term_day(told.get("from", "")),
            parse_term_day(told.get("to", ""), True),
        )
    except ValueError:
        return Fault(line, "a date is not YYYY, YYYY-MM or YYYY-MM-DD")
    if problem := row_fault(told.get("name", ""), country, codes, (since, until)):
        return Fault(line, problem)
    source = told.get("source", "")
    land = countries().answers(country) or country or None
    return Row(told["name"], land, codes, since, until, source, file, line)


def row_fault(
    name: str, country: str, codes: Sequence[str], term: tuple[date | None, date | None]
) -> str:
    """Return what is wrong with a row's values, "" where nothing is."""
    if not listed_name_key(name):
        return "no name"
    if country and country not in NONSTATE and countries().by_code(country) is None:
        return f"no country {country!r}: ISO-3166 alpha-3, or {' '.join(sorted(NONSTATE))}"
    unknown = [code for code in codes if code not in load_sectors()]
    if unknown:
        return f"no sector {unknown[0]!r}: one of {' '.join(sorted(load_sectors()))}"
    since, until = term
    if since and until and until < since:
        return f"ends on {until}, before it begins on {since}"
    return ""


def parse_term_day(told: str, last: bool = False) -> date | None:
    """Return the first (or last) day that a date tells, None for none.

    >>> parse_term_day("2019"), parse_term_day("2019-02", last=True)
    (datetime.date(2019, 1, 1), datetime.date(2019, 2, 28))
    """
    if not told:
        return None
    numbers = [int(part) for part in told.split("-")]
    if not 1 <= len(numbers) <= 3 or len(told.split("-", maxsplit=1)[0]) != 4:  # noqa: PLR2004
        raise ValueError(told)
    if len(numbers) == 3:  # noqa: PLR2004
        return date(numbers[0], numbers[1], numbers[2])
    year, month = numbers[0], (numbers[1] if numbers[1:] else 12 if last else 1)
    if not last:
        return date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def check_actor_list(path: Path) -> list[Fault]:
    """Return what is wrong with a list: bad lines, and terms of one name that clash."""
    found: list[Fault] = []
    seen: dict[str, list[Row]] = {}
    for each in read_actor_list(path):
        if isinstance(each, Fault):
            found.append(each)
            continue
        for other in seen.setdefault(listed_name_key(each.name), []):
            if clash(each, other):
                told = f"{each.name!r} clashes with line {other.line}"
                found.append(Fault(each.line, told))
        seen[listed_name_key(each.name)].append(each)
    return found


def clash(one: Row, other: Row) -> bool:
    """Whether two rows of one name say different things of the same day."""
    first = max(one.since or date.min, other.since or date.min)
    last = min(one.until or date.max, other.until or date.max)
    differ = (one.country, one.sectors) != (other.country, other.sectors)
    return first <= last and differ


def find_in_base(text: str) -> list[tuple[Entity, tuple[Role, ...]]]:
    """Return what the knowledge base holds under a name, dates and all."""
    held = base()
    return [(entity, held.roles(entity.id)) for entity in held.search(text)]


def unresolved_names(claims: Iterable[dict[str, object]], least: int = 2) -> list[tuple[str, int]]:
    """Return the names that claims could not resolve, the most frequent first.

    >>> who = {"text": "Foo Bar", "answer": "unknown"}
    >>> unresolved_names([{"actors": [who], "recipients": [who]}])
    [('Foo Bar', 2)]
    """
    counts: dict[str, int] = {}
    for claim in claims:
        for side in ("actors", "recipients"):
            parties = claim.get(side)
            for party in parties if isinstance(parties, list) else ():
                if party.get("answer") == "unknown" and looks_like_name(
                    str(party.get("text") or "")
                ):
                    name = " ".join(str(party["text"]).split())
                    counts[name] = counts.get(name, 0) + 1
    frequent = [(name, n) for name, n in counts.items() if n >= least]
    return sorted(frequent, key=lambda pair: (-pair[1], pair[0]))


def looks_like_name(text: str) -> bool:
    """Whether words look like somebody's name: a capital past the first word."""
    parts = text.split()
    return any(part[:1].isupper() for part in parts[-2:]) and len(parts) <= 8  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class Term:
    """One code of a dictionary entry and the dates it holds between, ISO or ""."""

    country: str
    sectors: tuple[str, ...]
    since: str
    until: str


def convert(lines: Iterable[str], source: str = "") -> Iterator[dict[str, str] | Fault]:
    """Yield the rows of our lists that a dictionary's lines make.

    >>> next(convert(["FOO_BAR_ [USAGOV 010120-050120]"]))["from"]
    '2001-01-20'
    """
    names: list[str] = []
    terms: list[Term] = []
    for number, raw in enumerate(lines, 1):
        line = raw.split("#", 1)[0].rstrip()
        if not line.strip() or line.lstrip().startswith("<!--"):
            continue
        if not line[0].isspace() and line[0] != "+":
            yield from dictionary_rows(names, terms, source)
            names, terms = [], []
        name = entry_name(line)
        if name:
            names.append(name)
        for told in CODE.findall(line):
            term = term_of(told)
            if term is None:
                yield Fault(number, f"no code to read in [{told}]")
            else:
                terms.append(term)
    yield from dictionary_rows(names, terms, source)


def entry_name(line: str) -> str:
    """Return the name that a line of a dictionary gives."""
    words = line.split("[", 1)[0].strip().lstrip("+")
    words = words.split(";", 1)[0]
    return " ".join(words.replace("_", " ").replace("=", " ").split()).title()


def term_of(told: str) -> Term | None:
    """Return what one bracket says: a code, and the dates it holds between."""
    hit = DATED.match(told.strip())
    if hit is None or not hit[1]:
        return None
    code, sign, one, first, last = hit.groups()
    country, kinds = split_agent_code(code)
    if not country and not kinds:
        return None
    since = iso(first) if first else iso(one) if sign == ">" else ""
    until = iso(last) if last else iso(one) if sign == "<" else ""
    return Term(country, kinds, since, until)


def split_agent_code(code: str) -> tuple[str, tuple[str, ...]]:
    """Return country and sectors of a code of three letters each.

    >>> split_agent_code("TURCOP"), split_agent_code("IGOUNO")
    (('TUR', ('COP',)), ('UNO', ()))
    """
    pieces = [code[i : i + 3].upper() for i in range(0, len(code) - len(code) % 3, 3)]
    country = ""
    found: list[str] = []
    for piece in pieces:
        kind = OLD.get(piece, piece)
        if piece in NONSTATE and (not country or country in NONSTATE):
            country = piece
        elif not country and (land := countries().answers(piece)):
            country = land
        elif kind in load_sectors():
            found.append(kind)
    return country, tuple(dict.fromkeys(found))


def iso(told: str) -> str:
    """Return a date of six or eight digits as ISO, "" where it is none.

    >>> iso("010120"), iso("19890120")
    ('2001-01-20', '1989-01-20')
    """
    if len(told) == 6:  # noqa: PLR2004
        year = int(told[:2])
        told = f"{1900 + year if year > 30 else 2000 + year}{told[2:]}"  # noqa: PLR2004
    if len(told) != 8:  # noqa: PLR2004
        return ""
    return f"{told[:4]}-{told[4:6]}-{told[6:]}"


def dictionary_rows(
    names: list[str], terms: list[Term], source: str
) -> Iterator[dict[str, str] | Fault]:
    """Yield one row for each name and term of an entry."""
    for name in names:
        for term in terms:
            yield {
                "name": name,
                "country": term.country,
                "sector": " ".join(term.sectors),
                "from": term.since,
                "to": term.until,
                "source": source,
            }


def bring_in(dictionary: Path, target: Path) -> list[Fault]:
    """Write a dictionary as one of our lists; return the lines it could not read."""
    faults: list[Fault] = []
    text = dictionary.read_text("utf-8-sig", errors="replace")
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        for each in convert(text.splitlines(), dictionary.name):
            if isinstance(each, Fault):
                faults.append(each)
            else:
                writer.writerow(each)
    return faults
