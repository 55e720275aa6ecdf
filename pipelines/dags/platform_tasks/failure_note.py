"""One line of JSON for each task that failed for good, in the task's log, where alerts look; here in a file besides."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from airflow.exceptions import AirflowException
from airflow.sdk import Context

from platform_tasks.deployment import Deployment
from platform_tasks.run_id import run_id_of
from platform_tasks.run_settings import RunSettings

FAILURES = "failures.jsonl"

log = logging.getLogger(__name__)


def note_failure(deployment: Deployment) -> Callable[[Context], None]:
    """A failure callback.

    The line: {"event": "task_failed", "severity": "ERROR", "at", "dag", "run", "task", "service", "file_month", "try",
    "message"}. It goes to the task's log, in one piece: Cloud Logging takes it from there, and a log-based metric finds
    it by `event`. The embedded deployment keeps it in `failures.jsonl` of the logs folder too; in the cloud that folder
    lies in a bucket, where of two tasks that append at once one loses.
    """

    def note(context: Context) -> None:
        line = json.dumps(_failure(context), ensure_ascii=False)
        log.error("%s", line)
        if deployment.target == "embedded":
            _keep(deployment, line)

    return note


def _keep(deployment: Deployment, line: str) -> None:
    """Without settings it is only logged, since a callback mustn't fail as well."""
    try:
        folder = RunSettings.load(deployment.settings).logs
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / FAILURES).open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")
    except (AirflowException, OSError) as error:
        log.warning("the failure can't be written down: %s", error)


def _failure(context: Context) -> dict[str, Any]:
    ti = context["ti"]
    task = context.get("task")
    delivery = getattr(task, "delivery", None)
    known = delivery if isinstance(delivery, dict) else {}
    return {
        "event": "task_failed",
        "severity": "ERROR",
        "at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "dag": ti.dag_id,
        "run": run_id_of(context),
        "task": ti.task_id,
        "service": known.get("service"),
        "file_month": known.get("file_month"),
        "try": ti.try_number,
        # `airflow dags test` leaves the exception out of the context.
        "message": str(context.get("exception") or getattr(task, "error", None) or "see the log"),
    }
