"""Trips without twins: of rows that a file delivered twice or more, one stays, and says how many they were.

Rows of a file are twins when all delivered columns are equal, nulls among them. Ingest keeps twins, with
ids of their own.
"""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from trips_spark.contract import delivered_columns
from trips_spark.jobs.job import Job


def part(trips: DataFrame, service: str) -> DataFrame:
    """The least `trip_id` stays; what else the platform adds is the same for twins."""
    delivered = delivered_columns(service)
    added = [name for name in trips.columns if name not in (*delivered, "file_month")]
    kept = trips.groupBy(*delivered, "file_month").agg(
        *(F.min(name).alias(name) for name in added), F.count("*").alias("copies")
    )
    return kept.select(F.lit(service).alias("service"), *trips.columns, "copies")


DEDUPE_TRIPS = Job("dedupe_trips", part, "copies", None)
