"""The id of a report that has none of its own: made of its content and outlet.

A page that was fetched has one: its address. Other words there are a new version.
"""

from hashlib import blake2b

from dateline.model import Report
from dateline.read.address import split_address


def identify_report(report: Report) -> str:
    """Return the report's own id, or one that the same content always gets.

    >>> identify_report(Report("", "Kim left.", outlet="KCNA")) == identify_report(
    ...     Report("", "Kim left.", outlet="KCNA", title="Kim leaves")
    ... )
    True
    """
    if report.id:
        return report.id
    fetched = report.capture is not None and bool(report.capture.tool)
    if fetched and split_address(report.url).path.strip("/"):
        return short_digest(f"url\0{report.url}")
    return short_digest(f"{report.outlet}\0{report.text}")


def short_digest(words: str) -> str:
    """Return a short stable hash."""
    raw = words.encode("utf-8", "surrogatepass")
    return blake2b(raw, digest_size=8).hexdigest()
