"""One process at a time opens the warehouse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from conftest import Deployment
from ingest.errors import IngestError, PassingTrouble
from ingest.warehouse import open_warehouse
from ingest.warehouse_lock import warehouse_lock


def test_the_lock_names_its_holder_and_is_gone_afterwards(tmp_path: Path) -> None:
    lock = tmp_path / "warehouse.lock"
    with warehouse_lock(lock, "ingest land", 1):
        holder = json.loads(lock.read_text())
        assert (holder["pid"], holder["command"]) == (os.getpid(), "ingest land")
    assert not lock.exists()


def test_a_living_holder_is_waited_for_and_then_named(tmp_path: Path) -> None:
    lock = tmp_path / "warehouse.lock"
    holder = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        lock.write_text(json.dumps({"pid": holder.pid, "command": "dbt build", "since": "2024-01-01T00:00:00Z"}))
        with (
            pytest.raises(PassingTrouble, match=rf"held by process {holder.pid} \(dbt build\)"),
            warehouse_lock(lock, "x", 0.3),
        ):
            pass
        assert lock.exists()
        ended = threading.Timer(0.3, holder.kill)
        ended.start()
        threading.Thread(target=holder.wait).start()  # so that it doesn't stay a zombie, which counts as alive
        with warehouse_lock(lock, "x", 20):
            assert json.loads(lock.read_text())["pid"] == os.getpid()
    finally:
        holder.kill()
        holder.wait()


@pytest.mark.parametrize("content", ['{"pid": DEAD, "command": "x", "since": ""}', '{"pid": ME, "started": "1"}'])
def test_a_dead_holder_s_lock_is_taken_over(tmp_path: Path, content: str) -> None:
    dead = subprocess.Popen(["true"])
    dead.wait()
    lock = tmp_path / "warehouse.lock"
    lock.write_text(content.replace("DEAD", str(dead.pid)).replace("ME", str(os.getpid())))
    with warehouse_lock(lock, "x", 1):
        assert json.loads(lock.read_text())["command"] == "x"


def test_a_half_written_lock_counts_as_held_until_it_is_old(tmp_path: Path) -> None:
    lock = tmp_path / "warehouse.lock"
    lock.write_text("")
    with pytest.raises(IngestError, match="another process"), warehouse_lock(lock, "x", 0.2):
        pass
    os.utime(lock, (time.time() - 60, time.time() - 60))
    with warehouse_lock(lock, "x", 1):
        pass


def test_many_processes_take_turns(tmp_path: Path) -> None:
    """Each reads a number, and writes one more: an overlap would lose a count."""
    count = tmp_path / "count"
    count.write_text("0")
    script = (
        "import sys, pathlib\nfrom ingest.warehouse_lock import warehouse_lock\n"
        "count, lock = map(pathlib.Path, sys.argv[1:])\n"
        "for _ in range(20):\n"
        "    with warehouse_lock(lock, 'count', 60):\n"
        "        number = int(count.read_text())\n"
        "        count.write_text(str(number + 1))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", script, str(count), str(tmp_path / "lock")]
    workers = [subprocess.Popen(command, env=environment) for _ in range(4)]
    assert [worker.wait(timeout=60) for worker in workers] == [0, 0, 0, 0]
    assert count.read_text() == "80"


def test_somebody_who_opens_the_file_without_the_lock_is_named(lake_only: Deployment) -> None:
    script = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('open', flush=True); input()"
    command = [sys.executable, "-c", script, str(lake_only.settings.warehouse.file)]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        with (
            pytest.raises(PassingTrouble, match=f"process {holder.pid} has the warehouse"),
            open_warehouse(lake_only.settings, "x", 1),
        ):
            pass
    finally:
        holder.kill()
        holder.wait()
    with open_warehouse(lake_only.settings, "x", 1) as warehouse:
        assert warehouse.rows("SELECT 1 AS one") == [{"one": 1}]
    assert not lake_only.settings.warehouse.lock_file.exists()
