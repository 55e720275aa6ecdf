"""One `dbt build` in the data environment, over whatever has landed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from airflow.exceptions import AirflowException, AirflowFailException
from airflow.sdk import Context

from platform_tasks.command_operator import Command, CommandOperator, last_block, run_id_of
from platform_tasks.deployment import Deployment
from platform_tasks.run_settings import RunSettings

_NODES_FAILED = 1
_COULD_NOT_RUN = 2
"""Exit codes of `dbt_under_lock.py`."""

_RESULTS = "run_results.json"
_PROGRAM = Path(__file__).parent / "dbt_under_lock.py"


class DbtBuildOperator(CommandOperator):
    """Runs also when nothing changed: dbt compares load ids, so it heals what an interrupted run left behind."""

    def __init__(self, *, deployment: Deployment, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.deployment = deployment

    def work(self, context: Context) -> None:
        settings = self._settings()
        results = target_folder(settings) / _RESULTS
        results.unlink(missing_ok=True)
        try:
            super().work(context)
        finally:
            # For the summary, which looks for it among the run's other results.
            if results.is_file():
                kept = settings.runs / run_id_of(context) / "dbt" / _RESULTS
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(results, kept)

    def command(self, context: Context) -> Command:
        settings = self._settings()
        if self.deployment.data_python is None:
            raise AirflowFailException("PIPELINE_DATA_PYTHON must be set: run the DAG through npm start.")
        project = str(self.deployment.dbt_project)
        # -P keeps this folder, where Airflow's half of the code stands, out of dbt's import path.
        program = (str(self.deployment.data_python), "-P", str(_PROGRAM), str(settings.warehouse_lock))
        arguments = ("--no-use-colors", "build", "--project-dir", project, "--profiles-dir", project)
        datasets = {f"DBT_{name.upper()}_DATASET": value for name, value in settings.datasets.items()}
        places = {
            "DBT_WAREHOUSE_FILE": str(settings.warehouse_file),
            "DBT_TARGET_PATH": str(target_folder(settings)),
            "DBT_LOG_PATH": str(settings.logs),
            "PYTHONPATH": str(self.deployment.ingest_source),
        }
        return Command((*program, *arguments), {**datasets, **places})

    def failure(self, code: int, lines: Sequence[str], context: Context) -> AirflowException:
        if code == _NODES_FAILED:
            return AirflowException("dbt build failed: " + "; ".join(_failed_nodes(target_folder(self._settings()))))
        unfit = AirflowFailException if code == _COULD_NOT_RUN else AirflowException
        return unfit(f"dbt couldn't run: {last_block(lines)}")

    def _settings(self) -> RunSettings:
        return RunSettings.load(self.deployment.settings)


def target_folder(settings: RunSettings) -> Path:
    """One folder for all runs: dbt keeps what it has parsed there, which saves seconds in the next."""
    return settings.runs.parent / "dbt"


def _failed_nodes(target: Path) -> list[str]:
    results = json.loads((target / _RESULTS).read_text(encoding="utf-8"))["results"]
    return [
        f"{one['unique_id']}: {one['message'] or one['status']}"
        for one in results
        if one["status"] in ("error", "fail")
    ]
