"""Spark's report in the run: beside Airflow with a stand-in and with Spark itself, and as a batch of Dataproc's."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import grpc
import pytest
from airflow.exceptions import AirflowException, AirflowFailException

from conftest import BATCH, StandIn, load_dag
from dataproc_server import DataprocServer
from real_deployment import RealDeployment, generate

SPARK_PYTHON = Path(sys.prefix).parent / "spark" / "bin" / "python"


def test_beside_airflow_the_job_is_a_program_like_the_others(with_spark: StandIn) -> None:
    with_spark.scenario(changed=["yellow 2019-01"])

    assert with_spark.run().state == "success"

    called = with_spark.called()
    assert called.index("dbt") < called.index("spark") < called.index("summary")
    [call] = [call for call in with_spark.calls() if call["what"] == "spark"]
    lake = f"file://{with_spark.folder}/lake/clean"
    assert call["arguments"] == [
        *("-P", "-m", "trips_spark", "revenue_report"),
        *("--input", lake, "--output", f"{lake}/reports", "--run-id", "r1", "--memory", "1g"),
    ]
    assert call["environment"]["PYTHONPATH"].endswith("/pipelines/spark/src")
    assert call["environment"]["SPARK_LOCAL_DIRS"] == call["scratch"]
    assert not [name for name in call["environment"] if name.startswith("AIRFLOW")]


def test_a_job_that_fails_is_named_and_the_report_is_still_made(with_spark: StandIn) -> None:
    with_spark.scenario(changed=[], fail={"spark": "yellow 2019-01: the file is cut off"})

    assert with_spark.run().state == "failed"

    [failed] = with_spark.outcome()["failed"]
    assert (failed["task"], failed["message"].splitlines()[0]) == (
        "spark_report",
        "yellow 2019-01: the file is cut off",
    )
    assert with_spark.called()[-1] == "summary"


def test_the_summary_for_programs_is_not_taken_for_the_error(with_spark: StandIn) -> None:
    lines = ["error: yellow 2019-01: cut off", "  where: trips.parquet", '{"job": "revenue_report"}']

    refused = load_dag().get_task("spark_report").failure(1, lines, {})
    passing = load_dag().get_task("spark_report").failure(75, lines, {})

    assert (type(refused), str(refused)) == (AirflowFailException, "yellow 2019-01: cut off\n  where: trips.parquet")
    assert type(passing) is AirflowException


def test_a_graph_that_disagrees_with_the_settings_on_spark_is_refused(with_spark: StandIn) -> None:
    with_spark.scenario(changed=[])
    with_spark.settle(spark=None)

    assert with_spark.run().state == "failed"

    [failed] = with_spark.outcome()["failed"]
    assert "PIPELINE_SPARK is true, but by the settings it must be false" in failed["message"]


def test_in_the_cloud_a_batch_gets_what_the_deployment_tells(in_batches: StandIn, dataproc: DataprocServer) -> None:
    in_batches.scenario(changed=["yellow 2019-01"])

    assert in_batches.run().state == "success"

    [request] = dataproc.requests
    assert request.parent == "projects/acme-prod/regions/europe-west1"
    assert len(request.batch_id) <= 63
    job, batch = request.batch.pyspark_batch, request.batch
    assert job.main_python_file_uri == BATCH["mainUri"]
    assert list(job.python_file_uris) == BATCH["packageUris"]
    assert list(job.args) == [
        "revenue_report",
        *("--input", "gs://acme-clean", "--output", "gs://acme-clean/reports", "--run-id", "r1"),
    ]
    assert batch.runtime_config.version == "2.3"
    execution = batch.environment_config.execution_config
    assert (execution.service_account, execution.ttl.total_seconds()) == ("trips-spark@acme.test", 7200)
    history = batch.environment_config.peripherals_config.spark_history_server_config
    assert history.dataproc_cluster == BATCH["historyServer"]


@pytest.mark.parametrize(
    ("scenario", "batches"),
    [({}, 0), ({"zones_changed": True}, 1), ({"report_behind": True}, 1), ({"changed": ["green 2019-01"]}, 1)],
)
def test_a_batch_is_submitted_only_where_something_changed(
    in_batches: StandIn, dataproc: DataprocServer, scenario: dict[str, Any], batches: int
) -> None:
    in_batches.scenario(**scenario)

    assert in_batches.run().state == "success"

    assert len(dataproc.requests) == batches
    assert in_batches.called()[-1] == "summary"


def test_a_failed_batch_is_tried_again_under_another_name(
    in_batches: StandIn, dataproc: DataprocServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIPELINE_RETRIES", "1")
    monkeypatch.setenv("PIPELINE_RETRY_SECONDS", "0")
    in_batches.scenario(changed=["yellow 2019-01"])
    dataproc.failure = "the driver ran out of memory"

    assert in_batches.run().state == "failed"

    assert len({request.batch_id for request in dataproc.requests}) == 2
    [failed] = in_batches.outcome()["failed"]
    assert failed["task"] == "spark_report"
    assert "the driver ran out of memory" in failed["message"]


@pytest.mark.parametrize(
    ("code", "unfit"),
    [(grpc.StatusCode.PERMISSION_DENIED, AirflowFailException), (grpc.StatusCode.RESOURCE_EXHAUSTED, AirflowException)],
)
def test_a_batch_that_may_not_be_submitted_is_told_from_one_that_cannot_be_now(
    in_batches: StandIn, dataproc: DataprocServer, code: grpc.StatusCode, unfit: type[Exception]
) -> None:
    dataproc.refusal = (code, "not today")
    instance = SimpleNamespace(id="0", xcom_pull=lambda **_: ["changed"], xcom_push=lambda **_: None)

    with pytest.raises(AirflowException, match="The batch couldn't be submitted: not today") as raised:
        load_dag().get_task("spark_report").execute(
            {"params": {"run_id": "r1"}, "ti": instance, "task_instance": instance}
        )

    assert type(raised.value) is unfit


def test_spark_itself_reports_on_the_lake_and_starts_no_session_for_what_it_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, airflow_database: None
) -> None:
    deployment = RealDeployment.make(tmp_path / "dev")
    file = deployment.folder / "settings.json"
    settings = json.loads(file.read_text(encoding="utf-8"))
    reports = Path(settings["lake"]["clean"].removeprefix("file://")) / "reports"
    settings["spark"] = {"reports": reports.as_uri(), "memory": "1g", "batch": None}
    file.write_text(json.dumps(settings), encoding="utf-8")
    for name, value in deployment.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PIPELINE_SPARK", "true")
    monkeypatch.setenv("PIPELINE_SPARK_PYTHON", str(SPARK_PYTHON))
    source = generate(tmp_path / "tlc", "yellow", "2024-01", rows=500)

    def run(name: str) -> dict[str, Any]:
        assert load_dag().test(run_conf={"run_id": name, "source": str(source)}).state == "success", name
        document: dict[str, Any] = json.loads((deployment.folder / f"runs/{name}/summary.json").read_text())
        return dict(document["spark"])

    first = run("r1")
    pointer = (reports / "revenue_report/current.json").read_bytes()
    monkeypatch.setenv("JAVA_HOME", "/absent")
    again = run("r2")

    assert (first["equal"], first["message"]) == (True, None)
    assert first["rows"] > 0 and first["seconds"] > 0
    assert again == {**first, "seconds": None}
    assert (reports / "revenue_report/current.json").read_bytes() == pointer
