"""`python -m ingest …` in the data environment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from airflow.exceptions import AirflowException, AirflowFailException
from airflow.sdk import Context

from platform_tasks.command_operator import Command, CommandOperator, last_block, run_id_of
from platform_tasks.deployment import Deployment

_REFUSED = (1, 2)
"""Exit codes of ingest for what has to be mended first: input or deployment, the command line.

Any other, such as its 75 for a network, a server or a lock in the way, may be another one at the next try.
"""


class IngestOperator(CommandOperator):
    """One command of ingest, for one delivery where it has one.

    :param stage: `fetch`, `clean`, `land`, `postgres`, `export` or `summary`.
    :param delivery: {"service", "file_month"}; a file month of None means a service without months (zones).
    """

    template_fields: Sequence[str] = ("delivery",)

    def __init__(self, *, deployment: Deployment, stage: str, delivery: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.deployment = deployment
        self.stage = stage
        self.delivery = delivery

    def command(self, context: Context) -> Command:
        arguments = [self.stage]
        if self.delivery is not None:
            arguments += ["--service", self.delivery["service"]]
            if self.delivery.get("file_month") is not None:
                arguments += ["--file-month", self.delivery["file_month"]]
        return ingest_command(self.deployment, context, arguments)

    def failure(self, code: int, lines: Sequence[str], context: Context) -> AirflowException:
        return ingest_failure(code, lines)


def ingest_command(deployment: Deployment, context: Context, arguments: Sequence[str]) -> Command:
    """Raises AirflowFailException when the deployment doesn't say where its settings or its Python are."""
    if deployment.data_python is None or deployment.settings is None:
        raise AirflowFailException(
            "PIPELINE_DATA_PYTHON and PIPELINE_SETTINGS must be set: run the DAG through npm start."
        )
    base = [
        str(deployment.data_python),
        "-m",
        "ingest",
        "--settings",
        str(deployment.settings),
        "--run-id",
        run_id_of(context),
    ]
    return Command((*base, *arguments), {"PYTHONPATH": str(deployment.ingest_source)})


def ingest_failure(code: int, lines: Sequence[str]) -> AirflowException:
    message = last_block(lines)
    return AirflowFailException(message) if code in _REFUSED else AirflowException(f"{message} (exit code {code})")
