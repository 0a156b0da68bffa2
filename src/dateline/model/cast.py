"""The cast of a report: who appears in it, and by which words."""

from dataclasses import dataclass, field
from typing import Literal

from dateline.model.parsed import Link
from dateline.model.text import Span

MemberKind = Literal["person", "group", "state", "body", "place", "thing", "unknown"]


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
    exact: dict[Span, Member] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    ending: dict[int, Member] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

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
