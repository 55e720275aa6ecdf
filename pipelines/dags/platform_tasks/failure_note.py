"""One line of JSON for each task that failed for good: in the logs folder, and in the task's log, where alerts look."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from airflow.exceptions import AirflowException
from airflow.sdk import Context

from platform_tasks.command_operator import run_id_of
from platform_tasks.run_settings import RunSettings

FAILURES = "failures.jsonl"

log = logging.getLogger(__name__)


def note_failure(settings: Path | None) -> Callable[[Context], None]:
    """A failure callback.

    The line: {"severity": "ERROR", "event": "task_failed", "at", "dag", "run", "task", "service", "file_month", "try",
    "message"}; a log-based alert matches on `event`. It is appended to `failures.jsonl` in the logs folder too; without
    settings it is only logged, since a callback mustn't fail as well.
    """

    def note(context: Context) -> None:
        line = json.dumps(_failure(context), ensure_ascii=False)
        log.error("%s", line)
        try:
            folder = RunSettings.load(settings).logs
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / FAILURES).open("a", encoding="utf-8") as stream:
                stream.write(line + "\n")
        except (AirflowException, OSError) as error:
            log.warning("the failure can't be written down: %s", error)

    return note


def _failure(context: Context) -> dict[str, Any]:
    ti = context["ti"]
    task = context.get("task")
    delivery = getattr(task, "delivery", None)
    known = delivery if isinstance(delivery, dict) else {}
    return {
        "severity": "ERROR",
        "event": "task_failed",
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
