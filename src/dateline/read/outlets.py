"""Who published a page: by its address, by the name it tells, or by its host."""

from dataclasses import replace

from dateline.model import Report
from dateline.read.address import split_address
from dateline.reference import find_outlet


def name_outlet(report: Report) -> Report:
    """Return a report whose outlet is called as the table of outlets calls it.

    >>> name_outlet(Report("r", "", url="https://www.reuters.com/world/x")).outlet
    'Reuters'
    """
    host = split_address(report.url).hostname or ""
    found = find_outlet(host) if host else None
    if found is None and report.outlet:
        found = find_outlet(report.outlet)
    told = found.name if found else report.outlet or host.removeprefix("www.")
    return replace(report, outlet=told)
