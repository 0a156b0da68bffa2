"""Countries in the words of a mention, and the words that only look like them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.actors.compounds import inside, shouted
from dateline.actors.words import Word, fold
from dateline.reference import Country, cased, countries
from dateline.reference.countries import filed_under

BACKED = frozenset(
    [
        "backed",
        "linked",
        "born",
        "trained",
        "made",
        "brokered",
        "sponsored",
        "supported",
        "allied",
        "aligned",
        "funded",
        "style",
        "bound",
        "friendly",
        "armed",
        "educated",
        "inspired",
        "financed",
        "imposed",
        "mediated",
        "drafted",
        "language",
        "speaking",
        "bred",
        "built",
        "supplied",
        "equipped",
        "designated",
        "hosted",
        "affiliated",
    ]
)
LED = frozenset(
    [
        "led",
        "run",
        "owned",
        "controlled",
        "held",
        "occupied",
        "administered",
        "dominated",
    ]
)
BEFORE = frozenset(["anti", "pro", "non", "un", "counter", "pan"])
ORDINARY = frozenset(("car", "states"))  # may be any word where all is in capitals
OF_FAMILIES = frozenset(("de", "da", "do", "di", "del"))
DENIED = frozenset(("not", "than", "unlike"))  # "not Iranian but Iraqi"
ETHNIC = frozenset(("ethnic", "native", "minority"))
ABOUT = frozenset(("on", "about"))
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
def senses() -> tuple[dict[str, list[Sense]], dict[str, int]]:
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


def nation_at(words: Sequence[Word], at: int) -> tuple[Sense, int] | None:
    """Return the country whose longest form starts at word `at`, and its length."""
    found, reach = senses()
    most = reach.get(words[at].key, 0)
    for size in range(min(most, len(words) - at), 0, -1):
        span = words[at : at + size]
        form = " ".join(word.key for word in span)
        for sense in found.get(form, ()):
            if fits(sense, span) and not elsewhere(words, at, size, sense):
                return sense, size
    return None


def fits(sense: Sense, span: Sequence[Word]) -> bool:
    """Whether words written so can be that form: a capital, or just as it stands."""
    if (sense.loose and sense.text != "America") or not span[-1].capital:
        return False
    if not sense.cased:
        return True
    return cased(" ".join(word.text for word in span)) == cased(sense.text)


def elsewhere(words: Sequence[Word], at: int, size: int, sense: Sense) -> bool:
    """Whether a country's words stand in another name, or are any word in capitals."""
    if sense.kind == "capital" and at > 1 and words[at - 1].key in OF_FAMILIES:
        return True  # "Paulo de Lima" is nobody of Peru's
    if sense.kind == "capital" and at and words[at - 1].text == "New":
        return True  # "New London" is none of Britain's
    if words[at].key in ORDINARY and shouted(words, at, at + 1):
        return True
    if words[at].key == "states" and size == 1:
        named = at > 0 and words[at - 1].capital and words[at - 1].key != "the"
        if named or [w.key for w in words[at + 1 : at + 2]] == ["of"]:
            return True  # "the Gulf States", "the States of Jersey"
    return inside(words, at, at + size)


def use_of(words: Sequence[Word], first: int, last: int) -> str:
    """Return whether a country's words say whose somebody is, or only who stands by."""
    after = words[last].key if last < len(words) else ""
    name = words[last - 1]
    own = name.owns or (after == "armed" and not name.joined)
    if after in BACKED and not own:
        return "backed"  # "US-armed rebels"; not "Kenya's", "Kenyan armed forces"
    if after == "based":
        return "based"
    if name.joined and after in LED:
        return "led"
    return after_word(words[first - 1]) if first else "plain"


def after_word(before: Word) -> str:
    """Return the use of a country's words after "anti-", "not", "ethnic", or plain."""
    opposed = before.key in BEFORE or before.key.startswith(("anti", "pro"))
    if before.joined and opposed:
        return "backed"
    if before.key in DENIED:
        return "denied"
    return "ethnic" if before.key in ETHNIC else "plain"


def nations(words: Sequence[Word]) -> list[Nation]:
    """Return the countries that the words name, in order, none over another."""
    found: list[Nation] = []
    reach = senses()[1]
    at = 0
    while at < len(words):
        hit = nation_at(words, at) if words[at].key in reach else None
        if hit is None:
            at += 1
            continue
        found.append(Nation(hit[0], at, at + hit[1], use_of(words, at, at + hit[1])))
        at += hit[1]
    return found


def topic(nation: Nation, found: Sequence[Word]) -> bool:
    """Whether a land is what somebody knows of: "an expert on Peru-Chile ties".

    "About 300 Kenyans" are counted.
    """
    near = range(max(1, nation.first - REACH), nation.first)
    said = (n for n in near if found[n].key in ABOUT)
    return any(not found[n + 1].text[:1].isdigit() for n in said)
