"""What tells one event from others like it: whom, which number, which name, which way.

Wire sentences of different events are often alike but for a name or a number. Here the
words of a mention's own sentence are sorted by what they are (`sentence_words`), and
what identifies the event is read from them as facts (`sentence_facts`): a numbered
resolution, a named ship, an age, a sum, and whether the act takes effect or ends it.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from math import log

from dateline.extract.event_coref.lexicon import COMMON, load_merge_lexicon
from dateline.resources.plugins import shared_lexicon
from dateline.resources.reference.countries import countries

KIND_BITS = 8
OTHER_WORD, NAME_WORD, NUMBER_WORD, DATE_WORD, TRIGGER_WORD, READ_WORD, PARTY_WORD = range(7)
"""Kinds of words. A read word is part of a known entity, place, day or count, which are
compared as such; a party word is a common noun of somebody who acts or is acted upon."""
POLARITY, MONEY = 6, 7  # families of facts beside names and numbers
KNOWN, HUMAN, GROUP, ISO, OF_STATE, OPPOSED, NAMED, THERE = (1 << i for i in range(8))
"""Flags of a party. `THERE` is set for any, so that a party is never 0."""
STATE_SECTORS = frozenset("GOV MIL COP SPY JUD LEG".split())
OPPOSED_SECTORS = frozenset("REB OPP INS SEP RAD CRM UAF".split())
GROUP_SECTORS = OPPOSED_SECTORS | frozenset("BUS MNC NGO PTY MED EDU LAB".split())
RARE_NAME = 2.5  # rarity from which a word of a name tells who somebody is
RARE_INITIAL = 4.5  # rarity from which a capital at the start of a sentence is a name's
TOKEN = re.compile(r"[^\W_]+(?:['’./-][^\W_]+)*")
BOUNDARY = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[A-Z\"“‘'(])|\n+")
ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
AGE = re.compile(r"(\d{1,2})-year-old|\baged? (?:of )?(\d{1,2})\b|, (\d{2}),")
SUM = re.compile(
    r"([$€£¥]|\b[A-Z]{2,3}\$|\b(?:USD|EUR|GBP) ?)?(?<![\d,.])(\d[\d,]{0,14}(?:\.\d{1,4})?)(?!\d)"
    r"(?:[ -]?(thousand|million|billion|trillion|mn|bn|m|b))?\b(?:[ -](?:US )?([a-z]+))?"
)
POWERS = {"thousand": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}
POWERS |= {"b": 1e9, "trillion": 1e12, "": 1.0}
MOST_WORDS, MOST_FACTS, NAME_WORDS = 40, 8, 3
SENTENCE = 400  # characters
Mark = tuple[int, int, str]
"""Where words of a sentence stand that were read, and as what: trigger, party, …"""
Fact = tuple[int, int]


def sentence_at(text: str, start: int) -> tuple[int, int]:
    """Return where the sentence that holds an offset begins and ends."""
    low, high = max(0, start - SENTENCE), min(len(text), start + SENTENCE)
    ends = [low, *(low + m.end() for m in BOUNDARY.finditer(text[low:start]))]
    behind = BOUNDARY.search(text, start, high)
    return ends[-1], behind.start() if behind else high


def hashed(text: str, bits: int = 30) -> int:
    """Return a number above 0 for a text, the same on any machine."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return 1 + int.from_bytes(digest, "big") % ((1 << bits) - 1)


@lru_cache(maxsize=65536)
def name_skeleton(word: str) -> str:
    """Return a name so that spellings of it agree: its consonants, as they sound.

    >>> name_skeleton("Qaddafi") == name_skeleton("Gaddafi"), name_skeleton("Basra")
    (True, 'bsr')
    """
    folded = word.lower().translate(str.maketrans("qgcz", "kkks"))
    bare = re.sub(r"[aeiouyhw'’.-]", "", folded[1:])
    return re.sub(r"(.)\1+", r"\1", folded[:1] + bare)


@lru_cache(maxsize=65536)
def named_country(word: str) -> str:
    """Return the country that a word names, by name, adjective, people or capital."""
    table = countries()
    for look in (table.by_name, table.by_demonym, table.by_adjective, table.by_capital):
        if (found := look(word)) is not None:
            return found.answers
    return ""


def party_flags(
    entity: str | None, name: str, country: str | None, sectors: Sequence[str], known: bool
) -> int:
    """Return the flags of a party: what kind it is of, and whether it is known who."""
    kinds = set(sectors[:1])
    words = name_words(name)
    flags = THERE | (KNOWN if known else 0) | (NAMED if words else 0)
    human = entity.startswith("person:") if entity else looks_like_person(name)
    flags |= HUMAN if human else 0
    flags |= GROUP if not human and kinds & GROUP_SECTORS else 0
    state = country and (found := countries().by_code(country)) and found.kind != "nonstate"
    flags |= ISO if state else 0
    bare = bool(named_country(name))  # "Libya" may stand for anybody there
    flags |= OF_STATE if kinds & STATE_SECTORS and not bare else 0
    return flags | (OPPOSED if kinds & OPPOSED_SECTORS else 0)


