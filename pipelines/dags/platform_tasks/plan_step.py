"""What there is to do: `ingest plan`, and when to ask again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from airflow.exceptions import AirflowFailException, AirflowRescheduleException
from airflow.sdk import BaseOperator, Context

from platform_tasks.ingest_step import Delivery, IngestStep
from platform_tasks.publication import ScheduledMonths
from platform_tasks.run_id import run_id_of
from platform_tasks.run_settings import RunSettings
from platform_tasks.step_record import await_document

ZONES_CHANGED_KEY = "zones_changed"
REPORT_BEHIND_KEY = "report_behind"


@dataclass(frozen=True)
class PlanStep(IngestStep):
    """Its result: the changed deliveries, [{"service", "file_month"}, …]; the whole plan stays in the run's folder.

    A scheduled run takes the months that its date stands for, and gives its place back while the newest of them isn't
    published yet. A run by hand takes what it was asked for, and goes on without what isn't published.
    """

    command: str = "plan"

    def begin(self, context: Context) -> None:
        settings = RunSettings.load(self.deployment.settings)
        told = {"POSTGRES": self.deployment.has_postgres, "SPARK": self.deployment.has_spark}
        settled = {"POSTGRES": settings.has_postgres, "SPARK": settings.spark is not None}
        for name in told:
            if told[name] != settled[name]:
                raise AirflowFailException(
                    f"PIPELINE_{name} is {str(told[name]).lower()}, but by the settings it must be "
                    f"{str(settled[name]).lower()} ({settings.file}). The graph is made from the one and the work is "
                    "done by the other: make them agree."
                )

    def options(self, context: Context, delivery: Delivery | None) -> list[str]:
        parameters = context["params"]
        source, months = parameters["source"], parameters.get("months")
        scheduled = scheduled_months(context)
        if scheduled:
            months = scheduled.wanted
            # Generated trips are for a person who sees that they are.
            source = "tlc" if source == "auto" else source
        services = parameters.get("services")
        return [
            *("--source", source),
            *(("--services", ",".join(services)) if services else ()),
            *(("--months", months) if months else ()),
        ]

    def result(self, context: Context, execution: str | None) -> list[dict[str, str]]:
        """Raises AirflowRescheduleException where it is worth asking again."""
        folder = RunSettings.load(self.deployment.settings).runs / run_id_of(context)
        plan = await_document(folder / "plan.json", execution)
        scheduled = scheduled_months(context)
        again = scheduled.ask_again_at(plan, datetime.now(UTC)) if scheduled else None
        if again:
            raise AirflowRescheduleException(again)  # type: ignore[no-untyped-call]
        context["ti"].xcom_push(key=ZONES_CHANGED_KEY, value=not plan["zones"]["unchanged"])
        if self.deployment.has_spark:
            context["ti"].xcom_push(key=REPORT_BEHIND_KEY, value=bool(plan.get("report_behind")))
        return [{"service": one["service"], "file_month": one["file_month"]} for one in plan["changed"]]


def scheduled_months(context: Context) -> ScheduledMonths | None:
    """None for a run that somebody began, or that was told which months to take."""
    run = context["dag_run"]
    if run.run_type != "scheduled" or context["params"].get("months") or run.logical_date is None:
        return None
    return ScheduledMonths(run.logical_date)


class AsksAgain(BaseOperator):
    """For an operator that may be rescheduled without being a sensor.

    The scheduler looks at the date of a reschedule for sensors alone; without this it would ask again at once.
    """

    _is_sensor = True
    reschedule = True

    @classmethod
    def get_serialized_fields(cls) -> frozenset[str]:
        inherited: frozenset[str] = super().get_serialized_fields()  # type: ignore[no-untyped-call]
        return inherited | {"reschedule", "_is_sensor"}
