"""What the questions need to know of a report besides its words."""

from dataclasses import dataclass
from datetime import date

from dateline.model.answers import Dating


@dataclass(frozen=True, slots=True)
class Setting:
    """A report's day, the time zone of its dateline and the home of its outlet.

    `zone` is an IANA name ("Asia/Seoul") or "" when unknown; `home` and `filed` are
    ISO-3166 alpha-3 countries of the outlet and of the dateline, or "".
    """

    dating: Dating
    zone: str = ""
    home: str = ""
    filed: str = ""

    @property
    def day(self) -> date | None:
        """The one day the report is known to be of, else None."""
        dating = self.dating
        return dating.latest if dating.earliest == dating.latest else None
