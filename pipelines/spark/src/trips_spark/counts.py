"""Counts what was written, and compares it with the receipts of what was read."""

from __future__ import annotations

from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

from trips_spark.compute import Computation, Outcome
from trips_spark.contract import trips_schema
from trips_spark.errors import JobError, PassingTrouble
from trips_spark.jobs.job import Job
from trips_spark.storage.addresses import below, for_spark


def part_schema(spark: SparkSession, job: Job, service: str = "yellow") -> StructType:
    """What a job's parts look like; nothing is computed for it."""
    return job.part(spark.createDataFrame([], trips_schema(service)), service).schema


def count_parts(computation: Computation, outcomes: list[Outcome]) -> dict[str, tuple[int, int]]:
    """By delivery: the trips that its part stands for, and the part's rows."""
    if not outcomes:
        return {}
    spark, job = computation.spark, computation.job
    spark.sparkContext.setJobDescription(f"{job.name}: rows written")
    # Parts of services may differ; what is counted by is in all of them.
    fields = [part_schema(spark, job)[name] for name in ("service", "file_month", job.counted_by)]
    parts = spark.read.schema(StructType(fields))
    counted = (
        parts.parquet(*(for_spark(below(computation.folder, outcome.path)) for outcome in outcomes))
        .groupBy("service", F.date_format("file_month", "yyyy-MM").alias("month"))
        .agg(F.sum(job.counted_by).alias("trips"), F.count("*").alias("rows"))
    )
    found = {f"{row['service']} {row['month']}": (int(row["trips"]), int(row["rows"])) for row in counted.collect()}
    return {str(outcome.delivery): found.get(str(outcome.delivery), (0, 0)) for outcome in outcomes}


def miscounted(outcome: Outcome, trips: int) -> JobError | None:
    """A part must stand for just the trips of the receipt."""
    if trips == outcome.delivery.rows:
        return None
    return PassingTrouble(
        f"{outcome.delivery} has {trips:,} trips, its receipt says {outcome.delivery.rows:,}",
        outcome.delivery.address,
        "ingest may have been at work: run again; if it stays, run ingest's clean with --force",
    )
