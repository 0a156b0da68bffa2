"""What an audit says: precision, recall, agreement of coders, calibration."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dateline.plugins import MissingPart
from dateline.research.audit import BINS, NONE, Key, bin_confidence, judge_answers
from dateline.research.estimate import Estimate, share_of_strata, wilson_share

Record = dict[str, Any]
QUESTIONS = ("claim", "type", "actor", "recipient", "status")


def appraise(
    key: Key, sheets: Sequence[Mapping[str, Record]], gaps: Mapping[str, Record] | None
) -> Record:
    """Return what an audit shows, by part.

    `precision` by question over all claims of the store, `strata` by stratum and by the
    values of each variable, `calibration` by confidence, `recall` where skipped
    sentences were judged, `agreement` where two coders worked. The first sheet counts;
    the second says how far people agree.
    """
    sheet = sheets[0]
    judged = {
        item: judge_answers(key.items[item], true)
        for item, true in sheet.items()
        if item in key.items and key.items[item]["stratum"] != "skipped"
    }
    found: Record = {
        "judged": len(judged),
        "precision": {q: overall_share(key, judged, q) for q in QUESTIONS},
        "strata": strata_table(key, judged),
        "calibration": calibration(key, judged),
    }
    if gaps is not None:
        found["recall"] = recall(key, gaps, found["precision"]["type"])
    if len(sheets) > 1:
        found["agreement"] = coder_agreement(sheets[0], sheets[1])
    return found


def overall_share(
    key: Key, judged: Mapping[str, Mapping[str, bool]], asked: str
) -> Estimate:
    """Return the share of all claims of a store that are right in one question."""
    cells = []
    for name, size in key.sizes.items():
        mine = [right for i, right in judged.items() if in_stratum(key, i, name)]
        cells.append((size, len(mine), sum(right[asked] for right in mine)))
    return share_of_strata(cells)


def in_stratum(key: Key, item: str, name: str) -> bool:
    """Whether an item was drawn from a stratum."""
    return bool(key.items[item]["stratum"] == name)


def strata_table(
    key: Key, judged: Mapping[str, Mapping[str, bool]]
) -> list[tuple[str, str, Estimate]]:
    """Return precision by each value of each variable, and by the strata drawn from."""
    rows: list[tuple[str, str, Estimate]] = []
    for name in key.strata:
        groups: dict[str, list[bool]] = {}
        for item, right in judged.items():
            told = key.items[item][name]
            value = bin_confidence(told) if name == "confidence" else str(told or "-")
            groups.setdefault(value, []).append(right["claim"])
        rows += [
            (name, value, wilson_share(sum(mine), len(mine)))
            for value, mine in sorted(groups.items())
        ]
    return rows


def calibration(key: Key, judged: Mapping[str, Mapping[str, bool]]) -> Record:
    """Return how sure claims of each bin are and how many are right, and the gap.

    The gap is the mean distance of the two, weighted by the claims that a bin holds.
    """
    bins: dict[str, list[tuple[float, bool]]] = {}
    for item, right in judged.items():
        sure = key.items[item]["confidence"]
        bins.setdefault(bin_confidence(sure), []).append((sure, right["claim"]))
    rows, gap = [], 0.0
    for name, mine in sorted(bins.items()):
        share = wilson_share(sum(right for _, right in mine), len(mine))
        mean = sum(sure for sure, _ in mine) / len(mine)
        rows.append((name, mean, share))
        gap += abs(mean - share.value) * len(mine) / len(judged)
    return {"bins": rows, "gap": gap, "edges": BINS}


def recall(key: Key, gaps: Mapping[str, Record], precision: Estimate) -> Record:
    """Return how much the gate loses: events in skipped sentences against those told.

    Acts that were missed in sentences which were read are not in it.
    """
    missed = wilson_share(
        sum(true["type"] != NONE for true in gaps.values()), len(gaps)
    )
    told = sum(key.sizes.values()) * precision.value
    share, low, high = (
        told / (told + key.skipped * part) if told else float("nan")
        for part in (missed.value, missed.high, missed.low)
    )
    return {"missed": missed, "of gate": Estimate(share, low, high, len(gaps))}


def coder_agreement(one: Mapping[str, Record], other: Mapping[str, Record]) -> Record:
    """Return Krippendorff's alpha of two coders for each question, 1 is full agreement.

    None where the two never had to choose. Raises MissingPart without `krippendorff`.
    """
    both = sorted(one.keys() & other.keys())
    found: Record = {"items": len(both)}
    for name in ("type", "actor", "recipient", "status"):
        pairs = [(spell(one[i][name]), spell(other[i][name])) for i in both]
        found[name] = alpha(pairs)
    return found


def spell(answer: Any) -> str:
    """Return an answer as one word."""
    return " ".join(answer) if isinstance(answer, list) else str(answer)


def alpha(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Return Krippendorff's alpha of names given by two, None where all are alike."""
    try:
        from krippendorff import alpha as measure
    except ModuleNotFoundError as error:
        told = "needs krippendorff: pip install '.[analysis]' in the clone"
        raise MissingPart(told) from error
    rows = list(zip(*pairs, strict=True))
    words = sorted({word for row in rows for word in row})
    if len(words) < 2:
        return None
    codes = [[words.index(word) for word in row] for row in rows]
    return float(measure(reliability_data=codes, level_of_measurement="nominal"))
