"""What a query cost, as Spark's own books have it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyspark.sql import SparkSession


@dataclass(frozen=True)
class Measured:
    """Of all stages. `cpu_seconds` are those of Spark's whole process: tasks, driver, Java's compiler. `task_seconds`:
    of each task of the stage that took longest; `task_rows`: what each got by shuffles, in the stage that got most.
    """

    seconds: float
    cpu_seconds: float
    tasks: int
    shuffle_bytes: int
    spilled_bytes: int
    read_bytes: int
    files_read: int
    files_written: int
    task_seconds: tuple[float, ...]
    task_rows: tuple[int, ...]

    @property
    def slowest(self) -> float:
        return max(self.task_seconds, default=0.0)

    @property
    def median(self) -> float:
        ordered = sorted(self.task_seconds)
        return ordered[len(ordered) // 2] if ordered else 0.0


def measure(spark: SparkSession, act: Callable[[], object]) -> Measured:
    """Nothing else may run in the session meanwhile."""
    books = _Books(spark)
    stage, query = books.last_stage(), books.queries()
    start, cpu = time.perf_counter(), books.cpu_seconds()
    act()
    seconds, cpu = time.perf_counter() - start, books.cpu_seconds() - cpu
    books.wait()
    stages = [one for one in books.stages() if one.stageId() > stage and one.numCompleteTasks() > 0]
    longest = max(stages, key=lambda one: int(one.executorRunTime()), default=None)
    fed = max(stages, key=lambda one: int(one.shuffleReadRecords()), default=None)
    return Measured(
        seconds,
        cpu,
        sum(one.numCompleteTasks() for one in stages),
        sum(one.shuffleWriteBytes() for one in stages),
        sum(one.diskBytesSpilled() for one in stages),
        sum(one.inputBytes() for one in stages),
        books.counted("number of files read", query),
        books.counted("number of written files", query),
        tuple(task.executorRunTime() / 1000 for task in books.tasks(longest)),
        tuple(int(task.shuffleReadMetrics().recordsRead()) for task in books.tasks(fed)),
    )


class _Books:
    def __init__(self, spark: SparkSession) -> None:
        context: Any = spark.sparkContext
        session: Any = spark
        self._gateway = context._gateway
        self._context = context._jsc.sc()
        self._java = context._jvm
        self._stages = self._context.statusStore()
        self._queries = session._jsparkSession.sharedState().statusStore()

    def wait(self) -> None:
        """Books are kept by a thread of their own."""
        self._context.listenerBus().waitUntilEmpty()

    def stages(self) -> list[Any]:
        every = self._java.java.util.ArrayList()
        none = self._gateway.new_array(self._java.double, 0)
        return _listed(self._stages.stageList(every, False, False, none, every))

    def last_stage(self) -> int:
        self.wait()
        return max((int(one.stageId()) for one in self.stages()), default=-1)

    def queries(self) -> int:
        return int(self._queries.executionsCount())

    def counted(self, metric: str, since: int) -> int:
        """A metric of plan nodes, summed over the queries since then."""
        total = 0
        for query in _listed(self._queries.executionsList())[since:]:
            wanted = {one.accumulatorId() for one in _listed(query.metrics()) if one.name() == metric}
            values = self._queries.executionMetrics(query.executionId())
            for key in wanted:
                value = values.get(key)
                total += int(re.sub(r"\D", "", str(value.get()))) if value.isDefined() else 0
        return total

    def tasks(self, stage: Any | None) -> list[Any]:
        """Their metrics, in their order."""
        if stage is None:
            return []
        tasks = _listed(self._stages.taskList(stage.stageId(), stage.attemptId(), 100_000))
        return [task.taskMetrics().get() for task in sorted(tasks, key=lambda one: int(one.index()))]

    def cpu_seconds(self) -> float:
        """Java lets nobody but its own modules look at its books; Spark has a gauge for them."""
        gauges = self._java.org.apache.spark.metrics.source.JVMCPUSource().metricRegistry().getGauges()
        return int(gauges.get("jvmCpuTime").getValue()) / 1e9


def _listed(sequence: Any) -> list[Any]:
    """Of Scala's."""
    return [sequence.apply(index) for index in range(sequence.size())]
