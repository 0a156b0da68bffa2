"""The mentions of a report as columns of numbers, for all pairs at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import get_args

import numpy as np
import numpy.typing as npt

from dateline.cast.names import Figures
from dateline.model import Parsed
from dateline.model.mention import Mention, Role

Ints = npt.NDArray[np.int32]
PRONOUNS = ("he", "she", "it", "they", "we", "i", "you", "who", "both")
NOUN, NAME = len(PRONOUNS), len(PRONOUNS) + 1
SORTS = ("", "person", "people", "body", "state", "place", "thing")
ROLES: tuple[str, ...] = get_args(Role)
SEXES = ("", "he", "she")
SURE = ("", "the", "a", "own")
SUBJECTS = (ROLES.index("subject"), ROLES.index("passive"))
NEVER = 2**31 - 1
NAMES = tuple(
    """form sort sex role sure sentence paragraph depth head first last same list owner
    verb word count many main says idle quoted placed named""".split()
)
ABOVE = 4  # clauses above a mention that are looked at
FORM = {name: n for n, name in enumerate(PRONOUNS)}
SORT = {name: n for n, name in enumerate(SORTS)}
ROLE = {name: n for n, name in enumerate(ROLES)}
SEX = {name: n for n, name in enumerate(SEXES)}


@dataclass(frozen=True, slots=True)
class Columns:
    """One row a mention; `flags` holds what is true or false, `words` the folded heads.

    `who` is the number of the figure whom a name names, -1 for nouns and pronouns;
    `seen` how often that figure was named up to here, `often` in all; `next` is its
    next name, `acted` the last one that was a subject up to here, `led` of a main verb.
    """

    form: Ints
    sort: Ints
    sex: Ints
    role: Ints
    sure: Ints
    who: Ints
    seen: Ints
    often: Ints
    next: Ints
    acted: Ints
    led: Ints
    sentence: Ints
    paragraph: Ints
    depth: Ints
    head: Ints
    first: Ints
    last: Ints
    same: Ints
    list: Ints
    owner: Ints
    clauses: Ints
    verb: Ints
    word: Ints
    count: Ints
    many: Ints
    main: Ints
    says: Ints
    idle: Ints
    quoted: Ints
    placed: Ints
    named: Ints


def mention_columns(
    parsed: Parsed, mentions: Sequence[Mention], figures: Figures
) -> Columns:
    """Return the mentions of a report as columns."""
    paragraphs = paragraphs_of(parsed)
    who = [figures.whose.get(n, -1) for n in range(len(mentions))]
    placing = parsed.words("cast.place-before")
    rows = [mention_row(m, paragraphs[m.sentence], placing) for m in mentions]
    table = np.array(rows, np.int32).reshape(len(rows), -1)
    mine = np.array(who, np.int32)
    learn_from_names(table, who, figures)
    seen, often = count_namings(who)
    subject = np.isin(table[:, 3], SUBJECTS)
    acted = [last_naming(who, subject & (main > 0)) for main in (1, table[:, 18])]
    told = {name: table[:, n] for n, name in enumerate(NAMES)}
    told["clauses"] = table[:, len(NAMES) :]
    told |= {"next": next_naming(who), "acted": acted[0], "led": acted[1]}
    return Columns(who=mine, seen=seen, often=often, **told)


def mention_row(m: Mention, paragraph: int, placing: frozenset[str]) -> tuple[int, ...]:
    """Return the numbers of one mention, which words of `placing` place."""
    g = m.grammar
    form = FORM[m.words[0]] if m.kind == "pronoun" else NOUN + (m.kind == "name")
    above = (*g.clauses[:ABOVE], *(-1 for _ in range(ABOVE - len(g.clauses))))
    return (
        form,
        SORT[m.sort],
        SEX[m.gender],
        ROLE[g.role],
        SURE.index(m.definite),
        m.sentence,
        paragraph,
        g.depth,
        m.head,
        m.first,
        m.last,
        g.same,
        g.first,
        g.owner,
        number_of_word(g.verb),
        number_of_word(m.words[-1]),
        m.count,
        m.many,
        g.main,
        g.says,
        g.idle,
        g.quoted,
        g.before in placing,
        m.named,
        *above,
    )


def learn_from_names(table: Ints, who: Sequence[int], figures: Figures) -> None:
    """Give every name the sort and gender that the whole report tells of its figure."""
    for n, known in enumerate(who):
        if known >= 0:
            figure = figures.figures[known]
            table[n, 1] = SORT[figure.sort]
            table[n, 2] = SEX[figure.gender]


def count_namings(who: Sequence[int]) -> tuple[Ints, Ints]:
    """Return how often each name's figure was named up to there, and in all."""
    told: dict[int, int] = {}
    seen = []
    for known in who:
        told[known] = told.get(known, 0) + 1
        seen.append(told[known] if known >= 0 else 0)
    often = [told[known] if known >= 0 else 0 for known in who]
    return np.array(seen, np.int32), np.array(often, np.int32)


def next_naming(who: Sequence[int]) -> Ints:
    """Return for each name the next one of the same figure, far off where none is."""
    found = np.full(len(who), NEVER, np.int32)
    last: dict[int, int] = {}
    for n in range(len(who) - 1, -1, -1):
        if who[n] >= 0:
            found[n] = last.get(who[n], NEVER)
            last[who[n]] = n
    return found


def last_naming(who: Sequence[int], holds: npt.NDArray[np.bool_]) -> Ints:
    """Return for each name the last one of its figure up to it of which `holds`."""
    found = np.full(len(who), -1, np.int32)
    last: dict[int, int] = {}
    for n, known in enumerate(who):
        if holds[n]:
            last[known] = n
        if known >= 0:
            found[n] = last.get(known, -1)
        elif holds[n]:
            found[n] = n
    return found


def paragraphs_of(parsed: Parsed) -> list[int]:
    """Return the paragraph of each sentence."""
    found, at = [], 0
    for n, sentence in enumerate(parsed.sentences):
        if n:
            between = parsed.text[
                parsed.sentences[n - 1].span.end : sentence.span.start
            ]
            at += "\n" in between
        found.append(at)
    return found


@lru_cache(maxsize=16384)
def number_of_word(word: str) -> int:
    """Return a word as a number, the same on every machine."""
    digest = blake2b(word.encode("utf-8", "replace"), digest_size=4).digest()
    return int.from_bytes(digest, "little") & 0x7FFFFFFF
