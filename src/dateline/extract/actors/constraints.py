"""The few answers that are forbidden whatever the weights say, and one allowed."""

from collections.abc import Iterator, Sequence

from dateline.extract.actors.cues import ROLES, phrase_role
from dateline.extract.actors.evidence import AT, KINDS, Mention, Told
from dateline.extract.actors.names import PERSON, head_mention
from dateline.extract.actors.nationalities import topic
from dateline.extract.actors.related_mentions import Kin
from dateline.extract.actors.report_features import Survey
from dateline.extract.actors.resolution import domestic, is_of_other_country
from dateline.model import Span
from dateline.resources.reference.countries import filed_under
from dateline.resources.reference.sectors import MILITANT, NONSTATE

UNKNOWN, NEIGHBOUR = "actors.unknown.v1", "actors.neighbour.v1"
FIRM = ("nations", "base_kind", "outlet", "generic")  # of the words: no mere town
SUBJECTS = (ROLES["subject"], ROLES["apposition"])
OBJECTS = (ROLES["object"], ROLES["oblique"])
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
    if (neighbour and not stands_for(mention)) or is_ally(mention, code):
        return NEIGHBOUR
    if somebody(mention, kin) not in ("", code):
        return UNKNOWN
    row, direct = own.get(code), mention.direct
    # The words tell a country as a backer or an adversary: "anti-Iranian".
    uses = {nation.use for nation in mention.nations if nation.code == code}
    backer = bool(uses) and uses <= ASIDE and not (row and row[AT["base_kind"]])
    # No government is of a body of many states.
    rules = mention.head_noun in mention.lexicon.words["actors.government"]
    states = rules and code in NONSTATE - MILITANT and not tells_country(row)
    # A bare surname is that of who leads another state on the day: nobody of it is told
    # in full, nor do the words name the country.
    ruler = (
        direct is not None
        and direct.rule == "actors.base-role.v1"
        and direct.country not in (None, code)
        and len(mention.words) == 1
        and row is None
    )
    barred = backer or states or ruler or is_of_two_sides(mention, row is not None)
    barred = barred or is_settled_abroad(own, code)
    barred = barred or is_only_acted_upon(mention, kin, code, told)
    barred = barred or is_only_studied(mention, kin, code, told)
    if barred or (not resolved and is_unlikely(mention, code, told)):
        return UNKNOWN
    return ""


def is_of_two_sides(mention: Mention, named: bool) -> bool:
    """Whether the words are those of two sides, one country being `named` in them.

    Such are "both countries"; officials of two states are "the two presidents".
    """
    keys, said = [word.key for word in mention.words], mention.lexicon.words
    both = mention.lexicon.patterns["actors.both-sides"]
    if both.fullmatch(" ".join(word.text for word in mention.words)) is not None:
        return True
    if named:
        return False
    two = not said["actors.both"].isdisjoint((" ".join(keys[:2]), *keys[:1]))
    each = two and keys[-1] in said["actors.state-leader"] and len(keys) <= 3  # noqa: PLR2004
    return each or of_two(mention)


def of_two(mention: Mention) -> bool:
    """Whether the sentence before told of such people of two: "UN and NATO troops"."""
    seen = mention.case.seen
    n = seen.sentence(mention.span.start)
    every = seen.owned.get(mention.head_noun, ())
    return len({code for k, code in every if n - 1 <= k < n}) > 1


def is_only_studied(mention: Mention, kin: Kin, code: str, told: Sequence[Told]) -> bool:
    """Whether a code is only that of a land which somebody is told to know of.

    "Jane Roe, an expert on Russia, … Roe urged Kyiv to fight": she is no Russian.
    """
    if any(code in source for source in told):
        return False
    every, lexicon = (mention, *kin.beside, *kin.intro), mention.lexicon
    lands = ((n, m.words) for m in every for n in m.nations)
    return any(topic(n, those, lexicon) for n, those in lands if n.code == code)


def is_unlikely(mention: Mention, code: str, told: Sequence[Told]) -> bool:
    """Whether a mere guess would rest on nothing that is of the party itself."""
    seen, span = mention.case.seen, mention.span
    cues = seen.by_code.get(code, ())
    if not any(code in source for source in told):
        # Officials of several states: "foreign ministers".
        keys, said = [word.key for word in mention.words], mention.lexicon.words
        leaders = bool(keys) and keys[-1] in said["actors.state-leader"]
        leaders = leaders and keys[0] not in said["actors.told-before"]
        if leaders and "OPP" not in mention.reading.sectors:
            return True
        # The report tells of the country only by people: "a Japanese tourist".
        passing = not seen.weights.firm[code] and not any(cue.site for cue in cues)
        return passing and not at_seat(mention, code)
    # Only a town or surname of many tells it, and nothing else does.
    row = told[0].get(code)
    if row is None or any(code in source for source in told[1:]):
        return False
    firm = row[AT["nations"]] or row[AT["outlet"]] or row[AT["base_loose"]] > 1
    other = any(not span.start <= cue.start < span.end for cue in cues)
    return not (firm or other or may_guess_country(mention, code, told))


