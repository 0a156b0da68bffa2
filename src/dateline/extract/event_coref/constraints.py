"""What two event mentions say that one event cannot have: attribute by attribute.

Nine attributes are compared: party, role, place, day, status, polarity, number, name and
type. Each comparison gives `SAME`, `COMPATIBLE`, `UNKNOWN` or `CONFLICT`. Only an answer
that a report itself gives with confidence can conflict: no guess, no answer filled in
from another sentence or from the day of publication. A conflict forbids the pair, however
alike its words are, since wire reports of different events share whole sentences.
"""

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.extract.event_coref.identity import (
    DATE_WORD,
    GROUP,
    HUMAN,
    ISO,
    KIND_BITS,
    KNOWN,
    MONEY,
    NAME_WORD,
    NAMED,
    NUMBER_WORD,
    OF_STATE,
    OPPOSED,
    PARTY_WORD,
    POLARITY,
    TRIGGER_WORD,
)
from dateline.extract.event_coref.mention_table import AT, Columns

CONFLICT, UNKNOWN, COMPATIBLE, SAME = range(4)
ATTRIBUTES = ("party", "role", "place", "day", "status", "polarity", "number", "name", "type")
SIDE_CONFIDENCE = 75  # percent from which on a side of a claim counts as known
TYPE_CONFIDENCE = 50  # percent from which on the type of a claim counts as known
UNRELATED = -6.0  # log-odds of two types of act within a report, as learned
DAY_PLAY = 1  # days that time zones and "overnight" give
FAR = 25.0  # kilometres: a town and what lies in it
EARTH = 6371.0
TEMPLATE = 0.6  # share of words in common from which on sentences are laid side by side
MONEY_PLAY = 10  # hundredths of a natural logarithm: rounding of a sum
EXCHANGED = (NUMBER_WORD, NAME_WORD, DATE_WORD, PARTY_WORD, TRIGGER_WORD)
Index = NDArray[np.integer[Any]]
Level = NDArray[np.int8]
Truth = NDArray[np.bool_]


def conflicts(rows: Columns, type_odds: Any, one: Index, two: Index) -> Truth:
    """Return whether any attribute of each pair of rows conflicts.

    `type_odds` is how far two types of act go together, by their numbers, as learned.
    """
    levels = compare_attributes(rows, type_odds, one, two)
    found = np.zeros(len(one), np.bool_)
    for level in levels.values():
        found |= level == CONFLICT
    return found


def compare_attributes(rows: Columns, type_odds: Any, one: Index, two: Index) -> dict[str, Level]:
    """Return how each attribute of the pairs compares: a level a pair for each name."""
    party, role = compare_parties(rows, one, two)
    templates = compare_templates(rows, one, two)
    number, name, day = (templates[kind] for kind in (NUMBER_WORD, NAME_WORD, DATE_WORD))
    types = compare_types(rows, type_odds, one, two)
    other_act = (templates[TRIGGER_WORD] == CONFLICT) & (types != SAME)
    return {
        "party": joined_levels(party, templates[PARTY_WORD]),
        "role": role,
        "place": compare_places(rows, one, two),
        "day": joined_levels(compare_days(rows, one, two), day),
        "status": compare_status(rows, one, two),
        "polarity": compare_facts(rows, one, two, POLARITY),
        "number": joined_levels(
            *(compare_facts(rows, one, two, f) for f in (NUMBER_WORD, MONEY)), number
        ),
        "name": joined_levels(compare_facts(rows, one, two, NAME_WORD), name),
        "type": np.where(other_act, np.int8(CONFLICT), types),
    }


def joined_levels(*levels: Level) -> Level:
    """Return a level for several readings of one attribute: a conflict, or the most known."""
    every = np.stack(levels)
    return np.where((every == CONFLICT).any(0), CONFLICT, every.max(0)).astype(np.int8)


def first_conflict(rows: Columns, type_odds: Any, one: int, two: int) -> str:
    """Return the first attribute by which two rows conflict, "" for none."""
    ends = np.array([one], np.intp), np.array([two], np.intp)
    levels = compare_attributes(rows, type_odds, *ends)
    return next((name for name in ATTRIBUTES if levels[name][0] == CONFLICT), "")


