"""Each task's work begins with an empty folder of its own, and nothing of it is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import StandIn

KILLED_PARENT = """
import sys
from platform_tasks.child_process import ChildProcess
child = [sys.executable, "-u", "-c", "import os, time; print(os.getpid()); time.sleep(600)"]
ChildProcess(child, {}, lambda line: print(line, flush=True)).run()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Airflow's own TMPDIR."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def test_it_is_empty_every_tasks_own_and_gone_at_the_end(stand_in: StandIn, temporary: Path) -> None:
    stand_in.scenario(changed=["yellow 2019-01", "yellow 2019-02"], zones_changed=True)

    stand_in.run()

    calls = stand_in.calls()
    assert {tuple(call["scratch_held"]) for call in calls} == {()}
    assert len({call["scratch"] for call in calls}) == len(calls)
    assert all(Path(call["scratch"]).is_relative_to(temporary) for call in calls)
    assert [file for file in temporary.rglob("*") if file.name == "spilled"] == []
    assert [list(deployment.iterdir()) for deployment in temporary.iterdir()] == [[]]


def test_what_a_killed_try_left_is_removed_by_the_next(stand_in: StandIn, temporary: Path) -> None:
    stand_in.scenario(changed=["yellow 2019-01"])
    stand_in.run()
    left = [Path(call["scratch"]) for call in stand_in.calls()]
    for folder in left:
        (folder / "deep").mkdir(parents=True)

    stand_in.run()

    again = stand_in.calls()[len(left) :]
    assert sorted(call["scratch"] for call in again) == sorted(map(str, left))
    assert {tuple(call["scratch_held"]) for call in again} == {()}


def test_where_no_try_follows_the_last_task_removes_it(stand_in: StandIn, temporary: Path) -> None:
    stand_in.scenario(changed=["yellow 2019-01"])
    stand_in.run()
    [run] = {Path(call["scratch"]).parent for call in stand_in.calls()}
    killed = run / "months.clean.7"
    killed.mkdir(parents=True)
    (killed / "spilled").touch()
    stand_in.scenario(changed=[])

    stand_in.run()

    assert not run.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux's kernel ends a process with its parent")
def test_a_program_ends_with_the_task_that_was_killed() -> None:
    dags = Path(__file__).parent.parent
    task = subprocess.Popen([sys.executable, "-c", KILLED_PARENT], cwd=dags, stdout=subprocess.PIPE, text=True)
    assert task.stdout is not None
    program = int(task.stdout.readline())

    os.kill(task.pid, signal.SIGKILL)
    task.wait()

    deadline = time.monotonic() + 30
    while _runs(program):
        assert time.monotonic() < deadline, f"{program} outlives the task"
        time.sleep(0.02)


def _runs(pid: int) -> bool:
    """A zombie, which nobody has asked after yet, doesn't."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
