"""What the decision weighs: one function a feature, declared with its words.

A feature has a number for every choice of every side of every act of a report: choice 0
is nobody, choice 1 somebody whom the question does not list, the others its parties.
`weights.json` holds what each weighs; the loader refuses weights of other features.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.ml.feature_table import Feature, Table
from dateline.model import Action, Span, Words
from dateline.model.decisions import Own, Party

Real = NDArray[np.float64]
Ints = NDArray[np.int64]
NOBODY, UNLISTED, LISTED = 0, 1, 2  # the first choices of each side
SIDES = ("actors", "recipients")
LEAST = 1e-4
FAR = 99  # sentences: no party is farther away


@dataclass(frozen=True, slots=True)
class Seen:
    """A report's acts and parties as columns: what every feature reads.

    acts x sides x choices where not said otherwise. `shares` is what the second
    reading gives each choice, `codes` the number of each party's country and sectors,
    `said` how surely the reader takes words of a party for a side, `named` whether the
    act's own words name it, `near` how many sentences the party's nearest words are
    away (acts x parties).
    """

    acts: Sequence[Action]
    parties: Sequence[Party]
    shares: Real
    codes: NDArray[np.int64]
    said: Real
    named: Real
    near: Real

    @property
    def blank(self) -> Real:
        """Return a feature that says nothing."""
        return np.zeros_like(self.shares)

    def spread(self, of_party: Real) -> Real:
        """Return a number a party as a feature, 0 for nobody and unlisted."""
        out = self.blank
        out[:, :, LISTED:] = of_party
        return out


def see(
    acts: Sequence[Action],
    parties: Sequence[Party],
    own: Sequence[Own],
    sentences: Sequence[Span],
    logits: Real,
) -> Seen:
    """Return the columns of a report. `logits` are acts x sides x choices."""
    shares = np.exp(logits - logits.max(2, keepdims=True))
    shares = shares / shares.sum(2, keepdims=True)
    names = [(p.who.country, p.who.sectors[:2]) for p in parties]
    numbers = {c: n for n, c in enumerate(dict.fromkeys(names))}
    said, named = np.zeros((2, *shares.shape))
    starts = np.array([s.start for s in sentences] or [0])
    lows, highs, whose = mentions_of(parties)
    triggers = np.array([act.trigger.start for act in acts], np.int64)
    at, where = (starts.searchsorted(each, "right") for each in (triggers, lows))
    near = np.full((len(acts), len(parties)), float(FAR))
    if len(whose):  # those of one party stand together
        first = np.flatnonzero(np.diff(whose, prepend=-1))
        apart = np.abs(at[:, None] - where)
        near[:, whose[first]] = np.minimum(np.minimum.reduceat(apart, first, 1), FAR)
    for a, act in enumerate(acts):
        for s, side in enumerate(SIDES):
            found: tuple[Words, ...] = getattr(act.act, side) if act.act else ()
            for words in found:
                hit = (lows < words.span.end) & (words.span.start < highs)
                of = whose[hit] + LISTED
                said[a, s, of] = np.maximum(said[a, s, of], words.sure)
            for n in getattr(own[a], side):
                named[a, s, n + LISTED] = 1
    codes = np.array([numbers[c] for c in names], np.int64)
    return Seen(acts, parties, shares, codes, said, named, near)


def mentions_of(parties: Sequence[Party]) -> tuple[Ints, Ints, Ints]:
    """Return where the words of all parties start and end, and whose they are."""
    every = [(m.start, m.end, n) for n, p in enumerate(parties) for m in p.mentions]
    starts, ends, whose = np.array(every, np.int64).reshape(-1, 3).T
    return starts, ends, whose


def log_share(share: Real) -> Real:
    """Return the logarithm of shares, none below a bound."""
    return np.log(np.maximum(share, LEAST))


def by_code(seen: Seen, shares: Real) -> Real:
    """Return each party's number with all parties of its country and sectors."""
    out = shares.copy()
    same = seen.codes[:, None] == seen.codes[None, :]
    out[:, :, LISTED:] = shares[:, :, LISTED:] @ same
    return out


