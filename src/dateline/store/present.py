"""Rows of a store that must be there: asked by an id that somebody gives or keeps."""

from typing import Any

from dateline.ports import ReadStore
from dateline.store.errors import Missing

Record = dict[str, Any]


def require_report(store: ReadStore, report_id: str) -> Record:
    """Return the current version of a report; raises Missing where there is none."""
    found = store.report(report_id)
    if found is None:
        raise Missing(f"no report {report_id!r} in this store")
    return found


def require_claim(store: ReadStore, claim_id: str) -> Record:
    """Return a claim by its id or how it begins; raises Missing where there is none."""
    found = store.claim(claim_id) if claim_id else None
    if found is None:
        raise Missing(f"no claim {claim_id!r} in this store")
    return found
