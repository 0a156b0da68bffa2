"""Counts that two acts of one sentence cannot share."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from dateline.model import Claim, Parsed, Quantity, Span, Token

FAR = 99  # steps between words that no grammar joins
HURT = {"killed", "injured"}
HELD = ("abducted", "arrested")
CLAUSES = ("relative-clause", "adnominal-clause")
SIZES = ("weapons", "troops", "money")
STEPS = 3  # words up and down the grammar that join an act and its count
UNDONE = ("planned", "expected", "hypothetical")
Key = tuple[Span, str]


@dataclass(eq=False)
class Count:
    """A count as one act of its sentence would have it.

    The head of the act's words, and of those that tell the count.
    """

    parsed: Parsed
    claim: Claim
    many: Quantity

    @property
    def key(self) -> Key:
        """What parts the counts of a report."""
        return self.many.span, self.many.what

    @property
    def own(self) -> bool:
        """Whether the act's own words tell the count: "killed nine"."""
        span = self.many.why.span
        return span is not None and self.claim.action.trigger.overlaps(span)

    @cached_property
    def act(self) -> Token | None:
        """The head of the act's words."""
        return self.parsed.head_of(self.claim.action.trigger)

    @cached_property
    def teller(self) -> Token | None:
        """The head of the words that tell the count."""
        return self.parsed.head_of(self.many.why.span or self.many.span)

    @cached_property
    def steps(self) -> int:
        """How many steps of grammar lie between both."""
        act, teller, above = self.act, self.teller, self.parsed.above
        if act is None or teller is None:
            return FAR
        up = {token.i: n for n, token in enumerate((act, *above(act)))}
        chain = enumerate((teller, *above(teller)))
        met = (n + up[token.i] for n, token in chain if token.i in up)
        return min(met, default=FAR)


@dataclass
class Sharing:
    """What the acts of a report that have one count are."""

    nearest: Count
    tellers: list[Claim]
    acts: set[int]
    forced: bool = False


def counted_apart(parsed: Parsed, claims: Sequence[Claim]) -> list[Claim]:
    """Return claims, each count kept by the nearest act and by those it can be of.

    "Rebels killed nine men, two days after they freed a judge": the nine are not of
    the freeing, which was on another day.
    """
    every = [[Count(parsed, claim, q) for q in claim.quantities] for claim in claims]
    shared: dict[Key, Sharing] = {}
    for count in (count for some in every for count in some):
        told = shared.setdefault(count.key, Sharing(count, [], set()))
        if count.steps < replace(told.nearest, many=count.many).steps:
            told.nearest = count
        if "force" in count.claim.action.traits:
            told.forced = True
        if count.own:
            told.tellers.append(count.claim)
        if count.act:
            told.acts.add(count.act.i)
    kept: list[Claim] = []
    for claim, some in zip(claims, every, strict=True):
        own = [c for c in some if is_of_act(c, some, shared[c.key])]
        kept.append(replace(claim, quantities=nearest_counts(own)))
    return kept


def nearest_counts(found: Sequence[Count]) -> tuple[Quantity, ...]:
    """Return an act's counts, of each harm the one that is told nearest to it.

    In "a mosque was hit, killing 25, while a strike on a school killed four" neither
    act has both.
    """
    steps = [0 if count.own else count.steps for count in found]
    least: dict[str, int] = {}
    for count, far in zip(found, steps, strict=True):
        least[count.many.what] = min(far, least.get(count.many.what, far))
    return tuple(
        count.many
        for count, far in zip(found, steps, strict=True)
        if far == least[count.many.what] or count.many.what in SIZES
    )


def is_of_act(count: Count, beside: Sequence[Count], shared: Sharing) -> bool:
    """Whether an act may have a count; `beside` are all the counts it might have."""
    crowd = "crowd" in count.claim.action.counts
    if shared.forced and crowd and count.many.what in HURT:
        return False  # an attack has the dead and hurt of a protest
    if not is_open_to(count, beside, shared.tellers):
        return False
    if clause_counts_other_act(count, shared.acts):
        return False
    if noun_counts_other_act(count, bool(shared.tellers)):
        return False
    return may_share_count(count, beside, shared.nearest)


def is_open_to(count: Count, beside: Sequence[Count], tellers: Sequence[Claim]) -> bool:
    """Whether an act may have a count that the words of some acts tell.

    Those arrested are not of the protest, nor hostages of the war; nor do acts that
    count their own dead share them: "killed 25 in one raid and killed four in another".
    """
    if not tellers or count.claim in tellers:
        return True
    parsed, act, teller = count.parsed, count.act, count.teller
    if count.many.what in HELD:  # unless it is told as made there: "held in a crackdown"
        if act is None or teller is None or act.relation != "oblique":
            return False
        of = parsed.tokens[act.head]
        return of.lemma in parsed.words("quantities.in") and of.head == teller.i
    if any(own.own and own.many.what == count.many.what for own in beside):
        return False
    return any(count.claim.type == one.type for one in tellers)


def clause_counts_other_act(count: Count, acts: set[int]) -> bool:
    """Whether a clause tells a count of another act, which is not above this one.

    In "killed two in a raid that left four hostages dead" the four are of the raid, and
    in "the blast followed a raid that killed two" so are the two.
    """
    act, teller, above = count.act, count.teller, count.parsed.above
    if act is None or teller is None:
        return False
    over = {token.i for token in (act, *above(act))}
    below = takewhile(lambda token: token.i not in over, (teller, *above(teller)))
    return any(
        token.relation in CLAUSES and token.head in acts and token.head not in over
        for token in below
    )


def noun_counts_other_act(count: Count, told: bool) -> bool:
    """Whether a noun tells a count of an act by itself, beside this one.

    "Clashes sparked by the killing of a man", "the murder of a priest and an attack";
    "a raid with the loss of nine men" is one with it. `told`: the noun's act is told.
    """
    parsed, act, teller = count.parsed, count.act, count.teller
    if act is None or teller is None or teller.pos != "NOUN" or count.own:
        return False
    if act.relation == "conjunct" and act.head == teller.i:
        return told
    above = any(token.i == act.i for token in parsed.above(teller))
    over = parsed.tokens[teller.head].lemma
    joined = over in parsed.words("quantities.joining")  # "led to the deaths of nine"
    apart = teller.relation == "oblique" and not joined
    return above and apart and (told or "crowd" in count.claim.action.counts)


def may_share_count(count: Count, beside: Sequence[Count], nearest: Count) -> bool:
    """Whether an act may have the count of the act that is nearest to it."""
    what, sized = count.many.what, count.many.what in SIZES
    own = {c.many.what for c in beside if c.own and c.many.what not in SIZES}
    if own and what not in own and not own | {what} <= HURT:
        return False  # "arrested six" does not tell of the dead
    if sized and count.steps > STEPS:
        return False  # "sanctions", while "trade fell to $9 billion"
    near = count.steps <= STEPS and not sized
    as_near = replace(nearest, many=count.many).steps
    close = near or count.steps == as_near
    return close and not are_different_acts(count.claim, nearest.claim)


def are_different_acts(one: Claim, two: Claim) -> bool:
    """Whether two acts are of two days, or one is done and one is not yet."""
    undone = [c.certainty.status in UNDONE for c in (one, two)]
    if undone[0] != undone[1]:
        return True
    a, b = one.when, two.when
    if None in (a.first, a.last, b.first, b.last):
        return False
    assert a.first and a.last and b.first and b.last
    return a.last < b.first or b.last < a.first
