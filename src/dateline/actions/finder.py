"""What was done, and by whose words: the frame lexicon read over the parse."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.actions import embed, gate, grammar
from dateline.actions.answering import answered
from dateline.actions.asked import contents
from dateline.actions.calibrate import calibrated
from dateline.actions.contents import contexts, modes
from dateline.actions.evidence import evidence
from dateline.actions.fill import read
from dateline.actions.fits import fits
from dateline.actions.judge import Encoder, judged, matters
from dateline.actions.match import Candidate, candidates, lower, trigger
from dateline.actions.merge import distinct
from dateline.actions.propose import proposed
from dateline.actions.reading import Reading
from dateline.actions.sides import sides
from dateline.actions.spans import completed
from dateline.actions.sure import NEGATED, sure
from dateline.codebook import FolderCodebook
from dateline.model import Action, Parsed, Sentence, Setting, Span, Token, Why

FLOOR = 0.35  # below it a claim of grammar alone is more often wrong than right
MIXED_FLOOR = 0.25  # the same where the model has its share in the confidence


@dataclass(frozen=True, slots=True)
class FrameFinder:
    """Finds the acts of a report by the codebook's frames: `ports.FindActions`."""

    codebook: FolderCodebook
    encoder: Encoder | None = None
    floor: float | None = None
    raw: bool = False

    def __call__(self, parsed: Parsed, setting: Setting) -> Sequence[Action]:
        """Return the acts that the report tells, in text order."""
        about = contexts(self.codebook, parsed)
        by_frame = [
            (s, [action(r, about) for r in readings(self.codebook, parsed, s)])
            for s in parsed.sentences
            if s.parsed
        ]
        if self.encoder is None:
            floor = self.floor if self.floor is not None else FLOOR
            found = [a for _, acts in by_frame for a in acts]
        else:
            floor = self.floor if self.floor is not None else MIXED_FLOOR
            found = list(self.mixed(self.encoder, parsed, by_frame, about))
        kept = tuple(answered(parsed, [a for a in found if a.sure >= floor]))
        if self.encoder is None or self.raw:
            return kept
        return tuple(calibrated(act) for act in kept)

    def mixed(
        self,
        encoder: Encoder,
        parsed: Parsed,
        by_frame: Sequence[tuple[Sentence, Sequence[Action]]],
        about: tuple[str, ...],
    ) -> Iterator[Action]:
        """Yield the acts of frames as the model judges them; where none is, its own.

        The model reads only what holds an act, and silent sentences like those that do.
        """
        silent = [sentence for sentence, acts in by_frame if not acts]
        chosen = likely(parsed, silent)
        spans = [act.trigger for _, acts in by_frame for act in acts]
        read = encoder.read(parsed, only=[*spans, *(s.span for s in chosen)])
        about = matters(read, spans, about)
        for sentence, acts in by_frame:
            for act in filter(not_negated, acts):
                whole = completed(self.codebook, read, parsed, sentence, act)
                yield replace(judged(read, whole), contexts=about)
            if sentence in chosen:
                for own in proposed(self.codebook, read, parsed, sentence):
                    yield replace(own, contexts=about)


