"""Whole runs of the DAG whose work is done in Cloud Run's jobs, through Google's own operator, trigger and clients."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import grpc
import pytest
from airflow.exceptions import AirflowException, AirflowFailException

from cloud_run_server import LOCATION, CloudRunServer
from conftest import StandIn, load_dag


def arguments_of(server: CloudRunServer) -> list[str]:
    """Of each execution, without settings and run id, which all of ingest's have."""
    given = [" ".join(request.overrides.container_overrides[0].args) for request in server.requests]
    return [words.partition("--run-id r1 ")[2] or words for words in given]


def test_a_run_asks_for_the_same_work_as_beside_airflow(in_jobs: StandIn, cloud_run: CloudRunServer) -> None:
    in_jobs.scenario(changed=["yellow 2019-01"], zones_changed=True)

    run = in_jobs.run(source="/data", months="2019-01")

    assert run.state == "success"
    called = in_jobs.called()
    stages = ["fetch", "clean", "land", "postgres"]
    staged = [f"{stage} {delivery}" for stage in stages for delivery in ("zones", "yellow 2019-01")]
    assert sorted(called) == sorted(["plan", *staged, "dbt", "export", "summary"])
    assert (called[0], called[-1]) == ("plan", "summary")
    assert [call for call in called if call.startswith(("land", "dbt", "export"))][-2:] == ["dbt", "export"]
    assert in_jobs.outcome() == {"state": "success", "tasks": {"success": 13}, "failed": []}


def test_an_execution_is_told_its_command_and_its_environment_and_its_time_is_the_jobs(
    in_jobs: StandIn, cloud_run: CloudRunServer
) -> None:
    in_jobs.scenario(changed=["yellow 2019-01"])

    in_jobs.run(source="/data", months="2019-01")

    settings = str(in_jobs.folder / "settings.json")
    plan, dbt = cloud_run.requests[0], next(one for one in cloud_run.requests if one.name.endswith("dbt"))
    assert (plan.name, dbt.name) == (f"{LOCATION}/jobs/trips-ingest", f"{LOCATION}/jobs/trips-dbt")
    assert list(plan.overrides.container_overrides[0].args) == [
        *("--settings", settings, "--run-id", "r1"),
        *("plan", "--source", "/data", "--months", "2019-01"),
    ]
    assert not any("timeout" in request.overrides for request in cloud_run.requests)
    assert {request.overrides.task_count for request in cloud_run.requests} == {1}
    assert "land --service yellow --file-month 2019-01" in arguments_of(cloud_run)
    [container] = dbt.overrides.container_overrides
    assert list(container.args[:3]) == ["--log-level-file", "error", "--no-use-colors"]
    assert list(container.args[-2:]) == ["--target", "bigquery"]
    environment = {one.name: one.value for one in container.env}
    assert environment.pop("DBT_ENV_CUSTOM_ENV_TRY")
    assert environment == {
        "DBT_PROJECT_ID": "acme-prod",
        "DBT_LOCATION": "europe-west1",
        "DBT_MAXIMUM_BYTES_BILLED": "5000000000",
        "RESULTS_FOLDER": str(in_jobs.folder / "runs/r1/dbt"),
        **{f"DBT_{name.upper()}_DATASET": f"trips_{name}" for name in ("landed", "lake", "staging", "marts")},
    }


