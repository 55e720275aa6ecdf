"""Makes the tasks of the platform's DAGs: the same ones on every deployment, done by whatever place of work it has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from airflow.sdk import BaseOperator, TriggerRule

from platform_tasks.deployment import Deployment
from platform_tasks.failure_note import note_failure
from platform_tasks.freshness_step import FreshnessStep
from platform_tasks.ingest_step import IngestStep
from platform_tasks.outcome_operator import OutcomeOperator
from platform_tasks.place_of_work import PlaceOfWork, place_of_work
from platform_tasks.plan_step import PlanStep
from platform_tasks.skip_unchanged_operator import SkipUnchangedOperator

WAREHOUSE_POOL = "warehouse"
"""Who opens the warehouse; `plugins/pools.py` makes it, with as many slots as the warehouse bears."""

DELIVERIES_POOL = "deliveries"
"""Who works on one delivery without opening the warehouse; made there too."""

_STAGE_TIMEOUT = timedelta(minutes=30)
_DBT_TIMEOUT = timedelta(hours=1)
_SPARK_TIMEOUT = timedelta(hours=1)
_LONGEST_RETRY_DELAY = timedelta(hours=1)


def platform_tasks(environ: Mapping[str, str]) -> PlatformTasks:
    """The tasks of the deployment that PIPELINE_* describe. Raises ValueError for a variable that makes no sense."""
    deployment = Deployment.from_environment(environ)
    return PlatformTasks(deployment, place_of_work(deployment))


class PlatformTasks:
    """What a DAG may ask for. The ids of groups are given in, so that a DAG names its own parts."""

    def __init__(self, deployment: Deployment, place: PlaceOfWork) -> None:
        self._deployment = deployment
        self._place = place
        self.stages = ("fetch", "clean", "land", *(("postgres",) if deployment.has_postgres else ()))
        self.default_args: dict[str, Any] = {
            "retries": deployment.retries,
            "retry_delay": timedelta(seconds=deployment.retry_seconds),
            "retry_exponential_backoff": True,
            "max_retry_delay": _LONGEST_RETRY_DELAY,
            "on_failure_callback": note_failure(deployment),
            "execution_timeout": _STAGE_TIMEOUT,
        }

    def plan(self) -> BaseOperator:
        return self._place.plan(PlanStep(self._deployment), task_id="plan", pool=WAREHOUSE_POOL)

    def skip_unchanged(self, *, zones_group: str, months_group: str) -> BaseOperator:
        return SkipUnchangedOperator(
            task_id="skip_unchanged", plan="plan", zones_group=zones_group, months_group=months_group
        )

    def stage(self, stage: str, delivery: Any) -> BaseOperator:
        """`fetch`, `clean`, `land` or `postgres` of one delivery."""
        return self._place.ingest(
            IngestStep(self._deployment, stage),
            task_id=stage,
            delivery=delivery,
            map_index_template="{{ task.delivery['service'] }} {{ task.delivery['file_month'] }}",
            pool=WAREHOUSE_POOL if stage == "land" else DELIVERIES_POOL,
        )

    def dbt_build(self) -> BaseOperator:
        return self._place.dbt_build(
            task_id="dbt_build",
            pool=WAREHOUSE_POOL,
            execution_timeout=_DBT_TIMEOUT,
            # A month that failed must not keep the others out of the models.
            trigger_rule=TriggerRule.ALL_DONE,
            needs=["plan"],
        )

    def export(self) -> BaseOperator:
        return self._place.ingest(IngestStep(self._deployment, "export"), task_id="export", pool=WAREHOUSE_POOL)

    def spark_report(self) -> BaseOperator | None:
        """None where the deployment has no Spark: then the graph has no such task."""
        if not self._deployment.has_spark:
            return None
        return self._place.spark_report(task_id="spark_report", plan="plan", execution_timeout=_SPARK_TIMEOUT)

    def report(self) -> BaseOperator:
        return self._place.ingest(
            IngestStep(self._deployment, "summary"),
            task_id="report",
            pool=WAREHOUSE_POOL,
            trigger_rule=TriggerRule.ALL_DONE,
            needs=["plan"],
        )

    def freshness(self) -> BaseOperator | None:
        """None where the deployment sets no age: then the graph has no such task."""
        days = self._deployment.freshness_days
        if days is None:
            return None
        return self._place.ingest(
            FreshnessStep(self._deployment, max_age_days=days),
            task_id="freshness",
            pool=WAREHOUSE_POOL,
            trigger_rule=TriggerRule.ALL_DONE,
            needs=["plan"],
        )

    def outcome(self) -> BaseOperator:
        return OutcomeOperator(
            task_id="outcome", deployment=self._deployment, plan="plan", retries=0, trigger_rule=TriggerRule.ALL_DONE
        )
