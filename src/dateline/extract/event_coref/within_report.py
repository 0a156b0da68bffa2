"""The tellings of one report joined, by what the encoder read of them too.

A sentence printed twice tells its acts once.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from operator import is_
from pathlib import Path
from typing import Any

import numpy as np

from dateline.extract.event_coref.clustering import MOST, NEVER, cluster_scored_rows, nearby
from dateline.extract.event_coref.mention_table import (
    AT,
    Columns,
    Numbering,
    happening_number,
    pack_senses,
)
from dateline.extract.event_coref.mentions import Telling, of_claim, place_of
from dateline.extract.event_coref.pair_features import compare_rows
from dateline.extract.event_coref.pair_scorer import Index, cannot_be_one, chunk_bounds, long_apart
from dateline.ml import trees
from dateline.ml.trees import Real, Trees
from dateline.model import Claim, Parsed, Span, States
from dateline.model.record import claim_record

MODEL = Path(__file__).with_name("report.npz")
CHUNK = 4096  # pairs compared at once
PRINT = frozenset("id trigger confidence why start end".split())
"""What each print of the same words has of its own."""
LIKENESS = ("states of triggers", "states of clauses")  # figures beside those of pairs


@dataclass(frozen=True, slots=True)
class Seen:
    """What the encoder read of tellings, in directions of length 1: telling x width.

    States are taken from the mean of all, since any two of them point much one way.
    """

    triggers: Real
    clauses: Real


@dataclass(frozen=True, slots=True)
class Judge:
    """How likely two tellings of a report are of one happening, and when they join.

    `kinds` says how far two deeds go together, by the numbers of `deeds`; `centre` is
    the mean state of triggers and of clauses.
    """

    trees: Trees
    deeds: tuple[str, ...]
    kinds: Real
    centre: Real
    threshold: float

    def seen(self, states: States, told: Sequence[tuple[Span, Span]]) -> Seen | None:
        """Return what the encoder read of triggers and clauses; None where nothing."""
        if not states.stretches:
            return None
        width = self.centre.shape[1]
        read = [states.of([each[part] for each in told], width) for part in (0, 1)]
        return Seen(*map(unit_direction, read, self.centre))

    def scores(self, rows: Columns, seen: Seen | None, one: Index, two: Index) -> Real:
        """Return the probability that the rows of each pair tell one happening."""
        found = [np.zeros(0, np.float32)]
        for i, j in chunk_bounds(len(one), CHUNK):
            some = one[i:j], two[i:j]
            cells = compare_rows(rows, self.kinds, *some)
            odds = self.trees.odds(np.hstack([cells, state_likeness(seen, *some)]))
            found.append(np.where(cannot_be_one(rows, *some), np.float32(0), odds))
        return np.concatenate(found)


@cache
def report_judge() -> Judge:
    """Return what training/merge/report.py learned, read once."""
    with np.load(MODEL) as kept:
        deeds = tuple(str(kept["deeds"]).split("\n"))
        kinds, centre = (kept[name].astype(np.float32) for name in ("kinds", "centre"))
        least = float(kept["threshold"])
    return Judge(trees.read_trees(MODEL, "pairs."), deeds, kinds, centre, least)


def unit_direction(states: Real, centre: Real) -> Real:
    """Return states less their mean, brought to length 1; nan where nothing was read.

    >>> unit_direction(np.array([[3.0, 4.0], [0.0, 0.0]]), np.zeros(2)).tolist()
    [[0.6000000238418579, 0.800000011920929], [nan, nan]]
    """
    read = states.any(1, keepdims=True)
    told = np.where(read, states - centre, np.nan).astype(np.float32)
    return np.asarray(told / np.linalg.norm(told, axis=1, keepdims=True), np.float32)


def state_likeness(seen: Seen | None, one: Index, two: Index) -> Real:
    """Return how alike the states of each pair are, by trigger and by clause."""
    if seen is None:
        return np.full((len(one), len(LIKENESS)), np.nan, np.float32)
    every = (seen.triggers, seen.clauses)
    return np.stack([(told[one] * told[two]).sum(1) for told in every], 1)


def join_report_tellings(tellings: Sequence[Telling], seen: Seen | None = None) -> list[int]:
    """Return the cluster of each telling of one report.

    The clusters do not depend on the order in which the tellings are given.
    """
    order, rows, own = order_tellings(tellings, seen)
    home = [0] * len(tellings)
    for i, cluster in zip(order, cluster_report_rows(rows, own), strict=True):
        home[i] = cluster
    return home


def order_tellings(
    tellings: Sequence[Telling], seen: Seen | None
) -> tuple[list[int], Columns, Seen | None]:
    """Return the numbers of tellings in their order, their rows, what was read."""
    order = sorted(range(len(tellings)), key=lambda i: place_of(tellings[i]))
    some = [tellings[i] for i in order]
    rows = Numbering(report_judge().deeds).columns(some, within=len(some) <= MOST)
    return order, rows, seen and Seen(seen.triggers[order], seen.clauses[order])


def cluster_report_rows(rows: Columns, seen: Seen | None) -> list[int]:
    """Return the cluster of each row, all rows being of one report."""
    n = len(rows.plain)
    one, two = np.triu_indices(n, 1) if n <= MOST else nearby(rows)
    scores = score_report_pairs(rows, seen, one, two)
    return cluster_scored_rows(n, one, two, scores, report_judge().threshold)


def score_report_pairs(rows: Columns, seen: Seen | None, one: Index, two: Index) -> Real:
    """Return how likely pairs of rows of one report tell one happening, or NEVER."""
    scores = report_judge().scores(rows, seen, one, two)
    scores[long_apart(rows, one, two)] = NEVER
    return scores


class ReportTellings:
    """The claims of one report, joined, and again when more is known of them.

    What a claim is compared by is worked out once, and anew where it has changed.
    """

    def __init__(self, parsed: Parsed) -> None:
        """Take the report; its claims come with `join`."""
        self.parsed = parsed
        self.claims: tuple[Claim, ...] = ()

    def join(self, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """Return the claims, each with the id of the event it tells."""
        again = len(claims) == len(self.claims) > 0
        if again and all(map(is_, claims, self.claims)):
            return self.claims
        acts = [claim.action for claim in claims]
        if again and len(acts) <= MOST and acts == [c.action for c in self.claims]:
            self.renew(claims)
        else:
            self.open(claims)
        home = dict(zip(self.order, self.cluster(), strict=True))
        first: dict[int, int] = {}
        told_at = [
            (claim.action.trigger, name) for claim, name in zip(claims, self.ids, strict=True)
        ]
        for n in range(len(claims)):
            known = first.setdefault(home[n], n)
            if told_at[n] < told_at[known]:
                first[home[n]] = n
        ids = {}
        for cluster, n in first.items():  # an event goes by the claim that tells it first
            told = f"event|{claims[n].report_id}|{self.ids[n]}"
            name = blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8)
            ids[cluster] = name.hexdigest()
        self.claims = tuple(
            claim
            if claim.event == ids[home[n]] and claim.sense == self.senses[n]
            else replace(claim, event=ids[home[n]], sense=self.senses[n])
            for n, claim in enumerate(claims)
        )
        return self.claims

    def cluster(self) -> list[int]:
        """Return the cluster of each row; of pairs those changed are scored anew."""
        n = len(self.rows.plain)
        if n > MOST:
            return cluster_report_rows(self.rows, self.seen)
        one, two = np.triu_indices(n, 1)
        anew = self.changed[one] | self.changed[two]
        pairs = one[anew], two[anew]
        self.scores[anew] = score_report_pairs(self.rows, self.seen, *pairs)
        least = report_judge().threshold
        return cluster_scored_rows(n, one, two, self.scores, least)

    def open(self, claims: Sequence[Claim]) -> None:
        """Work out what the claims of a report are compared by."""
        told = [of_claim(claim, self.parsed.text) for claim in claims]
        marks = [(claim.action.trigger, claim.action.evidence) for claim in claims]
        self.ids = [each.id for each in told]
        seen = report_judge().seen(self.parsed.states, marks)
        self.senses = [b""] * len(claims)
        if seen is not None:
            self.senses = pack_senses(seen.triggers, seen.clauses)
        self.order, self.rows, self.seen = order_tellings(told, seen)
        n = len(claims)
        self.changed = np.ones(n, np.bool_)
        self.scores = np.zeros(n * (n - 1) // 2 if n <= MOST else 0, np.float32)

    def renew(self, claims: Sequence[Claim]) -> None:
        """Work out anew what has changed since the claims were joined."""
        rows, told = [], []
        for row, n in enumerate(self.order):
            if claims[n] is self.claims[n]:
                told_as = happening_number(claims[n].report_id, claims[n].event)
                self.rows.plain[row, AT["told"]] = told_as
            else:
                rows.append(row)
                told.append(of_claim(claims[n], self.parsed.text))
        numbering = Numbering(report_judge().deeds)
        numbering.fill_answers(self.rows, rows, told)
        self.changed[:] = False
        self.changed[rows] = True


def drop_repeated_claims(claims: Iterable[Claim], text: str) -> tuple[Claim, ...]:
    """Return claims without those that tell in equal words what an earlier one told.

    Two acts of one clause are two, however much alike.
    """

    def answers_of_words(told: Any) -> Any:
        """Return a record as any print of its words gives it."""
        if isinstance(told, dict):
            kept = {name: part for name, part in told.items() if name not in PRINT}
            return {name: answers_of_words(part) for name, part in kept.items()}
        return [*map(answers_of_words, told)] if isinstance(told, list) else told

    every = [(c, (c.event, c.type, c.action.evidence.of(text))) for c in claims]
    many = Counter(alike for _, alike in every)
    first: dict[Any, Span] = {}
    kept = []
    for claim, alike in every:
        at = claim.action.evidence
        if many[alike] > 1:
            key = (*alike, repr(answers_of_words(claim_record(claim, text))))
            if first.setdefault(key, at) != at:
                continue
        kept.append(claim)
    return tuple(kept)
