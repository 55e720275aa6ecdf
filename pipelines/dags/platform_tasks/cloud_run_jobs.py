"""Work as executions of Cloud Run's jobs. Imported only where there are such: it needs Google's provider."""

from __future__ import annotations

from typing import Any

from airflow.exceptions import AirflowException
from airflow.providers.google.cloud.operators.cloud_run import CloudRunExecuteJobOperator
from airflow.sdk import BaseOperator, Context

from platform_tasks.cloud_run_operator import CloudRunOperator
from platform_tasks.dbt_job_operator import DbtJobOperator
from platform_tasks.deployment import CloudRunJobNames, Deployment
from platform_tasks.ingest_step import IngestStep, ingest_failure
from platform_tasks.plan_step import AsksAgain, PlanStep
from platform_tasks.run_id import run_id_of
from platform_tasks.run_settings import RunSettings
from platform_tasks.spark_batch_operator import SparkBatchOperator
from platform_tasks.step_record import failure_record


class CloudRunJobs:
    """Every task is an execution of a job."""

    def __init__(self, deployment: Deployment, jobs: CloudRunJobNames) -> None:
        self._deployment = deployment
        self._jobs = jobs

    def ingest(self, step: IngestStep, **task: Any) -> BaseOperator:
        return IngestJobOperator(step=step, jobs=self._jobs, **task)

    def plan(self, step: PlanStep, **task: Any) -> BaseOperator:
        return PlanJobOperator(step=step, jobs=self._jobs, **task)

    def dbt_build(self, **task: Any) -> BaseOperator:
        return DbtJobOperator(deployment=self._deployment, jobs=self._jobs, **task)

    def spark_report(self, *, plan: str, **task: Any) -> BaseOperator:
        return SparkBatchOperator(deployment=self._deployment, plan=plan, **task)


class IngestJobOperator(CloudRunOperator):
    """One step, for one delivery where it has one.

    :param delivery: {"service", "file_month"}; a file month of None means a service without months (zones).
    """

    template_fields = (*CloudRunExecuteJobOperator.template_fields, "delivery")  # type: ignore[assignment]

    def __init__(self, *, step: IngestStep, jobs: CloudRunJobNames, delivery: Any = None, **kwargs: Any) -> None:
        super().__init__(jobs=jobs, job_name=jobs.ingest, **kwargs)
        self.step = step
        self.delivery = delivery

    def begin(self, context: Context) -> None:
        self.step.begin(context)

    def arguments(self, context: Context) -> list[str]:
        return self.step.arguments(context, self.delivery)

    def result(self, context: Context, execution: str) -> Any:
        return self.step.result(context, execution)

    def failure(self, context: Context, execution: str, words: str) -> AirflowException:
        runs = RunSettings.load(self.step.deployment.settings).runs
        file = runs / run_id_of(context) / f"{self.step.record_name(self.delivery)}.json"
        record = failure_record(file, execution)
        if record:
            return ingest_failure(record.exit_code, record.message)
        return AirflowException(f"{execution} ended without a word of its own. Cloud Run: {words}")


class PlanJobOperator(AsksAgain, IngestJobOperator):
    """See `PlanStep`."""
