"""The multiverse of a panel: the same question under every defensible choice.

A conclusion is, for each unit, whether its figure rises or falls from the first half of
the span to the second. It flips where a choice of toll, origins, statuses or precision
turns its sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import product
from typing import Any

from dateline.analysis.frames import TALLIED, Frame
from dateline.analysis.panel import Asked, count_panel
from dateline.analysis.scope import FIRM, TOLLS
from dateline.store.errors import StoreError

ORIGINS = (1, 2, 3)
STATUSES = {
    "happened": ("happened",),
    "done": FIRM,
    "done or planned": (*FIRM, "planned", "expected"),
}
PRECISIONS = {"day": ("day",), "to the month": ("day", "week", "month", "range"), "any": ()}
MOST = 40  # units in a picture
ARROWS = {1: "rises", -1: "falls", 0: "stays"}


@dataclass(frozen=True, slots=True)
class Universe:
    """One set of choices, in words, and the figures of each unit in it.

    A figure is the sum of the first half of the span and that of the second.
    """

    toll: str
    origins: int
    statuses: str
    precision: str
    figures: dict[str, tuple[float, float]]

    @property
    def choices(self) -> tuple[str, str, str, str]:
        """The choices in the order of the columns."""
        return self.toll, str(self.origins), self.statuses, self.precision


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What holds of one unit over all universes.

    `usual` is the sign under the usual choices, `same` the share of universes with that
    sign, `flips` names the choices under which, taken alone, it turns.
    """

    unit: str
    usual: int
    same: float
    least: float
    most: float
    flips: tuple[str, ...]


def count_multiverse(frame: Frame, asked: Asked) -> list[Universe]:
    """Count a panel in every universe, the usual one first.

    Raises StoreError where the span is too short to have two halves. Of measures other
    than tolls there is one toll rule only.
    """
    measure = asked.measures[0]
    tolls: tuple[str, ...] = TOLLS if measure in TALLIED else ("best",)
    tolls = tuple(sorted(tolls, key=lambda toll: toll != "best"))
    whole = replace(asked, measures=(measure,), by="", trace=False, ids=())
    found: list[Universe] = []
    names = ("done", *(s for s in STATUSES if s != "done"))
    spreads = ("any", *(p for p in PRECISIONS if p != "any"))
    for least, status, spread in product(ORIGINS, names, spreads):
        scope = replace(
            frame.scope, origins=least, statuses=STATUSES[status], precisions=PRECISIONS[spread]
        )
        panel = count_panel(frame, whole, scope)
        for toll in tolls:
            end = "" if toll == "best" else f"_{toll}"
            figures = sums_of_halves(panel, f"{measure}{end}")
            found.append(Universe(toll, least, status, spread, figures))
    return sorted(found, key=lambda u: (u.choices != USUAL, u.choices))


USUAL = ("best", "1", "done", "any")


def sums_of_halves(panel: Any, column: str) -> dict[str, tuple[float, float]]:
    """Return of each unit the sums of the two halves of the span."""
    period = panel.asked.period
    periods = sorted({row[period] for row in panel.records()})
    if panel.rows and len(periods) < 2:
        told = "a conclusion needs two periods at the least"
        raise StoreError(f"{told}: a shorter one, or --since and --until")
    late = set(periods[(len(periods) + 1) // 2 :])
    found: dict[str, list[float]] = {}
    for row in panel.records():
        name = " – ".join(str(row[key]) for key in panel.asked.keys)
        sums = found.setdefault(name, [0.0, 0.0])
        sums[row[period] in late] += row[column] or 0
    return {name: (sums[0], sums[1]) for name, sums in found.items()}


def change_sign(figures: tuple[float, float] | None) -> int:
    """Return 1 where a figure rises, -1 where it falls, 0 else."""
    first, second = figures or (0.0, 0.0)
    return (second > first) - (second < first)


def draw_conclusions(universes: Sequence[Universe]) -> list[Conclusion]:
    """Return what holds of each unit, the least certain conclusions first."""
    usual = universes[0]
    named = ("toll", "origins", "statuses", "precision")
    lone = []  # universes of one choice that is not usual, and that choice in words
    for u in universes:
        pairs = zip(named, u.choices, USUAL, strict=True)
        other = [f"{name} {mine}" for name, mine, common in pairs if mine != common]
        if len(other) == 1:
            lone.append((other[0], u))
    names = sorted({name for u in universes for name in u.figures})
    found = []
    for name in names:
        sign = change_sign(usual.figures.get(name))
        signs = [change_sign(u.figures.get(name)) for u in universes]
        sums = [sum(u.figures.get(name, (0.0, 0.0))) for u in universes]
        flips = tuple(
            choice for choice, u in lone if sign and change_sign(u.figures.get(name)) == -sign
        )
        same = sum(s == sign for s in signs) / len(signs)
        found.append(Conclusion(name, sign, same, min(sums), max(sums), flips))
    return sorted(found, key=lambda c: (c.same, c.unit))


def picture_multiverse(universes: Sequence[Universe], title: str) -> str:
    """Return the multiverse as an SVG: a row a unit, a stroke a universe.

    A stroke lies right of the middle where the figure rises in that universe, left
    where it falls, the further the more; the usual choices are the thick one.
    """
    conclusions = draw_conclusions(universes)[:MOST]
    wide, left, row, top = 640, 150, 18, 34
    middle, reach = left + (wide - left) / 2, (wide - left) / 2 - 14
    tall = top + row * len(conclusions) + 26
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}"'
        f' font-family="sans-serif" font-size="11" role="img">',
        f"<title>{escape(title)}</title>",
        f'<text x="8" y="16" font-weight="bold">{escape(title)}</text>',
        f'<line x1="{middle}" x2="{middle}" y1="{top - 8}" y2="{tall - 22}" stroke="#888"/>',
    ]
    for n, each in enumerate(conclusions):
        y = top + row * n + 5
        lines.append(f'<text x="8" y="{y + 4}">{escape(each.unit)}</text>')
        for u in reversed(universes):
            first, second = u.figures.get(each.unit, (0.0, 0.0))
            total = first + second
            x = middle + reach * ((second - first) / total if total else 0)
            usual = u is universes[0]
            colour = "#1f6f8b" if change_sign((first, second)) >= 0 else "#b5482a"
            lines.append(
                f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y - 6}" y2="{y + 6}"'
                f' stroke="{colour}" stroke-width="{3 if usual else 1}"'
                f' stroke-opacity="{1 if usual else 0.45}"/>'
            )
    end = f"falls ← {len(universes)} universes, the usual one thick → rises"
    lines.append(f'<text x="{left}" y="{tall - 8}" fill="#555">{end}</text></svg>')
    return "\n".join(lines) + "\n"
