"""What the identity scorers are trained on: every marked party as numbers.

Each is asked with the links that a cast made without its report gives.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

import numpy as np
from kept import Kept, parties

from benchmarks.actors import kind_of
from dateline.extract.actors.evidence import Mention, mention_of
from dateline.extract.actors.learned.features import (
    candidate_buckets,
    candidate_rows,
    country_candidates,
)
from dateline.extract.actors.learned.identify import surroundings
from dateline.extract.actors.learned.scorer import Context, mention_meanings
from dateline.extract.actors.learned.sectors import sector_figures, sector_strings
from dateline.extract.actors.lexicon import split_words
from dateline.extract.actors.related_mentions import kin_of, split_mention
from dateline.extract.actors.report_features import survey
from dateline.model import Span
from dateline.nlp.en import pack
from dateline.resources.knowledge_base import base
from dateline.resources.reference.sectors import NONSTATE

Record = dict[str, Any]
OFTEN, APART, MOSTLY = 4, 3, 0.5  # parties, reports, share: a word that hints at a code
SELDOM = 0.1  # the same share for codes that no place of a report tells: IMG, IGO


def hints(every: Iterable[tuple[Record, str]]) -> dict[str, tuple[str, ...]]:
    """Return the words whose parties mostly are of one code: "jihadists", "donors".

    Of what is no state's a tenth is enough ("allies"): nothing else tells such a code.
    """
    told: dict[str, Counter[str]] = defaultdict(Counter)
    where: dict[tuple[str, str], set[str]] = defaultdict(set)
    for gold, text in every:
        for party in parties(gold):
            code = party["country"] or ""
            span = (party["start"], party["end"])
            for key in {w.key for w in split_words(text, pack.lexicon, *span)}:
                told[key][code] += 1
                where[key, code].add(gold["report"])
    found = {}
    for key, codes in told.items():
        whole = sum(codes.values())
        good = [
            c
            for c, n in codes.most_common(2)
            if c and n >= max(OFTEN, least(c) * whole) and len(where[key, c]) >= APART
        ]
        if good and key.isalpha():
            found[key] = tuple(good)
    return found


def least(code: str) -> float:
    """Return in how many of a word's parties a code must be meant to be hinted at."""
    return SELDOM if code in NONSTATE else MOSTLY


def told(every: list[Kept], known: dict[str, tuple[str, ...]]) -> Iterator[Record]:
    """Yield the parties of reports as numbers; every second has its outlet's home."""
    for kept in every:
        home = kept.home if int(kept.name.encode().hex(), 16) % 2 else ""
        seen = survey(kept.parsed, replace(kept.setting, home=home), base())
        sites = seen.sites.states.astype(np.float16)  # one for all of a report
        for party in parties(kept.gold):
            span = Span(party["start"], party["end"])
            found, place = split_mention(kept.parsed, span, base())[0]
            mention = mention_of(found, place, seen, base())
            if not mention.words:
                continue
            yield {
                **row_of(mention, party, known),
                "sites": sites,
                "report": kept.name,
                "fold": kept.fold,
                "short": kept.short,
            }


def row_of(mention: Mention, party: Record, known: dict[str, tuple[str, ...]]) -> Record:
    """Return one party as numbers: its candidates, their strings, its sector's."""
    kin = kin_of(mention)
    found = country_candidates(mention, kin, known)
    link = kin.link
    return {
        "countries": {party["country"], *party["accept_countries"]},
        "country": party["country"],
        "sector": party["sector"],
        "sectors": party["accept_sectors"],
        "codes": found.codes,
        "rows": candidate_rows([found]),
        "marks": [np.asarray(each, np.int32) for each in candidate_buckets(mention, kin, found)],
        "traits": sorted({*chain.from_iterable(sector_strings(mention, kin))}),
        "about": sector_figures(mention),
        "meaning": mention_meanings([(mention, kin)])[0].astype(np.float16),
        "context": halved(surroundings([mention], [found.codes])),
        "kind": kind(mention, party),
        "text": " ".join(word.text for word in mention.words),
        "name": party["name"],
        "linked": link is not None,
        "rule": mention.direct.rule if mention.direct else "",
        "own": [c for c in found.codes if c in found.told[0]],
    }


def halved(told: Context) -> Context:
    """Return what surrounds one mention in 16 bits."""
    own, rows = told.own[0].astype(np.float16), told.rows.astype(np.float16)
    return replace(told, own=own, rows=rows)


def kind(mention: Mention, party: Record) -> str:
    """Return the kind of a mention's words, for the analysis of errors."""
    text = " ".join(word.text for word in mention.words)
    found = kind_of(text, {party["name"] or ""})
    if found:
        return found
    if mention.reading.nation:
        return "land"
    if mention.reading.names:
        return "known name"
    return "new name" if mention.reading.unknown else "other"
