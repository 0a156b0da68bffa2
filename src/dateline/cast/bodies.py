"""What tells a body's name apart: its words, its letters, the country beside it."""

from collections.abc import Collection, Sequence

from dateline.model import Parsed
from dateline.model.mention import Mention
from dateline.reference import countries

BACK = 3  # mentions before a name among which its country stands


def body_identity(parsed: Parsed, mention: Mention) -> tuple[str, ...]:
    """Return what tells a name apart: a country's code, else its words."""
    if mention.sort == "state":
        known = countries()
        text = " ".join(mention.words)
        row = known.by_name(text) or known.by_demonym(text)
        row = row or known.by_name(text.upper()) or known.by_name(text.title())
        if row:
            return (row.code,)
    filler = parsed.words("cast.filler")
    words = tuple(w for w in mention.words if w not in filler)
    if len(words) == 1 and mention.sort == "people":
        return (singular_people(words[0], parsed.words("cast.plural")),)
    return words or mention.words


def singular_people(word: str, endings: Collection[str]) -> str:
    """Return a people's name without its plural's ending.

    >>> singular_people("turks", ("s",)), singular_people("french", ("s",))
    ('turk', 'french')
    """
    return next((word.removesuffix(e) for e in endings if word.endswith(e)), word)


def initials_without(words: tuple[str, ...], without: Collection[str]) -> str:
    """Return the letters that a name is shortened to, some words left out.

    >>> initials_without(("forest", "liberation", "front"), ())
    'flf'
    """
    return "".join(word[:1] for word in words if word not in without)


def name_after_country(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name with the code of the country that it begins with, () without one.

    >>> name_after_country(("greek", "foreign", "ministry"))
    ('GRC', 'foreign', 'ministry')
    """
    row = countries().by_demonym(words[0].title())
    return (row.answers, *words[1:]) if row and len(words) > 1 else ()


def owner_of_body(mentions: Sequence[Mention], n: int) -> Mention | None:
    """Return the name before a body's that tells whose it is: "Turkey's Parliament"."""
    mention = mentions[n]
    for other in reversed(mentions[max(0, n - BACK) : n]):
        beside = other.last == mention.first and other.grammar.role == "modifier"
        if other.kind == "name" and (other.head == mention.grammar.owner or beside):
            return other
    return None


def country_before_body(parsed: Parsed, n: int) -> str:
    """Return the code of the country told before a body's name, "" where none is."""
    known, owner = countries(), owner_of_body(parsed.mentions, n)
    if owner is not None and owner.sort == "state":
        return body_identity(parsed, owner)[0]
    if owner is not None:
        row = known.by_capital(" ".join(owner.words).title())
    else:
        row = known.by_demonym(" ".join(parsed.mentions[n].told).title())
    return row.answers if row else ""
