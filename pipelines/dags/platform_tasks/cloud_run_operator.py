"""Base of the tasks whose work is an execution of a Cloud Run job."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, NoReturn

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

    Cloud Run ends an execution that takes longer than its job may; a task's own timeout bounds what Airflow does before
    and after, since a deferred task has none. One that is marked as failed while it is deferred leaves its execution to
    end by itself, which does no harm, since every step may be repeated.
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
    def result(self, context: Context, execution: str) -> Any:
        """The task's XCom once the execution has succeeded."""

    @abstractmethod
    def failure(self, context: Context, execution: str, words: str) -> AirflowException:
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

    def defer(self, *, kwargs: dict[str, Any] | None = None, **deferred: Any) -> NoReturn:
        """As asked for by the parent, which keeps no name of what it has started."""
        begun = self.operation.metadata.name if self.operation else ""
        super().defer(kwargs={**(kwargs or {}), "execution": begun.rpartition("/")[2]}, **deferred)

    def execute_complete(self, context: Context, event: dict[str, Any], execution: str = "") -> Any:
        """:param execution: what `defer` kept; some releases of Google's provider have it in their event as well."""
        execution = execution or event.get("execution_name") or ""
        with self.leaving_errors(context):
            if not execution:
                # Without its name another try's results would be taken for this one's.
                raise AirflowException(f"Cloud Run didn't say which execution of {self.job_name} it had started.")
            if event["status"] == RunJobStatus.SUCCESS.value:
                # Not the parent's: it hands on the whole job, with the places of its mounts.
                return self.result(context, execution)
            raise self.failure(context, execution, str(event.get("operation_error_message") or event["status"]))

    def on_kill(self) -> None:
        """Cancel what runs, if this process started it."""
        if self.operation is None:
            return
        # Not the parent's hook: releases before 22 keep none.
        hook = CloudRunHook(gcp_conn_id=self.gcp_conn_id, impersonation_chain=self.impersonation_chain)
        executions_client(hook).cancel_execution(name=self.operation.metadata.name)

    def _overrides(self, context: Context) -> dict[str, Any]:
        environment = [{"name": name, "value": value} for name, value in self.environment(context).items()]
        container = {"args": self.arguments(context), "env": environment}
        return {"container_overrides": [container], "task_count": 1}
