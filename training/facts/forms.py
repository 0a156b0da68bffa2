"""The forms of a name: what is written, of which kind, and how strictly it counts.

A form that begins with "=" counts only as it stands, one with "?" needs context.
"""

import re

from tables import split

from dateline.resources.reference import cased, fold_name

FAMILY_FIRST = {"CHN", "PRK", "KOR", "TWN", "HKG"}


def form(text: str, kind: str = "") -> tuple[str, str, int]:
    bare = text.lstrip("=?")
    if hit := re.search(r" \([^()]+\)$", bare):
        bare, text = bare[: hit.start()], "?" + text
    kept = cased(bare)
    capitals = sum(c.isupper() for c in kept)
    acronym = capitals >= 2 and " " not in bare and len(bare) <= 12 and not bare.islower()
    acronym = acronym and capitals >= len(kept) - 1
    strict = "=" in text[:2] or (acronym and len(kept) <= 4)
    loose = "?" in text[:2]
    return bare, kind or ("acronym" if acronym else "short"), strict + 2 * loose


def people_form(text: str) -> tuple[str, str, int]:
    plural = text.endswith(("s", "men", "women", "ese", "ish", "ch"))
    return form(text, "plural demonym" if plural else "demonym")


def surnames(cells: dict[str, str]) -> list[tuple[str, str, int]]:
    """The forms of second mention: told in the table, else the family name."""
    told = split(cells["short"])
    if told == ["-"]:
        return []
    if not told:
        told = [family(cells["name"].lstrip("=?"), cells["country"])]
        told = [t for t in told if fold_name(t) != fold_name(cells["name"])]
    return [(t.rstrip("*"), "surname", 0 if t.endswith("*") else 2) for t in told] + [
        (t.split(" ", 1)[1].rstrip("*"), "surname", 2)
        for t in told
        if t.lower().startswith(("al ", "el "))
    ]


def family(name: str, country: str) -> str:
    words = name.split()
    if country in FAMILY_FIRST:
        return words[0]
    if words[-1].rstrip(".") in ("Jr", "Sr", "II", "III"):
        words = words[:-1]
    return re.sub(r"^(?:al|el|ad|as|an|ar|at)-", "", words[-1], flags=re.I)
