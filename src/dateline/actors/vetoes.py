"""The few answers that are forbidden whatever the weights say, and one allowed."""

from collections.abc import Iterator, Sequence

from dateline.actors.cues import ROLES, phrase_role
from dateline.actors.evidence import AT, KINDS, Mention, Told
from dateline.actors.judge import domestic, is_of_other_country
from dateline.actors.names import PERSON, head_mention
from dateline.actors.nations import topic
from dateline.actors.related import Kin
from dateline.actors.survey import Survey
from dateline.model import Span
from dateline.reference.countries import filed_under
from dateline.reference.sectors import MILITANT, NONSTATE

FIRM = ("nations", "base_kind", "outlet", "generic")  # of the words: no mere town
SUBJECTS = (ROLES["subject"], ROLES["apposition"])
OBJECTS = (ROLES["object"], ROLES["oblique"])


def is_only_acted_upon(
    mention: Mention, kin: Kin, code: str, told: Sequence[Told]
) -> bool:
    """Whether a report filed elsewhere tells a country only as whom a party acts on.

    "SANA — Hamid Saleh demanded that France leave" makes him no Frenchman.
    """
    seen, filed = mention.case.seen, mention.case.seen.setting.filed
    here = filed == code if filed else at_home(mention, code)
    if here or any(tells_country(t.get(code)) for t in told[:3]):
        return False
    if faces(mention, code) or (filed and undergoes(mention, code)):
        return True
    if any(tells_country(t.get(code)) for t in told[3:]):
        return False
    links = kin.link.antecedents if kin.link else ()
    places = (mention.span, *kin.places, *links)
    sides = [side for span in places for side in cue_sides(span, code, seen)]
    return bool(sides) and all(sides)


def faces(mention: Mention, code: str) -> bool:
    """Whether somebody does something to a state itself: "the army invaded Foo"."""
    role, verb = mention.placed
    cues = mention.case.seen.by_code.get(code, ())
    return role in SUBJECTS and any(
        c.verb == verb and c.kind == "name" and c.role in OBJECTS and not c.site
        for c in cues
    )


def undergoes(mention: Mention, code: str) -> bool:
    """Whether a report tells of a country only as whom others act on or speak to.

    Who is acted on in the same sentence may be of it: "the killing of men in Foo".
    """
    seen, (role, _) = mention.case.seen, mention.placed
    every, n = seen.by_code.get(code, ()), seen.sentence(mention.span.start)
    here = any(cue.sentence == n for cue in every)
    apart = bool(every) and (role in SUBJECTS or not here)
    return apart and all(c.role in OBJECTS and not c.site for c in every)


def at_home(mention: Mention, code: str) -> bool:
    """Whether a report of no place may be of that country, for all but its people.

    A person is a stranger where nothing happens there and the outlet is of elsewhere.
    """
    seen, span = mention.case.seen, mention.span
    here = (m.sort for m in seen.parsed.mentions_over(span))
    sited = any(c.site for c in seen.by_code.get(code, ()))
    return sited or seen.setting.home == code or "person" not in here


def tells_country(row: Sequence[float] | None) -> bool:
    """Whether words tell a country by more than the name of a town."""
    return row is not None and any(row[AT[name]] for name in FIRM)


def cue_sides(span: Span, code: str, seen: Survey) -> Iterator[bool]:
    """Yield of each cue to a country whether it follows what a subject does."""
    role, verb = phrase_role(seen.parsed, span)
    n = seen.sentence(span.start)
    does = seen.parsed.tokens[verb].start if verb >= 0 else 0
    for cue in seen.cues[n] if n < len(seen.cues) else ():
        after = span.end <= does < cue.start
        if cue.code == code and not (after and cue.site):
            yield after and role in SUBJECTS


UNKNOWN, NEIGHBOUR = "actors.unknown.v1", "actors.neighbour.v1"
ASIDE = frozenset(("backed", "denied"))
STATE = frozenset("GOV MIL COP LEG JUD".split())
PEOPLE = KINDS.index("ethnic group") + 1
ALONE = 0.8  # a town's share among its namesakes
CITY, SEAT = 6.0, 5.0  # size (ten to the power of) of a town by its name, of a body's
SURELY = 0.85  # how likely a link must be to tell the country of whom it leads to
WHOLE = 0.7  # share of the words that are the name itself: an article is none