def compare_parties(rows: Columns, one: Index, two: Index) -> tuple[Level, Level]:
    """Return how the parties of each pair compare, and whether their roles are swapped.

    Of acts that go one way actors are compared with actors and recipients with
    recipients; of what two do together all with all.
    """
    actors, recipients = (compare_sides(rows, one, two, s, s) for s in (0, 1))
    over, back = (compare_sides(rows, one, two, 0, 1), compare_sides(rows, one, two, 1, 0))
    a, b = rows.plain[one], rows.plain[two]
    mutual = ((a[:, AT["joint"]] > 0) & (b[:, AT["joint"]] > 0)) | (
        (a[:, AT["mutual"]] + b[:, AT["mutual"]]) > 0
    )
    swapped = ~mutual & (over == SAME) & (back == SAME)
    swapped &= (actors == CONFLICT) & (recipients == CONFLICT)
    apart = (actors == CONFLICT) | (recipients == CONFLICT)
    crossed = np.maximum(over, back) >= COMPATIBLE
    apart = np.where(mutual, apart & ~crossed, apart)
    apart |= mutual & each_has_another(rows, one, two)
    level = np.minimum(actors, recipients)
    level = np.where((level == CONFLICT) & ~apart, COMPATIBLE, level)
    level = np.where(apart & ~swapped, CONFLICT, np.maximum(level, UNKNOWN))
    role = np.where(
        swapped, CONFLICT, np.where(np.minimum(actors, recipients) == SAME, SAME, UNKNOWN)
    )
    return level.astype(np.int8), role.astype(np.int8)


def compare_sides(rows: Columns, one: Index, two: Index, side: int, other: int) -> Level:
    """Return how one side of the first row of each pair compares with one of the second.

    A side conflicts where each of its parties is known and conflicts with each of the
    other's; one party in common is enough for the sides to go together.
    """
    confident = rows.plain[:, [AT["actor sure"], AT["recipient sure"]]] >= SIDE_CONFIDENCE
    p, q = rows.who[one, side], rows.who[two, other]
    x, y = rows.parties[one, side], rows.parties[two, other]
    level = compare_party(x[:, :, None], p[:, :, None], y[:, None], q[:, None])
    on = (p[:, :, None, 0] != 0) & (q[:, None, :, 0] != 0)
    best = np.where(on, level, -1).max((1, 2))
    vague = (on & (level == UNKNOWN)).any((1, 2))
    best = np.where(best < 0, UNKNOWN, best)
    best = np.where(vague & (best < COMPATIBLE), UNKNOWN, best)
    unsure = ~(confident[one, side] & confident[two, other])
    return np.where(unsure & (best == CONFLICT), UNKNOWN, best).astype(np.int8)


def compare_party(x: Any, p: Any, y: Any, q: Any) -> Level:
    """Return how pairs of parties compare; arrays broadcast against each other.

    `x`, `y` hold entity, name, country and sectors, `p`, `q` flags and words of names.
    """
    both = p[..., 0] & q[..., 0]
    either = p[..., 0] | q[..., 0]
    known = (both & KNOWN) > 0
    entity = (x[..., 0] == y[..., 0]) & (x[..., 0] > 0)
    name = (x[..., 1] == y[..., 1]) & (x[..., 1] > 0)
    named = (both & NAMED) > 0
    words, others = p[..., 1:], q[..., 1:]
    met = (words[..., :, None] == others[..., None, :]) & (words[..., :, None] > 0)
    inside = (met.any(-1) | (words == 0)).all(-1) | (met.any(-2) | (others == 0)).all(-1)
    last = (words[..., -1] == others[..., -1]) & (words[..., -1] > 0)
    akin = inside | (last & ((both & HUMAN) > 0))
    lands = (x[..., 2] > 0) & (y[..., 2] > 0)
    land = x[..., 2] == y[..., 2]
    states = (both & ISO) > 0
    # people, groups and firms are told apart by their names, states by their countries
    one_kind = ((both & HUMAN) > 0) | ((both & GROUP) > 0)
    one_kind |= ((either & (HUMAN | ISO)) == 0) & (x[..., 0] == 0) & (y[..., 0] == 0)
    other_name = named & one_kind & ~akin
    other_land = known & states & lands & ~land
    foes = (either & OF_STATE > 0) & (either & OPPOSED > 0) & (both & OF_STATE == 0)
    foes &= (both & OPPOSED == 0) & known & land
    conflict = (other_land & ~name) | foes | other_name
    same = entity | name | (named & akin & one_kind)
    close = lands & land
    level = np.where(close, COMPATIBLE, UNKNOWN)
    level = np.where(conflict, CONFLICT, level)
    plain_state = close & ((both & OF_STATE) > 0) & ~((either & HUMAN) > 0)
    level = np.where(same | (plain_state & ~conflict), SAME, level)
    return np.asarray(level, np.int8)


