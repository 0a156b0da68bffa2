"""Audits: a blind sheet drawn by chance, what people said of it, how wrong we are.

What an audit says is precision, recall, agreement of coders, calibration.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from dateline.analysis.estimate import Estimate, share_of_strata, wilson_share
from dateline.model.atomic_write import write_aside
from dateline.model.protocols import ReadStore
from dateline.resources.plugins import MissingPart
from dateline.store.database import filters
from dateline.store.errors import StoreError
from dateline.store.sql import require_claim, require_report

if TYPE_CHECKING:
    from dateline.store.sql import SqlStore

Record = dict[str, Any]
STRATA = ("type", "deed", "country", "status", "confidence", "outlet")
ASKED = ("type", "actor", "recipient", "status")
QUESTIONS = ("claim", *ASKED)
SHOWN = ("item", "report", "outlet", "published", "text", "words")
FIELDS = (*SHOWN, *ASKED, "notes")
NONE = "none"  # no event at all
NOBODY = "-"
BINS = (0.5, 0.7, 0.85)  # where the strata of confidence begin
LEAST = 2  # items of a stratum that are drawn, so that its spread is known
OTHER = "other"  # the strata that are too small to stand alone
AROUND = 400  # characters of a report that are shown on either side of an act
GATE = "actions.gate."  # how the rules begin that skip a sentence unread


@dataclass(frozen=True, slots=True)
class Key:
    """What was drawn: the answers of the program, which coders do not see.

    `sizes` is how many claims each stratum holds, `pooled` the strata that went into
    "other"; `skipped` is how many sentences were skipped unread.
    """

    strata: tuple[str, ...]
    sizes: dict[str, int]
    pooled: tuple[str, ...]
    items: dict[str, Record]
    skipped: int
    types: tuple[str, ...]
    seed: int


def bin_confidence(sure: float) -> str:
    """Return the stratum of a confidence.

    >>> bin_confidence(0.6)
    '.50 to .70'
    """
    edges = [0.0, *(b for b in BINS), 1.0]
    at = sum(sure >= b for b in BINS)
    ends = [f"{e:.2f}".lstrip("0") if e < 1 else "1" for e in edges]
    return f"{ends[at] or '0'} to {ends[at + 1]}"


def stratum_of(told: Mapping[str, Any], strata: Sequence[str]) -> str:
    """Return the stratum of a claim (or of an event, by its surest claim)."""
    parts = {**told, "confidence": bin_confidence(told["confidence"])}
    return " | ".join(str(parts[name] or NOBODY) for name in strata)


def draw_audit(
    store: "SqlStore", many: int, strata: Sequence[str], seed: int, skipped: int
) -> tuple[Key, list[Record], list[Record]]:
    """Return the key, the rows of the blind sheet and those of skipped sentences.

    Raises StoreError for a stratum that there is none of, and an empty store.
    """
    wrong = [name for name in strata if name not in STRATA]
    if wrong:
        raise StoreError(f"no stratum {wrong[0]!r}: there are {', '.join(STRATA)}")
    groups = stratify_claims(store, strata)
    if not groups:
        raise StoreError(f"{store.where} holds no claim to audit: code reports first")
    total = sum(map(len, groups.values()))
    pooled = sorted(  # of these fewer than two would be drawn: they become one
        name for name, found in groups.items() if many * len(found) / total < LEAST
    )
    if len(pooled) > 1:
        groups[OTHER] = [facts for name in pooled for facts in groups.pop(name)]
    else:
        pooled = []
    luck = Random(seed)
    items: dict[str, Record] = {}
    for name, drawn in allot_draws(groups, many).items():
        for facts in sorted(luck.sample(groups[name], drawn), key=lambda f: f["claim"]):
            items[f"{len(items)}"] = {**facts, "stratum": name}
    order = list(items.values())
    luck.shuffle(order)
    rows, named = [], {}
    for number, facts in enumerate(order, 1):
        item = f"c{number:04}"
        row = blind_row(store, item, facts)
        rows.append(row)
        named[item] = {**facts, "seal": seal_row(row)}
    gaps, every = draw_skipped(store, skipped, luck)
    for row in gaps:
        named[row["item"]] = {"stratum": "skipped", "seal": seal_row(row)}
    sizes = {name: len(found) for name, found in groups.items()}
    with store.reading() as to:  # what a coder may write, by the store's codebooks
        types = tuple(sorted(filters.legal_values(to, "type")))
    key = Key(tuple(strata), sizes, tuple(pooled), named, every, types, seed)
    return key, rows, gaps


def stratify_claims(store: "SqlStore", strata: Sequence[str]) -> dict[str, list[Record]]:
    """Return by stratum what claims are stratified by, and what coders are asked."""
    groups: dict[str, list[Record]] = {}
    for claim, head in store.claims_and_heads({}):
        sides = {
            name: sorted({w["country"] for w in claim[f"{name}s"] if w["country"]})
            for name in ("actor", "recipient")
        }
        facts = {
            **{name: claim[name] for name in ("type", "deed", "status", "confidence")},
            **sides,
            "country": next((w["country"] for w in claim["actors"] if w["country"]), ""),
            "outlet": head["outlet"],
            "claim": claim["id"],
            "report": claim["report"],
        }
        groups.setdefault(stratum_of(facts, strata), []).append(facts)
    return groups


def allot_draws(groups: Mapping[str, Sequence[Any]], many: int) -> dict[str, int]:
    """Return how many are drawn of each stratum: by its size, two at the least.

    >>> allot_draws({"a": range(90), "b": range(10)}, 20)
    {'a': 18, 'b': 2}
    """
    total = sum(map(len, groups.values()))
    exact = {name: many * len(found) / total for name, found in groups.items()}
    given = {name: min(len(groups[name]), max(LEAST, int(share))) for name, share in exact.items()}
    rest = min(many, total) - sum(given.values())
    for name in sorted(exact, key=lambda n: (int(exact[n]) - exact[n], n)):
        if rest > 0 and given[name] < len(groups[name]):
            given[name] += 1
            rest -= 1
    return given


def blind_row(store: ReadStore, item: str, facts: Record) -> Record:
    """Return what a coder sees of a claim: the words around it, and nothing of ours."""
    claim = require_claim(store, facts["claim"])
    report = require_report(store, facts["report"])
    at = claim["trigger"]
    text = report["text"]
    start, end = max(0, at["start"] - AROUND), at["end"] + AROUND
    marked = f"{text[start : at['start']]}[[{at['text']}]]{text[at['end'] : end]}"
    head = (item, facts["report"], report["outlet"], report["published"] or "")
    return empty_row(*head, " ".join(marked.split()), at["text"])


def empty_row(*shown: str) -> Record:
    """Return a row of a sheet to be filled in, by what it shows."""
    row = dict(zip(SHOWN, shown, strict=True))
    return row | dict.fromkeys((*ASKED, "notes"), "")


def draw_skipped(store: ReadStore, many: int, luck: Random) -> tuple[list[Record], int]:
    """Return rows of sentences that were skipped unread, and how many there are."""
    places = [
        (report["id"], report["outlet"], report["published"] or "", gap)
        for report in store.reports()
        for gap in report["left_out"] or ()
        if gap["rule"].startswith(GATE)
    ]
    rows = []
    for number, found in enumerate(luck.sample(places, min(many, len(places))), 1):
        report, outlet, published, gap = found
        text = require_report(store, report)["text"][gap["start"] : gap["end"]]
        head = (f"s{number:04}", report, outlet, published)
        rows.append(empty_row(*head, " ".join(text.split()), ""))
    return rows, len(places)


def seal_row(row: Mapping[str, str]) -> str:
    """Return a short hash of what a row shows, so that an altered one is known."""
    told = "\0".join(str(row.get(name) or "") for name in SHOWN)
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def key_path(sheet: Path) -> Path:
    """Return where the key of a sheet lies."""
    return sheet.with_name(sheet.name.split(".")[0] + ".key.json")


def write_audit(out: Path, key: Key, rows: Sequence[Record], gaps: Sequence[Record]) -> list[Path]:
    """Write the sheet, its key, and the sheet of skipped passages if there are any."""
    files = [(out, rows)]
    if gaps:
        beside = out.with_name(out.name.split(".")[0] + ".skipped.csv")
        files.append((beside, gaps))
    for path, lines in files:
        with write_aside(path) as to, to.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(lines)
    with write_aside(key_path(out)) as to:
        to.write_text(json.dumps(asdict(key), ensure_ascii=False, indent=1), "utf-8")
    return [*(path for path, _ in files), key_path(out)]


def read_audit_key(path: Path) -> Key:
    """Return the key of an audit. Raises StoreError for what is none."""
    try:
        told = json.loads(path.read_text("utf-8"))
        told |= {n: tuple(told[n]) for n in ("strata", "pooled", "types")}
        return Key(**told)
    except (OSError, ValueError, TypeError, KeyError) as error:
        why = "is no key of an audit"
        raise StoreError(f"{path} {why}: keep it beside its sheet ({error})") from error


def read_sheet(path: Path, key: Key) -> dict[str, Record]:
    """Return what a coder wrote, by item, in the program's codes.

    Raises StoreError for rows that are missing, altered, twice there, not filled in, or
    filled with a type that there is none of; each is named.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise StoreError(f"{path} is no audit sheet: {error}") from error
    if not rows or not {*SHOWN, *ASKED} <= set(rows[0]):
        need = ", ".join((*SHOWN, *ASKED))
        raise StoreError(f"{path} is no audit sheet: it needs the columns {need}")
    refuse_faults(path, rows, key)
    found = {}
    for row in rows:
        kind = (row["type"] or "").strip()
        sides = {
            side: sorted(set((row[side] or "").replace(",", " ").upper().split()) - {NOBODY})
            for side in ("actor", "recipient")
        }
        found[row["item"]] = {
            "type": kind if kind == NONE else kind.upper(),
            **sides,
            "status": (row["status"] or "").strip().lower(),
        }
    return found


