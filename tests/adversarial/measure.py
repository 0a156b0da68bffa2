"""Measure which of the adversarial pairs of reports become one event.

    python -m tests.adversarial.measure [FILE ...] [--list FAMILY|missed]

Each line of a file has two invented reports, the words of the act that is compared in
each, the family (the attribute in which different events differ, or "same"), and whether
the two are one event. Each pair is coded and joined alone, as a store joins two reports.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dateline.events.cross_document import merge_units
from dateline.events.merging import stored_telling
from dateline.extract.event_coref.constraints import ATTRIBUTES
from dateline.extract.event_coref.lexicon import story
from dateline.extract.event_coref.mentions import Telling, join_tellings
from dateline.model import Report
from dateline.model.record import claim_record
from dateline.pipeline.factory import Options, make_coder

FILES = tuple(sorted(Path(__file__).parent.glob("pairs_*.jsonl")))
Pair = Mapping[str, Any]


def read_pairs(paths: Iterable[Path] = FILES) -> list[Pair]:
    """Return the pairs of some files."""
    lines = (line for path in paths for line in path.read_text("utf-8").splitlines())
    return [json.loads(line) for line in lines if line.strip()]


def code_reports(program: Any, pair: Pair) -> Iterator[tuple[Report, list[dict[str, Any]]]]:
    """Yield each report of a pair with the records of its claims."""
    for side in "ab":
        told = pair[side]
        report = Report(
            f"{pair['id']}-{side}",
            told["text"],
            outlet=told["outlet"],
            published=date.fromisoformat(told["published"]),
        )
        coded = program.code(report)
        yield (report, [{**claim_record(c, report.text), "sense": c.sense} for c in coded.claims])


def mentions(report: Report, claims: Sequence[Mapping[str, Any]]) -> dict[str, Telling]:
    """Return each claim of a report as joining sees it, by the claim's id."""
    item = {"text": report.text, "title": "", "published": f"{report.published:%Y-%m-%d}"}
    return {
        claim["id"]: stored_telling({"record": claim, "sense": claim["sense"]}, item)
        for claim in claims
    }


def joined(program: Any, pair: Pair) -> tuple[bool, bool]:
    """Return whether the compared acts are one event, and whether both were coded."""
    units, stories, compared = [], {}, []
    for side, (report, claims) in zip("ab", code_reports(program, pair), strict=True):
        start = report.text.index(pair[side]["trigger"])
        end = start + len(pair[side]["trigger"])
        stories[report.id] = story(report.text, "")
        parts = defaultdict(list)
        for claim_id, one in mentions(report, claims).items():
            claim = next(c for c in claims if c["id"] == claim_id)
            parts[claim["event"]].append(one)
        units += [join_tellings(some, part) for part, some in sorted(parts.items())]
        here = {
            c["event"]
            for c in claims
            if c["trigger"]["start"] < end and start < c["trigger"]["end"]
        }
        compared.append(here)
    if not all(compared):
        return False, False
    events = merge_units(units, stories).events
    one, two = ({events[part] for part in some} for some in compared)
    return bool(one & two), True


def measure(pairs: Sequence[Pair], program: Any | None = None) -> dict[str, tuple[bool, bool]]:
    """Return for each pair whether its acts are one event and whether both were coded."""
    program = program or make_coder(Options())
    return {pair["id"]: joined(program, pair) for pair in pairs}


def table(pairs: Sequence[Pair], results: Mapping[str, tuple[bool, bool]]) -> list[str]:
    """Return lines with the share of pairs joined, by family and kind."""
    lines = [f"{'family':10} {'kind':9} {'pairs':>5} {'joined':>6} {'share':>6} {'coded':>6}"]
    for family in ("all different", *ATTRIBUTES, "same"):
        for kind in ("template", "words"):
            ids = [
                pair["id"]
                for pair in pairs
                if pair["kind"] == kind
                if pair["family"] == family or (family == "all different" and not pair["same"])
            ]
            if ids:
                hits = sum(results[name][0] for name in ids)
                coded = sum(results[name][1] for name in ids)
                row = f"{len(ids):5} {hits:6} {hits / len(ids):6.1%} {coded / len(ids):6.1%}"
                lines.append(f"{family:10.13} {kind:9} {row}")
    same = [pair["id"] for pair in pairs if pair["same"]]
    hits = sum(results[name][0] for name in same)
    lines.append(f"must join: {hits} of {len(same)} ({hits / max(1, len(same)):.1%})")
    lines.append("join all: 100% of both; join none: 0% of both")
    return lines


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=FILES)
    parser.add_argument("--list", default="", help="pairs of a family that joined, or missed")
    options = parser.parse_args()
    pairs = read_pairs(options.files)
    results = measure(pairs)
    print("\n".join(table(pairs, results)))
    for pair in pairs:
        hit, coded = results[pair["id"]]
        wrong = options.list in (pair["family"], "all") and not pair["same"] and hit
        if wrong or (options.list == "missed" and pair["same"] and not hit):
            print(f"\n{pair['id']} {pair['kind']} ({pair.get('note', '')}) coded: {coded}")
            print(f"  {pair['a']['text'][:300]}\n  {pair['b']['text'][:300]}")


if __name__ == "__main__":
    main()
