"""What is asked of ingest, the same wherever it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from airflow.exceptions import AirflowException, AirflowFailException
from airflow.sdk import Context

from platform_tasks.deployment import Deployment
from platform_tasks.run_id import run_id_of

_REFUSED = (1, 2)
"""Exit codes of ingest for what has to be mended first: input or deployment, the command line.

Any other, such as its 75 for a network, a server or a lock in the way, may be another one at the next try.
"""

Delivery = Mapping[str, Any]
"""{"service", "file_month"}; a file month of None means a service without months (zones)."""


@dataclass(frozen=True)
class IngestStep:
    """One command: `fetch`, `clean`, `land`, `postgres`, `export`, `summary`; others have a step of their own."""

    deployment: Deployment
    command: str

    def begin(self, context: Context) -> None:
        """Last word before the command runs. Raises AirflowSkipException or AirflowFailException."""

    def options(self, context: Context, delivery: Delivery | None) -> list[str]:
        """What follows the command's name."""
        if delivery is None:
            return []
        month = delivery.get("file_month")
        return ["--service", delivery["service"], *(["--file-month", month] if month is not None else [])]

    def result(self, context: Context, execution: str | None) -> Any:
        """The task's XCom once the command has succeeded: ids and months, never a path.

        :param execution: Cloud Run's name for it; None where the command ran beside Airflow.
        """

    def arguments(self, context: Context, delivery: Delivery | None) -> list[str]:
        """Of `python -m ingest`. Raises AirflowFailException when the deployment has no settings."""
        if self.deployment.settings is None:
            raise AirflowFailException("PIPELINE_SETTINGS must be set: run the DAG through npm start.")
        base = ["--settings", str(self.deployment.settings), "--run-id", run_id_of(context)]
        return [*base, self.command, *self.options(context, delivery)]

    def record_name(self, delivery: Delivery | None) -> str:
        """Of the file in the run's folder in which ingest tells how the command ended."""
        parts = [self.command, delivery["service"], delivery.get("file_month")] if delivery else [self.command]
        return "-".join(part for part in parts if part)


def ingest_failure(code: int, message: str) -> AirflowException:
    """AirflowFailException where a retry can't help."""
    return AirflowFailException(message) if code in _REFUSED else AirflowException(f"{message} (exit code {code})")