def refuse_faults(path: Path, rows: Sequence[Record], key: Key) -> None:
    """Refuse a sheet with rows missing, altered, doubled or not filled in."""
    first = rows[0]["item"][:1]  # a sheet of claims or of skipped sentences
    wanted = {item for item in key.items if item[:1] == first}
    there = Counter(row["item"] for row in rows)
    types = {*key.types, NONE}
    known = [row for row in rows if row["item"] in key.items]
    faults = {
        "not of this audit": [i for i in there if i not in key.items],
        "twice there": [i for i, n in there.items() if n > 1],
        "missing": sorted(wanted - set(there)),
        "altered (what they show is not what was drawn)": [
            row["item"] for row in known if seal_row(row) != key.items[row["item"]]["seal"]
        ],
        f"without a type (write {NONE} where no event is told)": [
            row["item"] for row in known if not (row["type"] or "").strip()
        ],
        f"with a type that there is none of (there are {', '.join(key.types)})": [
            row["item"]
            for row in known
            if (told := (row["type"] or "").strip())
            and told not in types
            and told.upper() not in types
        ],
    }
    for what, items in faults.items():
        if items:
            some = ", ".join(items[:5]) + (" …" if len(items) > 5 else "")
            raise StoreError(f"{path}: {len(items)} rows are {what}: {some}")


