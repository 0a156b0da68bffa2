"""The candidates for one mention's country, each as a row of numbers."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.actors import evidence
from dateline.actors.cues import KINDS, Cue
from dateline.actors.evidence import AT, WIDTH, Mention, Told
from dateline.actors.home import domestic, elsewhere, opposite
from dateline.actors.parts import ARTICLES
from dateline.actors.quotes import quote_at
from dateline.actors.related import Kin
from dateline.actors.survey import less, less_firm, standing
from dateline.actors.wording import AGENTS, PRONOUNS, head_of
from dateline.model import Span
from dateline.reference import NONSTATE, sectors

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
    *(f"{source}_{name}" for source in SOURCES for name in evidence.NAMES),
    *LOCAL,
    *(f"m_{name}" for name in ABOUT),
    *("rival_own", "rival_intro", "rival_link", "support", "rivals"),
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The countries that a mention may be of, a row of numbers each."""

    codes: tuple[str, ...]
    rows: list[list[float]]
    told: tuple[Told, ...]


def candidates(mention: Mention, kin: Kin, hints: Hints) -> Candidates:
    """Return every country that a mention may be of, with what speaks for it."""
    told = tuple(
        evidence.merged(map(evidence.own, those))
        for those in ((mention,), kin.beside, kin.intro, kin.earlier, kin.speaker)
    )
    codes = codes_of(mention, told, hints)
    shared = about(mention, kin, told)
    apart = report_without(mention)
    rows = [
        [
            *(value for source in told for value in source.get(code, BLANK)),
            *local(apart, code),
            *beside_names(mention, kin.places[:3], code),
            *at_antecedent(kin, code),
            *shared,
            *against(code, told),
        ]
        for code in codes
    ]
    return Candidates(codes, rows, told)


BLANK = [0.0] * WIDTH


def codes_of(mention: Mention, told: Sequence[Told], hints: Hints) -> tuple[str, ...]:
    """Return the codes worth weighing: told, near, main ones of the report, hinted."""
    seen = mention.case.seen
    n = seen.sentence(mention.span.start)
    found: dict[str, None] = {}
    for source in told:
        found.update(dict.fromkeys(source))
    for word in mention.words:
        found.update(dict.fromkeys(hints.get(word.key, ())))
    for at in (n, n - 1, n - 2, n + 1):
        for cue in seen.cues[at] if 0 <= at < len(seen.cues) else ():
            found[cue.code] = None
    found.update(dict.fromkeys(code for code, _ in seen.total.most_common(5)))
    for code in (seen.setting.filed, seen.setting.home):
        if code:
            found[code] = None
    return tuple(found)[:MOST]


@dataclass(frozen=True, slots=True)
class Apart:
    """A report but for one mention: what it tells in sum, and its sentence's cues."""

    mention: Mention
    n: int
    here: Sequence[Cue]
    mine: Sequence[Cue]
    total: Counter[str]
    firm: Counter[str]


def report_without(mention: Mention) -> Apart:
    """Return what a report tells but for one mention."""
    seen, span = mention.case.seen, mention.span
    n = seen.sentence(span.start)
    here = seen.cues[n] if n < len(seen.cues) else ()
    mine = [c for c in here if span.start <= c.start < span.end]
    total, firm = less(seen.total, n, mine), less_firm(seen.firm, mine)
    return Apart(mention, n, here, mine, total, firm)


def local(apart: Apart, code: str) -> list[float]:
    """Return how and where the report tells of one country around a mention."""
    return [
        *around(apart.mention, apart.here, code),
        *earlier(apart.mention, apart.n, code),
        *overall(apart, code),
    ]


def around(mention: Mention, here: Sequence[Cue], code: str) -> Iterator[float]:
    """Yield what the sentence of a mention tells of one country."""
    span = mention.span
    mine = [c for c in here if c.code == code]
    outer = [c for c in mine if not (span.start <= c.start < span.end)]
    before = [c for c in outer if c.end <= span.start]
    after = [c for c in outer if c.start >= span.end]
    yield len(before)
    yield len(after)
    yield span.start - before[-1].end if before else 999
    yield after[0].start - span.end if after else 999
    nearest = before[-1] if before else after[0] if after else None
    yield KINDS.index(nearest.kind) + 1 if nearest else 0
    yield nearest.role if nearest else 0
    yield any(c.firm for c in outer)
    yield any(c.site for c in outer)
    _, verb = mention.placed
    same = [c for c in outer if c.verb == verb >= 0]
    yield any(c.role == 1 for c in same)
    yield len(same)
    lands = {c.code for c in here if not (span.start <= c.start < span.end)}
    yield bool(outer) and len(lands) == 1
    yield bool(outer) and min(here, key=lambda c: c.start).code == code
    yield len(lands)