def forbid_answer(
    mention: Mention, kin: Kin, code: str, told: Sequence[Told], resolved: bool
) -> str:
    """Return the rule that forbids an answer, "" where none does.

    "Its neighbour" is never the country whose neighbour it is, "both sides" are more
    than the one country that is named most, and whom words surely mean is of his own.
    """
    own, beside, *_ = told
    neighbour = is_of_other_country(mention.reading, mention.lexicon)
    neighbour = neighbour and code not in own and code not in beside
    if (neighbour and not stands_for(mention)) or ally(mention, code):
        return NEIGHBOUR
    if somebody(mention, kin) not in ("", code):
        return UNKNOWN
    sides = both_sides(mention) or (code not in own and of_each(mention))
    aside = is_backer(mention, code) and not is_in_base(own, code)
    two = (code not in own and of_two(mention)) or is_settled_abroad(own, code)
    two = (
        two
        or is_only_acted_upon(mention, kin, code, told)
        or is_body_of_states(mention, code, own)
    )
    two = two or ruler(mention, code, own) or studied(mention, kin, code, told)
    if sides or aside or two or (not resolved and unlikely(mention, code, told)):
        return UNKNOWN
    return ""


def both_sides(mention: Mention) -> bool:
    """Whether the words are those of two sides: "both countries"."""
    both = mention.lexicon.patterns["actors.both-sides"]
    return both.fullmatch(" ".join(word.text for word in mention.words)) is not None


def studied(mention: Mention, kin: Kin, code: str, told: Sequence[Told]) -> bool:
    """Whether a code is only that of a land which somebody is told to know of.

    "Jane Roe, an expert on Russia, … Roe urged Kyiv to fight": she is no Russian.
    """
    if any(code in source for source in told):
        return False
    every, lexicon = (mention, *kin.beside, *kin.intro), mention.lexicon
    lands = ((n, m.words) for m in every for n in m.nations)
    return any(topic(n, those, lexicon) for n, those in lands if n.code == code)


def ruler(mention: Mention, code: str, own: Told) -> bool:
    """Whether a bare surname is that of who leads another state on the day.

    Nobody of that surname is told in full, nor do the words name the country.
    """
    direct = mention.direct
    return (
        direct is not None
        and direct.rule == "actors.base-role.v1"
        and direct.country not in (None, code)
        and len(mention.words) == 1
        and code not in own
    )


def unlikely(mention: Mention, code: str, told: Sequence[Told]) -> bool:
    """Whether a mere guess would rest on nothing that is of the party itself."""
    if not any(code in source for source in told):
        here = at_seat(mention, code)
        return are_of_several_states(mention) or (
            is_passing_country(mention, code) and not here
        )
    return lonely(mention, code, told)


def lonely(mention: Mention, code: str, told: Sequence[Told]) -> bool:
    """Whether only a town or surname of many tells a country, and nothing else does."""
    row = told[0].get(code)
    if row is None or any(code in source for source in told[1:]):
        return False
    firm = row[AT["nations"]] or row[AT["outlet"]] or row[AT["base_loose"]] > 1
    span, seen = mention.span, mention.case.seen
    cues = seen.by_code.get(code, ())
    other = any(not span.start <= cue.start < span.end for cue in cues)
    return not (firm or other or may_guess_country(mention, code, told))


def is_settled_abroad(own: Told, code: str) -> bool:
    """Whether the words settle another country, and at most a town tells this one.

    "A Ugandan lawyer in Mombasa" is no Kenyan, and whose whole name the base knows is
    no other: "the Organization of American States".
    """
    row = own.get(code)
    others = [other for c, other in own.items() if c != code]
    bodies = (other for other in others if other[AT["base_kind"]] != PEOPLE)
    if (
        row
        and row[AT["nations"]]
        and not is_called_by_base(row)
        and any(map(is_called_by_base, bodies))
    ):
        return True
    if row and (row[AT["nations"]] or row[AT["base_kind"]]):
        return False
    return any(map(is_settled_by_nationality, others))