def each_has_another(rows: Columns, one: Index, two: Index) -> Truth:
    """Return whether each of two joint acts has a known country that the other lacks."""
    flags = rows.who[..., 0]
    known = (flags & KNOWN > 0) & (flags & ISO > 0)
    lands = np.where(known, rows.parties[..., 2], 0).reshape(len(flags), -1)
    a, b = lands[one], lands[two]
    met = (a[:, :, None] == b[:, None, :]) & (a[:, :, None] > 0)
    alone = ((a > 0) & ~met.any(2)).any(1) & ((b > 0) & ~met.any(1)).any(1)
    sure = rows.plain[:, AT["actor sure"]] >= SIDE_CONFIDENCE
    return np.asarray(alone & sure[one] & sure[two])


def compare_places(rows: Columns, one: Index, two: Index) -> Level:
    """Return how the places of each pair compare, where their own sentences name them."""
    a, b = rows.plain[one], rows.plain[two]
    stated = (a[:, AT["placed"]] > 0) & (b[:, AT["placed"]] > 0)
    exact = (a[:, AT["exact"]] > 0) & (b[:, AT["exact"]] > 0)
    same = (a[:, AT["place"]] == b[:, AT["place"]]) & (a[:, AT["country"]] == b[:, AT["country"]])
    lands = (a[:, AT["country"]] > 0) & (b[:, AT["country"]] > 0)
    abroad = lands & (a[:, AT["country"]] != b[:, AT["country"]])
    area = (a[:, AT["admin1"]] > 0) & (b[:, AT["admin1"]] > 0)
    province = area & (a[:, AT["admin1"]] != b[:, AT["admin1"]])
    far = kilometres(rows.spot[one], rows.spot[two]) > FAR
    apart = stated & (abroad | (province & far) | (exact & far)) & ~same
    level = np.where(stated & same, SAME, np.where(stated, COMPATIBLE, UNKNOWN))
    return np.where(apart, CONFLICT, level).astype(np.int8)


def kilometres(one: Any, two: Any) -> Any:
    """Return the distance of points given as latitude and longitude; nan unknown."""
    lat, lon = np.radians(one.astype(np.float64)).T
    lat_b, lon_b = np.radians(two.astype(np.float64)).T
    bow = np.sin((lat - lat_b) / 2) ** 2
    bow += np.cos(lat) * np.cos(lat_b) * np.sin((lon - lon_b) / 2) ** 2
    return 2 * EARTH * np.arcsin(np.sqrt(np.minimum(bow, 1)))


def compare_days(rows: Columns, one: Index, two: Index) -> Level:
    """Return how the stated days of each pair compare; a day of publication is none."""
    a, b = rows.plain[one], rows.plain[two]
    first, last = AT["stated first"], AT["stated last"]
    stated = (a[:, first] > 0) & (b[:, first] > 0)
    gap = np.maximum(b[:, first] - a[:, last], a[:, first] - b[:, last])
    same = (a[:, first] == b[:, first]) & (a[:, last] == b[:, last])
    level = np.where(same, SAME, np.where(gap > DAY_PLAY, CONFLICT, COMPATIBLE))
    return np.where(stated, level, UNKNOWN).astype(np.int8)


def compare_status(rows: Columns, one: Index, two: Index) -> Level:
    """Return how the status of each pair compares: what happened is not what is to come.

    A plan goes together with what came of it where it is for a day by which that had
    happened, or where it names no day and was reported before. What one report says was
    not done, or its accused denies, conflicts with its having been done.
    """
    stages = np.stack([rows.plain[r, AT["stage"]] for r in (one, two)])
    turned = stages[0] > stages[1]
    low, high = np.sort(stages, axis=0)
    done, plan = (rows.plain[np.where(turned, *ends)] for ends in ((two, one), (one, two)))
    last, first, day = AT["stated last"], AT["stated first"], AT["day"]
    done_by = np.where(done[:, last] > 0, done[:, last], done[:, day])
    later = plan[:, first] > done_by + DAY_PLAY
    dated = (plan[:, day] > 0) & (done[:, day] > 0)
    unplanned = dated & (plan[:, day] >= done[:, day])
    to_come = np.where(plan[:, first] > 0, later & (done_by > 0), unplanned)
    ahead = (low <= 1) & ((high == 2) | (high == 3)) & to_come
    undone = (low <= 3) & (high == 4)
    level = np.where(low == high, SAME, COMPATIBLE)
    return np.where(ahead | undone, CONFLICT, level).astype(np.int8)


