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

import grpc
import pytest

from cloud_run_server import CloudRunServer
from dataproc_server import DataprocServer
from places import JOBS

# Airflow reads its home when it is imported, so this can't wait for a fixture.
_HOME = Path(tempfile.mkdtemp(prefix="airflow-tests-"))
_EMPTY_DATABASE = _HOME / "empty.db"
_DAGS = Path(__file__).parent.parent
os.environ.update(
    AIRFLOW_HOME=str(_HOME),
    AIRFLOW__CORE__DAGS_FOLDER=str(_DAGS),
    AIRFLOW__CORE__LOAD_EXAMPLES="False",
    # Tests change the graph more often than every 30 seconds: a run must find its own.
    AIRFLOW__CORE__MIN_SERIALIZED_DAG_UPDATE_INTERVAL="0",
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED="False",
)
for name in [name for name in os.environ if name.startswith("PIPELINE_")]:
    del os.environ[name]

STAND_IN = Path(__file__).parent / "stand_in_data_python.py"


@pytest.fixture(scope="session")
def airflow_database() -> Iterator[None]:
    migrate = [sys.executable, "-m", "airflow", "db", "migrate"]
    subprocess.run(migrate, check=True, capture_output=True, timeout=120)
    shutil.copyfile(_HOME / "airflow.db", _EMPTY_DATABASE)

    from airflow.sdk.execution_time import supervisor

    # See embedded/engines/airflow/python/airflow_local_settings.py: one API per process instead of one per task.
    supervisor.in_process_api_server = functools.cache(supervisor.in_process_api_server)
    yield
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def empty_database(airflow_database: None) -> Path:
    """To be copied: making one takes ten seconds."""
    return _EMPTY_DATABASE


def load_dag() -> Any:
    """The DAG as the present environment shapes it."""
    import trips

    return importlib.reload(trips).trips()


def register_graph() -> None:
    """`dags test` registers a DAG only where it is unknown yet, and tests change its graph."""
    from airflow.dag_processing.bundles.manager import DagBundlesManager
    from airflow.models.dagbag import BundleDagBag, sync_bag_to_db

    manager = DagBundlesManager()
    manager.sync_bundles_to_db()
    for bundle in manager.get_all_dag_bundles():
        bundle.initialize()
        found = BundleDagBag(dag_folder=bundle.path, bundle_path=bundle.path)
        sync_bag_to_db(found, bundle.name, bundle.version)  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class StandIn:
    """A deployment whose data environment is `stand_in_data_python.py`."""

    folder: Path

    def scenario(self, **scenario: Any) -> None:
        (self.folder / "scenario.json").write_text(json.dumps(scenario), encoding="utf-8")

    def settle(self, **changes: Any) -> None:
        """Change the settings file."""
        file = self.folder / "settings.json"
        file.write_text(json.dumps({**json.loads(file.read_text(encoding="utf-8")), **changes}), encoding="utf-8")

    def run(self, **conf: Any) -> Any:
        """Run the DAG under the name `r1`; returns the DagRun."""
        register_graph()
        return load_dag().test(run_conf={"run_id": "r1", **conf})

    def calls(self) -> list[dict[str, Any]]:
        lines = (self.folder / "calls.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def called(self) -> list[str]:
        return [call["what"] for call in self.calls()]

    def leave(self, name: str, document: dict[str, Any]) -> None:
        """Put a file into the run's folder."""
        file = self.folder / "runs/r1" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(document), encoding="utf-8")

    def outcome(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads((self.folder / "runs/r1/outcome.json").read_text(encoding="utf-8"))
        return document


def _settings(folder: Path) -> dict[str, Any]:
    return {
        "version": 1,
        "target": "embedded",
        "projectId": "acme-prod",
        "location": "europe-west1",
        "warehouse": {"file": str(folder / "warehouse.duckdb"), "lockFile": str(folder / "warehouse.lock")},
        "datasets": {name: f"trips_{name}" for name in ("landed", "lake", "staging", "marts")},
        "lake": {zone: f"file://{folder}/lake/{zone}" for zone in ("raw", "clean", "quarantine")},
        "postgres": {"host": "127.0.0.1"},
        "spark": None,
        "identities": None,
        "paths": {"runs": str(folder / "runs"), "logs": str(folder / "logs")},
    }


IN_THE_CLOUD = {"target": "cloud", "warehouse": {"kind": "bigquery", "maximumBytesBilled": 5_000_000_000}}


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, airflow_database: None) -> StandIn:
    (tmp_path / "settings.json").write_text(json.dumps(_settings(tmp_path)), encoding="utf-8")
    monkeypatch.setenv("PIPELINE_SETTINGS", str(tmp_path / "settings.json"))
    monkeypatch.setenv("PIPELINE_DATA_PYTHON", str(STAND_IN))
    monkeypatch.setenv("STAND_IN_FOLDER", str(tmp_path))
    return StandIn(tmp_path)


