"""Base of the tasks whose work is an execution of a Cloud Run job."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from airflow.exceptions import AirflowException, AirflowFailException
from airflow.providers.google.cloud.hooks.cloud_run import CloudRunHook
from airflow.providers.google.cloud.operators.cloud_run import CloudRunExecuteJobOperator
from airflow.providers.google.cloud.triggers.cloud_run import RunJobStatus
from airflow.providers.google.common.consts import CLIENT_INFO
from airflow.sdk import Context
from google.api_core.exceptions import Forbidden, GoogleAPICallError, InvalidArgument, NotFound
from google.cloud.run_v2 import ExecutionsClient

from platform_tasks.deployment import CloudRunJobNames
from platform_tasks.step_operator import StepOperator


def executions_client(hook: CloudRunHook) -> ExecutionsClient:
    """Google's hook knows of jobs only."""
    return ExecutionsClient(
        credentials=hook.get_credentials(), client_info=CLIENT_INFO, client_options=hook.get_client_options()
    )


class CloudRunOperator(StepOperator, CloudRunExecuteJobOperator):
    """Starts the job with a command of its own, gives its slot back while that runs, and then judges what became of it.

    Cloud Run ends an execution that takes longer than the task may: a deferred task has no timeout in Airflow. One that
    is marked as failed while it is deferred leaves its execution to end by itself, which does no harm, since every step
    may be repeated.
    """

    def __init__(self, *, jobs: CloudRunJobNames, **kwargs: Any) -> None:
        super().__init__(project_id=jobs.project, region=jobs.region, deferrable=True, **kwargs)

    @abstractmethod
    def arguments(self, context: Context) -> list[str]:
        """Of the job's command."""

    def environment(self, context: Context) -> Mapping[str, str]:
        """Of the job's container, besides its own."""
        return {}

    def begin(self, context: Context) -> None:
        """Last word before the execution. Raises AirflowException."""

    @abstractmethod
    def result(self, context: Context, execution: str | None) -> Any:
        """The task's XCom once the execution has succeeded."""

    @abstractmethod
    def failure(self, context: Context, execution: str | None, words: str) -> AirflowException:
        """The exception for an execution that failed: AirflowFailException where a retry can't help.

        :param words: Cloud Run's own, which don't tell why.
        """

    def execute(self, context: Context) -> None:
        with self.leaving_errors(context):
            self.skip_without_what_it_needs(context)
            self.begin(context)
            self.overrides = self._overrides(context)
            try:
                super().execute(context)
            except GoogleAPICallError as error:
                mend_first = isinstance(error, Forbidden | InvalidArgument | NotFound)
                unfit = AirflowFailException if mend_first else AirflowException
                raise unfit(f"The job {self.job_name} couldn't be started: {error.message}") from error

    def execute_complete(self, context: Context, event: dict[str, Any]) -> Any:
        execution = event.get("execution_name")
        with self.leaving_errors(context):
            if event["status"] == RunJobStatus.SUCCESS.value:
                # Not the parent's: it hands on the whole job, with the places of its mounts.
                return self.result(context, execution)
            raise self.failure(context, execution, str(event.get("operation_error_message") or event["status"]))

    def on_kill(self) -> None:
        """Cancel what runs, if this process started it."""
        if self.operation is None:
            return
        executions_client(self.hook).cancel_execution(name=self.operation.metadata.name)

    def _overrides(self, context: Context) -> dict[str, Any]:
        environment = [{"name": name, "value": value} for name, value in self.environment(context).items()]
        container = {"args": self.arguments(context), "env": environment}
        limit = {"timeout": self.execution_timeout} if self.execution_timeout else {}
        return {"container_overrides": [container], "task_count": 1, **limit}
