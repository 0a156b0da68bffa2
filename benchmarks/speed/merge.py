"""Speed and size of merging: so many made-up claims to events.

usage: benchmarks speed merge COUNT...    for example 10000 100000 1000000

Each count runs in a process of its own. Claims come from a seed: happenings of two
parties out of 400, on one of COUNT / 200 days, in one of 2,000 places, each told by one
to six reports, some without a day or a place; one in a hundred is a war of one dyad on
one day. What the encoder read of tellings of one happening is alike (cosine about .75),
of two of one deed less so (.35). Prints seconds of processor time, peak memory, how
many pairs were weighed, and how many joined pairs are right.
"""

import random
import resource
import sys
import zlib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import perf_counter, process_time

import numpy as np

from dateline.events.cross_document import merge_units
from dateline.extract.event_coref.lexicon import UNTOLD, Story
from dateline.extract.event_coref.mention_table import sense_size
from dateline.extract.event_coref.mentions import Party, Site, Telling

DEEDS = "CONSULT ASSAULT ACCUSE AID COERCE PROTEST REQUEST SANCTION".split()
WORDS = {
    "CONSULT": ("met", "talks", "summit"),
    "ASSAULT": ("attacked", "killing", "bombing"),
    "ACCUSE": ("accused", "condemned", "blamed"),
    "AID": ("delivered", "aid", "sent"),
    "COERCE": ("arrested", "detained", "arrest"),
    "PROTEST": ("protested", "marched", "rally"),
    "REQUEST": ("urged", "asked", "appeal"),
    "SANCTION": ("sanctions", "expelled", "suspended"),
}
MATTER = (
    "border grain water port mine school road bridge dam oil gas bread wages vote "
    "court army police hospital ship train market village farm forest island treaty"
).split()
PARTIES = tuple(
    Party(None, f"party {i}", f"{chr(65 + i // 26 % 26)}{chr(65 + i % 26)}X", (s,))
    for i in range(200)
    for s in ("GOV", "MIL")
)
BEGIN = 737000


def made(count: int) -> tuple[list[Telling], dict[str, Story], dict[str, int]]:
    """Return claims, the stories of their reports, and the happening of each."""
    chance = random.Random(count)
    claims: list[Telling] = []
    stories: dict[str, Story] = {}
    truth: dict[str, int] = {}
    happening = 0
    while len(claims) < count:
        happening += 1
        war = chance.random() < 0.01
        told = happened(chance, count, war)
        words = tuple(sorted(chance.sample(range(100_000), 12)))
        weights = np.full(len(words), len(words) ** -0.5, np.float16)
        about = Story((np.array(words, np.int32), weights), UNTOLD.head)
        for _ in range(chance.randint(1, 6)):
            name = f"r{len(stories)}"
            stories[name] = about
            claims.append(one_telling(chance, told, name))
            truth[claims[-1].id] = happening
    return claims, stories, truth


def sense(chance: random.Random, deed: str, matter: str) -> bytes:
    """Return what the encoder might have read of one telling of a happening."""
    half = sense_size() // 2
    mixed = np.zeros(2 * half)
    for seed, weight in ((deed, 0.6), (f"{deed} {matter}", 0.63), (None, 0.5)):
        number = zlib.crc32(seed.encode()) if seed else chance.getrandbits(32)
        mixed += weight * np.random.RandomState(number).standard_normal(2 * half)
    most = np.abs(mixed).max()
    return bytes(np.round(mixed / most * 127).astype(np.int8))


def happened(chance: random.Random, count: int, war: bool) -> Telling:
    """Return one happening as a telling that knows all of it."""
    deed = "ASSAULT" if war else chance.choice(DEEDS)
    day = BEGIN + (0 if war else chance.randrange(max(30, count // 200)))
    sides = (0, 1) if war else chance.sample(range(len(PARTIES)), 2)
    place = chance.randrange(2000)
    matter = " ".join(chance.sample(MATTER, 6))
    killed = (("killed", float(chance.randint(1, 99))),) if deed == "ASSAULT" else ()
    return Telling(
        report="",
        id="",
        deed=deed,
        type=deed,
        status="happened",
        modes=(),
        mutual=deed == "CONSULT",
        actors=(PARTIES[sides[0]],),
        recipients=(PARTIES[sides[1]],),
        first=day,
        last=day,
        site=Site(f"place {place}", f"C{place % 90:02}", True),
        counts=killed,
        trigger="",
        evidence=matter,
        lead="",
        start=0,
        clause=(0, 90),
        speakers=(),
        day=day,
    )


def one_telling(chance: random.Random, told: Telling, report: str) -> Telling:
    """Return what one report tells of a happening."""
    undated, unplaced = chance.random() < 0.15, chance.random() < 0.3
    trigger = chance.choice(WORDS[told.deed])
    words = chance.sample(told.evidence.split(), 4)
    fields = {name: getattr(told, name) for name in Telling.__slots__}
    start = chance.randint(50, 3000)
    return Telling(
        **fields
        | {
            "report": report,
            "id": f"{report}-{start}",
            "first": None if undated else told.first,
            "last": None if undated else told.last,
            "site": None if unplaced else told.site,
            "trigger": trigger,
            "evidence": f"{trigger} over the {' and the '.join(words)}",
            "start": start,
            "day": (told.first or 0) + chance.randint(0, 2),
            "sense": sense(chance, told.deed, f"{told.evidence} {told.site}"),
        }
    )


def run(count: int) -> str:
    """Merge so many claims; return the line to print."""
    claims, stories, truth = made(count)
    before, wall = process_time(), perf_counter()
    found = merge_units(claims, stories)
    spent, wall = process_time() - before, perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    both = Counter((truth[i], e) for i, e in found.events.items())
    mine = Counter(found.events.values())
    want = Counter(truth.values())
    right, joined, wanted = map(pairs, (both, mine, want))
    return (
        f"{count:>9,} claims  {spent:7.1f} s of processor ({spent / count * 1e6:.0f} µs"
        f" a claim), {wall:.0f} s by the clock, {peak:.2f} GiB;"
        f" {len(found.links):,} likely pairs;"
        f" joined pairs right {right / max(1, joined):.3f}, found"
        f" {right / max(1, wanted):.3f}"
    )


def pairs(found: Counter) -> int:  # type: ignore[type-arg]
    """Return how many pairs clusters hold."""
    return sum(n * (n - 1) // 2 for n in found.values())


def main() -> None:
    for told in sys.argv[1:]:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            print(alone.submit(run, int(told)).result(), flush=True)
