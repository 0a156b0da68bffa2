"""He and she: linked to the one man or woman whom the grammar leaves."""

from dateline.language.en.cast import Cast
from dateline.language.en.mentions import (
    BACK,
    SUBJECTS,
    Mention,
    is_subject,
    noun_phrase,
    plain,
)
from dateline.model import Link, Parsed, Sentence, Token, Why

HE = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she"}


def he(cast: Cast, n: int, token: Token) -> Link | None:
    """Link he or she to the one man or woman the grammar leaves."""
    sex = HE[token.text.lower()]
    here = [m for m in persons(cast, n, sex) if m.last <= token.i]
    rule = "coreference.clause-subject.v1"
    if token.dep in ("dobj", "pobj", "dative"):
        barred = own_subject(cast.parsed, token, here)
        others = [m for m in here if barred is None or m.who != barred.who]
        chosen = alone(others)
        if chosen is None and barred is not None and not others and n > 0:
            scene = [m for m in persons(cast, n - 1, sex) if m.who != barred.who]
            chosen = alone(scene)
    else:
        chosen = governing(cast.parsed, token, here) or alone(here)
    above = proper_subject(cast.parsed, token) if chosen is None else None
    if above is not None:
        return of_name(cast, token, above)
    if chosen is None and not here and n > 0:
        chosen = carried(cast, n, sex)
        rule = "coreference.last-subject.v1"
    if chosen is None:
        return None
    return taken_up(cast, n, token, chosen, rule, sex)


def proper_subject(parsed: Parsed, token: Token) -> Token | None:
    """Return the name that is subject of a clause above a pronoun's own."""
    verb = next((t for t in parsed.above(token) if t.pos in ("VERB", "AUX")), None)
    for clause in parsed.above(verb) if verb else ():
        for subject in parsed.below(clause, *SUBJECTS):
            if subject.pos == "PROPN" and subject.i < token.i:
                return subject
    return None


def of_name(cast: Cast, token: Token, name: Token) -> Link | None:
    """He after the name of somebody else unknown is that man, unless a place."""
    labelled = cast.labels.get(name.i) in ("ORG", "GPE", "NORP", "LOC")
    if labelled or name.tag == "NNPS" or plain(name) in ("north", "south"):
        return None
    span = noun_phrase(cast.parsed, name)
    return Link(token.span, (span,), Why("coreference.clause-subject.v1", span))


def own_subject(parsed: Parsed, token: Token, here: list[Mention]) -> Mention | None:
    """Return who acts in the clause of an object pronoun: it cannot mean him."""
    for verb in parsed.above(token):
        if verb.pos not in ("VERB", "AUX"):
            continue
        for subject in parsed.below(verb, *SUBJECTS):
            return naming(parsed, here, subject)
    return None


def persons(cast: Cast, n: int, sex: str) -> list[Mention]:
    """Return the people of sentence `n` whom he or she may stand for."""
    return [
        m
        for m in cast.scenes[n]
        if m.who >= 0 and cast.people[m.who].gender in ("", sex)
    ]


def governing(parsed: Parsed, token: Token, here: list[Mention]) -> Mention | None:
    """Return the subject of a clause that the pronoun's clause hangs on."""
    verb = next((t for t in parsed.above(token) if t.pos in ("VERB", "AUX")), None)
    if verb is None:
        return None
    clauses = [verb, *parsed.above(verb)]
    if token.dep in SUBJECTS:
        clauses = clauses[1:]
    for clause in clauses:
        if clause.dep == "relcl" and token.dep not in SUBJECTS:
            return naming(parsed, here, parsed.tokens[clause.head])
        for subject in parsed.below(clause, *SUBJECTS):
            if subject.i < token.i and (found := naming(parsed, here, subject)):
                return found
    return None


def naming(parsed: Parsed, here: list[Mention], subject: Token) -> Mention | None:
    """Return the mention that a subject is, itself or through its title."""
    below = {subject.i, *(t.i for t in parsed.below(subject, "appos"))}
    if subject.dep == "appos":
        below.add(subject.head)
    return next((m for m in here if m.head.i in below), None)


def alone(here: list[Mention]) -> Mention | None:
    """Return the last mention where all before the pronoun are of one person."""
    return here[-1] if here and len({m.who for m in here}) == 1 else None


def carried(cast: Cast, n: int, sex: str) -> Mention | None:
    """Return who carries over: the last main subject, or the only person."""
    for back in (n - 1, n - 2):
        if back < 0:
            return None
        scene = persons(cast, back, sex)
        if not scene:
            continue
        found = main_subject(cast.parsed, cast.parsed.sentences[back], scene)
        found = found or alone(scene)
        if found is None or joint(cast.parsed, found, cast.scenes[back]):
            return None
        return found
    return None


def joint(parsed: Parsed, one: Mention, scene: list[Mention]) -> bool:
    """Whether a subject is joined by "and" to somebody else: he may be either."""
    edge = {one.first - 1, one.last}
    if not any(
        parsed.tokens[i].dep == "cc" for i in edge if 0 <= i < len(parsed.tokens)
    ):
        return False
    return any(m is not one and abs(m.first - one.first) <= BACK for m in scene)


def main_subject(
    parsed: Parsed, sentence: Sentence, scene: list[Mention]
) -> Mention | None:
    """Return the mention that is subject of the sentence's main verb."""
    tokens = parsed.tokens[sentence.first : sentence.last]
    root = next((t for t in tokens if t.head == t.i), None)
    if root is None:
        return None
    for subject in parsed.below(root, *SUBJECTS):
        if found := naming(parsed, scene, subject):
            return found
    return None


def taken_up(
    cast: Cast, n: int, token: Token, chosen: Mention, rule: str, sex: str
) -> Link:
    """Return the link of a pronoun and let later pronouns see it."""
    person = cast.people[chosen.who]
    person.gender = person.gender or sex
    pronoun = Mention(
        token.i,
        token.i + 1,
        token,
        "pronoun",
        (),
        (),
        token.span,
        is_subject(cast.parsed, token),
        chosen.who,
    )
    cast.scenes[n].append(pronoun)
    return Link(token.span, (person.best.span,), Why(rule, chosen.span))
