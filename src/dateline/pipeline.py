"""The main path. Read this file first: it is the whole program in one screen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.actors import at_home, visitors
from dateline.cast import cast
from dateline.merge import within
from dateline.model import (
    Action,
    Actor,
    Claim,
    Dating,
    Parsed,
    Problem,
    Report,
    Setting,
    Span,
    Why,
)
from dateline.model.text import LONGEST
from dateline.ports import (
    AnswerHowMany,
    AnswerHowSure,
    AnswerWhen,
    AnswerWhere,
    AnswerWhoSays,
    Codebook,
    DateReport,
    FindActions,
    KeepSentences,
    Language,
    LocateReport,
    ResolveActor,
)


@dataclass(frozen=True, slots=True)
class Coding:
    """What became of one report: its day, its claims, what could not be done."""

    report: Report
    dating: Dating
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]
    sentences: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Coder:
    """Turns reports into claims by asking each action the same questions."""

    language: Language
    codebook: Codebook
    keep: KeepSentences
    find_actions: FindActions
    date: DateReport
    locate: LocateReport
    who: ResolveActor
    when: AnswerWhen
    where: AnswerWhere
    how_many: AnswerHowMany
    who_says: AnswerWhoSays
    how_sure: AnswerHowSure

    def code(self, report: Report) -> Coding:
        """Return every claim this report makes, or the problem that prevents it."""
        if problem := unfit(report, self.language.code):
            return Coding(report, UNDATED, (), (problem,))
        parsed, skipped = self.read(report)
        setting = self.setting(parsed)
        actions = self.find_actions(parsed, setting)
        claims = within([self._claim(parsed, action, setting) for action in actions])
        sentences = len(parsed.sentences)
        return Coding(report, setting.dating, claims, (), sentences, skipped)

    def read(self, report: Report) -> tuple[Parsed, int]:
        """Parse what the gate keeps; return it and how many sentences it skipped."""
        sentences = self.language.sentences(report)
        kept = self.keep([s.span.of(report.text) for s in sentences])
        words = (any(map(str.isalpha, s.span.of(report.text))) for s in sentences)
        every = zip(sentences, kept, words, strict=True)
        chosen = [s for s, keep, told in every if keep and told]
        parsed = self.language.parse(report, chosen)
        linked = replace(parsed, links=cast(parsed).links)
        return linked, len(sentences) - len(chosen)

    def setting(self, parsed: Parsed) -> Setting:
        """Tell the questions of what day and from where this report is."""
        dating = self.date(parsed.report, parsed)
        zone, home, filed = self.locate(parsed.report)
        return Setting(dating, zone, home, filed)

    def _claim(self, parsed: Parsed, action: Action, setting: Setting) -> Claim:
        actors = self._who(parsed, action.actors, setting)
        recipients = self._who(parsed, action.recipients, setting)
        if "visit" in action.modes:
            actors = visitors(actors, recipients)
        when = self.when(parsed, action, setting)
        where, places = self.where(parsed, action, setting)
        says = self.who_says(parsed, action, setting)
        sure = self.how_sure(parsed, action, setting)
        kind = self.codebook.reading(action.deed, sure.status)
        if kind == action.deed:
            action, actors, recipients = at_home(action, actors, recipients, where)
        asked = (("when", when.why), ("where", where.why), ("says who", says.why))
        return Claim(
            report_id=parsed.report.id,
            action=action,
            type=kind,
            cameo=self.codebook.cameo(action, kind, parsed.text),
            quad=self.codebook.quad(kind),
            score=self.codebook.score(kind, action.modes),
            actors=actors,
            recipients=recipients,
            when=when,
            where=where,
            places=tuple(places),
            quantities=tuple(self.how_many(parsed, action, setting)),
            attribution=says,
            certainty=sure,
            why=(*action.why, *asked, ("how sure", sure.why)),
        )

    def _who(
        self, parsed: Parsed, spans: Sequence[Span], setting: Setting
    ) -> tuple[Actor, ...]:
        return tuple(a for span in spans for a in self.who(parsed, span, setting))


UNDATED = Dating(None, None, False, (Why("times.dating-unread.v1"),))


def unfit(report: Report, language: str) -> Problem | None:
    """Return why a report cannot be coded at all, or None."""
    if len(report.text) > LONGEST:
        told = f"over {LONGEST:,} characters: cut it into single reports"
        return Problem(report.id, "read", "too_large", told)
    if not any(map(str.isalnum, report.text)):
        return Problem(report.id, "read", "not_a_report", "no words in it")
    if report.language == "zxx":
        return Problem(report.id, "read", "not_a_report", "a table or a list, no prose")
    if report.language and report.language.split("-")[0].lower() != language:
        told = f"written in {report.language!r}; this coder reads {language!r}"
        return Problem(report.id, "read", "unsupported_language", told)
    return None
