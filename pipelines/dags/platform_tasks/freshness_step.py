"""Whether the data is as new as the deployment promises."""

from __future__ import annotations

from dataclasses import dataclass

from airflow.exceptions import AirflowSkipException
from airflow.sdk import Context

from platform_tasks.ingest_step import Delivery, IngestStep


@dataclass(frozen=True)
class FreshnessStep(IngestStep):
    """Fails a scheduled run when the newest landed month is too old; one by hand, say of old months, proves nothing."""

    command: str = "freshness"
    max_age_days: int = 0
    """Days since the end of the newest landed month of each service."""

    def begin(self, context: Context) -> None:
        if context["dag_run"].run_type != "scheduled":
            raise AirflowSkipException("only scheduled runs are judged by the age of the data")

    def options(self, context: Context, delivery: Delivery | None) -> list[str]:
        services = context["params"].get("services")
        chosen = ["--services", ",".join(services)] if services else []
        return ["--max-age-days", str(self.max_age_days), *chosen]
