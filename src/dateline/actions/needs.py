"""The plain conditions of a frame: who must be told, what must follow."""

from collections.abc import Callable

from dateline.actions import grammar, modality
from dateline.actions.asked import contents
from dateline.actions.limits import among, is_passive
from dateline.actions.match import lower
from dateline.actions.parties import entity_at
from dateline.actions.reading import Reading
from dateline.actions.tenor import (
    asks,
    bearable,
    coming,
    cooperative,
    harmful,
    has_content,
    hostile,
    in_words,
    must,
    to_do,
)
from dateline.model import Token

CAUSES = frozenset(("consequence", "result"))
PLURAL = frozenset(("NNS", "NNPS"))


def somebody(found: Reading) -> bool:
    """The object or recipient is somebody; a noun has somebody on one side at least."""
    if found.frame.kind == "noun":
        return bool(found.parties((*found.actors, *found.recipients)))
    if found.objects:
        return bool(found.parties(found.objects)) or among_only(found)
    return bool(found.recipients)


def among_only(found: Reading) -> bool:
    """Whether the object is among the words that the frame allows."""
    words = found.frame.limit("only")
    return bool(words) and among(found, found.objects, words)


def both(found: Reading) -> bool:
    """Both sides are told."""
    if "mutual" in found.frame.needs:
        return len(found.actors) + len(found.recipients) > 1
    return bool(found.actors and found.recipients)


def many(found: Reading) -> bool:
    """The subject is several: "the ministers met"."""
    return len(found.subjects) > 1 or any(
        t.tag in PLURAL or t.text.lower() in ("they", "we") for t in found.subjects
    )


def place_named(found: Reading) -> bool:
    """The recipient is a country or a place with a name."""
    return any(named(found, t) for t in found.recipients)


def named(found: Reading, token: Token) -> bool:
    """Whether a token belongs to the name of a place or of a people."""
    entity = entity_at(found.parsed, token)
    if entity is None or (entity.label == "ORG" and entity.span == token.span):
        return token.pos == "PROPN" and not token.text.isupper()
    return entity.label in ("GPE", "LOC", "NORP")


def is_official(found: Reading) -> bool:
    """The actor is a state, a named person or body, an office, or a pronoun for one."""
    return any(official(found, t) for t in (*found.actors, *found.subjects))


def officials(found: Reading) -> bool:
    """Both sides are official."""
    return is_official(found) and any(official(found, t) for t in found.recipients)


def official(found: Reading, token: Token) -> bool:
    """Whether a word heads the name of a state, person, body or office."""
    if token.pos == "PRON":
        return True
    entity = entity_at(found.parsed, token)
    if entity is not None and entity.label in ("PERSON", "GPE", "ORG", "NORP"):
        return True
    return token.pos == "PROPN" or found.kin(token, found.book.classes["officials"])


def is_grave(found: Reading) -> bool:
    """The words that follow name grave consequences."""
    words = found.book.classes["grave"]
    tokens = [t for t in found.parsed.subtree(found.head) if t.i > found.head.i]
    for clause in found.parsed.below(found.head, "ccomp"):  # told first, then who warns
        tokens += [t for t in found.parsed.subtree(clause) if t.i < found.head.i]
    return any(lower(t) in words for t in tokens)


def no_sport(found: Reading) -> bool:
    """No word of sport stands in the sentence."""
    sentence = found.parsed.sentence_at(found.head.start)
    if sentence is None:
        return True
    tokens = found.parsed.tokens[sentence.first : sentence.last]
    words = found.book.classes["sport"]
    return not any(t.pos == "NOUN" and lower(t) in words for t in tokens)


def armed(found: Reading) -> bool:
    """A test is one of arms."""
    if len(found.frame.unit) > 1:
        return True
    near = [t.text.lower() for t in found.parsed.subtree(found.head)]
    return any(word in found.book.classes["weaponry"] for word in near)


def jointly(found: Reading) -> bool:
    """The act is done together."""
    near = {t.text.lower() for t in found.parsed.subtree(found.head)}
    return bool(near & TOGETHER) or (
        lower(found.head) == "train" and bool(found.objects)
    )


TOGETHER = frozenset(("joint", "with", "alongside", "together", "jointly"))


def alone(found: Reading) -> bool:
    """Nobody joins in."""
    near = [t.text.lower() for t in found.parsed.subtree(found.head)]
    return "joint" not in near and "together" not in near


def in_custody(found: Reading) -> bool:
    """Somebody is held in prison or without charge."""
    near = {t.text.lower() for t in found.parsed.subtree(found.head)}
    return bool(
        near & {"custody", "prison", "jail", "detention", "cell", "captive", "cells"}
    )


