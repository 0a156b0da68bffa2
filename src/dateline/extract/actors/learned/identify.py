"""Who a mention is: its country by the likeliest candidate, its sector, its name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dateline.extract.actors.constraints import forbid_answer, may_guess_country, repeated_country
from dateline.extract.actors.evidence import AT, Mention, Told
from dateline.extract.actors.learned.features import (
    LOCAL,
    SOURCES,
    Candidates,
    candidate_buckets,
    candidate_rows,
    country_candidates,
)
from dateline.extract.actors.learned.scorer import Context, context, mention_meanings, scorer
from dateline.extract.actors.learned.sectors import sector_figures, sector_strings, sorts
from dateline.extract.actors.names import (
    antecedent_name,
    as_state,
    beside_named,
    mention_words,
    name_entity,
)
from dateline.extract.actors.related_mentions import Kin, kin_of
from dateline.extract.actors.resolution import Answer
from dateline.ml.ranker import Floats
from dateline.model.answers import Resolution
from dateline.resources.reference.countries import filed_under
from dateline.resources.reference.sectors import MILITANT

RESOLVED = 0.81  # how likely a country must be: 2 in 100 of those told so are wrong
MOST = 256  # mentions scored at once
GUESS = 0.7  # below, no country is told: of all told 2 in 100 are wrong
LEAST = 0.2  # how likely a country must be that words repeated surely tell
SECOND = 0.15  # how likely a second sector must be to be told
FORMER = "ELI"  # the sector of who held an office once
UNKNOWN = "actors.unknown.v1"
FAR = ("actors.sentence.v1", "actors.report.v1")  # no more than guesses
BASE = ("actors.base-name.v1", "actors.base-role.v1")
LINKED = "actors.coreference.v1"  # a guess where the link is faint
POSTS = frozenset(("office", "carrier"))
NONE = "-"  # the sector of those who have none
PLAIN = ("strong", "weak", "based", "nations", "bystander", "ruled")
"""What of a mention's own words names a country, whoever it is that they mean."""
BEFORE, PREV = LOCAL.index("before"), LOCAL.index("prev1")
RULES = {
    "actors.words.v1": "A country or a people is named in the words.",
    "actors.apposition.v1": "The phrase or apposition around the words tells it.",
    "actors.introduced.v1": "The report introduces the same name elsewhere.",
    "actors.coreference.v1": "The words that a later mention stands for tell it.",
    "actors.speaker.v1": "The words are of the speaker's own side.",
    "actors.city.v1": "A town or province in the words tells the country.",
    "actors.outlet.v1": "A newspaper, broadcaster or agency is of its home.",
    "actors.sentence.v1": "The sentence, or the one before, tells of that country.",
    "actors.report.v1": "The report as a whole tells of that country.",
    "actors.neighbour.v1": "A neighbour is of another country than the one told.",
    "actors.unknown.v1": "No country is likely enough; the sector may still be known.",
    "actors.base-name.v1": "The knowledge base has an entry of this name.",
    "actors.base-part.v1": (
        "The knowledge base has somebody of part of these words, and what surrounds"
        " them bears it out."
    ),
    "actors.base-role.v1": "The base tells the office held on the report's day.",
    "actors.title-over-base.v1": "The title in the text wins over the listed one.",
    "actors.pair.v1": "One of the several that 'both' or 'the two leaders' stands for.",
    "actors.based.v1": "The words tell where they are based or led from.",
    "actors.country.v1": "A country or nationality in the words.",
    "actors.title-nationality.v1": "A nationality or country with the title beside it.",
}
OWN = (0, 1, 3)  # sources, not where a report names the same name elsewhere
BY_SOURCE = dict(
    zip(SOURCES, ("words", "apposition", "introduced", "coreference", "speaker"), strict=True)
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What was decided for one mention: the answer, and how likely its country is."""

    answer: Answer
    sure: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A mention, other words for it, and the countries it may be of."""

    mention: Mention
    kin: Kin
    found: Candidates


def identify(mentions: Sequence[Mention]) -> list[Identity]:
    """Return who mentions of a report are, as far as it tells, many scored at once."""
    found: list[Identity] = []
    for low in range(0, len(mentions), MOST):
        some = mentions[low : low + MOST]
        every = [ask_mention(mention) for mention in some]
        around = surroundings(some, [each.found.codes for each in every])
        sectors = likeliest_sectors(every, around.own)
        told = zip(every, likelihoods(every, around), sectors, strict=True)
        found += [weigh_identity(*each) for each in told]
    return found


def ask_mention(mention: Mention) -> Asked:
    """Return a mention with all that is weighed of it."""
    kin = kin_of(mention)
    return Asked(mention, kin, country_candidates(mention, kin, scorer().hints))


def weigh_identity(asked: Asked, likely: list[float], sorts: list[str]) -> Identity:
    """Return who one mention is, its countries and sectors weighed."""
    mention, kin, found = asked.mention, asked.kin, asked.found
    if not mention.words:  # a dash, a comma
        return Identity(Answer(None, (), None, "", "unknown", UNKNOWN), 0.0)
    at, veto = choose_country(mention, kin, found, likely)
    if at is None:
        kinds = settle_sectors(mention, kin, sorts, None)
        sure = 1 - max(likely, default=0.0)
        person = beside_named(mention)
        name = mention_words(person) if person else antecedent_name(mention, kin)
        return Identity(Answer(None, kinds, None, name, "unknown", veto), sure)
    code, sure = found.codes[at], likely[at]
    rule = rule_of(mention, found, at)
    direct = rule not in FAR and not (rule == LINKED and kin.link and kin.link.faint)
    answer: Resolution = "resolved" if direct and sure >= RESOLVED else "guess"
    entity, name = name_entity(mention, kin, code)
    kinds = settle_sectors(mention, kin, sorts, code)
    name = name or as_state(mention, code, kinds)
    return Identity(Answer(code, kinds, entity, name, answer, rule), sure)


def likelihoods(every: Sequence[Asked], around: Context) -> list[list[float]]:
    """Return how likely each candidate of each mention is its country."""
    some = [each for each in every if each.found.codes]
    if not some:
        return [[] for _ in every]
    told = [candidate_buckets(each.mention, each.kin, each.found) for each in some]
    rows = candidate_rows([each.found for each in some])
    meant = mention_meanings([(each.mention, each.kin) for each in some])
    kept = np.array([bool(each.found.codes) for each in every])
    party = (np.cumsum(kept) - 1)[around.party]
    used, at = np.unique(around.sites, return_inverse=True)
    around = replace(around, own=around.own[kept], party=party, sites=at)
    sites = some[0].mention.case.seen.sites.states[used].astype(np.float32)
    found = iter(scorer().likely(rows, told, meant, around, sites))
    return [
        as_one(each.found.codes, next(found), [each.found.told[n] for n in OWN])
        if each.found.codes
        else []
        for each in every
    ]


def as_one(codes: Sequence[str], likely: list[float], told: Sequence[Told] = ()) -> list[float]:
    """Return how likely codes are, two that mean the same as one.

    It is the one that words tell, else the likelier one.

    >>> as_one(("SYR", "IMG", "ISM"), [0.25, 0.25, 0.5])
    [0.25, 0.0, 0.75]
    """
    alike = [n for n, code in enumerate(codes) if code in MILITANT]
    if len(alike) < 2:
        return likely
    words = [n for n in alike if any(codes[n] in source for source in told)]
    best = max(words or alike, key=likely.__getitem__)
    rest = [0.0 if n in alike else sure for n, sure in enumerate(likely)]
    rest[best] = sum(likely[n] for n in alike)
    return rest


def surroundings(mentions: Sequence[Mention], codes: Sequence[Sequence[str]]) -> Context:
    """Return what the encoder read in mentions of a report and around them."""
    seen, spans = mentions[0].case.seen, [mention.span for mention in mentions]
    sentences = [seen.sentence(span.start) for span in spans]
    heads = [mention.head for mention in mentions]
    return context(seen.parsed, spans, heads, sentences, codes, seen.sites)


def choose_country(
    mention: Mention, kin: Kin, found: Candidates, likely: list[float]
) -> tuple[int | None, str]:
    """Return the place of the likeliest country that nothing forbids, or why none."""
    first = UNKNOWN
    again = repeated_country(mention, kin)
    if again in found.codes and likely[at := found.codes.index(again)] >= LEAST:
        return at, ""
    for at in sorted(range(len(likely)), key=lambda i: -likely[i]):
        code, sure = found.codes[at], likely[at]
        if sure < GUESS and not may_guess_country(mention, code, found.told):
            break
        veto = forbid_answer(mention, kin, code, found.told, sure >= RESOLVED)
        if not veto:
            return at, ""
        first = veto if first == UNKNOWN else first
    return None, first


def likeliest_sectors(every: Sequence[Asked], states: Floats) -> list[list[str]]:
    """Return each mention's likeliest sector, and a second one nearly as likely."""
    strings = [sector_strings(each.mention, each.kin) for each in every]
    told = [tables for _, tables in strings]
    words = scorer().worded([said + tables for said, tables in strings])
    read = scorer().sort.sectors(states, words)
    about = [sector_figures(each.mention) for each in every]
    found = sorts(about, told, scorer().sectors, words, read)
    likely = scorer().ranked([each.rows for each in found])
    out = []
    for some, each in zip(likely, found, strict=True):
        best = sorted(zip(some, each.codes, strict=True), reverse=True)[:2]
        second = [code for sure, code in best[1:] if sure >= SECOND]
        out.append([code for code in (best[0][1], *second) if code != NONE])
    return out


def settle_sectors(
    mention: Mention, kin: Kin, kinds: list[str], code: str | None
) -> tuple[str, ...]:
    """Return the sectors of a mention: a title beside it, a past office go first.

    What the base tells of a known name is among them.
    """
    reading, direct = mention.reading, mention.direct
    sure = kin.link is not None and not kin.link.faint
    meant = [earlier.direct for earlier in kin.earlier] if sure else []
    for known in (direct, *meant):
        if known and known.rule in BASE and known.sectors:
            first = known.sectors[0]
            kinds = kinds if first in kinds else [*kinds[:1], first]
            break
    named = reading.agent or reading.nation or reading.names
    if reading.unknown and not named:
        # An office is told beside a bare, unknown name.
        offices = (each.reading for each in kin.beside)
        told = (r.sectors for r in offices if r.agent and r.agent.kind in POSTS)
        title = next((sectors[0] for sectors in told if sectors), "")
        kinds = [title, *(c for c in kinds if c != title)][:2] if title else kinds
    former = reading.former and reading.sectors[:1] == (FORMER,)
    if direct is not None and direct.rule == "actors.base-role.v1":
        former = former or direct.sectors[:1] == (FORMER,)
    if former:
        kinds = [FORMER, *(c for c in kinds if c != FORMER)][:2]
    if reading.nation and reading.nation.partial and reading.nation.code == code:
        kinds = [*kinds[:1], "PRE", *kinds[1:]]
    return tuple(kinds)


def rule_of(mention: Mention, found: Candidates, at: int) -> str:
    """Return the rule by which a country was found: the surest source of it."""
    code = found.codes[at]
    direct = mention.direct
    if direct and direct.country and filed_under(direct.country) == code:
        return direct.rule
    own = found.told[0].get(code)
    if own and own[AT["outlet"]]:
        return "actors.outlet.v1"
    if own and own[AT["city_size"]] and not own[AT["base_kind"]]:
        return "actors.city.v1"
    if own and not any(own[AT[name]] for name in PLAIN):
        return "actors.base-part.v1"
    for name, source in zip(SOURCES, found.told, strict=True):
        if code in source:
            return f"actors.{BY_SOURCE[name]}.v1"
    near = found.local[at][BEFORE] or found.local[at][PREV]
    return "actors.sentence.v1" if near else "actors.report.v1"
