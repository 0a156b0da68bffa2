"""Who reports name that the knowledge base lacks, by the region they tell of."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from dateline.extract.actors.lexicon import longest, split_words
from dateline.extract.actors.nationalities import find_nations
from dateline.model import Lexicon, Parsed, Report, Span
from dateline.model.text import LONGEST
from dateline.nlp.wire import locate_report
from dateline.resources.gazetteer import find_places
from dateline.resources.knowledge_base import base
from dateline.resources.reference import countries, fold_name

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


def find_missing_names(
    reports: Iterable[Report], parse: Callable[[Report], Parsed], least: int = 2
) -> list[Missing]:
    """Return the names that the base lacks, by region, the most frequent first."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for report in reports:
        if len(report.text) <= LONGEST and report.language in ("en", ""):
            parsed = parse(report)
            land = country_most_named(parsed.report, parsed.lexicon)
            seen = set()
            for name, kind in unknown_names(parsed):
                seen.add(fold_name(name))
                tally = tallies[fold_name(name)]
                tally.forms[name] += 1
                tally.kinds[kind] += 1
            for each in seen:
                tallies[each].reports += 1
                tallies[each].lands[land] += 1
    found = []
    for tally in tallies.values():
        if tally.forms.total() >= least:
            land = most_frequent(tally.lands)
            known = countries().by_code(land)
            found.append(
                Missing(
                    name=most_frequent(tally.forms),
                    kind=tally.kinds.most_common(1)[0][0],
                    region=known.region if known else NOWHERE,
                    country=land,
                    times=tally.forms.total(),
                    reports=tally.reports,
                )
            )
    return sorted(found, key=lambda m: (m.region, -m.reports, -m.times, m.name))


def most_frequent(counts: Counter[str]) -> str:
    """Return what is counted most, of several the first in the alphabet."""
    return min(counts.items(), key=lambda pair: (-pair[1], pair[0]))[0]


def country_most_named(report: Report, lexicon: Lexicon) -> str:
    """Return the country that a report names most, else that of its dateline or outlet.

    >>> from dateline.resources import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> report = Report(id="a", text="Peru and Chile talked; Peruvian miners struck.")
    >>> country_most_named(report, english)
    'PER'
    """
    spoken = list(split_words(report.text, lexicon))
    found = Counter(n.code for n in find_nations(spoken, lexicon))
    _, home, filed = locate_report(report)
    told = [code for code, _ in found.most_common(1)]
    return next(filter(None, [*told, filed, home]), "")


def unknown_names(parsed: Parsed) -> Iterator[tuple[str, str]]:
    """Yield each unknown name; a surname counts for the full name before it."""
    text, lexicon, full = parsed.text, parsed.lexicon, dict[str, str]()
    words, small = list(split_words(text, lexicon)), set(SMALL.findall(text))
    shown, starts = [word.text for word in words], [word.start for word in words]
    for each in parsed.entities:
        if (kind := KINDS.get(each.label)) is None:
            continue
        name = strip_name(each.span.of(text))
        last = fold_name(name).rsplit(" ", 1)[-1]
        if kind == "person" and " " not in name and last in full:
            yield full[last], kind
        elif not can_be_name(name, small) or is_part_of_known(shown, starts, each.span):
            continue
        elif not base_holds_name(name, kind, lexicon):
            if kind == "person" and " " in name:
                full[last] = name
            yield name, kind


def is_part_of_known(shown: list[str], starts: list[int], span: Span) -> bool:
    """Whether the base knows several words of a text that a span shares.

    A tagger may stop in the middle of a name: the text around it is looked at.
    """
    first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
    for at in range(max(0, first - REACH), last):
        hit = base().longest_at(shown, at)
        end = at + hit.words if hit else at
        if end > first and end - at > 1 and (end >= last or at <= first):
            return True
    return False


def strip_name(text: str) -> str:
    """Return a name without its article, title, possessive and line breaks.

    >>> strip_name("the Foo  Party's"), strip_name("Mr Bar"), strip_name("U.N.")
    ('Foo Party', 'Bar', 'U.N.')
    """
    name = " ".join(text.split()).removesuffix("'s").removesuffix("’s")
    name = name.strip("'’\"“”,-–()[] ")
    first, _, rest = name.partition(" ")
    while rest and first.lower().rstrip(".") in TITLES:
        name = rest
        first, _, rest = name.partition(" ")
    return name if "." in name[:-1] else name.rstrip(".")


def can_be_name(name: str, small: set[str]) -> bool:
    """Whether words can be a name: a capital, no figures, no word or place alone."""
    plain = len(name) >= SHORTEST and not any(c.isdigit() or c in MARKS for c in name)
    if not (plain and any(c.isupper() for c in name) and fold_name(name)):
        return False
    return " " in name or not (name.lower() in small or find_places(name))


def base_holds_name(name: str, kind: str, lexicon: Lexicon) -> bool:
    """Whether the base holds a name, or its words say what it is without one.

    >>> from dateline.resources import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> [
    ...     base_holds_name(name, "person", english)
    ...     for name in ("Kofi Annan", "Xyzzy Plugh")
    ... ]
    [True, False]
    """
    found = list(split_words(name, lexicon))
    texts = [word.text for word in found]
    for at in range(len(texts)):
        hit = base().longest_at(texts, at)
        if hit and (kind != "person" or hit.words > 1 or hit.words == len(texts)):
            return True
    if kind == "person":
        return False
    # a word tells what its bearer is ("Interior Ministry"), or of what nation
    tells = any(longest(found, at, lexicon) for at in range(len(found)))
    return tells or bool(find_nations(found, lexicon))
