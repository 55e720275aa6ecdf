"""A Spark session on this machine, with what reads Avro from Kafka."""

from __future__ import annotations

import os
from pathlib import Path

from pyspark.sql import SparkSession

from trips_spark.errors import JobError
from trips_spark.java import java_home
from trips_spark.session import SETTINGS

#: As the tests' set-up does it; no other command needs them.
_FETCH = (
    "fetch them, in the project's folder: .embedded/python/spark/bin/python pipelines/jars/maven_jars.py "
    "pipelines/streaming/spark/jars.lock .embedded/kafka/spark"
)


def open_session(jars: Path, memory: str, cores: int) -> SparkSession:
    """Raises JobError where the jars aren't there."""
    found = sorted(jars.glob("*.jar"))
    if not any(jar.name.startswith("spark-sql-kafka") for jar in found):
        raise JobError("the jars that read Kafka aren't there", str(jars), _FETCH)
    os.environ["JAVA_HOME"] = str(java_home())
    # Else Spark looks for the machine's address, and warns of what it finds.
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    settings = {
        **SETTINGS,
        "spark.jars": ",".join(map(str, found)),
        "spark.driver.memory": memory,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        # Of the state, too, and fixed in the checkpoint from the first run on.
        "spark.sql.shuffle.partitions": "4",
        # What is counted in the end is the sum over all micro-batches; Spark remembers the last 100.
        "spark.sql.streaming.numRecentProgressUpdates": "1000000",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.appName("trips-zone-hours").master(f"local[{cores}]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
