"""Read a frame at its words: subject, object, then both parties."""

from collections.abc import Sequence
from dataclasses import replace

from dateline.actions import embed, grammar
from dateline.actions.asked import owner_of_deed
from dateline.actions.match import lower
from dateline.actions.reading import Reading, Tokens
from dateline.actions.resort import last_resort, partner
from dateline.actions.roles import PLACES, sites
from dateline.actions.sides import owners
from dateline.codebook import FolderCodebook, Frame
from dateline.model import Parsed, Token


def read(
    book: FolderCodebook, parsed: Parsed, frame: Frame, words: Tokens, head: Token
) -> Reading:
    """Read a frame at its words: subject, object, then both parties."""
    bare = Reading(book, parsed, frame, head, words)
    bare = nominal(bare) if frame.kind == "noun" else verbal(bare)
    actors, why_actor = role(bare, frame.actor, bare.subjects)
    if frame.deed == "MOBILIZE" and not actors:
        actors, why_actor = bare.parties(bare.objects), "actions.moved-forces.v1"
    recipients, why_recipient = role(bare, frame.recipient, ())
    if not actors and why_recipient == "actions.prep-with.v1":
        actors, why_actor = partner(bare, recipients), "actions.together.v1"
    recipients = others(bare, recipients)
    if not any(bare.party(t) or owners(bare, t) for t in recipients):
        further, rule = last_resort(replace(bare, actors=actors))
        recipients = further or recipients
        why_recipient = rule if further else why_recipient
    taken = {t.i for t in actors}
    return replace(
        bare,
        actors=actors,
        recipients=tuple(t for t in recipients if t.i not in taken),
        actor_rule=why_actor,
        recipient_rule=why_recipient,
    )


def others(bare: Reading, recipients: Tokens) -> Tokens:
    """Leave out who is sent or called home by his own: "recalled its ambassador"."""
    frame = bare.frame
    if frame.deed not in ("SANCTION", "MOBILIZE") and "withdraw" not in frame.modes:
        return recipients
    return tuple(t for t in recipients if not hers(bare, t))


def hers(bare: Reading, token: Token) -> bool:
    """Whether a party is said to be the actor's: "its envoy", "their troops"."""
    return any(t.tag == "PRP$" for t in bare.parsed.below(token, "poss"))


def verbal(bare: Reading) -> Reading:
    """Find subject and object of a verb or of a state."""
    parsed, verb = bare.parsed, bare.head
    if bare.frame.kind == "adj":
        return state(bare)
    subjects, rule = grammar.doers(parsed, verb)
    subjects += likewise(bare) if subjects and not grammar.passive(parsed, verb) else ()
    shared = rule == "actions.shared-subject.v1"
    uneven = shared and embed.apart(parsed, verb, parsed.tokens[verb.head])
    if uneven or (shared and not bare.parties(subjects)):
        subjects = speaker_too(bare) or subjects
    if subjects and not bare.parties(subjects) and bare.frame.deed in SPOKEN:
        papers = tuple(t for t in subjects if lower(t) in PAPERS)
        if bare.frame.deed == "REJECT":  # a resolution overrules for nobody
            papers = tuple(t for t in papers if lower(t) != "resolution")
        subjects = owner_of_deed(bare, papers) or signers(bare, papers) or subjects
    objects, _ = grammar.sufferers(parsed, verb)
    unit = {w.i for w in bare.words}
    if not grammar.passive(parsed, verb) or len(bare.words) > 1:
        own = tuple(o for o in objects if o.i in unit)
        objects = tuple(o for o in objects if o.i not in unit) or ()
        bare = replace(bare, light=None) if not own else bare
    return replace(bare, subjects=subjects, objects=objects, actor_rule=rule)


def state(bare: Reading) -> Reading:
    """Find whose state it is: "was furious", "is committed to"."""
    parsed, word = bare.parsed, bare.head
    subjects, rule = grammar.surface(
        parsed, word if word.pos == "VERB" else parsed.tokens[word.head]
    )
    if word.dep == "amod" and word.pos != "VERB":
        subjects, rule = (parsed.tokens[word.head],), "actions.subject.v1"
    return replace(bare, subjects=subjects, actor_rule=rule)


def likewise(bare: Reading) -> Tokens:
    """Those who did so too: "Peru hailed the accord, as did Chile and Brazil"."""
    for clause in bare.parsed.below(bare.head, "advcl"):
        marks = {t.text.lower() for t in bare.parsed.below(clause, "mark", "advmod")}
        if lower(clause) == "do" and "as" in marks:
            heads = bare.parsed.below(clause, "nsubj")
            late = [t for t in heads if t.i > clause.i]
            return bare.parties(grammar.everyone(bare.parsed, late))
    return ()


def signers(bare: Reading, papers: Tokens) -> Tokens:
    """Who sends a paper that says so: "adopted a resolution condemning the raid"."""
    for paper in papers:
        verb = bare.parsed.tokens[paper.head]
        if bare.head.dep != "acl" or verb.pos != "VERB":
            continue
        if paper.dep in ("dobj", "nsubjpass"):
            return bare.parties(grammar.doers(bare.parsed, verb)[0])
    return ()


SPOKEN = frozenset(
    ("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE")
)
PAPERS = frozenset(
    [
        "resolution",
        "statement",
        "report",
        "letter",
        "note",
        "communique",
        "declaration",
        "motion",
        "petition",
        "message",
        "editorial",
        "memorandum",
        "proclamation",
        "cable",
        "telegram",
        "leaflet",
        "manifesto",
        "document",
        "text",
        "commentary",
        "speech",
    ]
)