def looks_like_person(name: str) -> bool:
    """Return whether a name ends in the two or three capitalised words of a person's.

    >>> looks_like_person("Swedish envoy Maria Lindqvist"), looks_like_person("the Lagos Bank")
    (True, False)
    """
    kinds = shared_lexicon().words["merge.organisation"]
    titles = shared_lexicon().words["merge.title"]
    words = [w for w in name.split() if w.lower() not in titles]
    while words and (not words[0][:1].isupper() or named_country(words[0])):
        words = words[1:]
    return (
        2 <= len(words) <= 4
        and all(word[:1].isupper() and word[1:].islower() for word in words[-2:])
        and kinds.isdisjoint(word.lower() for word in words)
        and not any(named_country(word) for word in words)
    )


@lru_cache(maxsize=16384)
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name that tell who somebody is, the last three.

    >>> name_words("President Maria Lindqvist")
    ('mr', 'lndkvst')
    """
    lexicon = load_merge_lexicon()
    titles = shared_lexicon().words["merge.title"]
    rare = [
        word
        for word in TOKEN.findall(name)
        if word[:1].isupper() or word[:1].isdigit()
        if word.lower() not in titles
        if lexicon.rarity(lexicon.lemmas([word.lower()])[0]) > RARE_NAME
        if not named_country(word)
    ]
    return tuple(name_skeleton(word) for word in rare[-NAME_WORDS:])


def party_numbers(flags: int, name: str) -> list[int]:
    """Return the flags of a party and the words of its name as numbers."""
    words = [hashed(word) for word in name_words(name)]
    return [flags, *[0] * (NAME_WORDS - len(words)), *words]


def tokens(sentence: str) -> list[tuple[str, int, int]]:
    """Return the words of a sentence with where they begin and end."""
    return [(hit[0], hit.start(), hit.end()) for hit in TOKEN.finditer(sentence)]


def sentence_words(sentence: str, marks: Sequence[Mark]) -> list[int]:
    """Return the words of a sentence as numbers of 16 bits that hold each word's kind."""
    numbers = []
    words = tokens(sentence)
    for i, (word, start, end) in enumerate(words[:MOST_WORDS]):
        kind, form = word_kind(word, i == 0)
        if kind == NUMBER_WORD and i + 1 < len(words) and is_counted(words[i + 1][0]):
            kind = READ_WORD
        inside = [name for a, b, name in marks if a <= start and end <= b]
        if "trigger" in inside:
            kind = TRIGGER_WORD
        elif "party" in inside:
            kind = PARTY_WORD if kind == OTHER_WORD and is_content(form) else kind
        elif inside and kind != OTHER_WORD:
            kind = READ_WORD
        numbers.append(hashed(form, 13) * KIND_BITS % 65536 + kind)
    return numbers


@lru_cache(maxsize=8192)
def is_content(word: str) -> bool:
    """Return whether a word in small letters says what somebody is, as no article does."""
    return load_merge_lexicon().rarity(load_merge_lexicon().lemmas([word])[0]) > COMMON


@lru_cache(maxsize=8192)
def is_counted(word: str) -> bool:
    """Return whether a word behind a number is what is counted: "men", "people".

    >>> is_counted("men"), is_counted("on")
    (True, False)
    """
    lexicon = load_merge_lexicon()
    plural = lexicon.lemmas([word])[0] != word or word in lexicon.plural
    return word.islower() and (plural or word in shared_lexicon().words["merge.counted"])


@lru_cache(maxsize=65536)
def word_kind(word: str, initial: bool) -> tuple[int, str]:
    """Return the kind of a word and the form by which it is compared."""
    lower = word.lower()
    lexicon, language = load_merge_lexicon(), shared_lexicon()
    if lower in language.words["merge.date"]:
        return DATE_WORD, lower
    if word.isdigit() and len(word) == 4 and 1900 <= int(word) < 2100:
        return DATE_WORD, lower
    value = number_value(lower)
    if value is not None or any(map(str.isdigit, word)):
        return NUMBER_WORD, lower if value is None else str(value)
    if word[:1].isupper():
        if code := named_country(word):
            return NAME_WORD, code
        rarity = lexicon.rarity(lexicon.lemmas([lower])[0])
        if rarity > (RARE_INITIAL if initial else RARE_NAME):
            return NAME_WORD, name_skeleton(word)
    return OTHER_WORD, lower


