"""What a session did, as Spark's own books have it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from pyspark.sql import SparkSession


@dataclass(frozen=True)
class Metrics:
    """Bytes written to and read from shuffles, and read from files. `vcpu_hours`: cores times hours they were held."""

    shuffle_write_bytes: int
    shuffle_read_bytes: int
    input_bytes: int
    vcpu_hours: float
    executors: int
    is_local: bool


def read_metrics(spark: SparkSession) -> Metrics:
    """Since the session began: of all executors, those that have ended among them."""
    context: Any = spark.sparkContext
    listed = context._jsc.sc().statusStore().executorList(False)
    executors = [listed.apply(index) for index in range(listed.size())]
    now = time.time() * 1000
    held = 0.0
    for executor in executors:
        end = executor.removeTime().get().getTime() if executor.removeTime().isDefined() else now
        held += _cores(spark, executor) * (end - executor.addTime().getTime()) / 3_600_000
    return Metrics(
        sum(executor.totalShuffleWrite() for executor in executors),
        sum(executor.totalShuffleRead() for executor in executors),
        sum(executor.totalInputBytes() for executor in executors),
        held,
        sum(executor.id() != "driver" for executor in executors),
        str(context.master).startswith("local"),
    )


def _cores(spark: SparkSession, executor: Any) -> int:
    """On a cluster the driver runs no tasks, so that the books know none of its cores."""
    return int(executor.totalCores()) or int(spark.sparkContext.getConf().get("spark.driver.cores", "4") or 4)
