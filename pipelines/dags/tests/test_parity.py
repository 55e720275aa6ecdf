"""On every deployment the DAG is the same, but for the operators that do the work."""

from __future__ import annotations

import json
from typing import Any

import pytest

from places import PLACES, python_at

DUMP = """
import json, trips
dag = trips.trips()
print(json.dumps({task.task_id: {
    "operator": type(task).__name__,
    "upstream": sorted(task.upstream_task_ids),
    "downstream": sorted(task.downstream_task_ids),
    "groups": [group.group_id for group in task.iter_mapped_task_groups()],
    "retries": task.retries,
    "retry_delay": str(task.retry_delay),
    "timeout": str(task.execution_timeout),
    "trigger_rule": task.trigger_rule.value,
    "pool": task.pool,
    "needs": list(getattr(task, "needs", ())),
    "note": bool(task.on_failure_callback),
    "reschedule": getattr(task, "reschedule", False),
} for task in dag.tasks}))
"""

OURS_EVERYWHERE = {"skip_unchanged", "outcome"}


@pytest.fixture(scope="module")
def graphs() -> dict[str, dict[str, dict[str, Any]]]:
    return {place: json.loads(python_at(place, DUMP).splitlines()[-1]) for place in PLACES}


def test_the_graph_is_the_same_everywhere(graphs: dict[str, dict[str, dict[str, Any]]]) -> None:
    def without_operators(graph: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        return {task: {name: of[name] for name in of if name != "operator"} for task, of in graph.items()}

    embedded = without_operators(graphs["embedded"])
    assert len(embedded) == 16
    for place in PLACES:
        assert without_operators(graphs[place]) == embedded, place


def test_only_the_operators_of_the_work_differ(graphs: dict[str, dict[str, dict[str, Any]]]) -> None:
    def operators(place: str) -> dict[str, str]:
        return {task: of["operator"] for task, of in graphs[place].items()}

    here, jobs = operators("embedded"), operators("cloud, work in jobs")
    # A machine in the cloud has Dataproc too, which brings machines of its own.
    assert (here["spark_report"], jobs["spark_report"]) == ("SparkReportOperator", "SparkBatchOperator")
    assert operators("cloud, work here") == {**here, "spark_report": "SparkBatchOperator"}
    assert {task for task in here if here[task] == jobs[task]} == OURS_EVERYWHERE
    ours = {"PlanJobOperator", "IngestJobOperator", "DbtJobOperator", "SparkBatchOperator"}
    assert set(jobs.values()) - set(here.values()) == ours


def test_the_pools_that_tasks_are_in_are_the_ones_that_are_made(graphs: dict[str, dict[str, dict[str, Any]]]) -> None:
    import sys

    from places import DAGS

    sys.path.insert(0, str(DAGS / "plugins"))
    from pools import POOLS, SLOTS

    pools = {of["pool"] for graph in graphs.values() for of in graph.values()}
    assert pools == {"default_pool", *POOLS}
    assert all(slots.keys() == POOLS.keys() for slots in SLOTS.values())
    assert SLOTS["embedded"]["warehouse"] == 1
    in_default_pool = {task for graph in graphs.values() for task in graph if graph[task]["pool"] == "default_pool"}
    # Of Spark's report there is one at a time, and in the cloud it opens nothing that a pool guards.
    assert in_default_pool == {*OURS_EVERYWHERE, "spark_report"}, "what comes in hundreds needs a bound of its own"
