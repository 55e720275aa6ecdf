"""Trips from zone to zone per month and service: how many, how far, how long, and its rank among its origin's."""

from __future__ import annotations

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from trips_spark.jobs.job import Job
from trips_spark.jobs.trips import shared_columns, with_zone

_SUM = "decimal(22,2)"


def part(trips: DataFrame, service: str) -> DataFrame:
    """`timed_trips` are those that end after they began; `seconds` is what they took together."""
    began, ended = (F.col(f"{end}_datetime").cast("timestamp").cast("long") for end in ("pickup", "dropoff"))
    month = F.trunc("pickup_datetime", "month").alias("flow_month")
    groups = (
        shared_columns(trips, service)
        .withColumn("seconds", F.when(ended >= began, ended - began))
        .groupBy("service", "file_month", month, "pickup_zone_id", "dropoff_zone_id")
    )
    return groups.agg(
        F.count("*").alias("trips"),
        F.count("seconds").alias("timed_trips"),
        F.sum("seconds").alias("seconds"),
        F.sum("trip_distance").cast(_SUM).alias("trip_distance"),
    )


def report(parts: DataFrame, zones: DataFrame) -> DataFrame:
    sums = parts.groupBy("service", "flow_month", "pickup_zone_id", "dropoff_zone_id").agg(
        F.sum("trips").alias("trips"),
        F.sum("timed_trips").alias("timed_trips"),
        F.sum("seconds").alias("seconds"),
        F.sum("trip_distance").cast(_SUM).alias("trip_distance"),
    )
    of_origin = Window.partitionBy("service", "flow_month", "pickup_zone_id").orderBy(F.desc("trips"))
    ranked = sums.withColumn("rank_of_origin", F.rank().over(of_origin).cast("long"))
    ends = [f"{end}_{what}" for end in ("pickup", "dropoff") for what in ("zone_id", "zone", "borough")]
    measures = ("trips", "timed_trips", "seconds", "trip_distance", "rank_of_origin")
    named = with_zone(with_zone(ranked, zones, "pickup"), zones, "dropoff")
    return named.select("service", "flow_month", *ends, *measures)


ZONE_FLOWS = Job("zone_flows", part, "trips", report)
