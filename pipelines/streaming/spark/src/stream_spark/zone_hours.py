"""Pickups and revenue per pickup zone and hour of event time: the query itself."""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql.avro.functions import from_avro


@dataclass(frozen=True)
class Windows:
    """In minutes: contracts/windows.ts."""

    window: int
    grace: int


def rides(records: DataFrame, schemas: dict[int, str], contract: str) -> DataFrame:
    """Events of records of Kafka, by whichever of the schemas each was written; without what can't be read by any."""
    value = F.col("value")
    # Confluent's wire format: a zero, and four bytes of the schema's id.
    schema_id = F.conv(F.hex(F.substring(value, 2, 4)), 16, 10).cast("int")
    payload = F.expr("substring(value, 6, length(value) - 5)")
    event: Column = F.lit(None)
    for number, schema in schemas.items():
        read = from_avro(payload, schema, {"mode": "PERMISSIVE", "avroSchema": contract})
        event = F.when(schema_id == number, read).otherwise(event)
    is_framed = (F.length(value) > 5) & (F.hex(F.substring(value, 1, 1)) == "00")
    return records.where(is_framed).select(event.alias("event")).where("event.event_id is not null").select("event.*")


def zone_hours(events: DataFrame, windows: Windows) -> DataFrame:
    """Final results only, once no late ride is accepted any more.

    Marks that end a replay are counted with the rest, as nothing: a filter would be moved to before the watermark,
    which they are there to push.
    """
    is_ride = F.col("event_type") == "ride"
    counted = (
        # On a wall clock; the session's time zone is UTC, so that each hour is as long as the others.
        events.withColumn("pickup", F.col("pickup_datetime").cast("timestamp"))
        .withWatermark("pickup", f"{windows.grace} minutes")
        .dropDuplicatesWithinWatermark(["event_id"])
        .groupBy("pickup_zone_id", F.window("pickup", f"{windows.window} minutes").alias("span"))
        .agg(
            F.count(F.when(is_ride, 1)).alias("pickups"),
            F.coalesce(F.sum(F.when(is_ride, F.col("total_amount"))), F.lit(0)).cast("decimal(12,2)").alias("revenue"),
        )
    )
    return counted.where("pickups > 0").select(
        "pickup_zone_id",
        F.col("span.start").cast("timestamp_ntz").alias("window_start"),
        F.col("span.end").cast("timestamp_ntz").alias("window_end"),
        "pickups",
        "revenue",
    )
