"""The countries of a document: whose police, court or rebels it tells of unsaid."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from dateline.actors.agents import Agent, longest
from dateline.actors.nations import Nation, nation_at, nations
from dateline.actors.words import Word, words
from dateline.facts import base
from dateline.gazetteer import find
from dateline.model import Link, Parsed, Report, Span
from dateline.reference import countries

DOMINANT = 0.6  # share of a document's mentions of countries that make it about one
BIG = 100_000  # people: a smaller town's name is too often a man's
CLEAR = 4  # times: how much larger than its namesake abroad a city must be
SHORTEST = 4  # letters: a shorter place name is too often something else
FIRST = 500  # characters within which a dateline stands
NEAR = ("in", "near", "downtown", "central", "outside", "around", "across")
FILED = 0.15  # share of the mentions that makes a report's dateline its country
ALONE = 0.85  # share of the mentions beyond which a report tells of one country only
EARLY = 3  # sentences at the top that weigh double


@dataclass(slots=True)
class Scene:
    """The countries of one sentence: all, the `firm` ones, and its place.

    "A Japanese tourist" is not firm: victims and guests are often from elsewhere.
    `firm` tells where each is first named; `owned` whose "police" or "rebels" it names.
    """

    codes: Counter[str] = field(default_factory=Counter)
    firm: dict[str, int] = field(default_factory=dict)
    sites: set[str] = field(default_factory=set)
    owned: dict[str, set[str]] = field(default_factory=dict)


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
    after = end_of_dateline(parsed.report)
    for n, sentence in enumerate(parsed.sentences):
        start = max(sentence.span.start, after)
        scene = scene_of(list(words(parsed.text, start, sentence.span.end)))
        scenes.append(scene)
        for code, count in scene.codes.items():
            total[code] += count * (2 if n < EARLY else 1) * (1 + (code in scene.firm))
    starting: dict[int, Link] = {}
    ending: dict[int, Link] = {}
    for link in parsed.links:
        starting.setdefault(link.mention.start, link)
        ending.setdefault(link.mention.end, link)
    starts = [sentence.span.start for sentence in parsed.sentences]
    return Context(starts, scenes, total, starting, ending)


def end_of_dateline(report: Report) -> int:
    """Return where a report's dateline ends: it tells where it was filed, no more."""
    at = report.text.find(report.dateline) if report.dateline else -1
    return at + len(report.dateline) if 0 <= at < FIRST else 0


def scene_of(found: list[Word]) -> Scene:
    """Return the countries of one sentence."""
    scene = Scene()
    for nation in nations(found):
        if nation.use in ("plain", "based", "led"):
            enter(scene, found, nation)
    for last, code in bodies(found):
        own(scene, found, last, code)
        if found[last - 1].text.islower():  # "U.N. weapons inspectors" is a name
            scene.owned.setdefault(found[last - 1].key, set()).add(code)
    for at, word in enumerate(found[1:], 1):
        near = found[at - 1].key in NEAR
        if not (near and word.capital) or nation_at(found, at) is not None:
            continue
        if land := city(word.text):
            scene.codes[land] += 1
            scene.sites.add(land)
    return scene


def enter(scene: Scene, found: list[Word], nation: Nation) -> None:
    """Note a country in a scene: that it is named, firmly, as a place, as an owner."""
    scene.codes[nation.code] += 1
    if is_firm(found, nation):
        scene.firm.setdefault(nation.code, found[nation.first].start)
    own(scene, found, nation.last, nation.code)
    if is_site(found, nation):
        scene.sites.add(nation.code)


def own(scene: Scene, found: list[Word], last: int, code: str) -> None:
    """Note whose "police" or "inspectors" are told, where a title follows a name."""
    if agent := longest(found, last) if last < len(found) else None:
        scene.owned.setdefault(found[last + agent[1] - 1].key, set()).add(code)


def bodies(found: list[Word]) -> Iterator[tuple[int, str]]:
    """Yield the bodies of many states that are named: where each ends, and its code."""
    texts = [word.text for word in found]
    at = 0
    while at < len(found):
        name = base().longest_at(texts, at) if found[at].capital else None
        for each in name.names if name else ():
            if each.entity.startswith("igo:") and not each.loose:
                yield at + (name.words if name else 0), code_of(each.entity)
                break
        at += name.words if name else 1


