"""A second opinion on a report's decisions: heard, and what it leaves on each claim."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.extract.arguments import settle_actors
from dateline.model import Advice, Certainty, Decider, LeftOut, OwnAnswer, Problem, Report
from dateline.model.decisions import Alone, Answered, Decisions, Question, Told
from dateline.model.protocols import Advise, ReadAlone, StatusOf

DROPPED = "opinion.dropped.v1"


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one act: who decided, a status where the model has another."""

    reader: Decider = "own"
    status: Certainty | None = None
    advice: Advice | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """A question and its decisions after a second opinion, or as they were without one.

    `said` is one value an act. `dropped` are acts that the program would tell,
    `problems` what of the opinion was refused; `failed`: wanted, it did not come.
    """

    question: Question
    decisions: Decisions
    said: tuple[Said, ...]
    dropped: tuple[LeftOut, ...] = ()
    problems: tuple[Problem, ...] = ()
    failed: bool = False


def hear_model(
    advise: Advise | None, question: Question, decisions: Decisions, status: StatusOf
) -> Heard:
    """Return what a model makes of the decisions of a report, where it is asked."""
    answered = advise(question, decisions, status) if advise else None
    if answered is None:
        return Heard(question, decisions, (Said(),) * len(question.acts))
    return Heard(
        answered.question,
        answered.decisions,
        tuple(say_act(told, answered.model, question) for told in answered.told),
        tuple(list_dropped(answered)),
        answered.problems,
        answered.failed,
    )


def say_act(told: Told, model: str, before: Question) -> Said:
    """Return what was said of an act; `before` is the question that was put."""
    other = told.status and told.status.status != told.read_status
    status = told.status if other else None
    return Said(told.reader, status, advise_claim(told, model, before))


def advise_claim(told: Told, model: str, before: Question) -> Advice | None:
    """Return what a model was asked about an act, with the program's own answer.

    The own answer is told where they differ. None where the model was not asked.
    """
    if told.reader == "own":
        return None
    read, decided, own = told.read, told.before, None
    if told.reader == "differ" and read and decided:
        own = OwnAnswer(
            deed=read.deed,
            modes=read.modes,
            status=told.read_status,
            actors=settle_actors(before, read, decided.actors, read.actors),
            recipients=settle_actors(before, read, decided.recipients, read.recipients),
            sure=decided.sure,
        )
    return Advice(model, told.why, own)


def list_dropped(answered: Answered) -> Iterator[LeftOut]:
    """Yield the acts that the program would tell and a model dropped."""
    for told in answered.told:
        if told.reader == "differ" and not told.decision.tell and told.read:
            yield LeftOut(DROPPED, told.read.trigger, told.read.deed, said=told.why)


def read_foreign(read_alone: ReadAlone | None, report: Report, problem: Problem) -> Alone:
    """Return what a model alone reads in a report that cannot be coded for `problem`.

    Nothing, where nobody asks one or the language is not what hinders; a report without
    an answer has that problem still.
    """
    if read_alone is None or problem.code != "unsupported_language":
        return Alone((), (problem,))
    alone = read_alone(report)
    return replace(alone, problems=(problem, *alone.problems)) if alone.failed else alone


def add_dropped(rest: Sequence[LeftOut], dropped: Sequence[LeftOut]) -> tuple[LeftOut, ...]:
    """Return what no claim was made of, the acts that a model dropped as such."""
    spans = [each.span for each in dropped]
    kept = (
        each
        for each in rest
        if not each.what or not any(each.span.overlaps(span) for span in spans)
    )
    both = sorted([*kept, *dropped], key=lambda each: (each.span.start, each.span.end))
    return tuple(both)
