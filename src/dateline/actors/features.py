"""The candidates for a mention's country, each as a row of numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dateline.actors.country_evidence import AT, NAMES, WIDTH, Told, merge_evidence
from dateline.actors.evidence import Mention
from dateline.actors.home import domestic, is_of_other_country, opposite
from dateline.actors.near import (
    at_antecedent,
    beside_names,
    countries_in_report,
    countries_in_sentence,
    countries_nearby,
    rival_countries,
)
from dateline.actors.quotes import quote_at
from dateline.actors.related import Kin
from dateline.actors.wording import AGENTS, pronoun_kind
from dateline.actors.words import singular
from dateline.model import Lexicon
from dateline.reference import load_sectors

SOURCES = ("own", "beside", "intro", "link", "speaker")
MOST = 14  # candidates
LINKS = tuple(
    f"cast.{n}.v1" for n in ("name", "pronoun", "noun", "relative", "several")
)
Hints = Mapping[str, tuple[str, ...]]  # words by which mostly one code is meant
LOCAL = (
    *("before", "after", "near_before", "near_after", "near_kind", "near_role"),
    *("firm_here", "site_here", "subject_of_verb", "same_verb", "only_here"),
    *("first_here", "lands_here", "prev1", "prev1_subject", "prev2", "prev3", "next1"),
    *("since_cue", "since_subject", "since_site", "share", "firm_share", "rank"),
    *("gap", "early", "opening", "places", "filed", "home", "owned", "owned_since"),
    *("owned_lands", "nonstate", "uno", "with_name", "by_name"),
    *("a_before", "a_after", "a_site", "a_subject", "a_only", "a_lands", "a_owned"),
)
ABOUT = (
    *("pronoun", "agent", "sector", "alien", "elsewhere", "opposite", "domestic"),
    *("people", "former", "unknown", "generic", "words", "capital", "article"),
    *("owner", "plural", "role", "depth", "quoted", "speaker", "antecedents"),
    *("lands", "direct", "shouted", "known", "size", "link_sure", "link_rule"),
)
COLUMNS = (
    *(f"{source}_{name}" for source in SOURCES for name in NAMES),
    *LOCAL,
    *(f"m_{name}" for name in ABOUT),
    *("rival_own", "rival_intro", "rival_link", "support", "rivals"),
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The countries that a mention may be of, with what speaks for each.

    `told` is what each of SOURCES tells, `local` the LOCAL figures of each country,
    `about` what holds of the mention whatever its country, `rival` what speaks for
    others.
    """

    codes: tuple[str, ...]
    told: tuple[Told, ...]
    local: list[tuple[float, ...]]
    about: list[float]
    rival: list[Sequence[float]]


def country_candidates(mention: Mention, kin: Kin, hints: Hints) -> Candidates:
    """Return every country that a mention may be of, with what speaks for it."""
    told = tuple(
        merge_evidence([each.country_evidence for each in those])
        for those in ((mention,), kin.beside, kin.intro, kin.earlier, kin.speaker)
    )
    codes = codes_of(mention, told, hints)
    parts = zip(
        countries_in_sentence(mention, codes),
        countries_nearby(mention, codes),
        countries_in_report(mention, codes),
        beside_names(mention, kin.places[:3], codes),
        at_antecedent(kin, codes),
        strict=True,
    )
    local = [(*a, *b, *c, *d, *e) for a, b, c, d, e in parts]
    rival = list(rival_countries(told, codes))
    return Candidates(codes, told, local, mention_figures(mention, kin, told), rival)


