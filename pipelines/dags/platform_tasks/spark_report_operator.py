"""Spark's report in a session beside Airflow."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from airflow.exceptions import AirflowException, AirflowFailException
from airflow.sdk import Context

from platform_tasks.command_operator import Command, CommandOperator, last_block
from platform_tasks.ingest_step import ingest_failure
from platform_tasks.run_id import run_id_of
from platform_tasks.spark_report import report_arguments, spark_settings


class SparkReportOperator(CommandOperator):
    """Runs also when nothing changed: the job compares receipts, and starts no Spark when it finds nothing to do."""

    def command(self, context: Context, scratch: Path) -> Command:
        if self.deployment.spark_python is None:
            raise AirflowFailException("PIPELINE_SPARK_PYTHON must be set: run the DAG through npm start.")
        spark = spark_settings(self.deployment)
        # -P keeps this folder, where Airflow's half of the code stands, out of Spark's import path.
        program = (str(self.deployment.spark_python), "-P", "-m", "trips_spark")
        arguments = [*report_arguments(spark, run_id_of(context)), "--memory", spark.memory]
        return Command((*program, *arguments), {"PYTHONPATH": str(self.deployment.spark_source), **_java(scratch)})

    def failure(self, code: int, lines: Sequence[str], context: Context) -> AirflowException:
        # The last line is the summary for programs; its exit codes are those of ingest.
        return ingest_failure(code, last_block([line for line in lines if not line.startswith("{")]))


def _java(scratch: Path) -> dict[str, str]:
    """What shuffles spill goes to the task's folder; a session of seconds ends before the slow compiler pays off."""
    return {"SPARK_LOCAL_DIRS": str(scratch), "SPARK_SUBMIT_OPTS": "-XX:TieredStopAtLevel=1"}
