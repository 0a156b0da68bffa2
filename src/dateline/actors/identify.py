"""Who a mention is: its country by the likeliest candidate, its sector, its name."""

from dataclasses import dataclass

from dateline.actors.evidence import AT, Mention
from dateline.actors.features import COLUMNS, SOURCES, Candidates, candidates
from dateline.actors.judge import Answer
from dateline.actors.kinds import traits
from dateline.actors.marks import marks
from dateline.actors.meaning import meaning
from dateline.actors.names import named
from dateline.actors.nations import filed_under
from dateline.actors.ranks import about, sorts
from dateline.actors.related import Kin, kin_of
from dateline.actors.scorer import Floats, scorer
from dateline.actors.vetoes import forbidden, vouched
from dateline.model.answers import Resolution

RESOLVED = 0.84  # how likely a country must be: 2 in 100 of those told so are wrong
GUESS = 0.65  # below, no country is told: of all told 4 in 100 are wrong
SECOND = 0.15  # how likely a second sector must be to be told
FORMER = "ELI"  # the sector of who held an office once
UNKNOWN = "actors.unknown.v1"
POSTS = frozenset(("office", "carrier"))
NONE = "-"  # the sector of those who have none
BEFORE, PREV = COLUMNS.index("before"), COLUMNS.index("prev1")
RULES = {
    "actors.words.v1": "The words themselves tell the country.",
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
    "actors.base-role.v1": "The base tells the office held on the report's day.",
    "actors.title-over-base.v1": "The title in the text wins over the listed one.",
    "actors.pair.v1": "One of the several that 'both' or 'the two leaders' stands for.",
    "actors.visitor.v1": "Only a guess, and the host's own country: so not told.",
    "actors.based.v1": "The words tell where they are based or led from.",
    "actors.country.v1": "A country or nationality in the words.",
    "actors.title-nationality.v1": "A nationality or country with the title beside it.",
}
BY_SOURCE = dict(
    zip(
        SOURCES,
        ("words", "apposition", "introduced", "coreference", "speaker"),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What was decided for one mention: the answer, and how likely its country is."""

    answer: Answer
    sure: float


def identify(mention: Mention) -> Identity:
    """Return who a mention is, as far as its report tells."""
    kin = kin_of(mention)
    found = candidates(mention, kin, scorer().hints)
    meant = meaning(mention, kin)
    likely = likelihoods(mention, kin, found, meant)
    at, veto = chosen(mention, found, likely)
    if at is None:
        kinds = sectors(mention, kin, None)
        sure = 1 - max(likely, default=0.0)
        return Identity(Answer(None, kinds, None, "", "unknown", veto), sure)
    code, sure = found.codes[at], likely[at]
    rule = rule_of(mention, found, at)
    direct = rule not in ("actors.sentence.v1", "actors.report.v1")
    answer: Resolution = "resolved" if direct and sure >= RESOLVED else "guess"
    entity, name = named(mention, kin, code)
    kinds = sectors(mention, kin, code)
    return Identity(Answer(code, kinds, entity, name, answer, rule), sure)


def likelihoods(
    mention: Mention, kin: Kin, found: Candidates, meant: Floats
) -> list[float]:
    """Return how likely each candidate is the mention's country."""
    if not found.codes:
        return []
    told = marks(mention, kin, found)
    return list(map(float, scorer().likely(found.rows, told, meant)))


def chosen(
    mention: Mention, found: Candidates, likely: list[float]
) -> tuple[int | None, str]:
    """Return the place of the likeliest country that nothing forbids, or why none."""
    first = UNKNOWN
    for at in sorted(range(len(likely)), key=lambda i: -likely[i]):
        code, sure = found.codes[at], likely[at]
        if sure < GUESS and not vouched(mention, code, found.told):
            break
        veto = forbidden(mention, code, found.told, sure >= RESOLVED)
        if not veto:
            return at, ""
        first = veto if first == UNKNOWN else first
    return None, first


def sectors(mention: Mention, kin: Kin, code: str | None) -> tuple[str, ...]:
    """Return the likeliest sector, and a second one that is nearly as likely."""
    told = sorted(set(traits(mention, kin)))
    found = sorts(about(mention), told, scorer().worded(told))
    likely = scorer().ranked(found.rows)
    best = sorted(zip(likely, found.codes, strict=True), reverse=True)[:2]
    kinds = [c for n, (p, c) in enumerate(best) if n == 0 or p >= SECOND]
    kinds = [c for c in kinds if c != NONE]
    if title := title_beside(mention, kin):
        kinds = [title, *(c for c in kinds if c != title)][:2]
    if out_of_office(mention):
        kinds = [FORMER, *(c for c in kinds if c != FORMER)][:2]
    nation = mention.reading.nation
    if nation and nation.partial and nation.code == code:
        kinds = [*kinds[:1], "PRE", *kinds[1:]]
    return tuple(kinds)


def title_beside(mention: Mention, kin: Kin) -> str:
    """Return the sector of an office told beside a bare, unknown name, "" for none."""
    reading = mention.reading
    if reading.agent or reading.nation or reading.names or not reading.unknown:
        return ""
    offices = (m.reading for m in kin.beside if m.reading.agent)
    told = (r.sectors for r in offices if r.agent and r.agent.kind in POSTS)
    return next((sectors_[0] for sectors_ in told if sectors_), "")


def out_of_office(mention: Mention) -> bool:
    """Whether words or base say that somebody held an office once and no more."""
    if mention.reading.former and mention.reading.sectors[:1] == (FORMER,):
        return True
    direct = mention.direct
    known = direct is not None and direct.rule == "actors.base-role.v1"
    return direct is not None and known and direct.sectors[:1] == (FORMER,)


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
    for name, source in zip(SOURCES, found.told, strict=True):
        if code in source:
            return f"actors.{BY_SOURCE[name]}.v1"
    near = found.rows[at][BEFORE] or found.rows[at][PREV]
    return "actors.sentence.v1" if near else "actors.report.v1"
