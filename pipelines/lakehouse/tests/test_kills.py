"""Killed (SIGKILL) at whatever moment, the same command again makes the tables equal to the lake."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from conftest import JANUARY, ROOT, Place

Check = Callable[..., None]

#: Seconds; a command takes two on an idle machine.
_DEADLINE = 60
_REDELIVERED = "SELECT * FROM (SELECT * FROM clean ORDER BY trip_id OFFSET 10)"


@pytest.mark.parametrize(
    ("kind", "files"),
    # Of how many a fresh derivation of two months makes: about 11 in Iceberg, with the catalogue; 5 in Delta.
    [("iceberg", 3), ("iceberg", 7), ("delta", 1), ("delta", 4)],
)
def test_a_killed_derivation_is_made_whole(place: Place, kind: str, files: int, check_equal: Check) -> None:
    kill_at(place, kind, files)
    outcome = place.run("--format", kind, "--services", "yellow")
    assert (place.code, outcome["equal"]) == (0, True), place.said
    check_equal(kind)


@pytest.mark.parametrize(("kind", "more"), [("iceberg", 4), ("delta", 1)])
def test_a_killed_merge_is_made_whole(place: Place, kind: str, more: int, check_equal: Check) -> None:
    place.run("--format", kind, "--services", "yellow")
    place.deliver(JANUARY, "redelivered", _REDELIVERED)
    kill_at(place, kind, count(place.tables) + more)
    outcome = place.run("--format", kind, "--services", "yellow", "--compact")
    assert (place.code, outcome["equal"]) == (0, True), place.said
    check_equal(kind)


def kill_at(place: Place, kind: str, files: int) -> None:
    """Run the command in a process of its own, and kill it as soon as there are so many files, all or half written."""
    source = os.pathsep.join(str(ROOT / "pipelines" / name / "src") for name in ("lakehouse", "ingest"))
    command = [sys.executable, "-m", "lakehouse", *place.arguments("--format", kind, "--services", "yellow")]
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": source}, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + _DEADLINE
    while count(place.tables) < files and time.monotonic() < deadline:
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.001)
            break
    assert process.poll() is None, f"it ended before there were {files} files: {count(place.tables)}"
    process.kill()
    process.wait()


def count(folder: Path) -> int:
    return sum(1 for path in folder.rglob("*") if path.is_file() and not path.name.startswith("catalog.sqlite-"))
