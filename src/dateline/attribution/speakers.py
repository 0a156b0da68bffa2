"""According to whom: the chain of speakers of one action, outermost first."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.attribution.choice import choose_speakers
from dateline.attribution.find import attributions
from dateline.attribution.ground import RELATIVE
from dateline.attribution.phrases import ACCORDING
from dateline.attribution.relayed import CITED
from dateline.attribution.rivals import Candidate, Rivals
from dateline.attribution.rules import full_rule_name
from dateline.attribution.saying import Saying
from dateline.attribution.speaker_names import (
    join_speakers,
    name_of_office_holder,
    name_of_speaker,
    speaker_in_own_words,
    spoke_before,
)
from dateline.attribution.vouching import saying_vouches, unsaid
from dateline.model import (
    Action,
    Actor,
    Attribution,
    Parsed,
    Setting,
    Span,
    Speaker,
    Token,
    Why,
)
from dateline.ports import ResolveMany

OWN, UNLIKELY = full_rule_name("own-voice"), full_rule_name("unlikely")
PRONOUN = full_rule_name("pronoun")
BESIDE = {"last": full_rule_name("goes-on"), "next": full_rule_name("speaks-next")}
READ = "reading.speaker.v1"
BLOCK = 512  # characters: sayings are filed by these
MARKS = frozenset("\"“”„'’‘‚`«»‹›")
PRESS = "JRN"
PERSONAL = "pronoun"  # the tag of "he" and "they", not of "some" and "others"


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
            for n in dict.fromkeys(
                n for piece in one.content for n in blocks_touched(piece)
            ):
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
        told = [self.sourced(each) for each in said]
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
        named = [self.speaks(one) for one in said]
        pairs = zip(said, named, strict=True)
        whys = (self.why(one, who) for one, who in pairs)
        return Attribution(tuple(distinct_speakers(named)), next(whys))

    def words(self, one: Candidate) -> Span | None:
        """Return the words for a speaker."""
        span = words_for_speaker(self.parsed, one.saying) if one.saying else one.words
        return span and (self.before(span) or span)

    def sourced(self, said: Sequence[Candidate]) -> Sequence[Candidate]:
        """Return those of the speakers that are somebody; all where none is.

        Beside a minister who says so, "allegedly" names no speaker more.
        """
        mine = [
            s for s in said if not s.saying or words_for_speaker(self.parsed, s.saying)
        ]
        return mine or said

    def candidates(self, action: Action) -> list[Candidate]:
        """Return who may say that an action happened: nobody first."""
        at, parsed = action.trigger, self.parsed
        holding = [one for one in self.near(at) if one.says(at)]
        refused = [one for one in holding if unsaid(parsed, one)]
        over = [one for one in holding if one not in refused]
        over = [o for o in over if not any(o.says(r.cue[0]) for r in refused)]
        vouching = [one for one in over if saying_vouches(parsed, one, at)]
        return self.rivals.candidates(
            action, over, vouching, chain_sayings(parsed, vouching)
        )

    def near(self, trigger: Span) -> Sequence[Saying]:
        """Return the sayings whose content comes near a trigger, in their order."""
        middle = (trigger.start + trigger.end) // 2
        return self.filed.get(middle // BLOCK, ())

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

    def speaks(self, one: Candidate) -> Speaker:
        """Return who somebody is that may say so."""
        return (
            self.speaker(one.saying) if one.saying else self.resolve_speaker(one.words)
        )

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


def blocks_touched(span: Span) -> range:
    """Return the numbers of the blocks of text that a span touches."""
    return range(span.start // BLOCK, span.end // BLOCK + 1)


def chain_sayings(parsed: Parsed, found: Sequence[Saying]) -> list[Saying]:
    """Return sayings that hold one act, outermost first, no speaker a second time.

    Who is cited speaks within what the citing one says, in whatever order they stand.
    """
    after = [s for s in found if s.why.rule == ACCORDING and relaying(parsed, s, found)]
    ordered = sorted(
        found,
        key=lambda s: (
            s not in after,
            -reach(s, found),
            s.why.rule == CITED,
            s.start,
        ),
    )
    return [
        s for i, s in enumerate(ordered) if i == 0 or not again(parsed, s, ordered[:i])
    ]


def relaying(parsed: Parsed, one: Saying, found: Sequence[Saying]) -> bool:
    """Whether somebody passes on what another said: "X said so, according to Y"."""
    trails = one.content[-1].end <= one.cue[0].start
    return trails and any(
        two.cue[-1].end < one.cue[0].start
        and two.says(one.cue[0])
        and not within_marks(parsed, two, one.cue[0])
        for two in found
        if two is not one and two.cue
    )


def reach(one: Saying, others: Sequence[Saying]) -> int:
    """Return how much a saying covers, less a clause behind it that covers it whole.

    In "the ministry said it had left, the agency reported" the agency is outermost.
    """
    over = [s for s in others if s is not one and one.cue and s.says(one.cue[0])]
    tails = [s.source[0].start for s in over if s.source and one.says(s.source[0])]
    cut = min((at for at in tails if at > one.cue[-1].end), default=None)
    return one.size if cut is None else cut - one.cue[-1].end


def again(parsed: Parsed, one: Saying, outer: Sequence[Saying]) -> bool:
    """Whether an inner speaker is a pronoun for the outer: "she said she believes".

    Who is named only behind it is not meant: "he said so, the agency reported".
    """
    span = words_for_speaker(parsed, one)
    head = parsed.head_of(span) if span is not None else None
    if span is None or head is None or head.form != PERSONAL:
        return False
    if head.text.lower() in parsed.words("attribution.first-person"):
        return True
    ahead = [two for two in outer if not two.source or two.source[0].start < span.start]
    return bool(ahead) and not any(within_marks(parsed, two, span) for two in outer)


def within_marks(parsed: Parsed, one: Saying, words: Span) -> bool:
    """Whether words lie in what a saying quotes directly."""
    pieces = (p for p in one.content if p.covers(words))
    marks = (parsed.text[max(0, p.start - 2) : p.start] for p in pieces)
    return any(c in MARKS for lead in marks for c in lead)


def words_for_speaker(parsed: Parsed, one: Saying) -> Span | None:
    """Return the words for the speaker, a relative pronoun read as its noun."""
    if not one.source:
        return None
    span = one.source[0]
    head = parsed.head_of(span)
    if head is not None and head.form in RELATIVE:
        return noun(parsed, head) or span
    return span


def noun(parsed: Parsed, pronoun: Token) -> Span | None:
    """Return the noun phrase that a relative pronoun takes up."""
    for token in parsed.above(pronoun):
        if token.relation == "relative-clause":
            head = parsed.tokens[token.head]
            words = [t for t in parsed.subtree(head) if t.start < pronoun.start]
            return Span(words[0].start, head.end) if words else head.span
    return None


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
    if outlet and not entity.startswith("person:") and not ends_in_person(parsed, span):
        return "outlet"
    known = who is not None and who.answer != "unknown"
    if known or named or any(t.pos == "PRON" for t in words):
        return "named"
    return "unnamed"


def ends_in_person(parsed: Parsed, span: Span) -> bool:
    """Whether words end in the name of a man or woman: "Kenyan writer Ana Ode"."""
    return span.end in parsed.once("ends of people", ends_of_people)


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
