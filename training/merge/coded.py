"""Code annotated reports, with their days, as lines that claims.py reads.

    PYTHONPATH=src python training/merge/coded.py FOLDER OUT.jsonl

FOLDER has gold/ and texts/. A report is coded with the outlet and day of its marks,
as it is met in use; without the day half of what joins tellings would be missing.
"""

import json
import sys
from pathlib import Path

from report import texts

from dateline.ingest.reading.inputs import complete_report
from dateline.model import Report
from dateline.model.record import claim_record
from dateline.nlp.date_formats import parse_moment
from dateline.pipeline.factory import make_coder


def main() -> None:
    folder, out = map(Path, sys.argv[1:])
    program = make_coder()
    with out.open("w", encoding="utf-8") as file:
        for row, text in texts(folder):
            day = parse_moment(row["published"]) if row.get("published") else None
            outlet = row.get("outlet") or ""
            report = complete_report(Report(row["report"], text, outlet=outlet, published=day))
            for claim in program.code(report).claims:
                file.write(json.dumps(claim_record(claim, text), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
