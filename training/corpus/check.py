"""Check the corpus: marks, labels, modes, slots, doubles; print its counts."""

from __future__ import annotations

import random
import re
import sys
from collections import Counter

import corpus

MODES = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold"
    " misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms"
    " explosives suicide-attack aerial drone heavy-weapons crowd-control"
    " unconventional",
    "NONE": "",
}
CONTEXTS = frozenset(
    "military intelligence executive legislative election political_institutions"
    " pro_democracy pro_autocracy economic legal reparations human_rights"
    " rights_freedoms repression human_security gender lgbt religion_ethnicity"
    " inequality diplomatic territory peacekeeping health asylum migration disasters"
    " natural_resource environment technology terrorism cbrn cyber misinformation"
    " crime corruption illegal_drugs trafficking".split()
)
STATUSES = set(
    "happened ongoing planned expected possible hypothetical denied negated recurring".split()
)
LABEL = re.compile(r"[arbt][2-9]?|[sqopc]")


def act_faults(act: corpus.Act) -> list[str]:
    """Name what is wrong with the labels of one act."""
    faults = [f"type {kind}" for kind in (act.type, act.deed) if kind not in MODES]
    if faults:
        return faults
    allowed = f"{MODES[act.type]} {MODES[act.deed]}".split()
    faults += [f"mode {mode} of {act.type}" for mode in act.modes if mode not in allowed]
    faults += [f"context {word}" for word in act.contexts if word not in CONTEXTS]
    if (act.status == "-") != (act.type == "NONE"):
        faults.append(f"status {act.status} of {act.type}")
    if act.status not in STATUSES | {"-"}:
        faults.append(f"status {act.status}")
    return faults


def mark_faults(line: corpus.Line) -> list[str]:
    """Name what is wrong with the marks and the slots of one line."""
    text, spans = line.plain()
    labels = {label for label, _, _ in spans}
    faults = [f"label {label}" for label in labels if not LABEL.fullmatch(label)]
    faults += [
        f"edge of {label}"
        for label, start, end in spans
        if not text[start:end] or text[start:end] != text[start:end].strip(" ,")
    ]
    acts = [act for act in line.acts if act.type != "NONE"]
    wanted = {"t" if number == 1 else f"t{number}" for number in range(1, len(acts) + 1)}
    if wanted != {label for label in labels if label[0] == "t"}:
        faults.append("triggers and acts differ")
    if "  " in text or "{" in text or "}" in text or text != text.strip():
        faults.append("stray marks or blanks")
    return faults + slot_faults(line.marked)


def slot_faults(marked: str) -> list[str]:
    """Name the slots that no list fills."""
    known = set(corpus.countries()[0]) | {
        path.stem for path in (corpus.HERE / "slots").glob("*.txt")
    }
    names = {name for name, _ in corpus.SLOT.findall(marked)}
    faults = [f"slot {name}" for name in names - known]
    rest = corpus.SLOT.sub("", marked)
    return faults + (["stray < or >"] if "<" in rest or ">" in rest else [])


def check() -> tuple[list[str], list[corpus.Line]]:
    """Read every file; give its faults and its lines."""
    faults, lines, seen = [], [], {}
    for line in corpus.everything():
        wrong = [fault for act in line.acts for fault in act_faults(act)]
        wrong += mark_faults(line)
        key = re.sub(r"\W+", " ", line.plain()[0].lower())
        if key in seen:
            wrong.append(f"the same text as {seen[key]}")
        seen[key] = line.where
        if not wrong:
            corpus.fill(line, random.Random(1)).plain()
        faults += [f"{line.where}: {fault}" for fault in wrong]
        lines.append(line)
    return faults, lines


def report(lines: list[corpus.Line]) -> None:
    """Print the counts a type, mode, context and status."""
    acts = [act for line in lines for act in line.acts]
    print(f"{len(lines)} lines, {len(acts)} acts")
    for name, counts in (
        ("type", Counter(act.type for act in acts)),
        ("deed unlike type", Counter(a.deed for a in acts if a.deed != a.type)),
        ("mode", Counter(f"{act.type} {mode}" for act in acts for mode in act.modes)),
        ("context", Counter(word for act in acts for word in act.contexts)),
        ("status", Counter(act.status for act in acts)),
        ("mark", Counter(label for line in lines for label, _, _ in line.plain()[1])),
    ):
        print(f"\n{name}: " + ", ".join(f"{k} {v}" for k, v in counts.most_common()))
    found = {f"{act.type} {mode}" for act in acts for mode in act.modes}
    missing = [
        f"{kind} {mode}"
        for kind, modes in MODES.items()
        for mode in modes.split()
        if f"{kind} {mode}" not in found
    ]
    print("\nwithout a line:", ", ".join(missing) or "nothing")


if __name__ == "__main__":
    problems, everything = check()
    print("\n".join(problems))
    report(everything)
    sys.exit(bool(problems))
