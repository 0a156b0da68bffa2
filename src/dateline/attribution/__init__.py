"""According to whom: every attribution of a report, and the speakers of an action."""

from dateline.attribution.find import attributions
from dateline.attribution.saying import Saying
from dateline.attribution.speakers import Speakers, Voice, tabulate_voices

__all__ = ["Saying", "Speakers", "Voice", "attributions", "tabulate_voices"]
