"""Reports in other languages, invented, each with a model's answer and its claims.

`abroad/*.txt`: `# id day`, the text, `P words = name codes` (the parties of the answer,
N1 …), `A sentence words TYPE/mode status who > whom | said … | day | place` (its acts),
and what must come of it: `C` a claim, `!` a refusal. `python -m
tests.llm.test_languages` writes these anew; read the diff.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.events.event_summaries import join
from dateline.llm.adviser import Adviser
from dateline.llm.messages import Answer, Prompt
from dateline.llm.untranslated import cut_sentences, dispute_days
from dateline.model import Claim, Report, Span
from dateline.model.decisions import Alone
from dateline.model.record import claim_record, revive_claim
from dateline.resources.codebook.plover import load
from dateline.store.sql import SqlStore
from tests.claims import REPORT
from tests.claims import claim as english

ROOM = Path(__file__).with_name("abroad")
BOOK = load()
ACT = re.compile(r"(S\d+) (.+) ([A-Z]+)(?:/(\S+))? ([a-z]+) ([N\d -]+) > ([N\d -]+)$")


@dataclass(frozen=True)
class Case:
    """One invented report, the answer to it, and what must come of it."""

    report: Report
    answer: dict[str, Any]
    lines: tuple[str, ...]
    source: str


def party(n: int, told: str) -> dict[str, Any]:
    words, _, rest = told.partition(" = ")
    codes = [c for c in rest.split() if c.isupper() and len(c) == 3 or c == "?"]
    name = rest.split(f" {codes[0]}")[0]
    country, *sectors = codes
    told_country = None if country == "?" else country
    row = {"party": f"N{n}", "words": words, "name": name}
    return row | {"country": told_country, "sectors": sectors}


def act(told: str) -> dict[str, Any]:
    head, *rest = (part.strip() for part in re.split(r"\s*\|\s*", told))
    found = ACT.match(head)
    assert found, head
    sentence, words, kind, mode, status, who, whom = found.groups()
    said = next((p[5:].split() for p in rest if p.startswith("said ")), [])
    when = next((day(p) for p in rest if re.search(r"\d{4}-\d\d-\d\d$", p)), None)
    where = next((place(p) for p in rest if " = " in p), None)
    sides = [re.findall(r"N\d+", side) for side in (who, whom)]
    row = {"sentence": sentence, "words": words, "why": "", "type": kind}
    row |= {"mode": mode or "", "status": status, "actors": sides[0]}
    row |= {"recipients": sides[1], "said_by": said, "when": when, "where": where}
    return row


def day(told: str) -> dict[str, str]:
    days = re.findall(r"\d{4}-\d\d-\d\d", told)
    words = told[: told.index(days[0])].strip()
    return {"words": words, "from": days[0], "to": days[-1]}


def place(told: str) -> dict[str, str]:
    words, _, rest = told.partition(" = ")
    name, _, country = rest.rpartition(" ")
    return {"words": words, "name": name, "country": country}


def cases(path: Path) -> Iterator[Case]:
    for block in path.read_text("utf-8").split("# ")[1:]:
        head, text, *lines = block.rstrip("\n").split("\n")
        name, at = head.split()
        report = Report(name, text, published=date.fromisoformat(at), language=path.stem)
        named = [line[2:] for line in lines if line.startswith("P ")]
        parties = [party(n, told) for n, told in enumerate(named, 1)]
        acts = [act(line[2:]) for line in lines if line.startswith("A ")]
        kept = tuple(line for line in lines if line[:2] in ("C ", "! "))
        bare = [line for line in lines if line not in kept]
        source = "\n".join([f"# {head}", text, *bare])
        yield Case(report, {"parties": parties, "acts": acts}, kept, source)


class Recorded:
    """Gives a recorded answer, once."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers, self.prompts = list(answers), list[Prompt]()

    def __call__(self, prompts: Iterable[Prompt]) -> Iterator[Answer]:
        for prompt in prompts:
            self.prompts.append(prompt)
            yield Answer(prompt.id, json.dumps(self.answers.pop(0)), None)


def read(case: Case) -> Alone:
    return Adviser(BOOK, Recorded(case.answer), "small").read_alone(case.report)


def lines_of(found: Alone, text: str) -> tuple[str, ...]:
    told = [line_of(claim, text) for claim in found.claims]
    return (*told, *(f"! {p.code}: {p.message}" for p in found.problems))


def line_of(claim: Claim, text: str) -> str:
    sides = [
        " ".join(f"{who.name} [{' '.join([who.country or '?', *who.sectors])}]" for who in s)
        for s in (claim.actors, claim.recipients)
    ]
    at = claim.action.trigger
    when, where = claim.when, claim.where
    kind = " ".join([claim.type, *claim.action.modes])
    parts = [
        f"C {at.start}-{at.end} {at.of(text)} {kind}",
        claim.certainty.status,
        f"{sides[0] or '-'} > {sides[1] or '-'}",
        f"{when.first} {when.last}" if when.known else "no day",
        f"{where.name} {where.country} {where.precision}" if where.known else "nowhere",
    ]
    says = [s.who.name if s.who else s.text for s in claim.attribution.speakers]
    return " | ".join([*parts, *(f"says {name}" for name in says)])


