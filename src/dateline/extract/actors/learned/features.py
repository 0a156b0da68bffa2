"""The candidates for a mention's country, each as a row of numbers and strings."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from operator import itemgetter
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dateline.extract.actors.cues import KINDS, Cue
from dateline.extract.actors.evidence import AT, NAMES, WIDTH, Mention, Told, merge_evidence
from dateline.extract.actors.lexicon import (
    AGENTS,
    pronoun_kind,
    singular,
    two_words_after,
    two_words_before,
)
from dateline.extract.actors.related_mentions import Kin
from dateline.extract.actors.report_features import Survey, cues_by_country, quote_at
from dateline.extract.actors.resolution import domestic, is_of_other_country, opposite
from dateline.model import Span
from dateline.resources.reference import NONSTATE, load_sectors

Codes = Sequence[str]
Row = Sequence[float]
FAR, NEVER, BACK = 999, 99, 12  # characters, sentences, sentences looked back
AROUND = (0, 1, 7, 8, 10, 12)  # what is told of the sentence of an antecedent
BEFORE = (-1, 0, 2, 3)  # where the count of a sentence so far back stands
ZERO = (0, 0, 0)
SOURCES = ("own", "beside", "intro", "link", "speaker")
MOST = 14  # candidates
LINKS = tuple(f"cast.{n}.v1" for n in ("name", "pronoun", "noun", "relative", "several"))
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
BUCKETS = 1 << 17  # numbers that strings are hashed to
LONG = 12  # words of a mention that are read
NEAR = 40  # characters beside a mention in which two words are read
MAINLY = 0.6  # share of a report's mentions that makes it one country's
ALSO = {
    name: LOCAL.index(name)
    for name in ("rank", "share", "filed", "home", "before", "prev1", "owned")
}
PLAINLY = tuple(
    (way, ALSO[name])
    for way, name in (("filed", "filed"), ("home", "home"), ("before", "before"), ("prev", "prev1"))
)
OFTEN = 0.5  # share of such people who were that country's
SHORT = frozenset(("own", "link", "intro", "top", "before"))


def countries_in_sentence(mention: Mention, codes: Codes) -> Iterator[Row]:
    """Yield what the sentence of a mention tells of each country."""
    seen, span = mention.case.seen, mention.span
    here = cues_at(seen, seen.sentence(span.start))
    outer: dict[str, list[Cue]] = {}
    for cue in here:
        if not (span.start <= cue.start < span.end):
            outer.setdefault(cue.code, []).append(cue)
    lands, verb = len(outer), mention.placed[1]
    first = min(here, key=lambda c: c.start).code if here else ""
    nothing = (0, 0, FAR, FAR, 0, 0, False, False, False, 0, False, False, lands)
    for code in codes:
        if code not in outer:
            yield nothing
            continue
        some = outer[code]
        before = [c for c in some if c.end <= span.start]
        after = [c for c in some if c.start >= span.end]
        nearest = before[-1] if before else after[0] if after else None
        same = [c for c in some if c.verb == verb >= 0]
        yield (
            len(before),
            len(after),
            span.start - before[-1].end if before else FAR,
            after[0].start - span.end if after else FAR,
            KINDS.index(nearest.kind) + 1 if nearest else 0,
            nearest.role if nearest else 0,
            any(c.firm for c in some),
            any(c.site for c in some),
            any(c.role == 1 for c in same),
            len(same),
            lands == 1,
            first == code,
            lands,
        )


def countries_nearby(mention: Mention, codes: Codes) -> list[Row]:
    """Return what the sentences around that of a mention tell of each country."""
    seen, start = mention.case.seen, mention.span.start
    n = seen.sentence(start)
    told: dict[str, list[float]] = {code: [0, 0, 0, 0, 0, NEVER, NEVER, NEVER] for code in codes}
    for cue in cues_at(seen, n + 1):
        if row := told.get(cue.code):
            row[4] += 1
    for back in range(min(n + 1, BACK)):
        for cue in cues_at(seen, n - back):
            row = told.get(cue.code)
            if row is None or (back == 0 and cue.start >= start):
                continue
            if 0 < back < len(BEFORE):
                row[BEFORE[back]] += 1
            if row[5] == NEVER:
                row[5] = back
            if cue.site and row[7] == NEVER:
                row[7] = back
            if cue.role == 1:
                row[1] = row[1] or back == 1
                row[6] = min(row[6], back)
    return list(told.values())


def countries_in_report(mention: Mention, codes: Codes) -> Iterator[Row]:
    """Yield what the whole report, but for the mention, tells of each country."""
    seen, span = mention.case.seen, mention.span
    n = seen.sentence(span.start)
    mine = [c for c in cues_at(seen, n) if span.start <= c.start < span.end]
    weights = seen.weights.without(mine, n) if mine else seen.weights
    total, firm, order = weights.total, weights.firm, weights.order
    everything, firmly = weights.everything, weights.firmly
    top, second = order[-1] if order else 0, order[-2] if len(order) > 1 else 0
    own, filed, home = cues_by_country(mine), seen.setting.filed, seen.setting.home
    heads = owners_of_head(mention, n, codes)
    for code, head in zip(codes, heads, strict=True):
        weight = total.get(code, 0)
        best = top if code not in total or weight < top else second
        early, opening, places = seen.places.get(code, ZERO)
        if code in own:
            less = own[code]
            early, opening = early - less[0], opening - less[1]
            places -= less[2]
        yield (
            weight / everything,
            firm.get(code, 0) / firmly,
            len(order) - bisect_right(order, weight),
            (weight - best) / everything,
            early,
            opening > 0,
            places,
            code == filed,
            code == home,
            *head,
            code in NONSTATE,
            code == "UNO",
        )


def owners_of_head(mention: Mention, n: int, codes: Codes) -> Iterator[Row]:
    """Yield whose the report said such people are: whose "police" or "rebels"."""
    every = mention.case.seen.owned.get(mention.head_noun)
    if not every:
        yield from [(0.0, NEVER, 0)] * len(codes)
        return
    told: dict[str, list[int]] = {}
    count = bisect_right(every, n, key=itemgetter(0))
    for k, code in every[:count]:
        told.setdefault(code, []).append(k)
    for code in codes:
        mine = told.get(code)
        yield ((len(mine) / count, n - mine[-1], len(told)) if mine else (0.0, NEVER, len(told)))


def at_antecedent(kin: Kin, codes: Codes) -> Iterator[Row]:
    """Yield what the sentence of the first antecedent tells of each country."""
    if not kin.earlier:
        yield from [(0.0,) * (len(AROUND) + 1)] * len(codes)
        return
    there = kin.earlier[0]
    n = there.case.seen.sentence(there.span.start)
    every = zip(countries_in_sentence(there, codes), owners_of_head(there, n, codes), strict=True)
    for told, (share, *_) in every:
        yield (*(told[i] for i in AROUND), share)


def beside_names(mention: Mention, spans: Sequence[Span], codes: Codes) -> list[Row]:
    """Return how often each country is told where the report names the same name."""
    seen = mention.case.seen
    told: dict[str, list[float]] = {code: [0, FAR] for code in codes}
    for span in spans:
        for cue in seen.cues[seen.sentence(span.start)]:
            row = told.get(cue.code)
            if row and not cue.start < span.end <= cue.end:
                gap = max(cue.start - span.end, span.start - cue.end)
                row[1] = min(row[1], gap) if row[0] else gap
                row[0] += 1
    return [(count / max(1, len(spans)), gap) for count, gap in told.values()]


def rival_countries(told: Sequence[Told], codes: Codes) -> Iterator[Row]:
    """Yield what speaks for other countries, and how many sources for each."""
    own, _, intro, link, _ = told
    best = [strongest_country(source) for source in (own, intro, link)]
    telling = Counter(chain.from_iterable(told))
    every = len(telling)
    for code in codes:
        count = telling.get(code, 0)
        yield (
            *[second if code == top else first for top, first, second in best],
            count,
            every - (count > 0),
        )


def strongest_country(source: Told) -> tuple[str, float, float]:
    """Return the country that a source speaks for most, how much, and the next."""
    ruled, strong, sure = AT["ruled"], AT["strong"], AT["base_sure"]
    rank = sorted(
        [(row[ruled] + row[strong] + row[sure], code) for code, row in source.items()], reverse=True
    )
    (first, top), (second, _) = [*rank[:2], (0, ""), (0, "")][:2]
    return top, first, second


def cues_at(seen: Survey, n: int) -> tuple[Cue, ...]:
    """Return the cues of a sentence, none where there is no such sentence."""
    return seen.cues[n] if 0 <= n < len(seen.cues) else ()


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
    seen, n = mention.case.seen, mention.case.seen.sentence(mention.span.start)
    # Worth weighing are those told, hinted at, near, and the main ones of the report.
    every = [code for source in told for code in source]
    every += [code for word in mention.words for code in hints.get(word.key, ())]
    every += [cue.code for at in (n, n - 1, n - 2, n + 1) for cue in cues_at(seen, at)]
    every += [*seen.main, *filter(None, (seen.setting.filed, seen.setting.home))]
    codes = tuple(dict.fromkeys(every))[:MOST]
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


def mention_figures(mention: Mention, kin: Kin, told: Sequence[Told]) -> list[float]:
    """Return what holds of a mention whatever its country."""
    reading, seen, lexicon = mention.reading, mention.case.seen, mention.lexicon
    keys = [w.key for w in mention.words]
    agent, articles = reading.agent, lexicon.words["actors.article"]
    definite = keys[:1] != [] and keys[0] in lexicon.words["actors.the"]
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
        2 if definite else int(keys[:1] != [] and keys[0] in articles),
        pronoun_kind(reading.owner.key, lexicon) if reading.owner else 0,
        singular(head, lexicon) != head,
        role,
        n / max(1, len(seen.starts)),
        quote is not None,
        quote is not None and quote.speaker is not None,
        len(link.antecedents) if link else 0,
        len(seen.weights.total),
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


def candidate_buckets(mention: Mention, kin: Kin, found: Candidates) -> list[list[int]]:
    """Return the buckets of each candidate's strings.

    They join the words of a mention, and those around it, with the candidate's code and
    the ways in which it is told: in the words, near, often.
    """
    keys = [word.key for word in mention.words][:LONG]
    parsed, span = mention.case.seen.parsed, mention.span
    context = [f"p:{w.key}" for w in two_words_before(parsed, span.start, NEAR)]
    context += [f"n:{w.key}" for w in two_words_after(parsed, span.end, NEAR)]
    role, verb = mention.placed
    if verb >= 0:
        context.append(f"v:{role}:{parsed.tokens[verb].lemma}")
    if kin.earlier:
        there = kin.earlier[0]
        context.append(f"lh:{there.head_noun}")
        keys += [f"l:{word.key}" for word in there.words[:4]]
    openings, by_way = string_openings(mention.head_noun, keys, context)
    head, surely = (crc32(f"{each}:{mention.head_noun}|".encode()) for each in "hs")
    ruled, strong = AT["ruled"], AT["strong"]
    alike: dict[bytes, list[int]] = {}  # most candidates are told in the same few ways
    made = []
    for code, local in zip(found.codes, found.local, strict=True):
        rows = [(name, t[code]) for name, t in zip(SOURCES, found.told, strict=True) if code in t]
        ways, end = [name for name, _ in rows], code.encode()
        if local[ALSO["rank"]] == 0:
            ways.append("top")
        if local[ALSO["share"]] > MAINLY:
            ways.append("most")
        ways += [way for way, at in PLAINLY if local[at]]
        if local[ALSO["owned"]] > OFTEN:
            ways.append("owned")
        short = "+".join(sorted(SHORT.intersection(ways))).encode()
        if short not in alike:
            alike[short] = [crc32(short, opening) % BUCKETS for opening in by_way]
        buckets = [crc32(end, opening) % BUCKETS for opening in openings]
        buckets += [crc32(way.encode(), head) % BUCKETS for way in ways or ("none",)]
        firm = (name for name, row in rows if row[ruled] or row[strong])
        buckets += [crc32(name.encode(), surely) % BUCKETS for name in firm]
        buckets.append(crc32(b"c:%b|%b" % (end, short)) % BUCKETS)
        made.append(buckets + alike[short])
    return made


def string_openings(
    head: str, keys: Sequence[str], context: Sequence[str]
) -> tuple[list[int], list[int]]:
    """Return the sums of how strings open that a code ends, or ways of telling it.

    `head`, `keys` and `context` are the words of a mention and around it. The sum of a
    string goes on from that of its opening.
    """
    pairs = zip(keys, keys[1:], strict=False)
    every = [f"w:{key}|" for key in keys] + [f"b:{one}_{two}|" for one, two in pairs]
    by_way = [f"hs:{head}|", "sig:", *(f"ws:{key}|" for key in dict.fromkeys(keys))]
    by_way += [f"t:{' '.join(keys)}|", *(f"{each}|" for each in dict.fromkeys(context))]
    sums = (dict.fromkeys(every), by_way)
    by_code, ways = ([crc32(each.encode()) for each in some] for some in sums)
    return by_code, ways
