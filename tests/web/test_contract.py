"""The API does what its own description says, whatever it is asked (schemathesis)."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dateline.happenings import summarise
from dateline.store.sql import SqlStore
from dateline.web.app import Parts, application
from dateline.web.coding import Coding
from dateline.web.guard import Guard, Rate
from tests.web.conftest import fill, work

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "15"))


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    where = str(tmp_path_factory.mktemp("contract") / "s.db")
    with SqlStore(where) as kept:
        fill(kept)
        summarise(kept)
    with SqlStore(where) as desk, SqlStore(where, write=False) as kept:
        guard = Guard(hosts=frozenset(), reviewer=lambda token: token and "ana")
        parts = Parts(guard, Coding(work, seconds=20), Rate(1e9, 0), desk)
        app = application(kept, parts)
        told = schemathesis.openapi.from_asgi("/openapi.json", app)
        yield told.exclude(path="/api/v1/stream").exclude(path="/api/v1/code")
        parts.code.close()


def test_every_call_keeps_to_its_description(described: Any) -> None:
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) > 8
    for operation in operations:
        keeps(operation)


def keeps(operation: Any) -> None:
    """Ask one call whatever may be asked, and check each answer."""

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck)
    )
    def held(case: Any) -> None:
        answer = case.call(headers={"authorization": "Bearer ana"})
        case.validate_response(answer, checks=CHECKS)

    held()
