"""Whom "the chancellor" or "the kingdom" means: who holds it on the report's day."""

from collections.abc import Callable, Collection, Hashable
from datetime import date

from dateline.model import Parsed
from dateline.nlp.coref.names import Figure, Figures
from dateline.resources.knowledge_base import Role, base
from dateline.resources.knowledge_base.offices import OFFICES, bears
from dateline.resources.knowledge_base.people import people_of
from dateline.resources.reference import countries

Roles = tuple[Role, ...]
TAIL = 2  # words after a title that are of it: "the secretary of state"


class Realms:
    """The lands of a report, and which of them the base knows to have a monarch."""

    def __init__(self, parsed: Parsed, figures: Figures) -> None:
        """Take the report, of which the day counts, and its figures."""
        self.parsed = parsed
        self.figures = figures
        self.day = parsed.report.day

    def never(self, n: int) -> frozenset[int]:
        """Return the lands that a realm is not, for want of a monarch."""
        return frozenset(who for who, crowned in self.lands(n).items() if not crowned)

    def holder(self, n: int) -> int | None:
        """Return the one land before a realm that has a monarch, if one."""
        found = [who for who, crowned in self.lands(n).items() if crowned]
        return found[0] if len(found) == 1 else None

    def lands(self, n: int) -> dict[int, bool]:
        """Return the lands told before a realm, and whether each has a monarch."""
        mentions, known, day = self.figures.mentions, countries(), self.day
        mention, found = mentions[n], {}
        realm = mention.kind == "noun" and mention.definite == "the" and day
        if not realm or mention.many or not day:
            return {}
        if mention.words[-1] not in self.parsed.words("cast.realm"):
            return {}
        for who, figure in enumerate(self.figures.figures):
            before = mentions[figure.mentions[0]].first < mention.first
            if not before or figure.sort not in ("state", "place"):
                continue
            name = mentions[figure.best]
            tokens = self.parsed.tokens[name.first : name.last]
            text = self.parsed.text[tokens[0].start : tokens[-1].end]
            row = known.by_name(text) or known.by_demonym(text)
            if row := row or known.by_capital(text):
                found[who] = bool(base().holders(row.answers, "monarch", day))
        return found


class Offices:
    """The people of a report, and the offices that the base knows them to hold."""

    def __init__(self, parsed: Parsed, figures: Figures) -> None:
        """Take the report, of which the day counts, and its figures."""
        self.parsed = parsed
        self.figures = figures
        self.day = parsed.report.day
        self.former = parsed.words("cast.former")
        self.fitting: dict[Hashable, list[int]] = {}  # figures by what is asked of all
        # Each noun is asked of all later ones: once a report, or a text of nothing but
        # "the president of the minister of" takes four times as long for twice as many.
        self.titles = [self.title(n) for n in range(len(figures.mentions))]
        self.nouns = [(-1 - n, OFFICES[title]) for n, (title, _) in enumerate(self.titles) if title]

    def never(self, n: int) -> frozenset[int]:
        """Return whom the base knows, but not as a holder of the office meant.

        Who held it once is not meant where the report names who holds it now.
        """
        title, former = self.titles[n]
        if not title:
            return frozenset()
        known = self.before(n, "known", lambda figure: bool(self.people(figure)))
        meant = self.holders(n, title, former)
        if not meant and not former:
            meant = self.holders(n, title, True)
        others = known - meant - self.titled(n, title, former)
        # Earlier nouns that tell another office, as numbers below zero.
        office, own = OFFICES[title], -1 - n
        return frozenset(others).union(
            unit for unit, other in self.nouns if unit > own and other != office
        )

    def holder(self, n: int) -> int | None:
        """Return the one of a report's people who holds the office meant, if one."""
        title, former = self.titles[n]
        if not title:
            return None
        found = self.holders(n, title, former) | self.titled(n, title, former)
        return found.pop() if len(found) == 1 else None

    def title(self, n: int) -> tuple[str, bool]:
        """Return the title that a noun is, and if it was borne once."""
        mention = self.figures.mentions[n]
        alone = mention.kind == "noun" and mention.definite == "the"
        if not alone or mention.many or not mention.titles:
            return "", False
        tokens = self.parsed.tokens[mention.first : mention.last + TAIL]
        words = tuple(token.text.lower() for token in tokens)
        size = mention.last - mention.first
        title = title_at_end(words, size, self.parsed.words("cast.deputy"))
        return title, not self.former.isdisjoint(words[:size])

    def before(self, n: int, what: Hashable, fits: Callable[[Figure], bool]) -> set[int]:
        """Return the fitting figures that a report names before a mention.

        Every figure is asked once a report; `what` is the name of the question.
        """
        mentions, figures = self.figures.mentions, self.figures.figures
        if what not in self.fitting:
            every = enumerate(figures)
            self.fitting[what] = [who for who, figure in every if fits(figure)]
        end, some = mentions[n].first, self.fitting[what]
        return {w for w in some if mentions[figures[w].mentions[0]].first < end}

    def holders(self, n: int, title: str, former: bool) -> set[int]:
        """Return whom the base knows, of those named before, to hold an office.

        Of the `former` whose title was borne once, and is borne no more.
        """
        day, asked = self.day or date.max, "once" if former else "now"

        def holds(figure: Figure) -> bool:
            every = self.people(figure)
            return any(when_title_held(one, title, day) == asked for one in every)

        return self.before(n, ("holds", title, former), holds)

    def titled(self, n: int, title: str, former: bool) -> set[int]:
        """Return whom the report itself calls by a title of the office."""
        office = OFFICES[title]
        titles = [{*other.split()} for other, one in OFFICES.items() if one == office]
        return self.before(
            n,
            ("titled", title, former),
            lambda figure: (
                any(every <= figure.titles for every in titles)
                and former == bool(self.former & figure.titles)
            ),
        )

    def people(self, figure: Figure) -> tuple[Roles, ...]:
        """Return the roles of everybody whom the base knows by a figure's name."""
        if figure.sort == "state" or self.day is None:
            return ()
        every = people_of(" ".join(figure.words), self.day)
        return tuple(base().roles(one.id) for one in every)


def when_title_held(roles: Roles, title: str, day: date) -> str:
    """Return whether a title is borne "now", was borne "once", or "" for never."""
    told = ((r, (title, r.title, r.office, r.country)) for r in roles)
    own = [r for r, one in told if bears(*one) and (r.since or date.min) <= day]
    if any(role.covers(day, day) for role in own):
        return "now"
    return "once" if own else ""


def title_at_end(words: tuple[str, ...], size: int, deputy: Collection[str]) -> str:
    """Return the title of an office that ends words, the longest first.

    The first `size` words are a noun with what stands before it: with a word of
    `deputy` it is another's office.

    >>> title_at_end(("the", "former", "prime", "minister", "denied"), 4, {"deputy"})
    'prime minister'
    >>> title_at_end(("the", "deputy", "prime", "minister"), 4, {"deputy"})
    ''
    """
    for first in range(size):
        for last in range(len(words), size - 1, -1):
            title = " ".join(words[first:last])
            if title in OFFICES:
                return "" if any(w in deputy for w in words[:first]) else title
    return ""
