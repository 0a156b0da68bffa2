"""Who the parties are, by the model, where grammar names nobody or the wrong words."""

import re
from dataclasses import dataclass, replace
from typing import Any

from dateline.actions.judge import Read
from dateline.actions.match import lower
from dateline.actions.parties import WHO, entity_at
from dateline.actions.propose import clause, phrases, runs
from dateline.codebook import FolderCodebook
from dateline.model import Action, Parsed, Sentence, Span, Token, Why

DOUBTED = 0.2  # of a party's words: below it the model's own party takes their place
SURER = 0.75  # of the party that the model puts there
RULE = "actions.model-party.v1"
ACTOR, RECIPIENT, EITHER = slice(1, 3), slice(3, 5), slice(1, 5)
ASIDE = frozenset(
    ("ccomp", "advcl", "relcl", "acl", "parataxis", "csubj", "appos", "pobj")
)
WHERE = frozenset(("in", "at", "near", "through", "across", "around", "outside"))
LISTED = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")
Spans = tuple[Span, ...]


def completed(
    book: FolderCodebook, read: Read, parsed: Parsed, sentence: Sentence, act: Action
) -> Action:
    """Return an act with the model's parties where grammar's are missing or doubted.

    The model knows best who does the main act of a sentence. Of an act in a clause
    aside it may name who stands in that clause, and overrule nothing.
    """
    rows = read.parties(act.trigger, sentence.first, sentence.last)
    table = Table(parsed, sentence, rows, act, main(book, parsed, act.trigger))
    return table.together() if act.mutual else table.apart()


def main(book: FolderCodebook, parsed: Parsed, trigger: Span) -> bool:
    """Whether an act heads its sentence: no clause aside, no object of another deed."""
    token = parsed.head_of(trigger)
    while token is not None and token.head != token.i:
        above = parsed.tokens[token.head]
        carried = above.pos != "VERB" or lower(above) in book.classes["light"]
        if token.dep in ASIDE or (token.pos == "NOUN" and not carried):
            return False
        token = above
    return token is not None


@dataclass(frozen=True, slots=True)
class Table:
    """What the model says of a sentence's words: O, B-, I-actor, B-, I-recipient."""

    parsed: Parsed
    sentence: Sentence
    rows: Any
    act: Action
    main: bool

    def apart(self) -> Action:
        """Return an act of one side on the other, with whom the model adds."""
        act = self.act
        if "visit" in act.modes and act.actors and act.recipients:
            return act  # grammar knows who comes to whom: "was received by"
        actors = self.sound(act.actors, ACTOR)
        recipients = self.sound(act.recipients, RECIPIENT)
        does = actors or self.found(ACTOR, recipients)
        gets = recipients or self.found(RECIPIENT, does)
        does = does or beside(act.actors, gets)
        gets = gets or beside(act.recipients, does)
        return told(self.parsed, act, does, gets)

    def together(self) -> Action:
        """Return an act of all its parties, with the second where one alone is told."""
        one = (*self.act.actors, *self.act.recipients)
        other = self.found(EITHER, one) if len(one) == 1 else ()
        return told(self.parsed, self.act, (*one, *other), ()) if other else self.act

    def sound(self, spans: Spans, side: slice) -> Spans:
        """Return grammar's spans if the model does not doubt every one."""
        if not self.main or any(self.pronoun(s) for s in spans):
            return spans
        return spans if any(self.share(s, side) >= DOUBTED for s in spans) else ()

    def pronoun(self, span: Span) -> bool:
        """Whether a pronoun stands for somebody: grammar knows whose place it has."""
        head = self.parsed.head_of(span)
        return head is not None and head.tag in PRONOUNS

    def share(self, span: Span, side: slice) -> float:
        """Return how sure the model is that a word of `span` is of a side."""
        words = self.parsed.tokens[self.sentence.first : self.sentence.last]
        pairs = zip(words, self.rows[:, side].sum(1), strict=True)
        return max((float(p) for t, p in pairs if span.overlaps(t.span)), default=1.0)

    def found(self, side: slice, others: Spans) -> Spans:
        """Return the likeliest party that the model marks for a side, and its list."""
        marked = runs(self.parsed, self.sentence.first, self.rows[:, side].sum(1))
        every = beside(tuple(phrases(self.parsed, marked)), others)
        every = tuple(s for s in every if self.fits(s))
        best = max(every, key=lambda s: self.share(s, side), default=None)
        if best is None or self.share(best, side) < SURER:
            return ()
        return listed(self.parsed.text, every, best)

    def fits(self, span: Span) -> bool:
        """Whether a name or noun stands where a party of this act may stand."""
        head = self.parsed.head_of(span)
        if head is None or head.tag in PRONOUNS:
            return False
        entity = entity_at(self.parsed, head)
        if (entity is not None and entity.label in GROUND) or placed(self.parsed, head):
            return False
        named = entity is not None and entity.label in WHO
        told = named or head.pos in ("NOUN", "PROPN")
        return told and (self.main or self.act.evidence.covers(span))


GROUND = frozenset(("LOC", "FAC"))  # a sea or a bridge is nobody
PRONOUNS = frozenset(("PRP", "PRP$", "WP", "WP$", "WDT"))


def placed(parsed: Parsed, head: Token) -> bool:
    """Whether a word only says where: "in the Tunisian capital", "across the city"."""
    above = parsed.tokens[head.head]
    return head.dep == "pobj" and lower(above) in WHERE and head.pos == "NOUN"


def listed(text: str, spans: Spans, best: Span) -> Spans:
    """Return `best`, and those that follow it in a list: "A, B and C"."""
    out = [best]
    for span in spans:
        if span.start > best.start and LISTED.fullmatch(text[out[-1].end : span.start]):
            out.append(span)
    return tuple(out)


def beside(spans: Spans, others: Spans) -> Spans:
    """Return the spans that share nothing with the others."""
    return tuple(s for s in spans if not any(s.overlaps(o) for o in others))


def told(parsed: Parsed, act: Action, actors: Spans, recipients: Spans) -> Action:
    """Return the act with these parties; the reason of each that is new."""
    if (actors, recipients) == (act.actors, act.recipients):
        return act
    changed = {
        question: Why(RULE, new[0])
        for question, old, new in (
            ("actor", act.actors, actors),
            ("recipient", act.recipients, recipients),
        )
        if new and new != old
    }
    why = tuple((question, changed.get(question, was)) for question, was in act.why)
    evidence = clause(parsed, (act.evidence, *actors, *recipients))
    return replace(
        act, actors=actors, recipients=recipients, evidence=evidence, why=why
    )
