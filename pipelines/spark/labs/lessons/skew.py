"""Skew: one key has most of the rows, and salt spreads it."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from labs.charts import bar_chart
from labs.lab import Lab
from labs.lesson import Findings, Lesson, Variant

_SALTS = 8
_AIRPORT = 132


def skewed_trips(lab: Lab) -> DataFrame:
    """Six of ten trips begin at one airport."""
    at_airport = F.col("trip_number") % 10 < 6
    zone = F.when(at_airport, F.lit(_AIRPORT)).otherwise(F.col("pickup_zone_id"))
    return lab.trips().select("trip_id", "total_amount", zone.alias("zone_id"))


def reported(joined: DataFrame) -> DataFrame:
    """Some work for each row of the join."""
    check: Column = F.crc32(F.sha2(F.concat("trip_id", "zone"), 512))
    return joined.groupBy("borough").agg(F.count("*"), F.sum(check), F.sum("total_amount"))


def plain(lab: Lab) -> DataFrame:
    return reported(skewed_trips(lab).join(lab.zones().hint("merge"), "zone_id"))


def salted(lab: Lab) -> DataFrame:
    salt = F.crc32("trip_id") % _SALTS
    trips = skewed_trips(lab).withColumn("salt", salt)
    salts = lab.spark.range(_SALTS).withColumnRenamed("id", "salt")
    zones = lab.zones().crossJoin(salts)
    return reported(trips.join(zones.hint("merge"), ["zone_id", "salt"]))


#: Adaptive execution splits a partition that is large in bytes, 256 MB by default: more than there is here.
_SPLIT = {
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes": "{threshold}",
    "spark.sql.adaptive.advisoryPartitionSizeInBytes": "{advisory}",
    "spark.sql.adaptive.coalescePartitions.parallelismFirst": "false",
}


def variants(rows: int) -> list[Variant]:
    threshold, advisory = 20 * rows, 10 * rows
    adaptive = {name: value.format(threshold=threshold, advisory=advisory) for name, value in _SPLIT.items()}
    return [
        Variant("as it is", plain),
        Variant(f"salted, {_SALTS} salts", salted),
        Variant("as it is, adaptive", plain, adaptive),
    ]


def teach(lab: Lab) -> Findings:
    results = lab.run(variants(lab.rows))
    before, after, adaptive = (result.measured for result in results)
    shares = [max(result.measured.task_rows) / sum(result.measured.task_rows) for result in results]
    charted = {result.name: sorted(map(float, result.measured.task_rows), reverse=True) for result in results}
    chart = bar_chart("The join: rows that each task got, most first", "rows", charted)
    return Findings(
        results,
        [
            f"One task got {shares[0]:.0%} of the rows and worked for {before.slowest:.1f} s, the median task for "
            f"{before.median:.1f} s: the stage ends when the last task does, and the other core has nothing to do "
            "meanwhile. More machines wouldn't help: a key is on one task.",
            f"Salt makes {_SALTS} keys of each and copies the small side as often; then the largest task got "
            f"{shares[1]:.0%}. It needs another pass where rows of a key must be together in the end, as in a sum by "
            f"zone, and it isn't free: {after.cpu_seconds:.1f} s of CPU instead of {before.cpu_seconds:.1f} s.",
            f"Adaptive execution found the same by itself (`skew=true` in the plan): {shares[2]:.0%} in the largest of "
            f"its tasks, {adaptive.cpu_seconds:.1f} s of CPU. It looks at bytes, and its threshold, 256 MB, had to be "
            "lowered for trips as few as these; it splits joins, not groups and not windows.",
            "Two cores gain at most a factor of two by spreading; with a hundred the airport's task would be all that "
            "one waits for. (The zones would be broadcast, of course; the hint stands for a table that is too large.)",
        ],
        (results[1].name, results[2].name),
        {"spark-skew.svg": chart},
    )


SKEW = Lesson(
    "skew",
    "Skew and salting",
    "Six of ten trips begin at the same zone. What does that do to a join by zone, and what helps?",
    teach,
    (skewed_trips, plain, salted),
)
