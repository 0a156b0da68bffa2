"""The page of figures, made of docs/measures.toml: one table an area."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent.parent / "docs"
DATA = DOCS / "measures.toml"
PAGE = DOCS / "measures.md"
NUMBER = r"-?(?:\d[\d,]*(?:\.\d+)?|\.\d+)"
BOUND = re.compile(rf"(>=|<=) ({NUMBER})(?: of ({NUMBER}))?")
RANGE = re.compile(rf"({NUMBER}) to ({NUMBER})")
VALUE = re.compile(rf"({NUMBER})(?: of ({NUMBER}))?(%?)")
QUOTED = re.compile(r"(<!-- figure (\w+): ([^>]+?) -->)(?:\d+ of \d+|[^\s|;:,)]+)")
SIGNS = {">=": "≥", "<=": "≤"}
HOW = ("data", "command", "commit", "date")


def figures_page() -> str:
    """Return the page: a head, how many aims are met, one table an area."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    areas = data["area"]
    marks = [mark for area in areas for f in area["figure"] if (mark := judge(f))]
    short = sum(mark == "short" for mark in marks)
    told = (
        f"Of {len(marks)} figures that have an aim {len(marks) - short} reach it;"
        f" the {short} that fall short are marked **!**."
    )
    tables = [line for area in areas for line in area_table(area)]
    return "\n".join([data["head"], told, *tables]) + "\n"


def quoted_figures(page: str) -> str:
    """Return a page with the figures that it quotes as they stand in the data.

    A quoted figure is marked `<!-- figure AREA: NAME -->` before it. Raises KeyError
    for one that is not in the data.
    """
    areas = tomllib.loads(DATA.read_text(encoding="utf-8"))["area"]
    known = {(a["id"], f["name"]): f["value"] for a in areas for f in a["figure"]}
    return QUOTED.sub(lambda m: f"{m[1]}{known[m[2], m[3]]}", page)


def area_table(area: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of one area: its heading, how it was measured, its table."""
    yield from ("", f"## {area['title']}", "")
    if note := area.get("note"):
        yield from (note, "")
    yield f"Where a row does not say otherwise: {'; '.join(told_how(area))}."
    yield from ("", "| figure | value | before | aim | data, command | when |")
    yield "|---|---|---|---|---|---|"
    for figure in area["figure"]:
        mark = "**!** " if judge(figure) == "short" else ""
        own = {key: figure[key] for key in HOW if key in figure}
        what = "; ".join(told_how({k: own[k] for k in HOW[:2] if k in own}))
        when = ", ".join(told_how({k: own[k] for k in HOW[2:] if k in own}))
        aim = BOUND.sub(lambda m: m[0].replace(m[1], SIGNS[m[1]]), figure.get("aim", ""))
        cells = (figure["name"], mark + figure["value"], figure.get("before", ""), aim, what, when)
        yield "| " + " | ".join(cells) + " |"


def told_how(table: dict[str, Any]) -> Iterator[str]:
    """Yield data, command, commit and date of an area or figure, as they are told."""
    if words := table.get("data"):
        yield words
    if words := table.get("command"):
        yield f"`{words}`"
    if "commit" in table:
        yield f"commit {words}" if (words := table["commit"]) else "commit not noted"
    if day := table.get("date"):
        yield spelled(day)


def spelled(day: date) -> str:
    """Return a day as it is written in the docs."""
    return f"{day.day} {day:%b %Y}"


def judge(figure: dict[str, Any]) -> str | None:
    """Return "met" or "short", or None where a figure has no aim.

    Raises ValueError where an aim in words does not say whether it is met, or a
    value has no number to hold against its aim.
    """
    aim = figure.get("aim")
    if not aim:
        return None
    if "met" in figure:
        return "met" if figure["met"] else "short"
    value = number(VALUE.search(figure["value"]))
    if bound := BOUND.match(aim):
        least = number(VALUE.search(bound[0]))
        good = value >= least if bound[1] == ">=" else value <= least
    elif span := RANGE.match(aim):
        good = number(VALUE.match(span[1])) <= value <= number(VALUE.match(span[2]))
    else:
        raise ValueError(f"{figure['name']}: the aim {aim!r} needs met = true or false")
    return "met" if good else "short"


def number(found: re.Match[str] | None) -> float:
    """Return a number as it stands in a cell: 1,086; .62; 8 of 9; 29%."""
    if not found:
        raise ValueError("no number to hold against an aim")
    first, of, percent = found[1].replace(",", ""), found[2], found[3]
    share = float(first) / float(of.replace(",", "")) if of else float(first)
    return share / 100 if percent else share
