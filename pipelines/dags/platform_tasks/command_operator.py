"""Base of the tasks that run a program of the data environment beside Airflow."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from airflow.exceptions import AirflowException, AirflowFailException
from airflow.sdk import Context

from platform_tasks.child_process import ChildProcess
from platform_tasks.deployment import Deployment
from platform_tasks.scratch import scratch_folder
from platform_tasks.step_operator import StepOperator


@dataclass(frozen=True)
class Command:
    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    """Added to the task's own environment."""


class CommandOperator(StepOperator):
    """Runs one program, with an empty folder as its TMPDIR; its exit code decides."""

    def __init__(self, *, deployment: Deployment, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.deployment = deployment
        self._child: ChildProcess | None = None

    @abstractmethod
    def command(self, context: Context, scratch: Path) -> Command: ...

    @abstractmethod
    def failure(self, code: int, lines: Sequence[str], context: Context) -> AirflowException:
        """The exception for an exit code above zero: AirflowFailException where a retry can't help."""

    def execute(self, context: Context) -> Any:
        with self.leaving_errors(context):
            self.skip_without_what_it_needs(context)
            return self.work(context)

    def work(self, context: Context) -> Any:
        """The task itself; what it returns is its XCom. Raises AirflowException."""
        with scratch_folder(self.deployment, context) as scratch:
            command = self.command(context, scratch)
            environment = {**child_environment(command), "TMPDIR": str(scratch)}
            self.run_command(Command(command.argv, environment), context)

    def run_command(self, command: Command, context: Context) -> None:
        """Raises AirflowException with the program's own words when it fails."""
        child = self._child = ChildProcess(command.argv, command.environment, lambda line: self.log.info("%s", line))
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


def child_environment(command: Command) -> dict[str, str]:
    """The task's environment without what is Airflow's or Python's own: neither concerns the data environment."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AIRFLOW_", "__AIRFLOW", "_AIRFLOW", "PYTHON"))
    }
    return {**ours, "PYTHONUNBUFFERED": "1", **command.environment}


def last_block(lines: Sequence[str]) -> str:
    """The last line that isn't indented, with what is indented below it: the error, as ingest prints it."""
    for start in range(len(lines) - 1, -1, -1):
        if lines[start].strip() and not lines[start][0].isspace():
            return "\n".join(line for line in lines[start:] if line.strip()).removeprefix("error: ")
    return "it printed nothing"