def speaker_too(bare: Reading) -> Tokens:
    """He who says one thing and does the next: "X said it failed and accused Y".

    So does he in "X said it could leave and praised Y": "praised" is no "could".
    """
    clause = bare.parsed.tokens[bare.head.head]
    above = bare.parsed.tokens[clause.head]
    says = bare.book.classes["speech_verbs"] | CLAIMS
    if clause.dep != "ccomp" or lower(above) not in says:
        return ()
    return bare.parties(grammar.surface(bare.parsed, above)[0])


CLAIMS = frozenset(("allege", "charge", "warn", "complain", "deny", "promise", "hint"))


def nominal(bare: Reading) -> Reading:
    """Find the light verb on which a noun hangs, and its subject."""
    parsed, noun = bare.parsed, bare.head
    verb = parsed.tokens[noun.head]
    if noun.dep == "conj" and verb.pos in ("NOUN", "PROPN"):
        noun, verb = verb, parsed.tokens[verb.head]
    if noun.dep == "pobj" and verb.text.lower() == "of":
        noun, verb = series(bare, verb)
        bare = replace(bare, above=noun if noun is not bare.head else None)
    if noun.dep == "pobj" and verb.pos == "ADP":
        return with_which(bare, verb) or visiting(bare, verb)
    if verb.pos != "VERB" or lower(verb) not in bare.book.classes["light"]:
        return bare
    if noun.dep in ("dobj", "nsubjpass"):
        subjects, _ = grammar.doers(parsed, verb)
        return replace(bare, light=verb, subjects=subjects)
    return bare


def with_which(bare: Reading, prep: Token) -> Reading | None:
    """Take the subject of "ended the feud with the signing of": he signs."""
    verb = bare.parsed.tokens[prep.head]
    if verb.dep == "dobj":  # "wound up talks with the signing of"
        verb = bare.parsed.tokens[verb.head]
    if bare.frame.deed not in ("SUPPORT", "AGREE") or prep.text.lower() != "with":
        return None
    if verb.pos != "VERB" or bare.head.lemma not in SIGNS:
        return None
    return replace(bare, light=verb, subjects=grammar.surface(bare.parsed, verb)[0])


SIGNS = frozenset(
    [
        "signing",
        "ratification",
        "conclusion",
        "exchange",
        "undertaking",
        "pledge",
        "promise",
        "commitment",
    ]
)


def series(bare: Reading, prep: Token) -> tuple[Token, Token]:
    """Look past "a round of", "a series of": the noun above and its own governor."""
    parsed = bare.parsed
    above = parsed.tokens[prep.head]
    if lower(above) in bare.book.classes["series"]:
        return above, parsed.tokens[above.head]
    return bare.head, prep


def visiting(bare: Reading, prep: Token) -> Reading:
    """Take the subject of "arrived for talks": he talks."""
    verb = bare.parsed.tokens[prep.head]
    fits = prep.text.lower() in ("for", "in", "on", "into", "at", "during", "to")
    moves = verb.pos == "VERB" or lower(verb) == "be"  # "is in Tripoli for talks"
    if bare.frame.deed != "CONSULT" or not moves or not fits:
        return bare
    subjects, _ = grammar.surface(bare.parsed, verb)
    away = "visit" in bare.frame.modes and prep.text.lower() == "on"
    if away and verb.dep == "nsubj" and verb.pos in grammar.NOMINAL:
        return replace(bare, subjects=(verb,))  # "the envoy, on a visit to Rome, said"
    if prep.text.lower() in ("at", "during"):
        return bare
    if lower(verb) in ("say", "tell") and not away:
        return bare
    return replace(bare, light=verb, subjects=subjects)


def role(bare: Reading, places: Sequence[str], subjects: Tokens) -> tuple[Tokens, str]:
    """Return the words in the first of `places` that holds any, and the rule."""
    if bare.frame.kind == "noun" and subjects:
        found = bare.parties(subjects)
        if found:
            return found, "actions.light-verb.v1"
    for place in places:
        found, rule = at(bare, place)
        if found:
            return found, rule
    return (), "actions.no-party.v1"


def at(bare: Reading, place: str) -> tuple[Tokens, str]:
    """Return the words that stand at one place of the frame."""
    if place in PLACES:
        return PLACES[place](bare), f"actions.{place}.v1"
    if place == "subj":
        return bare.subjects, bare.actor_rule
    if place.startswith("obj-"):
        inside = grammar.after(bare.parsed, bare.objects, (place[4:],))
        return bare.parties(inside), f"actions.object-{place[4:]}.v1"
    told = tuple(grammar.after(bare.parsed, bare.anchors, (place,)))
    if not told and bare.frame.kind == "noun":
        near = tuple(grammar.after(bare.parsed, bare.anchors, ("by", "of")))
        told = tuple(grammar.after(bare.parsed, near, (place,)))
    found = bare.parties(told) or sites(bare, place, told) or deeper(bare, told)
    return found, f"actions.prep-{place}.v1"


def deeper(bare: Reading, told: Tokens) -> Tokens:
    """Return the party inside: "conceded to the demands of X", "into X's death"."""
    if bare.frame.deed in ("ASSAULT", "CONSULT"):
        return ()
    if bare.frame.deed == "MOBILIZE":
        with_him = bare.parties(grammar.after(bare.parsed, told, ("with",)))
        return with_him or owner_of_deed(bare, told)
    names = ("of", "by", "from", "on", "against", "in")
    inside = bare.parties(grammar.after(bare.parsed, told, names))
    owners = (t for word in told for t in bare.parsed.below(word, "poss"))
    return inside or bare.parties(owners)
