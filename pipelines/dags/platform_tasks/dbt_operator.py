"""One `dbt build` in the data environment beside Airflow, over whatever has landed."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from airflow.exceptions import AirflowException, AirflowFailException
from airflow.sdk import Context

from platform_tasks.command_operator import Command, CommandOperator, last_block
from platform_tasks.dbt import RESULTS, big_query_environment, dbt_arguments, dbt_datasets, failed_nodes, read_results
from platform_tasks.run_id import run_id_of
from platform_tasks.run_settings import BigQuery, DuckDb, RunSettings

_NODES_FAILED = 1
_COULD_NOT_RUN = 2
"""Exit codes of dbt, and of `dbt_under_lock.py`."""

_UNDER_LOCK = Path(__file__).parent / "dbt_under_lock.py"


class DbtBuildOperator(CommandOperator):
    """Runs also when nothing changed: dbt compares load ids, so it heals what an interrupted run left behind."""

    _results: Path | None = None

    def run_command(self, command: Command, context: Context) -> None:
        results = self._results = Path(command.environment["DBT_TARGET_PATH"]) / RESULTS
        results.unlink(missing_ok=True)
        try:
            super().run_command(command, context)
        finally:
            # For the summary, which looks for it among the run's other results.
            if results.is_file():
                kept = self._settings().runs / run_id_of(context) / "dbt" / RESULTS
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(results, kept)

    def command(self, context: Context, scratch: Path) -> Command:
        settings = self._settings()
        if self.deployment.data_python is None:
            raise AirflowFailException("PIPELINE_DATA_PYTHON must be set: run the DAG through npm start.")
        match settings.warehouse:
            case DuckDb(file, lock):
                program: tuple[str, ...] = (str(_UNDER_LOCK), str(lock))
                target = "duckdb"
                places = {
                    "DBT_WAREHOUSE_FILE": str(file),
                    # One folder for all runs: dbt keeps what it has parsed there, which saves seconds in the next.
                    "DBT_TARGET_PATH": str(settings.runs.parent / "dbt"),
                    "DBT_LOG_PATH": str(settings.logs),
                    "PYTHONPATH": str(self.deployment.ingest_source),
                }
            case BigQuery() as warehouse:
                program, target = ("-m", "dbt.cli.main"), "bigquery"
                # The folders of the settings lie in a bucket, and dbt writes hundreds of small files.
                places = {
                    **big_query_environment(warehouse),
                    "DBT_TARGET_PATH": str(scratch / "dbt"),
                    "DBT_LOG_PATH": str(scratch / "dbt"),
                }
        # -P keeps this folder, where Airflow's half of the code stands, out of dbt's import path.
        argv = (str(self.deployment.data_python), "-P", *program, *dbt_arguments(self.deployment, target))
        return Command(argv, {**dbt_datasets(settings), **places})

    def failure(self, code: int, lines: Sequence[str], context: Context) -> AirflowException:
        results = read_results(self._results) if code == _NODES_FAILED and self._results else None
        if results:
            return AirflowException(f"dbt build failed: {failed_nodes(results)}")
        unfit = AirflowFailException if code == _COULD_NOT_RUN else AirflowException
        return unfit(f"dbt couldn't run: {last_block(lines)}")

    def _settings(self) -> RunSettings:
        return RunSettings.load(self.deployment.settings)
