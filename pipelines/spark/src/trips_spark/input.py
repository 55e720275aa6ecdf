"""Reads files of the lake by the contract."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession

from trips_spark.contract import contract_hash, trips_schema, zones_schema
from trips_spark.errors import JobError
from trips_spark.failures import explained, is_of_spark
from trips_spark.lake import Delivery
from trips_spark.storage.addresses import for_spark


def read_trips(spark: SparkSession, deliveries: list[Delivery]) -> DataFrame:
    """The rows of files of one service."""
    files = [for_spark(delivery.address) for delivery in deliveries]
    return spark.read.schema(trips_schema(deliveries[0].service)).parquet(*files)


def read_zones(spark: SparkSession, delivery: Delivery) -> DataFrame:
    return spark.read.schema(zones_schema()).parquet(for_spark(delivery.address))


def check(spark: SparkSession, delivery: Delivery) -> list[str]:
    """Notes for people. Raises JobError for a file that the contract can't read.

    Looks into a file only where it was cleaned by another contract: the same hash vouches for the rest. Spark itself
    would give nulls for a column that a file lacks, and pass over one that the contract doesn't know.
    """
    if delivery.contract_hash == contract_hash(delivery.service):
        return []
    schema = trips_schema(delivery.service)
    try:
        there = {field.name: field.dataType for field in spark.read.parquet(for_spark(delivery.address)).schema}
    except Exception as error:
        raise (explained(error, delivery.address) if is_of_spark(error) else error) from error
    wrong = [
        f"{field.name} is {there[field.name].simpleString() if field.name in there else 'missing'}"
        f" instead of {field.dataType.simpleString()}"
        for field in schema
        if there.get(field.name) != field.dataType
    ]
    if wrong:
        raise JobError(
            f"{delivery} was cleaned by a contract that this job doesn't know: {'; '.join(wrong)}",
            delivery.address,
            "deploy the job with the contract of today, or clean the month again by it",
        )
    unknown = [name for name in there if name not in schema.names]
    return [f"{delivery}: left out what the contract doesn't know: {', '.join(unknown)}"] if unknown else []
