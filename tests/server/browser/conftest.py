"""One Chromium and one server for all that is looked at."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from dateline.events.event_summaries import summarise
from dateline.store.sql import SqlStore
from tests.command import run
from tests.server.browser.browsing import CHROMIUM, Site, served
from tests.server.conftest import fill

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The example reports, coded, beside reports that mean no good."""
    home = tmp_path_factory.mktemp("browser")
    where = str(home / "s.db")
    with SqlStore(where) as kept:
        fill(kept)
        summarise(kept)
    coded = run(home, "code", str(EXAMPLES), "--store", where)
    assert coded.returncode == 0, coded.stderr
    with served(where, home) as found:
        yield found


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()
