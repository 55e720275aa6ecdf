"""Print what the DAG's failure callback logs for a task: the very line that a log-based metric has to find."""

from __future__ import annotations

import logging
import sys
from types import SimpleNamespace
from typing import Any, cast

from platform_tasks import failure_note

handler = logging.StreamHandler(sys.stdout)
failure_note.log.addHandler(handler)
failure_note.log.propagate = False

task_instance = SimpleNamespace(dag_id="trips", run_id="manual__1", task_id="months.land", try_number=3)
context: dict[str, Any] = {
    "ti": task_instance,
    "task": SimpleNamespace(delivery={"service": "yellow", "file_month": "2019-02"}),
    "exception": ValueError('the column "task" has\nno value, "service": none'),
    "dag_run": SimpleNamespace(run_id="manual__1", conf={}),
    "run_id": "manual__1",
    "params": {},
}
failure_note.note_failure(cast("Any", SimpleNamespace(target="cloud")))(cast("Any", context))
