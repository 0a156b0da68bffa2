"""Who reports name that the knowledge base lacks, by the region they tell of."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from dateline.actors.agents import longest
from dateline.actors.nations import nations
from dateline.actors.words import Word, words
from dateline.facts import Base, base
from dateline.model import Parsed, Report
from dateline.model.text import LONGEST
from dateline.read.origin import origin
from dateline.reference import countries, key

KINDS = {"PERSON": "person", "ORG": "organisation"}
NOWHERE = "World"
SHORTEST = 3  # letters: what is shorter is no name that a list could hold


@dataclass(frozen=True, slots=True)
class Missing:
    """A name no table knows: how often, in how many reports, on which region."""

    name: str
    kind: str
    region: str
    country: str
    times: int
    reports: int


@dataclass(slots=True)
class Tally:
    """What is counted of one name over all reports."""

    forms: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    lands: Counter[str] = field(default_factory=Counter)
    reports: int = 0


def missing(
    reports: Iterable[Report], parse: Callable[[Report], Parsed], least: int = 2
) -> list[Missing]:
    """Return the names that the base lacks, by region, the most frequent first."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for report in reports:
        if len(report.text) <= LONGEST and report.language in ("en", ""):
            count(parse(report), tallies)
    found = [row(tally) for tally in tallies.values()]
    told = [each for each in found if each.times >= least]
    return sorted(told, key=lambda m: (m.region, -m.reports, -m.times, m.name))


def row(tally: Tally) -> Missing:
    """Return one name's tally under its most frequent form."""
    land = min(tally.lands.items(), key=lambda pair: (-pair[1], pair[0]))[0]
    known = countries().by_code(land)
    return Missing(
        name=min(tally.forms.items(), key=lambda pair: (-pair[1], pair[0]))[0],
        kind=tally.kinds.most_common(1)[0][0],
        region=known.region if known else NOWHERE,
        country=land,
        times=tally.forms.total(),
        reports=tally.reports,
    )


def count(parsed: Parsed, tallies: dict[str, Tally]) -> None:
    """Add the unknown names of one report."""
    land = told_of(parsed.report)
    seen = set()
    for name, kind in names(parsed):
        tally = tallies[key(name)]
        tally.forms[name] += 1
        tally.kinds[kind] += 1
        seen.add(key(name))
    for each in seen:
        tallies[each].reports += 1
        tallies[each].lands[land] += 1


def told_of(report: Report) -> str:
    """Return the country that a report names most, else that of its dateline or outlet.

    >>> told_of(Report(id="a", text="Peru and Chile talked; Peruvian miners struck."))
    'PER'
    """
    found = Counter(n.code for n in nations(list(words(report.text))))
    _, home, filed = origin(report)
    told = [code for code, _ in found.most_common(1)]
    return next(filter(None, [*told, filed, home]), "")


def names(parsed: Parsed) -> Iterator[tuple[str, str]]:
    """Yield each unknown name; a surname counts for the full name before it."""
    full: dict[str, str] = {}
    for each in parsed.entities:
        if (kind := KINDS.get(each.label)) is None:
            continue
        name = bare(each.span.of(parsed.text))
        last = key(name).rsplit(" ", 1)[-1]
        if kind == "person" and " " not in name and last in full:
            yield full[last], kind
        elif fits(name) and not known(name, kind):
            if kind == "person" and " " in name:
                full[last] = name
            yield name, kind


def bare(text: str) -> str:
    """Return a name without its article, possessive and line breaks.

    >>> bare("the Foo  Party's")
    'Foo Party'
    """
    name = " ".join(text.split()).removesuffix("'s").removesuffix("’s")
    first, _, rest = name.partition(" ")
    return (rest if first.lower() == "the" else name).strip("'’\"“”.,-()[] ")


def fits(name: str) -> bool:
    """Whether words can be a name: some letters, a capital, no figures, no mark."""
    plain = len(name) >= SHORTEST and not any(c.isdigit() or c in "@/|=" for c in name)
    return plain and any(c.isupper() for c in name) and bool(key(name))


def known(name: str, kind: str, facts: Base | None = None) -> bool:
    """Whether the base holds a name, or its words say what it is without one.

    >>> known("Kofi Annan", "person"), known("Xyzzy Plugh", "person")
    (True, False)
    """
    held = facts or base()
    found = list(words(name))
    texts = [word.text for word in found]
    for at in range(len(texts)):
        hit = held.longest_at(texts, at)
        if hit and (kind != "person" or hit.words > 1 or hit.words == len(texts)):
            return True
    return kind != "person" and bool(described(found) or nations(found))


def described(found: list[Word]) -> bool:
    """Whether a word of a name tells what its bearer is: "Interior Ministry"."""
    return any(longest(found, at) for at in range(len(found)))
