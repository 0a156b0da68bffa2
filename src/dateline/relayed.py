"""Shared copy and later versions among the reports of a store: found and kept."""

from collections.abc import Container, Sequence
from datetime import UTC, date, datetime
from typing import Any

from dateline.merge.copies import COMMON, LEAST, SEEN, Copy, compared, kept
from dateline.merge.versions import Edition, supersedes

Row = dict[str, Any]


def copied(side: Any, item: Row) -> list[tuple[Row, Copy]]:
    """Find, keep and return the copy that a report shares with others in the store."""
    hashes = sorted(h >> 1 for h in kept(item["text"]))
    near = side.candidates(hashes, COMMON, SEEN)
    side.keep_shingles(item["key"], hashes)
    near |= {*side.sharing(item["id"])}
    others = side.items(sorted(near - {item["key"]}))
    made = [
        (other, compared((item["id"], item["text"]), (other["id"], other["text"])))
        for other in others
    ]
    found = [(other, copy) for other, copy in made if copy.shared >= LEAST]
    now = [c for other, c in found if other["current"] and other["id"] != item["id"]]
    side.keep_copies(item["id"], [copy_row(c) for c in now])
    return found


def copy_row(copy: Copy) -> Row:
    """Return the row of one pair that shares copy, the lesser id first."""
    turned = copy.a > copy.b
    passages = [
        [[s.start, s.end] for s in (pair[::-1] if turned else pair)]
        for pair in copy.passages
    ]
    one, two = sorted((copy.a, copy.b))
    return {"a": one, "b": two, "shared": copy.shared, "passages": passages}


def replaced(
    side: Any,
    item: Row,
    copies: Sequence[tuple[Row, Copy]],
    waiting: Container[str] = (),
) -> list[tuple[str, str]]:
    """Find and keep which versions take the place of which; return the later, with why.

    A correction may arrive before what it corrects. Reports that are `waiting` are
    compared with this one when it is their turn, so that no two replace each other.
    """
    shared = {other["key"]: copy.shared for other, copy in copies}
    others = {other["key"]: other for other, _ in copies}
    others |= {row["key"]: row for row in side.earlier([item["id"]], [item["url"]])}
    found = []
    for key, other in sorted(others.items()):
        if key == item["key"] or key in waiting:
            continue
        new, old, why = later_of(item, other, shared.get(key, 0.0))
        if why and (old is item or old["current"] or old["id"] == item["id"]):
            side.replace(old["key"], new["key"], why)
            told = f"{new['id']} takes the place of {old['id']}: {why}"
            found.append((new["key"], told))
    return found


def later_of(item: Row, other: Row, shared: float) -> tuple[Row, Row, str]:
    """Return the later version, the older one and why; "" where neither is."""
    for new, old in ((item, other), (other, item)):
        if why := supersedes(edition(new), edition(old), shared):
            return new, old, why
    return item, other, ""


def edition(item: Row) -> Edition:
    """Return what tells one version of a report from another."""
    head = (
        f"{item['title']}\n{item['text'].lstrip()}" if item["title"] else item["text"]
    )
    names = item["id"], item["outlet"], item["url"], head.lstrip()
    return Edition(*names, day_of(item), moment_of(item))


def moment_of(item: Row) -> datetime | None:
    """Return the moment at which a report was published, None where no hour is told."""
    told = item["published"] or ""
    if "T" not in told:
        return None
    moment = datetime.fromisoformat(told)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def day_of(item: Row) -> int | None:
    """Return the day of a report as a number, told or inferred."""
    day = item["published"] or item.get("dated_to")
    return date.fromisoformat(day[:10]).toordinal() if day else None