def is_settled_by_nationality(row: Sequence[float]) -> bool:
    """Whether the words settle a country by a nationality."""
    return bool(row[AT["strong"]]) and row[AT["ruled"]] > 1


def is_called_by_base(row: Sequence[float]) -> bool:
    """Whether the words are, as a whole, the name of one whom the base surely knows."""
    firm = row[AT["ruled"]] > 1 and row[AT["base_lands"]] >= 0.5
    return firm and row[AT["base_loose"]] > 1 and row[AT["base_words"]] >= WHOLE


def stands_for(mention: Mention) -> bool:
    """Whether the words as a whole stand for earlier ones."""
    link = mention.case.seen.link(mention.span)
    return link is not None and not link.faint


def is_backer(mention: Mention, code: str) -> bool:
    """Whether the words tell a country as a backer or adversary: "anti-Iranian"."""
    uses = {nation.use for nation in mention.nations if nation.code == code}
    return bool(uses) and uses <= ASIDE


def is_in_base(own: Told, code: str) -> bool:
    """Whether a name that the base knows tells the country too."""
    return code in own and bool(own[code][AT["base_kind"]])


def ally(mention: Mention, code: str) -> bool:
    """Whether the words are a country's allies or enemies: "America's enemies"."""
    nation = mention.reading.nation
    if nation is None or nation.code != code or nation.sense.kind == "people":
        return False
    owner = mention.words[nation.last - 1].owns or mention.reading.how == "of"
    if owner and mention.head_noun in mention.lexicon.words["actors.neighbour"]:
        return True
    those = mention.head_noun in mention.lexicon.words["actors.ally-or-enemy"]
    return those and not (
        of_somebody(mention) or has_owner_before_place(mention, nation.first)
    )


def has_owner_before_place(mention: Mention, place: int) -> bool:
    """Whether words tell whose somebody is before a place: "its Malian allies"."""
    owners = mention.lexicon.words["actors.owner"]
    return any(word.owns or word.key in owners for word in mention.words[:place])


def of_somebody(mention: Mention) -> bool:
    """Whether words after "of" name more than a country: "allies of Iraq's premier"."""
    nation, said = mention.reading.nation, mention.lexicon.words
    small = said["actors.the"] | said["actors.of"]
    every = iter(mention.words)
    if nation is None or not any(w.key in said["actors.of"] for w in every):
        return False
    own = mention.words[nation.first : nation.last]
    return any(w not in own and w.key not in small for w in every)


def is_body_of_states(mention: Mention, code: str, own: Told) -> bool:
    """Whether a code is that of a body of many states, which no government is of."""
    rulers = mention.lexicon.words["actors.government"]
    rules = mention.head_noun in rulers and code in NONSTATE - MILITANT
    return rules and not tells_country(own.get(code))


def at_seat(mention: Mention, code: str) -> bool:
    """Whether a report that tells of no land tells of a state's body where it is filed.

    "NAIROBI (Reuters) - The army fired on a crowd"; rebels may be anywhere.
    """
    seen, reading = mention.case.seen, mention.reading
    agent, kinds = reading.agent, reading.sectors[:1]
    if agent is None or code != seen.setting.filed:
        return False
    if not domestic(reading, mention.lexicon):
        return False
    state = agent.kind in ("body", "office") and STATE.issuperset(kinds)
    named = reading.names or reading.unknown or reading.nation or reading.owner
    return (state or kinds == ("OPP",)) and not named and {*seen.total} <= {code}


