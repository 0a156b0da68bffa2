"""The mentions of a report as columns of numbers, and what speaks for each pair."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import get_args

import numpy as np
import numpy.typing as npt

from dateline.model import Parsed
from dateline.model.mention import Mention, Role
from dateline.nlp.coref.names import Figures

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
Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
NEAR = 40  # mentions before one that it may stand for
FAR = 16  # of the figures most often named: they may be further back
BACK = 400  # mentions back that are looked through at all
AHEAD = 6  # names after a noun that may tell who it was
MOST = 2048  # pairs of one block
REACH = 2  # sentences that a noun looks ahead
BOUNDS = np.array([0, 1, 2, 3, 4, 6, 11], np.int32)
THING, BODY = SORTS.index("thing"), SORTS.index("body")
IT, THEY = PRONOUNS.index("it"), PRONOUNS.index("they")
PERSON = SORTS.index("person")


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


def mention_columns(parsed: Parsed, mentions: Sequence[Mention], figures: Figures) -> Columns:
    """Return the mentions of a report as columns."""
    paragraphs, at, end = [], 0, 0
    for sentence in parsed.sentences:
        at += end > 0 and "\n" in parsed.text[end : sentence.span.start]
        paragraphs.append(at)
        end = sentence.span.end
    who = [figures.whose.get(n, -1) for n in range(len(mentions))]
    placing = parsed.words("cast.place-before")
    rows = [mention_row(m, paragraphs[m.sentence], placing) for m in mentions]
    table = np.array(rows, np.int32).reshape(len(rows), -1)
    for n, known in enumerate(who):
        if known >= 0:  # a name is of the sort and gender that the whole report tells
            figure = figures.figures[known]
            table[n, 1] = SORT[figure.sort]
            table[n, 2] = SEX[figure.gender]
    subject = np.isin(table[:, 3], SUBJECTS)
    acted = [last_naming(who, subject & (main > 0)) for main in (1, table[:, 18])]
    told = {name: table[:, n] for n, name in enumerate(NAMES)}
    told["clauses"] = table[:, len(NAMES) :]
    seen, often, following = (np.array(each, np.int32) for each in count_namings(who))
    told |= {"seen": seen, "often": often, "next": following}
    told |= {"acted": acted[0], "led": acted[1]}
    return Columns(who=np.array(who, np.int32), **told)


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


def count_namings(who: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    """Return how often each name's figure was named up to there, in all, and its next.

    The next name of the same figure is far off where none is.
    """
    told: dict[int, int] = {}
    last: dict[int, int] = {}
    seen, following = [0] * len(who), [NEVER] * len(who)
    for n, known in enumerate(who):
        if known >= 0:
            seen[n] = told[known] = told.get(known, 0) + 1
            if known in last:
                following[last[known]] = n
            last[known] = n
    often = [told[known] if known >= 0 else 0 for known in who]
    return seen, often, following


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


@lru_cache(maxsize=16384)
def number_of_word(word: str) -> int:
    """Return a word as a number, the same on every machine."""
    digest = blake2b(word.encode("utf-8", "replace"), digest_size=4).digest()
    return int.from_bytes(digest, "little") & 0x7FFFFFFF


def resolvable(columns: Columns) -> Ints:
    """Return the mentions that may stand for another: pronouns and open nouns."""
    noun = (columns.form == NOUN) & (columns.sort != THING) & (columns.named == 0)
    who = columns.form == PRONOUNS.index("who")
    pronoun = (columns.form < NOUN) & ~who
    return np.flatnonzero(noun | pronoun).astype(np.int32)


def candidate_pairs(columns: Columns, figures: Figures, asked: Ints) -> tuple[Ints, Ints]:
    """Return pairs (later mention, candidate) for the mentions asked, in order."""
    c = columns
    free = np.flatnonzero(c.form != PRONOUNS.index("who"))
    # How many figures the report names more often than that of each name.
    counts = np.array([len(f.mentions) for f in figures.figures], np.int32)
    places = np.empty(len(counts), np.int32)
    places[np.argsort(-counts, kind="stable")] = np.arange(len(counts))
    rank = np.full(len(c.who), len(counts), np.int32)
    rank[c.who >= 0] = places[c.who[c.who >= 0]]
    bodies = np.isin(c.role, SUBJECTS) & (c.sort == BODY)
    # "The North's news agency said so. It said …" is the agency, never the North.
    owners = np.isin(c.head, c.owner[bodies & (c.says == 1) & (c.owner >= 0)])
    # One person, named in no list, is never "they".
    one_person = (c.sort == PERSON) & (c.many == 0) & (c.list < 0)
    acting: dict[int, list[int]] = {}  # where the bodies end that act in a clause
    for k in np.flatnonzero(bodies & (c.clauses[:, 0] >= 0)).tolist():
        acting.setdefault(int(c.clauses[k, 0]), []).append(int(c.last[k]))
    later, chosen = [], []
    asked_forms = zip(asked.tolist(), c.form[asked].tolist(), strict=True)
    for (n, form), at in zip(asked_forms, free.searchsorted(asked), strict=True):
        low = max(0, at - BACK)
        before = free[low:at]
        name = c.who[before] >= 0
        last = c.next[before] >= n
        near = np.arange(low, at) >= at - NEAR
        found = before[np.where(name, last & (near | (rank[before] < FAR)), near)]
        if form == IT:
            if ends := acting.get(int(c.clauses[n, 0])):
                # They only place the body that acts, and are not "its": "the embassy
                # in Nairobi warned its citizens" means those of the embassy.
                behind = [end + step for end in ends for step in (1, 2)]
                seats = (c.placed[found] == 1) & np.isin(c.first[found], behind)
                found = found[~seats]
            if c.says[n]:
                found = found[~owners[found]]
        elif form == THEY:
            found = found[~one_person[found]]
        elif form == NOUN:
            after = free[at + 1 : at + 1 + 3 * AHEAD]
            near = c.sentence[after] - c.sentence[n] <= REACH
            names = after[near & (c.form[after] == NAME)][:AHEAD]
            found = np.concatenate([found, names])
        chosen.append(found)
        later.append(len(found))
    if not later:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    return asked.repeat(later), np.concatenate(chosen).astype(np.int32)


def hot(values: Ints, size: int) -> Floats:
    """Return one column a value, 1 where it holds."""
    out = np.zeros((len(values), size), np.float32)
    out[np.arange(len(values)), values] = 1
    return out


def own_figures(c: Columns) -> Floats:
    """Return what a mention tells of itself, one row a mention."""
    flags = np.stack(
        [
            c.many,
            c.says,
            c.idle,
            c.quoted,
            c.main,
            c.sentence == 0,
            c.sentence <= 2,
            c.count > 0,
            c.placed,
            np.minimum(c.depth, 5) / 5,
            c.owner >= 0,
            c.list >= 0,
            c.named,
        ],
        1,
    ).astype(np.float32)
    return np.concatenate(
        [
            hot(c.form, NAME + 1),
            hot(c.sort, len(SORTS)),
            hot(c.role, len(ROLES)),
            hot(c.sure, len(SURE)),
            hot(c.sex, 3),
            flags,
        ],
        1,
    )


def agreement_figures(c: Columns, i: Ints, j: Ints) -> Floats:
    """Return how far gender, number and sort of two mentions go together."""
    sexes = (c.sex[i] > 0) & (c.sex[j] > 0)
    sorts = (c.sort[i] > 0) & (c.sort[j] > 0)
    alike = c.sort[i] == c.sort[j]
    group = np.isin(c.sort[j], (2, 3, 4))
    columns = [
        sexes & (c.sex[i] == c.sex[j]),
        sexes & (c.sex[i] != c.sex[j]),
        c.many[i] == c.many[j],
        (c.many[i] == 1) & (c.many[j] == 0),
        sorts & alike,
        sorts & ~alike,
        (c.many[i] == 1) & group,
        (c.many[i] == 1) & (c.many[j] == 0) & (c.list[j] >= 0),
    ]
    return np.stack(columns, 1).astype(np.float32)


def distance_figures(c: Columns, i: Ints, j: Ints, rank: Ints) -> Floats:
    """Return how far two mentions stand from one another."""
    back = c.sentence[i] - c.sentence[j]
    step = np.searchsorted(BOUNDS, np.maximum(back, 0), side="right") - 1
    gap = np.log1p(np.maximum(i - j, 0)) / 4
    rest = [gap, back < 0, i < j, c.paragraph[i] == c.paragraph[j]]
    rest += [c.paragraph[i] - c.paragraph[j] == 1, np.log1p(rank) / 3, rank == 0]
    return np.concatenate([hot(step, len(BOUNDS)), np.stack(rest, 1).astype(np.float32)], 1)


def built(c: Columns, i: Ints, j: Ints) -> Floats:
    """Return how the grammar joins two mentions, or forbids them to be one."""
    subject = np.isin(c.role[j], SUBJECTS)
    core_i, core_j = c.role[i] < 5, c.role[j] < 5
    own_clause = c.clauses[j, 0]
    together = (own_clause >= 0) & (own_clause == c.clauses[i, 0])
    above = (own_clause[:, None] == c.clauses[i, 1:]).any(1) & (own_clause >= 0)
    speaks = subject & (c.says[j] == 1) & (c.quoted[j] == 0)
    near = np.abs(c.sentence[i] - c.sentence[j]) <= 1
    columns = [
        together,
        together & core_i & core_j,
        together & core_j & subject,
        above,
        above & subject,
        subject & (c.main[j] == 1),
        c.role[i] == c.role[j],
        c.same[i] == c.head[j],
        c.same[j] == c.head[i],
        c.owner[i] == c.head[j],
        c.owner[j] == c.head[i],
        (c.first[i] <= c.head[j]) & (c.head[j] < c.last[i]),
        (c.first[j] <= c.head[i]) & (c.head[i] < c.last[j]),
        (c.list[i] >= 0) & (c.list[i] == c.list[j]),
        c.verb[i] == c.verb[j],
        (c.says[i] == 1) & (c.says[j] == 1),
        speaks & (c.quoted[i] == 1) & near,
        speaks & (c.quoted[i] == 1) & near & (c.sentence[i] == c.sentence[j]),
        (c.quoted[i] == 1) & (c.quoted[j] == 1),
        (c.quoted[i] == 0) & (c.quoted[j] == 1),
        (c.form[i] == c.form[j]) & (c.form[i] < NOUN),
    ]
    return np.stack(columns, 1).astype(np.float32)


class Words:
    """What the words of two mentions have in common, looked up figure by figure."""

    def __init__(self, mentions: Sequence[Mention], figures: Figures) -> None:
        """Gather the words and titles by which each figure is called."""
        self.mentions = mentions
        self.called = [
            frozenset(w for n in f.mentions for w in mentions[n].words) for f in figures.figures
        ]
        self.titled = [frozenset(f.titles) for f in figures.figures]
        self.told = [frozenset(m.told) for m in mentions]

    def of(self, c: Columns, i: Ints, j: Ints) -> Floats:
        """Return what is the same of the words of each pair."""
        out = np.zeros((len(i), 6), np.float32)
        noun = c.form[i] == NOUN
        out[:, 0] = noun & (c.form[j] == NOUN) & (c.word[i] == c.word[j])
        out[:, 1] = (c.count[i] > 0) & (c.count[i] == c.count[j])
        todo = np.flatnonzero(noun)
        rows = (todo, i[todo], j[todo], c.who[j[todo]])
        for k, a, b, who in zip(*(part.tolist() for part in rows), strict=True):
            word = self.mentions[a].words[-1]
            if who >= 0:
                out[k, 2] = word in self.called[who]
                out[k, 3] = word in self.titled[who]
                continue
            if self.told[a]:
                out[k, 4] = bool(self.told[a] & self.told[b])
                out[k, 5] = not self.told[a] <= self.told[b]
        return out


def salient(c: Columns, i: Ints, j: Ints) -> Floats:
    """Return how much a report speaks of the one whom a candidate names."""
    often, seen = c.often[j], c.seen[j]
    most = c.often.max(initial=1)
    columns = [
        np.log1p(often) / 3,
        np.log1p(seen) / 3,
        often / most,
        often == most,
        (c.sentence[j] == 0) & (c.who[j] >= 0),
        (often > 0) & (often == 1),
    ]
    for recent in (c.acted[j], c.led[j]):
        back = np.where(recent >= 0, c.sentence[i] - c.sentence[recent], 99)
        columns += [back == 0, back == 1, back == 2, (back > 2) & (back < 99)]
    return np.stack(columns, 1).astype(np.float32)


def count_between(c: Columns, i: Ints, j: Ints) -> Ints:
    """Return how many fitting candidates stand between, one count a pair."""
    clash = (c.sex[i] > 0) & (c.sex[j] > 0) & (c.sex[i] != c.sex[j])
    he = np.isin(c.form[i], (0, 1, 5))
    person = np.isin(c.sort[j], (0, 1))
    group = np.isin(c.sort[j], (0, 2, 3, 4))
    it = np.isin(c.form[i], (2, 3, 4))
    noun = (c.form[i] == NOUN) & (c.sort[i] == c.sort[j])
    fits = ((he & person) | (it & group) | noun) & ~clash & (j < i)
    total = np.cumsum(fits)
    start = np.flatnonzero(np.diff(i, prepend=-1))
    ends = np.append(start[1:], len(i)) - 1
    whole = np.repeat(total[ends], np.diff(np.append(start, len(i))))
    out: Ints = np.minimum(whole - total, 20).astype(np.int32)
    return out


def blocks_of_pairs(size: int, most: int = MOST) -> Iterator[slice]:
    """Yield the pairs of a report in even blocks, what is left over in the last.

    Matrices of these sizes are multiplied row by row as one of all rows is.

    >>> list(blocks_of_pairs(21, 8))
    [slice(0, 8, None), slice(8, 21, None)]
    """
    lows = range(0, max(size - most, 0) + 1, most)
    yield from (slice(low, low + most) for low in lows[:-1])
    yield slice(lows[-1], size)


def pair_features(
    c: Columns, own: Floats, words: Words, pairs: tuple[Ints, Ints], between: Ints
) -> Floats:
    """Return one row of numbers for each pair.

    `own` are the figures of all mentions, `between` what `count_between` says of these
    pairs among all of the report.
    """
    i, j = pairs
    parts = [
        own.take(i, axis=0),
        own.take(j, axis=0),
        agreement_figures(c, i, j),
        distance_figures(c, i, j, between),
    ]
    parts += [built(c, i, j), words.of(c, i, j), salient(c, i, j)]
    return np.concatenate(parts, 1)
