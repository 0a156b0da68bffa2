"""What a language model's recorded answers are worth: each part of them alone, and all.

The answers were given to questions about reports that have gold. Each is checked anew
against its report and joined with what the program reads in it today.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.reports import count_report, read_annotated_reports, sum_figures
from benchmarks.texts import report_of_gold
from dateline.llm.adviser import Adviser
from dateline.llm.messages import Answer, Prompt
from dateline.llm.prompt import Sheet, party_identity, unpack_sheet
from dateline.llm.revision import (
    CHOSEN,
    Book,
    checked_status,
    make_added_claim,
    name_party,
    retype_action,
)
from dateline.llm.validation import (
    Checker,
    Found,
    Judged,
    Opinion,
    Unusable,
    find_words,
    ground_answer,
)
from dateline.model import Actor, Claim, Report, Span, Why
from dateline.model.decisions import Decisions, Question
from dateline.model.record import claim_record
from dateline.model.text import hash_words
from dateline.pipeline.factory import Options, make_coder

Record = dict[str, Any]
QUOTES = {"words", "sentence"}  # what of an answer is copied from the report
DOUBTED = 0.4  # an act that the reader gives at least so much is put to the model
SHOWN = {
    "detection precision": "precision",
    "detection recall": "recall",
    "core recall": "core recall",
    "detection F1": "F1",
    "END-TO-END precision": "END-TO-END precision",
    "END-TO-END F1": "END-TO-END",
}
USUAL, EVERY = "the program as it is", "every act that was asked about"
ALL = "all, missed acts too"
AS_CODED = "as dateline code tells it"  # where the question is still the one answered
ASKED = {"a fifth": 0.2, "half": 0.5}  # of the words sent, where the program is unsure


@dataclass(frozen=True, slots=True)
class Taken:
    """What of an opinion is taken: all of it, unless a measurement wants a part."""

    keep: bool = True
    kinds: bool = True
    parties: bool = True
    missed: bool = True


PARTS: dict[str, Taken] = {
    "parties alone, on what is told": Taken(keep=False, kinds=False, missed=False),
    "parties, type and status, on what is told": Taken(keep=False, missed=False),
    "type and status alone, on what is told": Taken(keep=False, parties=False, missed=False),
    "keep or drop alone": Taken(kinds=False, parties=False, missed=False),
    "keep or drop, type, status, parties": Taken(missed=False),
    ALL: Taken(),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted of one report: by the part taken, and of the answer itself.

    `doubt` is how much of it the program is unsure of: the chances that an act is told
    or left out wrongly, summed over all that was asked about.
    """

    parts: dict[str, tuple[Counter[str], dict[str, float]]]
    counts: Counter[str]
    doubt: float = 0.0


