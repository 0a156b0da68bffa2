"""Titles and agents: the nouns that tell what somebody is, with PLOVER's sectors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.actors.words import Word, fold

LONGEST = 6  # words: no title in the table is longer
GENERIC = frozenset(  # bodies that many countries have, though one is known by the name
    (
        "national guard",
        "senate",
        "congress",
        "supreme court",
        "high court",
        "constitutional court",
        "house of representatives",
        "national assembly",
        "republican guard",
        "presidential guard",
        "coast guard",
        "central bank",
        "reserve bank",
        "communist party",
        "socialist party",
        "labor party",
        "labour party",
        "conservative party",
        "liberal party",
        "green party",
        "people party",
        "foreign ministry",
        "foreign office",
        "defense ministry",
        "defence ministry",
        "interior ministry",
        "national police",
        "federal police",
        "air force",
        "navy",
        "army",
        "parliament",
        "national front",
        "civil guard",
        "supreme council",
        "state council",
        "national security council",
    )
)
IRREGULAR = {
    "man": "men",
    "woman": "women",
    "person": "people",
    "child": "children",
    "wife": "wives",
    "thief": "thieves",
    "attorney general": "attorneys general",
    "secretary general": "secretaries general",
}


@dataclass(frozen=True, slots=True)
class Agent:
    """One entry of the table: its kind and the sectors it stands for."""

    kind: str
    sectors: tuple[str, ...]
    plural: bool = False


@cache
def table() -> dict[str, Agent]:
    """Return the lexicon of titles and agents, plurals included."""
    raw = (files("dateline.actors") / "agents.tsv").read_text("utf-8")
    found: dict[str, Agent] = {}
    for line in raw.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        kind, sectors, listed = line.split("\t")
        codes = () if sectors == "-" else tuple(sectors.split(","))
        for phrase in listed.split(","):
            enter(found, key_of(phrase), Agent(kind, codes))
    return found


def key_of(phrase: str) -> str:
    """Return a phrase as the look-up knows it: folded words with one space between.

    >>> key_of(" Vice-President")
    'vice president'
    """
    return " ".join(fold(word) for word in phrase.replace("-", " ").split())


def enter(found: dict[str, Agent], key: str, agent: Agent) -> None:
    """Add a phrase and its plural; what came first stays; traits are kept aside."""
    if agent.kind == "trait":
        found.setdefault(f"~{key}", agent)
        return
    found.setdefault(key, agent)
    if agent.kind not in ("former", "plain"):
        found.setdefault(plural(key), Agent(agent.kind, agent.sectors, True))


def plural(key: str) -> str:
    """Return the usual plural of a noun phrase.

    >>> plural("policeman"), plural("party"), plural("secretary of state")
    ('policemen', 'parties', 'secretaries of state')
    """
    if key in IRREGULAR:
        return IRREGULAR[key]
    head, of, rest = key.partition(" of ")
    *before, last = head.split(" ")
    return " ".join([*before, plural_word(last)]) + of + rest


def plural_word(word: str) -> str:
    """Return the plural of one word."""
    for end in ("man", "person", "child", "wife", "thief"):
        if word.endswith(end) and word not in ("human", "german", "shaman"):
            return word[: -len(end)] + IRREGULAR[end]
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def longest(words: Sequence[Word], at: int) -> tuple[Agent, int] | None:
    """Return the entry of the most words that starts at word `at`, and its length."""
    known = table()
    for size in range(min(LONGEST, len(words) - at), 0, -1):
        key = " ".join(word.key for word in words[at : at + size])
        if (agent := known.get(key)) is not None:
            return agent, size
    return None


def trait(key: str) -> tuple[str, ...]:
    """Return the sector that a word gives to the noun after it, () where none.

    >>> trait("opposition"), trait("rebel"), trait("blue")
    (('OPP',), ('REB',), ())
    """
    known = table()
    agent = known.get(f"~{key}") or known.get(key)
    return agent.sectors if agent and agent.kind not in ("plain", "former") else ()


def phrases() -> Iterator[str]:
    """Yield every phrase of the table."""
    return (key.lstrip("~") for key in table())
