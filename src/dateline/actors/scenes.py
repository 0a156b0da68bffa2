"""The countries of one sentence: named, acting, as places, and whose "police"."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from dateline.actors.agents import Agent, longest
from dateline.actors.nations import Nation, nation_at, nations
from dateline.actors.words import Word
from dateline.facts import base
from dateline.gazetteer import find
from dateline.reference import countries

BIG = 100_000  # people: a smaller town's name is too often a man's
CLEAR = 4  # times: how much larger than its namesake abroad a city must be
SHORTEST = 4  # letters: a shorter place name is too often something else
NEAR = ("in", "near", "through", "downtown", "central", "outside", "around", "across")
WITHIN = ("in", "of", "from")
SEATS = ("capital", "city", "town", "port", "village", "province", "region")
PLACING = ("in", "from", "at", "across", "inside", "near", "outside")
GUESTS = frozenset(
    """embassy embassies consulate consulates ambassador ambassadors envoy envoys
    diplomat diplomats consul tourist tourists journalist journalists reporter reporters
    citizens nationals dollar dollars pound pounds franc francs""".split()
)


@dataclass(slots=True)
class Scene:
    """The countries of one sentence: all, the `firm` ones, and its place.

    "A Japanese tourist" is not firm: victims and guests are often from elsewhere.
    `firm` tells where each is first named; `owned` whose "police" or "rebels" it names,
    `words` are its words, small.
    """

    codes: Counter[str] = field(default_factory=Counter)
    firm: dict[str, int] = field(default_factory=dict)
    sites: set[str] = field(default_factory=set)
    owned: dict[str, set[str]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()


def scene_of(found: list[Word]) -> Scene:
    """Return the countries of one sentence."""
    scene = Scene(words=frozenset(word.key for word in found))
    for nation in nations(found):
        if nation.use in ("plain", "based", "led"):
            enter(scene, found, nation)
    for last, code, person in known(found):
        if person:
            named(scene, found[last - 1], code)
        else:
            own_body(scene, found, last, code)
    for at, word in enumerate(found[1:], 1):
        near = found[at - 1].key in NEAR
        if not (near and word.capital) or nation_at(found, at) is not None:
            continue
        if land := city(word.text):
            scene.codes[land] += 1
            scene.sites.add(land)
    return scene


def named(scene: Scene, name: Word, code: str) -> None:
    """Note the country of somebody known who is named in full."""
    scene.codes[code] += 1
    scene.firm.setdefault(code, name.start)


def own_body(scene: Scene, found: list[Word], last: int, code: str) -> None:
    """Note whose "inspectors" follow, or end, the name of a body of many states."""
    own(scene, found, last, code)
    if found[last - 1].text.islower():  # "U.N. weapons inspectors" is a name
        scene.owned.setdefault(found[last - 1].key, set()).add(code)


def enter(scene: Scene, found: list[Word], nation: Nation) -> None:
    """Note a country in a scene: that it is named, firmly, as a place, as an owner."""
    own(scene, found, nation.last, nation.code)
    own_behind(scene, found, nation)
    if nation.last < len(found) and found[nation.last].key in GUESTS:
        return  # an embassy, a sum of money tell of another country than the scene's
    scene.codes[nation.code] += 1
    if is_firm(found, nation):
        scene.firm.setdefault(nation.code, found[nation.first].start)
    if is_site(found, nation):
        scene.sites.add(nation.code)


def own(scene: Scene, found: list[Word], last: int, code: str) -> None:
    """Note whose "police" or "inspectors" are told, where a title follows a name."""
    if agent := longest(found, last) if last < len(found) else None:
        scene.owned.setdefault(found[last + agent[1] - 1].key, set()).add(code)


def own_behind(scene: Scene, found: list[Word], nation: Nation) -> None:
    """Note whose "army" is told, where a country follows it: "the army in Burundi"."""
    at = nation.first - 1
    if at > 0 and found[at].key in WITHIN and found[at - 1].text.islower():
        scene.owned.setdefault(found[at - 1].key, set()).add(nation.code)


def known(found: list[Word]) -> Iterator[tuple[int, str, bool]]:
    """Yield bodies of many states, and people: where named, whose, if a person."""
    texts = [word.text for word in found]
    at = 0
    while at < len(found):
        name = base().longest_at(texts, at) if found[at].capital else None
        for each in name.names if name else ():
            last = at + (name.words if name else 1)
            if each.entity.startswith("igo:") and not each.loose:
                yield last, code_of(each.entity), False
                break
            full = each.entity.startswith("person:") and last > at + 1
            if full and not each.loose and (land := land_of(each.entity)):
                yield last, land, True
                break
        at += name.words if name else 1


@cache
def land_of(person: str) -> str | None:
    """Return the one country for which somebody has ever held a post."""
    lands = {role.country for role in base().roles(person)}
    return lands.pop() if len(lands) == 1 else base().entity(person).country


@cache
def code_of(entity: str) -> str:
    """Return the code under which a body of many states is filed."""
    return base().entity(entity).country or "IGO"


def is_firm(found: list[Word], nation: Nation) -> bool:
    """Whether a country's words name the state, or somebody who speaks for it."""
    if nation.sense.kind in ("name", "capital"):
        return True
    agent = longest(found, nation.last) if nation.last < len(found) else None
    if agent is None or agent[0].kind == "arms":
        return False
    return agent[0].kind in ("office", "body", "carrier") or stately(agent[0])


def stately(agent: Agent) -> bool:
    """Whether a class of people serves the state: soldiers, policemen."""
    return bool({"MIL", "COP", "GOV"} & set(agent.sectors))


def is_site(found: list[Word], nation: Nation) -> bool:
    """Whether a country is named as the place: "in Egypt", "in northern Iraq"."""
    named = nation.sense.kind in ("name", "capital")
    after = found[nation.last].key if nation.last < len(found) else ""
    if not named and after not in SEATS:
        return False  # "in the Kenyan capital" is a place, "in Kenyan hands" is none
    before = [word.key for word in found[max(0, nation.first - 4) : nation.first]]
    while before and before[-1] not in PLACING:
        if before[-1] in ("to", "of", "with", "against", "and", "by", "on"):
            return False
        before.pop()
    return bool(before)


@lru_cache(maxsize=4096)
def city(name: str) -> str | None:
    """Return the country of a large city or province without a rival abroad.

    >>> city("Istanbul"), city("Texas"), city("Victoria")
    ('TUR', 'USA', None)
    """
    if len(name) < SHORTEST or not name.replace(" ", "").isalpha():
        return None
    if countries().by_name(name):
        return None  # "New Mexico" is no city of Mexico
    found = [e for e in find(name) if e.country and e.feature[:3] in ("PPL", "ADM")]
    sized: Counter[str] = Counter()
    for place in found:
        code = place.country or ""
        weight = 2 * place.population if place.feature == "ADM1" else place.population
        sized[code] = max(sized[code], weight)
    if not sized:
        return None
    (best, most), *others = sized.most_common(2)
    clear = not others or most >= CLEAR * others[0][1]
    return best if most >= BIG and clear else None