def repeated_country(mention: Mention, kin: Kin) -> str:
    """Return the country of words that "the army" surely repeats: "the Thai army".

    So of somebody whom the base knows, and whom the words surely mean.
    """
    if code := somebody(mention, kin):
        return code
    sure = kin.earlier and stands_for(mention) and not of_two(mention)
    if not sure or mention.reading.nation:
        return ""
    there, said = kin.earlier[0], mention.lexicon.words
    several = any(w.key in said["actors.join"] for w in there.words)
    if several or mention.head_noun != there.head_noun:
        return ""
    short = mention.words[0].key in said["actors.the"] and len(mention.words) == 2  # noqa: PLR2004
    codes = [code for code, row in there.country_evidence.items() if tells_country(row)]
    return codes[0] if short and len(codes) == 1 else ""


def somebody(mention: Mention, kin: Kin) -> str:
    """Return the country of the known person or the land that words surely mean."""
    link = mention.case.seen.link(mention.span)
    if link is None or link.of_name or len(link.antecedents) > 1 or link.sure < SURELY:
        return ""
    there = kin.earlier[0].direct if kin.earlier else None
    if there is None or there.answer != "resolved" or not there.country:
        return ""
    own = head_mention(mention)
    realm = own is not None and own.kind == "noun" and own.sort == "state"
    person = (there.entity or "").startswith(PERSON)
    return filed_under(there.country) if person or realm else ""


def of_two(mention: Mention) -> bool:
    """Whether the sentence before told of such people of two: "UN and NATO troops"."""
    seen, head = mention.case.seen, mention.head_noun
    n = seen.sentence(mention.span.start)
    told = [(k, c) for k, c in seen.owned.get(head, ()) if n - 1 <= k < n]
    return len({c for _, c in told}) > 1


def of_each(mention: Mention) -> bool:
    """Whether the words are officials of two states: "the two presidents"."""
    keys, said = [word.key for word in mention.words], mention.lexicon.words
    two = not said["actors.both"].isdisjoint((" ".join(keys[:2]), *keys[:1]))
    return two and keys[-1] in said["actors.state-leader"] and len(keys) <= 3  # noqa: PLR2004


def are_of_several_states(mention: Mention) -> bool:
    """Whether the words are officials of several states: "foreign ministers"."""
    keys, said = [word.key for word in mention.words], mention.lexicon.words
    leaders = bool(keys) and keys[-1] in said["actors.state-leader"]
    alone = leaders and keys[0] not in said["actors.told-before"]
    return alone and "OPP" not in mention.reading.sectors


def is_passing_country(mention: Mention, code: str) -> bool:
    """Whether a report tells of a country only by people: "a Japanese tourist"."""
    seen = mention.case.seen
    near = any(c.site for c in seen.by_code.get(code, ()))
    return not seen.firm[code] and not near


def may_guess_country(mention: Mention, code: str, told: Sequence[Told]) -> bool:
    """Whether a country may be guessed by the words alone, however short the report.

    A body of a large city or a province without a rival abroad ("New York police"),
    the province itself ("Queensland"), a company based somewhere, a newspaper of the
    table, a nationality that settles it, the whole name of somebody whom the base
    knows by it alone.
    """
    own, agent = told[0].get(code), mention.reading.agent
    if (own and (is_settled_by_nationality(own) or is_called_by_base(own))) or at_seat(
        mention, code
    ):
        return True
    named = mention.reading.unknown and not told[0]
    if named and [
        c for c, row in told[1].items() if is_settled_by_nationality(row)
    ] == [code]:
        return True  # "Juan Rey, the Chilean minister"
    if own is None or mention.reading.alien or not (agent or is_name_of_town(mention)):
        return False
    based = mention.direct is not None and mention.direct.rule == "actors.based.v1"
    press = bool(own[AT["outlet"]]) and "JRN" in mention.reading.sectors
    least = SEAT if agent else CITY
    city = own[AT["city_size"]] >= least and own[AT["city_share"]] >= ALONE
    return city or press or (based and bool(own[AT["ruled"]]))


def is_name_of_town(mention: Mention) -> bool:
    """Whether the words are the name of a town or province and no man's."""
    spots, seen = mention.reading.spots, mention.case.seen
    man = any(m.sort == "person" for m in seen.parsed.mentions_over(mention.span))
    article = seen.parsed.words("actors.the")
    return not man and len(spots) == sum(w.key not in article for w in mention.words)
