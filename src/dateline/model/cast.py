"""The cast of a report: who appears in it, and by which words."""

from dataclasses import dataclass
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

    def member(self, words: Span) -> Member | None:
        """Return the member whom words mean: exactly these, else those they end with.

        >>> one = Member(Span(0, 3), "state", (Span(0, 3), Span(10, 12)))
        >>> Cast((one,)).member(Span(7, 12)) is one
        True
        """
        ending = None
        for member in self.members:
            if words in member.mentions:
                return member
            if ending is None and any(m.end == words.end for m in member.mentions):
                ending = member
        return ending
