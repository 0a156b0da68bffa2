"""Write groups/wordnet.csv: the armed groups of WordNet that the hand tables lack.

    python training/facts/wordnet.py /usr/share/wordnet

Needs the files of Debian's package `wordnet-base` (3.0). A group has the country that
its gloss names first, where that is the only one in the first clause; else it is left
out. Run `build.py` without wordnet.csv first, then this, then `build.py` again.
"""

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from dateline.extract.actors.lexicon import split_words
from dateline.extract.actors.nationalities import find_nations
from dateline.nlp.en import pack
from dateline.resources.knowledge_base import base
from dateline.resources.reference import fold_name

OUT = Path(__file__).parent / "groups/wordnet.csv"
SOURCE = "# source: WordNet 3.0 (Debian package wordnet-base)\n"
ROOT = "terrorist organization"
ELSEWHERE = {"Orange Group": "GBR", "al-Rashid Trust": "PAK"}  # glosses that mislead
ORDINARY = {
    "Base",
    "FAR",
    "FIG",
    "Klan",
    "Qibla",
    "BR",
    "KR",
    "SL",
    "Tigers",
    "Sol Rojo",
    "Red Sun",
}
ORDINARY |= {"Islamic Community", "Islamic Unity", "Divine Unity", "Freedom Party"}


def main(folder: Path) -> None:
    with OUT.open("w", encoding="utf-8", newline="") as file:
        file.write(SOURCE)
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["name", "kind", "country", "sectors", "also", "roles"])
        rows.writerows(sorted(groups(folder)))


def groups(folder: Path) -> Iterator[list[str]]:
    senses, below = read(folder / "data.noun")
    roots = [each for each, (names, _) in senses.items() if ROOT in names]
    todo, seen = list(roots), set(roots)
    while todo:
        for each in below[todo.pop()] - seen:
            seen.add(each)
            todo.append(each)
    for each in seen - set(roots):
        names, gloss = senses[each]
        land = ELSEWHERE.get(names[0]) or country(gloss)
        if land and not any(base().find(name) for name in names):
            also = [f"=?{n}" if n.isupper() else n for n in names[1:]]
            kept = [n for n in also if n.lstrip("=?") not in ORDINARY]
            yield [titled(names[0]), "armed group", land, "REB", "|".join(kept), ""]


def read(path: Path) -> tuple[dict[str, tuple[list[str], str]], dict[str, set[str]]]:
    """Return the names and gloss of every sense, and the senses below it."""
    senses: dict[str, tuple[list[str], str]] = {}
    below: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("  "):
            continue
        body, gloss = line.split(" | ", 1)
        cells = body.split()
        size = int(cells[3], 16)
        names = [cells[4 + 2 * n].replace("_", " ") for n in range(size)]
        senses[cells[0]] = names, gloss.strip()
        links = cells[5 + 2 * size :]
        for mark, other in zip(links[::4], links[1::4], strict=False):
            if mark in ("@", "@i"):
                below[other].add(cells[0])
    return senses, below


def country(gloss: str) -> str:
    """Return the one country that the first clause of a gloss names, or nothing."""
    first = list(split_words(gloss.split(";", maxsplit=1)[0], pack.lexicon))
    found = {n.code for n in find_nations(first, pack.lexicon)}
    return found.pop() if len(found) == 1 else ""


def titled(name: str) -> str:
    return f"?{name}" if re.fullmatch(r"\w+", fold_name(name)) else name


if __name__ == "__main__":
    main(Path(sys.argv[1]))
