"""It of an agency or state that says so; I or we of a speaker in a quotation."""

from dateline.language.en.cast import Cast
from dateline.language.en.mentions import SUBJECTS, lexicon, noun_phrase, plain
from dateline.language.en.salience import (
    OBJECTS,
    Standing,
    clauses_over,
    standings,
    subject_of,
    under_subject,
)
from dateline.model import Link, Parsed, Sentence, Token, Why

IDLE = frozenset(  # what bombs, deals, talks and days do as well
    """be become come follow happen occur last begin start end mark cost bring mean
    involve include cover remain seem take make go get show reflect contain lead leave
    lie stand run fall rise hit strike kill wound explode pass work help cause allow
    provide require need carry cause create total number""".split()
)
TOWARDS = frozenset(  # what is done to a body, not to a bomb or a deal
    """accuse give send ship urge ask tell blame help support criticize criticise warn
    condemn praise sell offer hand lend grant promise thank press pressure persuade
    force join leave attack invade supply fight quit arm train fund finance
    allow""".split()
)
QUOTES = frozenset(('"', "“", "”", "``", "''"))


def it(cast: Cast, n: int, token: Token) -> Link | None:
    """It stands for the agency or state that says so, or that the text goes on with."""
    parsed = cast.parsed
    if token.dep == "poss":
        return owning(cast, n, token)
    verb = parsed.tokens[token.head]
    if token.dep in OBJECTS:
        return suffering(cast, n, token)
    if token.dep not in SUBJECTS or empty(parsed, verb):
        return None
    above = parsed.tokens[verb.head]
    if verb.dep == "ccomp" and says(above):
        subject = subject_of(parsed, above)
        if subject is not None and subject.i < token.i and is_thing(cast, subject):
            return bodied(cast, token, subject, "coreference.it-says.v1")
    if says(verb) and n > 0 and verb.dep in ("ROOT", "ccomp", "conj"):
        subject = last_speaker(cast, parsed.sentences[n - 1])
        if subject is not None:
            return bodied(cast, token, subject, "coreference.it-said.v1")
    return acting(cast, n, token) if does(parsed, verb) else None


def suffering(cast: Cast, n: int, token: Token) -> Link | None:
    """It that is asked, given, accused stands for the one body that does not do it."""
    parsed = cast.parsed
    verb = next(clauses_over(parsed, token), None)
    if verb is None or verb.lemma not in TOWARDS:
        return None
    doer = subject_of(parsed, verb)
    here = [s for s in standings(cast, n) if s.head.i < token.i]
    own = {s.spans for s in here if doer is not None and s.head.i == doer.i}
    bodies = [s for s in here if s.sort == "body" and s.spans not in own]
    if len({s.spans for s in bodies}) == 1:
        rule = "coreference.it-object.v1"
        return taken(cast, n, token, bodies[0].head, rule)
    scene = standings(cast, n - 1) if n and not bodies else []
    known = [s for s in scene if s.sort == "body" and s.spans not in own]
    if len({s.spans for s in known}) != 1 or known[0].rank:
        return None
    return taken(cast, n - 1, token, known[0].head, "coreference.it-object.v1")


def does(parsed: Parsed, verb: Token) -> bool:
    """Whether "it" does something of its own will: no bomb, deal or day is meant."""
    if verb.lemma == "be":
        verb = next(parsed.below(verb, "xcomp"), verb)  # "it is to discuss"
    helped = [t.dep for t in parsed.below(verb)]
    return verb.lemma not in IDLE and "auxpass" not in helped


def acting(cast: Cast, n: int, token: Token) -> Link | None:
    """It that acts stands for the body that is subject above, or was just before."""
    over = list(clauses_over(cast.parsed, token))
    above = over[1:]
    if over and says(over[0]):  # "Iran said a team was on its way, which it said"
        above = [each for each in above if says(each)] or above
    for subject in (subject_of(cast.parsed, verb) for verb in above):
        if subject is not None and subject.i < token.i:
            return taken(cast, n, token, subject, "coreference.it-clause.v1")
    return last_body(cast, n, token)


def last_body(cast: Cast, n: int, token: Token) -> Link | None:
    """Link "it" to the body that is the subject of the sentence before."""
    if n == 0 or any(
        s.sort == "body" and s.head.i < token.i for s in standings(cast, n)
    ):
        return None
    scene = standings(cast, n - 1)
    first = next((s for s in scene if s.rank == 0), None)
    if first is not None and first.sort in ("man", "many"):
        told = cast.parsed.tokens[first.head.head]
        second = [s for s in scene if s.rank == 1 and s.head.i in said(cast, told)]
        first = second[0] if says(told) and len(second) == 1 else sole(scene)
    if first is None:
        return None
    return taken(cast, n - 1, token, first.head, "coreference.it-before.v1")


def sole(scene: list[Standing]) -> Standing | None:
    """Return the one body of a sentence that has people, too, where the body acts."""
    bodies = [s for s in scene if s.sort == "body"]
    acts = any(s.rank <= 1 for s in bodies)
    return bodies[0] if acts and len({s.spans for s in bodies}) == 1 else None


