"""Who is spoken of in a report: names, nouns and pronouns, with their grammar."""

from collections.abc import Iterable

from dateline.language.en.grammar import Sentences
from dateline.language.en.lexicon import folded
from dateline.language.en.naming import Names
from dateline.language.en.nouns import Nouns
from dateline.model import Parsed
from dateline.model.mention import Mention

SHORTEST = 4  # letters: a shorter surname may be any word at a sentence's start


def mentions(parsed: Parsed) -> tuple[Mention, ...]:
    """Return every mention of somebody, in order of the words that head them."""
    sentences = Sentences(parsed)
    names, nouns = Names(parsed, sentences), Nouns(parsed, sentences)
    found: list[Mention] = []
    read = [(n, s, list(names.of(n, s))) for n, s in enumerate(parsed.sentences)]
    known = surnames(m for _, _, here in read for m in here)
    for n, sentence, here in read:
        taken = {i for m in here for i in range(m.first, m.last)}
        for token in parsed.tokens[sentence.first : sentence.last]:
            if token.i in taken:
                continue
            if token.text[:1].isupper() and folded(token) in known:
                here.append(names.surname(n, token))
            elif (m := nouns.of(n, token)) is not None:
                here.append(m)
        found.extend(sorted(here, key=lambda m: m.last))
    return tuple(found)


def surnames(names: Iterable[Mention]) -> frozenset[str]:
    """Return the last words of people's full names: a parser may miss them alone."""
    return frozenset(
        m.words[-1]
        for m in names
        if m.sort == "person" and len(m.words) > 1 and len(m.words[-1]) >= SHORTEST
    )
