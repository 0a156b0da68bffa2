"""Words of a mention, folded so that they agree, and the titles among them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from dateline.model import Lexicon, Parsed
from dateline.resources.reference import fold_name

HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
WORD = re.compile(
    rf"(?:[^\W_]\.){{2,8}}|[^\W_](?:[\w{HIDDEN}]|['’`](?=[^\W_]))*"
    r"|[,;:()\[\]—–\"“”&]"
)
JOINED = re.compile(r" ?[-‑] ?(?=\w)")
LEAD = 4  # words before the "of" of a count
REACH = 4  # characters after a word that tell whether it owns or is joined
PRONOUNS = (*("speaker", "speakers", "addressed", "he", "she", "it", "they", "pointed"), "several")
AGENTS = ("office", "person", "body", "carrier", "kin", "arms")


class Word(NamedTuple):
    """One word: its folded `key`, whether it starts with a `capital`.

    It is `joined` by a hyphen to the next, or `owns` that by a 's.
    """

    text: str
    key: str
    start: int
    end: int
    joined: bool
    owns: bool
    capital: bool


def fold(text: str) -> str:
    """Return the key of a word: small, without accents, dots, hidden characters.

    >>> fold("ERDO\u011eAN"), fold("U.N."), fold("K\u200bim")
    ('erdogan', 'un', 'kim')
    """
    return fold_name(text)


def split_words(
    text: str, lexicon: Lexicon, start: int = 0, end: int | None = None
) -> Iterator[Word]:
    """Yield the words of `text` between two offsets, and the marks that part them.

    >>> from dateline.resources import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> [(w.key, w.owns) for w in split_words("Iraq 's U.S.-backed army", english)]
    [('iraq', True), ('us', False), ('backed', False), ('army', False)]
    """
    end = len(text) if end is None else end
    marks, owned = lexicon.words["actors.owner-mark"], lexicon.patterns["actors.owned"]
    for hit in WORD.finditer(text, start, end):
        raw = hit[0]
        a, b = hit.span()
        if len(raw) == 1 and a > start and text[a - 1 : b].lower() in marks:
            continue
        folded = fold_name(raw)
        if not folded:
            folded = raw
        after = text[b : b + 2]
        owns = raw[-2:].lower() in marks or (
            ("'" in after or "’" in after) and bool(owned.match(text, b, end))
        )
        joined = ("-" in after or "‑" in after) and bool(JOINED.match(text, b, end))
        yield Word(raw, folded, a, b, joined, owns, raw[0].isupper())


def words_in_span(parsed: Parsed, start: int, end: int) -> list[Word]:
    """Return the words of a report between two offsets, as if it ended there.

    The words of a report are cut once, and once more where an offset is within one;
    what is returned is kept for whoever asks again, and is not to be changed.
    """
    every, starts, cut = parsed.once("words of its actors", cut_report_words)
    found = cut.get((start, end))
    if found is None:
        found = cut[start, end] = cut_span(parsed, every, starts, (start, end))
    return found


def cut_span(
    parsed: Parsed, every: list[Word], starts: list[int], span: tuple[int, int]
) -> list[Word]:
    """Return the words of a report between two offsets: those of all, or cut anew."""
    text = parsed.text
    start, end = span
    first = bisect_left(starts, start)
    last = bisect_left(starts, end, first)
    marks = parsed.words("actors.owner-mark")
    inside = first > 0 and every[first - 1].end > start
    inside = inside or (last > first and every[last - 1].end > end)
    if inside or text[max(0, start - 1) : start + 1].lower() in marks:
        return list(split_words(text, parsed.lexicon, start, end))
    found, n = every[first:last], last - first
    while n and found[n - 1].end + REACH > end:
        n -= 1
    if n < last - first and any(
        w.joined or w.owns or text[w.end : w.end + 1] in "'’" for w in found[n:]
    ):
        found[n:] = split_words(text, parsed.lexicon, found[n].start, end)
    return found


def two_words_before(parsed: Parsed, at: int, reach: int) -> list[Word]:
    """Return the last two words of a report within so many characters before one."""
    every, starts, _ = parsed.once("words of its actors", cut_report_words)
    low, n = max(0, at - reach), bisect_left(starts, at)
    found = every[max(0, n - 2) : n]
    if len(found) == 2 and found[0].start > low and found[1].end <= at:  # noqa: PLR2004
        return found
    return words_in_span(parsed, low, at)[-2:]


def two_words_after(parsed: Parsed, at: int, reach: int) -> list[Word]:
    """Return the first two words of a report within so many characters after one."""
    every, starts, _ = parsed.once("words of its actors", cut_report_words)
    high, n = min(len(parsed.text), at + reach), bisect_left(starts, at)
    found, before = every[n : n + 2], every[max(0, n - 1) : n]
    whole = len(found) == 2 and found[1].end <= high  # noqa: PLR2004
    marks = parsed.words("actors.owner-mark")
    whole = whole and parsed.text[max(0, at - 1) : at + 1].lower() not in marks
    if whole and found[0].start > at and not (before and before[0].end > at):
        return found
    return words_in_span(parsed, at, high)[:2]


def cut_report_words(
    parsed: Parsed,
) -> tuple[list[Word], list[int], dict[tuple[int, int], list[Word]]]:
    """Return the words of a report, where they start, and room for those of spans."""
    every = list(split_words(parsed.text, parsed.lexicon))
    return every, [word.start for word in every], {}


def words_counted(found: Sequence[Word], lexicon: Lexicon) -> Sequence[Word]:
    """Return the words of those who are counted, without how many they are.

    >>> from dateline.resources import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> found = list(split_words("Large numbers of new refugees", english))
    >>> [w.key for w in words_counted(found, english)]
    ['new', 'refugees']
    """
    of, counts = lexicon.words["actors.of"], lexicon.words["actors.count"]
    near = enumerate(found[1 : LEAD + 1], 1)
    at = next((n for n, word in near if word.key in of), 0)
    small = all(word.text.islower() for word in found[1:at])
    if not at or found[at - 1].key not in counts or not small or len(found) == at + 1:
        return found
    return words_counted(found[at + 1 :], lexicon)


def drop_possessive(text: str, lexicon: Lexicon) -> str:
    """Return words without the mark of an owner: "Gdansk's" is of Gdansk."""
    for mark in lexicon.words["actors.owner-mark"]:
        text = text.removesuffix(mark)
    return text


def singular(key: str, lexicon: Lexicon) -> str:
    """Return a word without the mark of many."""
    for mark in lexicon.words["actors.plural-mark"]:
        key = key.removesuffix(mark)
    return key


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
            key = phrase_key(phrase)
            if kind == "trait":  # kept aside
                found.setdefault(f"~{key}", Agent(kind, codes))
                continue
            found.setdefault(key, Agent(kind, codes))  # what came first stays
            if kind not in ("former", "plain"):
                found.setdefault(plural(key, lexicon), Agent(kind, codes, True))
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


def plural(key: str, lexicon: Lexicon) -> str:
    """Return the usual plural of a noun phrase.

    >>> from dateline.resources import plugins
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
    word, ends = every[head], lexicon.senses["actors.plural-end"]
    regular = word in lexicon.words["actors.regular-plural"]
    # The longest end that the language knows tells.
    end = "" if regular else max(filter(word.endswith, ends), key=len, default="")
    every[head] = word.removesuffix(end) + ends.get(end, "")
    return " ".join(every)


def longest(words: Sequence[Word], at: int, lexicon: Lexicon) -> tuple[Agent, int] | None:
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

    >>> from dateline.resources import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> [trait(key, english) for key in ("opposition", "rebel", "blue")]
    [('OPP',), ('REB',), ()]
    """
    known = load_agents(lexicon)
    agent = known.get(f"~{key}") or known.get(key)
    return agent.sectors if agent and agent.kind not in ("plain", "former") else ()


def pronoun_kind(word: str, lexicon: Lexicon) -> int:
    """Return for whom a pronoun may stand, counted from 1; 0 for any other word."""
    whom = lexicon.senses["actors.pronoun"].get(word)
    return PRONOUNS.index(whom) + 1 if whom else 0
