"""The lessons' Spark session: as the jobs' on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from pyspark.sql import SparkSession

from trips_spark.java import java_home
from trips_spark.memory import check_memory, megabytes_of


def lab_session(memory: str, scratch: Path) -> SparkSession:
    """Raises JobError where Java or memory don't do. What it writes besides files of lessons goes to `scratch`, too."""
    check_memory(megabytes_of(memory))
    os.environ["JAVA_HOME"] = str(java_home())
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    settings = {
        "spark.driver.memory": memory,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": f"-Dderby.system.home={scratch}",
        "spark.local.dir": str(scratch / "shuffles"),
        "spark.sql.warehouse.dir": f"file://{scratch}/warehouse",
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.appName("labs").master(f"local[{os.cpu_count() or 1}]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
