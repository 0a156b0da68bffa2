"""The day that a row is filed under, and whether it is told, inferred or published."""

from collections.abc import Mapping
from typing import Any

Record = dict[str, Any]
PUBLISHED, UNKNOWN = "published", "unknown"
FLAGS = ("day_or_published", "day_is")


def file_under(when: Record | None, published: str | None) -> Record:
    """Return the day of a row and what it is: told, told_elsewhere, inferred.

    What has no day of its own is filed under its day of publication, and says so.

    >>> file_under(None, "2025-03-05T08:00")
    {'day_or_published': '2025-03-05', 'day_is': 'published'}
    """
    if when:
        day, kind = when["from"] or when["to"], when.get("answer", "told")
    else:
        day = (published or "")[:10] or None
        kind = PUBLISHED if day else UNKNOWN
    return {"day_or_published": day, "day_is": kind}


def give_day(
    found: Mapping[str, Any], published: str | None, by_publication: bool = False
) -> Record | None:
    """Return a claim or event with its day and what that is, None where it has none.

    With `by_publication` the day of publication stands in for the day, marked so.
    """
    flags = file_under(found["when"], published)
    if found["when"]:
        return {**found, **flags}
    if not by_publication or flags["day_is"] == UNKNOWN:
        return None
    day = flags["day_or_published"]
    when = {"from": day, "to": day, "precision": "day", "answer": PUBLISHED}
    return {**found, **flags, "when": when}
