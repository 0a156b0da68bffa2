"""A claim as one line: the form of stories."""

from dateline.model import Actor, Claim


def claim_line(claim: Claim) -> str:
    """Return who did what to whom, when, where, according to whom, how sure."""
    what = " ".join([claim.type, *claim.action.modes])
    if claim.type != claim.action.deed:
        what += f" ({claim.action.deed})"
    says = " > ".join(s.text for s in claim.attribution.speakers) or "the report"
    where = claim.where.name if claim.where.known else "where?"
    parts = (f"{who(claim.actors)} {what} {who(claim.recipients)}", claim_interval(claim), where)
    return " | ".join((*parts, says, claim.certainty.status))


def who(parties: tuple[Actor, ...]) -> str:
    """Return the codes of one side."""
    return "+".join(map(actor_codes, parties)) or "-"


def actor_codes(party: Actor) -> str:
    """Return a party's country and sectors, "?" for what is not known."""
    told = ".".join([party.country or "?", *party.sectors])
    return f"{told}~" if party.answer in ("guess", "told_elsewhere") else told


def claim_interval(claim: Claim) -> str:
    """Return the interval of a claim, one that is inferred marked as a guess."""
    first, last = claim.when.first, claim.when.last
    if not claim.when.known:
        return "when?"
    days = f"{first}" if first == last else f"{first or ''}..{last or ''}"
    return f"{days}~" if claim.when.answer == "inferred" else days
