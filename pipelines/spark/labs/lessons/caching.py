"""Caching: what is used again, and what isn't."""

from __future__ import annotations

from functools import partial
from typing import Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from labs.lab import Lab
from labs.lesson import Findings, Lesson, Result, Variant
from labs.metrics import measure
from labs.plans import plan_of


def prepared(lab: Lab) -> DataFrame:
    """What the reports have in common: dear to compute, and smaller than the trips."""
    trips = lab.trips().join(F.broadcast(lab.zones()), F.col("pickup_zone_id") == F.col("zone_id"))
    digest = F.crc32(F.sha2(F.sha2(F.concat("trip_id", "zone"), 512), 512))
    hour = F.date_trunc("hour", "pickup_datetime").alias("hour")
    return trips.where(F.col("payment_type") <= 2).select(
        "borough", "zone", hour, "total_amount", digest.alias("check")
    )


def reports(of: DataFrame) -> list[DataFrame]:
    total = F.sum("total_amount")
    return [
        of.groupBy("borough").agg(total, F.sum("check")),
        of.groupBy(F.hour("hour")).agg(total, F.sum("check")),
        of.groupBy(F.dayofweek("hour")).agg(total, F.sum("check")),
    ]


def of_cached(lab: Lab) -> DataFrame:
    """The first of the reports on what is in the cache."""
    return reports(prepared(lab).cache())[0]


def run_reports(lab: Lab, number: int, cached: bool) -> Result:
    """The cache is filled by the first report that needs it, and emptied afterwards."""
    name = f"{number} report{'s' if number > 1 else ''}, {'cached' if cached else 'each from the files'}"
    lab.set()
    best: Result | None = None
    for _ in range(lab.repeat):
        of = prepared(lab)
        if cached:
            of.cache()
        queries = reports(of)[:number]
        measured = measure(lab.spark, partial(_collect, queries))
        plan = plan_of(queries[0])
        lab.spark.catalog.clearCache()
        if best is None or measured.seconds < best.measured.seconds:
            best = Result(Variant(name, of_cached), measured, plan)
    assert best is not None
    return best


def _collect(queries: list[DataFrame]) -> None:
    for query in queries:
        query.collect()


def cached_megabytes(lab: Lab) -> float:
    prepared(lab).cache().count()
    context: Any = lab.spark.sparkContext
    size = sum(int(one.memSize()) + int(one.diskSize()) for one in context._jsc.sc().getRDDStorageInfo())
    lab.spark.catalog.clearCache()
    return size / 1e6


def teach(lab: Lab) -> Findings:
    results = [run_reports(lab, number, cached) for number in (1, 3) for cached in (False, True)]
    once, once_cached, thrice, thrice_cached = (result.measured for result in results)
    return Findings(
        results,
        [
            f"Three reports took {thrice.seconds:.1f} s from the files and {thrice_cached.seconds:.1f} s with the "
            f"cache, one report {once.seconds:.1f} s and {once_cached.seconds:.1f} s: filling it is work, too.",
            f"It held {cached_megabytes(lab):,.0f} MB: all columns of what was cached, needed or not, for pruning "
            "columns and pushing filters down end at it (`InMemoryTableScan`). What doesn't fit is written to disk, "
            "or lost with its worker and computed again.",
            "So cache what is dear, smaller than its source and used again in the same application; and give it back "
            "(`unpersist`). What other applications use, too, belongs into a file. The jobs of this platform cache "
            "nothing: each reads its files once.",
        ],
        (results[2].name, results[3].name),
    )


CACHING = Lesson(
    "caching",
    "Caching",
    "Several reports begin with the same dear computation. When is it worth keeping its rows in memory?",
    teach,
    (prepared, reports),
)
