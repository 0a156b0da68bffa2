"""A type renamed in a copy of the codebook: another name, and nothing else."""

import re
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from dateline.extract.event_coref.mentions import of_record
from dateline.ingest.reading.inputs import complete_report
from dateline.model import Report
from dateline.model.record import claim_record, revive_claim
from dateline.pipeline.factory import Options, make_coder

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.txt"))
TYPES = ("AGREE", "CONSULT", "ASSAULT", "SANCTION", "ACCUSE", "REQUEST")
Record = dict[str, Any]


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the codebook in which six types have another name."""
    copy = tmp_path_factory.mktemp("codebooks") / "ours"
    shutil.copytree(str(files("dateline.resources.codebook") / "plover"), copy)
    for table in copy.glob("*.tsv"):
        rows = table.read_text("utf-8")
        for name in TYPES:  # but for what the reader calls it, the second column
            whole = rf"(?<![\w-]){name}(?![\w-])"
            if table.stem == "types":
                rows = re.sub(rf"(?m)^{name}\t", f"OUR-{name}\t", rows)
            else:
                rows = re.sub(whole, f"OUR-{name}", rows)
        table.write_text(rows, "utf-8")
    return copy


def told(codebook: str) -> list[Record]:
    """Return the claims of the examples, as records."""
    program = make_coder(Options(codebook=codebook))
    texts = {path.stem: path.read_text("utf-8") for path in EXAMPLES}
    found = [program.code(complete_report(Report(n, t, language=""))) for n, t in texts.items()]
    return [claim_record(c, texts[c.report_id]) for each in found for c in each.claims]


def grouped(claims: list[Record]) -> set[frozenset[tuple[str, int]]]:
    """Return the claims of each event, by report and place."""
    events: dict[str, set[tuple[str, int]]] = {}
    for one in claims:
        at = (one["report"], one["trigger"]["start"])
        events.setdefault(one["event"], set()).add(at)
    return set(map(frozenset, events.values()))


def test_renamed_types_change_no_event_and_no_sureness(renamed: Path) -> None:
    ours, plain = told(str(renamed)), told("plover")
    assert any(one["type"].startswith("OUR-") for one in ours)
    for one, other in zip(ours, plain, strict=True):
        assert one["type"].removeprefix("OUR-") == other["type"]
        assert one["confidence"] == other["confidence"]
    assert grouped(ours) == grouped(plain)
    for one, other in zip(ours, plain, strict=True):
        assert of_record(one).deed == of_record(other).deed
        assert claim_record(revive_claim(one), "")["deed"] == one["deed"]
