"""`npm run pipelines` on a whole Airflow as a machine in the cloud has it: it signs in, starts, follows, reports.

Google's storage is a server of this test's, and tasks start a stand-in; Airflow, its API and the command are real.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bucket_server import bucket_server
from conftest import StandIn
from real_airflow import RealAirflow

ROOT = Path(__file__).resolve().parents[3]
COMMAND = ["--import", "tsx", "scripts/commands/pipelines.ts", "prod"]
PROGRESS = {"at": "2026-01-01T00:00:00Z", "service": "yellow", "file_month": "2024-01", "stage": "fetch"}
NO_ROWS = {"rows_read": 0, "rows_accepted": 0, "rows_warned": 0, "rows_rejected": 0, "rejections": {}}
SUMMARY = {
    "source": {"kind": "tlc", "location": "https://tlc.test", "synthetic": False, "notes": []},
    "deliveries": [],
    "totals": {**NO_ROWS, "warnings": {}, "lake": 1234, "warehouse": 1234, "postgres": None},
    "equal": True,
    "dbt": None,
}


@dataclass(frozen=True)
class Person:
    """At a terminal, with the project and what the stack told."""

    outputs: Path
    google: str

    def npm_run_pipelines(self, *options: str) -> subprocess.CompletedProcess[str]:
        node = shutil.which("node")
        assert node, "npm test has Node"
        environment = {
            **os.environ,
            "GOOGLE_API_ENDPOINT": self.google,
            "GOOGLE_OAUTH_ACCESS_TOKEN": "a person's",
            "GCP_PROJECT_DEV": "acme-dev",
            "GCP_PROJECT_PROD": "acme-prod",
        }
        command = [node, *COMMAND, "--outputs", str(self.outputs), *options]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
        )


@pytest.fixture
def airflow(on_a_machine: StandIn, tmp_path: Path, empty_database: Path) -> RealAirflow:
    pipeline = {name: value for name, value in os.environ.items() if name.startswith("PIPELINE_")}
    own = {
        # As constructs/orchestration/machine-environment.ts sets it: who comes through the tunnel is an administrator.
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True",
        # Only the stand-in is asked.
        "AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": "True",
    }
    return RealAirflow.make(tmp_path / "airflow", empty_database, {**pipeline, **own})


@pytest.fixture
def person(on_a_machine: StandIn, airflow: RealAirflow, tmp_path: Path) -> Iterator[Person]:
    url = airflow.environment["AIRFLOW__API__BASE_URL"]
    told = {"url": url, "tunnel_command": "gcloud compute start-iap-tunnel trips-airflow", "bucket": "acme-airflow"}
    outputs = tmp_path / "outputs.json"
    outputs.write_text(json.dumps({"airflow": {"value": told}}), encoding="utf-8")
    with bucket_server(on_a_machine.folder / "runs") as google:
        yield Person(outputs, google)


def test_a_run_is_started_followed_and_reported_and_can_be_followed_again(
    on_a_machine: StandIn, airflow: RealAirflow, person: Person
) -> None:
    on_a_machine.scenario(
        changed=["yellow 2024-01", "green 2024-01"], fail={"clean green 2024-01": "no such column"}, summary=SUMMARY
    )
    with airflow.running(apps="all"):
        airflow.wait("the DAG", lambda: airflow.rows("SELECT 1 FROM dag WHERE dag_id = 'trips'"))

        paused = person.npm_run_pipelines("--months", "2024-01")
        assert paused.returncode == 1
        assert 'The DAG "trips" is paused in prod' in paused.stderr
        assert airflow.rows("SELECT 1 FROM dag_run WHERE run_type = 'manual'") == []

        ran = person.npm_run_pipelines("--months", "2024-01", "--service", "yellow,green", "--unpause")

        assert ran.returncode == 1, ran.stdout + ran.stderr
        [run] = airflow.rows("SELECT run_id, end_date FROM dag_run WHERE run_type = 'manual'")
        # The schedule begins when the DAG is switched on; its first run may wait for weeks.
        of_schedule = "SELECT start_date FROM dag_run WHERE run_type = 'scheduled' AND start_date IS NOT NULL"
        [scheduled] = airflow.wait("the run of the schedule", lambda: airflow.rows(of_schedule))
        assert scheduled["start_date"] >= run["end_date"]
        asked = [call["arguments"] for call in on_a_machine.calls() if call["what"] == "plan"]
        assert asked[0][-6:] == ["--source", "tlc", "--services", "yellow,green", "--months", "2024-01"]
        assert re.search(r"^    yellow 2024-01 +in the warehouse  [\d.]+ s$", ran.stdout, re.M), ran.stdout
        assert "✗ green 2024-01 clean" in ran.stdout
        assert re.search(r"^trips +0 +0 +0 +0 +1,234 +1,234$", ran.stdout, re.M), ran.stdout
        assert "The run failed; what was loaded before is untouched." in ran.stderr
        assert "  green 2024-01 clean: no such column" in ran.stderr

        folder = on_a_machine.folder / "runs" / run["run_id"]
        (folder / "progress").mkdir()
        line = json.dumps({**PROGRESS, "status": "done", "rows": 1234, "seconds": 0.5})
        (folder / "progress/fetch-yellow-2024-01.jsonl").write_text(line + "\n", encoding="utf-8")
        again = person.npm_run_pipelines("--follow", run["run_id"])
        assert "yellow 2024-01  fetched  1,234 rows  0.5 s" in again.stdout
        assert again.returncode == 1

        lost = person.npm_run_pipelines("--follow", "r7")
        assert re.search(f'Airflow has no run "r7"; the latest are .*{run["run_id"]}', lost.stderr)
