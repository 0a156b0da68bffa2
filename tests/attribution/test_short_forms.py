"""Short forms speak by the name that the report introduces them with."""

from dateline.model import Report
from dateline.parts import Options, make_coder

TEXT = (
    "The Ministry of State Security (MSS) met. China had arrested a spy, the MSS said"
    " on Friday. Laos's Council for Public Order (Coporla) was silent. Rebels had"
    " attacked two villages, Coporla said on Saturday."
)


def test_a_short_form_in_brackets_speaks_by_its_name():
    claims = make_coder(Options()).code(Report("r", TEXT)).claims
    told = {s.text for c in claims for s in c.attribution.speakers}
    assert told == {"Ministry of State Security", "Council for Public Order"}
