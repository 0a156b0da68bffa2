"""Shared copy and later versions among the reports of a store: found and kept."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from dateline.events.text_reuse import (
    COMMON,
    LEAST,
    SEEN,
    Copy,
    Edition,
    compare_texts,
    kept_shingles,
    supersedes,
)

Row = dict[str, Any]
MIDDLE = 2**31  # of the hashes: what is kept has a sign, and so four bytes


def copied(
    side: Any, items: Mapping[str, Row]
) -> tuple[dict[str, list[tuple[Row, Copy]]], dict[str, int]]:
    """Find, keep and return the copy that each of some reports shares with others.

    Beside it, of how many shingles each is known.
    """
    cut = {
        key: sorted(h - MIDDLE for h in kept_shingles(row["text"])) for key, row in items.items()
    }
    near = side.candidates(cut, COMMON, SEEN)
    known = side.sharing([row["id"] for row in items.values()])
    for key, row in items.items():
        near[key] |= {other for other in known.get(row["id"], ()) if other != key}
    far = {other for some in near.values() for other in some} - items.keys()
    every = {**items, **{row["key"]: row for row in side.texts(sorted(far))}}
    pairs = {(min(a, b), max(a, b)) for a, some in near.items() for b in some}
    found: dict[str, list[tuple[Row, Copy]]] = {key: [] for key in items}
    rows = []
    for a, b in sorted(pairs):
        one, two = every[a], every[b]
        copy = compare_texts((one["id"], one["text"]), (two["id"], two["text"]))
        if copy.shared < LEAST:
            continue
        for own, other in ((a, two), (b, one)):
            if own in found:
                found[own].append((other, copy))
        if not copy.proven or one["id"] == two["id"]:
            continue
        if one["current"] and two["current"]:
            turned = copy.a > copy.b  # the lesser id comes first
            passages = [
                [[s.start, s.end] for s in (pair[::-1] if turned else pair)]
                for pair in copy.passages
            ]
            ends = dict(zip("ab", sorted((copy.a, copy.b)), strict=True))
            rows.append({**ends, "shared": copy.shared, "passages": passages})
    side.keep_copies([row["id"] for row in items.values()], rows)
    return found, {key: len(hashes) for key, hashes in cut.items()}


def find_replaced(
    side: Any,
    items: Mapping[str, Row],
    copies: Mapping[str, Sequence[tuple[Row, Copy]]],
    waiting: set[str],
) -> list[tuple[str, str]]:
    """Find and keep which versions take the place of which; return the later, with why.

    A correction may arrive before what it corrects. Reports that are `waiting` are
    compared with another when it is their turn, so that no two replace each other.
    """
    every = {row["key"]: row for some in copies.values() for row, _ in some}
    ids, urls = ({row[name] for row in items.values()} for name in ("id", "url"))
    alike = side.earlier(sorted(ids), sorted(urls))
    every |= {row["key"]: row for row in alike if row["key"] not in every}
    every |= items
    beside: dict[tuple[str, str], list[str]] = {}
    for row in alike:
        for name in ("id", "url"):
            beside.setdefault((name, row[name]), []).append(row["key"])
    found = []
    for key, item in items.items():
        waiting.discard(key)
        shared = {other["key"]: copy.shared for other, copy in copies[key]}
        others = {*shared, *beside.get(("id", item["id"]), ())}
        others |= {*beside.get(("url", item["url"]), ())} if item["url"] else set()
        for name in sorted(others - {key} - waiting):
            new, old, why = later_of(item, every[name], shared.get(name, 0.0))
            if why and (old is item or old["current"] or old["id"] == item["id"]):
                side.replace(old["key"], new["key"], why)
                old["current"] = False
                told = f"{new['id']} takes the place of {old['id']}: {why}"
                found.append((new["key"], told))
    return found


def later_of(item: Row, other: Row, shared: float) -> tuple[Row, Row, str]:
    """Return the later version, the older one and why; "" where neither is.

    Of two of one id the current one is the later: it is so though it came first.
    """
    both = (item, other), (other, item)
    for new, old in both if item["current"] or not other["current"] else both[::-1]:
        if why := supersedes(edition(new), edition(old), shared):
            return new, old, why
    return item, other, ""


def edition(item: Row) -> Edition:
    """Return what tells one version of a report from another."""
    title, text = item["title"], item["text"].lstrip()
    told = item["published"] or ""
    moment = datetime.fromisoformat(told) if "T" in told else None  # an hour is told
    if moment and not moment.tzinfo:
        moment = moment.replace(tzinfo=UTC)
    return Edition(
        report=item["id"],
        outlet=item["outlet"],
        url=item["url"],
        head=f"{title}\n{text}".lstrip() if title else text,
        day=day_of_report(item),
        moment=moment,
    )


def day_of_report(item: Row) -> int | None:
    """Return the day of a report as a number, told or inferred."""
    day = item["published"] or item.get("dated_to")
    return date.fromisoformat(day[:10]).toordinal() if day else None
