"""Makes the operators of the platform's DAGs. Nothing else knows on which target, and so how, the work is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Protocol

from airflow.sdk import BaseOperator, TriggerRule

from platform_tasks.dbt_operator import DbtBuildOperator
from platform_tasks.deployment import Deployment
from platform_tasks.failure_note import note_failure
from platform_tasks.freshness_operator import FreshnessOperator
from platform_tasks.ingest_operator import IngestOperator
from platform_tasks.outcome_operator import OutcomeOperator
from platform_tasks.plan_operator import PlanOperator, SkipUnchangedOperator

WAREHOUSE_POOL = "warehouse"
"""One slot: DuckDB has one writer, and a reader in another process blocks it."""

_STAGE_TIMEOUT = timedelta(minutes=30)
_DBT_TIMEOUT = timedelta(hours=1)
_LONGEST_RETRY_DELAY = timedelta(hours=1)


class PlatformTasks(Protocol):
    """What a DAG may ask for. The ids of groups are given in, so that a DAG names its own parts."""

    default_args: dict[str, Any]
    stages: tuple[str, ...]

    def plan(self) -> BaseOperator: ...
    def skip_unchanged(self, *, zones_group: str, months_group: str) -> BaseOperator: ...
    def stage(self, stage: str, delivery: Any) -> BaseOperator: ...
    def dbt_build(self) -> BaseOperator: ...
    def export(self) -> BaseOperator: ...
    def report(self) -> BaseOperator: ...
    def freshness(self) -> BaseOperator | None: ...
    def outcome(self) -> BaseOperator: ...


def platform_tasks(environ: Mapping[str, str]) -> PlatformTasks:
    """The tasks for the target that PIPELINE_TARGET names. Raises ValueError for a target that has none."""
    deployment = Deployment.from_environment(environ)
    if deployment.target == "embedded":
        return EmbeddedTasks(deployment)
    raise ValueError(f"PIPELINE_TARGET is {deployment.target!r}; there are tasks for 'embedded' only.")


class EmbeddedTasks:
    """Every task is a program of the data environment on this machine."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self.stages = ("fetch", "clean", "land", *(("postgres",) if deployment.has_postgres else ()))
        self.default_args: dict[str, Any] = {
            "retries": deployment.retries,
            "retry_delay": timedelta(seconds=deployment.retry_seconds),
            "retry_exponential_backoff": True,
            "max_retry_delay": _LONGEST_RETRY_DELAY,
            "on_failure_callback": note_failure(deployment.settings),
            "execution_timeout": _STAGE_TIMEOUT,
        }

    def plan(self) -> BaseOperator:
        return PlanOperator(task_id="plan", deployment=self._deployment, pool=WAREHOUSE_POOL)

    def skip_unchanged(self, *, zones_group: str, months_group: str) -> BaseOperator:
        return SkipUnchangedOperator(
            task_id="skip_unchanged", plan="plan", zones_group=zones_group, months_group=months_group
        )

    def stage(self, stage: str, delivery: Any) -> BaseOperator:
        """`fetch`, `clean`, `land` or `postgres` of one delivery."""
        pool = {"pool": WAREHOUSE_POOL} if stage == "land" else {}
        return IngestOperator(
            task_id=stage,
            deployment=self._deployment,
            stage=stage,
            delivery=delivery,
            map_index_template="{{ task.delivery['service'] }} {{ task.delivery['file_month'] }}",
            **pool,
        )

    def dbt_build(self) -> BaseOperator:
        return DbtBuildOperator(
            task_id="dbt_build",
            deployment=self._deployment,
            pool=WAREHOUSE_POOL,
            execution_timeout=_DBT_TIMEOUT,
            # A month that failed must not keep the others out of the models.
            trigger_rule=TriggerRule.ALL_DONE,
            needs=["plan"],
        )

    def export(self) -> BaseOperator:
        return IngestOperator(task_id="export", deployment=self._deployment, stage="export", pool=WAREHOUSE_POOL)

    def report(self) -> BaseOperator:
        return IngestOperator(
            task_id="report",
            deployment=self._deployment,
            stage="summary",
            pool=WAREHOUSE_POOL,
            trigger_rule=TriggerRule.ALL_DONE,
            needs=["plan"],
        )

    def freshness(self) -> BaseOperator | None:
        """None where the deployment sets no age: then the graph has no such task."""
        days = self._deployment.freshness_days
        if days is None:
            return None
        return FreshnessOperator(
            task_id="freshness",
            deployment=self._deployment,
            max_age_days=days,
            pool=WAREHOUSE_POOL,
            trigger_rule=TriggerRule.ALL_DONE,
            needs=["plan"],
        )

    def outcome(self) -> BaseOperator:
        return OutcomeOperator(
            task_id="outcome", deployment=self._deployment, plan="plan", retries=0, trigger_rule=TriggerRule.ALL_DONE
        )
