"""The rules by which an act gets its place, the surest first."""

from collections.abc import Callable
from dataclasses import dataclass

from dateline.model import SUBJECTS, Action, Parsed, Place, Sentence, Token
from dateline.places.known import Known
from dateline.places.report import Placed, as_place
from dateline.places.ties import hold

BESIDE = frozenset(("apposition", "compound", "noun-modifier"))
DESCRIBING, DONE = (
    frozenset(("adnominal-clause", "relative-clause")),
    frozenset(("participle", "past")),
)
REACH = 8  # tokens before a name in which its preposition stands


@dataclass(frozen=True, slots=True)
class Scene:
    """An act in its sentence, and the places of its report."""

    parsed: Parsed
    action: Action
    act: Token
    sentence: Sentence
    known: Known

    def has(self, *traits: str) -> bool:
        """Whether the codebook gives the act any of these traits."""
        return not self.action.traits.isdisjoint(traits)


Rule = Callable[[Scene], Place | None]


def site_by_reader(scene: Scene) -> Place | None:
    """The model read these words as the place of the act."""
    act = scene.action.act
    for words in act.places if act else ():
        for p in scene.known.at(scene.sentence):
            if p.span.overlaps(words.span) and not (
                is_part_of_adjective(scene.parsed.text, p)
                or hangs_on_other_verb(scene.parsed, scene.act, p)
            ):
                return as_place(finer(scene, p), scene.parsed.text, "reading.place.v1")
    return None


def finer(scene: Scene, land: Placed) -> Placed:
    """Return the place that a land is told with: "Somalia's capital, Mogadishu"."""
    parsed = scene.parsed
    owner = parsed.head_of(land.span)
    if owner is None or owner.relation != "owner":
        return land
    for p in scene.known.at(scene.sentence):
        word = parsed.head_of(p.span)
        if p.span.start < land.span.end or word is None or not lies_in_land(p, land):
            continue
        if word.i == owner.head or head_of_place(parsed, word) == owner.head:
            return p
    return land


def head_of_place(parsed: Parsed, word: Token) -> int:
    """Return the word that a name is part of or stands beside: "the city of Mosul"."""
    over = parsed.tokens[word.head]
    if word.relation == "oblique" and over.text in parsed.words("places.of"):
        return over.head
    return over.i if word.relation in BESIDE else word.i


def lies_in_land(name: Placed, land: Placed) -> bool:
    """Whether a place lies in a country or unit, and is not that itself."""
    one, other = name.entry, land.entry
    if one is None or other is None or not other.is_area or one.is_country:
        return False
    same = one.country == other.country
    return same and (other.is_country or one.admin1 == other.admin1)


def is_part_of_adjective(text: str, name: Placed) -> bool:
    """Whether a name is part of an adjective: "a London-based bank", "Seoul-born"."""
    after = text[name.span.end : name.span.end + 2]
    return len(after) > 1 and after[0] == "-" and after[1].islower()


def hangs_on_other_verb(parsed: Parsed, deed: Token, name: Placed) -> bool:
    """Whether a name hangs on a verb beside the act's with a doer of its own.

    "Six men died and thousands fled to Chad": nobody died in Chad.
    """
    word = parsed.head_of(name.span)
    here = verb_at_or_over(parsed, word) if word else None
    act = verb_at_or_over(parsed, deed)
    if word is None or here is None or act is None or here == act:
        return False
    if is_place_of_saying(parsed, deed, here, word) or is_in_side_clause(
        parsed, deed, here, word
    ):
        return True
    if here.relation == "adnominal-clause" and here not in parsed.above(deed):
        return hold(parsed, word)[0] in ("from", "to")  # "a jet flying to Oslo"
    one, two = sorted((here, act), key=lambda verb: verb.i)
    joined = two.relation == "conjunct" and two.head == one.i
    return joined and any(True for _ in parsed.below(two, *SUBJECTS))


def is_place_of_saying(parsed: Parsed, deed: Token, here: Token, word: Token) -> bool:
    """Whether a name tells where an act was told of: "said in Ankara that ..."."""
    over = parsed.tokens[here.head] if here.relation == "adverbial-clause" else here
    clause = next((t for t in (deed, *parsed.above(deed)) if t.head == over.i), deed)
    speech = over.lemma in parsed.words("places.speech")
    told = speech and clause.relation == "content-clause"
    return told and max(over.i, word.i) < clause.i and here.i < word.i


def is_in_side_clause(parsed: Parsed, deed: Token, here: Token, word: Token) -> bool:
    """Whether a name and an act stand in two clauses, one telling more of a party.

    "Men wounded in the raid were flown to Rome", "missiles that can reach Rome".
    """
    chain = [deed, *parsed.above(deed)]
    if here not in chain:
        can = parsed.words("places.can")
        able = any(a.lemma in can for a in parsed.below(here, "auxiliary"))
        return here.relation == "relative-clause" and able
    inner = chain[: chain.index(here)]
    who = inner[-1] if inner else deed
    if who.relation not in SUBJECTS or word.i < here.i:
        return False
    return any(
        t.relation in DESCRIBING and t.head == who.i and t.form in DONE for t in inner
    )


def verb_at_or_over(parsed: Parsed, word: Token) -> Token | None:
    """Return a word if it is a verb, else the nearest verb above it."""
    return next((up for up in (word, *parsed.above(word)) if up.pos == "VERB"), None)


def has_locative_before(parsed: Parsed, name: Placed) -> bool:
    """Whether a name stands after a word that says where."""
    inside = parsed.tokens_in(name.span)
    if not inside:
        return False
    words = parsed.words
    for i in range(inside[0].i - 1, max(inside[0].i - REACH, -1), -1):
        token = parsed.tokens[i]
        small = token.text.lower()
        if token.pos == "ADP" and small in words("places.to"):
            return i > 0 and parsed.tokens[i - 1].lemma in words("places.move")
        if token.pos == "ADP" and small not in words("places.of"):
            return small in words("places.locative")
        before = parsed.tokens[i - 1].text.lower() if i else ""
        if small in words("places.of") and before in words("places.side"):
            return True  # "a village west of Pristina"
        if token.pos in ("VERB", "PUNCT", "PRON"):
            return False
    return False
