"""An Airflow home of its own for all tests, a deployment with stand-in programs, and the DAG loaded under it."""

from __future__ import annotations

import functools
import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

# Airflow reads its home when it is imported, so this can't wait for a fixture.
_HOME = Path(tempfile.mkdtemp(prefix="airflow-tests-"))
_DAGS = Path(__file__).parent.parent
os.environ.update(
    AIRFLOW_HOME=str(_HOME),
    AIRFLOW__CORE__DAGS_FOLDER=str(_DAGS),
    AIRFLOW__CORE__LOAD_EXAMPLES="False",
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED="False",
)
for name in [name for name in os.environ if name.startswith("PIPELINE_")]:
    del os.environ[name]

STAND_IN = Path(__file__).parent / "stand_in_data_python.py"


@pytest.fixture(scope="session")
def airflow_database() -> Iterator[None]:
    migrate = [sys.executable, "-m", "airflow", "db", "migrate"]
    subprocess.run(migrate, check=True, capture_output=True, timeout=120)

    from airflow.sdk.execution_time import supervisor

    # See embedded/engines/airflow/python/airflow_local_settings.py: one API per process instead of one per task.
    supervisor.in_process_api_server = functools.cache(supervisor.in_process_api_server)
    yield
    shutil.rmtree(_HOME, ignore_errors=True)


def load_dag() -> Any:
    """The DAG as the present environment shapes it."""
    import trips

    return importlib.reload(trips).trips()


@dataclass(frozen=True)
class StandIn:
    """A deployment whose data environment is `stand_in_data_python.py`."""

    folder: Path

    def scenario(self, **scenario: Any) -> None:
        (self.folder / "scenario.json").write_text(json.dumps(scenario), encoding="utf-8")

    def run(self, **conf: Any) -> Any:
        """Run the DAG under the name `r1`; returns the DagRun."""
        return load_dag().test(run_conf={"run_id": "r1", **conf})

    def calls(self) -> list[dict[str, Any]]:
        lines = (self.folder / "calls.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def called(self) -> list[str]:
        return [call["what"] for call in self.calls()]

    def outcome(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads((self.folder / "runs/r1/outcome.json").read_text(encoding="utf-8"))
        return document


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, airflow_database: None) -> StandIn:
    settings = {
        "version": 1,
        "target": "embedded",
        "warehouse": {"file": str(tmp_path / "warehouse.duckdb"), "lockFile": str(tmp_path / "warehouse.lock")},
        "datasets": {name: f"trips_{name}" for name in ("landed", "lake", "staging", "marts")},
        "postgres": {"host": "127.0.0.1"},
        "paths": {"runs": str(tmp_path / "runs"), "logs": str(tmp_path / "logs")},
    }
    (tmp_path / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    monkeypatch.setenv("PIPELINE_SETTINGS", str(tmp_path / "settings.json"))
    monkeypatch.setenv("PIPELINE_DATA_PYTHON", str(STAND_IN))
    monkeypatch.setenv("STAND_IN_FOLDER", str(tmp_path))
    return StandIn(tmp_path)
