"""Turn the reports of this folder into gold that `benchmarks score reports` reads.

    python training/reports/build.py seen|unseen|fresh OUT

The rules were mended while reading `seen`; of `unseen` only the figures were looked at,
and some settings chosen by them; of `fresh` only figures, and nothing was chosen.
A `.report` holds a head (outlet, published), the text, and one line per event, parted
by `---`. A line reads "importance TYPE/ACCEPTED modes/accepted | trigger | A: words=
COUNTRY/SECTORS; … | R: … | when from..to | where COUNTRY | status main,accepted | says
SPEAKER | again OTHER; OTHERS | reciprocal". "word~2" is the word's second occurrence;
"-" for words means that the text leaves the party unsaid. A day left out after the
dots is an open end; further spans of days after a "/" are right too.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
END = re.compile(r"(?<=[.!?'\"])\s+(?=[A-Z`\"\[])|\n\n")


def main() -> None:
    part, out = sys.argv[1], Path(sys.argv[2])
    for name in ("gold", "texts"):
        (out / name).mkdir(parents=True, exist_ok=True)
    for path in sorted((HERE / part).glob("*.report")):
        head, text, events = path.read_text(encoding="utf-8").split("---\n", 2)
        gold = report(path.stem, head, text, events.strip().splitlines())
        told = json.dumps(gold, ensure_ascii=False, indent=1)
        (out / "gold" / f"{path.stem}.json").write_text(told, encoding="utf-8")
        (out / "texts" / f"{path.stem}.txt").write_text(text, encoding="utf-8")


def report(name: str, head: str, text: str, lines: list[str]) -> dict[str, Any]:
    """Return one report's gold."""
    told = dict(line.split(": ", 1) for line in head.strip().splitlines())
    events = [event(text, f"E{i}", line) for i, line in enumerate(lines, 1)]
    return {"report": name, **told, "traps": [], "events": events}


def event(text: str, number: str, line: str) -> dict[str, Any]:
    """Return one event from its line."""
    first, trigger, *rest = (part.strip() for part in line.split("|"))
    importance, types, modes = first.split(" ", 2)
    kind, *accepted = types.split("/")
    main_mode, *other_modes = (sorted(m.strip("- ").split(",")) for m in modes.split("/"))
    fields = {key: told for key, _, told in (part.partition(" ") for part in rest)}
    again = [m.strip() for m in fields.get("again", "").split(";")]
    mentions = [find(text, m) for m in (trigger, *again) if m]
    status, *also = fields.get("status", "happened").split(",")
    says = fields.get("says")
    when = fields.get("when")
    accept_modes = [[m for m in one if m] for one in (main_mode, *other_modes)]
    return {
        "id": number,
        "event_id": number,
        "importance": importance,
        "trigger": mentions[0],
        "mentions": mentions,
        "evidence": sentence(text, mentions[0]["start"]),
        "type": kind,
        "accept_types": accepted,
        "mode": accept_modes[0],
        "accept_modes": accept_modes if any(accept_modes) else [],
        "actors": parties(text, fields.get("A:", "")),
        "recipients": parties(text, fields.get("R:", "")),
        "reciprocal": "reciprocal" in fields,
        "when": span_of_days(when) if when else None,
        "where": {"country": fields["where"]} if "where" in fields else None,
        "status": status,
        "accept_status": also,
        "said_by": [[says]] if says else [[]],
    }


def span_of_days(told: str) -> dict[str, Any]:
    """Return an interval of days, and the others that are right too."""
    first, *others = ([day or None for day in one.split("..")] for one in told.split("/"))
    return {"from": first[0], "to": first[1], "accept": others}


def parties(text: str, told: str) -> list[dict[str, Any]]:
    """Return the parties of one side."""
    found = []
    for part in filter(None, (p.strip() for p in told.split(";"))):
        words, code = part.split("=")
        country, _, sectors = code.partition("/")
        span = find(text, words) if words != "-" else dict.fromkeys(("text", "start", "end"))
        first, *others = sectors.split(",") if sectors else [None]
        found.append(
            {
                **span,
                "country": None if country == "-" else country,
                "sector": first,
                "accept_countries": ["SRB", "YUG"] if country == "KOS" else [],
                "accept_sectors": others or ([] if sectors else ["GOV"]),
                "implicit": words == "-",
            }
        )
    return found


def find(text: str, words: str) -> dict[str, Any]:
    """Return the n-th occurrence of words, which must be there."""
    words, _, nth = words.partition("~")
    found = [m.span() for m in re.finditer(rf"\b{re.escape(words)}", text)]
    if len(found) < int(nth or 1):
        raise SystemExit(f"not in the text: {words!r}")
    start, end = found[int(nth or 1) - 1]
    return {"text": words, "start": start, "end": end}


def sentence(text: str, at: int) -> dict[str, Any]:
    """Return the sentence around a place."""
    borders = [0, *(m.end() for m in END.finditer(text)), len(text)]
    start = max(b for b in borders if b <= at)
    end = min(b for b in borders if b > at)
    told = text[start:end].rstrip()
    return {"text": told, "start": start, "end": start + len(told)}


if __name__ == "__main__":
    main()