CASES = [case for path in sorted(ROOM.glob("*.txt")) for case in cases(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.report.id)
def test_a_report_of_another_language_gives_its_claims(case: Case) -> None:
    found, text = read(case), case.report.text
    assert case.lines == lines_of(found, text)
    assert not found.failed
    for claim in found.claims:
        assert claim.reader == "model" and claim.advice is not None
        assert claim.advice.language == case.report.language
        kept = claim_record(claim, text)
        assert kept["trigger"]["text"] == claim.action.trigger.of(text)
        assert claim_record(revive_claim(kept), text) == kept


def test_each_language_has_twelve_reports() -> None:
    many: dict[str, int] = {}
    for case in CASES:
        many[case.report.language] = many.get(case.report.language, 0) + 1
    assert set(many.values()) == {12}
    assert set(many) == set("ar es fr pt ru zh".split())


def test_sentences_are_cut_by_the_marks_of_their_script() -> None:
    for text, many in {
        "Llegó el Sr. Gómez. ¿Habló? Sí.\nNada.": 5,
        "وصل الوزير. هل تكلم؟ نعم.": 3,
        "会谈结束。他走了！为什么？": 3,
        "राष्ट्रपति आए। वे चले गए।": 2,
        "3.5 million voted": 1,
        " \n\n ": 0,
    }.items():
        spans = cut_sentences(text)
        assert len(spans) == many, text
        assert all(s.of(text) == s.of(text).strip() for s in spans)


@pytest.mark.parametrize(
    ("words", "days", "past", "why"),
    [
        ("12 de marzo", "2025-03-12", True, ""),
        ("12 de marzo", "2025-03-13", True, "has no 12"),
        ("en 2024", "2024-01-01 2024-12-31", True, ""),
        ("en 2023", "2024-01-01 2024-12-31", True, "has no 2023"),
        ("32 июня", "2025-03-10", True, "has no 32"),
        ("ayer", "2025-01-01", True, "is far from the report's day"),
        ("mañana", "2025-03-21", True, "is after the report"),
        ("mañana", "2025-03-21", False, ""),
        ("a las 14:30", "2025-03-14", True, ""),
        ("la semana", "2025-03-14 2025-03-10", True, "is no interval"),
        ("３月５日", "2025-03-05", True, ""),
    ],
)
def test_days_are_held_against_the_words_and_the_calendar(
    words: str, days: str, past: bool, why: str
) -> None:
    told = [date.fromisoformat(each) for each in days.split()]
    assert dispute_days(words, (told[0], told[-1]), date(2025, 3, 15), past) == why


def test_long_reports_are_read_part_by_part_with_their_parties() -> None:
    case = CASES[0]
    text = case.report.text + "\n\n" + "Nada pasó ese día en el pueblo. " * 500
    report = Report("long", text, published=case.report.day, language="es")
    model = Recorded(case.answer, {"parties": [], "acts": []})
    found = Adviser(BOOK, model, "small").read_alone(report)
    assert len(found.claims) == len(case.answer["acts"])
    assert [prompt.id for prompt in model.prompts] == ["long#1", "long#2"]
    assert "N1 " in model.prompts[1].user.split("REPORT")[0]
    assert Span(0, 1).of(text) in model.prompts[0].user


def test_an_answer_that_is_none_leaves_the_report_uncoded() -> None:
    model = Recorded({"acts": "none"})
    found = Adviser(BOOK, model, "small").read_alone(CASES[0].report)
    assert found.failed and found.claims == ()
    assert [p.code for p in found.problems] == ["unusable"]


def test_one_happening_told_in_two_languages_is_one_event(tmp_path: Path) -> None:
    text = "Kenia liberó el lunes en Kisumu a dos pilotos ugandeses."
    told = "S1 liberó RETREAT/release happened N1 > N2 | el lunes 2025-03-03"
    acts = [f"{told} | Kisumu = Kisumu KEN"]
    named = ["Kenia = Kenya KEN GOV", "dos pilotos ugandeses = two pilots UGA CVL"]
    parties = [party(n, told) for n, told in enumerate(named, 1)]
    answer = {"parties": parties, "acts": [act(told) for told in acts]}
    abroad = Report("es", text, outlet="Diario", published=REPORT.published, language="es")
    found = read(Case(abroad, answer, (), ""))
    with SqlStore(str(tmp_path / "x.db")) as store:
        there = replace(english(), where=found.claims[0].where)
        store.save(REPORT, [there], (), {})
        store.save(abroad, found.claims, (), {})
        join(store)
        rows = {claim["report"]: claim for claim in store.claims({})}
    assert rows["r1"]["event"] == rows["es"]["event"]
    assert rows["es"]["opinion"]["language"] == "es"


if __name__ == "__main__":
    for path in sorted(ROOM.glob("*.txt")):
        told = ("\n".join([c.source, *lines_of(read(c), c.report.text)]) for c in cases(path))
        path.write_text("\n".join(told) + "\n", "utf-8")
        sys.stdout.write(f"{path.name}\n")
