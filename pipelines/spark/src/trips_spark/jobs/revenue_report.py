"""Monthly revenue per zone and service; of for-hire vehicles (fhv) the files have counts only, so amounts are null.

Row for row dbt's fct_monthly_zone_revenue.
"""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from trips_spark.jobs.job import Job
from trips_spark.jobs.trips import AMOUNTS, MONEY, shared_columns, with_zone

_SUM = "decimal(22,2)"

#: Below a million each. Spark adds them up as whole numbers, and larger ones as objects: 0.2 and 0.6 s of CPU for a
#: million trips. In ANSI mode an amount that doesn't fit is an error.
_SMALL = "decimal(8,2)"


def part(trips: DataFrame, service: str) -> DataFrame:
    return _part(trips, service, MONEY)


def quick_part(trips: DataFrame, service: str) -> DataFrame:
    return _part(trips, service, _SMALL)


def _part(trips: DataFrame, service: str, amount: str) -> DataFrame:
    shared = shared_columns(trips, service)
    month = F.trunc("pickup_datetime", "month").alias("revenue_month")
    groups = shared.groupBy("service", "file_month", month, "pickup_zone_id")
    sums = (F.sum(F.col(name).cast(amount)).cast(_SUM).alias(name) for name in AMOUNTS)
    return groups.agg(F.count("*").alias("trips"), *sums)


def report(parts: DataFrame, zones: DataFrame) -> DataFrame:
    groups = parts.groupBy("service", "revenue_month", "pickup_zone_id")
    sums = groups.agg(F.sum("trips").alias("trips"), *(F.sum(name).cast(_SUM).alias(name) for name in AMOUNTS))
    named = with_zone(sums, zones, "pickup")
    names = ("service", "revenue_month", "pickup_zone_id", "pickup_zone", "pickup_borough", "trips", *AMOUNTS)
    return named.select(*names).orderBy("revenue_month", "service", "pickup_zone_id")


REVENUE_REPORT = Job("revenue_report", part, "trips", report, quick_part)