@pytest.fixture
def on_a_machine(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """In the cloud, with the work done beside Airflow under accounts of its own."""
    identities = {"ingest": "trips-ingest@acme.test", "transform": "trips-transform@acme.test"}
    stand_in.settle(**IN_THE_CLOUD, identities=identities)
    monkeypatch.setenv("PIPELINE_TARGET", "cloud")
    monkeypatch.setenv("PIPELINE_WORK", "here")
    return stand_in


@pytest.fixture
def cloud_run(tmp_path: Path) -> Iterator[CloudRunServer]:
    (tmp_path / "bin").mkdir()
    dbt = tmp_path / "bin/dbt"
    dbt.write_text(f'#!/bin/sh\nexec {STAND_IN} dbt "$@"\n', encoding="utf-8")
    dbt.chmod(0o755)
    # What the job's container has: stacks/platform/jobs.ts.
    memory = {"DBT_TARGET_PATH": tmp_path / "memory/target", "DBT_LOG_PATH": tmp_path / "memory/logs"}
    variables = [f"{name}={value}" for name, value in memory.items()]
    path = f"PATH={tmp_path / 'bin'}:{os.environ['PATH']}"
    dbt_job = ["env", *variables, path, "sh", str(_DAGS.parent / "dbt/in_job.sh")]
    server = CloudRunServer({"trips-ingest": [str(STAND_IN), "-m", "ingest"], "trips-dbt": dbt_job})
    yield server
    server.stop()


@pytest.fixture
def in_jobs(stand_in: StandIn, cloud_run: CloudRunServer, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """In the cloud, with the work done in jobs: Google's operator, hooks, trigger and clients speak to `cloud_run`."""
    from airflow.providers.google.cloud.hooks.cloud_run import CloudRunAsyncHook, CloudRunHook
    from google.cloud.run_v2 import ExecutionsClient, JobsAsyncClient, JobsClient
    from google.cloud.run_v2.services.executions.transports import ExecutionsGrpcTransport
    from google.cloud.run_v2.services.jobs.transports import JobsGrpcAsyncIOTransport, JobsGrpcTransport

    from platform_tasks import cloud_run_operator

    address = cloud_run.start()

    def jobs(*_: Any, **__: Any) -> JobsClient:
        return JobsClient(transport=JobsGrpcTransport(channel=grpc.insecure_channel(address)))

    async def jobs_later(*_: Any, **__: Any) -> JobsAsyncClient:
        return JobsAsyncClient(transport=JobsGrpcAsyncIOTransport(channel=grpc.aio.insecure_channel(address)))

    def executions(_: Any) -> ExecutionsClient:
        return ExecutionsClient(transport=ExecutionsGrpcTransport(channel=grpc.insecure_channel(address)))

    # All that is put in place of Google's: the connection.
    monkeypatch.setattr(CloudRunHook, "get_conn", jobs)
    monkeypatch.setattr(CloudRunAsyncHook, "get_conn", jobs_later)
    monkeypatch.setattr(cloud_run_operator, "executions_client", executions)
    monkeypatch.setenv("AIRFLOW_CONN_GOOGLE_CLOUD_DEFAULT", "google-cloud-platform://?is_anonymous=true")
    for name, value in JOBS.items():
        monkeypatch.setenv(name, value)
    stand_in.settle(**IN_THE_CLOUD)
    return stand_in


@pytest.fixture
def with_spark(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Its Spark is the stand-in, too."""
    reports = f"file://{stand_in.folder}/lake/clean/reports"
    stand_in.settle(spark={"reports": reports, "memory": "1g", "batch": None})
    monkeypatch.setenv("PIPELINE_SPARK", "true")
    monkeypatch.setenv("PIPELINE_SPARK_PYTHON", str(STAND_IN))
    return stand_in


@pytest.fixture
def dataproc() -> Iterator[DataprocServer]:
    server = DataprocServer()
    yield server
    server.stop()


BATCH = {
    "mainUri": "gs://acme-spark/jobs/1/main.py",
    "packageUris": ["gs://acme-spark/jobs/1/trips_spark-1-py3-none-any.whl"],
    "runtime": {"version": "2.3", "properties": {"spark.dynamicAllocation.maxExecutors": "4"}},
    "execution": {
        "service_account": "trips-spark@acme.test",
        "subnetwork_uri": "projects/acme-prod/regions/europe-west1/subnetworks/trips",
        "network_tags": ["trips-spark-batch"],
        "staging_bucket": "acme-spark-scratch",
        "ttl": "7200s",
    },
    "historyServer": "projects/acme-prod/regions/europe-west1/clusters/history",
}


@pytest.fixture
def in_batches(in_jobs: StandIn, dataproc: DataprocServer, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """As `in_jobs`, with Spark: Google's operator, hooks, trigger and clients speak to `dataproc`."""
    from airflow.providers.google.cloud.hooks.dataproc import DataprocAsyncHook, DataprocHook
    from google.cloud.dataproc_v1 import BatchControllerAsyncClient, BatchControllerClient
    from google.cloud.dataproc_v1.services.batch_controller.transports import (
        BatchControllerGrpcAsyncIOTransport,
        BatchControllerGrpcTransport,
    )

    address = dataproc.start()

    def batches(*_: Any, **__: Any) -> BatchControllerClient:
        return BatchControllerClient(transport=BatchControllerGrpcTransport(channel=grpc.insecure_channel(address)))

    async def batches_later(*_: Any, **__: Any) -> BatchControllerAsyncClient:
        channel = grpc.aio.insecure_channel(address)
        return BatchControllerAsyncClient(transport=BatchControllerGrpcAsyncIOTransport(channel=channel))

    monkeypatch.setattr(DataprocHook, "get_batch_client", batches)
    monkeypatch.setattr(DataprocAsyncHook, "get_batch_client", batches_later)
    monkeypatch.setenv("PIPELINE_SPARK", "true")
    lake = {zone: f"gs://acme-{zone}" for zone in ("raw", "clean", "quarantine")}
    in_jobs.settle(lake=lake, spark={"reports": "gs://acme-clean/reports", "memory": "1g", "batch": BATCH})
    return in_jobs
