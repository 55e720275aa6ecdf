"""Base of the tasks that run a program of the data environment."""

from __future__ import annotations

import os
import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from airflow.exceptions import (
    AirflowException,
    AirflowFailException,
    AirflowRescheduleException,
    AirflowSkipException,
)
from airflow.sdk import BaseOperator, Context

from platform_tasks.child_process import ChildProcess

ERROR_KEY = "error"
"""XCom under which a failed task leaves its error, for the last task to name it."""

_ERROR_CHARACTERS = 2_000


@dataclass(frozen=True)
class Command:
    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    """Added to the task's own environment."""


class CommandOperator(BaseOperator):
    """Runs one program; its exit code decides.

    :param needs: ids of tasks that must have succeeded, where the trigger rule only waits until all are done.
    """

    def __init__(self, *, needs: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.needs = tuple(needs)
        self.error: str | None = None
        self._child: ChildProcess | None = None

    @abstractmethod
    def command(self, context: Context) -> Command: ...

    @abstractmethod
    def failure(self, code: int, lines: Sequence[str], context: Context) -> AirflowException:
        """The exception for an exit code above zero: AirflowFailException where a retry can't help."""

    def execute(self, context: Context) -> Any:
        self._skip_without_what_it_needs(context)
        try:
            return self.work(context)
        except AirflowRescheduleException:
            raise
        except AirflowException as error:
            self.error = str(error)[:_ERROR_CHARACTERS]
            context["ti"].xcom_push(key=ERROR_KEY, value=self.error)
            raise

    def work(self, context: Context) -> Any:
        """The task itself; what it returns is its XCom. Raises AirflowException."""
        self.run_command(self.command(context), context)

    def run_command(self, command: Command, context: Context) -> None:
        """Raises AirflowException with the program's own words when it fails."""
        child = self._child = ChildProcess(
            command.argv, child_environment(command), lambda line: self.log.info("%s", line)
        )
        try:
            code = child.run()
        except OSError as error:
            raise AirflowFailException(
                f"{command.argv[0]} can't be run: {error.strerror}. Set up again (npm run setup)."
            ) from error
        if code < 0:
            raise AirflowException(f"{self.task_id} was ended by signal {-code}.")
        if code > 0:
            raise self.failure(code, list(child.last_lines), context)

    def on_kill(self) -> None:
        if self._child is not None:
            self._child.stop()

    def _skip_without_what_it_needs(self, context: Context) -> None:
        if not self.needs:
            return
        run_id = context["dag_run"].run_id
        states = (
            context["ti"]
            .get_task_states(dag_id=self.dag_id, task_ids=list(self.needs), run_ids=[run_id])
            .get(run_id, {})
        )
        missing = [task for task in self.needs if states.get(task) != "success"]
        if missing:
            raise AirflowSkipException(f"needs {', '.join(missing)}, which didn't succeed")


def child_environment(command: Command) -> dict[str, str]:
    """The task's environment without what is Airflow's or Python's own: neither concerns the data environment."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AIRFLOW_", "__AIRFLOW", "_AIRFLOW", "PYTHON"))
    }
    return {**ours, "PYTHONUNBUFFERED": "1", **command.environment}


def run_id_of(context: Context) -> str:
    """Name of the run's folder: the parameter `run_id`, or Airflow's own with nothing in it that a path dislikes."""
    given = context["params"].get("run_id")
    return str(given) if given else re.sub(r"[^A-Za-z0-9._-]+", "-", context["dag_run"].run_id)


def last_block(lines: Sequence[str]) -> str:
    """The last line that isn't indented, with what is indented below it: the error, as ingest prints it."""
    for start in range(len(lines) - 1, -1, -1):
        if lines[start].strip() and not lines[start][0].isspace():
            return "\n".join(line for line in lines[start:] if line.strip()).removeprefix("error: ")
    return "it printed nothing"