@lru_cache(maxsize=8192)
def number_value(lower: str) -> int | None:
    """Return the whole number that a word in small letters stands for, or None.

    >>> number_value("3rd"), number_value("third"), number_value("2,231"), number_value("a")
    (3, 3, 2231, None)
    """
    if hit := ORDINAL.fullmatch(lower):
        return int(hit[1])
    if lower.replace(",", "").isdecimal() and lower.isascii():
        return int(lower.replace(",", "")[:9])
    senses = shared_lexicon().senses
    found = senses["merge.ordinal"].get(lower) or senses["merge.number"].get(lower)
    return int(found) if found else None


def sentence_facts(sentence: str, trigger: str, undone: bool) -> tuple[Fact, ...]:
    """Return what identifies the act of a sentence, as kinds and values.

    `undone` says that the act did not come about.
    """
    facts = [*number_facts(sentence), *name_facts(sentence)]
    if (turn := polarity(trigger, undone)) is not None:
        facts.append(turn)
    facts += sum_facts(sentence)
    return tuple(dict.fromkeys(facts))[:MOST_FACTS]


def kind_number(name: str, family: int) -> int:
    """Return a number for a kind of fact that tells its family."""
    return hashed(name, 22) * KIND_BITS + family


def number_facts(sentence: str) -> list[Fact]:
    """Return numbers that identify: "resolution 2231", "3rd Brigade", "aged 34"."""
    language = shared_lexicon()
    numbered, uncounted = (language.words["merge.numbered"], language.words["merge.uncounted"])
    words = [word for word, _, _ in tokens(sentence)]
    lower = [word.lower() for word in words]
    facts = []
    for i, word in enumerate(lower):
        value = number_value(word)
        if value is None and "/" in word and word[0].isdigit():
            value = hashed(word)
        if value is None:
            continue
        before, after = lower[i - 1 : i], lower[i + 1 : i + 2]
        ordinal = bool(ORDINAL.fullmatch(word)) or word in language.senses["merge.ordinal"]
        if before and before[0] in numbered:
            facts.append((kind_number(noun_lemma(before[0]), NUMBER_WORD), value))
        noun = ordinal_noun(lower[i + 1 : i + 3]) if ordinal else ""
        if noun and uncounted.isdisjoint(after):
            facts.append((kind_number(noun, NUMBER_WORD), value))
    ages = [int(next(filter(None, hit.groups()))) for hit in AGE.finditer(sentence)]
    return facts + [(kind_number("age", NUMBER_WORD), age) for age in ages]


def sum_facts(sentence: str) -> list[Fact]:
    """Return sums of money by their currency, as hundredths of their logarithms.

    >>> sum_facts("a $2m loan") == sum_facts("a loan of 2 million dollars")
    True
    """
    units = shared_lexicon().senses["merge.unit"]
    facts = []
    for sign, digits, power, noun in SUM.findall(sentence):
        name = sign.strip().lower() or noun.removesuffix("s")
        amount = float(digits.replace(",", "")) * POWERS[power]
        if (unit := units.get(name)) and amount > 0:
            facts.append((kind_number(f"money {unit}", MONEY), round(100 * log(amount))))
    return facts


def ordinal_noun(words: Sequence[str]) -> str:
    """Return the noun that an ordinal counts, of the words behind it: "brigade"."""
    numbered = shared_lexicon().words["merge.numbered"]
    return next((noun_lemma(word) for word in words if word in numbered), "")


def noun_lemma(word: str) -> str:
    """Return a noun without the s of the plural."""
    return load_merge_lexicon().lemmas([word])[0]


def name_facts(sentence: str) -> list[Fact]:
    """Return names that a noun introduces: "the village of Kalembe", "tanker Aurora"."""
    nouns, introducing = (shared_lexicon().words[n] for n in ("merge.named", "merge.naming"))
    words = [word for word, _, _ in tokens(sentence)]
    facts = []
    for i, word in enumerate(words[:-1]):
        noun = word.lower()
        if noun not in nouns:
            continue
        behind = words[i + 1 + (words[i + 1].lower() in introducing) :]
        name = behind[0] if behind else ""
        if word_kind(name, False)[0] == NAME_WORD and not named_country(name):
            facts.append((kind_number(noun, NAME_WORD), hashed(name_skeleton(name))))
    return facts


def polarity(trigger: str, undone: bool) -> Fact | None:
    """Return which way an act turns something: imposed or lifted, entered or left.

    "failed to" and the like turn it round.
    """
    language = shared_lexicon()
    turns, failing = language.senses["merge.polarity"], language.words["merge.failing"]
    words = [word for word, _, _ in tokens(trigger.lower())]
    lemmas = load_merge_lexicon().lemmas(words)
    sign = -1 if undone or not failing.isdisjoint([*words, *lemmas]) else 1
    for word, lemma in zip(words, lemmas, strict=True):
        if told := turns.get(word) or turns.get(lemma):
            value = sign if told.endswith("+") else -sign
            return kind_number(f"turn {told[:-1]}", POLARITY), value
    return None