def is_only_acted_upon(mention: Mention, kin: Kin, code: str, told: Sequence[Told]) -> bool:
    """Whether a report filed elsewhere tells a country only as whom a party acts on.

    "SANA — Hamid Saleh demanded that France leave" makes him no Frenchman.
    """
    seen, span, (role, verb) = mention.case.seen, mention.span, mention.placed
    filed, every = seen.setting.filed, seen.by_code.get(code, ())
    here = filed == code
    if not filed:
        # A report of no place may be of that country, for all but its people: a person
        # is a stranger where nothing happens there and the outlet is of elsewhere.
        sorts = {m.sort for m in seen.parsed.mentions_over(span)}
        here = seen.setting.home == code or any(cue.site for cue in every)
        here = here or "person" not in sorts
    if here or any(tells_country(source.get(code)) for source in told[:3]):
        return False
    # Somebody does something to a state itself: "the army invaded Foo".
    acted_on = [cue.role in OBJECTS and not cue.site for cue in every]
    objects = (cue for cue, object_ in zip(every, acted_on, strict=True) if object_)
    faced = any(cue.verb == verb and cue.kind == "name" for cue in objects)
    if role in SUBJECTS and faced:
        return True
    # A report tells of a country only as whom others act on or speak to. Who is acted
    # on in the same sentence may be of it: "the killing of men in Foo".
    n = seen.sentence(span.start)
    apart = role in SUBJECTS or not any(cue.sentence == n for cue in every)
    if filed and every and apart and all(acted_on):
        return True
    if any(tells_country(source.get(code)) for source in told[3:]):
        return False
    links = kin.link.antecedents if kin.link else ()
    places = (span, *kin.places, *links)
    sides = [side for place in places for side in cue_sides(place, code, seen)]
    return bool(sides) and all(sides)


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


def is_ally(mention: Mention, code: str) -> bool:
    """Whether the words are a country's allies or enemies: "America's enemies"."""
    nation, said = mention.reading.nation, mention.lexicon.words
    if nation is None or nation.code != code or nation.sense.kind == "people":
        return False
    owner = mention.words[nation.last - 1].owns or mention.reading.how == "of"
    if owner and mention.head_noun in said["actors.neighbour"]:
        return True
    if mention.head_noun not in said["actors.ally-or-enemy"]:
        return False
    # "Its Malian allies" are somebody's in that place.
    before, owners = mention.words[: nation.first], said["actors.owner"]
    if any(word.owns or word.key in owners for word in before):
        return False
    # Words after "of" name more than a country: "allies of Iraq's premier".
    of, every = said["actors.of"], mention.words
    after = next((n for n, word in enumerate(every, 1) if word.key in of), len(every))
    own, small = every[nation.first : nation.last], said["actors.the"] | of
    return all(word in own or word.key in small for word in every[after:])


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
    return (state or kinds == ("OPP",)) and not named and {*seen.weights.total} <= {code}


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
    land = own is not None and own.kind == "noun" and own.sort == "state"
    person = (there.entity or "").startswith(PERSON)
    return filed_under(there.country) if person or land else ""


def may_guess_country(mention: Mention, code: str, told: Sequence[Told]) -> bool:
    """Whether a country may be guessed by the words alone, however short the report.

    A body of a large city or a province without a rival abroad ("New York police"),
    the province itself ("Queensland"), a company based somewhere, a newspaper of the
    table, a nationality that settles it, the whole name of somebody whom the base
    knows by it alone.
    """
    reading, own = mention.reading, told[0].get(code)
    settled = own and (is_settled_by_nationality(own) or is_called_by_base(own))
    if settled or at_seat(mention, code):
        return True
    if reading.unknown and not told[0]:
        every = [c for c, row in told[1].items() if is_settled_by_nationality(row)]
        if every == [code]:
            return True  # "Juan Rey, the Chilean minister"
    if own is None or reading.alien:
        return False
    if not reading.agent:
        # Are they the name of a town or province, and no man's?
        parsed = mention.case.seen.parsed
        article = parsed.words("actors.the")
        size = sum(word.key not in article for word in mention.words)
        man = any(m.sort == "person" for m in parsed.mentions_over(mention.span))
        if man or len(reading.spots) != size:
            return False
    based = mention.direct is not None and mention.direct.rule == "actors.based.v1"
    press = bool(own[AT["outlet"]]) and "JRN" in reading.sectors
    least = SEAT if reading.agent else CITY
    city = own[AT["city_size"]] >= least and own[AT["city_share"]] >= ALONE
    return city or press or (based and bool(own[AT["ruled"]]))
