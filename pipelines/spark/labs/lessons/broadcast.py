"""Broadcast against shuffle join, and the size at which broadcast loses."""

from __future__ import annotations

from functools import partial

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from labs.charts import line_chart
from labs.lab import Lab
from labs.lesson import Findings, Lesson, Variant
from labs.trips import make_keys

#: Rows of the small side; those beyond the trips' number are left out.
_SIZES = (265, 10_000, 100_000, 300_000, 1_000_000, 3_000_000)

#: The hints that force it.
JOINS = {"broadcast": "broadcast", "sort-merge": "merge", "shuffled hash": "shuffle_hash"}


def joined(lab: Lab, size: int, hint: str) -> DataFrame:
    trips = lab.trips().withColumn("key", F.col("trip_number") % size)
    labelled = trips.join(lab.keys(size).hint(hint), "key")
    return labelled.groupBy(F.substring("label", 1, 1)).agg(F.sum("total_amount"))


def variant(size: int, how: str) -> Variant:
    return Variant(f"{how}, {size:,} keys", partial(joined, size=size, hint=JOINS[how]))


def teach(lab: Lab) -> Findings:
    sizes = sizes_for(lab.rows)
    make_keys(lab.data, sizes)
    # Java compiles what each needs before any is measured.
    lab.run(variant(sizes[0], how) for how in JOINS)
    results = {how: [lab.result(variant(size, how)) for size in sizes] for how in JOINS}
    cpu = {how: [result.measured.cpu_seconds for result in of_join] for how, of_join in results.items()}
    lost = lost_from(sizes, cpu)
    largest = f"{sizes[-1]:,}"
    share = cpu["broadcast"][-1] / cpu["shuffled hash"][-1]
    moved = results["sort-merge"][0].measured.shuffle_bytes / 1e6
    chart = line_chart(
        f"Joining {lab.rows:,} trips to a table of so many keys",
        ("keys", "CPU seconds"),
        {how: list(zip(map(float, sizes), of_join, strict=True)) for how, of_join in cpu.items()},
    )
    return Findings(
        [result for of_join in zip(*results.values(), strict=True) for result in of_join],
        [
            f"With a shuffle the trips themselves move ({moved:,.0f} MB here), however small the other side is; with "
            "a broadcast only the small side does. That is what it saves.",
            "A broadcast table is collected by the driver, hashed there on one core, and kept whole by every worker. "
            + (
                f"Here that cost more than a shuffle from {lost:,} keys on. "
                if lost
                else f"Here that cost less than either shuffle up to {largest} keys. "
            )
            + f"With {largest} keys it took {share:.1f} times the CPU of a shuffled hash join.",
            "On one machine nothing crosses a network: a shuffle writes to a local disk, a broadcast hands over a "
            "pointer. On a cluster both cost more, a shuffle by the trips' bytes, a broadcast by the table's bytes "
            "times the workers; the crossing lies elsewhere, its reason is the same.",
            "Without hints Spark broadcasts what it takes for less than 10 MB "
            "(`spark.sql.autoBroadcastJoinThreshold`), by the size of files, not of rows in memory. The driver's "
            "memory is what ends it: a table too large stops the job, not just slows it.",
        ],
        (results["sort-merge"][0].name, results["broadcast"][0].name),
        {"spark-broadcast.svg": chart},
    )


def sizes_for(rows: int) -> list[int]:
    return [size for size in _SIZES if size <= rows]


def lost_from(sizes: list[int], cpu: dict[str, list[float]]) -> int | None:
    """The size from which on broadcast never costs least."""
    others = [min(pair) for pair in zip(cpu["sort-merge"], cpu["shuffled hash"], strict=True)]
    wins = [index for index, mine in enumerate(cpu["broadcast"]) if mine <= others[index]]
    first = max(wins, default=-1) + 1
    return sizes[first] if first < len(sizes) else None


BROADCAST = Lesson(
    "broadcast",
    "Broadcast against shuffle join",
    "Trips get a label each, from a table with one row per key. Up to which size of that table is it better to give "
    "every worker all of it than to bring rows with the same key together?",
    teach,
    (joined,),
)
