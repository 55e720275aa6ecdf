"""Whether the data is as new as the deployment promises."""

from __future__ import annotations

from typing import Any

from airflow.exceptions import AirflowSkipException
from airflow.sdk import Context

from platform_tasks.command_operator import Command
from platform_tasks.ingest_operator import IngestOperator, ingest_command


class FreshnessOperator(IngestOperator):
    """Fails a scheduled run when the newest landed month is too old; a run by hand, say of old months, proves nothing.

    :param max_age_days: days since the end of the newest landed month of each service.
    """

    def __init__(self, *, max_age_days: int, **kwargs: Any) -> None:
        super().__init__(stage="freshness", **kwargs)
        self.max_age_days = max_age_days

    def work(self, context: Context) -> None:
        if context["dag_run"].run_type != "scheduled":
            raise AirflowSkipException("only scheduled runs are judged by the age of the data")
        super().work(context)

    def command(self, context: Context) -> Command:
        arguments = ["freshness", "--max-age-days", str(self.max_age_days)]
        if context["params"].get("services"):
            arguments += ["--services", ",".join(context["params"]["services"])]
        return ingest_command(self.deployment, context, arguments)
