"""Countries, towns and provinces in words, and what only looks like them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from dateline.extract.actors.lexicon import Word, fold
from dateline.model import Lexicon
from dateline.resources.gazetteer import find_places
from dateline.resources.reference import Country, cased, countries
from dateline.resources.reference.countries import filed_under

BIG = 100_000  # people: a smaller town's name is too often a man's
CLEAR = 4  # times: how much larger than its namesake abroad a city must be
REGION = 1_000_000  # people: of a region of our own table, whose number is not told
DWARFED = 50  # times: a place so much smaller than its namesake is not meant
SHORTEST = 4  # letters: a shorter place name is too often something else
LONGEST = 3  # letters: a longer short form of a state is how its name begins
REACH = 4  # words between "on" and a land


@dataclass(frozen=True, slots=True)
class Sense:
    """One way to read a form: as a country's name, adjective, people or capital."""

    kind: str
    country: Country
    text: str
    cased: bool
    loose: bool


@dataclass(frozen=True, slots=True)
class Nation:
    """A country told by words `first` up to `last`.

    `use` is plain, backed ("U.S.-backed"), based ("Moscow-based"), led ("U.S.-led") or
    ethnic: only plain ones say whose somebody is.
    """

    sense: Sense
    first: int
    last: int
    use: str = "plain"

    @property
    def code(self) -> str:
        """The code under which acts of this country are filed."""
        return filed_under(self.sense.country.answers)

    @property
    def partial(self) -> bool:
        """Whether it is a breakaway region, which adds PRE."""
        return self.sense.country.partial


@cache
def load_country_forms() -> tuple[dict[str, list[Sense]], dict[str, int]]:
    """Return every form of a country's name, and how long they are by first word."""
    found: dict[str, list[Sense]] = {}
    for country in countries():
        marked = countries().marked(country.code)
        for kind, texts in (
            ("name", [country.name, *marked["names"]]),
            ("adjective", marked["adjectives"]),
            ("people", list(country.nouns)),
            ("capital", marked["capital"]),
        ):
            for text in texts if country.kind != "nonstate" else ():
                bare = text.lstrip("=?")
                strict = text.startswith("=") or (bare.isupper() and len(bare) < 4)  # noqa: PLR2004
                sense = Sense(kind, country, bare, strict, text.startswith("?"))
                found.setdefault(fold(bare), []).append(sense)
    reach: dict[str, int] = {}
    for form in found:
        first = form.split(" ", 1)[0]
        reach[first] = max(reach.get(first, 0), form.count(" ") + 1)
    return found, reach


def nation_at(words: Sequence[Word], at: int, lexicon: Lexicon) -> tuple[Sense, int] | None:
    """Return the country whose longest form starts at word `at`, and its length."""
    found, reach = load_country_forms()
    most = reach.get(words[at].key, 0)
    for size in range(min(most, len(words) - at), 0, -1):
        span = words[at : at + size]
        form = " ".join(word.key for word in span)
        for sense in found.get(form, ()):
            # Words written so can be that form: a capital, or just as it stands.
            read = span[-1].capital and (
                not sense.loose or sense.text in lexicon.words["actors.loose-land"]
            )
            if read and sense.cased:
                read = cased(" ".join(w.text for w in span)) == cased(sense.text)
            if read and not is_in_other_name(words, at, size, sense, lexicon):
                return sense, size
    return None


def is_in_other_name(
    words: Sequence[Word], at: int, size: int, sense: Sense, lexicon: Lexicon
) -> bool:
    """Whether a country's words stand in another name, or are any word in capitals.

    Before a capital it is a family's name or another town's: "Paulo de Lima" is nobody
    of Peru's, "New London" none of Britain's.
    """
    told, key, end = lexicon.words, words[at].key, at + size
    before, after = words[at - 1] if at else None, words[at + 1 : at + 2]
    if sense.kind == "capital" and before is not None:
        new = before.text.istitle() and before.key in told["actors.new"]
        if new or (at > 1 and before.key in told["actors.particle"]):
            return True
    if key in told["actors.land-or-word"]:
        near = (*words[max(0, at - 1) : at], *after)
        if any(word.text.isupper() and word.text.isalpha() for word in near):
            return True  # "A CAR"
    if size == 1 and key in told["actors.states"]:
        # They are others: "the Gulf States", "the States of Jersey".
        gulf = before is not None and before.capital
        if gulf and before is not None and before.key not in told["actors.the"]:
            return True
        if any(word.key in told["actors.of"] for word in after):
            return True
    return is_inside_longer_name(words, at, end, lexicon)


