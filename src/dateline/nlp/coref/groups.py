"""The two countries, both leaders, the trio: as many as the text says, no more."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dateline.model import Parsed, Span
from dateline.model.mention import Mention
from dateline.nlp.coref.names import Figure, Figures
from dateline.resources.knowledge_base.people import people_of
from dateline.resources.reference import countries

ONE = {"first": slice(1), "second": slice(1, 2)}  # of two
ACTING = ("subject", "passive", "agent")
MET = ("object", "dative", "oblique")
REACH = 2  # sentences before the one that says "the three countries"


@dataclass(frozen=True, slots=True)
class Named:
    """A country or person named before: what tells it apart, its words, its place."""

    key: object
    span: Span
    mention: Mention
    n: int


@dataclass(frozen=True, slots=True)
class Report:
    """The names of a report and whose they are, for counted words to choose from."""

    parsed: Parsed
    figures: Figures

    @property
    def titled(self) -> frozenset[int]:
        """The names that open a list whose title is for all: "Presidents Foo and"."""
        return self.parsed.once("names under one title", names_under_plural_title)

    def scene(self, sentence: int, before: int) -> Iterator[tuple[int, Mention]]:
        """Yield the names of a sentence that stand before a token."""
        every = self.parsed.once("numbered names by sentence", number_names)
        yield from (each for each in every.get(sentence, ()) if each[1].last <= before)

    def people(self, sentence: int, before: int) -> Iterator[Named]:
        """Yield the people with a title or full name that a sentence names."""
        for each in self.anybody(sentence, before):
            figure = self.figures.figures[self.figures.whose[each.n]]
            told = figure.titles - self.parsed.words("cast.honorific") or len(figure.words) > 1
            if figure.sort == "person" and (told or each.mention.grammar.first in self.titled):
                yield each

    def anybody(self, sentence: int, before: int) -> Iterator[Named]:
        """Yield all people whom a sentence names, by a surname too.

        In "Secretary of State Foo" the state is nobody.
        """
        here = list(self.scene(sentence, before))
        titles = {title for _, mention in here for title in mention.titles}
        for n, mention in here:
            who = self.figures.whose.get(n)
            if who is None or titles.issuperset(mention.words):
                continue
            figure = self.figures.figures[who]
            if self.known(figure):
                yield Named(who, self.parsed.mentions[figure.best].span, mention, n)

    def known(self, figure: Figure) -> bool:
        """Whether a surname alone is, to the tagger or the base, a person's."""
        day = self.parsed.report.day
        if figure.sort == "person" or day is None:
            return figure.sort == "person"
        other = figure.sort in ("state", "people") or country_of_name(figure.words[-1], False)
        return not other and bool(people_of(" ".join(figure.words), day))

    def lands(self, sentence: int, before: int) -> Iterator[Named]:
        """Yield the countries that a sentence names, mere places aside."""
        for n, mention in self.scene(sentence, before):
            who = self.figures.whose.get(n)
            figure = self.figures.figures[who] if who is not None else None
            full = figure and (figure.titles or len(figure.words) > 1)
            if figure and figure.sort == "person" and full:
                continue  # surely a person, by a full name or a title
            tokens = self.parsed.tokens[mention.first : mention.last]
            words = Span(tokens[0].start, tokens[-1].end)
            placed = mention.grammar.before in self.parsed.words("cast.place-before")
            if code := country_of_name(words.of(self.parsed.text), placed):
                yield Named(code, words, mention, n)


def names_under_plural_title(parsed: Parsed) -> frozenset[int]:
    """Return the heads of the names that stand after a title in the plural."""
    found, endings = set(), parsed.words("cast.plural")
    for mention in parsed.mentions:
        if mention.kind == "name" and mention.titles:
            many = {f"{title}{ending}" for title in mention.titles for ending in endings}
            before = parsed.tokens[max(0, mention.first - 2) : mention.head]
            if any(token.text.lower() in many for token in before):
                found.add(mention.head)
    return frozenset(found)


def number_names(parsed: Parsed) -> dict[int, list[tuple[int, Mention]]]:
    """Return the names of each sentence, each with its number among the mentions."""
    found: dict[int, list[tuple[int, Mention]]] = {}
    for n, mention in enumerate(parsed.mentions):
        if mention.kind == "name":
            found.setdefault(mention.sentence, []).append((n, mention))
    return found


Chooser = Callable[[int, int], Iterator[Named]]


def counted_antecedents(parsed: Parsed, figures: Figures, mention: Mention) -> tuple[Span, ...]:
    """Return as many as the text says, named right before: in one list first.

    "Two ministers" and "the two Polish envoys" are others than those named before.
    Where a sentence tells of a Chadian and of Nigerien soil, their two countries are.
    """
    if mention.words == ("they",) and mention.grammar.role == "subject":
        return two_before(Report(parsed, figures), mention)
    known = mention.kind == "pronoun" or mention.definite == "the"
    others = mention.named and mention.sort != "state"
    if not mention.count or not known or others:
        return ()
    report = Report(parsed, figures)
    apart = mention.sort == "state" and nations_of_peoples(parsed, mention)
    if spans := apart or sides_in_list(report, mention):
        return spans
    for choose in choosers_for(report, mention):
        if spans := choose_that_many(choose, mention):
            one = parsed.lexicon.senses["cast.of-two"].get(mention.words[0])
            return spans[ONE[one]] if one else spans
    return ()


