"""The countries of a document: whose police, court or rebels it tells of unsaid."""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

from dateline.actors.nations import Nation, nations
from dateline.actors.words import Word, words
from dateline.gazetteer import find
from dateline.model import Link, Parsed, Span

DOMINANT = 0.6  # share of a document's mentions of countries that make it about one
BIG = 100_000  # people: a smaller town's name is too often a man's
CLEAR = 4  # times: how much larger than its namesake abroad a city must be
EARLY = 3  # sentences at the top that weigh double


@dataclass(slots=True)
class Scene:
    """The countries that one sentence names; `sites` are those it names as the place."""

    codes: Counter[str] = field(default_factory=Counter)
    sites: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Context:
    """One document's countries by sentence, in sum, and its links by their offsets."""

    starts: list[int]
    scenes: list[Scene]
    total: Counter[str]
    starting: dict[int, Link]
    ending: dict[int, Link]


def context_of(parsed: Parsed) -> Context:
    """Return the countries and links of a document, read once."""
    scenes: list[Scene] = []
    total: Counter[str] = Counter()
    for n, sentence in enumerate(parsed.sentences):
        span = sentence.span
        scene = scene_of(list(words(parsed.text, span.start, span.end)))
        scenes.append(scene)
        for code, count in scene.codes.items():
            total[code] += count * (2 if n < EARLY else 1)
    starting: dict[int, Link] = {}
    ending: dict[int, Link] = {}
    for link in parsed.links:
        starting.setdefault(link.mention.start, link)
        ending.setdefault(link.mention.end, link)
    starts = [sentence.span.start for sentence in parsed.sentences]
    return Context(starts, scenes, total, starting, ending)


def scene_of(found: list[Word]) -> Scene:
    """Return the countries of one sentence."""
    scene = Scene()
    for nation in nations(found):
        if nation.use not in ("plain", "based", "led"):
            continue
        scene.codes[nation.code] += 1
        if is_site(found, nation):
            scene.sites.add(nation.code)
    return scene


def is_site(found: list[Word], nation: Nation) -> bool:
    """Whether a country is named as the place: "in Egypt", "in northern Iraq"."""
    if nation.sense.kind not in ("name", "capital"):
        return False
    before = [word.key for word in found[max(0, nation.first - 4) : nation.first]]
    while before and before[-1] not in ("in", "from", "at", "across", "inside"):
        if before[-1] in ("to", "of", "with", "against", "and", "by", "on"):
            return False
        before.pop()
    return bool(before)


def homes(context: Context, at: int, filed: str) -> tuple[str | None, str]:
    """Return whose police, court or rebels the words at `at` are, and by which cue."""
    n = max(0, bisect_right(context.starts, at) - 1)
    here = context.scenes[n] if context.scenes else Scene()
    top, share = leader(context.total)
    if len(here.sites) == 1 and len(here.codes) <= 2:  # noqa: PLR2004
        return next(iter(here.sites)), "site"
    if len(here.codes) == 1 and top in here.codes:
        return top, "sentence"
    if top and share >= DOMINANT:
        return top, "document"
    if filed and (filed in context.total or not context.total):
        return filed, "dateline"
    if len(here.codes) == 1:
        return next(iter(here.codes)), "sentence"
    return None, ""


def leader(total: Counter[str]) -> tuple[str | None, float]:
    """Return the country a document names most, and its share of all."""
    if not total:
        return None, 0.0
    code, count = total.most_common(1)[0]
    return code, count / sum(total.values())


def link_at(context: Context, span: Span) -> Link | None:
    """Return the link of a mention: of its exact words, or of the words it ends with."""
    for link in (context.starting.get(span.start), context.ending.get(span.end)):
        if link is not None and link.mention.overlaps(span):
            if link.mention.end == span.end:
                return link
    return None


def city(name: str) -> str | None:
    """Return the country of a large city that has no namesake near its size.

    >>> city("Istanbul"), city("Springfield")
    ('TUR', None)
    """
    towns = [e for e in find(name) if e.feature.startswith("PPL") and e.country]
    if not towns:
        return None
    best = max(towns, key=lambda e: e.population)
    rivals = [e.population for e in towns if e.country != best.country]
    clear = best.population >= CLEAR * max(rivals, default=0)
    return best.country if best.population >= BIG and clear else None
