"""Sheets of made-up claims, as a question to a language model lists them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from dateline.llm.prompt import ListedAct, ListedParty, Sheet, party_identity
from dateline.model import Actor, Claim

Identity = tuple[str, str]


def list_claims(claims: Sequence[Claim], doubtful: Iterable[Claim] = ()) -> Sheet:
    """Return the sheet of a report's claims; parties of one name and country are one.

    The acts stand in the order of the claims. A party has the sectors that most of
    its mentions have.
    """
    unsure = {id(claim) for claim in doubtful}
    groups: dict[Identity, list[Actor]] = {}
    for claim in claims:
        for who in (*claim.actors, *claim.recipients):
            groups.setdefault(party_identity(who), []).append(who)
    numbers = {key: i for i, key in enumerate(groups)}

    def side(parties: Sequence[Actor]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(numbers[party_identity(who)] for who in parties))

    acts = tuple(
        ListedAct(
            trigger=claim.action.trigger,
            deed=claim.action.deed,
            mode=next(iter(claim.action.modes), ""),
            status=claim.certainty.status,
            actors=side(claim.actors),
            recipients=side(claim.recipients),
            doubtful=id(claim) in unsure,
        )
        for claim in claims
    )
    return Sheet(acts, tuple(map(join_mentions, groups.values())))


def join_mentions(same: Sequence[Actor]) -> ListedParty:
    """Return the party that several parties of claims are."""
    usual = Counter(who.sectors for who in same).most_common(1)[0][0]
    first = next(who for who in same if who.sectors == usual)
    spans = {who.span for who in same if who.span}
    return ListedParty(first, tuple(sorted(spans)))
