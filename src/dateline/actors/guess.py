"""The weaker cues for one party: an outlet, a city, the country a report tells of."""

from dataclasses import replace

from dateline.actors.context import homes, there, told_before
from dateline.actors.home import domestic, elsewhere
from dateline.actors.judge import Answer, Case, by_name
from dateline.actors.parts import PREPS, STOPS
from dateline.actors.reading import Reading
from dateline.actors.scenes import city
from dateline.model import Parsed, Span
from dateline.reference import outlet

SHORT, LONG = 2, 60  # characters: no outlet's name is shorter, or longer
SPEAKING = ("carrier", "office")  # "its spokesman" may be any organisation's
SAME = "actors.home-same.v1"
SPEAKERS = frozenset(("diplomat", "analyst", "expert", "source", "observer", "critic"))
STATES = frozenset(("states", "countries", "nations", "region", "peninsula"))


def by_city(case: Case) -> Answer | None:
    """A large city or province in the words tells the country: "an Istanbul court"."""
    reading = case.reading
    spots = reading.spots
    if not spots or reading.alien or STATES & {word.key for word in reading.words}:
        return None
    for size in range(min(3, len(spots)), 0, -1):
        for at in range(len(spots) - size + 1):
            name = " ".join(word.text for word in spots[at : at + size])
            if (land := city(name)) and placed(reading, size):
                sectors = reading.sectors or (
                    reading.agent.sectors if reading.agent else ("GOV", "CVL")
                )
                return Answer(land, sectors, None, name, "guess", "actors.city.v1")
    return None


def by_outlet(case: Case) -> Answer | None:
    """A newspaper, broadcaster or agency of the table of outlets is of its home."""
    whole = [word.text for word in case.reading.words if word.key not in ("the", "a")]
    spots = [word.text for word in case.reading.spots]
    first = case.reading.spots[:1]
    tail = [w.text for w in case.reading.words if first and w.start >= first[0].start]
    for name in (" ".join(whole), " ".join(tail), " ".join(spots)):
        found = outlet(name) if SHORT < len(name) < LONG and "." not in name else None
        if found is not None:
            rule = "actors.outlet.v1"
            return Answer(
                found.country, found.sectors, None, found.name, "resolved", rule
            )
    return None


def placed(reading: Reading, size: int) -> bool:
    """Whether a place in a mention tells whose: beside a title, or on its own."""
    if reading.agent is not None:
        return True
    return sum(word.key not in SETTLED for word in reading.words) == size


SETTLED = frozenset(
    (
        *("the", "a", "of", "port", "city", "town", "capital", "village", "district"),
        *("suburb", "suburbs", "outskirts", "center", "centre", "province", "region"),
        *("northern", "southern", "eastern", "western", "central", "besieged"),
    )
)  # words that stand about a place's name and name nobody: "the port of Mombasa"


def by_home(case: Case) -> Answer | None:
    """Police, courts, rebels and the like belong to the country the report tells of."""
    reading = case.reading
    if elsewhere(reading) or not (domestic(reading) or of_owner(reading)):
        return None
    head = head_of(reading)
    land, cue = homes(case.context, case.at, case.setting.filed, head)
    if land is None or (bare_office(reading) and cue in ("site", "sentence")):
        return None
    sectors = reading.sectors or (reading.agent.sectors if reading.agent else ("GOV",))
    return Answer(land, sectors, None, "", "guess", f"actors.home-{cue}.v1")


def by_there(parsed: Parsed, case: Case, span: Span) -> Answer | None:
    """Officials there are of the country told last, those here of the dateline's."""
    head = parsed.head_of(span)
    subject = head is not None and head.dep in ("nsubj", "nsubjpass")
    near = parsed.below(head, "advmod") if head and subject else ()
    told = {t.text.lower() for t in near if t.i > (head.i if head else 0)}
    land = there(case.context, case.at) if "there" in told else None
    if "here" in told:
        land = case.setting.filed or None
    agent = case.reading.agent
    if land is None or agent is None:
        return None
    sectors = case.reading.sectors or agent.sectors
    return Answer(land, sectors, None, "", "guess", "actors.there.v1")


def by_same(case: Case) -> Answer | None:
    """The inspectors, the tourists: theirs whose inspectors alone were told before."""
    reading, agent = case.reading, case.reading.agent
    if agent is None or agent.kind == "carrier" or reading.alien or reading.unknown:
        return None
    keys = {word.key.removesuffix("s") for word in reading.words}
    if reading.names or keys & SPEAKERS or elsewhere(reading):
        return None
    land = told_before(case.context, case.at, head_of(reading))
    sectors = reading.sectors or agent.sectors
    return Answer(land, sectors, None, "", "guess", SAME) if land else None


def head_of(reading: Reading) -> str:
    """Return the last plain word before a preposition: "police" in "police of all"."""
    core = [w.key for w in reading.words]
    cut = next((i for i, w in enumerate(core[1:], 1) if w in PREPS or w in STOPS), None)
    return core[:cut][-1] if core else ""


def by_generic(case: Case) -> Answer | None:
    """A body of a common name is, lacking any cue, the one best known by it."""
    if not case.reading.generic or case.reading.alien:
        return None
    reading = replace(case.reading, names=[case.reading.generic])
    found = by_name(replace(case, reading=reading))
    return replace(found, answer="guess") if found and found.country else None


def bare_office(reading: Reading) -> bool:
    """Whether a mention is a post alone: "the president" may be of any country near."""
    agent = reading.agent
    first = (reading.sectors or ("",))[0]
    bare = agent is not None and agent.kind == "office" and not reading.unknown
    return bare and first in ("GOV", "ELI")


def of_owner(reading: Reading) -> bool:
    """Whether a mention says "its" or "their" of a body whose owner no link tells."""
    spoken_for = reading.agent is not None and reading.agent.kind in SPEAKING
    owner = reading.owner
    return owner is not None and owner.key in ("its", "their") and not spoken_for


def unknown(case: Case) -> Answer:
    """Nothing in or near the words tells a country; the sector may still be known."""
    reading = case.reading
    if named := by_name(case):
        return named
    sectors = reading.sectors or (reading.agent.sectors if reading.agent else ())
    if elsewhere(reading):
        return neighbour(sectors)
    return Answer(None, sectors, None, "", "unknown", "actors.unknown.v1")


def neighbour(sectors: tuple[str, ...]) -> Answer:
    """A neighbour, an ally: another country, which the text does not name for sure."""
    return Answer(None, sectors, None, "", "unknown", "actors.neighbour.v1")
