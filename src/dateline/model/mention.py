"""Who is spoken of where, and what the grammar says of those words."""

from dataclasses import dataclass
from typing import Literal

from dateline.model.text import Span

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
