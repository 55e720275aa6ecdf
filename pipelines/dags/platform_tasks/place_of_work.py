"""Where the platform's work is done: the one thing in which deployments' DAGs differ."""

from __future__ import annotations

from typing import Any, Protocol

from airflow.sdk import BaseOperator

from platform_tasks.dbt_operator import DbtBuildOperator
from platform_tasks.deployment import Deployment
from platform_tasks.ingest_operator import IngestOperator, PlanOperator
from platform_tasks.ingest_step import IngestStep
from platform_tasks.plan_step import PlanStep
from platform_tasks.spark_report_operator import SparkReportOperator


class PlaceOfWork(Protocol):
    """Makes an operator for each kind of work; what a task is called, its retries, rule and pool are given to it."""

    def ingest(self, step: IngestStep, **task: Any) -> BaseOperator: ...
    def plan(self, step: PlanStep, **task: Any) -> BaseOperator: ...
    def dbt_build(self, **task: Any) -> BaseOperator: ...
    def spark_report(self, *, plan: str, **task: Any) -> BaseOperator: ...


def place_of_work(deployment: Deployment) -> PlaceOfWork:
    if deployment.jobs is None:
        return Here(deployment)
    # Only Composer's Airflow has Google's operators, and they take half a second to import.
    from platform_tasks.cloud_run_jobs import CloudRunJobs

    return CloudRunJobs(deployment, deployment.jobs)


class Here:
    """Every task is a program of the data environment, on the machine that runs the task."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment

    def ingest(self, step: IngestStep, **task: Any) -> BaseOperator:
        return IngestOperator(step=step, **task)

    def plan(self, step: PlanStep, **task: Any) -> BaseOperator:
        return PlanOperator(step=step, **task)

    def dbt_build(self, **task: Any) -> BaseOperator:
        return DbtBuildOperator(deployment=self._deployment, **task)

    def spark_report(self, *, plan: str, **task: Any) -> BaseOperator:
        if self._deployment.target == "cloud":
            return spark_batch(self._deployment, plan, **task)
        return SparkReportOperator(deployment=self._deployment, **task)


def spark_batch(deployment: Deployment, plan: str, **task: Any) -> BaseOperator:
    """Imported only where it is asked for: it needs Google's provider, which only the cloud's Airflow has."""
    from platform_tasks.spark_batch_operator import SparkBatchOperator

    return SparkBatchOperator(deployment=deployment, plan=plan, **task)
