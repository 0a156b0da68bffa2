"""What words, their neighbours and their namesakes tell of a country, code by code."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import log10

from dateline.extract.actors.cues import role_of_head, span_before, span_holds
from dateline.extract.actors.lexicon import (
    Word,
    drop_possessive,
    fold,
    trait,
    words_counted,
    words_in_span,
)
from dateline.extract.actors.mention_cues import Reading, Wording, breaks, given, read_mention
from dateline.extract.actors.nationalities import DWARFED, Nation, countries_of_place, topic
from dateline.extract.actors.report_features import Survey
from dateline.extract.actors.resolution import Answer, Case, build_known, from_words, setting_days
from dateline.model import Lexicon, Parsed, Span, Token
from dateline.resources.knowledge_base import Base, Name
from dateline.resources.reference import find_outlet
from dateline.resources.reference.countries import filed_under

KINDS = (
    *("state", "person", "organisation", "armed group", "media", "party", "igo"),
    *("ngo", "company", "metonym", "ethnic group", "school", "government body"),
)
NAMES = (
    *("strong", "weak", "based", "bystander", "nations", "sense", "base_kind"),
    *("base_loose", "base_sure", "base_lands", "base_words", "ruled", "city_size"),
    *("city_share", "generic", "outlet"),
)
WIDTH = len(NAMES)
AT = {name: i for i, name in enumerate(NAMES)}
Told = dict[str, list[float]]
STRONG = frozenset(("nation", "possessor", "of"))
WEAK = frozenset(("from", "in", "at", "inside", "for"))
SENSES = {"name": 1, "adjective": 2, "people": 3, "capital": 4}
LARGE = 6.0  # size (ten to the power of): a town of which the report tells where it is


def raise_evidence(told: Told, code: str | None, **values: float) -> None:
    """Raise what is told of one country to the values given."""
    if not code:
        return
    code = filed_under(code)
    row = told.setdefault(code, [0.0] * WIDTH)
    for name, value in values.items():
        row[AT[name]] = max(row[AT[name]], value)


def merge_evidence(every: Iterable[Told]) -> Told:
    """Return the most that any of several sources tells of each country."""
    found: Told = {}
    for told in every:
        for code, values in told.items():
            row = found.get(code)
            found[code] = list(map(max, row, values)) if row else values
    return found


# How a land is told (`Reading.how`): the ties are senses of `actors.tie`


@dataclass(eq=False)
class Mention:
    """One party's words, read; `direct` is what they settle by themselves."""

    words: Sequence[Word]
    span: Span
    reading: Reading
    case: Case
    direct: Answer | None
    wording: Wording

    @cached_property
    def lexicon(self) -> Lexicon:
        """What the report's language tells of its words."""
        return self.case.lexicon

    @cached_property
    def head_noun(self) -> str:
        """The last plain word before a preposition: "police" in "police of all"."""
        core, ends = [w.key for w in self.words], breaks(self.lexicon)
        cut = next((i for i, w in enumerate(core[1:], 1) if w in ends), None)
        return core[:cut][-1] if core else ""

    @property
    def nations(self) -> list[Nation]:
        """The countries that the words name, whatever they say of them."""
        return self.wording.nations

    @cached_property
    def head(self) -> Token | None:
        """The token that heads the words."""
        return self.case.seen.parsed.head_of(self.span)

    @cached_property
    def country_evidence(self) -> Told:
        """What the words themselves tell of each country."""
        return of_words(self)

    @cached_property
    def placed(self) -> tuple[int, int]:
        """The role of the words, and what governs them."""
        return role_of_head(self.case.seen.parsed, self.head)


def mention_of(found: Sequence[Word], span: Span, seen: Survey, base: Base) -> Mention:
    """Return the words of a party with what they say by themselves."""
    found = words_counted(found, seen.parsed.lexicon)
    key = tuple([(word.text, word.joined, word.owns) for word in found])
    wording = seen.wordings.get(key)
    if wording is None:
        wording = seen.wordings[key] = Wording(found, base, seen.parsed.lexicon)
    reading = read_mention(found, wording.parts, seen.parsed.lexicon)
    reading = of_stranger(reading, span, seen, base)
    if reading.nation and of_a_name(reading.nation, found, seen):
        own = found[reading.nation.first : reading.nation.last]
        every = [word for word in (reading.last_name, *own[-1:]) if word is not None]
        last = max(every, key=lambda word: word.start, default=None)
        reading = replace(reading, nation=None, how="", unknown=True, last_name=last)
    if reading.nation and (town := of_a_town(reading.nation, found, seen)):
        reading = replace(reading, nation=None, how="", spots=town)
    case = Case(reading, span.start, seen, base)
    return Mention(found, span, reading, case, from_words(case), wording)


