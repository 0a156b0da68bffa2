"""It of an agency or state that says so; I or we of a speaker in a quotation."""

from dateline.language.en.cast import Cast
from dateline.language.en.mentions import SUBJECTS, lexicon, noun_phrase, plain
from dateline.model import Link, Parsed, Sentence, Token, Why

QUOTES = frozenset(('"', "“", "”", "``", "''"))


def it(cast: Cast, n: int, token: Token) -> Link | None:
    """It, told or telling, stands for the agency or state that says so."""
    parsed = cast.parsed
    verb = parsed.tokens[token.head]
    if token.dep not in SUBJECTS or empty(parsed, verb):
        return None
    above = parsed.tokens[verb.head]
    if verb.dep == "ccomp" and says(above):
        subject = next(parsed.below(above, *SUBJECTS), None)
        if subject is not None and subject.i < token.i and is_thing(cast, subject):
            return bodied(cast, token, subject, "coreference.it-says.v1")
    if says(verb) and n > 0 and verb.dep in ("ROOT", "ccomp", "conj"):
        subject = last_speaker(cast, parsed.sentences[n - 1])
        if subject is not None:
            return bodied(cast, token, subject, "coreference.it-said.v1")
    return None


def empty(parsed: Parsed, verb: Token) -> bool:
    """Whether "it" stands for nothing: "it is clear that", "it seems"."""
    if verb.lemma in ("seem", "appear", "rain", "snow", "matter"):
        return True
    if verb.lemma != "be" and not any(parsed.below(verb, "auxpass")):
        return False
    below = [verb, *parsed.below(verb, "acomp", "attr", "oprd")]
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
    return Link(token.span, (span,), Why(rule, span))


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