def test_bad_input_fails_in_the_programs_own_words_and_is_not_tried_again(
    in_jobs: StandIn, cloud_run: CloudRunServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIPELINE_RETRIES", "1")
    monkeypatch.setenv("PIPELINE_RETRY_SECONDS", "0")
    in_jobs.scenario(
        changed=["yellow 2019-01", "yellow 2019-02"],
        trouble={"fetch yellow 2019-01": 1},
        fail={"clean yellow 2019-02": "the file is cut off"},
    )

    run = in_jobs.run()

    assert run.state == "failed"
    assert in_jobs.called().count("fetch yellow 2019-01") == 2
    assert in_jobs.called().count("land yellow 2019-01") == 1
    assert in_jobs.called().count("clean yellow 2019-02") == 1
    message = "the file is cut off\n  where: clean yellow 2019-02\n  mend:  the test asked for it"
    assert in_jobs.outcome()["failed"] == [
        {"task": "clean", "service": "yellow", "file_month": "2019-02", "message": message}
    ]


def test_of_what_dbt_writes_only_its_results_and_its_log_reach_the_bucket(in_jobs: StandIn) -> None:
    in_jobs.scenario(changed=[])
    (in_jobs.folder / "memory/logs").mkdir(parents=True)
    (in_jobs.folder / "memory/logs/dbt.log").write_text("a warning", encoding="utf-8")

    assert in_jobs.run().state == "success"

    assert (in_jobs.folder / "memory/target/compiled.sql").is_file()
    left = {file.name for file in (in_jobs.folder / "runs/r1/dbt").iterdir()}
    assert left == {"run_results.json", "dbt.log"}


def test_failing_models_are_named(in_jobs: StandIn) -> None:
    results = [{"unique_id": "test.trips.unique_trip_id", "status": "fail", "message": "Got 3 results"}]
    in_jobs.scenario(changed=[], fail={"dbt": "broken"}, dbt=results)

    in_jobs.run()

    [failed] = in_jobs.outcome()["failed"]
    assert failed["message"] == "dbt build failed: test.trips.unique_trip_id: Got 3 results"


def finish(in_jobs: StandIn, task_id: str, execution: str = "trips-1") -> Any:
    """Go on with a deferred task whose execution has ended, by what every release of Google's trigger tells of it.

    Returns what it raised.
    """
    task = load_dag().get_task(task_id)
    task.delivery = {"service": "yellow", "file_month": "2019-01"} if "months" in task_id else None
    instance = SimpleNamespace(id="this-try", xcom_push=lambda **_: None)
    ended = {"status": "Fail", "operation_error_message": "Memory limit exceeded"}
    with pytest.raises(AirflowException) as raised:
        task.execute_complete({"params": {"run_id": "r1"}, "ti": instance}, ended, execution=execution)
    assert task.error == str(raised.value)
    return raised.value


@pytest.mark.parametrize("left", [None, {"status": "failed", "exit_code": 1, "execution": "trips-0", "message": "old"}])
def test_an_execution_that_left_no_record_of_its_own_may_pass(in_jobs: StandIn, left: dict[str, Any] | None) -> None:
    if left:
        in_jobs.leave("clean-yellow-2019-01.json", left)

    error = finish(in_jobs, "months.clean")

    assert type(error) is AirflowException
    assert "Memory limit exceeded" in str(error)


def test_the_execution_is_known_by_what_was_begun(in_jobs: StandIn) -> None:
    from airflow.exceptions import TaskDeferred

    in_jobs.scenario(fail={"clean yellow 2019-01": "the file is cut off"})
    task = load_dag().get_task("months.clean")
    task.delivery = {"service": "yellow", "file_month": "2019-01"}
    context = {"params": {"run_id": "r1"}, "ti": SimpleNamespace(xcom_push=lambda **_: None)}
    with pytest.raises(TaskDeferred) as deferred:
        task.execute(context)

    assert deferred.value.kwargs == {"execution": "trips-ingest-00001"}
    error = finish(in_jobs, "months.clean", **deferred.value.kwargs)
    assert (type(error), str(error).splitlines()[0]) == (AirflowFailException, "the file is cut off")


def test_without_the_executions_name_nothing_is_believed(in_jobs: StandIn) -> None:
    in_jobs.leave("clean-yellow-2019-01.json", {"status": "failed", "exit_code": 1, "message": "another try's"})

    error = finish(in_jobs, "months.clean", execution="")

    assert type(error) is AirflowException
    assert str(error) == "Cloud Run didn't say which execution of trips-ingest it had started."


def test_results_of_an_earlier_try_of_dbt_are_not_believed_and_its_log_is(in_jobs: StandIn) -> None:
    in_jobs.leave("dbt/run_results.json", {"metadata": {"env": {"TRY": "another"}}, "results": []})
    assert type(finish(in_jobs, "dbt_build")) is AirflowException

    (in_jobs.folder / "runs/r1/dbt/dbt.log").write_text("Parsing Error in stg_trips.sql", encoding="utf-8")
    error = finish(in_jobs, "dbt_build")

    assert type(error) is AirflowFailException
    assert str(error) == "dbt couldn't run: Parsing Error in stg_trips.sql"


@pytest.mark.parametrize(
    ("code", "unfit"),
    [(grpc.StatusCode.PERMISSION_DENIED, AirflowFailException), (grpc.StatusCode.RESOURCE_EXHAUSTED, AirflowException)],
)
def test_a_job_that_may_not_be_started_is_told_from_one_that_cannot_be_now(
    in_jobs: StandIn, cloud_run: CloudRunServer, code: grpc.StatusCode, unfit: type[Exception]
) -> None:
    cloud_run.refusal = (code, "not today")
    context = {"params": {"run_id": "r1"}, "ti": SimpleNamespace(xcom_push=lambda **_: None)}

    with pytest.raises(AirflowException, match="The job trips-ingest couldn't be started: not today") as raised:
        load_dag().get_task("export").execute(context)

    assert type(raised.value) is unfit


def test_a_killed_task_cancels_its_execution(in_jobs: StandIn, cloud_run: CloudRunServer) -> None:
    from airflow.exceptions import TaskDeferred

    in_jobs.scenario()
    task = load_dag().get_task("export")
    task.on_kill()
    with pytest.raises(TaskDeferred):
        task.execute({"params": {"run_id": "r1"}, "ti": SimpleNamespace(xcom_push=lambda **_: None)})

    task.on_kill()

    assert cloud_run.cancelled == [f"{LOCATION}/jobs/trips-ingest/executions/trips-ingest-00001"]


def test_on_a_machine_in_the_cloud_dbt_works_on_bigquery_without_a_lock(on_a_machine: StandIn) -> None:
    on_a_machine.scenario(changed=["yellow 2019-01"])

    assert on_a_machine.run().state == "success"

    [dbt] = [call for call in on_a_machine.calls() if call["what"] == "dbt"]
    assert dbt["arguments"][:3] == ["-P", "-m", "dbt.cli.main"]
    assert dbt["arguments"][-2:] == ["--target", "bigquery"]
    environment = dbt["environment"]
    assert environment["DBT_IMPERSONATE_SERVICE_ACCOUNT"] == "trips-transform@acme.test"
    assert environment["DBT_TARGET_PATH"] == f"{dbt['scratch']}/dbt"
    assert (on_a_machine.folder / "runs/r1/dbt/run_results.json").is_file()