def likely(parsed: Parsed, silent: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences whose words are so like an act's that the model may look."""
    found = gate.scores([s.span.of(parsed.text) for s in silent])
    return [s for s, score in zip(silent, found, strict=True) if score >= gate.LIKELY]


def not_negated(act: Action) -> bool:
    """Whether grammar has not seen a "not" on the act; the model cannot overrule it."""
    return act.sure > NEGATED


def readings(
    book: FolderCodebook, parsed: Parsed, sentence: Sentence
) -> Sequence[Reading]:
    """Return the acts of one sentence: those that fit, are told, and stand alone."""
    told = [
        r for c in candidates(book, parsed, sentence) if (r := chosen(book, parsed, c))
    ]
    swallowed: set[int] = set()
    for one in told:
        if "absorb" in one.frame.needs and one.head.i not in swallowed:
            swallowed |= embed.swallowed(parsed, one.anchors, one.head)
    kept = [r for r in told if r.head.i not in swallowed and real(r)]
    return distinct(kept)


def chosen(book: FolderCodebook, parsed: Parsed, found: Candidate) -> Reading | None:
    """Return the first frame that fits at a place."""
    for frame, words in found.frames:
        reading = read(book, parsed, frame, words, found.head)
        if fits(reading):
            return reading
    return None


def real(found: Reading) -> bool:
    """Whether the act is told as done, planned or said: no wish, fear or condition."""
    parsed, head = found.parsed, found.head
    why = embed.unreal(found.book, parsed, head)
    if (why and (why != "try" or found.frame.deed not in TRIED)) or accident(found):
        return False
    verb = found.light or head
    if verb.pos == "VERB" and embed.conditional(parsed, verb):
        return False
    talk = found.frame.deed in ("CONSULT", "AGREE", "REQUEST", "ACCUSE", "SUPPORT")
    talk = talk and "investigate" not in found.frame.modes
    if "ahead" in found.frame.needs:
        return True
    modals = embed.DUTY if talk else embed.UNREAL_MODALS
    return verb.pos != "VERB" or not embed.modal_unreal(parsed, verb, modals)


TRIED = frozenset(("ASSAULT", "REQUEST"))  # "tried to kill", "tried to persuade"


def accident(found: Reading) -> bool:
    """Whether nature or mischance did it: "killed in an earthquake"."""
    if found.frame.deed != "ASSAULT" or found.frame.kind == "noun":
        return False
    words = found.book.classes["accident"]
    if any(mishap(found, t) for t in found.subjects):
        return True
    if any(lower(t) in words and t.pos == "NOUN" for t in found.subjects):
        return not any(lower(t) in ("bomb",) for t in found.subjects)
    told = grammar.after(found.parsed, (found.head,), ("in", "by", "from", "of"))
    return any(lower(t) in words for t in told) and not found.subjects


def mishap(found: Reading, blast: Token) -> bool:
    """Whether it was gas or a boiler that blew up: "a gas explosion killed four"."""
    before = found.parsed.below(blast, "compound", "amod")
    return lower(blast) in BLASTS and any(lower(t) in MISHAPS for t in before)


BLASTS = frozenset(("explosion", "blast", "fire"))
MISHAPS = frozenset(
    (
        *("gas", "boiler", "coal", "kitchen", "firework", "fireworks", "propane"),
        *("dust", "furnace", "forest", "refinery", "cylinder", "methane", "pit"),
        *("accidental", "electrical"),
    )
)


def action(found: Reading, about: tuple[str, ...]) -> Action:
    """Turn a reading into an action with its reasons."""
    actors, recipients, mutual = sides(found)
    at = trigger(told_words(found))
    kind = found.frame.kind
    why: list[tuple[str, Why]] = [("what", Why(f"actions.frame-{kind}.v1", at))]
    why.append(("actor", Why(found.actor_rule, first(actors))))
    why.append(("recipient", Why(found.recipient_rule, first(recipients))))
    return Action(
        trigger=at,
        evidence=evidence(found, (*actors, *recipients)),
        deed=found.frame.deed,
        modes=modes(found),
        contexts=about,
        actors=actors,
        recipients=recipients,
        mutual=mutual,
        sure=sure(found),
        why=tuple(why),
    )


def told_words(found: Reading) -> Sequence[Token]:
    """Return the words of the act: of "said they must leave" it is "must leave"."""
    if found.frame.unit == ("be",):  # "is an insult"
        called = found.parsed.below(found.head, "attr", "acomp")
        return (*found.words, *called)
    if "must" not in found.frame.needs:
        return found.words
    verb = next(iter(contents(found)), found.head)
    if lower(verb) in ("have", "need"):
        return (verb, *found.parsed.below(verb, "xcomp"))
    return (*(t for t in found.parsed.below(verb, "aux") if t.tag == "MD"), verb)


def first(spans: Sequence[Span]) -> Span | None:
    """Return the first span, None where there is none."""
    return spans[0] if spans else None