def of_stranger(reading: Reading, span: Span, seen: Survey, base: Base) -> Reading:
    """Return a reading without people of whose surname the report names another.

    "Oleg Putin, a miner, lost his job. Putin …" is he whom the report told in full.
    """
    word, link = reading.words[-1] if reading.words else None, seen.link(span)
    if word is None or link is None or not link.of_name:
        return reading
    full, text = link.antecedents[0], seen.parsed.text
    every = words_in_span(seen.parsed, full.start, full.end)
    *first, last = [other.key for other in every]
    told = last == word.key and first_name(full, last, seen.parsed)
    begins = any(run.overlaps(full) for run in seen.runs.get(last, ())[:1])
    if not (told and begins) or base.names(full.of(text)):
        return reading
    # A surname is only his whose first name is told; any other name is as it was.
    names = [
        row
        for row in reading.names
        if any(name.kind != "surname" or any(given(each, name) for each in first) for name in row)
    ]
    if names == reading.names:
        return reading
    return replace(reading, names=names, unknown=True, last_name=word)


def of_a_name(nation: Nation, found: Sequence[Word], seen: Survey) -> bool:
    """Whether a land is a piece of somebody's name: "Michael Jordan", "Mr. Jordan"."""
    if nation.last > len(found) or nation.sense.kind == "adjective":
        return False
    first, last = found[nation.first], found[nation.last - 1]
    if span_holds(seen.bearers, first.start):
        return True
    after = found[nation.last : nation.last + 1]
    before = found[max(0, nation.first - 1) : nation.first]
    begins = bool(after) and after[0].capital and not last.owns
    ends = bool(before) and before[0].capital
    ends = ends and not trait(before[0].key, seen.parsed.lexicon)
    if not begins and (not ends or before[0].owns):
        return False
    one = span_before(seen.people, first.start)
    long = one is not None and one.end - one.start > last.end - first.start
    return long and one is not None and last.end <= one.end


def of_a_town(nation: Nation, found: Sequence[Word], seen: Survey) -> list[Word]:
    """Return the words of a land or capital that are those of a town abroad."""
    named = nation.sense.kind in ("name", "capital") and nation.last <= len(found)
    those = found[nation.first : nation.last]
    return list(those) if named and those[-1].key in seen.abroad else []


def mention_at(span: Span, seen: Survey, base: Base) -> Mention:
    """Return the mention that a span of the report is, read when first asked for."""
    if span not in seen.met:
        found = words_in_span(seen.parsed, span.start, span.end)
        seen.met[span] = mention_of(found, span, seen, base)
    return seen.met[span]


def of_words(mention: Mention) -> Told:
    """Work out what the words of a mention tell."""
    told: Told = {}
    reading, words, seen = mention.reading, mention.words, mention.case.seen
    if nation := reading.nation:
        how = reading.how
        raise_evidence(
            told,
            nation.code,
            strong=how in STRONG,
            weak=how in WEAK,
            based=how in ("based", "led"),
            sense=SENSES.get(nation.sense.kind, 0),
        )
    cased = any(name.cased for names in reading.names for name in names)
    for each in mention.nations:
        capital = each.sense.kind == "capital" and words[each.first].text.isupper()
        if cased and capital and reading.nation is None:
            continue  # SANA is not Sana
        if of_a_name(each, words, seen) or of_a_town(each, words, seen):
            continue
        if topic(each, words, mention.lexicon):
            continue
        plain = each.use == "plain"
        raise_evidence(told, each.code, nations=plain, bystander=not plain)
    add_known_names(told, mention)
    if (answer := mention.direct) and answer.country:
        raise_evidence(told, answer.country, ruled=2 if answer.answer == "resolved" else 1)
    add_places(told, mention)
    add_outlet(told, mention)
    return told


