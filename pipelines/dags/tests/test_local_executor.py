"""The DAG in a whole Airflow: four tasks at once, one of them killed, with the real programs on generated months.

`airflow dags test` runs one task after another in one process; here every task is a process of a scheduler's, and
pools, retries and the database between them are real. What it leaves must be what `airflow dags test` leaves.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from real_airflow import RealAirflow
from real_deployment import DATA_PYTHON, RealDeployment, generate

# Stands before the data environment's Python: the first try of cleaning green 2024-02 says whose child it is and hangs.
HOLD = """#!{python}
import os, signal, sys, tempfile
from pathlib import Path
held = Path({held!r})
if {{"clean", "green", "2024-02"}} <= set(sys.argv) and not held.exists():
    (Path(tempfile.gettempdir()) / "spilled").touch()
    held.with_suffix(".new").write_text(f"{{os.getppid()}} {{os.getpid()}}")
    held.with_suffix(".new").rename(held)
    signal.pause()
os.execv({python!r}, [{python!r}, *sys.argv[1:]])
"""


@dataclass(frozen=True)
class Ran:
    airflow: RealAirflow
    deployment: RealDeployment
    outcome: dict[str, Any]
    killed: tuple[int, int]
    """The task's process, and the program it had started."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("source"), "yellow,green", "2024-01,2024-02", rows=1_000)


@pytest.fixture(scope="module")
def ran(source: Path, tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[Ran]:
    folder = tmp_path_factory.mktemp("executor")
    deployment = RealDeployment.make(folder / "deployment")
    python, held = folder / "python", folder / "held"
    python.write_text(HOLD.format(python=str(DATA_PYTHON), held=str(held)), encoding="utf-8")
    python.chmod(0o755)
    airflow = RealAirflow.make(folder / "airflow", empty_database, deployment.environment(python))
    with airflow.running():
        airflow.trigger(source=str(source))
        airflow.wait("the task to kill", held.exists)
        task, program = map(int, held.read_text(encoding="utf-8").split())
        os.kill(task, signal.SIGKILL)
        airflow.wait("the run's end", airflow.state)
        yield Ran(airflow, deployment, deployment.outcome(), (task, program))


def test_a_killed_task_is_tried_again_and_the_run_succeeds(ran: Ran) -> None:
    assert (ran.airflow.state(), ran.outcome["failed"]) == ("success", [])
    tries = ran.airflow.rows("SELECT task_id, map_index FROM task_instance WHERE try_number > 1 AND state = 'success'")
    assert [one["task_id"] for one in tries] == ["months.clean"]


def test_what_the_killed_task_had_started_is_gone_and_so_is_all_scratch(ran: Ran) -> None:
    for process in ran.killed:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
    scratch = Path(ran.airflow.environment["TMPDIR"])
    [of_deployment] = scratch.glob("trips-scratch-*")
    assert list(of_deployment.iterdir()) == []


def test_it_leaves_what_dags_test_leaves(ran: Ran, source: Path, tmp_path: Path, empty_database: Path) -> None:
    alone = RealDeployment.make(tmp_path / "deployment")
    airflow = RealAirflow.make(tmp_path / "airflow", empty_database, alone.environment())

    airflow.command("dags", "test", "trips", "--conf", f'{{"run_id": "r1", "source": "{source}"}}')

    assert ran.outcome == alone.outcome()
    held = ran.deployment.holds()
    assert any("fct_trips" in name for name in held)
    assert held == alone.holds()


def test_months_were_worked_on_at_once_and_the_warehouse_by_one_task_at_a_time(ran: Ran) -> None:
    rows = ran.airflow.rows("SELECT task_id, pool, start_date, end_date FROM task_instance WHERE state = 'success'")

    def overlaps(chosen: list[dict[str, Any]]) -> list[tuple[str, str]]:
        def lap(a: dict[str, Any], b: dict[str, Any]) -> bool:
            return bool(a["start_date"] < b["end_date"] and b["start_date"] < a["end_date"])

        return [(a["task_id"], b["task_id"]) for a, b in combinations(chosen, 2) if lap(a, b)]

    assert overlaps([one for one in rows if one["pool"] == "deliveries"])
    in_pool = [one for one in rows if one["pool"] == "warehouse"]
    assert len(in_pool) == 1 + (1 + 4) + 3
    assert overlaps(in_pool) == []


def test_the_pools_were_made_by_the_scheduler(ran: Ran) -> None:
    pools = ran.airflow.rows("SELECT pool, slots FROM slot_pool WHERE pool != 'default_pool' ORDER BY pool")

    assert pools == [{"pool": "deliveries", "slots": 128}, {"pool": "warehouse", "slots": 1}]


def test_no_xcom_holds_a_path(ran: Ran) -> None:
    xcoms = ran.airflow.rows("SELECT task_id, key, value FROM xcom")

    assert {one["key"] for one in xcoms} >= {"return_value", "zones_changed"}
    assert [one for one in xcoms if "/" in str(one["value"])] == []
