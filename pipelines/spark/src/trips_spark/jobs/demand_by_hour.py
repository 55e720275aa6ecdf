"""Trips per service, zone and hour, beside the day and the week before them, and the zone's rank within the hour.

Hours in which nobody was picked up have no row. Windows go by time, not by rows, so that gaps don't shift them, and
the report's reach over the months: the first week of a month looks back into the month before.
"""

from __future__ import annotations

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from trips_spark.jobs.job import Job
from trips_spark.jobs.trips import with_zone

_HOUR = 3600
_DAY = 24 * _HOUR
_WEEK = 7 * _DAY


def part(trips: DataFrame, service: str) -> DataFrame:
    hour = F.date_trunc("hour", "pickup_datetime").cast("timestamp_ntz").alias("hour")
    groups = trips.groupBy(F.lit(service).alias("service"), "file_month", hour, "pickup_zone_id")
    return groups.agg(F.count("*").alias("trips"))


def report(parts: DataFrame, zones: DataFrame) -> DataFrame:
    hours = parts.groupBy("service", "hour", "pickup_zone_id").agg(F.sum("trips").alias("trips"))
    seconds = F.col("hour").cast("timestamp").cast("long")
    of_zone = Window.partitionBy("service", "pickup_zone_id").orderBy(seconds)
    of_hour = Window.partitionBy("service", "hour").orderBy(F.desc("trips"))
    counted = hours.select(
        "*",
        F.sum("trips").over(of_zone.rangeBetween(_HOUR - _DAY, Window.currentRow)).alias("trips_24_hours"),
        F.coalesce(F.sum("trips").over(of_zone.rangeBetween(-_WEEK, -_WEEK)), F.lit(0)).alias("trips_week_before"),
        F.rank().over(of_hour).cast("long").alias("rank_in_hour"),
    )
    names = ("trips", "trips_24_hours", "trips_week_before", "rank_in_hour")
    return with_zone(counted, zones, "pickup").select(
        "service", "hour", "pickup_zone_id", "pickup_zone", "pickup_borough", *names
    )


DEMAND_BY_HOUR = Job("demand_by_hour", part, "trips", report)
