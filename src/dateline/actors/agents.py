"""Titles and agents: the nouns that tell what somebody is, with PLOVER's sectors."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.actors.words import Word, fold
from dateline.model import Lexicon


@dataclass(frozen=True, slots=True)
class Agent:
    """One entry of the table: its kind and the sectors it stands for."""

    kind: str
    sectors: tuple[str, ...]
    plural: bool = False


@cache
def load_agents(lexicon: Lexicon) -> dict[str, Agent]:
    """Return the titles and agents of a language by phrase, plurals included."""
    found: dict[str, Agent] = {}
    for kind, sectors, listed in lexicon.tables["actors.agents"]:
        codes = () if sectors == "-" else tuple(sectors.split(","))
        for phrase in listed.split(","):
            enter(found, phrase_key(phrase), Agent(kind, codes), lexicon)
    return found


@cache
def agent_lengths(lexicon: Lexicon) -> dict[str, int]:
    """Return how many words the longest title or agent has, by its first word."""
    found: dict[str, int] = {}
    for phrase in load_agents(lexicon):
        first = phrase.split(" ", 1)[0]
        found[first] = max(found.get(first, 0), phrase.count(" ") + 1)
    return found


def phrase_key(phrase: str) -> str:
    """Return a phrase as the look-up knows it: folded words with one space between.

    >>> phrase_key(" Vice-President")
    'vice president'
    """
    return " ".join(fold(word) for word in phrase.replace("-", " ").split())


def enter(found: dict[str, Agent], key: str, agent: Agent, lexicon: Lexicon) -> None:
    """Add a phrase and its plural; what came first stays; traits are kept aside."""
    if agent.kind == "trait":
        found.setdefault(f"~{key}", agent)
        return
    found.setdefault(key, agent)
    if agent.kind not in ("former", "plain"):
        many = Agent(agent.kind, agent.sectors, True)
        found.setdefault(plural(key, lexicon), many)


def plural(key: str, lexicon: Lexicon) -> str:
    """Return the usual plural of a noun phrase.

    >>> from dateline import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> every = ("policeman", "party", "secretary of state", "attorney general")
    >>> [plural(key, english) for key in every]
    ['policemen', 'parties', 'secretaries of state', 'attorneys general']
    """
    if told := lexicon.senses["actors.plural"].get(key):
        return told
    every, of = key.split(" "), lexicon.words["actors.of"]
    inner = enumerate(every[1:-1])
    head = next((n for n, word in inner if word in of), len(every) - 1)
    every[head] = plural_word(every[head], lexicon)
    return " ".join(every)


def plural_word(word: str, lexicon: Lexicon) -> str:
    """Return the plural of one word: the longest end that the language knows tells."""
    ends = lexicon.senses["actors.plural-end"]
    regular = word in lexicon.words["actors.regular-plural"]
    end = "" if regular else max(filter(word.endswith, ends), key=len, default="")
    return word.removesuffix(end) + ends.get(end, "")


def longest(
    words: Sequence[Word], at: int, lexicon: Lexicon
) -> tuple[Agent, int] | None:
    """Return the entry of the most words that starts at word `at`, and its length."""
    first = words[at].key.split(" ", 1)[0] if at < len(words) else ""
    reach = agent_lengths(lexicon).get(first, 0)
    known = load_agents(lexicon)
    for size in range(min(reach, len(words) - at), 0, -1):
        key = " ".join(word.key for word in words[at : at + size])
        if (agent := known.get(key)) is not None:
            return agent, size
    return None


def trait(key: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the sector that a word gives to the noun after it, () where none.

    >>> from dateline import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> [trait(key, english) for key in ("opposition", "rebel", "blue")]
    [('OPP',), ('REB',), ()]
    """
    known = load_agents(lexicon)
    agent = known.get(f"~{key}") or known.get(key)
    return agent.sectors if agent and agent.kind not in ("plain", "former") else ()
