"""Who is spoken of in a report: names, nouns and pronouns, with their grammar."""

from dateline.language.en.grammar import Sentences
from dateline.language.en.naming import Names
from dateline.language.en.nouns import Nouns
from dateline.language.en.surnames import Surnames
from dateline.model import Parsed
from dateline.model.mention import Mention


def find_mentions(parsed: Parsed) -> tuple[Mention, ...]:
    """Return every mention of somebody, in order of the words that head them."""
    sentences = Sentences(parsed)
    names, nouns = Names(parsed, sentences), Nouns(parsed, sentences)
    found: list[Mention] = []
    read = [(n, s, list(names.of(n, s))) for n, s in enumerate(parsed.sentences)]
    surnames = Surnames(parsed, names, (m for _, _, here in read for m in here))
    for n, sentence, first in read:
        here = [again for m in first for again in surnames.again(m)]
        taken = {i for m in first for i in range(m.first, m.last)}
        for token in parsed.tokens[sentence.first : sentence.last]:
            if token.i in taken:
                continue
            if surnames.missed(token):
                here.append(names.surname(n, token))
            elif (m := nouns.of(n, token)) is not None:
                here.append(m)
        found.extend(sorted(here, key=lambda m: m.last))
    return tuple(found)
