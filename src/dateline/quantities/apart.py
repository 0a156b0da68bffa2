"""Counts that two acts of one sentence cannot share."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from dateline.model import Claim, Parsed, Quantity, Span

FAR = 99  # steps between words that no grammar joins
HURT = {"killed", "injured"}
HELD = ("abducted", "arrested")
CLAUSES = ("relative-clause", "adnominal-clause")
SIZES = ("weapons", "troops", "money")
STEPS = 3  # words up and down the grammar that join an act and its count
UNDONE = ("planned", "expected", "hypothetical")
Key = tuple[Span, str]


def counted_apart(parsed: Parsed, claims: Sequence[Claim]) -> list[Claim]:
    """Return claims, each count kept by the nearest act and by those it can be of.

    "Rebels killed nine men, two days after they freed a judge": the nine are not of
    the freeing, which was on another day.
    """
    nearest: dict[Key, Claim] = {}
    tellers: dict[Key, list[Claim]] = {}
    acts: dict[Key, set[int]] = {}
    forced: set[Key] = set()
    for claim in claims:
        for many in claim.quantities:
            best = nearest.setdefault(count_key(many), claim)
            if grammar_steps_between(parsed, claim, many) < grammar_steps_between(
                parsed, best, many
            ):
                nearest[count_key(many)] = claim
            if "force" in claim.action.traits:
                forced.add(count_key(many))
            if act_tells_count(claim, many):
                tellers.setdefault(count_key(many), []).append(claim)
            if act := parsed.head_of(claim.action.trigger):
                acts.setdefault(count_key(many), set()).add(act.i)
    kept: list[Claim] = []
    for claim in claims:
        own = tuple(
            many
            for many in claim.quantities
            if open_to(parsed, claim, many, tellers.get(count_key(many), ()))
            and not (count_key(many) in forced and of_crowd(claim, many))
            and not clause_counts_other_act(
                parsed, claim, many, acts.get(count_key(many), set())
            )
            and not noun_counts_other_act(
                parsed, claim, many, count_key(many) in tellers
            )
            and may_share_count(parsed, claim, nearest[count_key(many)], many)
        )
        kept.append(replace(claim, quantities=closest(parsed, claim, own)))
    return kept


def closest(
    parsed: Parsed, claim: Claim, found: Sequence[Quantity]
) -> tuple[Quantity, ...]:
    """Return an act's counts, of each harm the one that is told nearest to it.

    In "a mosque was hit, killing 25, while a strike on a school killed four" neither
    act has both.
    """
    steps = [
        0
        if act_tells_count(claim, many)
        else grammar_steps_between(parsed, claim, many)
        for many in found
    ]
    least: dict[str, int] = {}
    for many, far in zip(found, steps, strict=True):
        least[many.what] = min(far, least.get(many.what, far))
    return tuple(
        many
        for many, far in zip(found, steps, strict=True)
        if far == least[many.what] or many.what in SIZES
    )


def count_key(many: Quantity) -> Key:
    """Return what parts the counts of a report."""
    return many.span, many.what


def open_to(
    parsed: Parsed, claim: Claim, many: Quantity, tellers: Sequence[Claim]
) -> bool:
    """Whether an act may have a count that the words of some acts tell.

    Those arrested are not of the protest, nor hostages of the war; nor do acts that
    count their own dead share them: "killed 25 in one raid and killed four in another".
    """
    if not tellers or claim in tellers:
        return True
    if many.what in HELD:
        return in_it(parsed, claim, many)
    counted = any(
        act_tells_count(claim, own) and own.what == many.what
        for own in claim.quantities
    )
    return not counted and any(claim.type == one.type for one in tellers)


def in_it(parsed: Parsed, claim: Claim, many: Quantity) -> bool:
    """Whether an act is where a count is told to be made: "arrested in a crackdown"."""
    act = parsed.head_of(claim.action.trigger)
    teller = parsed.head_of(many.why.span or many.span)
    if act is None or teller is None:
        return False
    of = parsed.tokens[act.head]
    inner = act.relation == "oblique" and of.lemma in parsed.words("quantities.in")
    return inner and of.head == teller.i


def of_crowd(claim: Claim, many: Quantity) -> bool:
    """Whether a count of the dead or hurt is told of a protest: an attack has it."""
    return many.what in HURT and "crowd" in claim.action.counts


def clause_counts_other_act(
    parsed: Parsed, claim: Claim, many: Quantity, acts: set[int]
) -> bool:
    """Whether a clause tells a count of another act, which is not above this one.

    In "killed two in a raid that left four hostages dead" the four are of the raid, and
    in "the blast followed a raid that killed two" so are the two.
    """
    act = parsed.head_of(claim.action.trigger)
    teller = parsed.head_of(many.why.span or many.span)
    if act is None or teller is None:
        return False
    over = {token.i for token in (act, *parsed.above(act))}
    chain = (teller, *parsed.above(teller))
    below = takewhile(lambda token: token.i not in over, chain)
    return any(
        token.relation in CLAUSES and token.head in acts and token.head not in over
        for token in below
    )


def noun_counts_other_act(
    parsed: Parsed, claim: Claim, many: Quantity, told: bool
) -> bool:
    """Whether a noun tells a count of an act by itself, beside this one.

    "Clashes sparked by the killing of a man", "the murder of a priest and an attack";
    "a raid with the loss of nine men" is one with it. `told`: the noun's act is told.
    """
    act = parsed.head_of(claim.action.trigger)
    teller = parsed.head_of(many.why.span or many.span)
    if (
        act is None
        or teller is None
        or teller.pos != "NOUN"
        or act_tells_count(claim, many)
    ):
        return False
    if act.relation == "conjunct" and act.head == teller.i:
        return told
    above = any(token.i == act.i for token in parsed.above(teller))
    over = parsed.tokens[teller.head].lemma
    joined = over in parsed.words("quantities.joining")  # "led to the deaths of nine"
    apart = teller.relation == "oblique" and not joined
    return above and apart and (told or "crowd" in claim.action.counts)


def grammar_steps_between(parsed: Parsed, claim: Claim, many: Quantity) -> int:
    """Return how many steps of grammar lie between an act and what tells a count."""
    act = parsed.head_of(claim.action.trigger)
    teller = parsed.head_of(many.why.span or many.span)
    if act is None or teller is None:
        return FAR
    up = {token.i: n for n, token in enumerate((act, *parsed.above(act)))}
    chain = enumerate((teller, *parsed.above(teller)))
    return min((n + up[token.i] for n, token in chain if token.i in up), default=FAR)


def may_share_count(
    parsed: Parsed, claim: Claim, nearest: Claim, many: Quantity
) -> bool:
    """Whether an act may have the count of the act that is nearest to it."""
    steps = grammar_steps_between(parsed, claim, many)
    own = {
        q.what
        for q in claim.quantities
        if act_tells_count(claim, q) and q.what not in SIZES
    }
    if own and many.what not in own and not own | {many.what} <= HURT:
        return False  # "arrested six" does not tell of the dead
    if many.what in SIZES and steps > STEPS:
        return False  # "sanctions", while "trade fell to $9 billion"
    near = steps <= STEPS and many.what not in SIZES
    close = near or steps == grammar_steps_between(parsed, nearest, many)
    return close and not are_different_acts(claim, nearest)


def act_tells_count(claim: Claim, many: Quantity) -> bool:
    """Whether an act's own words tell a count: "killed nine"."""
    return bool(many.why.span and claim.action.trigger.overlaps(many.why.span))


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
