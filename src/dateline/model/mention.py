"""Who is spoken of where, what the grammar says of those words, and who that is."""

from dataclasses import dataclass, field
from typing import Literal

from dateline.model.answers import Why
from dateline.model.text import Span

MemberKind = Literal["person", "group", "state", "body", "place", "thing", "unknown"]
Kind = Literal["name", "noun", "pronoun"]
Sort = Literal["person", "people", "body", "state", "place", "thing", ""]
Role = Literal[
    "subject",
    "passive",
    "object",
    "dative",
    "agent",
    "oblique",
    "owner",
    "modifier",
    "predicate",
    "other",
]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The place of a mention in its sentence, as the parser sees it.

    `clauses` are the tokens of the verbs above, nearest first; `main` tells that the
    nearest is the sentence's own. `same` is the token of the word beside it that is
    the same one (an apposition, whom "who" stands for), `first` the token that opens
    the list in which it stands, `owner` the token whose it is; each -1 where none is.
    """

    role: Role
    clauses: tuple[int, ...] = ()
    main: bool = False
    verb: str = ""
    says: bool = False
    idle: bool = False
    quoted: bool = False
    depth: int = 0
    before: str = ""
    same: int = -1
    first: int = -1
    owner: int = -1


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name, describe or stand for somebody: tokens `first` up to `last`.

    `words` are the folded words of a name, the base form of a noun, or the class of a
    pronoun; `titles` stand with a name, `told` before a noun ("armed" men). `sort` is
    what it can be, "" where nobody knows; `many` tells plural from singular, `count`
    how many it says they are (0: not told). `definite` is "the", "a", "own" (its
    own, himself) or "".
    """

    span: Span
    first: int
    last: int
    head: int
    sentence: int
    kind: Kind
    sort: Sort
    words: tuple[str, ...]
    grammar: Grammar
    titles: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    label: str = ""
    gender: str = ""
    many: bool = False
    count: int = 0
    definite: str = ""
    named: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A later mention and the words it stands for (several for "the two leaders").

    `sure` is how likely it is that it stands for them. A `faint` link is not sure
    enough to be told: it only weighs with other evidence.
    """

    mention: Span
    antecedents: tuple[Span, ...]
    why: Why
    sure: float = 1.0
    faint: bool = False

    @property
    def of_name(self) -> bool:
        """Whether the mention is a short form of a name told in full."""
        return self.why.rule.startswith("cast.name.")

    @property
    def counted(self) -> bool:
        """Whether the mention surely stands for several, or for one told of two."""
        several = self.why.rule.startswith("cast.several.")
        return not self.faint and (several or len(self.antecedents) > 1)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who appears in a report: `name` are the words that tell most.

    `mentions` are all words for this member in text order, pronouns included;
    `named` tells whether any of them is a name.
    """

    name: Span
    kind: MemberKind
    mentions: tuple[Span, ...]
    named: bool = False


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who appears in a report, and which later words stand for whom.

    `whom` is, for each of the report's mentions, the number of its member, -1 where
    nobody can tell.
    """

    members: tuple[Member, ...] = ()
    links: tuple[Link, ...] = ()
    whom: tuple[int, ...] = ()
    exact: dict[Span, Member] = field(default_factory=dict, init=False, compare=False, repr=False)
    ending: dict[int, Member] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Note whom words mean, the first member first, and by where they end."""
        for member in self.members:
            for words in member.mentions:
                self.exact.setdefault(words, member)
                self.ending.setdefault(words.end, member)

    def member(self, words: Span) -> Member | None:
        """Return the member whom words mean: exactly these, else those they end with.

        >>> one = Member(Span(0, 3), "state", (Span(0, 3), Span(10, 12)))
        >>> Cast((one,)).member(Span(7, 12)) is one
        True
        """
        return self.exact.get(words) or self.ending.get(words.end)
