"""Trips of all services in the columns that they share, defined as dbt's int_trips_unioned defines them."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

MONEY = "decimal(12,2)"

AMOUNTS = ("fare_amount", "tip_amount", "tolls_amount", "total_amount", "trip_distance")

#: Besides the fare; what a passenger of a high-volume service was charged stands in its parts only.
_CHARGES = (
    "tolls_amount",
    "tip_amount",
    "sales_tax",
    "black_car_fund",
    "congestion_surcharge",
    "airport_fee",
    "cbd_congestion_fee",
)


def shared_columns(trips: DataFrame, service: str) -> DataFrame:
    """One row per trip; an amount is null where the service's files don't have it."""
    names = ("file_month", "pickup_datetime", "dropoff_datetime", "pickup_zone_id", "dropoff_zone_id")
    amounts = [_amount(trips, name).cast(MONEY).alias(name) for name in AMOUNTS]
    return trips.select(F.lit(service).alias("service"), *names, *amounts)


def _amount(trips: DataFrame, name: str) -> Column:
    if name in trips.columns:
        return trips[name]
    if name != "total_amount" or "black_car_fund" not in trips.columns:
        return F.lit(None)
    total = trips["fare_amount"]
    for charge in _CHARGES:
        total = total + F.coalesce(trips[charge], F.lit(0).cast(MONEY))
    return total


def with_zone(rows: DataFrame, zones: DataFrame, end: str) -> DataFrame:
    """`<end>_zone` and `<end>_borough` for `<end>_zone_id`. The zones are few: each worker gets them all."""
    names = zones.select(
        F.col("zone_id").alias(f"{end}_zone_id"),
        F.col("zone").alias(f"{end}_zone"),
        F.col("borough").alias(f"{end}_borough"),
    )
    joined = rows.join(F.broadcast(names), f"{end}_zone_id", "left")
    return joined.fillna("Unknown", [f"{end}_zone", f"{end}_borough"])