def add_known_names(told: Told, mention: Mention) -> None:
    """Add the countries of those who go by a known name, and of bodies of a common one.

    Such are "the Senate" and "Democrats".
    """
    base, words, day = (mention.case.base, mention.words, setting_days(mention.case.setting))
    for every in mention.reading.names:
        names: Sequence[Name] = every
        if words and any(name.kind == "surname" for name in every):
            # A bare surname may be, elsewhere in the report, that of somebody else.
            fuller = first_names(words[-1].key, mention)
            names = [
                name
                for name in every
                if not fuller
                or name.kind != "surname"
                or any(given(first, name) for first in fuller)
            ]
        who = [build_known(base, name, day) for name in names[:12]]
        who = [each for each in who if each.entity.kind != "state"]
        lands = len({each.country for each in who})
        for each in who:
            kind = each.entity.kind
            current = any(r.sectors[:1] != ("ELI",) for r in each.roles)
            raise_evidence(
                told,
                each.country,
                base_kind=KINDS.index(kind) + 1 if kind in KINDS else 0,
                base_loose=2 - each.named.loose,
                base_sure=1 + (current if kind == "person" else each.sure),
                base_lands=1 / lands,
                base_words=(each.named.form.count(" ") + 1) / max(1, len(words)),
            )
    at = 0
    while at < len(words):
        found = mention.wording.known(at) if words[at].capital else None
        for name in found.names if found else ():
            entity = base.entity(name.entity)
            if entity.kind not in ("person", "state"):
                raise_evidence(told, entity.country, generic=2 - name.loose)
        at += found.words if found else 1


def add_places(told: Told, mention: Mention) -> None:
    """Add the countries of the towns that the words name."""
    spots, nation, lexicon = (mention.reading.spots, mention.reading.nation, mention.lexicon)
    provinces = lexicon.words["actors.province"]
    if not spots and nation and fold(nation.sense.text) in provinces:
        spots = list(mention.words[nation.first : nation.last])
    abroad = [mention.case.seen.abroad.get(word.key) for word in spots]
    if code := next(filter(None, abroad), None):
        raise_evidence(told, code, city_size=LARGE, city_share=1)
        return
    for size in (3, 2, 1) if spots else ():
        for at in range(len(spots) - size + 1):
            piece = spots[at : at + size]
            if piece[-1].end - piece[0].start > sum(len(w.text) for w in piece) + 4:
                continue
            name = " ".join(drop_possessive(word.text, lexicon) for word in piece)
            every = countries_of_place(name, lexicon)
            found = [(code, n) for code, n in every if n * DWARFED >= every[0][1]]
            everyone = sum(n for _, n in found) or 1
            for code, number in found[:4]:
                raise_evidence(
                    told, code, city_size=log10(number + 1) + size - 1, city_share=number / everyone
                )
        if any(row[AT["city_size"]] for row in told.values()):
            return


def first_names(last: str, mention: Mention) -> tuple[str, ...]:
    """Return the first names that a report tells with a surname, read once each."""
    seen = mention.case.seen
    if last not in seen.firsts:
        every = (first_name(s, last, seen.parsed) for s in seen.runs.get(last, ()))
        seen.firsts[last] = tuple(dict.fromkeys(filter(None, every)))
    return seen.firsts[last]


def first_name(span: Span, last: str, parsed: Parsed) -> str:
    """Return the name before a surname in a run of capitals, "" for none or a title.

    "But Trump" is nobody's name.
    """
    run = words_in_span(parsed, span.start, span.end)
    at = next((n for n, word in enumerate(run) if word.key == last), 0)
    before = run[at - 1] if at else None
    if before is None or before.key in parsed.words("actors.address"):
        return ""
    if trait(before.key, parsed.lexicon):
        return ""
    tokens = parsed.tokens_in(Span(before.start, before.end))
    return before.key if all(token.pos == "PROPN" for token in tokens) else ""


def add_outlet(told: Told, mention: Mention) -> None:
    """Add the home of a newspaper, broadcaster or agency."""
    reading, words, said = mention.reading, mention.words, mention.lexicon.words
    other = any(not n.entity.startswith("media:") for row in reading.names for n in row)
    if other and words[0].key in said["actors.the"]:
        return  # "the AKP" is a party
    spots, articles = reading.spots, said["actors.paper-article"]
    whole = [word.text for word in words if word.key not in articles]
    tail = [word.text for word in words if spots and word.start >= spots[0].start]
    for name in (" ".join(whole), " ".join(tail)):
        if 2 < len(name) < 60 and "." not in name and (found := find_outlet(name)):
            raise_evidence(told, found.country, outlet=1)
            return
