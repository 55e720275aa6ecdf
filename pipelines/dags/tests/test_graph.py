"""What the DAG looks like."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from conftest import load_dag

STAGES = ["fetch", "clean", "land", "postgres"]


def test_one_chain_of_stages_for_zones_and_one_mapped_over_the_changed_deliveries() -> None:
    dag = load_dag()

    assert set(dag.task_ids) == {
        "plan",
        "skip_unchanged",
        *(f"{group}.{stage}" for group in ("zones", "months") for stage in STAGES),
        "dbt_build",
        "export",
        "report",
        "outcome",
    }
    for group in ("zones", "months"):
        for before, after in pairwise(STAGES):
            assert f"{group}.{before}" in dag.get_task(f"{group}.{after}").upstream_task_ids
    months = dag.get_task("months.fetch")
    assert [group.group_id for group in months.iter_mapped_task_groups()] == ["months"]
    assert not list(dag.get_task("zones.fetch").iter_mapped_task_groups())


def test_dbt_waits_for_landing_only_and_the_report_for_everything() -> None:
    dag = load_dag()

    assert dag.get_task("dbt_build").upstream_task_ids == {"zones.land", "months.land"}
    assert dag.get_task("report").upstream_task_ids == {"export", "zones.postgres", "months.postgres"}
    assert [task.task_id for task in dag.leaves] == ["outcome"]
    rules = {task.task_id: task.trigger_rule.value for task in dag.tasks if task.trigger_rule != "all_success"}
    assert rules == {"dbt_build": "all_done", "report": "all_done", "outcome": "all_done"}


def test_whoever_opens_the_warehouse_is_in_its_pool() -> None:
    pooled = {task.task_id for task in load_dag().tasks if task.pool == "warehouse"}

    assert pooled == {"plan", "zones.land", "months.land", "dbt_build", "export", "report"}


def test_whoever_works_on_a_delivery_outside_of_it_is_in_another() -> None:
    pooled = {task.task_id for task in load_dag().tasks if task.pool == "deliveries"}

    assert pooled == {f"{group}.{stage}" for group in ("zones", "months") for stage in ("fetch", "clean", "postgres")}


def test_every_task_has_a_timeout_and_the_embedded_run_retries_nothing() -> None:
    tasks = load_dag().tasks

    assert all(task.execution_timeout is not None for task in tasks)
    assert {task.retries for task in tasks} == {0}


def test_every_task_waits_ever_longer_between_retries_and_notes_its_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIPELINE_RETRY_SECONDS", "90")

    tasks = load_dag().tasks

    assert {task.retry_delay for task in tasks} == {timedelta(seconds=90)}
    assert {task.max_retry_delay for task in tasks} == {timedelta(hours=1)}
    assert all(task.retry_exponential_backoff for task in tasks)
    assert all(task.on_failure_callback for task in tasks)


def test_freshness_is_judged_before_the_outcome_where_the_deployment_sets_an_age(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PIPELINE_FRESHNESS_DAYS", "100")

    dag = load_dag()

    assert dag.get_task("freshness").upstream_task_ids == {"report"}
    assert dag.get_task("outcome").upstream_task_ids == {"freshness"}
    assert (dag.get_task("freshness").step.max_age_days, dag.get_task("freshness").pool) == (100, "warehouse")


def test_sparks_report_stands_beside_the_dashboard_where_the_deployment_has_spark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PIPELINE_SPARK", "true")

    dag = load_dag()

    task = dag.get_task("spark_report")
    assert (task.upstream_task_ids, task.downstream_task_ids) == ({"dbt_build"}, {"report"})
    assert (task.pool, task.trigger_rule.value) == ("default_pool", "all_success")
    assert dag.get_task("report").upstream_task_ids == {"export", "spark_report", "zones.postgres", "months.postgres"}


def test_it_runs_every_month_one_run_at_a_time_and_says_how_it_works() -> None:
    dag = load_dag()

    assert (dag.schedule, dag.catchup, dag.max_active_runs) == ("@monthly", False, 1)
    for topic in ("Schedule", "Retries", "Failures", "Freshness"):
        assert f"**{topic}.**" in (dag.doc_md or "")


def test_retries_come_from_the_environment_and_spare_the_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIPELINE_RETRIES", "2")

    retries = {task.task_id: task.retries for task in load_dag().tasks}

    assert retries["months.fetch"] == 2
    assert retries["outcome"] == 0


def test_without_postgres_there_is_no_postgres_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIPELINE_POSTGRES", "false")

    dag = load_dag()

    assert not [task for task in dag.task_ids if "postgres" in task]
    assert dag.get_task("report").upstream_task_ids == {"export", "zones.land", "months.land"}


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("PIPELINE_POSTGRES", "yes", "PIPELINE_POSTGRES must be true or false; it is 'yes'"),
        ("PIPELINE_SPARK", "local", "PIPELINE_SPARK must be true or false; it is 'local'"),
        ("PIPELINE_RETRIES", "-1", "PIPELINE_RETRIES must be a whole number"),
        ("PIPELINE_TARGET", "moon", "PIPELINE_TARGET must be embedded or cloud; it is 'moon'"),
        ("PIPELINE_WORK", "moon", "PIPELINE_WORK must be here or jobs; it is 'moon'"),
        ("PIPELINE_WORK", "jobs", "with PIPELINE_TARGET 'embedded' there is no Cloud Run"),
    ],
)
def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, error: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ValueError, match=error):
        load_dag()


def test_the_scheduler_waits_for_the_date_of_a_rescheduled_plan() -> None:
    from airflow.serialization.serialized_objects import SerializedDAG
    from airflow.ti_deps.deps.ready_to_reschedule import ReadyToRescheduleDep

    read_back = SerializedDAG.from_dict(SerializedDAG.to_dict(load_dag()))

    waiting = {
        name: any(isinstance(dep, ReadyToRescheduleDep) for dep in read_back.get_task(name).deps)
        for name in ("plan", "report")
    }
    assert waiting == {"plan": True, "report": False}