def weighs(
    reason: str = "", against: bool = False
) -> Callable[[Callable[[Seen], Real]], Feature[Seen]]:
    """Declare a function as a feature of its name; its docstring is what it says.

    `reason` is what it is to an analyst who asks why one answer came before another;
    what only says how often a side is nobody's is no evidence and has none. `against`:
    it speaks against whom it holds of.
    """

    def declare(of: Callable[[Seen], Real]) -> Feature[Seen]:
        words = (of.__doc__ or "").split("\n")[0]
        return Feature(of.__name__, words, of, reason=reason, against=against)

    return declare


@weighs("The whole report makes its country likely.")
def share_of_code(seen: Seen) -> Real:
    """The second reading's share of all parties of this country and sectors."""
    return log_share(by_code(seen, seen.shares))


@weighs("The whole report makes this answer likely.")
def share_of_party(seen: Seen) -> Real:
    """The second reading's share of this very party."""
    return log_share(seen.shares)


@weighs("Its words were read on this side.")
def words_on_side(seen: Seen) -> Real:
    """How surely the reader takes words of the party for this side."""
    return seen.said


@weighs("The other's words were read on the other side.", against=True)
def words_on_other_side(seen: Seen) -> Real:
    """How surely the reader takes words of the party for the other side."""
    return seen.said[:, ::-1]


@weighs("The act's own words name it.")
def named_on_side(seen: Seen) -> Real:
    """The act's own words of this side name the party."""
    return seen.named


@weighs("The act's own words name its country and sectors.")
def code_named_on_side(seen: Seen) -> Real:
    """The act's own words of this side name somebody of its country and sectors."""
    return np.minimum(by_code(seen, seen.named), 1.0)


@weighs("The act's other side names such a one.", against=True)
def code_named_on_other_side(seen: Seen) -> Real:
    """The act's own words of the other side name somebody of its code."""
    return np.minimum(by_code(seen, seen.named[:, ::-1]), 1.0)


@weighs("The other is likelier on the act's other side.", against=True)
def share_on_other_side(seen: Seen) -> Real:
    """The second reading's share of its code on the other side, acts of one way."""
    out = by_code(seen, seen.shares)[:, ::-1].copy()
    out[:, :, :LISTED] = 0
    out[[n for n, act in enumerate(seen.acts) if act.mutual]] = 0
    return out


@weighs("Who the other is was only guessed.", against=True)
def known_by_guess(seen: Seen) -> Real:
    """Who the party is was only guessed."""
    return seen.spread(np.array([p.who.answer == "guess" for p in seen.parties], float))


@weighs("Who the other is is not known.", against=True)
def not_known(seen: Seen) -> Real:
    """Nobody could tell who the party is."""
    rows = [p.who.answer == "unknown" for p in seen.parties]
    return seen.spread(np.array(rows, float))


@weighs("The other's country is not known.", against=True)
def without_country(seen: Seen) -> Real:
    """The party is of no known country."""
    return seen.spread(np.array([not p.who.country for p in seen.parties], float))


@weighs("The report mentions it more often.")
def often_mentioned(seen: Seen) -> Real:
    """How often the report mentions the party (logarithm)."""
    return seen.spread(np.array([math.log1p(len(p.mentions)) for p in seen.parties]))


@weighs("Its words stand in the act's sentence.")
def in_the_sentence(seen: Seen) -> Real:
    """Words for the party stand in the act's own sentence."""
    out = seen.blank
    out[:, :, LISTED:] = (seen.near == 0)[:, None]
    return out


@weighs("The other's words stand farther off.", against=True)
def sentences_away(seen: Seen) -> Real:
    """How many sentences away the party's nearest words are (logarithm)."""
    out = seen.blank
    out[:, :, LISTED:] = np.log1p(seen.near)[:, None]
    return out


def share_meant(seen: Seen, part: str) -> Real:
    """Return what the reader says of a side of nobody."""
    out = seen.blank
    for n, act in enumerate(seen.acts):
        if act.act is not None:
            both = act.act.actor_meant, act.act.recipient_meant
            out[n, :, NOBODY] = [getattr(each, part) for each in both]
    return out


@weighs()
def nobody(seen: Seen) -> Real:
    """Nobody is meant."""
    out = seen.blank
    out[:, :, NOBODY] = 1
    return out


@weighs()
def nobody_done_to(seen: Seen) -> Real:
    """Nobody is meant, as recipient."""
    out = seen.blank
    out[:, 1, NOBODY] = 1
    return out


@weighs()
def unlisted(seen: Seen) -> Real:
    """Somebody is meant whom the question does not list."""
    out = seen.blank
    out[:, :, UNLISTED] = 1
    return out


