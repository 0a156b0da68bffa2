"""How likely type and parties are right: a guess from the shape of the reading."""

from dateline.actions import modality
from dateline.actions.needs import many
from dateline.actions.reading import Reading

BASE = 0.72
NEGATED = 0.25
UNDONE = 0.5  # a deed told as not done, by whom and to whom


def whole(found: Reading) -> bool:
    """Whether both parties are named in strong words: "did not attack Chad"."""
    if "weak" in found.frame.needs or not found.parties(found.actors):
        return False
    if "mutual" in found.frame.needs:
        return bool(found.recipients) or many(found)
    hit = found.frame.deed == "ASSAULT" and bool(found.recipients)
    return hit or bool(found.parties(found.recipients))


def sure(found: Reading) -> float:
    """Return a first probability: parties told raise it, a weak frame lowers it."""
    verb = found.light or found.head
    if found.frame.kind == "adj" and verb.dep == "acomp":
        verb = found.parsed.tokens[verb.head]  # "is not ready to talk"
    verbal = verb.pos in ("VERB", "AUX") and not found.frame.negative
    if verbal and modality.negated(found.parsed, verb):
        return UNDONE if whole(found) else NEGATED
    value = BASE
    if found.parties(found.actors) and found.parties(found.recipients):
        value += 0.13
    elif not found.parties(found.actors):
        value -= 0.12 if found.recipients else 0.3
    if "weak" in found.frame.needs:
        value -= 0.2
    if found.frame.kind == "noun" and found.light is None:
        value -= 0.1
    if len(found.frame.unit) > 1:
        value += 0.05
    return round(min(max(value, 0.05), 0.95), 3)
