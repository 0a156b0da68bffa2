"""The questions that are opened on one report, and the acts that are to be told."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.extract.arguments import gather_parties, name_own, settle_actors, weigh_side
from dateline.model import Action, Actor, Attribution, Cast, Parsed, Place, Setting, Weighed, When
from dateline.model.decisions import Question
from dateline.model.protocols import ResolveActors
from dateline.pipeline.llm_review import Heard, Said

Parties = tuple[Actor, ...]
PEOPLE = frozenset(("person", "group", "state", "body"))  # who can be a party


def make_question(
    parsed: Parsed, cast: Cast, setting: Setting, actions: Sequence[Action], who: ResolveActors
) -> Question:
    """Return what the decision is asked: all acts, and everybody whom they may mean."""
    named = [span for a in actions for span in (*a.actors, *a.recipients)]
    named += [m.name for m in cast.members if m.named and m.kind in PEOPLE]
    spans = list(dict.fromkeys(named))
    found = who.many(parsed, spans, setting)
    people = {s: tuple(whom) for s, whom in zip(spans, found, strict=True)}
    parties, words = gather_parties(people, cast)
    own = name_own(actions, words)
    return Question(parsed, setting, cast, tuple(actions), parties, words, own)


@dataclass(frozen=True, slots=True)
class Likely:
    """An act that is told, who its parties are, and what a second opinion said."""

    action: Action
    said: Said
    actors: Parties
    recipients: Parties
    decided: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One report, and the questions opened on it."""

    question: Question
    when: Callable[[Action], When]
    where: Callable[[Action], tuple[Place, Sequence[Place]]]
    who_says: Callable[[Sequence[Action]], Sequence[Attribution]]

    def acts_told(self, heard: Heard) -> Iterator[Likely]:
        """Yield the acts that are to be told, with their parties."""
        every = zip(self.question.acts, heard.decisions, heard.said, strict=True)
        for action, told, said in every:
            if told.tell:
                both = ((told.actors, action.actors), (told.recipients, action.recipients))
                who = (settle_actors(self.question, action, *side) for side in both)
                weighed = tuple(weigh_side(self.question, side) for side, _ in both)
                actors, recipients = who
                likely = replace(action, sure=told.sure)
                mine = weighed if said.reader in ("own", "both") else ()
                yield Likely(likely, said, actors, recipients, mine)
