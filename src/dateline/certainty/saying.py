"""Who says that an act will be: whoever does it, whoever announces it, or a watcher."""

from collections.abc import Iterator

from dateline.model import SUBJECTS, Parsed, Relations, Token

SAYERS: Relations = (*SUBJECTS, "agent")


def verb_of_that_clause(parsed: Parsed, verb: Token) -> Token | None:
    """Return the verb whose "that" clause holds `verb`, or None."""
    while verb.relation == "conjunct":
        verb = parsed.tokens[verb.head]
    if (
        verb.relation
        in ("content-clause", "adnominal-clause", "oblique-clause", "open-clause")
        and verb.head != verb.i
    ):
        return parsed.tokens[verb.head]
    say = parsed.words("certainty.say")
    below = parsed.below(verb, "parataxis", "content-clause")
    return next((c for c in below if c.lemma in say), None)


def planned_or_expected(parsed: Parsed, verb: Token) -> str:
    """Return planned where its doer or an announcer says so, expected where a watcher.

    "" where nobody says it; foretold where another does, who may speak for the doer.
    """
    said = verb_of_that_clause(parsed, verb)
    if said is None:
        return ""
    speaker = subject_of_verb(parsed, said)
    if speaker is None:
        return "planned" if said.pos == "NOUN" else "foretold"
    doer = subject_of_verb(parsed, verb)
    roles = role(parsed, speaker)
    if roles & parsed.words("certainty.watcher"):
        return "expected"
    if doer is None or doer_is_speaker(parsed, doer, speaker):
        return "planned"
    return "planned" if roles & parsed.words("certainty.announcer") else "foretold"


def role(parsed: Parsed, speaker: Token) -> set[str]:
    """Return the lemmas that tell what a speaker is: "party spokesman Lund"."""
    below = parsed.below(speaker, "compound", "apposition", "adjective")
    return {speaker.lemma.lower(), *(t.lemma.lower() for t in below)}


def is_in_own_saying(parsed: Parsed, verb: Token) -> bool:
    """Whether a verb stands in what its own subject says."""
    said, doer = verb_of_that_clause(parsed, verb), subject_of_verb(parsed, verb)
    if said is None or doer is None or said.lemma not in parsed.words("certainty.say"):
        return False
    speaker = subject_of_verb(parsed, said)
    return speaker is not None and doer_is_speaker(parsed, doer, speaker)


def subject_of_verb(parsed: Parsed, verb: Token) -> Token | None:
    """Return the subject of a verb, shared with an earlier verb where need be."""
    for step in (verb, *coordinated_verbs(parsed, verb)):
        for child in parsed.below(step, *SAYERS, "owner"):
            if child.relation == "agent":
                return next(parsed.below(child, "oblique"), None)
            return child
    return None


def coordinated_verbs(parsed: Parsed, verb: Token) -> Iterator[Token]:
    """Yield the verbs that `verb` is joined to."""
    while verb.relation == "conjunct":
        verb = parsed.tokens[verb.head]
        yield verb


def doer_is_speaker(parsed: Parsed, doer: Token, speaker: Token) -> bool:
    """Whether the doer is a pronoun, the speaker's own, or the speaker's namesake."""
    pronoun = doer.text.lower() in parsed.words("certainty.pronoun")
    if pronoun or doer.lemma == speaker.lemma:
        return True
    owning = parsed.words("certainty.possessive")
    return any(p.text.lower() in owning for p in parsed.below(doer, "owner"))
