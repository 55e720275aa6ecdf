"""What is asked of Spark, the same wherever it runs: monthly revenue per zone, of all that the lake holds."""

from __future__ import annotations

from airflow.exceptions import AirflowFailException

from platform_tasks.deployment import Deployment
from platform_tasks.run_settings import RunSettings, Spark


def report_arguments(spark: Spark, run_id: str) -> list[str]:
    """Of `main.py`, and of `python -m trips_spark`."""
    return ["revenue_report", "--input", spark.lake, "--output", spark.reports, "--run-id", run_id]


def spark_settings(deployment: Deployment) -> Spark:
    """Raises AirflowFailException where the deployment has no Spark."""
    settings = RunSettings.load(deployment.settings)
    if settings.spark is None:
        raise AirflowFailException(f"PIPELINE_SPARK is true, but the settings have no Spark ({settings.file}).")
    return settings.spark
