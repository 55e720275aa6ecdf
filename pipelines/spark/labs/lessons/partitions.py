"""Partitioning, repartition and coalesce: tasks, shuffles and files."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from labs.lab import Lab
from labs.lesson import Findings, Lesson, Variant


def as_read(lab: Lab) -> DataFrame:
    digest = F.sha2(F.concat("trip_id", "payment_type"), 512)
    return lab.trips().select("pickup_zone_id", "payment_type", F.sha2(digest, 512).alias("digest"))


def coalesced(lab: Lab) -> DataFrame:
    return as_read(lab).coalesce(1)


def repartitioned(lab: Lab) -> DataFrame:
    return as_read(lab).repartition(1)


def sixteen(lab: Lab) -> DataFrame:
    return as_read(lab).repartition(16)


def of_one_kind_together(lab: Lab) -> DataFrame:
    return as_read(lab).repartition("payment_type")


def by_zone(lab: Lab) -> DataFrame:
    return lab.trips().groupBy("pickup_zone_id", "dropoff_zone_id").agg(F.sum("total_amount").alias("total"))


def counted(lab: Lab) -> DataFrame:
    return by_zone(lab).agg(F.count("*"), F.max("total"))


WRITTEN = [
    Variant("as read", as_read, write="partitions"),
    Variant("coalesce(1)", coalesced, write="partitions"),
    Variant("repartition(1)", repartitioned, write="partitions"),
    Variant("repartition(16)", sixteen, write="partitions"),
    Variant("a folder for each payment type, as read", as_read, write="partitions", by=("payment_type",)),
    Variant("… after repartition(payment type)", of_one_kind_together, write="partitions", by=("payment_type",)),
]

GROUPED = [
    Variant(f"group by, {number} shuffle partitions", counted, {"spark.sql.shuffle.partitions": str(number)})
    for number in (200, 8, 2)
]


def teach(lab: Lab) -> Findings:
    results = lab.run([*WRITTEN, *GROUPED])
    found = {result.name: result.measured for result in results}
    one, moved, plain = found["coalesce(1)"], found["repartition(1)"], found["as read"]
    many, few = found[GROUPED[0].name], found[GROUPED[1].name]
    folders, tidy = found[WRITTEN[4].name], found[WRITTEN[5].name]
    return Findings(
        results,
        [
            f"`coalesce(1)` moves nothing, and so the only task left does all that stands before it: "
            f"{one.seconds:.1f} s; as read, on all cores, it took {plain.seconds:.1f} s. `repartition(1)` shuffles "
            f"({moved.shuffle_bytes / 1e6:,.0f} MB), keeps the work on all cores and lets one task write: "
            f"{moved.seconds:.1f} s. Two cores are few; with a hundred the difference is fifty times that. So "
            "coalesce where what comes before is cheap, or to no fewer partitions than there are cores.",
            "Files are tasks: each task writes a file of its own into each folder that it has rows for. "
            f"{plain.files_written} tasks into four folders gave {folders.files_written} files, brought together by "
            f"the folders' column first {tidy.files_written}; that costs a shuffle, and as many tasks write as there "
            "are folders.",
            f"Shuffle partitions are a fixed number unless execution adapts: 200 (Spark's default) took "
            f"{many.seconds:.1f} s, 8 took {few.seconds:.1f} s. Two to four for each core of the session are a start; "
            "more when rows of a partition don't fit into its task's memory, which shows as spilled bytes.",
            "One machine has few cores, so that many tasks are mostly overhead. On a cluster too few partitions are "
            "the dearer mistake: machines stand idle.",
        ],
        ("coalesce(1)", "repartition(1)"),
    )


PARTITIONS = Lesson(
    "partitions",
    "Partitioning, repartition and coalesce",
    "Who does the work, how much is moved, and how many files come out, when the number of partitions is changed?",
    teach,
    (as_read, coalesced, repartitioned, of_one_kind_together),
)
