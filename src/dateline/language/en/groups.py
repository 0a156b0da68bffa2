"""The rebels, the attackers, the group: people of whom the text told before."""

from dateline.language.en.cast import Cast
from dateline.language.en.mentions import SUBJECTS, plain
from dateline.language.en.salience import (
    Standing,
    is_many,
    phrase,
    standings,
    subject_of,
)
from dateline.language.en.several import start_of
from dateline.model import Link, Parsed, Span, Token, Why

BODIES = frozenset(
    ("group", "movement", "organization", "organisation", "faction", "militia", "gang")
)
ALIKE = (
    frozenset(
        """rebel fighter militant militiaman guerrilla insurgent gunman attacker raider
        assailant extremist jihadist separatist islamist terrorist kidnapper abductor
        captor hijacker bandit bomber""".split()
    ),
    frozenset("protester demonstrator marcher rioter crowd mob student youth".split()),
    frozenset("soldier troop force army paratrooper commando".split()),
    frozenset("hostage captive prisoner detainee".split()),
)
ARMED = ALIKE[0]
TELLING = ("amod", "compound", "poss", "nmod", "prep")
EMPTY = frozenset("other same latter former new two three four five six dead".split())
OFTEN = frozenset(  # of more than one country, or place, in one report
    "police people official resident citizen witness family worker leader".split()
)
REACH = 3  # sentences before in which armed men of another word may stand; else 1
FAR = 7  # sentences before in which armed men may be named whom "the group" means
MANY = 200  # sentences: a longer report is a list, not one story


def people(cast: Cast, n: int, token: Token) -> Link | None:
    """Link "the rebels" to those whom the report named in full, or by a like word."""
    if not is_many(cast, token) or n > MANY or token.lemma.lower() in OFTEN:
        return None
    found, rule = fuller(cast, n, token), "coreference.same-people.v1"
    if found is None:
        found, rule = alike(cast, n, token), "coreference.like-people.v1"
    if found is None:
        return None
    cast.stood[token.i] = ("many", found.spans)
    mention = Span(start_of(cast.parsed, token), token.end)
    return Link(mention, found.spans, Why(rule, found.spans[0]))


def fuller(cast: Cast, n: int, token: Token) -> Standing | None:
    """Return the one earlier mention by the same word that says whose they are."""
    told: dict[str, Standing] = {}
    for back in range(n + 1):
        for each in standings(cast, back):
            same = each.head.lemma.lower() == token.lemma.lower()
            if same and each.head.i < token.i and tells(cast.parsed, each.head):
                told.setdefault(each.spans[0].of(cast.parsed.text).lower(), each)
    return next(iter(told.values())) if len(told) == 1 else None


def tells(parsed: Parsed, head: Token) -> bool:
    """Whether words about a noun tell whose people they are."""
    span = phrase(parsed, head)
    return any(
        t.i != head.i and t.pos in ("PROPN", "ADJ", "NOUN") and plain(t) not in EMPTY
        for t in parsed.tokens_in(span)
    )


def alike(cast: Cast, n: int, token: Token) -> Standing | None:
    """Return the people by a like word who act, or stand alone, right before."""
    kin = next((k for k in ALIKE if token.lemma.lower() in k), frozenset())
    reach = REACH if kin is ARMED else 1
    for back in range(n, max(-1, n - reach - 1), -1):
        scene = [s for s in standings(cast, back) if s.head.i < token.i]
        if any(s.head.lemma.lower() == token.lemma.lower() for s in scene):
            return None  # told by that very word: whose, nobody knows
        if found := one_of(cast, scene, kin):
            return found
    return None


def one_of(cast: Cast, scene: list[Standing], kin: frozenset[str]) -> Standing | None:
    """Return whom of a kind a sentence tells of: its subject, or the only ones."""
    told = [s for s in scene if word_of(cast, s) in kin]
    acting = [s for s in told if s.rank == 0]
    kept = acting or told
    return kept[0] if len({s.spans for s in kept}) == 1 else None


def word_of(cast: Cast, one: Standing) -> str:
    """Return the word by which somebody was named, also behind a pronoun."""
    head = cast.parsed.head_of(one.spans[0])
    return head.lemma.lower() if head is not None else ""


def body(cast: Cast, n: int, token: Token) -> Link | None:
    """The group: the armed men, or the one organisation, of whom the text just told."""
    parsed = cast.parsed
    verb = next((t for t in parsed.above(token) if t.pos in ("VERB", "AUX")), None)
    doer = subject_of(parsed, verb) if verb and token.dep not in SUBJECTS else None
    for back in range(n, max(-1, n - FAR), -1):
        scene = [s for s in standings(cast, back) if s.head.i < token.i]
        scene = [s for s in scene if doer is None or s.head.i != doer.i]
        named = only(cast, scene) if back > n - REACH else None
        if found := one_of(cast, scene, ARMED) or named:
            cast.stood[token.i] = (found.sort, found.spans)
            mention = Span(start_of(parsed, token), token.end)
            return Link(
                mention, found.spans, Why("coreference.group.v2", found.spans[0])
            )
    return None


def only(cast: Cast, scene: list[Standing]) -> Standing | None:
    """Return the one organisation that a sentence names."""
    found = [s for s in scene if cast.labels.get(s.head.i) == "ORG"]
    return found[0] if len({s.spans for s in found}) == 1 else None
