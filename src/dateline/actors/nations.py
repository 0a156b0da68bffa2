"""Countries in the words of a mention, and the words that only look like them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.actors.compounds import is_inside_longer_name, stands_among_capitals
from dateline.actors.words import Word, fold
from dateline.model import Lexicon
from dateline.reference import Country, cased, countries
from dateline.reference.countries import filed_under

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


def nation_at(
    words: Sequence[Word], at: int, lexicon: Lexicon
) -> tuple[Sense, int] | None:
    """Return the country whose longest form starts at word `at`, and its length."""
    found, reach = load_country_forms()
    most = reach.get(words[at].key, 0)
    for size in range(min(most, len(words) - at), 0, -1):
        span = words[at : at + size]
        form = " ".join(word.key for word in span)
        for sense in found.get(form, ()):
            read = fits_country_form(sense, span, lexicon)
            if read and not is_in_other_name(words, at, size, sense, lexicon):
                return sense, size
    return None


def fits_country_form(sense: Sense, span: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether words written so can be that form: a capital, or just as it stands."""
    meant = not sense.loose or sense.text in lexicon.words["actors.loose-land"]
    if not meant or not span[-1].capital:
        return False
    if not sense.cased:
        return True
    return cased(" ".join(word.text for word in span)) == cased(sense.text)


def is_in_other_name(
    words: Sequence[Word], at: int, size: int, sense: Sense, lexicon: Lexicon
) -> bool:
    """Whether a country's words stand in another name, or are any word in capitals."""
    if sense.kind == "capital" and at and of_name(words, at, lexicon):
        return True
    key, told = words[at].key, lexicon.words
    if key in told["actors.land-or-word"] and stands_among_capitals(words, at, at + 1):
        return True
    states = size == 1 and key in told["actors.states"]
    other = states and follows_states_of(words, at, lexicon)
    return other or is_inside_longer_name(words, at, at + size, lexicon)


def of_name(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether the word before a capital makes it a family's name, or another town's.

    "Paulo de Lima" is nobody of Peru's, "New London" none of Britain's.
    """
    before = words[at - 1]
    other = before.text.istitle() and before.key in lexicon.words["actors.new"]
    return other or (at > 1 and before.key in lexicon.words["actors.particle"])


def follows_states_of(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether states are others: "the Gulf States", "the States of Jersey"."""
    article, of = lexicon.words["actors.the"], lexicon.words["actors.of"]
    if at > 0 and words[at - 1].capital and words[at - 1].key not in article:
        return True
    return any(word.key in of for word in words[at + 1 : at + 2])


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
    return after_word(words[first - 1], lexicon) if first else "plain"


def after_word(before: Word, lexicon: Lexicon) -> str:
    """Return the use of a country's words after "anti-", "not", "ethnic", or plain."""
    openings = tuple(lexicon.words["actors.stance-opening"])
    stance = lexicon.words["actors.stance"]
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
