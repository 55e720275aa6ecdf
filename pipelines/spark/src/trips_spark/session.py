"""The Spark session: the given one under spark-submit, as on Dataproc; else one of this machine's own."""

from __future__ import annotations

import os
import time
from typing import Any

from pyspark.sql import SparkSession

from trips_spark.arguments import Arguments
from trips_spark.java import java_home
from trips_spark.memory import check_memory
from trips_spark.storage.addresses import for_spark

#: How jobs compute, wherever they run.
SETTINGS = {
    # An overflow is an error, not a null.
    "spark.sql.ansi.enabled": "true",
    # Wall-clock times pass through functions that know instants only.
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.compression.codec": "zstd",
    # Files become valid by the pointer, so that a task's may be moved to their place when it ends.
    "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "2",
    "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
}


class Session:
    """Started when it is first asked for: a run that finds nothing to do needs none."""

    def __init__(self, arguments: Arguments) -> None:
        self._arguments = arguments
        self._spark: SparkSession | None = None
        self.start_seconds = 0.0

    def __call__(self) -> SparkSession:
        if self._spark is None:
            start = time.perf_counter()
            self._spark = _given() if "PYSPARK_GATEWAY_PORT" in os.environ else _own(self._arguments)
            self.start_seconds = time.perf_counter() - start
        return self._spark

    def stop(self) -> None:
        if self._spark is not None:
            self._spark.stop()


def _given() -> SparkSession:
    spark = SparkSession.builder.getOrCreate()
    context: Any = spark.sparkContext
    for name, value in SETTINGS.items():
        # What is of Hadoop was read when the session began; it has a place of its own.
        if name.startswith("spark.hadoop."):
            context._jsc.hadoopConfiguration().set(name.removeprefix("spark.hadoop."), value)
        else:
            spark.conf.set(name, value)
    return spark


def _own(arguments: Arguments) -> SparkSession:
    check_memory(arguments.memory_mb)
    os.environ["JAVA_HOME"] = str(java_home())
    # Else Spark looks for the machine's address, and warns of what it finds.
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    cores = arguments.cores or os.cpu_count() or 1
    builder = SparkSession.builder.appName(f"trips-{arguments.job}").master(f"local[{cores}]")
    for name, value in {**SETTINGS, **_local_settings(arguments, cores)}.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _local_settings(arguments: Arguments, cores: int) -> dict[str, str]:
    settings = {
        "spark.driver.memory": f"{arguments.memory_mb}m",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        # The default, 200, is meant for a cluster.
        "spark.sql.shuffle.partitions": str(2 * cores),
        "spark.ui.enabled": str(arguments.ui).lower(),
        "spark.ui.showConsoleProgress": "false",
        # Files that a job works on at the same time share the cores evenly.
        "spark.scheduler.mode": "FAIR",
        "spark.log.level": "ERROR",
    }
    if arguments.event_log is not None:
        settings |= {"spark.eventLog.enabled": "true", "spark.eventLog.dir": for_spark(arguments.event_log)}
    return settings