Tallies = dict[str, Tally]
"""What is counted, by report."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """All acts of a report that a model could be asked about; some the program doubts.

    What it doubts it would not tell by itself.
    """

    report: Report
    acts: tuple[Claim, ...]
    doubted: tuple[Claim, ...]


def read_answered_reports(paths: Sequence[Path]) -> list[Record]:
    """Return the annotated reports of a folder that answers of a file are about."""
    if len(paths) != 2:  # noqa: PLR2004
        raise ValueError("name the folder of gold and the file of answers")
    with paths[1].open(encoding="utf-8") as lines:
        answers = {row["report"]: row for row in map(json.loads, lines)}
    found = [r for r in read_annotated_reports(paths[:1]) if r["report"] in answers]
    return [{**row, "opinion": quote_again(answers[row["report"]], row["text"])} for row in found]


def hide_quotes(answer: str, text: str) -> Record:
    """Return an answer in which the report's words are where they stand in it.

    `[start, end]` in characters of the text; of words that it does not have, and of
    an answer that is no JSON object, there remains a digest.
    """
    try:
        told = json.loads(answer)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        return {"unread": hash_words(answer)}
    for row in quoting_rows(told):
        for field in QUOTES & set(row):
            words = str(row[field] or "")
            spans = find_words(text, words, Span(0, len(text)))
            first = next(iter(spans), None)
            row[field] = [first.start, first.end] if first else hash_words(words)
    return told


def quote_again(row: Record, text: str) -> Record:
    """Return a row of answers with the words of the report, where they are left out.

    Raises ValueError where the text is not that which the answer is about.
    """
    if isinstance(row["answer"], str):
        return row
    if row["text"] != hash_words(text):
        raise ValueError(f"the answer to {row['report']} is about another text")
    told = json.loads(json.dumps(row["answer"]))
    for each in quoting_rows(told):
        for field in QUOTES & set(each):
            if isinstance(each[field], list):
                each[field] = text[slice(*each[field])]
    return {**row, "answer": json.dumps(told, ensure_ascii=False)}


def quoting_rows(told: Record) -> Iterator[Record]:
    """Yield the parts of an answer that hold words of the report."""
    for name in ("parties", "missed"):
        rows = told.get(name)
        yield from (r for r in rows or () if isinstance(r, dict))


def tally_answered_reports(rows: Sequence[Record]) -> Tallies:
    """Return what is counted of each report, by the part of its answer that is taken.

    Beside them stand the claims of the program alone, and of all that was asked about.
    """
    tallies: Tallies = {}
    for row in rows:
        counts: Counter[str] = Counter()
        found = find_candidates(gold_report(row))
        sheet = unpack_sheet(row["opinion"]["sheet"])
        opinion = ground_recorded(found.report, row, sheet, counts)
        usual = make_coder(Options()).code(found.report).claims
        claims: dict[str, Iterable[Claim]] = {USUAL: usual, EVERY: found.acts}
        for name, taken in PARTS.items():
            claims[name] = take_parts(found, sheet, opinion, taken)
        tallied = {
            name: tally_records(row, [claim_record(claim, row["text"]) for claim in told])
            for name, told in claims.items()
        }
        with suppress(ValueError):  # today's question is another one
            tallied[AS_CODED] = tally_records(row, code_recorded(row))
        doubt = sum(min(c.action.sure, 1 - c.action.sure) for c in found.acts)
        tallies[row["report"]] = Tally(tallied, counts, doubt)
    return tallies


def tally_records(row: Record, told: list[Record]) -> tuple[Counter[str], dict[str, float]]:
    """Return the counts and the weights of claims that are records."""
    n: Counter[str] = Counter()
    w: dict[str, float] = defaultdict(float)
    count_report(row["events"], told, n, w)
    return n, w


def score_opinion(rows: Sequence[Record], said: Tallies) -> dict[str, float]:
    """Return the figures of each part, and how much of the answers was refused."""
    found: dict[str, float] = {}
    mine = [said[row["report"]] for row in rows]
    coded = [AS_CODED] if all(AS_CODED in each.parts for each in mine) else []
    for name in (USUAL, EVERY, *PARTS, *coded):
        figures = sum_tallies(mine, [name] * len(mine))
        found |= {f"{name}: {SHOWN[k]}": v for k, v in figures.items() if k in SHOWN}
        if name in (USUAL, ALL, AS_CODED):
            for field in ("actor", "recipient", "status"):
                found[f"{name}: {field}"] = figures[f"all matched: {field}"]
    for name, share in ASKED.items():
        figures = sum_tallies(mine, ask_unsure(rows, mine, share))
        found[f"asking for {name} of the price: END-TO-END"] = figures["END-TO-END F1"]
    counts = sum((each.counts for each in mine), Counter[str]())
    return found | {f"counted: {k}": float(v) for k, v in sorted(counts.items())}


def sum_tallies(tallies: Sequence[Tally], parts: Sequence[str]) -> dict[str, float]:
    """Return the figures of reports, of each report the part that is named."""
    n: Counter[str] = Counter()
    w: dict[str, float] = defaultdict(float)
    for each, part in zip(tallies, parts, strict=True):
        counted, weighed = each.parts[part]
        n.update(counted)
        for key, weight in weighed.items():
            w[key] += weight
    return sum_figures(n, w)


def ask_unsure(rows: Sequence[Record], tallies: Sequence[Tally], share: float) -> list[str]:
    """Return whose record is taken of each report, asking only where doubt is most.

    Reports are asked about in the order of their doubt by the length of the question,
    as long as the questions cost no more than that share of all of them.
    """
    costs = [row["opinion"].get("characters", [1])[0] for row in rows]
    order = sorted(range(len(rows)), key=lambda i: -tallies[i].doubt / costs[i])
    left, parts = share * sum(costs), [USUAL] * len(rows)
    for i in order:
        left -= costs[i]
        if left < 0:
            break
        parts[i] = ALL
    return parts


def code_recorded(row: Record) -> list[Record]:
    """Return the claims of `dateline code`, a recorded answer in place of a server's.

    Each has as `rated` the program's own confidence in what it decided. Raises
    ValueError where today's question is another than that which was answered.
    """
    usual, rated = make_coder(Options()), dict[tuple[Span, str], float]()
    answered = row["opinion"]

    def give(prompts: Iterable[Prompt]) -> Iterator[Answer]:
        for prompt in prompts:
            other = hash_words(prompt.user) != answered.get("question")
            if other and answered["sheet"]["acts"]:  # else nothing depends on numbers
                raise ValueError(f"{row['report']} is asked about otherwise today")
            yield Answer(prompt.id, answered["answer"], None)

    def note(question: Question) -> Decisions:
        found = usual.decide(question)
        both = zip(question.acts, found, strict=True)
        rated.update(((a.trigger, a.deed), d.sure) for a, d in both)
        return found

    book = usual.codebook
    adviser = Adviser(book, give, "recorded")  # type: ignore[arg-type]
    advised = replace(usual, decide=note, advise=adviser)
    report = gold_report(row)
    claims = advised.code(report).claims
    return [
        {
            **claim_record(claim, row["text"]),
            "rated": rated.get((claim.action.trigger, claim.action.deed), 0.5),
        }
        for claim in claims
    ]


def gold_report(row: Record) -> Report:
    """Return the report of a row of gold."""
    day = (row["published"] or "")[:10] or None
    return report_of_gold(row["report"], {**row, "published": day})


def find_candidates(report: Report) -> Candidates:
    """Return what the program tells of a report, and what it could be asked about."""
    usual, told = make_coder(Options()), set[tuple[Span, str]]()

    def tell_any_chance(question: Question) -> Decisions:
        """Tell acts to which the reader gives any chance, noting the usual ones."""
        found = usual.decide(question)
        both = list(zip(question.acts, found, strict=True))
        told.update((act.trigger, act.deed) for act, d in both if d.tell)
        return [
            replace(d, tell=d.tell or act.act is None or act.act.sure >= DOUBTED) for act, d in both
        ]

    acts = replace(usual, decide=tell_any_chance).code(report).claims
    doubted = [c for c in acts if (c.action.trigger, c.action.deed) not in told]
    return Candidates(report, acts, tuple(doubted))


def ground_recorded(report: Report, row: Record, sheet: Sheet, counts: Counter[str]) -> Opinion:
    """Return what stands of a recorded answer; none of one that is unusable."""
    sentences = [Span(*pair) for pair in row["sentences"]]
    whole = Span(0, len(report.text))
    book = make_coder(Options()).codebook
    checker = Checker(report.id, report.text, sentences, sheet, book, whole)  # type: ignore[arg-type]
    counts["answers"] += 1
    try:
        found = ground_answer(row["opinion"]["answer"], checker)
    except Unusable:
        counts["unusable answers"] += 1
        return Opinion(sheet.parties)
    counts["acts asked about"] += len(sheet.acts)
    counts["acts dropped"] += sum(not each.kept for each in found.judged)
    counts["acts added"] += len(found.found)
    counts["parties added"] += found.added
    counts["parties corrected"] += len(found.corrected)
    counts.update(f"refused: {problem.code}" for problem in found.problems)
    return found


def take_parts(found: Candidates, sheet: Sheet, opinion: Opinion, taken: Taken) -> Iterator[Claim]:
    """Yield the claims of a report, of the opinion so much as is taken."""
    acts = join_acts(sheet, found.acts)
    tables: Any = make_coder(Options()).codebook
    book = Book(tables, found.report.id, found.report.text)
    joined = {claim.id for claim in acts.values()}
    made = list(revise_claims(acts, sheet, opinion, book, taken))
    yield from made
    known = {*joined, *(claim.id for claim in found.doubted)}
    for claim in found.acts:
        at = claim.action.trigger
        told = any(at.overlaps(other.action.trigger) for other in made)
        if claim.id not in known and not told:
            yield claim


def join_acts(sheet: Sheet, claims: Sequence[Claim]) -> dict[int, Claim]:
    """Return which claim is each act of a sheet that was made by another reading.

    One to one, first those of the very same words and deed, then those that overlap.
    """
    found: dict[int, Claim] = {}
    free = list(claims)
    for strict in (True, False):
        for number, act in enumerate(sheet.acts):
            if number in found:
                continue
            for claim in free:
                at = claim.action.trigger
                same = at == act.trigger and claim.action.deed == act.deed
                if same if strict else at.overlaps(act.trigger):
                    found[number] = claim
                    free.remove(claim)
                    break
    return found


def revise_claims(
    claims: Mapping[int, Claim],
    sheet: Sheet,
    opinion: Opinion,
    book: Book,
    taken: Taken = Taken(),  # noqa: B008  frozen
) -> Iterator[Claim]:
    """Yield the claims of the acts of a sheet as judged, then of those that were added.

    `claims` are the program's by the number of the act; an act without one that the
    model keeps is made of what the model says alone.
    """
    judged = {each.act: each for each in opinion.judged}
    for number, act in enumerate(sheet.acts):
        own, told = claims.get(number), judged.get(number)
        if told is None or (not taken.keep and (act.doubtful or not told.kept)):
            if own and not act.doubtful:
                yield own
        elif told.kept and own is None:
            # the program no longer reads this listed act: as if the model found it
            at, what = act.trigger, (told.deed, told.mode, told.status)
            sides = told.actors or (), told.recipients or ()
            found = Found(at, at, told.why, *what, *sides)
            yield make_added_claim(found, opinion, book)
        elif told.kept and own:
            yield apply_judgement(own, told, opinion, book, taken)
    for found in opinion.found if taken.missed else ():
        yield make_added_claim(found, opinion, book)


def apply_judgement(own: Claim, told: Judged, opinion: Opinion, book: Book, taken: Taken) -> Claim:
    """Return the program's claim as the model would have it."""
    new, why = own, Why(CHOSEN, own.action.trigger)
    if taken.kinds:
        modes = own.action.modes if told.deed == own.action.deed else ()
        modes = (told.mode,) if told.mode else modes
        status = own.certainty
        if told.status != status.status:
            status = checked_status(told.status, why)
        action = own.action
        if (told.deed, modes) != (action.deed, action.modes):
            mode = next(iter(modes), "")
            action = retype_action(action, told.deed, mode, book.codebook)
        new = book.filed(new, action, status)
    if taken.parties:
        sides = (told.actors, own.actors), (told.recipients, own.recipients)
        at = own.action.evidence
        actors, recipients = (choose_side(s, o, opinion, at) for s, o in sides)
        new = replace(new, actors=actors, recipients=recipients)
    return new


def choose_side(
    numbers: Sequence[int] | None, own: tuple[Actor, ...], opinion: Opinion, near: Span
) -> tuple[Actor, ...]:
    """Return the parties of a side; one that the program had keeps its own words."""
    if numbers is None:
        return own
    had = {party_identity(who): who for who in own}
    parties = [name_party(opinion.parties[n], near) for n in numbers]
    return tuple(
        replace(had[key], sectors=who.sectors) if (key := party_identity(who)) in had else who
        for who in parties
    )
