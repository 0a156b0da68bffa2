"""Why two claims of a store, or two tellings, are one event or two: in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from dateline.events.merging import stored_telling
from dateline.extract.event_coref.constraints import first_conflict
from dateline.extract.event_coref.lexicon import Stories, Story, story
from dateline.extract.event_coref.mention_table import Columns, Numbering
from dateline.extract.event_coref.mentions import Telling, join_tellings
from dateline.extract.event_coref.pair_features import FIGURES, compare_rows, sense_likeness
from dateline.extract.event_coref.pair_scorer import (
    LIKE,
    Index,
    Pins,
    Scored,
    across_model,
    cannot_be_one,
    claims_judge,
    contradict_as_undone,
    days_of_gap,
    differ_in_kind,
    hands,
    returned,
    tells_another_act,
    thirds,
)
from dateline.store.sql import SqlStore, require_report

CONSTRAINTS = {
    "party": "the known parties on one side are others",
    "role": "the sides are swapped: who acts in one is acted upon in the other",
    "place": "the places that they name lie apart",
    "day": "the days that they state do not meet",
    "status": "what happened in one is planned, or was not done, in the other",
    "polarity": "one begins what the other ends",
    "number": "another number identifies each",
    "name": "another name identifies each",
    "type": "acts of these two types are hardly ever one event",
}
"""What each constraint says, in words."""
Row = dict[str, Any]
Record = dict[str, Any]
NEAR = 0.6  # meanings of two acts' words
UNLIKE = 0.1  # stories less alike are most often others
CLOSE, OTHER = 0.5, 0.1  # what the encoder read of acts that most often are one, or two


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely two tellings are of one happening, and what speaks for and against.

    `constraint` is the attribute by which the two conflict, so that they are two events
    whatever their score, "" where none does.
    """

    score: float
    threshold: float
    together: tuple[str, ...]
    against: tuple[str, ...]
    constraint: str = ""

    @property
    def words(self) -> str:
        """The verdict in one line: "same deed, same parties, days overlap"."""
        return ", ".join(self.together) or "nothing speaks for it"


def verdict(store: SqlStore, one: Record, two: Record) -> tuple[Verdict, str]:
    """Return why two claims are or are not one event, and what a person decided."""
    items = {c["report"]: require_report(store, c["report"]) for c in (one, two)}
    units = []
    for claim in (one, two):
        item = items[claim["report"]]
        # across reports all that a report tells of a happening is weighed together
        some = store.merging.claims_of_reports([item["key"]])
        parts = (row["part"] for row in some if row["id"] == claim["id"])
        part = None if one["report"] == two["report"] else next(parts, None)
        if part is None:
            units.append(stored_telling({"record": claim}, item))
        else:
            mine = [stored_telling(row, item) for row in some if row["part"] == part]
            units.append(join_tellings(mine, part))
    stories = {name: story(item["text"], item["title"] or "") for name, item in items.items()}
    pair = {one["id"], two["id"]}
    kinds = (p["kind"] for p in store.merging.pinned() if {p["a"], p["b"]} == pair)
    told = {"must": "they are one", "never": "they are two"}
    return explain_pair(units[0], units[1], stories), told.get(next(kinds, ""), "")


def explain_pair(one: Telling, two: Telling, stories: Mapping[str, Story] | None = None) -> Verdict:
    """Return the verdict on two tellings; `stories` are those of their reports."""
    units = [one, two]
    rows = Numbering(claims_judge().deeds).columns(units)
    first, second = np.array([0], np.intp), np.array([1], np.intp)
    told = Stories(stories or {}, [u.report for u in units])
    cells = compare_rows(rows, claims_judge().kinds, first, second)[0]
    found = dict(zip(FIGURES, map(float, cells), strict=True))
    good, bad = weigh_reasons(found)
    if one.report == two.report:
        least = claims_judge().threshold
        score = claims_judge().scores(rows, first, second)
    else:
        least = across_model().threshold
        score = Scored(rows, told, Pins(), [one.id, two.id]).scores(first, second)
        alike = float(told.likeness(first, second)[0])
        read = float(sense_likeness(rows.senses, first, second)[0, 0])
        if alike >= LIKE:
            good.append(f"the two reports tell one story ({alike:.2f} alike)")
        if alike < UNLIKE:
            bad.append(f"the two reports tell other stories ({alike:.2f} alike)")
        if read >= CLOSE:
            good.append(f"the reader takes the acts for alike ({read:.2f})")
        if read < OTHER:
            bad.append(f"the reader takes the acts for unlike ({read:.2f})")
    if bool(cannot_be_one(rows, first, second)[0]):
        bad.insert(0, explain_veto(rows, first, second))
    constraint = ""
    if one.report != two.report:
        constraint = first_conflict(rows, claims_judge().kinds, 0, 1)
    if constraint:
        bad.insert(0, CONSTRAINTS[constraint])
    sure = round(max(0.0, float(score[0])), 3)
    return Verdict(sure, least, tuple(good), tuple(bad), constraint)


def explain_veto(rows: Columns, one: Index, two: Index) -> str:
    """Return in words why two tellings are never one, whatever their score."""
    a, b = rows.plain[one], rows.plain[two]
    if days := int(days_of_gap(a, b)[0]):
        return f"{days} days lie between"
    told = (
        ("told as a further one", tells_another_act(a, b)),
        ("each meets a country that the other does not", thirds(rows, one, two)),
        ("it is other people who act", hands(rows, one, two)),
        ("a state acts in one of them alone", returned(a, b)),
        ("one is an abduction or a rape, the other is not", differ_in_kind(a, b)),
        ("what one tells as done was not done for the other", contradict_as_undone(a, b)),
    )
    return next((words for words, holds in told if holds[0]), "one only recalls it")


def weigh_reasons(found: Mapping[str, float]) -> tuple[list[str], list[str]]:
    """Return what speaks for one happening, and what against it."""
    good = (
        ("same deed", found["deed"] == 1),
        ("deeds that go together", found["deed"] == 0 and found["type"] == 1),
        ("same actors", found["actors"] == 4),
        ("actors of one country and sector", found["actors"] == 3),
        ("same recipients", found["recipients"] == 4),
        ("recipients of one country and sector", found["recipients"] == 3),
        ("same days", found["days"] == 2),
        ("days overlap", found["days"] == 1),
        ("same place", found["place"] == 3),
        ("one place may lie in the other", found["place"] == 2),
        ("the same count", found["counts"] == 1),
        ("same kind of act", found["mode"] == 1),
        ("same word for the act", found["root"] == 1),
        ("words of like meaning", found["root"] == 0 and found["meaning"] >= NEAR),
        ("told in one clause", found["one clause"] == 1),
        ("spoken of as known", found["article"] == 1),
    )
    bad = (
        ("other deeds", found["type"] == 0),
        ("other actors", found["actors"] == 0),
        ("actors may differ", found["actors"] in (1, 2)),
        ("other recipients", found["recipients"] == 0),
        ("days apart", found["days"] == 0),
        ("another country", found["place"] == 0),
        ("another place", found["place"] == 1),
        ("other counts", found["counts"] == 0),
        ("another kind of act", found["mode"] == 0),
        ("other words for the act", found["root"] == 0 and found["meaning"] < NEAR),
        ("one speaks of several, one of a single act", found["plural"] == 1),
        ("told as a further one", found["article"] == 2),
        ("another stage: done, planned, denied", found["stage"] % 6 != 0),
    )
    return [w for w, holds in good if holds], [w for w, holds in bad if holds]
