"""Adaptive query execution, on and off."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from labs.lab import Lab
from labs.lesson import Findings, Lesson, Variant
from labs.trips import make_keys

_ON = {"spark.sql.adaptive.enabled": "true", "spark.sql.adaptive.coalescePartitions.parallelismFirst": "false"}


def grouped(lab: Lab) -> DataFrame:
    day = F.to_date("pickup_datetime").alias("day")
    sums = lab.trips().groupBy("pickup_zone_id", day).agg(F.sum("total_amount").alias("total"))
    return sums.agg(F.max("total"))


def joined(lab: Lab) -> DataFrame:
    """Nobody knows how few labels begin like that until they have been read."""
    few = lab.keys(lab.rows).where(F.substring("label", 1, 2) == "ab")
    return lab.trips().join(few, F.col("trip_number") == F.col("key")).agg(F.sum("total_amount"))


def variants(threshold: int = 1_000_000, partitions: int = 200) -> list[Variant]:
    """`threshold`: bytes below which a table is broadcast."""
    off = {"spark.sql.shuffle.partitions": str(partitions), "spark.sql.autoBroadcastJoinThreshold": str(threshold)}
    return [
        Variant(f"group by {partitions} partitions, off", grouped, off),
        Variant(f"group by {partitions} partitions, on", grouped, {**off, **_ON}),
        Variant("join, off", joined, off),
        Variant("join, on", joined, {**off, **_ON}),
    ]


def teach(lab: Lab) -> Findings:
    make_keys(lab.data, [lab.rows])
    results = lab.run(variants())
    group_off, group_on, join_off, join_on = (result.measured for result in results)
    return Findings(
        results,
        [
            f"It looks at each shuffle's real sizes before it goes on. Small neighbours are read by one task: "
            f"{group_off.tasks} tasks became {group_on.tasks}, {group_off.seconds:.1f} s became "
            f"{group_on.seconds:.1f} s. So the number of shuffle partitions may be chosen generously.",
            f"A join that was planned with a sort on both sides became a broadcast when one side turned out small: "
            f"{join_off.seconds:.1f} s became {join_on.seconds:.1f} s. Both sides may have been shuffled by then "
            f"({join_on.shuffle_bytes / 1e6:,.0f} MB beside {join_off.shuffle_bytes / 1e6:,.0f} MB): it saves the "
            "sort and the reading elsewhere, not always the shuffle.",
            "It is on by default since Spark 3.2, and the platform's jobs leave it on. It can't mend what happens "
            "within a stage: a scan of too many files, a skewed group, a Python function.",
        ],
        (results[2].name, results[3].name),
    )


ADAPTIVE = Lesson(
    "adaptive",
    "Adaptive execution on and off",
    "What does Spark change in a plan while it runs?",
    teach,
    (grouped, joined),
)
