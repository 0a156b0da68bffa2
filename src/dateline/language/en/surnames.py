"""Surnames that a tagger misread, known by the full names elsewhere in a report."""

from collections.abc import Iterable, Iterator

from dateline.language.en.naming import Names
from dateline.language.en.people import folded_token
from dateline.model import Parsed, Token
from dateline.model.mention import Mention

SHORTEST = 3  # letters of a surname
SHORT = 4  # letters: a shorter one may be any word, and is one only as grammar tells
HELD = frozenset(
    ("subject", "passive-subject", "object", "dative", "owner", "conjunct")
)
PAST = frozenset(
    ("past", "present-third")
)  # "May said": no verb after a modal is in these forms


class Surnames:
    """The surnames of the people whom a report names in full."""

    def __init__(self, parsed: Parsed, names: Names, found: Iterable[Mention]) -> None:
        """Note the last words of people's full names, and their last two."""
        self.parsed = parsed
        self.names = names
        people = [m.words for m in found if m.sort == "person" and not tied(m)]
        full = [words for words in people if len(words) > 1]
        self.tails = {words[-2:] for words in full}
        self.known = {words[-1] for words in full if len(words[-1]) >= SHORTEST}
        self.called = self.known | {words[0] for words in people if len(words) == 1}

    def again(self, mention: Mention) -> Iterator[Mention]:
        """Yield a name as it is read by who knows the report's people."""
        words, tokens = mention.words, self.parsed.tokens
        last = tokens[mention.last - 1]
        if tied(mention):
            if words not in self.tails and self.called & set(words):
                yield self.names.surname(mention.sentence, tokens[mention.first])
                yield self.names.surname(mention.sentence, last)
                return
        elif self.untold(mention, last) and words[-1] in self.known:
            yield self.names.surname(mention.sentence, last)
            return
        yield mention

    def missed(self, token: Token) -> bool:
        """Whether a word outside all names is one of these surnames."""
        if not token.text[:1].isupper() or folded_token(token) not in self.known:
            return False
        if len(token.text) >= SHORT:
            return True
        if token.form == "modal" and self.parsed.tokens[token.head].form in PAST:
            return True
        return token.form in ("name", "modal") and token.relation in HELD

    def untold(self, mention: Mention, last: Token) -> bool:
        """Whether words are a body's to the tagger, or a title without an article."""
        if last.text.isupper() or folded_token(last) != mention.words[-1]:
            return False
        if mention.kind == "noun":
            return not mention.definite  # "King said", of Senator Ivo King
        return mention.sort in ("body", "")


def tied(mention: Mention) -> bool:
    """Whether a mention is two words joined by a hyphen: "Karlov-Brandt"."""
    length = mention.span.end - mention.span.start
    joined = length == sum(map(len, mention.words)) + 1
    return (len(mention.words), mention.last - mention.first) == (2, 3) and joined
