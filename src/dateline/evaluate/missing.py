"""Who reports name that the knowledge base lacks, by the region they tell of."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from dateline.actors.agents import longest
from dateline.actors.nations import nations
from dateline.actors.words import Word, words
from dateline.facts import base
from dateline.gazetteer import find
from dateline.model import Lexicon, Parsed, Report, Span
from dateline.model.text import LONGEST
from dateline.read.origin import origin
from dateline.reference import countries, key

KINDS = {"PERSON": "person", "ORG": "organisation"}
NOWHERE = "World"
SHORTEST = 3  # letters: what is shorter is no name that a list could hold
REACH = 4  # words before a span with which a longer name may begin
MARKS = "@/|=[]&"
SMALL = re.compile(r"(?<![.!?] )\b[a-z]{3,}\b")
TITLES = frozenset(
    ("the", "mr", "mrs", "ms", "dr", "sir", "lord", "lady", "gen", "col", "president")
)


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
    land = told_of(parsed.report, parsed.lexicon)
    seen = set()
    for name, kind in names(parsed):
        tally = tallies[key(name)]
        tally.forms[name] += 1
        tally.kinds[kind] += 1
        seen.add(key(name))
    for each in seen:
        tallies[each].reports += 1
        tallies[each].lands[land] += 1


def told_of(report: Report, lexicon: Lexicon) -> str:
    """Return the country that a report names most, else that of its dateline or outlet.

    >>> from dateline import plugins
    >>> english = plugins.load("languages", "en").lexicon
    >>> report = Report(id="a", text="Peru and Chile talked; Peruvian miners struck.")
    >>> told_of(report, english)
    'PER'
    """
    spoken = list(words(report.text, lexicon))
    found = Counter(n.code for n in nations(spoken, lexicon))
    _, home, filed = origin(report)
    told = [code for code, _ in found.most_common(1)]
    return next(filter(None, [*told, filed, home]), "")


def names(parsed: Parsed) -> Iterator[tuple[str, str]]:
    """Yield each unknown name; a surname counts for the full name before it."""
    text, lexicon, full = parsed.text, parsed.lexicon, dict[str, str]()
    held, small = within(text, lexicon), set(SMALL.findall(text))
    for each in parsed.entities:
        if (kind := KINDS.get(each.label)) is None:
            continue
        name = bare(each.span.of(text))
        last = key(name).rsplit(" ", 1)[-1]
        if kind == "person" and " " not in name and last in full:
            yield full[last], kind
        elif not fits(name, small) or any(held(each.span)):
            continue
        elif not known(name, kind, lexicon):
            if kind == "person" and " " in name:
                full[last] = name
            yield name, kind


def within(text: str, lexicon: Lexicon) -> Callable[[Span], Iterator[bool]]:
    """Return what tells whether the base knows words that a span of a text shares.

    A tagger may stop in the middle of a name: the text around it is looked at.
    """
    found = list(words(text, lexicon))
    shown = [word.text for word in found]
    starts = [word.start for word in found]

    def held(span: Span) -> Iterator[bool]:
        first = bisect_left(starts, span.start)
        last = bisect_left(starts, span.end)
        for at in range(max(0, first - REACH), last):
            hit = base().longest_at(shown, at)
            end = at + hit.words if hit else at
            if end > first and end - at > 1:
                yield end >= last or at <= first

    return held


def bare(text: str) -> str:
    """Return a name without its article, title, possessive and line breaks.

    >>> bare("the Foo  Party's"), bare("Mr Bar"), bare("U.N.")
    ('Foo Party', 'Bar', 'U.N.')
    """
    name = " ".join(text.split()).removesuffix("'s").removesuffix("’s")
    name = name.strip("'’\"“”,-–()[] ")
    first, _, rest = name.partition(" ")
    while rest and first.lower().rstrip(".") in TITLES:
        name = rest
        first, _, rest = name.partition(" ")
    return name if "." in name[:-1] else name.rstrip(".")


def fits(name: str, small: set[str]) -> bool:
    """Whether words can be a name: a capital, no figures, no word or place alone."""
    plain = len(name) >= SHORTEST and not any(c.isdigit() or c in MARKS for c in name)
    if not (plain and any(c.isupper() for c in name) and key(name)):
        return False
    return " " in name or not (name.lower() in small or find(name))


def known(name: str, kind: str, lexicon: Lexicon) -> bool:
    """Whether the base holds a name, or its words say what it is without one.

    >>> from dateline import plugins
    >>> english = plugins.load("languages", "en").lexicon
    >>> [known(name, "person", english) for name in ("Kofi Annan", "Xyzzy Plugh")]
    [True, False]
    """
    found = list(words(name, lexicon))
    texts = [word.text for word in found]
    for at in range(len(texts)):
        hit = base().longest_at(texts, at)
        if hit and (kind != "person" or hit.words > 1 or hit.words == len(texts)):
            return True
    told = described(found, lexicon) or nations(found, lexicon)
    return kind != "person" and bool(told)


def described(found: list[Word], lexicon: Lexicon) -> bool:
    """Whether a word of a name tells what its bearer is: "Interior Ministry"."""
    return any(longest(found, at, lexicon) for at in range(len(found)))
