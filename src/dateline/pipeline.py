"""The main path. Read this file first: it is the whole program in one screen."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import groupby

from dateline.actions.left_out import list_left_out, unread_stretches
from dateline.deadline import TooSlow, deadline
from dateline.decide import gather_parties, name_own, settle_actors, weigh_side
from dateline.merge import ReportTellings, drop_repeated_claims
from dateline.model import (
    Action,
    Actor,
    Attribution,
    Cast,
    Certainty,
    Claim,
    Dating,
    LeftOut,
    Parsed,
    Place,
    Problem,
    Report,
    Sentence,
    Setting,
    Span,
    Weighed,
    When,
    Why,
)
from dateline.model.decisions import Decisions, Question
from dateline.model.hidden import bare_report, uncovered
from dateline.model.text import LONGEST
from dateline.parted import code_in_parts
from dateline.ports import (
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
from dateline.quantities import counted_apart
from dateline.seconded import Heard, Said, add_dropped, hear_model, read_foreign
from dateline.sweep import unswept
from dateline.times import infer_days

Parties = tuple[Actor, ...]
PEOPLE = frozenset(("person", "group", "state", "body"))  # who can be a party


@dataclass(frozen=True, slots=True)
class Coding:
    """What became of one report: its day, its claims, what could not be done.

    Problems of stage `opinion` are what of a second opinion was refused: the report is
    coded all the same. `unadvised` is true where a second opinion was wanted and of the
    report or a part of it none came: the program's own record stands there.
    """

    report: Report
    dating: Dating
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]
    sentences: int = 0
    skipped: int = 0
    left_out: tuple[LeftOut, ...] = ()
    unadvised: bool = False


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
        try:
            with deadline(self.seconds), unswept(), closing(self.who):
                return self.claims(report)
        except TooSlow:
            if parts := code_in_parts(report, self.seconds, self.claims):
                return parts
            told = f"took more than {self.seconds:g} seconds"
            return Coding(
                report, UNDATED, (), (Problem(report.id, "code", "too_slow", told),)
            )

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

    def cut_sentences(
        self, report: Report
    ) -> tuple[Sequence[Sentence], Sequence[Sentence]]:
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
    ) -> "Asked":
        """Work out once what the questions need to know of a whole report."""
        told = parsed, setting
        named = [span for a in actions for span in (*a.actors, *a.recipients)]
        named += [m.name for m in cast.members if m.named and m.kind in PEOPLE]
        spans = list(dict.fromkeys(named))
        found = self.who.many(parsed, spans, setting)
        people = {s: tuple(who) for s, who in zip(spans, found, strict=True)}
        parties, words = gather_parties(people, cast)
        own = name_own(actions, words)
        question = Question(parsed, setting, cast, tuple(actions), parties, words, own)
        when, where, says = self.when(*told), self.where(*told), self.who_says(*told)
        return Asked(question, when, where, says)

    def hear(self, asked: "Asked", decisions: Decisions) -> Heard:
        """Hear a language model on the decisions, where one is to be asked."""
        parsed, setting = asked.question.parsed, asked.question.setting

        def status(action: Action) -> Certainty:
            return self.how_sure(parsed, action, setting)

        return hear_model(self.advise, asked.question, decisions, status)

    def claim(self, asked: "Asked", told: "Likely", says: Attribution) -> Claim:
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


@dataclass(frozen=True, slots=True)
class Asked:
    """One report, and the questions opened on it."""

    question: Question
    when: Callable[[Action], When]
    where: Callable[[Action], tuple[Place, Sequence[Place]]]
    who_says: Callable[[Sequence[Action]], Sequence[Attribution]]

    def acts_told(self, heard: Heard) -> Iterator["Likely"]:
        """Yield the acts that are to be told, with their parties."""
        every = zip(self.question.acts, heard.decisions, heard.said, strict=True)
        for action, told, said in every:
            if told.tell:
                both = (
                    (told.actors, action.actors),
                    (told.recipients, action.recipients),
                )
                who = (settle_actors(self.question, action, *side) for side in both)
                weighed = tuple(weigh_side(self.question, side) for side, _ in both)
                actors, recipients = who
                likely = replace(action, sure=told.sure)
                mine = weighed if said.reader in ("own", "both") else ()
                yield Likely(likely, said, actors, recipients, mine)


@dataclass(frozen=True, slots=True)
class Likely:
    """An act that is told, who its parties are, and what a second opinion said."""

    action: Action
    said: Said
    actors: Parties
    recipients: Parties
    decided: tuple[Weighed, ...]


def group_kept(every: Sequence[Sentence], kept: Sequence[Sentence]) -> list[list[Span]]:
    """Return the sentences that are kept, in runs that follow each other."""
    chosen = {sentence.span for sentence in kept}
    near = groupby((s.span for s in every), key=chosen.__contains__)
    return [list(run) for keep, run in near if keep]


UNDATED = Dating(None, None, False, (Why("times.dating-unread.v1"),))


def unfit(report: Report, language: str) -> Problem | None:
    """Return why a report cannot be coded at all, or None."""
    if len(report.text) > LONGEST:
        told = f"over {LONGEST:,} characters: cut it into single reports"
        return Problem(report.id, "read", "too_large", told)
    if not any(map(str.isalnum, report.text)):
        return Problem(report.id, "read", "not_a_report", "no words in it")
    if report.language == "zxx":
        told = "no prose in it: a table or a list, or no more than a dateline"
        return Problem(report.id, "read", "not_a_report", told)
    if report.language and report.language.split("-")[0].lower() != language:
        told = f"written in {report.language!r}; this coder reads {language!r}"
        return Problem(report.id, "read", "unsupported_language", told)
    return None
