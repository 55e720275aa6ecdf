"""Not alone and not on time: others hold the warehouse, run the same command, or the clock is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from everything import everything
from processes import SOURCE, finish, start
from scene import REDELIVERED, STAGES, Scene, scene_fixture

pytestmark = pytest.mark.thorough
scene = scene_fixture()

HOLDERS = {
    "the lock": (
        "from pathlib import Path\nfrom ingest.warehouse_lock import warehouse_lock\n"
        "with warehouse_lock(Path(sys.argv[1]).with_name('warehouse.lock'), 'dbt build', 1):\n"
        "    print('open', flush=True); input()"
    ),
    "the file": "import duckdb\nheld = duckdb.connect(sys.argv[1])\nprint('open', flush=True); input()",
}


@pytest.mark.parametrize("what", HOLDERS)
def test_the_warehouse_is_held_by_another_process(what: str, scene: Scene) -> None:
    scene.restore()
    command = scene.go_up_to("land")
    file = scene.deployment.settings.warehouse.file
    with subprocess.Popen(
        [sys.executable, "-c", f"import sys\n{HOLDERS[what]}", str(file)],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        code, said = finish(scene.deployment, *command)
        holder.kill()
    assert code in (1, 75)
    assert f"process {holder.pid} " in said
    scene.expect_whole(everything(scene.deployment))
    scene.expect_recovery()


@pytest.mark.parametrize("stage", STAGES)
def test_the_same_command_twice_at_once(stage: str, scene: Scene) -> None:
    scene.restore()
    command = scene.go_up_to(stage)
    both = [start(scene.deployment, *command) for _ in range(2)]
    ends = [(process.communicate(timeout=60)[1], process.returncode) for process in both]
    assert [code for _, code in ends] == [0, 0], ends
    scene.expect_recovery()


#: Python runs a module of this name at its start. All of ours that asks for the time does it in one of these ways.
WRONG_CLOCK = """
import datetime, time
import ingest.run_log
right = time.time
time.time = lambda: right() - 365 * 86400
class Wrong:
    now = staticmethod(lambda zone: datetime.datetime.fromtimestamp(time.time(), zone))
ingest.run_log.datetime = Wrong
"""


def test_a_clock_that_was_moved_back_by_a_year(scene: Scene, tmp_path: Path) -> None:
    """All files lie in the future then, and so does a lock whose taker died before there was anything in it."""
    scene.restore()
    (tmp_path / "sitecustomize.py").write_text(WRONG_CLOCK)
    back = {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(SOURCE)])}
    scene.deployment.settings.warehouse.lock_file.write_text("")
    commands = [["plan", "--source", str(scene.data)], *([stage, *REDELIVERED] for stage in STAGES)]
    for command in commands:
        code, said = finish(scene.deployment, *command, run="back", environment=back)
        assert code == 0, said
    received = scene.deployment.folder / "lake" / "raw" / "yellow"
    times = [json.loads(file.read_text())["received_at"] for file in sorted(received.glob("*/current.json"))]
    assert times[0] < times[1], "the month that came later was received earlier"
    scene.expect_whole(everything(scene.deployment))
    scene.expect_recovery()