def two_before(report: Report, mention: Mention) -> tuple[Span, ...]:
    """Return the two people whom the sentence before "they" tells of, and nobody else.

    "Kohl rang Chirac. They agreed to meet."
    """
    before = report.parsed.mentions_in_sentence(mention.sentence - 1)
    opens = not any(report.scene(mention.sentence, mention.head))
    parties = [m for m in before if m.sort not in ("thing", "place")]
    people = list(report.anybody(mention.sentence - 1, mention.head))
    alone = opens and len(parties) == len(people) == 2  # noqa: PLR2004
    roles = [each.mention.grammar.role for each in people]
    if not alone or roles[0] not in ACTING or roles[1] not in MET:
        return ()
    return tuple(dict.fromkeys(each.span for each in people))


def choosers_for(report: Report, mention: Mention) -> tuple[Chooser, ...]:
    """Return whom counted words may stand for: people, countries, or either."""
    if mention.sort == "state":
        return (report.lands,)
    if mention.sort == "people" and mention.titles:
        return (report.people, report.anybody)
    if mention.sort:
        return ()
    # Where people act right before counted words, they are no two lands.
    before = range(mention.sentence, mention.sentence - REACH - 1, -1)
    people = (each for n in before for each in report.anybody(n, mention.head))
    acted = any(each.mention.grammar.role in ACTING for each in people)
    return (report.people, report.anybody if acted else report.lands)


def nations_of_peoples(parsed: Parsed, mention: Mention) -> tuple[Span, ...]:
    """Return the countries of the peoples that a sentence tells of, if so many."""
    sentence = parsed.sentences[mention.sentence].span
    before = Span(sentence.start, mention.span.start)
    every: dict[str, Span] = {}
    for span in parsed.labelled_over(before, "NORP"):
        row = countries().by_demonym(span.of(parsed.text))
        people = row is not None and row.code == row.answers  # Crimea is no country
        if row and people and before.covers(span):
            every.setdefault(row.answers, span)
    return tuple(every.values()) if len(every) == mention.count else ()


def sides_in_list(report: Report, mention: Mention) -> tuple[Span, ...]:
    """Return the sides told in one list, be they states or not: "Israel and Hamas"."""
    words = report.parsed.words
    if mention.words[-1] not in words("cast.side"):
        return ()
    for back in range(mention.sentence, mention.sentence - REACH - 1, -1):
        names = [m for _, m in report.scene(back, mention.head) if m.sort != "person"]
        firsts = [m.grammar.first for m in names if m.grammar.first >= 0]
        for first in dict.fromkeys(firsts):
            every = [m for m in names if m.grammar.first == first]
            acts = every[0].grammar.role in ("subject", "passive")
            if len(every) == mention.count and (
                acts or every[0].grammar.before in words("cast.between")
            ):
                return tuple(m.span for m in every)
    return ()


def choose_that_many(choose: Chooser, mention: Mention) -> tuple[Span, ...]:
    """Return just so many: of the nearest list, or all that the last sentences name."""
    named: list[Named] = []
    for back in range(mention.sentence, mention.sentence - REACH - 1, -1):
        here = list(choose(back, mention.head))
        if spans := () if named else acting_list(here, mention.count):
            return spans
        named += here
        if len({each.key for each in named}) >= mention.count:
            break
    return all_named_in_sentence(named, mention.count)


def acting_list(named: list[Named], most: int) -> tuple[Span, ...]:
    """Return the one list of so many that acts: "Egypt, Sudan and Ethiopia met"."""
    groups: dict[int, dict[object, Span]] = {}
    for n, each in enumerate(named):
        first = each.mention.grammar.first
        if first < 0 and n + 1 < len(named):
            # A parser may begin "Chad, Niger and Mali" only at its second name.
            other = named[n + 1].mention
            begins = other.first == each.mention.last + 1
            first = other.head if begins and other.grammar.first == other.head else -1
        if each.mention.grammar.role in ("subject", "passive") and first >= 0:
            groups.setdefault(first, {}).setdefault(each.key, each.span)
    full = [group for group in groups.values() if len(group) == most]
    return tuple(sorted(full[0].values())) if len(full) == 1 else ()


def all_named_in_sentence(named: list[Named], most: int) -> tuple[Span, ...]:
    """Return everybody a sentence names, where they are just so many.

    "American help to both countries, India and Pakistan" tells of two.
    """
    firm = [each for each in named if each.mention.grammar.role != "modifier"]
    for some in (named, firm):
        every: dict[object, Span] = {}
        for each in some:
            every.setdefault(each.key, each.span)
        if len(every) == most:
            return tuple(sorted(every.values()))
    return ()


def country_of_name(text: str, placed: bool) -> str | None:
    """Return the country that a name, adjective or seat of government tells."""
    known = countries()
    row = known.by_name(text) or known.by_demonym(text)
    if row is None and not placed:
        row = known.by_capital(text)
    return row.answers if row else None
