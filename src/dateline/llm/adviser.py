"""A language model at the side of the program's decision: asked, checked, heard.

A report is asked about part by part; who was found in one part is listed in the next.
Where no answer comes, or none that can be used, the program's own record stands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from dateline.llm.messages import Answer, Ask, Prompt
from dateline.llm.prompt import Sheet, cut_worded, write_guide, write_question, write_schema
from dateline.llm.revision import LEAST, answer_question, list_question
from dateline.llm.untranslated import (
    Abroad,
    AskedAbroad,
    HeardAbroad,
    cut_sentences,
    ground_abroad,
    write_abroad,
    write_abroad_question,
)
from dateline.llm.validation import Checker, Opinion, Unusable, ground_answer, unusable_problem
from dateline.model import Problem, Report, Span
from dateline.model.decisions import Alone, Answered, Decision, Decisions, Question
from dateline.model.protocols import StatusOf
from dateline.model.record import PRONOUNS
from dateline.resources.codebook import FolderCodebook

DOUBTFUL = 2.6  # wrong decisions expected in a thousand characters: half the tokens
ROOM, EACH = 1_024, 80  # tokens of an answer: for the rest of it, and for each act
ABROAD = 4_096  # and of one about a report that the model alone reads


@dataclass(frozen=True, slots=True)
class Guide:
    """What is the same in all questions of a codebook."""

    system: str
    schema: dict[str, Any]
    codebook: str

    @classmethod
    def of(cls, book: FolderCodebook) -> "Guide":
        """Return the guide of a codebook, named by what stands in its tables."""
        told = repr(list(book.tables()))
        name = f"{book.name} {sha256(told.encode()).hexdigest()[:16]}"
        return cls(write_guide(book), write_schema(book), name)

    @property
    def digest(self) -> str:
        """Return a short name for what is asked, whatever the report."""
        told = f"{self.system}{self.schema}{self.codebook}"
        return sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Adviser:
    """Asks one model about reports, one after the other; it fills `ports.Advise`.

    `only_doubtful` leaves out reports of whose decisions the program is sure enough:
    those with less than `doubtful` wrong ones expected in a thousand characters.
    """

    book: FolderCodebook
    ask: Ask
    model: str
    only_doubtful: bool = False
    doubtful: float = DOUBTFUL
    guide: Guide = field(init=False)
    abroad: Abroad = field(init=False)

    def __post_init__(self) -> None:
        """Write the guide, once."""
        object.__setattr__(self, "guide", Guide.of(self.book))
        object.__setattr__(self, "abroad", write_abroad(self.book))

    def __call__(
        self, question: Question, decisions: Decisions, status: StatusOf
    ) -> Answered | None:
        """Return the question as the model answers it; None where it is not asked."""
        report = question.parsed.report
        wrong = 1_000 * sum_doubt(decisions)
        if self.only_doubtful and wrong < self.doubtful * len(report.text):
            return None
        listing = list_question(question, decisions, status)
        sentences = [s.span for s in question.parsed.sentences]
        private = tuple(name_private(question))
        opinion, failed = self.ask_parts(report, listing.sheet, sentences, private)
        found = answer_question(question, decisions, listing, opinion, self.book)
        problems = opinion.problems
        return replace(found, model=self.model, problems=problems, failed=failed)

    def read_alone(self, report: Report) -> Alone:
        """Return what the model alone reads in a report that the program cannot."""
        sentences, heard, failed = cut_sentences(report.text), HeardAbroad(), False
        about = AskedAbroad(report, self.book, self.model)
        parts = cut_worded(report.text)
        for number, part in enumerate(parts, 1):
            asked = write_abroad_question(report, sentences, heard.parties, part)
            prompt = Prompt(
                id=report.id if len(parts) == 1 else f"{report.id}#{number}",
                system=self.abroad.system,
                user=asked,
                schema=self.abroad.schema,
                max_tokens=ABROAD,
                codebook=self.guide.codebook,
            )
            (answer,) = self.ask([prompt])
            problem = problem_of(answer, report.id)
            if answer.text is not None:
                try:
                    heard = ground_abroad(answer.text, heard, sentences, part, about)
                except Unusable as error:
                    problem = unusable_problem(report.id, error)
            if problem:
                failed = True
                heard = replace(heard, problems=(*heard.problems, problem))
        claims = () if failed else heard.claims
        return Alone(claims, heard.problems, len(sentences), failed)

    def ask_parts(
        self,
        report: Report,
        sheet: Sheet,
        sentences: Sequence[Span],
        private: tuple[tuple[str, ...], ...] = (),
    ) -> tuple[Opinion, bool]:
        """Ask about the parts of a report, each when the one before is answered.

        Returns what the answers amount to, and whether a part had none.
        """
        whole, failed = Opinion(sheet.parties), False
        parts = cut_worded(report.text, sheet.acts)
        for number, part in enumerate(parts, 1):
            acts = sum(part.covers(act.trigger) for act in sheet.acts)
            prompt = Prompt(
                id=report.id if len(parts) == 1 else f"{report.id}#{number}",
                system=self.guide.system,
                user=write_question(report, sheet, part),
                schema=self.guide.schema,
                max_tokens=max(2_048, ROOM + EACH * acts),
                codebook=self.guide.codebook,
                private=private,
            )
            (answer,) = self.ask([prompt])
            found, problem = Opinion(sheet.parties), problem_of(answer, report.id)
            if answer.text is not None:
                checker = Checker(report.id, report.text, sentences, sheet, self.book, part)
                try:
                    found = ground_answer(answer.text, checker)
                except Unusable as error:
                    problem = unusable_problem(report.id, error)
            failed = failed or problem is not None
            whole = Opinion(
                parties=found.parties,
                judged=whole.judged + found.judged,
                found=whole.found + found.found,
                problems=(*whole.problems, *found.problems, *((problem,) if problem else ())),
                added=whole.added + found.added,
                corrected=whole.corrected | found.corrected,
            )
            sheet = replace(sheet, parties=whole.parties)
        return whole, failed


def problem_of(answer: Answer, report_id: str) -> Problem | None:
    """Return why there is no answer, as a problem of its report."""
    if answer.text is not None:
        return None
    said = answer.problem
    code, why = (said.code, said.message) if said else ("no_words", "no answer")
    return Problem(report_id, "opinion", code, why)


def sum_doubt(decisions: Sequence[Decision]) -> float:
    """Return how many of the decisions to tell an act or not are wrong, as expected."""
    return sum(min(d.told, 1 - d.told) for d in decisions if d.told >= LEAST)


def name_private(question: Question) -> Iterator[tuple[str, ...]]:
    """Yield the names of private persons of a report, each with all its forms.

    Private is a person whom no list knows and who speaks for nobody.
    """
    for party in question.parties:
        who = party.who
        member = question.cast.member(party.mentions[0]) if party.mentions else None
        person = member is not None and member.kind == "person"
        if person and who.entity is None and set(who.sectors) <= {"CVL"}:
            text = question.parsed.text
            forms = [who.name, *(span.of(text) for span in party.mentions)]
            names = [form for form in dict.fromkeys(forms) if is_proper_name(form)]
            if names:
                yield tuple(names)


def is_proper_name(words: str) -> bool:
    """Whether words are a name, and neither a pronoun nor a description.

    >>> is_proper_name("Ana Roy"), is_proper_name("the farmer"), is_proper_name("She")
    (True, False, False)
    """
    return words.casefold() not in PRONOUNS and words[:1].isupper()
