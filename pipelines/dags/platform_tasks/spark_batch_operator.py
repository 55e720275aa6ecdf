"""Spark's report as a serverless batch of Dataproc's. Imported only in the cloud: it needs Google's provider."""

from __future__ import annotations

from typing import Any

from airflow.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from airflow.providers.google.cloud.operators.dataproc import DataprocCreateBatchOperator
from airflow.sdk import Context
from google.api_core.exceptions import Forbidden, GoogleAPICallError, InvalidArgument, NotFound

from platform_tasks.deployment import Deployment
from platform_tasks.plan_step import REPORT_BEHIND_KEY, ZONES_CHANGED_KEY
from platform_tasks.run_id import run_id_of
from platform_tasks.run_settings import RunSettings, Spark, SparkBatch
from platform_tasks.spark_report import report_arguments, spark_settings
from platform_tasks.step_operator import StepOperator


class SparkBatchOperator(StepOperator, DataprocCreateBatchOperator):
    """Submits the batch, gives its slot back while that runs, and fails when it failed.

    A batch costs money from its first minute, so none is submitted where the run changed nothing and the published
    report stands for all months of the lake. What a batch did is in the lake, beside its report; Dataproc hands back no
    exit code, so that a failed one is tried again whatever it failed of.

    :param plan: id of the task that planned the run.
    """

    def __init__(self, *, deployment: Deployment, plan: str, **kwargs: Any) -> None:
        # Where and what is submitted stands in the settings, which are read when the task runs.
        super().__init__(project_id="", region="", batch={}, deferrable=True, **kwargs)
        self.deployment = deployment
        self.plan = plan

    def execute(self, context: Context) -> None:
        with self.leaving_errors(context):
            self.skip_without_what_it_needs(context)
            self._skip_unchanged(context)
            self._know_where()
            spark = spark_settings(self.deployment)
            if spark.batch is None:
                raise AirflowFailException(f"The settings {self.deployment.settings} tell nothing of batches.")
            self.batch = batch_of(spark, spark.batch, run_id_of(context))
            # One for each try: Dataproc refuses a name that was used before.
            self.batch_id = f"trips-revenue-{context['ti'].id}"
            try:
                super().execute(context)
            except GoogleAPICallError as error:
                mend_first = isinstance(error, Forbidden | InvalidArgument | NotFound)
                unfit = AirflowFailException if mend_first else AirflowException
                raise unfit(f"The batch couldn't be submitted: {error.message}") from error

    def execute_complete(self, context: Context, event: dict[str, Any] | None = None) -> None:
        with self.leaving_errors(context):
            self._know_where()
            super().execute_complete(context, event)

    def _know_where(self) -> None:
        settings = RunSettings.load(self.deployment.settings)
        self.project_id, self.region = settings.project, settings.location

    def _skip_unchanged(self, context: Context) -> None:
        ti = context["ti"]
        changed = ti.xcom_pull(task_ids=self.plan)
        marks = [ti.xcom_pull(task_ids=self.plan, key=key) for key in (ZONES_CHANGED_KEY, REPORT_BEHIND_KEY)]
        if not changed and not any(marks):
            raise AirflowSkipException("nothing changed, and the report stands for all months of the lake")


def batch_of(spark: Spark, batch: SparkBatch, run_id: str) -> dict[str, Any]:
    """As the API's `Batch`."""
    history = {"spark_history_server_config": {"dataproc_cluster": batch.history_server}}
    return {
        "pyspark_batch": {
            "main_python_file_uri": batch.main_uri,
            "python_file_uris": batch.package_uris,
            "args": report_arguments(spark, run_id),
        },
        "runtime_config": batch.runtime_config,
        "environment_config": {
            "execution_config": batch.execution_config,
            **({"peripherals_config": history} if batch.history_server else {}),
        },
    }
