"""The id of a report that has none of its own: made of its content and outlet.

A page that was fetched has one: its address. Other words there are a new version.
"""

from hashlib import blake2b

from dateline.model import Report
from dateline.read.address import split


def identity(report: Report) -> str:
    """Return the report's own id, or one that the same content always gets.

    >>> identity(Report("", "Kim left.", outlet="KCNA")) == identity(
    ...     Report("", "Kim left.", outlet="KCNA", title="Kim leaves")
    ... )
    True
    """
    if report.id:
        return report.id
    fetched = report.capture is not None and bool(report.capture.tool)
    if fetched and split(report.url).path.strip("/"):
        return digest(f"url\0{report.url}")
    return digest(f"{report.outlet}\0{report.text}")


def digest(words: str) -> str:
    """Return a short stable hash."""
    raw = words.encode("utf-8", "surrogatepass")
    return blake2b(raw, digest_size=8).hexdigest()
