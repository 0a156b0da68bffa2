"""The main path. Read this file first: a report's way from its text to its claims.

`Coder.claims` is that way, a line a step. Above it stand what cannot be coded and what
takes too long, below it the steps that need several parts of the coder. What the parts
do stands in their rooms; which part is which, in `parts.py`.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from dateline.extract.event_coref import ReportTellings, drop_repeated_claims
from dateline.extract.quantities import counted_apart
from dateline.extract.time import infer_days
from dateline.extract.triggers.skipped_spans import list_left_out, unread_stretches
from dateline.model import (
    Action,
    Attribution,
    Cast,
    Certainty,
    Claim,
    LeftOut,
    Parsed,
    Problem,
    Report,
    Sentence,
    Setting,
)
from dateline.model.coding import UNDATED, Coding
from dateline.model.decisions import Decisions
from dateline.model.gc import unswept
from dateline.model.layout import bare_report, uncovered
from dateline.model.parsed import group_kept
from dateline.model.protocols import (
    Advise,
    AnswerHowMany,
    AnswerHowSure,
    AnswerWhen,
    AnswerWhere,
    AnswerWhoSays,
    Codebook,
    CompletePlaces,
    CompleteTimes,
    DateReport,
    Decide,
    EncodeReport,
    FindActions,
    KeepSentences,
    Language,
    LocateReport,
    MakeCast,
    MayTell,
    ReadAlone,
    ReadReport,
    ResolveActors,
)
from dateline.model.timeouts import TooSlow, deadline
from dateline.nlp.report_identity import unfit
from dateline.pipeline.chunking import code_in_parts
from dateline.pipeline.context import Asked, Likely, make_question
from dateline.pipeline.llm_review import Heard, add_dropped, hear_model, read_foreign


@dataclass(frozen=True, slots=True)
class Coder:
    """Turns reports into claims by asking each action the same questions."""

    language: Language
    codebook: Codebook
    keep: KeepSentences
    encode: EncodeReport
    may_tell: MayTell
    cast: MakeCast
    read_acts: ReadReport
    find_actions: FindActions
    date: DateReport
    locate: LocateReport
    who: ResolveActors
    decide: Decide
    when: AnswerWhen
    when_elsewhere: CompleteTimes
    where: AnswerWhere
    where_elsewhere: CompletePlaces
    how_many: AnswerHowMany
    who_says: AnswerWhoSays
    how_sure: AnswerHowSure
    advise: Advise | None = None
    read_alone: ReadAlone | None = None
    seconds: float = 20.0

    def code(self, report: Report) -> Coding:
        """Return every claim this report makes, or the problem that prevents it."""
        if problem := unfit(report, self.language.code):
            alone = read_foreign(self.read_alone, report, problem)
            rest = alone.problems, alone.sentences, 0, (), alone.failed
            return Coding(report, UNDATED, alone.claims, *rest)
        if bare := uncovered(report.text):
            coding: Coding = bare.moved(self.code(bare_report(report, bare)))
            return replace(coding, report=report)
        if (cased := self.language.cased(report.text)) != report.text:
            return replace(self.code(replace(report, text=cased)), report=report)
        with closing(self.who):
            try:
                with deadline(self.seconds), unswept():
                    return self.claims(report)
            except TooSlow:
                return self.code_slow_report(report)

    def code_slow_report(self, report: Report) -> Coding:
        """Return what can be coded in parts of a report that takes too long."""
        if parts := code_in_parts(report, self.seconds, self.claims):
            return parts
        told = f"took more than {self.seconds:g} seconds"
        return Coding(report, UNDATED, (), (Problem(report.id, "code", "too_slow", told),))

    def claims(self, report: Report) -> Coding:
        """Ask every question of every act of a report that can be coded.

        A report in whose words no act may stand is neither parsed nor asked about,
        unless a language model is to say so, too.
        """
        sentences, kept = self.cut_sentences(report)
        states = self.encode(report.text, group_kept(sentences, kept))
        may = self.may_tell(states) or self.find_actions.asks()
        if not (may or self.advise):
            rest = tuple(unread_stretches(report.text, sentences, kept))
            return self.silent(report, sentences, kept, rest)
        parsed = replace(self.language.parse(report, sentences, kept), states=states)
        cast = self.cast(parsed)
        parsed = replace(parsed, links=cast.links)
        setting = self.setting(parsed)
        reading = self.read_acts(parsed, self.find_actions.asked(parsed))
        actions = self.find_actions(parsed, reading)
        forbidden = self.find_actions.forbidden(parsed)
        if not (actions or self.advise):
            rest = list_left_out(parsed, reading.acts, (), forbidden)
            return self.silent(report, sentences, kept, rest)
        asked = self.open(parsed, cast, setting, actions)
        decisions = self.decide(asked.question)
        heard = self.hear(asked, decisions)
        asked = replace(asked, question=heard.question)
        likely = list(asked.acts_told(heard))
        says = asked.who_says([told.action for told in likely])
        every = zip(likely, says, strict=True)
        found = [self.claim(asked, told, says) for told, says in every]
        tellings = ReportTellings(parsed)
        claims = tellings.join(counted_apart(parsed, found))
        claims = tuple(self.where_elsewhere(asked.where, claims))
        claims = tuple(self.when_elsewhere(asked.when, claims))
        claims = tellings.join(claims)  # again, all that is known being told
        claims = infer_days(asked.when, drop_repeated_claims(claims, parsed.text))
        told = [each.action for each in likely]
        rest = list_left_out(parsed, reading.acts, told, forbidden)
        rest = add_dropped(rest, heard.dropped)
        counts = len(sentences), len(sentences) - len(kept), rest, heard.failed
        return Coding(report, setting.dating, claims, heard.problems, *counts)

    def silent(
        self,
        report: Report,
        every: Sequence[Sentence],
        kept: Sequence[Sentence],
        rest: tuple[LeftOut, ...],
    ) -> Coding:
        """Return the coding of a report without an act: its day, what is left out."""
        dating = self.date(report, self.language.lexicon)
        return Coding(report, dating, (), (), len(every), len(every) - len(kept), rest)

    def cut_sentences(self, report: Report) -> tuple[Sequence[Sentence], Sequence[Sentence]]:
        """Cut a report into sentences; return them, and those that the gate keeps."""
        sentences = self.language.sentences(report)
        kept = self.keep([s.span.of(report.text) for s in sentences])
        words = (any(map(str.isalpha, s.span.of(report.text))) for s in sentences)
        every = zip(sentences, kept, words, strict=True)
        return sentences, [s for s, keep, told in every if keep and told]

    def parse(self, report: Report) -> Parsed:
        """Return a report parsed as its acts are asked about, with its states."""
        sentences, kept = self.cut_sentences(report)
        states = self.encode(report.text, group_kept(sentences, kept))
        return replace(self.language.parse(report, sentences, kept), states=states)

    def setting(self, parsed: Parsed) -> Setting:
        """Tell the questions of what day and from where this report is."""
        dating = self.date(parsed.report, parsed.lexicon)
        zone, home, filed = self.locate(parsed.report)
        return Setting(dating, zone, home, filed)

    def open(
        self, parsed: Parsed, cast: Cast, setting: Setting, actions: Sequence[Action]
    ) -> Asked:
        """Work out once what the questions need to know of a whole report."""
        question = make_question(parsed, cast, setting, actions, self.who)
        told = parsed, setting
        when, where, says = self.when(*told), self.where(*told), self.who_says(*told)
        return Asked(question, when, where, says)

    def hear(self, asked: Asked, decisions: Decisions) -> Heard:
        """Hear a language model on the decisions, where one is to be asked."""
        parsed, setting = asked.question.parsed, asked.question.setting

        def status(action: Action) -> Certainty:
            return self.how_sure(parsed, action, setting)

        return hear_model(self.advise, asked.question, decisions, status)

    def claim(self, asked: Asked, told: Likely, says: Attribution) -> Claim:
        """Ask every other question of one act."""
        parsed, setting = asked.question.parsed, asked.question.setting
        action = told.action
        when, (where, places) = asked.when(action), asked.where(action)
        sure = told.said.status or self.how_sure(parsed, action, setting)
        kind = self.codebook.reading(action.deed, sure.status)
        whys = (("when", when.why), ("where", where.why), ("says who", says.why))
        return Claim(
            report_id=parsed.report.id,
            action=action,
            type=kind,
            cameo=self.codebook.cameo(action, kind, parsed.text),
            quad=self.codebook.quad(kind),
            score=self.codebook.score(kind, action.modes),
            actors=told.actors,
            recipients=told.recipients,
            when=when,
            where=where,
            places=tuple(places),
            quantities=tuple(self.how_many(parsed, action, setting)),
            attribution=says,
            certainty=sure,
            why=(*action.why, *whys, ("how sure", sure.why)),
            decided=told.decided,
            reader=told.said.reader,
            advice=told.said.advice,
        )
