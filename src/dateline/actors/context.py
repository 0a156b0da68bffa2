"""The countries of a document: whose police, court or rebels it tells of unsaid."""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from dateline.actors.scenes import Scene, scene_of
from dateline.actors.words import words
from dateline.model import Link, Parsed, Report, Span
from dateline.reference import countries

DOMINANT = 0.6  # share of a document's mentions of countries that make it about one
FIRST = 500  # characters within which a dateline stands
FILED = 0.15  # share of the mentions that makes a report's dateline its country
EQUAL = 0.4  # of the leading country's share: less, and the report is of the leader
ALONE = 0.85  # share of the mentions beyond which a report tells of one country only
EARLY = 3  # sentences at the top that weigh double
POWERS = frozenset("army military government regime junta rebels parliament".split())
LAST = 3  # sentences back in which "there" may have been told


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


def homes(
    context: Context, at: int, filed: str, head: str = ""
) -> tuple[str | None, str]:
    """Return whose police, court or rebels the words at `at` are, and by which cue."""
    n = max(0, bisect_right(context.starts, at) - 1)
    here = context.scenes[n] if context.scenes else Scene()
    top, share = leader(context.total)
    alone = len(here.firm) == 1 and min(here.firm.values()) < at
    named = next(iter(here.firm), None) if alone else None
    part = share_of(context.total, filed)
    at_home = share < ALONE and part >= FILED and part >= EQUAL * share
    firm = any(top in scene.firm for scene in context.scenes)
    cues = (
        (place_of(context, n), "site"),
        (named if named == top else None, "sentence"),
        (filed if at_home else None, "dateline"),
        (named_before(context, n, head), "same"),
        (top if firm and share >= DOMINANT else None, "document"),
        (filed if share_of(context.total, filed) >= FILED else None, "dateline"),
        (named, "sentence"),
        (alongside(context, n), "beside"),
    )
    return next(((land, cue) for land, cue in cues if land), (None, ""))


def place_of(context: Context, n: int) -> str | None:
    """Return the country of the one place told in a sentence, or in the one before."""
    here = context.scenes[n] if context.scenes else Scene()
    if len(here.sites) == 1 and len(here.codes) <= 2:  # noqa: PLR2004
        return next(iter(here.sites))
    for back in range(n - 1, max(-1, n - 3), -1):
        before = context.scenes[back]
        if before.sites:
            same = set(here.codes) <= before.sites and len(before.sites) == 1
            return next(iter(before.sites)) if same else None
        if before.codes or here.codes:
            return None
    return None


def named_before(context: Context, n: int, head: str) -> str | None:
    """Return whose "police" were told before, where all of them were one country's."""
    lands: set[str] = set()
    for scene in context.scenes[: n + 1]:
        lands |= scene.owned.get(head, set())
    return next(iter(lands)) if len(lands) == 1 else None


def alongside(context: Context, n: int) -> str | None:
    """Return whose "army" a sentence names besides, where the report tells it once."""
    here = context.scenes[n].words if context.scenes else frozenset()
    heads = here & POWERS
    lands = {land for head in heads if (land := named_before(context, n, head))}
    return lands.pop() if len(lands) == 1 and is_state(lands) else None


def is_state(codes: set[str]) -> bool:
    """Whether codes are those of states, not of bodies of many."""
    return all(countries().by_code(code) is not None for code in codes)


def there(context: Context, at: int) -> str | None:
    """Return the one country told last before "officials there"."""
    n = max(0, bisect_right(context.starts, at) - 1)
    own = context.scenes[n].firm if context.scenes else {}
    told = [code for code, start in own.items() if start < at]
    if told:
        return max(told, key=lambda code: own[code])
    for back in range(n - 1, max(-1, n - LAST - 1), -1):
        scene = context.scenes[back]
        if scene.sites or scene.codes:
            lands = scene.sites or set(scene.codes)
            return next(iter(lands)) if len(lands) == 1 else None
    return None


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
