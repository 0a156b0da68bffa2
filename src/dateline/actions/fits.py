"""Does this use of a frame's words tell the act?"""

from dateline.actions.asked import contents
from dateline.actions.limits import LIMITS, is_passive
from dateline.actions.needs import NEEDS
from dateline.actions.reading import Reading

SPOKEN = frozenset(("ACCUSE", "REJECT", "SUPPORT", "THREATEN", "AGREE"))
BODILY = frozenset(("ASSAULT", "MOBILIZE", "COERCE"))
MOVED = BODILY | {"AID"}  # done by ships and planes too


def fits(found: Reading) -> bool:
    """Whether every condition of the frame holds at this place."""
    if not (subject_fits(found) and object_fits(found)):
        return False
    if not all(NEEDS[need](found) for need in found.frame.needs if need in NEEDS):
        return False
    return all(
        LIMITS[k](found, words) for k, words in found.frame.limits if k in LIMITS
    )


def subject_fits(found: Reading) -> bool:
    """Whether the subject of a verb can act: somebody, or a weapon in an assault."""
    if found.frame.kind == "noun":
        return bool(found.actors or found.recipients)
    if not found.subjects:
        loose = found.frame.deed in BODILY or "any-s" in found.frame.needs
        if is_passive(found) and found.frame.deed in SPOKEN:
            return bool(found.parties(found.objects))
        return "subj" not in found.frame.actor or loose or is_passive(found)
    if "subj" not in found.frame.actor or "any-s" in found.frame.needs:
        return True
    if found.parties(found.subjects):
        return True
    armed = found.frame.deed in MOVED or "any" in found.frame.needs
    return armed and any(found.kin(t, found.book.instruments) for t in found.subjects)


def object_fits(found: Reading) -> bool:
    """Whether an act that needs somebody to be done to has one."""
    frame = found.frame
    if frame.kind != "verb" or "obj" not in frame.recipient or len(frame.unit) > 1:
        return True
    if frame.deed in ("PROTEST", "RETREAT", "MOBILIZE") or "mutual" in frame.needs:
        return True
    return bool(found.objects or found.recipients or contents(found))
