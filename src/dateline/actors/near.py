"""What a report tells of each country around one mention: a row of numbers a country.

Each question goes over the report once and answers for all countries together.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import itemgetter

from dateline.actors.country_evidence import AT, Told
from dateline.actors.cues import KINDS, Cue
from dateline.actors.evidence import Mention
from dateline.actors.related import Kin
from dateline.actors.survey import Survey, cues_by_country
from dateline.model import Span
from dateline.reference import NONSTATE

Codes = Sequence[str]
Row = Sequence[float]
FAR, NEVER, BACK = 999, 99, 12  # characters, sentences, sentences looked back
AROUND = (0, 1, 7, 8, 10, 12)  # what is told of the sentence of an antecedent
BEFORE = (-1, 0, 2, 3)  # where the count of a sentence so far back stands


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
    told: dict[str, list[float]] = {
        code: [0, 0, 0, 0, 0, NEVER, NEVER, NEVER] for code in codes
    }
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


ZERO = (0, 0, 0)


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
        yield (
            (len(mine) / count, n - mine[-1], len(told))
            if mine
            else (0.0, NEVER, len(told))
        )


def at_antecedent(kin: Kin, codes: Codes) -> Iterator[Row]:
    """Yield what the sentence of the first antecedent tells of each country."""
    if not kin.earlier:
        yield from [(0.0,) * (len(AROUND) + 1)] * len(codes)
        return
    there = kin.earlier[0]
    n = there.case.seen.sentence(there.span.start)
    every = zip(
        countries_in_sentence(there, codes),
        owners_of_head(there, n, codes),
        strict=True,
    )
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
        [(row[ruled] + row[strong] + row[sure], code) for code, row in source.items()],
        reverse=True,
    )
    (first, top), (second, _) = [*rank[:2], (0, ""), (0, "")][:2]
    return top, first, second


def cues_at(seen: Survey, n: int) -> tuple[Cue, ...]:
    """Return the cues of a sentence, none where there is no such sentence."""
    return seen.cues[n] if 0 <= n < len(seen.cues) else ()
