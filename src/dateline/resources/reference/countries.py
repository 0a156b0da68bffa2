"""Countries: codes, names old and new, demonyms, capitals, and who answers for whom."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.model.folding import cased, fold_name

PARTS_OF = {"HKG": "CHN", "MAC": "CHN"}  # with codes of their own, filed elsewhere
REGULAR = ("an", "i", "ot", "er", "ak", "ene", "egrin")


@dataclass(frozen=True, slots=True)
class Country:
    """A state, a territory, or what once was one; `answers` is the code that it gets.

    `kind` is state, territory (with a code of its own), dependency, breakaway,
    historic, region or nonstate.
    """

    code: str
    name: str
    kind: str
    parent: str
    region: str
    capitals: tuple[str, ...]
    adjectives: tuple[str, ...]
    nouns: tuple[str, ...]
    names: tuple[str, ...]
    since: str
    until: str

    @property
    def answers(self) -> str:
        """The code under which acts of this country are filed."""
        return self.parent or self.code

    @property
    def partial(self) -> bool:
        """Whether the codebook adds PRE: a breakaway region of another state."""
        return self.kind == "breakaway"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a country: `cased` as it stands, `loose` with context only."""

    text: str
    country: Country
    cased: bool
    loose: bool


class Countries:
    """Look-ups over the table; all fold marks, case and a leading article."""

    def __init__(self, rows: Iterable[Country], marked: dict[str, list[str]]) -> None:
        """Index the rows; `marked` are the names as the table marks them."""
        self.rows = tuple(rows)
        self._marked = marked
        self._codes = {row.code: row for row in self.rows}
        self._names: dict[str, list[Form]] = {}
        self._adjectives: dict[str, list[Form]] = {}
        self._nouns: dict[str, list[Form]] = {}
        self._capitals: dict[str, list[Form]] = {}
        for row in self.rows:
            self._index(self._names, row, [row.name, *marked[row.code + ".names"]])
            self._index(self._adjectives, row, marked[row.code + ".adjectives"])
            self._index(self._nouns, row, row.nouns)
            self._index(self._capitals, row, marked[row.code + ".capital"])

    def _index(self, into: dict[str, list[Form]], row: Country, texts: Iterable[str]) -> None:
        for text in texts:
            bare = text.lstrip("=?")
            short = cased(bare).isupper() and len(fold_name(bare)) < 5
            strict = text.startswith("=") or short
            form = Form(bare, row, strict, text.startswith("?"))
            into.setdefault(fold_name(bare), []).append(form)

    def marked(self, code: str) -> dict[str, list[str]]:
        """Return names, adjectives and capitals with the table's marks ("=", "?")."""
        kinds = ("names", "adjectives", "capital")
        return {kind: self._marked[f"{code}.{kind}"] for kind in kinds}

    def __iter__(self) -> Iterator[Country]:
        """Yield every row."""
        return iter(self.rows)

    def by_code(self, code: str) -> Country | None:
        """Return the row of an alpha-3 code, or None.

        >>> countries().by_code("PRI").answers
        'USA'
        """
        return self._codes.get(code.upper())

    def by_name(self, text: str, loose: bool = False) -> Country | None:
        """Return the country of that name, today's or historic.

        >>> countries().by_name("Zaire").code
        'COD'
        """
        return _pick(self._names, text, loose)

    def by_adjective(self, text: str, loose: bool = False) -> Country | None:
        """Return the country whose adjective that is.

        >>> countries().by_adjective("Ivorian").code
        'CIV'
        """
        return _pick(self._adjectives, text, loose)

    def by_people(self, text: str, loose: bool = False) -> Country | None:
        """Return the country whose people go by that noun, in singular or plural.

        >>> countries().by_people("Danes").code
        'DNK'
        """
        return _pick(self._nouns, text, loose)

    def by_demonym(self, text: str) -> Country | None:
        """Return the country of an adjective or of a noun for its people.

        >>> countries().by_demonym("Filipinos").code
        'PHL'
        """
        return self.by_adjective(text) or self.by_people(text)

    def by_capital(self, text: str) -> Country | None:
        """Return the country whose seat of government that city is.

        >>> countries().by_capital("Pyongyang").code
        'PRK'
        """
        return _pick(self._capitals, text, False)

    def capital_of(self, code: str) -> str:
        """Return the first capital of a country, or "".

        >>> countries().capital_of("KOR")
        'Seoul'
        """
        row = self.by_code(code)
        return row.capitals[0] if row and row.capitals else ""

    def answers(self, code: str) -> str | None:
        """Return the code that a code answers to; dependencies fold."""
        row = self.by_code(code)
        return row.answers if row else None

    def name_of(self, code: str) -> str:
        """Return the name of a code, or the code itself."""
        row = self.by_code(code)
        return row.name if row else code


def filed_under(code: str) -> str:
    """Return the code under which acts of a territory with its own code are filed.

    >>> filed_under("HKG"), filed_under("FRA")
    ('CHN', 'FRA')
    """
    return PARTS_OF.get(code, code)


def answering(code: str) -> str:
    """Return the code under which claims have what happens where this code is.

    >>> answering("ncl"), answering("HKG"), answering("KEN")
    ('FRA', 'CHN', 'KEN')
    """
    return filed_under(countries().answers(code) or code.upper())


def _pick(table: dict[str, list[Form]], text: str, loose: bool) -> Country | None:
    found = (
        form.country
        for form in table.get(fold_name(text), ())
        if (loose or not form.loose) and (not form.cased or cased(form.text) == cased(text))
    )
    return next(found, None)


def _nouns(told: str, adjectives: list[str]) -> tuple[str, ...]:
    if told:
        return tuple(told.split("|"))
    found = []
    for word in adjectives:
        if word.endswith(REGULAR):
            found += [word, word + "s"]
        elif word.endswith(("ese", "ois", "abe")):
            found.append(word)
    return tuple(found)


@cache
def countries() -> Countries:
    """Return the table of countries, read once."""
    rows: list[Country] = []
    marked: dict[str, list[str]] = {}
    table = files("dateline.resources.reference") / "data" / "countries.csv"
    for cells in csv.DictReader(table.read_text("utf-8").splitlines()):
        lists = {
            name: [part for part in cells[name].split("|") if part]
            for name in ("capital", "adjectives", "names")
        }
        marked |= {f"{cells['code']}.{k}": value for k, value in lists.items()}
        bare = {k: tuple(t.lstrip("=?") for t in v) for k, v in lists.items()}
        rows.append(
            Country(
                code=cells["code"],
                name=cells["name"],
                kind=cells["kind"],
                parent=cells["parent"],
                region=cells["region"],
                capitals=bare["capital"],
                adjectives=bare["adjectives"],
                nouns=_nouns(cells["nouns"], lists["adjectives"]),
                names=bare["names"],
                since=cells["since"],
                until=cells["until"],
            )
        )
    return Countries(rows, marked)
