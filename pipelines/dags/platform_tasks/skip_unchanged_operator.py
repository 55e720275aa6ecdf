"""Passes over everything that the plan found unchanged."""

from __future__ import annotations

from typing import Any

from airflow.exceptions import AirflowException
from airflow.providers.standard.utils.skipmixin import SkipMixin
from airflow.sdk import BaseOperator, Context

from platform_tasks.plan_step import ZONES_CHANGED_KEY


class SkipUnchangedOperator(BaseOperator, SkipMixin):
    """Skips, in one act, the task groups for which the plan holds nothing.

    Left to themselves the groups would be skipped too, but one task after another, and `airflow dags test` sleeps for a
    second whenever nothing can run.
    """

    def __init__(self, *, plan: str, zones_group: str, months_group: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.plan = plan
        self.zones_group = zones_group
        self.months_group = months_group

    def execute(self, context: Context) -> None:
        ti = context["ti"]
        changed = ti.xcom_pull(task_ids=self.plan)
        if changed is None:
            raise AirflowException(f"{self.plan} left no plan.")
        zones_changed = ti.xcom_pull(task_ids=self.plan, key=ZONES_CHANGED_KEY)
        self.log.info("%s of zones, %d of months changed", "1" if zones_changed else "0", len(changed))
        groups = [self.zones_group] * (not zones_changed) + [self.months_group] * (not changed)
        tasks = [task for task in self.dag.tasks if task.task_id.split(".")[0] in groups]
        self.skip(ti, tasks)
