"""Reviewed reports as tasks for Label Studio: text, spans with their words, relations.

What the program said comes as predictions, what people left of it as an annotation.
Offsets are in code points, with the words of each span beside them.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

Record = dict[str, Any]
SIDES = {"actors": "actor", "recipients": "recipient", "said_by": "speaker"}
COLOURS = {"act": "#d9534f", "actor": "#5cb85c", "recipient": "#5bc0de"}
COLOURS |= {"speaker": "#9b7fd1", "when": "#e6b800", "where": "#5b8def"}


def task(report: Record, program: Sequence[Record]) -> Record:
    """Return one report as a task; `program` are the claims as they were coded."""
    names = ("id", "title", "outlet", "url", "published")
    data = {"text": report["text"], **{name: report[name] for name in names}}
    made = list(results(report["claims"]))
    people = {"reviewers": report["reviewers"], "complete": report["complete"]}
    said = {"model_version": "dateline", "result": list(results(program))}
    return {
        "data": data,
        "annotations": [{"result": made, "ground_truth": report["complete"]}],
        "predictions": [said],
        "meta": people,
    }


def results(claims: Iterable[Record]) -> Iterator[Record]:
    """Yield the regions of claims, their choices, and the relations between them."""
    for claim in claims:
        act = claim["id"]
        yield label_region(act, claim["trigger"], "act")
        yield choice(act, claim["trigger"], "type", [claim["type"]])
        yield choice(act, claim["trigger"], "status", [claim["status"]])
        if claim["mode"]:
            yield choice(act, claim["trigger"], "mode", claim["mode"])
        for name, part, at in labelled_parts(claim):
            yield label_region(name, at, part)
            yield relation(act, name, part)


def labelled_parts(claim: Record) -> Iterator[tuple[str, str, Record]]:
    """Yield the parts of a claim that stand in the text: id, label, words."""
    for side, label in SIDES.items():
        for rank, who in enumerate(claim[side]):
            if who["start"] is not None:
                yield f"{claim['id']}-{label}-{rank}", label, who
    for question in ("when", "where"):
        told = claim[question]
        if told and told["start"] is not None:
            yield f"{claim['id']}-{question}", question, told


def label_region(name: str, at: Record, label: str) -> Record:
    """Return a stretch of the text under a label."""
    value = {**label_offsets(at), "labels": [label]}
    return {**label_control("label", "labels"), "id": name, "value": value}


def choice(name: str, at: Record, question: str, chosen: Sequence[str]) -> Record:
    """Return an answer that belongs to a stretch."""
    value = {**label_offsets(at), "choices": list(chosen)}
    return {**label_control(question, "choices"), "id": name, "value": value}


def relation(act: str, part: str, label: str) -> Record:
    """Return that a stretch is a part of an act."""
    ends = {"from_id": act, "to_id": part, "direction": "right"}
    return {"type": "relation", **ends, "labels": [label]}


def label_control(name: str, kind: str) -> Record:
    """Return which control of the interface a result belongs to."""
    return {"from_name": name, "to_name": "text", "type": kind}


def label_offsets(at: Record) -> Record:
    """Return offsets with the words that stand there."""
    return {name: at[name] for name in ("start", "end", "text")}


def interface(book: Any) -> str:
    """Return Label Studio's description of the labels, for an ontology."""
    from xml.sax.saxutils import quoteattr

    from dateline.model.record import STATUSES

    lines = ["<View>", '  <Labels name="label" toName="text">']
    lines += [f'    <Label value="{n}" background="{c}"/>' for n, c in COLOURS.items()]
    lines += ["  </Labels>", '  <Text name="text" value="$text"/>']
    modes = sorted({mode.name for mode in book.modes})
    asked = {"type": list(book.types), "status": STATUSES, "mode": modes}
    for question, values in asked.items():
        many = "multiple" if question == "mode" else "single-radio"
        head = f'  <Choices name="{question}" toName="text" perRegion="true"'
        lines.append(
            f'{head} whenTagName="label" whenLabelValue="act" choice="{many}">'
        )
        lines += [f"    <Choice value={quoteattr(value)}/>" for value in values]
        lines.append("  </Choices>")
    lines.append("  <Relations>")
    lines += [f'    <Relation value="{n}"/>' for n in COLOURS if n != "act"]
    return "\n".join([*lines, "  </Relations>", "</View>"]) + "\n"
