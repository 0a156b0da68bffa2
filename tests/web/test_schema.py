"""Schemathesis asks the API what its own description allows, and what it forbids."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from dateline.happenings import summarise
from dateline.store.sql import SqlStore
from dateline.web.app import Parts, application
from dateline.web.coding import Coding
from dateline.web.guard import Guard, Rate
from tests.web.conftest import HERE, fill, work

TRIES = 12  # of each call; the same each time
TOKEN = "reads"


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


schema = schemathesis.pytest.from_fixture("described").exclude(path="/api/v1/stream")


@schema.parametrize()
@settings(
    max_examples=TRIES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_call_keeps_to_its_description(case: Any) -> None:
    case.call_and_validate(headers=bearer(case.operation.schema.token))