def judge_answers(told: Record, true: Record) -> dict[str, bool]:
    """Return which answers of the program are right, by what a person says.

    `claim` is what a claim's confidence is about: type and both parties. The status
    counts where the coder wrote one.
    """
    kind = told["type"] == true["type"]
    sides = {side: told[side] == true[side] for side in ("actor", "recipient")}
    status = not true["status"] or told["status"] == true["status"]
    return {"type": kind, **sides, "status": status, "claim": kind and all(sides.values())}


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
    by_stratum = {
        name: [r for item, r in judged.items() if key.items[item]["stratum"] == name]
        for name in key.sizes
    }
    precision = {
        asked: share_of_strata(
            [
                (key.sizes[name], len(mine), sum(right[asked] for right in mine))
                for name, mine in by_stratum.items()
            ]
        )
        for asked in QUESTIONS
    }
    strata: list[tuple[str, str, Estimate]] = []
    for name in key.strata:
        groups: dict[str, list[bool]] = {}
        for item, right in judged.items():
            told = key.items[item][name]
            value = bin_confidence(told) if name == "confidence" else str(told or "-")
            groups.setdefault(value, []).append(right["claim"])
        strata += [
            (name, value, wilson_share(sum(mine), len(mine)))
            for value, mine in sorted(groups.items())
        ]
    found: Record = {
        "judged": len(judged),
        "precision": precision,
        "strata": strata,
        "calibration": calibration(key, judged),
    }
    if gaps is not None:
        found["recall"] = recall(key, gaps, found["precision"]["type"])
    if len(sheets) > 1:
        found["agreement"] = coder_agreement(sheets[0], sheets[1])
    return found


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
    missed = wilson_share(sum(true["type"] != NONE for true in gaps.values()), len(gaps))
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
        pairs = [(spell_answer(one[i][name]), spell_answer(other[i][name])) for i in both]
        found[name] = alpha(pairs)
    return found


def spell_answer(answer: Any) -> str:
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
