"""`python -m ingest …` in the data environment, beside Airflow."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from airflow.exceptions import AirflowException, AirflowFailException
from airflow.sdk import Context

from platform_tasks.command_operator import Command, CommandOperator, last_block
from platform_tasks.ingest_step import IngestStep, ingest_failure
from platform_tasks.plan_step import AsksAgain


class IngestOperator(CommandOperator):
    """One step, for one delivery where it has one.

    :param delivery: {"service", "file_month"}; a file month of None means a service without months (zones).
    """

    template_fields: Sequence[str] = ("delivery",)

    def __init__(self, *, step: IngestStep, delivery: Any = None, **kwargs: Any) -> None:
        super().__init__(deployment=step.deployment, **kwargs)
        self.step = step
        self.delivery = delivery

    def work(self, context: Context) -> Any:
        self.step.begin(context)
        super().work(context)
        return self.step.result(context, execution=None)

    def command(self, context: Context, scratch: Path) -> Command:
        if self.deployment.data_python is None:
            raise AirflowFailException("PIPELINE_DATA_PYTHON must be set: run the DAG through npm start.")
        program = (str(self.deployment.data_python), "-m", "ingest")
        arguments = self.step.arguments(context, self.delivery)
        return Command((*program, *arguments), {"PYTHONPATH": str(self.deployment.ingest_source)})

    def failure(self, code: int, lines: Sequence[str], context: Context) -> AirflowException:
        return ingest_failure(code, last_block(lines))


class PlanOperator(AsksAgain, IngestOperator):
    """See `PlanStep`."""
