"""What a sentence tells in its own verb: what was done, may be done, was not done."""

from dateline.actions.grammar import SAID, highest_confidence
from dateline.model import Act, Parsed, Token

CERTAIN, LIKELY = 0.95, 0.65  # how sure its deed must be
FURTHER = 0.9  # how sure all words of a party but the surest must be
PAST = frozenset(("past", "participle"))
WHO = 0.85  # how sure who does it must be


def tells_sure_deed(parsed: Parsed, act: Act) -> bool:
    """Whether a sentence's own verb tells, in the past, a deed that is hardly doubtful.

    "A bomb killed five": the reader wavers only between the words that tell it.
    """
    return tells_past_deed(parsed, act) and act.deeds[0][1] >= CERTAIN


def tells_past_deed(parsed: Parsed, act: Act) -> bool:
    """Whether a sentence's own verb tells a deed in the past."""
    words = parsed.tokens_in(act.trigger)
    return any(w.form in PAST and is_main_verb_misread(parsed, w) for w in words)


def left_open(parsed: Parsed, act: Act) -> bool:
    """Whether a sentence's own verb tells what somebody may, must or did not do.

    So does a verb in what is said: "Rebels could attack the port, officials said".
    """
    verb = parsed.head_of(act.trigger)
    if verb is None or verb.pos != "VERB" or not is_main_verb(parsed, verb):
        return False
    told = any(
        c.form == "modal" or c.relation == "negation" for c in parsed.below(verb)
    )
    return told and highest_confidence(act.actors) >= WHO and act.deeds[0][1] >= LIKELY


def is_main_verb(parsed: Parsed, verb: Token) -> bool:
    """Whether a verb is its sentence's own, or that of what the sentence says."""
    over = parsed.tokens[verb.head]
    return verb.relation == "root" or (
        verb.relation in SAID and over.relation == "root"
    )


def noun_tells_deed(parsed: Parsed, act: Act) -> bool:
    """Whether a noun tells a deed, done surely to somebody by a verb in the past.

    "A bomb killed 12 people and wounded 30", "the bomb that killed 12": it is the deed.
    """
    words = parsed.tokens_in(act.trigger)
    nouns = [w for w in words if w.pos == "NOUN"]
    verbs = [parsed.tokens[w.head] for w in nouns if w.relation == "subject"]
    past = any(
        verb.form in PAST and is_main_verb_misread(parsed, verb) for verb in verbs
    )
    harm = [c for w in nouns for c in parsed.below(w, "relative-clause")]
    past = past or any(
        c.form == "past" and any(parsed.below(c, "object")) for c in harm
    )
    hurt = highest_confidence(act.recipients) >= FURTHER
    return past and hurt and act.deeds[0][1] >= CERTAIN


def is_main_verb_misread(parsed: Parsed, verb: Token) -> bool:
    """Whether a verb is its sentence's own, be it read as "a bomb that was killed"."""
    over = parsed.tokens[verb.head]
    misread = (
        verb.relation == "adnominal-clause"
        and over.relation == "root"
        and any(parsed.below(verb, "object"))
    )
    return verb.relation == "root" or misread
