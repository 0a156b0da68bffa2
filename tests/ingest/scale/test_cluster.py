"""Dask: the same shards as one process makes, resumed, whatever worker dies."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import pytest

from dateline.ingest.scale.cluster import Cluster, code_shard, code_shards
from dateline.ingest.scale.pool import options_to_travel
from dateline.ingest.scale.shards import Folder, shards, unpack_shard
from dateline.model import Report
from tests.ingest.scale.test_pool import LIGHT, made_up

pytestmark = pytest.mark.filterwarnings("ignore")  # Dask's own, of ports and sockets


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    with catch_warnings():
        simplefilter("ignore")
        made = Cluster(workers=2).client()
        yield made
        made.close()
        made.cluster.close()


def test_a_killed_worker_costs_its_shard_only(client: Any, tmp_path: Path) -> None:
    """Some is coded, a worker is killed, the rest comes; then all is there already."""
    reports = made_up(24)
    folder = Folder(tmp_path / "out")
    seen: list[str] = []
    for number, done in enumerate(code_shards(reports, LIGHT, folder, client, size=4)):
        seen.append(done.name)
        assert done.fresh
        if number == 0:
            workers = list(client.scheduler_info()["workers"])
            pids = client.run(os.getpid, workers=workers[:1])
            os.kill(next(iter(pids.values())), signal.SIGKILL)
    named = {s.name: s for s in shards(reports, LIGHT.made_by(), size=4)}
    assert sorted(seen) == sorted(named)
    assert len(seen) > 3
    lines = list(folder.lines())
    for line in lines:
        ids = [
            item[0].id for item in unpack_shard(folder.read_shard(line)) if isinstance(item, tuple)
        ]
        assert ids == [report.id for report in named[line["shard"]].reports]
        assert line["problems"] == 0
    alone = named[lines[0]["shard"]]
    assert code_shard(options_to_travel(LIGHT), alone.items)[0] == folder.read_shard(lines[0])
    again = list(code_shards(reports, LIGHT, folder, client, size=4))
    assert [done.fresh for done in again] == [False] * len(named)
    assert len(list(folder.lines())) == len(named)


def test_a_worker_bounds_the_seconds_of_a_report(client: Any) -> None:
    """Its tasks run outside the main thread, where no signal interrupts them."""

    def hasty(report: Report) -> tuple[list[str], bool]:
        import threading
        from dataclasses import replace

        from dateline.pipeline.factory import make_coder

        found = replace(make_coder(LIGHT), seconds=0.02).code(report)
        main = threading.current_thread() is threading.main_thread()
        return [problem.code for problem in found.problems], main

    long = " ".join(report.text for report in made_up(200))
    task = client.submit(hasty, Report("long", long, language="en"), pure=False)
    assert task.result(timeout=240) == (["too_slow"], False)
