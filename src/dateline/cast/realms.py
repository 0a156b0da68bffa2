"""Whom "the kingdom" means: a land that the base knows to have a monarch on the day."""

from dateline.cast.names import Figure, Figures
from dateline.facts import base
from dateline.model import Parsed
from dateline.reference import countries


class Realms:
    """The lands of a report, and which of them have a monarch."""

    def __init__(self, parsed: Parsed, figures: Figures) -> None:
        """Take the report, of which the day counts, and its figures."""
        self.parsed = parsed
        self.figures = figures
        self.day = parsed.report.day

    def never(self, n: int) -> frozenset[int]:
        """Return the lands that a realm is not, for want of a monarch."""
        return frozenset(who for who, crowned in self.lands(n).items() if not crowned)

    def holder(self, n: int) -> int | None:
        """Return the one land before a realm that has a monarch, if one."""
        found = [who for who, crowned in self.lands(n).items() if crowned]
        return found[0] if len(found) == 1 else None

    def lands(self, n: int) -> dict[int, bool]:
        """Return the lands told before a realm, and whether each has a monarch."""
        mention = self.figures.mentions[n]
        realms = self.parsed.words("cast.realm")
        realm = mention.kind == "noun" and mention.words[-1] in realms
        if not realm or mention.many or mention.definite != "the" or not self.day:
            return {}
        found = {}
        for who, figure in enumerate(self.figures.figures):
            before = self.figures.mentions[figure.mentions[0]].first < mention.first
            if before and (code := self.land(figure)):
                found[who] = bool(base().holders(code, "monarch", self.day))
        return found

    def land(self, figure: Figure) -> str:
        """Return the land that a figure or its capital is, "" for none."""
        name = self.figures.mentions[figure.best]
        if figure.sort not in ("state", "place"):
            return ""
        tokens = self.parsed.tokens[name.first : name.last]
        text = self.parsed.text[tokens[0].start : tokens[-1].end]
        known = countries()
        row = known.by_name(text) or known.by_demonym(text) or known.by_capital(text)
        return row.answers if row else ""