def said(cast: Cast, verb: Token) -> set[int]:
    """Return the subjects of what a verb of saying tells."""
    told = cast.parsed.below(verb, "ccomp")
    return {s.i for each in told for s in cast.parsed.below(each, *SUBJECTS)}


def taken(cast: Cast, n: int, token: Token, subject: Token, rule: str) -> Link | None:
    """Link a pronoun to a subject of sentence `n`, where that is one body or state."""
    known = next((s for s in standings(cast, n) if s.head.i == subject.i), None)
    if known is None or known.sort != "body":
        return None
    cast.stood[token.i] = ("body", known.spans)
    return Link(token.span, known.spans, Why(rule, known.spans[0]))


def owning(cast: Cast, n: int, token: Token) -> Link | None:
    """Its troops are those of the body that acts in the clause, where it is alone."""
    parsed = cast.parsed
    verbs = list(clauses_over(parsed, token))
    if under_subject(parsed, token):
        verbs = verbs[1:]
    subjects = (subject_of(parsed, verb) for verb in verbs)
    subject = next((s for s in subjects if s is not None and s.i < token.i), None)
    if subject is None:
        return last_body(cast, n, token)
    inside = [s for s in standings(cast, n) if subject.i <= s.head.i < token.i]
    bodies = [s for s in inside if s.sort == "body"]
    if len(bodies) != 1:
        return None
    return taken(cast, n, token, bodies[0].head, "coreference.its.v1")


def empty(parsed: Parsed, verb: Token) -> bool:
    """Whether "it" stands for nothing: "it is clear that", "it seems"."""
    if verb.lemma in ("seem", "appear", "rain", "snow", "matter"):
        return True
    if verb.lemma != "be" and not any(parsed.below(verb, "auxpass")):
        return False
    below = [verb, *parsed.below(verb, "acomp", "attr", "oprd")]
    if len(below) == 1 and any(parsed.below(verb, "xcomp")):
        return False  # "it is to discuss"
    return any(True for t in below for _ in parsed.below(t, "ccomp", "xcomp", "advcl"))


def is_thing(cast: Cast, token: Token) -> bool:
    """Whether the subject of saying is one organisation, agency or state."""
    if token.pos == "NOUN" and token.tag == "NN":
        known = lexicon()
        return plain(token) not in known["noun"] and plain(token) not in known["title"]
    return is_body(cast, token)


def says(verb: Token) -> bool:
    """Whether a verb is one of saying."""
    return verb.lemma in lexicon()["say"]


def is_body(cast: Cast, token: Token) -> bool:
    """Whether a subject is an organisation, an agency or a state, not a man."""
    if token.pos == "PRON" or token.tag in ("NNS", "NNPS"):
        return False
    word = plain(token)
    if word in lexicon()["noun"] or word in lexicon()["title"]:
        return False
    return (
        cast.labels.get(token.i) in ("ORG", "GPE", "NORP")
        or token.lemma.lower() in lexicon()["group"]
    )


def last_speaker(cast: Cast, sentence: Sentence) -> Token | None:
    """Return the organisation that the sentence before quotes alone."""
    parsed = cast.parsed
    tokens = parsed.tokens[sentence.first : sentence.last]
    said = [
        subject
        for verb in tokens
        if says(verb)
        for subject in parsed.below(verb, *SUBJECTS)
    ]
    return said[0] if len(said) == 1 and is_body(cast, said[0]) else None


def bodied(cast: Cast, token: Token, subject: Token, rule: str) -> Link:
    """Return the link of "it" to the words of an organisation."""
    span = noun_phrase(cast.parsed, subject)
    known = cast.stood.get(subject.i, ("body", (span,)))
    cast.stood[token.i] = known
    return Link(token.span, known[1], Why(rule, span))


def speaker(cast: Cast, n: int, token: Token) -> Link | None:
    """I or we within quotation marks stands for the one speaker of the sentence."""
    parsed = cast.parsed
    sentence = parsed.sentences[n]
    tokens = parsed.tokens[sentence.first : sentence.last]
    quoted = quoted_here(tokens)
    said = [
        subject
        for verb in tokens
        if says(verb) and verb.i not in quoted
        for subject in parsed.below(verb, *SUBJECTS)
        if subject.i not in quoted
    ]
    if len(said) != 1 or said[0].i == token.i:
        return None
    span = noun_phrase(parsed, said[0])
    found = next(
        (m for m in cast.scenes[n] if m.head.i == said[0].i and m.who >= 0), None
    )
    full = cast.people[found.who].best.span if found else span
    return Link(token.span, (full,), Why("coreference.speaker.v1", span))


def quoted_here(tokens: tuple[Token, ...]) -> set[int]:
    """Return the tokens of one sentence that stand between its own quotation marks."""
    marks = [t.i for t in tokens if t.text in QUOTES]
    if len(marks) % 2:
        first, last = tokens[0].i, tokens[-1].i
        marks = (
            [first - 1, *marks] if tokens[0].text not in QUOTES else [*marks, last + 1]
        )
    return {
        i for a, b in zip(marks[::2], marks[1::2], strict=False) for i in range(a, b)
    }
