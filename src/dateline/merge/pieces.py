"""The pieces in which tellings are decided: what links connect, each of bounded size.

A piece is what links of a joining score connect. Where that is too much (a war of a
year) only links of one day count, then of one day and place, then stronger ones. Which
piece a telling stands in is told by the links about it alone, so what comes later
changes the pieces that its links touch and no others.
"""

from collections.abc import Callable, Collection, Iterable, Mapping

from dateline.merge.blocks import DAY, PLACE

Link = tuple[int, int, float]
Said = tuple[int, int]
"""A number for what a telling says, and its rank (dateline.merge.blocks)."""
CROWD = 512  # tellings of other words that are decided together
BARS = (0.7, 0.8, 0.9, 0.95, 0.98)  # of links, where those that join are too many
ANY = 64  # bits of a rank: all ranks agree in what is left


class LinkGraph:
    """Links between tellings, asked of a store some at a time and remembered."""

    def __init__(
        self,
        least: float,
        links_of: Callable[[Collection[int]], Iterable[Link]] = lambda _some: (),
        said_of: Callable[[Collection[int]], Mapping[int, Said]] = lambda _some: {},
    ) -> None:
        """Begin with none; `least` is the score from which on tellings join.

        `links_of` some tellings are those to any other; `said_of` them is what they
        say: those that say the same count as one.
        """
        bars = [(bar, PLACE) for bar in BARS if bar > least]
        self.levels = [(least, ANY), (least, DAY), (least, PLACE), *bars]
        self.links_of, self.said_of = links_of, said_of
        self.beside: dict[int, dict[int, float]] = {}
        self.said: dict[int, Said] = {}
        self.dropped: set[tuple[int, int]] = set()
        self.cut: set[int] = set()  # tellings of what was too large

    def know(self, some: Iterable[int]) -> None:
        """Ask for the links of tellings that were not asked for."""
        fresh = {one for one in some if one not in self.beside}
        if not fresh:
            return
        for one in fresh:
            self.beside[one] = {}
        for a, b, score in self.links_of(fresh):
            for one, other in ((a, b), (b, a)):
                if one in fresh and (one, other) not in self.dropped:
                    self.beside[one][other] = score

    def learn(self, some: Iterable[int]) -> None:
        """Ask what tellings say that were not asked."""
        unknown = {one for one in some if one not in self.said}
        if unknown:
            self.said |= self.said_of(unknown)

    def add(self, links: Iterable[Link]) -> None:
        """Put links in."""
        every = list(links)
        self.know(one for link in every for one in link[:2])
        for a, b, score in every:
            self.beside[a][b] = self.beside[b][a] = score

    def drop(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Take links out, also those of tellings that are asked for later."""
        for a, b in pairs:
            for one, other in ((a, b), (b, a)):
                self.dropped.add((one, other))
        for one, other in self.dropped:
            self.beside.get(one, {}).pop(other, None)

    def pieces(self, seeds: Iterable[int]) -> set[tuple[int, ...]]:
        """Return the pieces in which some tellings stand, each in order."""
        found: set[tuple[int, ...]] = set()
        waiting = set(seeds)
        for level in self.levels:
            small, waiting = self.grown(waiting, *level)
            found |= small
            self.cut |= waiting
        return found | {(one,) for one in waiting}

    def grown(
        self, seeds: Collection[int], bar: float, bits: int
    ) -> tuple[set[tuple[int, ...]], set[int]]:
        """Return the components of seeds that are small, and the seeds of the others.

        All grow at once, a link at a step, until closed or too large. Links count that
        reach a bar, between ranks that differ in no more than their last bits.
        """
        home = {seed: seed for seed in seeds}
        members = {seed: {seed} for seed in seeds}
        edge = {seed: {seed} for seed in seeds}
        large: set[int] = set()
        while edge:
            ends = {one for some in edge.values() for one in some}
            self.know(ends)
            if bits < ANY:
                self.learn(ends.union(*(self.beside[one] for one in ends)))
            for name in sorted(edge):
                if name not in edge:
                    continue  # another has grown into it
                reached = {
                    other
                    for one in edge.pop(name)
                    for other, score in self.beside[one].items()
                    if score >= bar and (bits == ANY or self.alike(one, other, bits))
                }
                fresh = {one for one in reached if one not in home}
                home |= dict.fromkeys(fresh, name)
                members[name] |= fresh
                ahead = set(fresh)
                for met in {home[one] for one in reached} - {name}:
                    home |= dict.fromkeys(members[met], name)
                    members[name] |= members.pop(met)
                    ahead |= edge.pop(met, set())
                    if met in large:
                        large.discard(met)
                        large.add(name)
                if name in large or self.several(members[name]) > CROWD:
                    large.add(name)
                elif ahead:
                    edge[name] = ahead
        small = {tuple(sorted(members[n])) for n in members if n not in large}
        return small, {seed for seed in seeds if home[seed] in large}

    def several(self, some: Collection[int]) -> int:
        """Return how many tellings some are, those that say the same counted once."""
        if len(some) <= CROWD:
            return len(some)
        self.learn(some)
        return len({self.said[one][0] if one in self.said else one for one in some})

    def alike(self, one: int, other: int, bits: int) -> bool:
        """Whether the ranks of two tellings differ in no more than their last bits."""
        return self.said[one][1] >> bits == self.said[other][1] >> bits
