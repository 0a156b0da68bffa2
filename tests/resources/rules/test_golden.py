"""What the coder makes of a text of ours, and how it explains that, read by a person.

REGOLD=1 writes both files anew: read the difference.
"""

import json
import os
from pathlib import Path
from typing import Any

from dateline.ingest.reading.inputs import complete_report
from dateline.model import Report
from dateline.model.record import claim_record
from dateline.pipeline.factory import make_coder
from dateline.resources.rules.reasons import explain_answers, explain_side

HERE = Path(__file__).parent
TEXT = """The defence minister of Kenya met his Ugandan counterpart in Entebbe, \
the army said on Monday.

Police arrested four opposition activists in Nairobi after the talks, according to a \
rights group. The United States condemned the arrests and called on Kenya to release \
the activists.
"""


def claims() -> list[dict[str, Any]]:
    """Return the claims of the text, without what another machine may round anew."""
    report = complete_report(Report("golden", TEXT))
    found = [claim_record(claim, TEXT) for claim in make_coder().code(report).claims]
    for claim in found:
        claim["confidence"] = round(claim["confidence"], 1)
        assert set(claim.pop("decided")) == {"actors", "recipients"}
    return found


def test_a_side_tells_what_spoke_for_it_and_why_not_another() -> None:
    rival = {"name": "Uganda", "country": "UGA", "sector": ["GOV"], "share": 0.24}
    how = {"sure": 0.7, "spoke": ["named_on_side", "often_mentioned"]}
    told = list(explain_side("actors", how | {"rival": rival | {"spoke": []}}))
    assert told[0][:2] == ("actors", "right: 0.70")
    assert told[0][2].startswith("what spoke for it: the act's own words name it; ")
    assert told[1][:2] == ("why not Uganda (UGA GOV)", "0.24 likely")
    nobody: dict[str, Any] = {
        "name": None,
        "country": None,
        "sector": [],
        "share": 0.1,
        "spoke": [],
    }
    told = list(explain_side("actors", how | {"rival": nobody}))
    assert told[1][0] == "why not nobody"


def test_record_and_explanation_are_the_golden_ones() -> None:
    found = claims()
    assert len(found) >= 4
    told = "".join(
        f"{claim['evidence']['text']}\n"
        + "".join(f"    {' | '.join(line)}\n" for line in explain_answers(claim, TEXT))
        for claim in found
    )
    rows = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    for name, made in (("record.json", rows), ("explain.txt", told)):
        path = HERE / "golden" / name
        if os.environ.get("REGOLD"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(made, encoding="utf-8")
        assert made == path.read_text(encoding="utf-8"), name
