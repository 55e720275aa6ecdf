"""What the operators of all steps have in common, wherever the work is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from airflow.exceptions import AirflowException, AirflowRescheduleException, AirflowSkipException
from airflow.sdk import BaseOperator, Context

ERROR_KEY = "error"
"""XCom under which a failed task leaves its error, for the last task to name it: words for people, never read back."""

_ERROR_CHARACTERS = 2_000


class StepOperator(BaseOperator):
    """Leaves a failed task's error for the last task to name.

    :param needs: ids of tasks that must have succeeded, where the trigger rule only waits until all are done.
    """

    def __init__(self, *, needs: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.needs = tuple(needs)
        self.error: str | None = None

    @contextmanager
    def leaving_errors(self, context: Context) -> Iterator[None]:
        try:
            yield
        except (AirflowRescheduleException, AirflowSkipException):
            raise
        except AirflowException as error:
            self.error = str(error)[:_ERROR_CHARACTERS]
            context["ti"].xcom_push(key=ERROR_KEY, value=self.error)
            raise

    def skip_without_what_it_needs(self, context: Context) -> None:
        """Raises AirflowSkipException."""
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
