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
    assert len(embedded) == 15
    for place in PLACES:
        assert without_operators(graphs[place]) == embedded, place


def test_only_the_operators_of_the_work_differ(graphs: dict[str, dict[str, dict[str, Any]]]) -> None:
    def operators(place: str) -> dict[str, str]:
        return {task: of["operator"] for task, of in graphs[place].items()}

    here, jobs = operators("embedded"), operators("cloud, work in jobs")
    assert operators("cloud, work here") == here
    assert {task for task in here if here[task] == jobs[task]} == OURS_EVERYWHERE
    assert set(jobs.values()) - set(here.values()) == {"PlanJobOperator", "IngestJobOperator", "DbtJobOperator"}


def test_the_pool_that_tasks_are_in_is_the_one_that_is_made(graphs: dict[str, dict[str, dict[str, Any]]]) -> None:
    import sys

    from places import DAGS

    sys.path.insert(0, str(DAGS / "plugins"))
    from warehouse_pool import POOL, SLOTS

    pools = {of["pool"] for graph in graphs.values() for of in graph.values()}
    assert pools == {"default_pool", POOL}
    assert SLOTS["embedded"] == 1