def earlier(mention: Mention, n: int, code: str) -> Iterator[float]:
    """Yield what the sentences around that of a mention tell of one country."""
    cues = mention.case.seen.cues
    rows = {
        k: [c for c in cues[n + k] if c.code == code] if 0 <= n + k < len(cues) else []
        for k in (-1, -2, -3, 1)
    }
    yield len(rows[-1])
    yield any(c.role == 1 for c in rows[-1])
    yield len(rows[-2])
    yield len(rows[-3])
    yield len(rows[1])
    last = subject = site = 99
    for back in range(min(n + 1, 12)):
        for c in cues[n - back] if n - back < len(cues) else ():
            if c.code != code or (back == 0 and c.start >= mention.span.start):
                continue
            last = min(last, back)
            subject = min(subject, back) if c.role == 1 else subject
            site = min(site, back) if c.site else site
    yield last
    yield subject
    yield site


def overall(apart: Apart, code: str) -> Iterator[float]:
    """Yield what the whole report, but for the mention, tells of one country."""
    seen, total, firm = apart.mention.case.seen, apart.total, apart.firm
    everything = max(1, sum(total.values()))
    best = max((k for c, k in total.items() if c != code), default=0)
    yield total[code] / everything
    yield firm[code] / max(1, sum(firm.values()))
    yield sum(k > total[code] for k in total.values())
    yield (total[code] - best) / everything
    own = standing(apart.mine).get(code, (0, 0, 0))
    whole = seen.places.get(code, (0, 0, 0))
    early, opening, places = (a - b for a, b in zip(whole, own, strict=True))
    yield early
    yield opening > 0
    yield places
    yield code == seen.setting.filed
    yield code == seen.setting.home
    yield from of_head(apart.mention, apart.n, code)
    yield code in NONSTATE
    yield code == "UNO"


def of_head(mention: Mention, n: int, code: str) -> Iterator[float]:
    """Yield whose the report said such people are: whose "police" or "rebels"."""
    every = mention.case.seen.owned.get(head_of(mention), ())
    told = [(k, c) for k, c in every if k <= n]
    yield sum(c == code for _, c in told) / max(1, len(told))
    yield min((n - k for k, c in told if c == code), default=99)
    yield len({c for _, c in told})


def at_antecedent(kin: Kin, code: str) -> Iterator[float]:
    """Yield what the sentence of the first antecedent tells of a country."""
    if not kin.earlier:
        yield from (0.0,) * 7
        return
    there = kin.earlier[0]
    seen = there.case.seen
    n = seen.sentence(there.span.start)
    here = seen.cues[n] if n < len(seen.cues) else ()
    told = list(around(there, here, code))
    yield from (told[i] for i in (0, 1, 7, 8, 10, 12))
    yield next(of_head(there, n, code))


def beside_names(mention: Mention, spans: Sequence[Span], code: str) -> Iterator[float]:
    """Yield how often a country is told where the report names the same name."""
    seen = mention.case.seen
    near = [
        (c, span)
        for span in spans
        for c in seen.cues[seen.sentence(span.start)]
        if c.code == code and not c.start < span.end <= c.end
    ]
    yield len(near) / max(1, len(spans))
    yield min((max(c.start - s.end, s.start - c.end) for c, s in near), default=999)


def about(mention: Mention, kin: Kin, told: Sequence[Told]) -> list[float]:
    """Return what holds of a mention whatever its country."""
    reading, seen = mention.reading, mention.case.seen
    keys = [w.key for w in mention.words]
    agent = reading.agent
    first = (reading.sectors or (agent.sectors if agent else ()) or ("",))[0]
    names = tuple(sectors())
    role, _ = mention.placed
    n = seen.sentence(mention.span.start)
    quote = quote_at(seen.quotes, mention.span.start)
    link = kin.link
    return [
        PRONOUNS.get(keys[0], 0) if len(keys) == 1 else 0,
        AGENTS.index(agent.kind) + 1 if agent and agent.kind in AGENTS else 0,
        names.index(first) + 1 if first in names else 0,
        reading.alien,
        elsewhere(reading),
        opposite(reading),
        domestic(reading),
        reading.people,
        reading.former,
        reading.unknown,
        bool(reading.generic),
        len(keys),
        sum(w.capital for w in mention.words) / max(1, len(keys)),
        2 if keys[:1] == ["the"] else 1 if keys and keys[0] in ARTICLES else 0,
        PRONOUNS.get(reading.owner.key, 9) if reading.owner else 0,
        head_of(mention).endswith("s"),
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


def against(code: str, told: Sequence[Told]) -> Iterator[float]:
    """Yield what speaks for other countries, and how many sources for this one."""
    own, _, intro, link, _ = told
    for source in (own, intro, link):
        yield max(
            (
                row[AT["ruled"]] + row[AT["strong"]] + row[AT["base_sure"]]
                for c, row in source.items()
                if c != code
            ),
            default=0,
        )
    yield sum(code in source for source in told)
    yield len({c for source in told for c in source if c != code})