def is_inside_longer_name(words: Sequence[Word], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a country's words `first` up to `last` are a piece of a longer name.

    >>> from dateline.resources import plugins
    >>> from dateline.extract.actors.lexicon import split_words
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> words = list(split_words("South American presidents", english))
    >>> is_inside_longer_name(words, 1, 2, english)
    True
    """
    known = lexicon.words
    before = words[first - 1].key if first else ""
    after = words[last].key if last < len(words) else ""
    longer = f"{before} {words[first].key}" in known["actors.ends-as-land"]
    if longer or before in known["actors.town-begins"]:
        return True  # "El Congo" is a town of El Salvador
    wet = after in known["actors.water"] and words[last].capital
    name = f"{words[last - 1].key} {after}"
    if (wet or name in known["actors.begins-as-land"]) and not words[last - 1].owns:
        return True  # "Persian Gulf states"
    of = before in known["actors.of"] and first > 1
    return of and words[first - 2].key in known["actors.water-of"]


def use_of(words: Sequence[Word], first: int, last: int, lexicon: Lexicon) -> str:
    """Return whether a country's words say whose somebody is, or only who stands by.

    "US-armed rebels" are backed; not so "Kenya's", "Kenyan armed forces".
    """
    after, name = words[last].key if last < len(words) else "", words[last - 1]
    use = lexicon.senses["actors.use-after"].get(after, "")
    if use == "armed" and name.joined:
        use = "backed"
    if use == "backed" and not name.owns:
        return use
    if use == "based" or (use == "led" and name.joined):
        return use
    if not first:
        return "plain"
    before, stance = words[first - 1], lexicon.words["actors.stance"]
    openings = tuple(lexicon.words["actors.stance-opening"])  # "anti-"
    if before.joined and (before.key in stance or before.key.startswith(openings)):
        return "backed"
    return lexicon.senses["actors.use-before"].get(before.key, "plain")


def find_nations(words: Sequence[Word], lexicon: Lexicon) -> list[Nation]:
    """Return the countries that the words name, in order, none over another."""
    found: list[Nation] = []
    reach = load_country_forms()[1]
    at = 0
    while at < len(words):
        hit = nation_at(words, at, lexicon) if words[at].key in reach else None
        if hit is None:
            at += 1
            continue
        end = at + hit[1]
        found.append(Nation(hit[0], at, end, use_of(words, at, end, lexicon)))
        at = end
    return found


def topic(nation: Nation, found: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether a land is what somebody knows of: "an expert on Peru-Chile ties".

    "About 300 Kenyans" are counted.
    """
    near = range(max(1, nation.first - REACH), nation.first)
    said = (n for n in near if found[n].key in lexicon.words["actors.about"])
    return any(not found[n + 1].text[:1].isdigit() for n in said)


@lru_cache(maxsize=8192)
def countries_of_place(name: str, lexicon: Lexicon) -> tuple[tuple[str, int], ...]:
    """Return the countries with a town or province of that name, the largest first.

    A province weighs double.
    """
    if len(name) < SHORTEST or not name.replace(" ", "").replace("-", "").isalpha():
        return ()
    small, told = name.lower(), lexicon.words
    if small in told["actors.wide"]:
        return ()
    if small not in told["actors.province"] and countries().by_name(name):
        return ()  # "New Mexico" is no city of Mexico
    most: Counter[str] = Counter()
    for place in find_places(name):
        if place.country and place.feature[:3] in ("PPL", "ADM", "RGN"):
            code = filed_under(place.country)
            weight = place.population * (2 if place.feature == "ADM1" else 1)
            weight = max(weight, REGION) if place.feature == "RGN" else weight
            most[code] = max(most[code], weight)
    return tuple(most.most_common())


def city(name: str, lexicon: Lexicon, least: int = BIG) -> str | None:
    """Return the country of a city or province so large, without a rival abroad.

    >>> from dateline.resources import plugins
    >>> from dateline.extract.actors.lexicon import split_words
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> [city(name, english) for name in ("Istanbul", "Texas", "Victoria")]
    ['TUR', 'USA', None]
    """
    found = countries_of_place(name, lexicon)
    if not found:
        return None
    (best, most), *others = found
    clear = not others or most >= CLEAR * others[0][1]
    return best if most >= least and clear else None


def towns_abroad(found: Sequence[Word], lexicon: Lexicon) -> dict[str, str]:
    """Return what a report calls a land or capital and is a town elsewhere.

    So is the state behind the town: "Athens, Georgia" is of no Georgians.

    >>> from dateline.resources import plugins
    >>> from dateline.extract.actors.lexicon import split_words
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> text = "Police in Vienna, Va., and in London, Ontario."
    >>> towns_abroad(list(split_words(text, english)), english)
    {'vienna': 'USA', 'london': 'CAN'}
    """
    told: dict[str, str] = {}
    for at in range(1, len(found) - 1):
        town, state = found[at - 1], found[at + 1]
        if found[at].text == "," and town.capital and state.capital:
            told |= of_town(found, at, lexicon)
    return told


def of_town(found: Sequence[Word], comma: int, lexicon: Lexicon) -> dict[str, str]:
    """Return the countries of a town and of the state after it, where none is its own.

    A list of lands or of capitals is none: "Lebanon, Jordan", "Paris, Washington".
    """
    town, state = found[comma - 1], found[comma + 1]
    own, land = (nation_at(found, at, lexicon) for at in (comma - 1, comma + 1))
    if state.key in lexicon.words["actors.courtesy"] and not state.text.isupper():
        return {}  # "in Mexico, Mr Foo said": no short form of Missouri
    if land and (land[0].kind != "name" or (own and own[0].kind != "capital")):
        return {}
    after = found[comma + 1 : comma + 3]
    names = {state.key, " ".join(word.key for word in after)}
    entries, here = find_places(town.text), []
    for entry in entries:
        province = fold(entry.admin1 or "")
        if entry.country and (province in names or short_for(state.key, province)):
            here.append(entry)
    if not here or (land and land[0].country.answers in {e.country for e in entries}):
        return {}
    code = filed_under(str(here[0].country))
    named = [town.key] if own and own[0].country.answers != code else []
    row = countries().by_name(here[0].admin1 or "")
    named += [fold(row.name)] if row and row.answers != code else []
    return dict.fromkeys(named, code)


def short_for(short: str, name: str) -> bool:
    """Whether letters are a short form of a state's name: they stand in it in order.

    >>> short_for("va", "virginia"), short_for("nc", "north carolina")
    (True, True)
    >>> short_for("ky", "virginia"), short_for("tex", "texas")
    (False, True)
    """
    if len(short) > LONGEST:
        return name.startswith(short)  # "Calif."
    letters = iter(name)
    first = short[:1] == name[:1] and len(short) > 1
    return first and all(letter in letters for letter in short)
