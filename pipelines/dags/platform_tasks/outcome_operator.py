"""The last word of a run: which tasks failed, for which delivery, and why."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from airflow.exceptions import AirflowFailException
from airflow.sdk import BaseOperator, Context

from platform_tasks.deployment import Deployment
from platform_tasks.run_id import run_id_of
from platform_tasks.run_settings import RunSettings
from platform_tasks.scratch import remove_scratch
from platform_tasks.step_operator import ERROR_KEY


@dataclass(frozen=True)
class FailedTask:
    task: str
    service: str | None
    file_month: str | None
    message: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.service, self.file_month, f"{self.task}:", self.message) if part)


class OutcomeOperator(BaseOperator):
    """Writes `outcome.json` into the run's folder and fails the run when any task failed.

    {"state": "success" | "failed", "tasks": {state: count}, "failed": [{"task", "service", "file_month", "message"}]};
    what merely wasn't run because of a failure is counted as `upstream_failed`, not named.
    """

    def __init__(self, *, deployment: Deployment, plan: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.deployment = deployment
        self.plan = plan
        self.error: str | None = None

    def execute(self, context: Context) -> None:
        remove_scratch(self.deployment, context)
        states = self._states(context)
        failed = [self._failed_task(context, *key) for key, state in sorted(states.items()) if state == "failed"]
        counts: dict[str, int] = {}
        for state in states.values():
            counts[state] = counts.get(state, 0) + 1
        outcome = {
            "state": "failed" if failed else "success",
            "tasks": counts,
            "failed": [asdict(one) for one in failed],
        }

        folder = RunSettings.load(self.deployment.settings).runs / run_id_of(context)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "outcome.json").write_text(json.dumps(outcome, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        self.log.info("tasks by state: %s", counts)
        if failed:
            self.error = f"{len(failed)} failed: " + " | ".join(map(str, failed))
            raise AirflowFailException(self.error)

    def _states(self, context: Context) -> dict[tuple[str, int], str]:
        """State per task and map index (-1 where it isn't mapped) of this run, without this task."""
        run_id = context["dag_run"].run_id
        found = context["ti"].get_task_states(dag_id=self.dag_id, run_ids=[run_id])[run_id]
        states: dict[tuple[str, int], str] = {}
        for key, state in found.items():
            # A mapped instance is named <task id>_<map index>.
            task, _, index = key.rpartition("_")
            named = (key, -1) if key in self.dag.task_ids else (task, int(index))
            if named[0] != self.task_id:
                states[named] = str(state)
        return states

    def _failed_task(self, context: Context, task: str, map_index: int) -> FailedTask:
        ti = context["ti"]
        message = ti.xcom_pull(task_ids=task, key=ERROR_KEY, map_indexes=map_index) or "see the log"
        group, _, stage = task.rpartition(".")
        if map_index < 0:
            return FailedTask(stage, group or None, None, message)
        delivery = ti.xcom_pull(task_ids=self.plan)[map_index]
        return FailedTask(stage, delivery["service"], delivery["file_month"], message)
