"""The voices of a report: who is quoted how often, and on what."""

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.attribution.ground import Ground
from dateline.attribution.saying import Saying
from dateline.attribution.speakers import Speakers
from dateline.attribution.vouching import TELLING, only_foresees, unsaid
from dateline.model import Parsed, Setting, Span, Speaker


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


def tabulate_voices(
    parsed: Parsed, answer: Speakers, setting: Setting
) -> tuple[Voice, ...]:
    """Return the voices of a report, those cited most often first."""
    groups: dict[str, list[tuple[Speaker, Saying]]] = {}
    opened = answer(parsed, setting)
    for one in opened.found:
        idle = only_foresees(parsed, one) or unsaid(parsed, one)
        if one.sense in TELLING and one.content and not idle:
            speaker = opened.speaker(one)
            groups.setdefault(name(speaker), []).append((speaker, one))
    inner = [quote.inner for quote in Ground.of(parsed).quotes]
    voices = [build_voice(parsed, inner, group) for group in groups.values()]
    return tuple(sorted(voices, key=lambda v: (-v.times, v.sayings[0].start)))


def name(speaker: Speaker) -> str:
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