@weighs("The sentence was read with nobody on this side.")
def nobody_by_reader(seen: Seen) -> Real:
    """How surely the reader takes the side for nobody's, of nobody."""
    return share_meant(seen, "nobody")


@weighs("The sentence was read with words for this side.", against=True)
def told_by_reader(seen: Seen) -> Real:
    """How surely the reader takes the side for told by words, of nobody."""
    return share_meant(seen, "told")


@weighs("The sentence implies somebody not named.")
def implied_by_reader(seen: Seen) -> Real:
    """How surely the reader takes the side for implied, of who is not named."""
    out = seen.blank
    told = share_meant(seen, "implied")[:, :, NOBODY]
    out[:, :, LISTED:] = told[:, :, None] * (1 - seen.named[:, :, LISTED:])
    return out


@weighs("The act's own words name somebody.", against=True)
def nobody_though_named(seen: Seen) -> Real:
    """Nobody or unlisted, though the act's own words name somebody."""
    out = seen.blank
    out[:, :, :LISTED] = seen.named.max(2, keepdims=True)
    return out


@weighs("The act's own words do not name the other.", against=True)
def named_beside_words(seen: Seen) -> Real:
    """Somebody else, though the act's own words name a party."""
    out = seen.blank
    other = seen.named.max(2, keepdims=True) * (1 - code_named_on_side.of(seen))
    out[:, :, LISTED:] = other[:, :, LISTED:]
    return out


@weighs("Other tellings of such an act make it likely.")
def other_tellings(seen: Seen) -> Real:
    """The mean share of its code in the report's other acts of the same deed."""
    shares = by_code(seen, seen.shares)
    out = seen.blank
    deeds = np.array([act.deed for act in seen.acts])
    for deed in dict.fromkeys(deeds):
        rows = np.flatnonzero(deeds == deed)
        if len(rows) > 1:
            total = shares[rows].sum(0, keepdims=True)
            out[rows] = (total - shares[rows]) / (len(rows) - 1)
    out[:, :, :LISTED] = 0
    return out


@weighs("More acts of the report name it.")
def named_by_any_act(seen: Seen) -> Real:
    """How often acts' own words name the party (logarithm)."""
    many = seen.named[:, :, LISTED:].max(1, initial=0).sum(0)
    return seen.spread(np.log1p(many))


@weighs("The act's own words name it and nobody else.")
def only_named(seen: Seen) -> Real:
    """The act's own words of this side name the party and nobody else."""
    alone = seen.named.sum(2, keepdims=True) == 1
    return np.asarray(seen.named * alone, np.float64)


@weighs("Another act of this kind names it.")
def sure_share_elsewhere(seen: Seen) -> Real:
    """The highest share of its code in another act of the same deed, named there."""
    shares = by_code(seen, seen.shares) * np.minimum(by_code(seen, seen.named), 1)
    out = seen.blank
    deeds = np.array([act.deed for act in seen.acts])
    for n, deed in enumerate(deeds):
        rows = np.flatnonzero(deeds == deed)
        rows = rows[rows != n]
        if len(rows):
            out[n] = shares[rows].max(0)
    out[:, :, :LISTED] = 0
    return out


FEATURES: Table[Seen] = Table.of(
    share_of_code,
    share_of_party,
    words_on_side,
    words_on_other_side,
    named_on_side,
    code_named_on_side,
    code_named_on_other_side,
    share_on_other_side,
    known_by_guess,
    not_known,
    without_country,
    often_mentioned,
    in_the_sentence,
    sentences_away,
    nobody,
    nobody_done_to,
    unlisted,
    nobody_by_reader,
    told_by_reader,
    implied_by_reader,
    nobody_though_named,
    named_beside_words,
    other_tellings,
    named_by_any_act,
    only_named,
    sure_share_elsewhere,
)
"""What the decision weighs. `weights.json` weighs them by name; one that it does not
name is not fitted yet and weighs nothing."""


def is_reason(feature: Feature[Seen], weight: float) -> bool:
    """Whether a feature of this weight can be told as a reason.

    One that was fitted to speak the other way only sets right what others overstate.
    """
    return bool(feature.reason) and (weight < 0) == feature.against


def feature_columns(seen: Seen) -> Real:
    """Return acts x sides x choices x features."""
    return np.asarray(FEATURES.stacked(seen), np.float64)
