"""What each question asks of a coded report, and which answers its marks bear out.

A case is one act with its candidates: the figures of its question's table, the states
of its words, which candidates are right (none of them: *none* is), and what is needed
to say how good an answer is. A report gives the cases of all questions in one coding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from benchmarks.reports import align, is_own_voice, same_speaker
from dateline.extract.attribution.speaker_ranker import rival_states, weigh_speakers
from dateline.extract.place.cross_sentence import Story as Places
from dateline.extract.place.cross_sentence import land_of, open_places
from dateline.extract.time.cross_sentence import Story as Times
from dateline.extract.time.cross_sentence import keep_own_days, open_times
from dateline.model import Claim
from dateline.model.record import claim_record

Record = dict[str, Any]
FOLDS = 5
PRONOUNS = frozenset("he she they it i we you him her them who".split())


@dataclass
class Case:
    """One act that asks: candidates x figures, the states, and which are right.

    `acts` is one state, `words` and `cues` one a candidate (`cues` of speakers only).
    `told` is whether the marks tell an answer at all; `more` is for figures.
    """

    report: str
    rows: np.ndarray
    act: np.ndarray
    words: np.ndarray
    right: Sequence[bool]
    told: bool
    cues: np.ndarray | None = None
    more: Record = field(default_factory=dict)

    @property
    def fold(self) -> int:
        """The part in which its report is asked and not learnt from."""
        return int(hashlib.sha1(self.report.encode()).hexdigest()[:8], 16) % FOLDS


def halved(states: np.ndarray) -> np.ndarray:
    return states.astype(np.float16)


def happening(gold: Record, claim: Claim) -> Record | None:
    """Return the annotated happening that a claim tells, unless it is arguable."""
    at, deed = claim.action.trigger, claim.action.deed
    for telling in gold["tellings"]:
        span = telling["trigger"]
        apart = span["end"] <= at.start or at.end <= span["start"]
        if not apart and deed in (telling["type"], *telling["accept_types"]):
            some = (e for e in gold["events"] if e["id"] == telling["event"])
            return next((e for e in some if e["importance"] != "arguable"), None)
    return None


# ---- when


def accepted_days(event: Record) -> set[tuple[str | None, str | None]]:
    """Return the days that the marks accept for a happening."""
    when = event["when"]
    own = [(when["from"], when["to"]), *when["accept"]] if when else []
    return {(days[0], days[1]) for days in (*own, *event.get("accept_when", []))}


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def ask_times(gold: Record, asked: Any, claims: Sequence[Claim]) -> Iterator[Case]:
    """Yield each claim that its own sentence gives no time, with the report's times."""
    story = Times(asked, keep_own_days(asked, claims))
    for each in open_times(story):
        if event := happening(gold, story.claims[each.claim]):
            days = accepted_days(event)
            right = [(iso(w.first), iso(w.last)) in days for w in (one.when for one in each.some)]
            told = halved(each.act), halved(each.states)
            yield Case(gold["report"], each.rows, *told, right, bool(days))


# ---- where


def accepted_lands(event: Record) -> set[str]:
    """Return the countries that the marks accept for a happening."""
    where = event["where"]
    own = [where["country"], *where.get("accept_countries", [])] if where else []
    return {*own, *event.get("accept_where", [])} - {None}


def ask_places(gold: Record, asked: Any, claims: Sequence[Claim]) -> Iterator[Case]:
    """Yield each claim that its own sentence gives no place, with the report's."""
    for each in open_places(Places(asked, claims)):
        if event := happening(gold, claims[each.claim]):
            good, lands = (accepted_lands(event), [land_of(one.named.place) for one in each.some])
            told = halved(each.act), halved(each.states)
            right = [land in good for land in lands]
            more = {"lands": lands}
            marked = bool(event["where"])
            yield Case(gold["report"], each.rows, *told, right, marked, more=more)


# ---- who says so


def ask_speakers(gold: Record, sayings: Any, claims: Sequence[Claim]) -> Iterator[Case]:
    """Yield each claim that the marks tell too, with all who may say so."""
    records = [claim_record(claim, sayings.parsed.text) for claim in claims]
    pairs, _ = align(records, gold["events"])
    for n, claim in enumerate(claims):
        event = gold["events"][pairs[n]] if n in pairs else None
        known = event is not None and event["importance"] != "arguable"
        mark = telling_of(gold, claim)
        if mark is None and event is not None and known:
            mark = {**event, "chains": event["said_by"]}
        if mark is None or claim.action.act is None:
            continue
        some = sayings.candidates(claim.action)
        words = ["", *(sayings.speaks(one).text for one in some[1:])]
        acts, told, cues = rival_states(sayings.rivals, [(claim.action, some)])
        yield Case(
            gold["report"],
            weigh_speakers(sayings.rivals, claim.action, some),
            halved(acts[0]),
            halved(told),
            spoken_rightly(mark, some, words),
            told=bool(mark["chains"] and any(mark["chains"])),
            cues=halved(cues),
            more={
                "places": [one.place for one in some],
                "words": words,
                "event": event if known else None,
                "actors": records[n]["actors"],
            },
        )


def telling_of(gold: Record, claim: Claim) -> Record | None:
    """Return the telling that a claim is, with its chains of speakers."""
    at, deeds = claim.action.trigger, {claim.action.deed, claim.type}
    for mark in gold["tellings"]:
        span = mark["trigger"]
        apart = span["end"] <= at.start or at.end <= span["start"]
        if not apart and deeds & {mark["type"], *mark["accept_types"]}:
            chains = [mark["said_by"], *(mark.get("accept_said_by") or [])]
            fits = mark["importance"] != "arguable"
            return {**mark, "chains": chains} if fits else None
    return None


def spoken_rightly(mark: Record, some: Sequence[Any], words: list[str]) -> list[bool]:
    """Return which answers the marks bear out.

    A pronoun that nobody resolves is right where the marks name somebody and no other
    words are his.
    """
    chains = mark["chains"]
    good = [any(is_own_voice(chain, mark["actors"]) for chain in chains)]
    ends = [name for chain in chains if chain for name in (chain[0], chain[-1])]
    good += [any(same_speaker(text, name) for name in ends) for text in words[1:]]
    if not any(good):
        for n, one in enumerate(some):
            if one.kind in ("grammar", "reader") and words[n].lower() in PRONOUNS:
                good[n] = True
                break
    return good
