"""The pieces in which tellings are decided: what links connect, each of bounded size.

A piece is what links of a joining score connect. Where that is too much (a war of a
year) only stronger links count, then stronger ones yet. Which piece a telling stands in
is told by the links about it alone, so what comes later changes the pieces that its
links touch and no others.
"""

from collections.abc import Callable, Collection, Iterable, Mapping

Link = tuple[int, int, float]
CROWD = 512  # tellings of other words that are decided together
BARS = (0.7, 0.8, 0.9, 0.95, 0.98, 0.99)  # of links, where those that join are too many


class LinkGraph:
    """Links between tellings, asked of a store some at a time and remembered."""

    def __init__(
        self,
        least: float,
        links_of: Callable[[Collection[int]], Iterable[Link]] = lambda _some: (),
        words_of: Callable[[Collection[int]], Mapping[int, int]] = lambda _some: {},
    ) -> None:
        """Begin with none; `least` is the score from which on tellings join.

        `links_of` some tellings are those to any other. `words_of` are numbers for what
        tellings say: those of one number count as one.
        """
        self.bars = (least, *(bar for bar in BARS if bar > least))
        self.links_of, self.words_of = links_of, words_of
        self.beside: dict[int, dict[int, float]] = {}
        self.words: dict[int, int] = {}
        self.dropped: set[tuple[int, int]] = set()

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
        unknown = fresh - self.words.keys()
        self.words |= self.words_of(unknown) if unknown else {}

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
        for bar in self.bars:
            small, waiting = self.grown(waiting, bar)
            found |= small
        return found | {(one,) for one in waiting}

    def grown(
        self, seeds: Collection[int], bar: float
    ) -> tuple[set[tuple[int, ...]], set[int]]:
        """Return the components of seeds that are small, and the seeds of the others.

        All grow at once, a link at a step, until closed or too large.
        """
        home = {seed: seed for seed in seeds}
        members = {seed: {seed} for seed in seeds}
        edge = {seed: {seed} for seed in seeds}
        large: set[int] = set()
        while edge:
            self.know({one for some in edge.values() for one in some})
            for name in sorted(edge):
                if name not in edge:
                    continue  # another has grown into it
                reached = {
                    other
                    for one in edge.pop(name)
                    for other, score in self.beside[one].items()
                    if score >= bar
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
        """Return of how many tellings some are, those that say the same counted once.

        What is not yet known to say the same counts as its own.
        """
        if len(some) <= CROWD:
            return len(some)
        self.know(some)
        return len({self.words.get(one, one) for one in some})
