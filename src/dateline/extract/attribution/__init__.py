"""According to whom: every attribution of a report, and the speakers of an action."""

from dateline.extract.attribution.find import attributions
from dateline.extract.attribution.spans import Saying
from dateline.extract.attribution.speakers import Speakers, Voice, tabulate_voices

__all__ = ["Saying", "Speakers", "Voice", "attributions", "tabulate_voices"]