def candidate_rows(every: Sequence[Candidates]) -> NDArray[np.float32]:
    """Return candidates x COLUMNS: all candidates of mentions, one after the other."""
    size = [len(each.codes) for each in every]
    told = np.zeros((sum(size), len(SOURCES), WIDTH), np.float32)
    where: list[tuple[int, int]] = []
    values: list[list[float]] = []
    first = 0
    for each in every:
        for n, source in enumerate(each.told):
            for k, code in enumerate(each.codes if source else ()):
                if row := source.get(code):
                    where.append((first + k, n))
                    values.append(row)
        first += len(each.codes)
    if where:
        told[tuple(np.array(where).T)] = values
    rest = [
        (*row, *each.about, *more)
        for each in every
        for row, more in zip(each.local, each.rival, strict=True)
    ]
    wide = len(SOURCES) * WIDTH, len(COLUMNS) - len(SOURCES) * WIDTH
    parts = told, np.array(rest, np.float32)
    both = (p.reshape(len(told), n) for p, n in zip(parts, wide, strict=True))
    return np.concatenate(list(both), axis=1)


def codes_of(mention: Mention, told: Sequence[Told], hints: Hints) -> tuple[str, ...]:
    """Return the codes worth weighing: told, near, main ones of the report, hinted."""
    seen = mention.case.seen
    n = seen.sentence(mention.span.start)
    found: dict[str, None] = {}
    for source in told:
        found.update(dict.fromkeys(source))
    for word in mention.words:
        if word.key in hints:
            found.update(dict.fromkeys(hints[word.key]))
    for at in (n, n - 1, n - 2, n + 1):
        for cue in seen.cues[at] if 0 <= at < len(seen.cues) else ():
            found[cue.code] = None
    found.update(dict.fromkeys(seen.main))
    found.update(dict.fromkeys(filter(None, (seen.setting.filed, seen.setting.home))))
    return tuple(found)[:MOST]


def mention_figures(mention: Mention, kin: Kin, told: Sequence[Told]) -> list[float]:
    """Return what holds of a mention whatever its country."""
    reading, seen, lexicon = mention.reading, mention.case.seen, mention.lexicon
    keys = [w.key for w in mention.words]
    agent = reading.agent
    first = (reading.sectors or (agent.sectors if agent else ()) or ("",))[0]
    names = sector_numbers()
    role, _ = mention.placed
    n = seen.sentence(mention.span.start)
    quote = quote_at(seen.quotes, mention.span.start)
    head = mention.head_noun
    link = kin.link
    return [
        pronoun_kind(keys[0], lexicon) if len(keys) == 1 else 0,
        AGENTS.index(agent.kind) + 1 if agent and agent.kind in AGENTS else 0,
        names.get(first, 0),
        reading.alien,
        is_of_other_country(reading, lexicon),
        opposite(reading, lexicon),
        domestic(reading, lexicon),
        reading.people,
        reading.former,
        reading.unknown,
        bool(reading.generic),
        len(keys),
        sum(w.capital for w in mention.words) / max(1, len(keys)),
        definiteness(keys, lexicon),
        pronoun_kind(reading.owner.key, lexicon) if reading.owner else 0,
        singular(head, lexicon) != head,
        role,
        n / max(1, len(seen.starts)),
        quote is not None,
        quote is not None and quote.speaker is not None,
        len(link.antecedents) if link else 0,
        len(seen.total),
        sum(any(row[AT["ruled"]] for row in t.values()) for t in told[:3]),
        all(w.text.isupper() for w in mention.words),
        bool(reading.names),
        len(seen.parsed.text) / 1000,
        link.sure if link else 0,
        LINKS.index(link.why.rule) + 1 if link and link.why.rule in LINKS else 0,
    ]


@cache
def sector_numbers() -> dict[str, int]:
    """Return the sectors, counted from 1."""
    return {name: n for n, name in enumerate(load_sectors(), 1)}


def definiteness(keys: Sequence[str], lexicon: Lexicon) -> int:
    """Return 2 where words open with a definite article, 1 with any other, else 0."""
    first = keys[0] if keys else ""
    definite = first in lexicon.words["actors.the"]
    return 2 if definite else int(first in lexicon.words["actors.article"])