def compare_facts(rows: Columns, one: Index, two: Index, family: int) -> Level:
    """Return how identifying facts of one family compare: a kind and its values.

    Two mentions conflict where both name a kind of fact ("resolution", "village",
    "age", a sum) and no value of it is common to both.
    """
    x, y = rows.facts[one], rows.facts[two]
    of = (x[..., 0] % KIND_BITS == family) & (x[..., 0] != 0)
    kind = (x[:, :, None, 0] == y[:, None, :, 0]) & of[:, :, None]
    play = MONEY_PLAY if family == MONEY else 0
    equal = kind & (np.abs(x[:, :, None, 1].astype(np.int64) - y[:, None, :, 1]) <= play)
    # a kind conflicts where it is in both and none of its values is met
    here = kind.any(2)
    met = (equal.any(2)[:, None, :] & (x[:, None, :, 0] == x[:, :, None, 0])).any(2)
    apart = (here & ~met).any(1)
    level = np.where(here.any(1), SAME, UNKNOWN)
    return np.where(apart, CONFLICT, level).astype(np.int8)


def compare_types(rows: Columns, type_odds: Any, one: Index, two: Index) -> Level:
    """Return how the types of act compare: two that hardly ever are one conflict."""
    a, b = rows.plain[one], rows.plain[two]
    acts = [np.where(x[:, AT["deed"]] < len(type_odds), x[:, AT["deed"]], 0) for x in (a, b)]
    odds = type_odds[acts[0], acts[1]]
    known = (acts[0] > 0) & (acts[1] > 0)
    sure = (a[:, AT["sure"]] >= TYPE_CONFIDENCE) & (b[:, AT["sure"]] >= TYPE_CONFIDENCE)
    same = a[:, AT["deed"]] == b[:, AT["deed"]]
    level = np.where(same, SAME, np.where(known & sure & (odds < UNRELATED), CONFLICT, COMPATIBLE))
    return level.astype(np.int8)


def compare_templates(rows: Columns, one: Index, two: Index) -> dict[int, Level]:
    """Return how each kind of word compares where sentences share a template.

    Sentences that are alike are laid side by side. Where one has a name, a number, a
    date, a party or an act and the other has another in its place, they are two events.
    """
    levels = {kind: np.full(len(one), UNKNOWN, np.int8) for kind in EXCHANGED}
    words, some = rows.words, np.flatnonzero(shared_words(rows, one, two) >= TEMPLATE)
    for k in some.tolist():
        a, b = (words[r[k]] for r in (one, two))
        for kind in exchanged_kinds(tuple(a[a > 0].tolist()), tuple(b[b > 0].tolist())):
            levels[kind][k] = CONFLICT
    return levels


def shared_words(rows: Columns, one: Index, two: Index) -> NDArray[np.float32]:
    """Return what share of the words of the shorter sentence both have; nan of no words."""
    sizes = (rows.words > 0).sum(1)
    found = np.zeros(len(one), np.float32)
    for i in range(0, len(one), 4096):
        r, s = one[i : i + 4096], two[i : i + 4096]
        a, b = rows.words[r], rows.words[s]
        met = np.zeros(a.shape, np.bool_)
        for column in b.T:
            met |= a == column[:, None]
        shared = (met & (a > 0)).sum(1)
        least = np.minimum(sizes[r], sizes[s])
        found[i : i + 4096] = np.where(least > 0, shared / np.maximum(1, least), np.nan)
    return found


def exchanged_kinds(one: tuple[int, ...], two: tuple[int, ...]) -> set[int]:
    """Return the kinds of words that stand in each other's place in two like sentences."""
    match = SequenceMatcher(None, one, two, autojunk=False)
    if match.ratio() < TEMPLATE:
        return set()
    kinds = set()
    for tag, i, j, k, n in match.get_opcodes():
        for kind in EXCHANGED if tag == "replace" else ():
            x, y = ({w for w in part if w % KIND_BITS == kind} for part in (one[i:j], two[k:n]))
            if x and y and x.isdisjoint(y):
                kinds.add(kind)
    return kinds


def describe(levels: Mapping[str, Level]) -> dict[str, str]:
    """Return the level of each attribute of the first pair in words."""
    names = ("conflict", "unknown", "compatible", "same")
    return {name: names[int(level[0])] for name, level in levels.items()}
