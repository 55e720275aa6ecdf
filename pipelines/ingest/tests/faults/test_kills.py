"""kill -9 at every named point: nothing is half done, and the same run once more ends as one that wasn't killed."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from conftest import ROW, Deployment, month, write_csv, write_zones
from everything import dashboard, everything
from ingest.fault_points import POINTS, VARIABLE
from processes import finish, start, start_dbt
from scene import Scene, scene_fixture

scene = scene_fixture()


@pytest.mark.parametrize("point", POINTS)
def test_killed_at(point: str, scene: Scene) -> None:
    scene.restore()
    scene.kill(point)
    scene.expect_whole(everything(scene.deployment))
    if point.startswith(("land:", "export:")):
        scene.expect_recovery()
    else:
        scene.expect_recovery_of_the_stores()


@pytest.mark.parametrize("point", [point for point in POINTS if point.startswith("export:")])
def test_readers_see_one_whole_state(point: str, scene: Scene) -> None:
    scene.restore()
    scene.kill(point)
    copied = {name.removeprefix("copy of "): rows for name, rows in dashboard(scene.deployment).items()}
    state = scene.before if point == "export:before-swap" else scene.after
    assert copied.pop("data.json")
    assert copied == {name: state[name] for name in copied}


@pytest.mark.thorough
def test_killed_while_duckdb_writes_its_log(scene: Scene) -> None:
    """Not at a point of ours: as soon as the log has its first bytes, which is in the middle of COMMIT."""
    scene.restore()
    command = scene.go_up_to("land")
    log = scene.deployment.settings.warehouse.file.with_name("warehouse.duckdb.wal")
    with start(scene.deployment, *command) as process:
        while process.poll() is None and not (log.exists() and log.stat().st_size > 0):
            pass
        process.kill()
    assert process.returncode == -signal.SIGKILL
    scene.expect_whole(everything(scene.deployment))
    scene.expect_recovery()


@pytest.mark.thorough
def test_killed_while_dbt_builds_the_trips(scene: Scene) -> None:
    scene.restore()
    command = scene.go_up_to("postgres")
    assert scene.deployment.run(*command, run="killed") == 0
    process = start_dbt(scene.deployment, scene.folder / "target-killed")
    assert process.stdout is not None
    for line in process.stdout:
        if "START sql incremental model trips_marts.fct_trips" in line:
            process.kill()
    assert process.wait() == -signal.SIGKILL
    assert scene.deployment.settings.warehouse.lock_file.exists(), "dbt held the lock when it died"
    scene.expect_whole(everything(scene.deployment))
    scene.expect_recovery()


@pytest.mark.parametrize("point", [point for point in POINTS if point.startswith("clean:")])
def test_a_delivery_taken_back_after_a_kill_leaves_none_of_its_rows(
    point: str, lake_only: Deployment, samples: Path
) -> None:
    """Told apart by more than their sizes: the two clean objects have the same."""
    january = month("2019-01")
    write_zones(samples)
    write_csv(samples, ROW)
    lake_only.load(samples)
    right, size = lake_only.clean_rows(january), len(lake_only.outside.read(lake_only.lake.clean_object(january)))

    write_csv(samples, ROW.replace("9.75", "9.85"))
    kill_at(point, lake_only, samples)
    assert len(lake_only.outside.read(lake_only.lake.clean_object(january))) == size

    write_csv(samples, ROW)
    lake_only.load(samples, run="again")
    assert lake_only.clean_rows(january) == right
    assert lake_only.run("summary", run="again") == 0


def kill_at(point: str, deployment: Deployment, source: Path) -> None:
    delivery = ("--service", "yellow", "--file-month", "2019-01")
    assert deployment.run("plan", "--source", str(source), run="killed") == 0
    assert deployment.run("fetch", *delivery, run="killed") == 0
    code, said = finish(deployment, "clean", *delivery, environment={VARIABLE: point})
    assert code == -signal.SIGKILL, said
