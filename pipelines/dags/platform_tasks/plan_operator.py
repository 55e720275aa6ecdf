"""What there is to do: `ingest plan`, and the skipping of everything that it found unchanged."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from airflow.exceptions import AirflowException, AirflowFailException, AirflowRescheduleException
from airflow.providers.standard.utils.skipmixin import SkipMixin
from airflow.sdk import BaseOperator, Context

from platform_tasks.command_operator import run_id_of
from platform_tasks.ingest_operator import IngestOperator, ingest_command
from platform_tasks.publication import ScheduledMonths
from platform_tasks.run_settings import RunSettings

ZONES_CHANGED_KEY = "zones_changed"


class PlanOperator(IngestOperator):
    """Returns the changed deliveries, [{"service", "file_month"}, …]; the whole plan stays in the run's folder.

    A scheduled run takes the months that its date stands for, and gives its place back while the newest of them isn't
    published yet. A run by hand takes what it was asked for, and goes on without what isn't published.
    """

    # The scheduler looks at the date of a reschedule for sensors alone; without this it would ask again at once.
    _is_sensor = True
    reschedule = True

    @classmethod
    def get_serialized_fields(cls) -> frozenset[str]:
        inherited: frozenset[str] = super().get_serialized_fields()  # type: ignore[no-untyped-call]
        return inherited | {"reschedule", "_is_sensor"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(stage="plan", **kwargs)

    def work(self, context: Context) -> list[dict[str, str]]:
        settings = RunSettings.load(self.deployment.settings)
        self._check_postgres(settings)
        super().work(context)
        plan = json.loads((settings.runs / run_id_of(context) / "plan.json").read_text(encoding="utf-8"))
        scheduled = scheduled_months(context)
        again = scheduled.ask_again_at(plan, datetime.now(UTC)) if scheduled else None
        if scheduled and again:
            self.log.info("%s isn't published yet: asking again at %s", scheduled.newest, again.isoformat())
            raise AirflowRescheduleException(again)  # type: ignore[no-untyped-call]
        context["ti"].xcom_push(key=ZONES_CHANGED_KEY, value=not plan["zones"]["unchanged"])
        return [{"service": one["service"], "file_month": one["file_month"]} for one in plan["changed"]]

    def command(self, context: Context) -> Any:
        parameters = context["params"]
        source, months = parameters["source"], parameters.get("months")
        scheduled = scheduled_months(context)
        if scheduled:
            months = scheduled.wanted
            # Generated trips are for a person who sees that they are.
            source = "tlc" if source == "auto" else source
        arguments = ["plan", "--source", source]
        if parameters.get("services"):
            arguments += ["--services", ",".join(parameters["services"])]
        if months:
            arguments += ["--months", months]
        return ingest_command(self.deployment, context, arguments)

    def _check_postgres(self, settings: RunSettings) -> None:
        if settings.has_postgres == self.deployment.has_postgres:
            return
        says = "true" if settings.has_postgres else "false"
        raise AirflowFailException(
            f"PIPELINE_POSTGRES is {str(self.deployment.has_postgres).lower()}, but by the settings it must be {says} "
            f"({settings.file}). The graph is made from the one and the work is done by the other: make them agree."
        )


def scheduled_months(context: Context) -> ScheduledMonths | None:
    """None for a run that somebody began, or that was told which months to take."""
    run = context["dag_run"]
    if run.run_type != "scheduled" or context["params"].get("months") or run.logical_date is None:
        return None
    return ScheduledMonths(run.logical_date)


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