@cache
def code_of(entity: str) -> str:
    """Return the code under which a body of many states is filed."""
    return base().entity(entity).country or "IGO"


def is_firm(found: list[Word], nation: Nation) -> bool:
    """Whether a country's words name the state, or somebody who speaks for it."""
    if nation.sense.kind in ("name", "capital"):
        return True
    agent = longest(found, nation.last) if nation.last < len(found) else None
    if agent is None:
        return False
    return agent[0].kind in ("office", "body", "carrier") or stately(agent[0])


def stately(agent: Agent) -> bool:
    """Whether a class of people serves the state: soldiers, policemen."""
    return bool({"MIL", "COP", "GOV"} & set(agent.sectors))


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


def homes(
    context: Context, at: int, filed: str, head: str = ""
) -> tuple[str | None, str]:
    """Return whose police, court or rebels the words at `at` are, and by which cue."""
    n = max(0, bisect_right(context.starts, at) - 1)
    here = context.scenes[n] if context.scenes else Scene()
    top, share = leader(context.total)
    alone = len(here.firm) == 1 and min(here.firm.values()) < at
    named = next(iter(here.firm), None) if alone else None
    at_home = share < ALONE and share_of(context.total, filed) >= FILED
    firm = any(top in scene.firm for scene in context.scenes)
    cues = (
        (place_of(context, n), "site"),
        (named if named == top else None, "sentence"),
        (filed if at_home else None, "dateline"),
        (named_before(context, n, head), "same"),
        (top if firm and share >= DOMINANT else None, "document"),
        (filed if share_of(context.total, filed) >= FILED else None, "dateline"),
        (named, "sentence"),
    )
    return next(((land, cue) for land, cue in cues if land), (None, ""))


def place_of(context: Context, n: int) -> str | None:
    """Return the country of the one place told in a sentence, or in the one before."""
    here = context.scenes[n] if context.scenes else Scene()
    if len(here.sites) == 1 and len(here.codes) <= 2:  # noqa: PLR2004
        return next(iter(here.sites))
    before = context.scenes[n - 1].sites if n and not here.codes else set()
    return next(iter(before)) if len(before) == 1 else None


def named_before(context: Context, n: int, head: str) -> str | None:
    """Return whose "police" were told before, where all of them were one country's."""
    lands: set[str] = set()
    for scene in context.scenes[: n + 1]:
        lands |= scene.owned.get(head, set())
    return next(iter(lands)) if len(lands) == 1 else None


def told_before(context: Context, at: int, head: str) -> str | None:
    """Return whose "inspectors" alone a report names up to the words at `at`."""
    return named_before(context, max(0, bisect_right(context.starts, at) - 1), head)


def share_of(total: Counter[str], code: str) -> float:
    """Return a country's share of a document's mentions; all of it where none is."""
    return total[code] / sum(total.values()) if total else 1.0


def leader(total: Counter[str]) -> tuple[str | None, float]:
    """Return the country a document names most, and its share of all."""
    if not total:
        return None, 0.0
    code, count = total.most_common(1)[0]
    return code, count / sum(total.values())


def link_at(context: Context, span: Span) -> Link | None:
    """Return the link of a mention: of its exact words, or of those it ends with."""
    for link in (context.starting.get(span.start), context.ending.get(span.end)):
        if link is not None and link.mention.end == span.end:
            return link
    return None


@lru_cache(maxsize=4096)
def city(name: str) -> str | None:
    """Return the country of a large city or province without a rival abroad.

    >>> city("Istanbul"), city("Texas"), city("Victoria")
    ('TUR', 'USA', None)
    """
    if len(name) < SHORTEST or not name.replace(" ", "").isalpha():
        return None
    if countries().by_name(name):
        return None  # "New Mexico" is no city of Mexico
    found = [e for e in find(name) if e.country and e.feature[:3] in ("PPL", "ADM")]
    sized: Counter[str] = Counter()
    for place in found:
        code = place.country or ""
        weight = 2 * place.population if place.feature == "ADM1" else place.population
        sized[code] = max(sized[code], weight)
    if not sized:
        return None
    (best, most), *others = sized.most_common(2)
    clear = not others or most >= CLEAR * others[0][1]
    return best if most >= BIG and clear else None