def willed(found: Reading) -> bool:
    """The refusal is a will: "will not", "does not recognise"."""
    modal = modality.modal(found.parsed, found.head)
    stance = ("accept", "recognize", "recognise", "support", "tolerate", "allow")
    return modal in ("will", "would", "shall") or (
        not modal and lower(found.head) in stance and found.head.tag == "VB"
    )


def in_attack(found: Reading) -> bool:
    """The dead died of an attack."""
    names = ("in", "from", "by", "during", "after", "of", "as")
    told = tuple(grammar.after(found.parsed, (found.head,), names))
    told += tuple(
        grammar.after(
            found.parsed, tuple(t for t in told if lower(t) in CAUSES), ("of",)
        )
    )
    words = found.book.classes["guilt"] | found.book.instruments | {"torture", "clash"}
    harmless = found.book.classes["harmless"]
    told = tuple(
        t
        for t in told
        if not any(lower(c) in harmless for c in found.parsed.below(t, "compound"))
    )
    return among(found, told, words - {"death"})


def by_somebody(found: Reading) -> bool:
    """Somebody or something does it: not "was hurt" alone."""
    return bool(found.subjects) or in_attack(found)


def fresh(found: Reading) -> bool:
    """What does it is told anew: "a blast tore through", not "the blast, which"."""
    told = (t for s in found.subjects for t in found.parsed.below(s, "det"))
    return bool(found.subjects) and all(t.text.lower() != "the" for t in told)


def behind(found: Reading) -> bool:
    """The content says who was behind it."""
    return any(
        w.text.lower() == "behind"
        for t in contents(found)
        for w in found.parsed.below(t)
    )


def said(found: Reading) -> bool:
    """Somebody else says so."""
    return bool(found.actors) and not is_passive(found)


def another(found: Reading) -> bool:
    """Somebody else is to do it: "wants them to leave", not "wants to leave"."""
    if found.objects:
        return True
    return any(
        any(True for _ in found.parsed.below(t, *grammar.SUBJECTS))
        for t in contents(found)
    )


def joint_object(found: Reading) -> bool:
    """The object is a joint one: "held joint patrols"."""
    return any(
        lower(t) == "joint"
        for o in found.objects
        for t in found.parsed.below(o, "amod", "compound")
    )


def announced(found: Reading) -> bool:
    """The act is said to come: "will retaliate"."""
    return modality.modal(found.parsed, found.head) in ("will", "would", "shall")


def ahead(found: Reading) -> bool:
    """The act is told to come: "can expect", "will face"."""
    return announced(found) or modality.modal(found.parsed, found.head) == "can"


def deed_not_state(found: Reading) -> bool:
    """The verb tells no mere state: not "remained calm", "stayed a friend"."""
    return not any(
        True for _ in found.parsed.below(found.head, "acomp", "attr", "xcomp", "oprd")
    )


def no_task(found: Reading) -> bool:
    """The charge is no task: not "charged the inspectors with verifying"."""
    told = grammar.after(found.parsed, found.anchors, ("with",))
    words = (*contents(found), *told)
    return not any(lower(t).startswith(TASKS) for t in words)


TASKS = ("verif", "ensur", "oversee", "enforc", "implement", "monitor", "supervis")
NEEDS: dict[str, Callable[[Reading], bool]] = {
    "party": somebody,
    "both": both,
    "either": lambda found: bool(found.actors or found.recipients),
    "r": lambda found: bool(found.recipients),
    "a": lambda found: bool(found.actors),
    "light": lambda found: found.light is not None,
    "plural": many,
    "GPE": place_named,
    "official": is_official,
    "official-s": is_official,
    "officials": officials,
    "person": lambda found: bool(found.parties(found.recipients)),
    "content": has_content,
    "asks": asks,
    "only-content": lambda found: bool(contents(found)),
    "clause": lambda found: bool(contents(found)),
    "coop": cooperative,
    "conflict": hostile,
    "harm": harmful,
    "grave": is_grave,
    "sport": no_sport,
    "noobj": lambda found: is_passive(found) or not found.objects,
    "arms": armed,
    "joint": jointly,
    "not-joint": alone,
    "in-custody": in_custody,
    "will": willed,
    "p-in-frame": in_attack,
    "by": by_somebody,
    "fresh": fresh,
    "must": must,
    "to-do": to_do,
    "in-words": in_words,
    "behind": behind,
    "said": said,
    "party-s": lambda found: bool(found.parties((*found.subjects, *found.objects))),
    "other": another,
    "joint-o": joint_object,
    "modal": announced,
    "ahead": ahead,
    "can": bearable,
    "coming": coming,
    "no-task": no_task,
    "no-state": deed_not_state,
    "no-content": lambda found: not contents(found),
    "obj-strict": lambda found: (
        len(found.frame.unit) > 1
        or bool(found.recipients or found.objects or contents(found))
    ),
}
