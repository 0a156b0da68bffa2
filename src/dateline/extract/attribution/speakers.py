"""According to whom: the chain of speakers of one action, outermost first.

And the voices of a report: who is quoted how often, and on what.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.extract.attribution.candidates import Candidate, Rivals
from dateline.extract.attribution.find import attributions
from dateline.extract.attribution.parse_index import quotes
from dateline.extract.attribution.scope import (
    TELLING,
    chain_sayings,
    only_foresees,
    saying_vouches,
    unsaid,
    words_for_speaker,
)
from dateline.extract.attribution.spans import Saying, full_rule_name
from dateline.extract.attribution.speaker_names import (
    join_speakers,
    name_of_office_holder,
    name_of_speaker,
    speaker_in_own_words,
    spoke_before,
)
from dateline.extract.attribution.speaker_ranker import choose_speakers
from dateline.model import Action, Actor, Attribution, Parsed, Setting, Span, Speaker, Why
from dateline.model.protocols import ResolveMany

OWN, UNLIKELY = full_rule_name("own-voice"), full_rule_name("unlikely")
PRONOUN = full_rule_name("pronoun")
BESIDE = {"last": full_rule_name("goes-on"), "next": full_rule_name("speaks-next")}
READ = "reading.speaker.v1"
BLOCK = 512  # characters: sayings are filed by these
PRESS = "JRN"


@dataclass(frozen=True, slots=True)
class Speakers:
    """Answers who says that an action happened; `find` gives a report's sayings."""

    resolve: ResolveMany
    find: Callable[[Parsed], tuple[Saying, ...]] = attributions

    def __call__(self, parsed: Parsed, setting: Setting) -> "Sayings":
        """Find the sayings of a report once, for all its acts."""
        found = self.find(parsed)
        filed: dict[int, list[Saying]] = {}
        for one in found:
            blocks = (range(p.start // BLOCK, p.end // BLOCK + 1) for p in one.content)
            for n in dict.fromkeys(n for some in blocks for n in some):
                filed.setdefault(n, []).append(one)
        rivals = Rivals(parsed, found)
        return Sayings(parsed, setting, self.resolve, found, filed, rivals)


@dataclass(frozen=True, slots=True)
class Sayings:
    """The sayings of one report, filed by the blocks of text that they cover."""

    parsed: Parsed
    setting: Setting
    resolve: ResolveMany
    found: tuple[Saying, ...]
    filed: Mapping[int, Sequence[Saying]]
    rivals: Rivals

    def __call__(self, actions: Sequence[Action]) -> list[Attribution]:
        """Return the speakers of each action, outermost first.

        Where the model read the act, who speaks is chosen by what was learned. All
        are asked together, and so is who they are.
        """
        some = [self.candidates(action) for action in actions]
        judged = [n for n, action in enumerate(actions) if action.act is not None]
        likely = choose_speakers(self.rivals, [(actions[n], some[n]) for n in judged])
        said = [[one for one in every if one.place >= 0] for every in some]
        for n, found in zip(judged, likely, strict=True):
            said[n] = found
        # beside a minister who says so, "allegedly" names no speaker more
        told = [
            [one for one in each if not one.saying or one.saying.source] or each for each in said
        ]
        spans = (self.words(one) for each in told for one in each)
        known = dict.fromkeys(span for span in spans if span is not None)
        self.resolve(self.parsed, known, self.setting)  # it keeps what it is asked
        every = zip(actions, some, told, strict=True)
        return [self.attribution(*each) for each in every]

    def attribution(
        self, action: Action, some: Sequence[Candidate], said: Sequence[Candidate]
    ) -> Attribution:
        """Return the speakers of one action, of `some` who may speak those who do."""
        if not said:
            rejected = any(one.place >= 0 or one.kind == "reader" for one in some)
            nobody = UNLIKELY if rejected else OWN
            return Attribution((), Why(nobody, action.trigger))
        named = [
            self.speaker(one.saying) if one.saying else self.resolve_speaker(one.words)
            for one in said
        ]
        pairs = zip(said, named, strict=True)
        whys = (self.why(one, who) for one, who in pairs)
        return Attribution(tuple(distinct_speakers(named)), next(whys))

    def words(self, one: Candidate) -> Span | None:
        """Return the words for a speaker."""
        span = words_for_speaker(self.parsed, one.saying) if one.saying else one.words
        return span and (self.before(span) or span)

    def candidates(self, action: Action) -> list[Candidate]:
        """Return who may say that an action happened: nobody first."""
        at, parsed = action.trigger, self.parsed
        near = self.filed.get((at.start + at.end) // 2 // BLOCK, ())
        holding = [one for one in near if one.says(at)]
        refused = [one for one in holding if unsaid(parsed, one)]
        over = [one for one in holding if one not in refused]
        over = [o for o in over if not any(o.says(r.cue[0]) for r in refused)]
        vouching = [one for one in over if saying_vouches(parsed, one, at)]
        chain = chain_sayings(parsed, vouching)
        return self.rivals.candidates(action, over, vouching, chain)

    def why(self, one: Candidate, who: Speaker) -> Why:
        """Return the reason why somebody speaks."""
        if one.saying is None:
            return Why(READ, one.words)
        words = words_for_speaker(self.parsed, one.saying)
        if words is not None and self.before(words) == who.span:
            return Why(PRONOUN, words)
        if one.kind in BESIDE:
            return Why(BESIDE[one.kind], one.words)
        return one.saying.why

    def speaker(self, one: Saying) -> Speaker:
        """Return the speaker of a saying, resolved where somebody is named."""
        parsed = self.parsed
        span = words_for_speaker(parsed, one)
        if span is None:
            return Speaker(one.cue[0].of(parsed.text), "unnamed", one.cue[0])
        return self.resolve_speaker(span)

    def resolve_speaker(self, span: Span) -> Speaker:
        """Return who the words of a speaker are."""
        parsed = self.parsed
        span = self.before(span) or span
        (found,) = self.resolve(parsed, (span,), self.setting)
        who = speaker_in_own_words(parsed, span, found[0]) if found else None
        if len(found) > 1:
            who = join_speakers(parsed, span, found)
        words = name_of_office_holder(parsed, name_of_speaker(parsed, span), who)
        kind = speaker_kind(parsed, words, who)
        return Speaker(words.of(parsed.text), kind, words, who)  # type: ignore[arg-type]

    def before(self, span: Span) -> Span | None:
        """Return who spoke before, where a pronoun speaks and the cast is silent."""
        return spoke_before(self.parsed, span, self.rivals.around(span))


def speaker_kind(parsed: Parsed, span: Span, who: Actor | None) -> str:
    """Return whether the speaker is an outlet, a named party, or nobody by name.

    A man or woman of the press who is named is a party; aid agencies are no outlets.
    """
    words = parsed.tokens_in(span)
    sectors = who.sectors if who is not None else ()
    entity = (who.entity or "") if who is not None else ""
    told = {t.text.lower() for t in words}
    named = any(t.pos == "PROPN" for t in words)
    press = PRESS in (sectors if entity else sectors[:1])
    outlet = (press and named) or bool(told & parsed.words("attribution.media"))
    likely = bool(told & parsed.words("attribution.media-likely"))
    outlet |= likely and (press or not sectors)
    # "Kenyan writer Ana Ode" is a woman of the press
    people = parsed.once("ends of people", ends_of_people)
    if outlet and not entity.startswith("person:") and span.end not in people:
        return "outlet"
    known = who is not None and who.answer != "unknown"
    if known or named or any(t.pos == "PRON" for t in words):
        return "named"
    return "unnamed"


def ends_of_people(parsed: Parsed) -> frozenset[int]:
    """Return where the mentions of men and women end."""
    return frozenset(m.span.end for m in parsed.mentions if m.sort == "person")


def distinct_speakers(speakers: Iterable[Speaker]) -> Iterator[Speaker]:
    """Yield the speakers, one who speaks twice only once."""
    seen: set[str] = set()
    for speaker in speakers:
        entity = speaker.who.entity if speaker.who is not None else None
        keys = {speaker.text.lower(), *([entity] if entity else [])}
        if not keys & seen:
            yield speaker
        seen |= keys


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker of a report with everything the report has him say."""

    speaker: Speaker
    sayings: tuple[Saying, ...]
    quoted: int

    @property
    def times(self) -> int:
        """How often the speaker is cited."""
        return len(self.sayings)

    @property
    def topics(self) -> tuple[Span, ...]:
        """The words said, one span a saying."""
        return tuple(one.content[0] for one in self.sayings if one.content)


def tabulate_voices(parsed: Parsed, answer: Speakers, setting: Setting) -> tuple[Voice, ...]:
    """Return the voices of a report, those cited most often first."""
    groups: dict[str, list[tuple[Speaker, Saying]]] = {}
    opened = answer(parsed, setting)
    for one in opened.found:
        idle = only_foresees(parsed, one) or unsaid(parsed, one)
        if one.sense in TELLING and one.content and not idle:
            speaker = opened.speaker(one)
            groups.setdefault(key_of_speaker(speaker), []).append((speaker, one))
    inner = [quote.inner for quote in quotes(parsed.text, parsed.lexicon)]
    voices = [build_voice(parsed, inner, group) for group in groups.values()]
    return tuple(sorted(voices, key=lambda v: (-v.times, v.sayings[0].start)))


def key_of_speaker(speaker: Speaker) -> str:
    """Return what the mentions of one speaker have in common."""
    if speaker.kind == "unnamed" and speaker.who is None:
        return ""
    who = speaker.who
    if who is not None and who.answer != "unknown":
        return who.entity or who.name.lower()
    return speaker.text.lower()


def build_voice(
    parsed: Parsed, inner: Sequence[Span], group: list[tuple[Speaker, Saying]]
) -> Voice:
    """Return one voice: its fullest mention, its sayings, its words in quotations."""
    best = max((speaker for speaker, _ in group), key=lambda s: len(s.text))
    sayings = tuple(one for _, one in group)
    pieces = [p for one in sayings for p in one.content]
    quoted = sum(
        len(Span(max(p.start, q.start), min(p.end, q.end)).of(parsed.text).split())
        for q in inner
        for p in pieces
        if p.overlaps(q)
    )
    return Voice(best, sayings, quoted)
