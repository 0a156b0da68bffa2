"""Schemathesis asks the API what its own description allows, and what it forbids.

A word that is no type, day or country is refused with the legal ones, which no schema
tells: that what fits the schema is always taken is the one check left out.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance

from dateline.events.event_summaries import summarise
from dateline.server.app import Parts, application
from dateline.server.code_page import Coding
from dateline.server.middleware import Guard, Rate
from dateline.store.sql import SqlStore
from tests.server.conftest import HERE, fill, work

TRIES = 20  # of each call; the same each time
TOKEN = "reads"
ENDLESS = "/api/v1/stream"


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The API as it describes itself, a token needed."""
    where = str(tmp_path_factory.mktemp("schema") / "s.db")
    with SqlStore(where) as desk, SqlStore(where, write=False) as kept:
        fill(desk)
        summarise(desk)
        side = desk.review
        guard = Guard(TOKEN, HERE, reviewer=side.who, may=side.may)
        parts = Parts(guard, Coding(work, 20), Rate(10**6, 10**6), desk)
        made = schemathesis.openapi.from_asgi(
            "/openapi.json", application(kept, parts), headers=bearer(TOKEN)
        )
        made.token = side.add_reviewer("ana")
        yield made
        parts.code.close()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_every_call_keeps_to_its_description(described: Any) -> None:
    token = bearer(described.token)
    calls = [found.ok() for found in described.exclude(path=ENDLESS).get_all_operations()]
    assert len(calls) > 10
    wrong = [told for call in calls for told in asked(call, token)]
    assert wrong == []


def asked(call: Any, token: dict[str, str]) -> Iterator[str]:
    """Ask for one call in many ways; yield what it should not have answered."""

    @given(case=call.as_strategy())
    @settings(
        max_examples=TRIES,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        case.call_and_validate(headers=token, excluded_checks=[positive_data_acceptance])

    try:
        ask()
    except (Failure, FailureGroup) as failure:
        yield f"{call.label}: {failure}"
