"""One `dbt build` as an execution of a Cloud Run job, over whatever has landed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from airflow.exceptions import AirflowException, AirflowFailException
from airflow.sdk import Context

from platform_tasks.cloud_run_operator import CloudRunOperator
from platform_tasks.dbt import RESULTS, big_query_environment, dbt_arguments, dbt_datasets, failed_nodes, read_results
from platform_tasks.deployment import CloudRunJobNames, Deployment
from platform_tasks.run_id import run_id_of
from platform_tasks.run_settings import BigQuery, RunSettings

_LOG = "dbt.log"
_LOG_CHARACTERS = 1_500

_TRY = "TRY"
"""dbt writes variables with the prefix DBT_ENV_CUSTOM_ENV_ into its results: so they tell whose they are."""


class DbtJobOperator(CloudRunOperator):
    """Runs also when nothing changed: dbt compares load ids, so it heals what an interrupted run left behind."""

    def __init__(self, *, deployment: Deployment, jobs: CloudRunJobNames, **kwargs: Any) -> None:
        super().__init__(jobs=jobs, job_name=jobs.dbt, **kwargs)
        self.deployment = deployment

    def begin(self, context: Context) -> None:
        for name in (RESULTS, _LOG):
            (self._folder(context) / name).unlink(missing_ok=True)

    def arguments(self, context: Context) -> list[str]:
        # Its log, which the job's command copies here, is what a failure that left no results is read from.
        return ["--log-level-file", "error", *dbt_arguments(self.deployment, "bigquery")]

    def environment(self, context: Context) -> dict[str, str]:
        settings = self._settings()
        if not isinstance(settings.warehouse, BigQuery):
            raise AirflowFailException(f"Cloud Run's jobs reach BigQuery only; see the target in {settings.file}.")
        return {
            **dbt_datasets(settings),
            **big_query_environment(settings.warehouse),
            "RESULTS_FOLDER": str(self._folder(context)),
            f"DBT_ENV_CUSTOM_ENV_{_TRY}": _name_of_try(context),
        }

    def result(self, context: Context, execution: str) -> None:
        """Nothing: the summary looks for dbt's results among the run's other ones."""

    def failure(self, context: Context, execution: str, words: str) -> AirflowException:
        results = read_results(self._folder(context) / RESULTS)
        if results and results["metadata"]["env"].get(_TRY) == _name_of_try(context):
            return AirflowException(f"dbt build failed: {failed_nodes(results) or words}")
        log = self._folder(context) / _LOG
        said = log.read_text(encoding="utf-8").strip()[-_LOG_CHARACTERS:] if log.is_file() else ""
        if said:
            return AirflowFailException(f"dbt couldn't run: {said}")
        return AirflowException(f"{execution} ended without a word of its own. Cloud Run: {words}")

    def _folder(self, context: Context) -> Path:
        return self._settings().runs / run_id_of(context) / "dbt"

    def _settings(self) -> RunSettings:
        return RunSettings.load(self.deployment.settings)


def _name_of_try(context: Context) -> str:
    """Airflow's id of this very try; it stays the same when a deferred task goes on."""
    return str(context["ti"].id)
